"""WebP: its decoder keeps two canvases, and gives out a copy."""

import struct

from functions.imaging.headers.header import MOST_PIECES, Header
from functions.imaging.headers.tags import orientation


def read(data: bytes) -> Header:
    """Raises struct.error."""
    kind, turn = data[12:16], 1
    if kind == b"VP8X":
        width, height = (1 + (struct.unpack_from("<I", data, at)[0] >> 8) for at in (23, 26))
        turn = _orientation(data)
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = 1 + bits % 2**14, 1 + (bits >> 14) % 2**14
    else:
        width, height = (side % 2**14 for side in struct.unpack_from("<HH", data, 26))
    canvas = 4 * width * height
    decoding = max(3 * canvas + 2 * len(data), 3 * len(data))
    return Header("WEBP", width, height, 4, decoding, held=2 * canvas + 2 * len(data), orientation=turn)


def _orientation(data: bytes) -> int:
    start = 12
    for _ in range(MOST_PIECES):
        if start + 8 > len(data):
            break
        kind, length = struct.unpack_from("<4sI", data, start)
        if kind == b"EXIF":
            return orientation(memoryview(data)[start + 8 : start + 8 + length])
        start += 8 + length + length % 2
    return 1
