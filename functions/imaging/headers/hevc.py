"""HEVC, of HEIC: how large the pictures in it are, which is not what the file around it has to say.

As ITU-T H.265 has it: 7.3.2.2 (sequence parameter set), 7.3.3 (profile).
"""

import struct
from collections.abc import Iterator

from functions.imaging.headers.bits import Bits
from functions.imaging.headers.header import MOST_PIECES
from functions.imaging.headers.tags import Malformed

SEQUENCE = 33


def largest(config: memoryview, data: memoryview) -> tuple[int, int]:
    """Of some pictures, how wide and how high one is, at most. Raises Malformed, struct.error or IndexError."""
    size = config[21] % 4 + 1
    sizes = [_size(unit) for unit in (*_configured(config), *_units(data, size)) if unit[0] >> 1 & 63 == SEQUENCE]
    return max((width for width, _ in sizes), default=0), max((height for _, height in sizes), default=0)


def _configured(config: memoryview) -> Iterator[memoryview]:
    at = 23
    for _ in range(config[22]):
        (count,) = struct.unpack_from(">H", config, at + 1)
        at += 3
        for _ in range(count):
            (length,) = struct.unpack_from(">H", config, at)
            if length:
                yield config[at + 2 : at + 2 + length]
            at += 2 + length


def _units(data: memoryview, size: int) -> Iterator[memoryview]:
    at = 0
    for _ in range(MOST_PIECES):
        if at + size >= len(data):
            return
        length = int.from_bytes(data[at : at + size])
        at += size
        if length:
            yield data[at : at + min(length, 1024)]
        at += length
    raise Malformed


def _size(unit: memoryview) -> tuple[int, int]:
    # Where zeros would look like the end of a unit, a 3 is between them.
    bits = Bits(bytes(unit[2:1024]).replace(b"\0\0\3", b"\0\0"))
    bits.read(4)
    layers = bits.read(3)
    bits.read(89)
    bits.read(8)
    has = [(bits.flag(), bits.flag()) for _ in range(layers)]
    if layers:
        bits.read(2 * (8 - layers))
    for has_profile, has_level in has:
        bits.read(88 * has_profile + 8 * has_level)
    bits.golomb()
    if bits.golomb() == 3:
        bits.read()
    return bits.golomb(), bits.golomb()
