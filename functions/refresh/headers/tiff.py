"""TIFF: decoded strip by strip or tile by tile, each of them whole."""

import math

from functions.refresh.headers.header import MOST_PROFILE, Header, Unreadable
from functions.refresh.headers.tags import PLACES, Tags

# None, CCITT (2, 3, 4), LZW, JPEG, Deflate, PackBits, Deflate, ZSTD.
NONE, JPEG = 1, 7
COMPRESSIONS = frozenset((NONE, 2, 3, 4, 5, JPEG, 8, 32773, 32946, 50000))
GRAYS_AND_PALETTE = (0, 1, 3)
RGB, YCBCR = 2, 6
LAB = (8, 9, 10)
UNSIGNED = 1


def read(data: bytes) -> Header:
    """Raises Unreadable or Malformed."""
    tags = Tags.read(memoryview(data))
    width, height = tags.number("width", 0), tags.number("height", 0)
    if tags.number("compression", NONE) not in COMPRESSIONS:
        raise Unreadable("The TIFF is compressed in a way that cannot be read here. Save it with LZW or Deflate.")
    if tags.number("photometric", 0) in LAB:
        raise Unreadable("The TIFF keeps its colors as Lab, which cannot be shown here. Save it as RGB.")
    samples, bits = _samples(tags)
    if tags.number("photometric", 0) not in GRAYS_AND_PALETTE or samples > 1:
        pixel = 4
    elif bits <= 8:
        pixel = 1
    else:
        pixel = 2 if bits <= 16 and tags.number("sample format", UNSIGNED) == UNSIGNED else 4
    return Header(
        "TIFF",
        width,
        height,
        pixel,
        decoding=2 * len(data) + 1000 * tags.count(PLACES) + 16 * width + _piece(tags, width, height, bits),
        held=len(data) + 1000 * tags.count(PLACES),
        orientation=tags.orientation,
        pieces=tags.bare(MOST_PROFILE),
    )


def _samples(tags: Tags) -> tuple[int, int]:
    """Samples for each pixel, and their bits together."""
    samples = tags.number("samples", 3 if tags.number("photometric", 0) in (RGB, YCBCR) else 1)
    bits = tags.numbers("bits", (1,))
    return max(samples, len(bits)), sum(bits) if len(bits) > 1 else bits[0] * samples


def _piece(tags: Tags, width: int, height: int, bits: int) -> int:
    """Bytes that the decoder takes for a strip or a tile."""
    compression = tags.number("compression", NONE)
    if compression == NONE:
        return 0
    if tags.number("tile width", 0):
        pixels = tags.number("tile width", 0) * tags.number("tile height", 0)
    else:
        pixels = width * min(tags.number("strip height", height), height)
    # As RGBA where colors are YCbCr; coefficients where a JPEG may be progressive.
    more = 4 * (tags.number("photometric", 0) == YCBCR) + 8 * (compression == JPEG)
    return pixels * (math.ceil(bits / 8) + more)
