"""TIFF: decoded strip by strip or tile by tile, each of them whole. What Pillow cannot read as it is, or shows wrongly,
it reads as bytes.
"""

import math
from dataclasses import replace

from functions.imaging.headers.header import MOST_PROFILE, STRIP_VALUES, Header, Samples, Unreadable
from functions.imaging.headers.tags import PLACES, Entry, Malformed, Tags

# None, CCITT (2, 3, 4), LZW, JPEG, Deflate, PackBits, Deflate, ZSTD.
NONE, JPEG = 1, 7
COMPRESSIONS = frozenset((NONE, 2, 3, 4, 5, JPEG, 8, 32773, 32946, 50000))
FAX = (2, 3, 4)
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, YCBCR = 0, 1, 2, 3, 6
GRAYS = (WHITE_IS_ZERO, BLACK_IS_ZERO)
LAB = (8, 9, 10)
UNSIGNED, SIGNED, FLOAT, UNKNOWN_FORMAT = 1, 2, 3, 4
# Of NumPy, by the bits of a sample.
KINDS = {UNSIGNED: "u", SIGNED: "i", FLOAT: "f", UNKNOWN_FORMAT: "u"}
WIDTHS = {UNSIGNED: (16, 32, 64), SIGNED: (8, 16, 32, 64), FLOAT: (16, 32, 64), UNKNOWN_FORMAT: (16, 32, 64)}
# What Pillow reads as it is, of gray and of others.
PLAIN_GRAY_BITS, PLAIN_BITS = (1, 2, 4, 8, 12), (1, 2, 4, 8)
ALPHA = (1, 2)
SEPARATE = 2


def read(data: bytes) -> Header:
    """Raises Unreadable or Malformed."""
    tags = Tags.read(memoryview(data))
    width, height = tags.number("width", 0), tags.number("height", 0)
    if tags.big and tags.order == ">":
        raise Unreadable("The file is a big-endian BigTIFF, which the service cannot read. Save it as a TIFF.")
    if tags.number("compression", NONE) not in COMPRESSIONS:
        raise Unreadable("The TIFF has a compression that the service cannot read. Save it with LZW or Deflate.")
    if tags.number("photometric", 0) in LAB:
        raise Unreadable("The TIFF has Lab colors, which the service cannot show. Save it as RGB.")
    samples, bits = _samples(tags)
    deep = _deep(tags, width, samples)
    places = 1000 * tags.count(PLACES)
    pixel = _pixel(tags, samples, bits)
    values = 0
    if deep:
        pixel = math.ceil(bits / 8)
        values = STRIP_VALUES * samples
    return Header(
        "TIFF",
        width,
        height,
        pixel,
        decoding=2 * len(data) + places + 16 * width + _piece(tags, width, height, bits),
        held=len(data) + places + values,
        orientation=tags.orientation,
        pieces=tags.bare(MOST_PROFILE),
        samples=deep or Samples(inverted=tags.number("photometric", 0) == WHITE_IS_ZERO, nodata=tags.nodata),
    )


def _samples(tags: Tags) -> tuple[int, int]:
    """Samples for each pixel, and their bits together."""
    samples = tags.number("samples", 3 if tags.number("photometric", 0) in (RGB, YCBCR) else 1)
    bits = tags.numbers("bits", (1,))
    return max(samples, len(bits)), sum(bits) if len(bits) > 1 else bits[0] * samples


def _pixel(tags: Tags, samples: int, bits: int) -> int:
    """Bytes that Pillow keeps for a pixel of an image that it reads as it is."""
    if tags.number("photometric", 0) not in (*GRAYS, PALETTE) or samples > 1:
        return 4
    return 1 if bits <= 8 else 2


def _deep(tags: Tags, width: int, channels: int) -> Samples | None:
    """How the bytes are to be read; None for what Pillow reads as it is. Raises Unreadable, Malformed."""
    bits, kinds = set(tags.numbers("bits", (1,))), set(tags.numbers("sample format", (UNSIGNED,)))
    meaning = tags.number("photometric", 0)
    size, kind = max(bits), kinds.pop() if len(kinds) == 1 else 0
    plain = PLAIN_GRAY_BITS if meaning in GRAYS and channels == 1 else PLAIN_BITS
    if kind in (UNSIGNED, UNKNOWN_FORMAT) and (size in plain or meaning not in (*GRAYS, RGB)):
        if meaning in GRAYS and channels > 2:
            raise Unreadable(f"The TIFF has {channels} channels; gray and RGB can be shown. Save it as one of them.")
        return None
    if len(bits) > 1 or size not in WIDTHS.get(kind, ()) or meaning not in (*GRAYS, RGB):
        raise Unreadable(f"The TIFF has {_named(kind, size)} for each color. Save it with 8 or 16 bits.")
    colors = 3 if meaning == RGB else 1
    has_alpha = channels > colors and tags.number("further samples", 0) in ALPHA
    if channels < colors or channels > colors + (meaning == RGB or has_alpha):
        raise Unreadable(f"The TIFF has {channels} channels; gray and RGB can be shown. Save it as one of them.")
    return _as_bytes(
        tags,
        width,
        Samples(
            kind=f"{tags.order}{KINDS[kind]}{size // 8}",
            channels=channels,
            colors=colors,
            has_alpha=has_alpha,
            inverted=meaning == WHITE_IS_ZERO,
            nodata=tags.nodata,
        ),
        size // 8,
    )


def _named(kind: int, size: int) -> str:
    if kind not in KINDS:
        return "complex or mixed numbers"
    return f"{size} bits" if kind != FLOAT else f"floating-point numbers of {size} bits"


def _as_bytes(tags: Tags, width: int, samples: Samples, size: int) -> Samples:
    """Has the file read as gray pixels of one byte, which any compression leaves alone but JPEG and those of fax."""
    compression, predictor = tags.number("compression", NONE), tags.number("predictor", 1)
    if compression == JPEG or compression in FAX or predictor not in (1, 2, 3):
        raise Malformed
    is_separate = tags.number("planes", 1) == SEPARATE and samples.channels > 1
    planes = samples.channels if is_separate else 1
    one = size * (1 if is_separate else samples.channels)
    tile = tags.number("tile width", 0)
    # A row of tiles is read to its end, as differences are told within each of them.
    run, across = (tile, tile * math.ceil(width / tile)) if tile else (width, width)
    replaced: dict[str, Entry | None] = {
        **dict.fromkeys(("planes", "predictor", "further samples", "sample format", "profile")),
        "width": tags.single(across * one),
        "bits": tags.single(8),
        "samples": tags.single(1),
        "photometric": tags.single(BLACK_IS_ZERO),
    }
    if tile:
        replaced["tile width"] = tags.single(tile * one)
    names = ("tiles", "tile sizes") if tile else ("strips", "strip sizes")
    there = [name for name in names if tags.count((name,))]
    pieces = [
        tags.bare(MOST_PROFILE, {**replaced, **{name: tags.part(name, plane, planes) for name in there}})
        for plane in range(planes)
    ]
    return replace(samples, run=run, predictor=predictor, planes=tuple(pieces))


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
