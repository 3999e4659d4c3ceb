"""JPEG 2000: its decoder keeps four bytes for each sample of a tile, and lists of all the pieces that it is coded in,
of which a small file can tell of many. It can leave out the finest details, and then takes less memory and time.

As ITU-T T.800 has it: annex A (codestream), annex I (boxes).
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from functions.imaging.headers.boxes import boxes_of
from functions.imaging.headers.header import MOST_PIECES, Header, Unreadable
from functions.imaging.headers.tags import Malformed

SIGNATURE = b"\xff\x4f\xff\x51"
SIZE, CODING, COMPONENT_CODING, TILE, DATA, END = 0xFF51, 0xFF52, 0xFF53, 0xFF90, 0xFF93, 0xFFD9
MOST_COMPONENTS = 4
# For each: what the decoder keeps. Measured.
TILE_BYTES, BLOCK_BYTES, PRECINCT_BYTES = 16_000, 800, 500
# Of a tile: as the decoder has it, and as it gives it out.
SAMPLE_BYTES = 8
# Bounds time: each is looked at, though nothing may be in it.
MOST_PACKETS = 5_000_000


@dataclass(frozen=True)
class _Coding:
    """layers: how often the details grow; levels: how often both sides are halved; block: a block's sides, precincts:
    those of the parts of each resolution, the smallest first: as powers of two.
    """

    layers: int
    levels: int
    block: tuple[int, int]
    precincts: tuple[tuple[int, int], ...]

    def pieces(self, width: int, height: int) -> tuple[int, int]:
        """How many blocks and precincts one component of a tile of this size has, at most."""
        blocks = precincts = 0
        for level, (wide, high) in enumerate(self.precincts):
            by = 1 << self.levels - level
            across, down = (-(-side // by) for side in (width, height))
            columns, rows = (across >> wide) + 2, (down >> high) + 2
            precincts += columns * rows
            # Above the smallest, a resolution is of three bands of half its size.
            half = level > 0
            if min(wide, high) < half:
                raise Malformed
            blocks += (3 if half else 1) * math.prod(
                min((side >> half + block) + parts, parts << max(0, part - half - block))
                for side, parts, part, block in zip(
                    (across, down), (columns, rows), (wide, high), self.block, strict=True
                )
            )
        return blocks, precincts


def read(data: bytes) -> Header:
    """Raises Unreadable, Malformed, struct.error or IndexError."""
    view = memoryview(data)
    codestream = view if data.startswith(SIGNATURE) else _codestream(view)
    segments = _segments(codestream)
    kind, body = next(segments)
    if kind != SIZE:
        raise Malformed
    right, bottom, left, top, tile_width, tile_height, tile_left, tile_top = struct.unpack_from(">8I", body, 2)
    (components,) = struct.unpack_from(">H", body, 34)
    if components > MOST_COMPONENTS:
        raise Unreadable(f"The JPEG 2000 has {components:,} components; {MOST_COMPONENTS} are the most.")
    width, height = right - left, bottom - top
    if min(width, height, tile_width, tile_height) < 1 or not (tile_left <= left and tile_top <= top):
        raise Malformed
    tiles = -(-(right - tile_left) // tile_width) * -(-(bottom - tile_top) // tile_height)
    coding = _coding(segments)
    sides = min(width, tile_width), min(height, tile_height)
    blocks, precincts = (components * count for count in coding.pieces(*sides))
    if tiles * precincts * coding.layers > MOST_PACKETS:
        raise Unreadable("The JPEG 2000 is coded in suspiciously many pieces. Save it with fewer tiles and layers.")
    lists = TILE_BYTES * tiles + BLOCK_BYTES * blocks + PRECINCT_BYTES * precincts
    order = 2 * (coding.layers + 1) * components * max(_most(coding, sides), 1) * (coding.levels + 1)
    return Header(
        "JPEG2000",
        width,
        height,
        2 if components == 1 else 4,
        decoding=2 * len(data) + lists + order,
        held=len(data),
        sampled=(SAMPLE_BYTES * components, *sides),
        shrinks=1 << coding.levels,
    )


def _most(coding: _Coding, sides: tuple[int, int]) -> int:
    """Of all resolutions, the most precincts that one has."""
    return max(
        ((-(-sides[0] // (1 << coding.levels - level)) >> wide) + 2)
        * ((-(-sides[1] // (1 << coding.levels - level)) >> high) + 2)
        for level, (wide, high) in enumerate(coding.precincts)
    )


def _codestream(data: memoryview) -> memoryview:
    for kind, start, end in boxes_of(data, 0, len(data)):
        if kind == b"jp2c":
            return data[start:end]
    raise Malformed


def _segments(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The codestream's markers: those before the first tile, and those in all the tiles' heads."""
    at, tile_end = 2, 0
    for _ in range(MOST_PIECES):
        if at + 4 > len(data):
            return
        marker, length = struct.unpack_from(">HH", data, at)
        if marker == END:
            return
        if marker == DATA:
            at = tile_end
            continue
        yield marker, data[at + 4 : at + 2 + length]
        if marker == TILE:
            (size,) = struct.unpack_from(">I", data, at + 6)
            tile_end = at + size if size else len(data)
            if tile_end <= at:
                raise Malformed
        at += 2 + length
    raise Malformed


def _coding(segments: Iterator[tuple[int, memoryview]]) -> _Coding:
    """The one way in which all of the image is coded. Raises Unreadable where there are several."""
    found, tiles = None, 0
    for marker, body in segments:
        tiles += marker == TILE
        if marker == COMPONENT_CODING or (marker == CODING and (tiles or found)):
            raise Unreadable("The JPEG 2000 is of a rare kind (coded differently from part to part). Save it as PNG.")
        if marker == CODING:
            (layers,) = struct.unpack_from(">H", body, 2)
            levels, wide, high = body[5], body[6], body[7]
            sides = body[10 : 11 + levels] if body[0] & 1 else bytes([0xFF] * (levels + 1))
            if levels > 32 or len(sides) != levels + 1 or max(wide, high) > 8 or wide + high > 8:
                raise Malformed
            found = _Coding(layers, levels, (wide + 2, high + 2), tuple((side & 15, side >> 4) for side in sides))
    if found is None:
        raise Malformed
    return found
