"""AV1, of AVIF: how large the pictures in it are, which is not what the file around it has to say.

As https://aomediacodec.github.io/av1-spec has it: 5.5 (sequence header), 5.9 (frame header).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from functions.imaging.headers.bits import Bits
from functions.imaging.headers.header import MOST_PIECES
from functions.imaging.headers.tags import Malformed

SEQUENCE, FRAME_HEADER, FRAME = 1, 3, 6
KEY_FRAME, SWITCH_FRAME = 0, 3
CHOSEN_BY_FRAME = 2


@dataclass(frozen=True)
class _Sequence:
    """side_bits: of a frame that says its own size. The rest: what a frame's header has before it says so."""

    width: int
    height: int
    side_bits: tuple[int, int]
    is_still: bool
    time_bits: int = 0
    id_bits: int = 0
    screen_content: int = CHOSEN_BY_FRAME
    whole_motion: int = CHOSEN_BY_FRAME


def largest(data: memoryview) -> tuple[int, int]:
    """Of some pictures, how wide and how high one may be, at most. Raises Malformed."""
    sequence, sizes = None, [(0, 0)]
    for kind, body in _units(data):
        if kind == SEQUENCE:
            sequence = _sequence(Bits(body))
            sizes.append((sequence.width, sequence.height))
        elif kind in (FRAME, FRAME_HEADER) and sequence and _has_own_size(Bits(body), sequence):
            sizes.append((1 << sequence.side_bits[0], 1 << sequence.side_bits[1]))
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def _units(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    at = 0
    for _ in range(MOST_PIECES):
        if at >= len(data):
            return
        kind, has_extension, has_size = data[at] >> 3 & 15, data[at] & 4, data[at] & 2
        at += 2 if has_extension else 1
        size, at = _leb128(data, at) if has_size else (len(data) - at, at)
        yield kind, data[at : at + size]
        at += size
    raise Malformed


def _leb128(data: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        if at + place >= len(data):
            break
        value |= (data[at + place] & 127) << 7 * place
        if data[at + place] < 128:
            return value, at + place + 1
    raise Malformed


def _sequence(bits: Bits) -> _Sequence:
    bits.read(4)
    is_still, time_bits = bits.flag(), 0
    if is_still:
        bits.read(5)
    else:
        time_bits = _operating_points(bits)
    side_bits = bits.read(4) + 1, bits.read(4) + 1
    width, height = bits.read(side_bits[0]) + 1, bits.read(side_bits[1]) + 1
    if is_still:
        return _Sequence(width, height, side_bits, is_still)
    id_bits = bits.read(4) + bits.read(3) + 3 if bits.flag() else 0
    bits.read(7)
    has_order = bits.flag()
    if has_order:
        bits.read(2)
    screen_content = CHOSEN_BY_FRAME if bits.flag() else bits.read()
    whole_motion = CHOSEN_BY_FRAME
    if screen_content and not bits.flag():
        whole_motion = bits.read()
    return _Sequence(width, height, side_bits, is_still, time_bits, id_bits, screen_content, whole_motion)


def _operating_points(bits: Bits) -> int:
    """Passes over them, and over what is said of times. Gives how many bits a frame has for its time."""
    is_timed, has_model, is_even, delay_bits, time_bits = bits.flag(), False, False, 0, 0
    if is_timed:
        bits.read(64)
        is_even = bits.flag()
        if is_even:
            bits.golomb()
        has_model = bits.flag()
        if has_model:
            delay_bits = bits.read(5) + 1
            bits.read(37)
            time_bits = bits.read(5) + 1
    has_delay = bits.flag()
    for _ in range(bits.read(5) + 1):
        bits.read(12)
        if bits.read(5) > 7:
            bits.read()
        if has_model and bits.flag():
            bits.read(2 * delay_bits + 1)
        if has_delay and bits.flag():
            bits.read(4)
    return 0 if is_even else time_bits


def _has_own_size(bits: Bits, sequence: _Sequence) -> bool:
    """Whether a frame has another size than its sequence."""
    if sequence.is_still or bits.flag():
        return False
    kind, is_shown = bits.read(2), bits.flag()
    if is_shown:
        bits.read(sequence.time_bits)
    else:
        bits.read()
    if not (kind == SWITCH_FRAME or (kind == KEY_FRAME and is_shown)):
        bits.read()
    bits.read()
    screen_content = bits.read() if sequence.screen_content == CHOSEN_BY_FRAME else sequence.screen_content
    if screen_content and sequence.whole_motion == CHOSEN_BY_FRAME:
        bits.read()
    bits.read(sequence.id_bits)
    return kind == SWITCH_FRAME or bits.flag()
