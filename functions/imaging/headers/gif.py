"""GIF: of an animation, the first image is shown, on its canvas."""

import struct

from functions.imaging.headers.header import MOST_PIECES, Header
from functions.imaging.headers.tags import Malformed

EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B


def read(data: bytes) -> Header:
    """Raises Malformed, struct.error or IndexError."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    start = _first_image(data, 13 + (6 << (flags & 7) if flags & 128 else 0))
    left, top, across, down = struct.unpack_from("<HHHH", data, start + 1)
    # The image itself, what it will be replaced with, and the comments before it in small pieces.
    decoding = across * (down + 16) + 16 * down + 24 * start
    return Header("GIF", max(width, left + across), max(height, top + down), 1, decoding, held=decoding)


def _first_image(data: bytes, start: int) -> int:
    inside = False
    for _ in range(MOST_PIECES):
        here = data[start]
        if inside:
            inside = here > 0
            start += 1 + here
        elif here == IMAGE:
            return start
        elif here == END:
            break
        else:
            inside = here == EXTENSION
            start += 1 + inside
    raise Malformed
