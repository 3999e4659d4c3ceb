"""Waiting for what takes long."""

import time
from collections.abc import Callable
from typing import TypeVar

from image_labeling.errors import LabelingError

T = TypeVar("T")

FIRST_SECONDS, MOST_SECONDS, GROWTH = 0.5, 5.0, 1.25


def wait_for(
    read: Callable[[], T],
    is_over: Callable[[T], bool],
    what: str,
    *,
    timeout: float | None = None,
    told: Callable[[T], None] | None = None,
) -> T:
    """Reads, first often and then less so, until it is over. told: is handed each reading.

    what: what is waited for, in words. timeout: in seconds; without one, as long as it takes. Raises LabelingError
    (`timeout`); the work goes on.
    """
    ends = None if timeout is None else time.monotonic() + timeout
    pause = FIRST_SECONDS
    while True:
        now = read()
        if told:
            told(now)
        if is_over(now):
            return now
        if ends is not None:
            left = ends - time.monotonic()
            if left <= 0:
                raise LabelingError(f"{what} is not done after {timeout:g} s. It goes on.", type="timeout")
            pause = min(pause, left)
        time.sleep(pause)
        pause = min(pause * GROWTH, MOST_SECONDS)
