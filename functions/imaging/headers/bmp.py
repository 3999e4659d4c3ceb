"""BMP: pixels as they are, or, seldom, run-length encoded."""

import struct

from functions.imaging.headers.header import Header, Unreadable
from functions.imaging.headers.tags import Malformed

OLD_HEADER = 12
HEADERS = (OLD_HEADER, 40, 52, 56, 64, 108, 124)
RUN_LENGTHS = (1, 2)
# Pillow decodes runs in Python.
MOST_RUN_PIXELS = 16_000_000


def read(data: bytes) -> Header:
    """Raises Unreadable, Malformed or struct.error."""
    (header,) = struct.unpack_from("<I", data, 14)
    if header not in HEADERS:
        raise Malformed
    if header == OLD_HEADER:
        width, height, _, bits = struct.unpack_from("<HHHH", data, 18)
        compression = 0
    else:
        width, height, _, bits, compression = struct.unpack_from("<iiHHI", data, 18)
    height = abs(height)
    in_runs = compression in RUN_LENGTHS
    if in_runs and width * height > MOST_RUN_PIXELS:
        raise Unreadable(f"The image is a run-length encoded BMP of {width:,} x {height:,} pixels. Save it as PNG.")
    return Header("BMP", width, height, 4 if bits > 8 else 1, decoding=32 * width + 4 * width * height * in_runs)
