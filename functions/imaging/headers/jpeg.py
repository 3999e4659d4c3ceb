"""JPEG: a decoder that shrinks takes next to no memory, unless the file has many scans (progressive ones have): then
it keeps the coefficients of them all.
"""

import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from functions.imaging.headers.header import MOST_PROFILE, Header, Unreadable
from functions.imaging.headers.tags import Malformed, orientation

MARKER = re.compile(rb"\xff+([^\x00\xff])")
# Whether they are progressive.
FRAMES = {0xC0: False, 0xC1: False, 0xC2: True, 0xC9: False, 0xCA: True}
RARE_FRAMES = frozenset((0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF, 0xDE))
END, SCAN, EXIF, PROFILE = 0xD9, 0xDA, 0xE1, 0xE2
ALONE = frozenset((0x01, *range(0xD0, 0xDA)))
METADATA = frozenset((*range(0xE0, 0xF0), 0xFE))
# Pillow reads JFIF's and Adobe's segments for what the colors mean.
NEEDED_METADATA = frozenset((0xE0, 0xEE))
MOST_SEGMENTS = 20_000
MOST_TABLES = 1_000
# A progressive file has about ten; each of them costs time for the whole image.
MOST_SCANS = 200
# So much metadata is left in the file: to take it out would copy the file.
PLAIN_BYTES = 256 * 1024
PLAIN_SEGMENTS = 64


@dataclass(frozen=True)
class _Frame:
    """parts: for each of the colors, how often it is sampled across and down."""

    width: int
    height: int
    progressive: bool
    parts: list[tuple[int, int]]

    def coefficients(self) -> int:
        """Bytes."""
        across, down = (max(part[side] for part in self.parts) for side in (0, 1))
        groups = math.ceil(self.width / (8 * across)) * math.ceil(self.height / (8 * down))
        return 128 * groups * sum(part[0] * part[1] for part in self.parts)


@dataclass
class _Metadata:
    size: int = 0
    count: int = 0
    profile: int = 0
    orientation: int = 1
    seen: set[int] = field(default_factory=set)

    def needs(self, marker: int, body: memoryview) -> bool:
        """Counts a segment: does a preview need it?"""
        self.size += len(body)
        self.count += 1
        if marker == PROFILE and bytes(body[:12]) == b"ICC_PROFILE\0":
            self.profile += len(body)
            return self.profile <= MOST_PROFILE
        is_exif = marker == EXIF and bytes(body[:6]) == b"Exif\0\0"
        if marker in self.seen or not (is_exif or marker in NEEDED_METADATA):
            return False
        self.seen.add(marker)
        if is_exif:
            self.orientation = orientation(body[6:])
        return True

    @property
    def plain(self) -> bool:
        return self.size <= PLAIN_BYTES and self.count <= PLAIN_SEGMENTS


def read(data: bytes) -> Header:
    """Raises Unreadable, Malformed, struct.error or IndexError."""
    view = memoryview(data)
    frame, metadata, tables, start = None, _Metadata(), 0, 2
    kept: list[memoryview] = [view[:2]]
    for marker, start, end in _segments(data, 2):
        body = view[start + 4 : end]
        if marker == SCAN:
            break
        if marker in METADATA and not metadata.needs(marker, body):
            continue
        if marker in FRAMES or marker in RARE_FRAMES:
            if frame is not None:
                raise Malformed
            frame = _frame(marker, body)
        tables += marker not in METADATA
        kept.append(view[start:end])
    else:
        raise Malformed
    if frame is None or tables > MOST_TABLES:
        raise Malformed
    many = frame.progressive or len(frame.parts) != view[start + 4]
    if many and _scans(data, start) > MOST_SCANS:
        raise Unreadable("The JPEG has suspiciously many scans. Save it as a baseline JPEG.")
    copied = 4 * PLAIN_BYTES if metadata.plain else len(data)
    return Header(
        "JPEG",
        frame.width,
        frame.height,
        1 if len(frame.parts) == 1 else 4,
        decoding=copied + frame.coefficients() * many + 64 * frame.width * len(frame.parts),
        held=copied,
        shrinks=8,
        orientation=metadata.orientation,
        pieces=None if metadata.plain else (*kept, view[start:]),
    )


def _segments(data: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """The segments from a place on: the marker, where it starts, where it ends. What is between them is passed over.
    Raises Malformed if they are too many, struct.error where the file is cut off.
    """
    for _ in range(MOST_SEGMENTS):
        found = MARKER.search(data, start)
        if found is None:
            return
        marker, start = found[1][0], found.end() - 2
        end = start + 2
        if marker not in ALONE:
            end += struct.unpack_from(">H", data, end)[0]
        yield marker, start, end
        start = end
    raise Malformed


def _frame(marker: int, body: memoryview) -> _Frame:
    if marker not in FRAMES:
        raise Unreadable("The JPEG is of a rare kind (lossless or hierarchical). Save it as a baseline JPEG.")
    bits, height, width, count = struct.unpack_from(">BHHB", body)
    if bits != 8:
        raise Unreadable(f"The JPEG has {bits} bits for each color. Save it with 8 bits, or as PNG or TIFF.")
    parts = [divmod(body[7 + 3 * part], 16) for part in range(count)]
    if count not in (1, 3, 4) or not all(1 <= factor <= 4 for part in parts for factor in part):
        raise Malformed
    return _Frame(width, height, FRAMES[marker], parts)


def _scans(data: bytes, start: int) -> int:
    """How many scans there are from the first on, at most; counts no further than one too many. Raises Malformed."""
    scans = data.count(b"\xff\xda", start)
    if scans <= MOST_SCANS:
        return scans
    # What follows the image, as a video in a phone's file, may look like scans.
    scans = 0
    try:
        for marker, _, _ in _segments(data, start):
            scans += marker == SCAN
            if marker == END or scans > MOST_SCANS:
                break
    except struct.error:
        # Cut off, which the decoder will say.
        pass
    return scans
