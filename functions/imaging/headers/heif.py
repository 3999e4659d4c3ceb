"""HEIF: AVIF and HEIC, whose picture is one item among others, coded as a whole or tile by tile.

As ISO/IEC 23008-12 and 14496-12 have it. What an item is said to measure is not what its decoder goes by, so what is
coded is looked at, too.
"""

import math
import struct
from dataclasses import dataclass, field

from functions.imaging.headers import av1, hevc
from functions.imaging.headers.boxes import boxes_of
from functions.imaging.headers.header import Header, Unreadable
from functions.imaging.headers.tags import Malformed

MOST_ITEMS = 4096
KINDS = {b"av01": "AVIF", b"hvc1": "HEIC"}
CONFIGURATIONS = {b"av01": b"av1C", b"hvc1": b"hvcC"}
GRID = b"grid"
# What is named so is left alone: metadata, and sequences: their file is taken for that of its still picture.
PASSED_OVER = b"skip"
SEQUENCE, STILL = b"avis", b"avif"
METADATA = (b"Exif", b"mime", b"uri ")
# By quarters against the clock, then: not mirrored, top for bottom, left for right. As EXIF says it.
ORIENTATIONS = ((1, 4, 2), (8, 5, 7), (3, 2, 4), (6, 7, 5))
# For each coded pixel: what the decoder takes, and what of it is kept until the image is closed. Measured.
TAKEN_BYTES, HELD_BYTES = 9, 6
# The same of HEIC, by how often colors are sampled (not, 4:2:0, 4:2:2, 4:4:4), with up to 8 bits.
HEIC_BYTES, HEIC_HELD_BYTES = (5, 5, 6, 7), 3
ITEM_BYTES = 16 * 1024
DECODER_BYTES = 10 * 1024 * 1024


@dataclass
class _Item:
    kind: bytes
    properties: list[tuple[bytes, memoryview]] = field(default_factory=list)
    data: memoryview = field(default_factory=lambda: memoryview(b""))

    def find(self, name: bytes) -> memoryview | None:
        return next((body for kind, body in self.properties if kind == name), None)

    def size(self) -> tuple[int, int]:
        extent = self.find(b"ispe")
        if extent is None:
            raise Malformed
        width, height = struct.unpack_from(">II", extent, 4)
        return width, height

    def memory(self) -> tuple[int, int]:
        """Bytes that its decoder takes, and those that are kept."""
        if self.kind == GRID:
            return 0, 0
        config = self.find(CONFIGURATIONS[self.kind])
        if config is None:
            raise Malformed
        if self.kind == b"av01":
            coded = max(math.prod(av1.largest(part)) for part in (config[4:], self.data))
            taken, held = TAKEN_BYTES, HELD_BYTES
        else:
            coded = math.prod(hevc.largest(config, self.data))
            taken, held = HEIC_BYTES[config[16] & 3] * (2 if config[17] & 7 else 1), HEIC_HELD_BYTES
        pixels = max(coded, math.prod(self.size()))
        return taken * pixels, held * pixels


@dataclass
class _File:
    """references: their kind, from which item, to which. names: those that decoders are to read instead, by place."""

    data: memoryview
    primary: int = 0
    items: dict[int, _Item] = field(default_factory=dict)
    references: list[tuple[bytes, int, tuple[int, ...]]] = field(default_factory=list)
    properties: list[tuple[bytes, memoryview]] = field(default_factory=list)
    names: dict[int, bytes] = field(default_factory=dict)

    def shown(self) -> list[_Item]:
        """What the picture is made of: its item, the tiles of it, and what says where it is transparent."""
        needed = {self.primary}
        for _ in range(3):
            for kind, start, ends in self.references:
                if kind == b"dimg" and start in needed:
                    needed.update(ends)
                elif kind == b"auxl" and needed & set(ends):
                    needed.add(start)
        return [self.items[number] for number in needed]


def read(data: bytes) -> Header:
    """Raises Unreadable, Malformed, struct.error or IndexError."""
    file = _File(memoryview(data))
    for kind, start, end in boxes_of(file.data, 0, len(data)):
        if kind == b"meta":
            _read_meta(file, start + 4, end)
        elif kind == b"moov":
            # Behind it is the box's length, where that is a long one.
            place = start - 4 if file.data[start - 4 : start] == kind else start - 12
            file.names[place] = PASSED_OVER
        elif kind == b"ftyp":
            brands = (at for at in range(start, end - 3, 4) if file.data[at : at + 4] == SEQUENCE)
            file.names.update(dict.fromkeys(brands, STILL))
    try:
        picture, shown = file.items[file.primary], file.shown()
    except KeyError:
        raise Malformed from None
    kinds = {item.kind for item in shown if item.kind != GRID}
    if len(kinds) != 1 or not kinds <= KINDS.keys():
        raise Unreadable("The HEIF file holds no image coded as HEVC or AV1. Save it as JPEG or PNG.")
    name = KINDS[kinds.pop()]
    taken, held = (sum(each) for each in zip(*(item.memory() for item in shown), strict=True))
    # A picture of tiles is put together from all of them.
    whole = 2 * math.prod(picture.size()) * (picture.kind == GRID)
    more = 2 * len(data) + ITEM_BYTES * len(shown) + DECODER_BYTES
    return Header(
        name,
        *(_upright(picture) if name == "HEIC" else picture.size()),
        pixel=4,
        decoding=taken + whole + more,
        held=held + more,
        # The decoder of HEIC turns by itself.
        orientation=1 if name == "HEIC" else _orientation(picture),
        pieces=_pieces(file),
    )


