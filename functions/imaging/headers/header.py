"""What is to be known of an image file before it is decoded."""

import math
from dataclasses import dataclass, field

PREVIEW_SIDE = 1024
# WebP has no longer sides.
LONGEST = 16_383
# A color profile is repeated in each preview.
MOST_PROFILE = 512 * 1024
# Bounds time: of what is read piece by piece, no decent file has as many.
MOST_PIECES = 200_000
# What a strip of more than 8 bits takes while its values become pixels, beside them, for each of its channels.
STRIP_VALUES = 24 * 256 * 1024
DAMAGED = "The file is damaged, or cut off: it cannot be decoded."


class Unreadable(Exception):
    """The bytes are no image that can be shown. reason: why, in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Samples:
    """What the numbers are that a picture of more than 8 bits is made of. kind: as NumPy names it; channels: for each
    pixel, of which the first are shown as gray or as colors, and the next one, where it is, as alpha. inverted: is the
    highest black? nodata: the value that means nothing. run, predictor: how many pixels are in a row, and how their
    differences are told (as TIFF has it). planes: the file, and each plane of it, as gray pixels of one byte; empty
    where Pillow decodes the image as it is.
    """

    kind: str = ""
    channels: int = 1
    colors: int = 1
    has_alpha: bool = False
    inverted: bool = False
    nodata: float | None = None
    run: int = 0
    predictor: int = 1
    planes: tuple[tuple[bytes | memoryview, ...], ...] = field(default=(), repr=False)

    @property
    def shown(self) -> int:
        return self.colors + self.has_alpha


@dataclass(frozen=True)
class Header:
    """What a file's header says. kind: Pillow's name of the format; width, height: in pixels, as stored; pixel: bytes
    that Pillow keeps for one; decoding: bytes that the decoder takes beside the pixels, at most; held: those of them
    that it keeps as long as the image is open; sampled: further ones, for each pixel of a part of this width and
    height; shrinks: by so much the decoder can divide both sides, a power of two; orientation: as in EXIF; pieces: the
    file without what no preview needs, None for as it is; samples: what they mean where they have more than 8 bits.
    """

    kind: str
    width: int
    height: int
    pixel: int
    decoding: int = 0
    held: int = 0
    sampled: tuple[int, int, int] = (0, 0, 0)
    shrinks: int = 1
    orientation: int = 1
    pieces: tuple[bytes | memoryview, ...] | None = field(default=None, repr=False)
    samples: Samples = Samples()

    @property
    def size(self) -> str:
        return f"{self.width:,} x {self.height:,} pixels"

    def shrink(self, size: tuple[int, int]) -> int:
        """By how much the decoder divides both sides of an image that is made to this size."""
        smaller = min(self.shrinks, self.width // size[0], self.height // size[1])
        return 1 << max(smaller, 1).bit_length() - 1

    def decoded(self, size: tuple[int, int]) -> tuple[int, int]:
        """Width and height in pixels, as they come out of the decoder then."""
        shrink = self.shrink(size)
        return math.ceil(self.width / shrink), math.ceil(self.height / shrink)

    def decoder(self, size: tuple[int, int]) -> int:
        """Bytes that the decoder then takes beside the pixels, at most."""
        each, *sides = self.sampled
        shrink = self.shrink(size)
        return self.decoding + each * math.prod(math.ceil(side / shrink) for side in sides)


def fit(width: int, height: int, side: int) -> tuple[int, int]:
    """The size of an image that is made to fit into a square. One that is long and narrow is to be made out, too: its
    short side keeps a quarter of the square's, as long as it has no more pixels than the square.
    """
    long, short = max(width, height), min(width, height)
    shrink = max(side / long, side / 4 / short)
    shrink = min(1.0, shrink, side / math.sqrt(width * height), LONGEST / long)
    return max(1, round(width * shrink)), max(1, round(height * shrink))
