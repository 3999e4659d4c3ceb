"""The boxes that files of ISO's family are made of: HEIF and JPEG 2000."""

import struct
from collections.abc import Iterator

from functions.imaging.headers.tags import Malformed

MOST_BOXES = 20_000


def boxes_of(data: memoryview, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Of each box between two places: its kind, where its body begins, and where it ends. Raises Malformed."""
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        stop = start + size if size else end
        if not body <= stop <= end:
            raise Malformed
        yield kind, body, stop
        start = stop
    raise Malformed
