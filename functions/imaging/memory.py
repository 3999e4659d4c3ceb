"""What making a picture of an image takes, told by its header alone, and how large its detail can be."""

import math
from dataclasses import dataclass

from functions.imaging.headers import read_header
from functions.imaging.headers.header import LONGEST, PREVIEW_SIDE, Header, Unreadable, fit

# A process that takes this much for all images in work stays small.
MOST_MEMORY = 256 * 1024 * 1024
# Images are converted in strips of so many pixels, so that there is never a second copy of a whole one.
STRIP_PIXELS = 256 * 1024
# For each pixel of a strip: its crop, RGBA, RGBa.
STRIP_BYTES = 12
# For each pixel of a preview: the preview and what it is encoded from, the encoder, the file.
PREVIEW_BYTES = 24
# For each pixel of a detail: it and what it is resized from; it, turned or on the ground, and the file.
RESIZING_BYTES, DETAIL_BYTES = 12, 10
# Beyond that, no kind of file is decoded into memory and is still larger than its preview.
DIVISORS = (1, 2, 4, 8, 16)
SMALL_CHANGE = 2 * 1024 * 1024


@dataclass(frozen=True)
class Plan:
    """The size of a detail before it is set upright, and the most bytes that making it takes beside the file's own."""

    size: tuple[int, int]
    memory: int


def memory_needed(data: bytes) -> int:
    """The most bytes that rendering takes beside the file's own, told by its header. Raises Unreadable, also for what
    would take more than MOST_MEMORY.
    """
    return memory_of(read_header(data))


def plan_detail(data: bytes) -> Plan | None:
    """All of the image's pixels, or half of them each way, or a quarter, ..., as memory allows; None for what then has
    no more than its preview. Raises Unreadable.
    """
    header = read_header(data)
    preview = math.prod(preview_size(header))
    for by in DIVISORS:
        size = max(1, header.width // by), max(1, header.height // by)
        if math.prod(size) <= preview:
            break
        resizing = 0 if size == header.decoded(size) else RESIZING_BYTES * math.prod(size)
        memory = _memory(header, size, resizing, DETAIL_BYTES * math.prod(size))
        if max(size) <= LONGEST and memory <= MOST_MEMORY:
            return Plan(size, memory)
    return None


def preview_size(header: Header) -> tuple[int, int]:
    return fit(header.width, header.height, PREVIEW_SIDE)


def memory_of(header: Header) -> int:
    size = preview_size(header)
    needed = _memory(header, size, PREVIEW_BYTES * math.prod(size))
    if needed > MOST_MEMORY:
        raise Unreadable(
            f"The image has {header.size}, and decoding this kind of file would take {needed // 1_000_000:,} MB of "
            f"memory; {MOST_MEMORY // 1_000_000} MB is the most. Save it as a baseline (not progressive) JPEG, or make "
            "it smaller."
        )
    return needed


def _memory(header: Header, size: tuple[int, int], resizing: int, encoding: int = 0) -> int:
    """Of an image that is made to this size. resizing: bytes beside the image as it was decoded; encoding: bytes once
    that one is gone.
    """
    width, height = header.decoded(size)
    # Pillow begins each row at a word, and keeps where it begins.
    pixels = height * (width * header.pixel + 16)
    across, down = reduction(width, height, size)
    strip = STRIP_BYTES * width * min(height, strip_rows(width, down, STRIP_PIXELS))
    reduced = math.ceil(height / down) * (4 * math.ceil(width / across) + 16)
    converting = header.held + pixels + reduced + max(strip, resizing)
    return max(header.decoder(size) + pixels, converting, header.held + encoding) + SMALL_CHANGE


def reduction(width: int, height: int, size: tuple[int, int]) -> tuple[int, int]:
    """By how much both sides can be divided at little cost before they are resized well."""
    return max(1, width // (2 * size[0])), max(1, height // (2 * size[1]))


def strip_rows(width: int, down: int, pixels: int) -> int:
    return max(1, pixels // (width * down)) * down