def _read_meta(file: _File, start: int, end: int) -> None:
    boxes = {kind: (begin, stop) for kind, begin, stop in boxes_of(file.data, start, end)}
    if not {b"pitm", b"iinf", b"iprp", b"iloc"} <= boxes.keys():
        raise Malformed
    _read_primary(file, *boxes[b"pitm"])
    _read_items(file, *boxes[b"iinf"])
    for kind, begin, stop in boxes_of(file.data, *boxes[b"iprp"]):
        if kind == b"ipco":
            file.properties = [(name, file.data[at:to]) for name, at, to in boxes_of(file.data, begin, stop)]
    for kind, begin, _ in boxes_of(file.data, *boxes[b"iprp"]):
        if kind == b"ipma":
            _read_associations(file, begin)
    if b"iref" in boxes:
        _read_references(file, *boxes[b"iref"])
    idat = boxes.get(b"idat", (0, 0))
    _read_places(file, boxes[b"iloc"][0], file.data[idat[0] : idat[1]])


def _read_primary(file: _File, start: int, _: int) -> None:
    (file.primary,) = struct.unpack_from(">I" if file.data[start] else ">H", file.data, start + 4)


def _read_items(file: _File, start: int, end: int) -> None:
    for _, begin, _ in boxes_of(file.data, start + (8 if file.data[start] else 6), end):
        version = file.data[begin]
        if version < 2:
            continue
        number, _, kind = struct.unpack_from(">HH4s" if version == 2 else ">IH4s", file.data, begin + 4)
        if kind in METADATA:
            file.names[begin + (8 if version == 2 else 10)] = PASSED_OVER
        if len(file.items) >= MOST_ITEMS:
            raise Malformed
        file.items[number] = _Item(kind)


def _read_associations(file: _File, at: int) -> None:
    version, is_wide = file.data[at], file.data[at + 3] & 1
    (count,) = struct.unpack_from(">I", file.data, at + 4)
    at += 8
    for _ in range(min(count, MOST_ITEMS)):
        number, many = struct.unpack_from(">IB" if version else ">HB", file.data, at)
        at += 5 if version else 3
        indices = struct.unpack_from(f">{many}{'H' if is_wide else 'B'}", file.data, at)
        at += many * (2 if is_wide else 1)
        if number in file.items:
            places = (index & (0x7FFF if is_wide else 0x7F) for index in indices)
            file.items[number].properties += [file.properties[place - 1] for place in places if place]


def _read_references(file: _File, start: int, end: int) -> None:
    number = "I" if file.data[start] else "H"
    size = struct.calcsize(">" + number)
    for kind, at, _ in boxes_of(file.data, start + 4, end):
        item, count = struct.unpack_from(f">{number}H", file.data, at)
        file.references.append((kind, item, struct.unpack_from(f">{count}{number}", file.data, at + size + 2)))


def _read_places(file: _File, at: int, inside: memoryview) -> None:
    """Gives the items their data. Raises Malformed where they have more together than the file has."""
    version, sizes = file.data[at], file.data[at + 4 : at + 6]
    offset, length, base = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4
    index = sizes[1] & 15 if version else 0
    (count,) = struct.unpack_from(">I" if version == 2 else ">H", file.data, at + 6)
    at += 10 if version == 2 else 8
    left = len(file.data)

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(file.data[at - size : at])

    for _ in range(min(count, MOST_ITEMS)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)
        start, parts = number(base), []
        for _ in range(number(2)):
            number(index)
            begin, size = start + number(offset), number(length)
            source = (file.data, inside)[method] if method < 2 else memoryview(b"")
            parts.append(source[begin : begin + size] if size else source[begin:])
            left -= len(parts[-1])
            if left < 0:
                raise Malformed
        if item in file.items:
            file.items[item].data = parts[0] if len(parts) == 1 else memoryview(b"".join(parts))


def _orientation(item: _Item) -> int:
    turned, mirrored = item.find(b"irot"), item.find(b"imir")
    return ORIENTATIONS[turned[0] & 3 if turned else 0][1 + (mirrored[0] & 1) if mirrored else 0]


def _upright(item: _Item) -> tuple[int, int]:
    """The size in pixels after all that is to be done to an item, in the order in which it is said."""
    size = item.size()
    for kind, body in item.properties:
        if kind == b"clap":
            across, by, down, than = struct.unpack_from(">4I", body)
            size = round(across / max(by, 1)), round(down / max(than, 1))
        elif kind == b"irot" and body[0] & 1:
            size = size[1], size[0]
    return size


def _pieces(file: _File) -> tuple[bytes | memoryview, ...]:
    pieces: list[bytes | memoryview] = []
    last = 0
    for at, name in sorted(file.names.items()):
        pieces += (file.data[last:at], name)
        last = at + len(name)
    return (*pieces, file.data[last:])
