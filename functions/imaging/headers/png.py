"""PNG: without its texts and its animation (the image itself is what is shown), and with a decent profile only."""

import struct
import zlib
from collections.abc import Iterator

from functions.imaging.headers.header import MOST_PIECES, MOST_PROFILE, STRIP_VALUES, Header, Samples
from functions.imaging.headers.tags import Malformed, orientation

# Bits of each sample and kind of color; the others have one byte in Pillow.
PIXEL_BYTES = {(16, 0): 2, (8, 2): 4, (16, 2): 4, (8, 4): 4, (16, 4): 4, (8, 6): 4, (16, 6): 4}
PALETTE_BYTES = 768
# Of 16 bits: what their numbers are, by the kind of color. Gray alone is decoded as it is.
DEEP = {
    2: Samples(kind=">u2", channels=3, colors=3),
    4: Samples(kind=">u2", channels=2, has_alpha=True),
    6: Samples(kind=">u2", channels=4, colors=3, has_alpha=True),
}
# Upper and lower bytes of colors are decoded each for itself. Where both, beside the file, would take more than this,
# an image is shown by the upper ones alone.
DEEP_PIXEL_BYTES = 8
MOST_DEEP_BYTES = 190_000_000


def read(data: bytes) -> Header:
    """Raises Malformed or struct.error."""
    view = memoryview(data)
    length, kind, width, height, bits, colors = struct.unpack_from(">I4sIIBB", data, 8)
    if kind != b"IHDR" or length != 13:
        raise Malformed
    kept: list[memoryview] = [view[:8]]
    samples, turn, pixels = _samples(bits, colors, len(data) + DEEP_PIXEL_BYTES * width * height), 1, False
    for kind, start, end in _chunks(data):
        body = view[start + 8 : end - 4]
        if kind == b"eXIf":
            turn = orientation(body)
        if kind == b"tRNS":
            # One color of all is transparent, which stretched ones would not tell.
            samples = Samples()
        pixels = pixels or kind == b"IDAT"
        if _is_needed(kind, body):
            kept.append(view[start:end])
    if not pixels:
        raise Malformed
    values = STRIP_VALUES * samples.channels if samples.kind else 0
    return Header(
        "PNG",
        width,
        height,
        DEEP_PIXEL_BYTES if samples.colors == 3 else PIXEL_BYTES.get((bits, colors), 1),
        decoding=len(data) + 32 * width + 2 * MOST_PROFILE,
        held=len(data) + values,
        orientation=turn,
        pieces=tuple(kept),
        samples=samples,
    )


def _samples(bits: int, colors: int, needed: int) -> Samples:
    """needed: bytes that it takes to stretch more than grays."""
    found = DEEP.get(colors, Samples()) if bits == 16 else Samples()
    return Samples() if found.colors == 3 and needed > MOST_DEEP_BYTES else found


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's kind, where it starts, and where it ends."""
    start = 8
    for _ in range(MOST_PIECES):
        if start + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, start)
        yield kind, start, start + 12 + length
        start += 12 + length
        if kind == b"IEND":
            return
    raise Malformed


def _is_needed(kind: bytes, body: memoryview) -> bool:
    if kind in (b"PLTE", b"tRNS"):
        return len(body) <= PALETTE_BYTES
    return kind in (b"IHDR", b"IDAT", b"IEND") or (kind == b"iCCP" and _is_decent_profile(body))


def _is_decent_profile(body: memoryview) -> bool:
    if len(body) > MOST_PROFILE:
        return False
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(bytes(body).partition(b"\0")[2][1:], MOST_PROFILE)
    except zlib.error:
        return False
    return unpacking.eof
