"""Overload is answered at once, before any work, instead of letting calls pile up until all of them are slow."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from functions.problems import Busy, TooMany

# As many as one process answers in about a second. In Azure the platform starts more instances long before.
MOST_UNDER_WAY = 200
# A page in the browser has some ten under way at most, a well-meant script one for each of its threads.
MOST_OF_ONE = 24


class Gate:
    """Counts the calls that are under way in this process, all together and each caller's."""

    def __init__(self) -> None:
        self._under_way = 0
        self._of: Counter[str] = Counter()

    @contextmanager
    def entered(self, user: str) -> Iterator[None]:
        """For the time of one call. Raises Busy, or TooMany, where there is no room for it."""
        if self._under_way >= MOST_UNDER_WAY:
            raise Busy("Too many people are at work at this moment. Try again.", headers=_later())
        if self._of[user] >= MOST_OF_ONE:
            raise TooMany(f"You have {MOST_OF_ONE} calls under way. Wait for their answers.", headers=_later())
        self._under_way += 1
        self._of[user] += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._of[user] -= 1
            if not self._of[user]:
                del self._of[user]


def _later() -> dict[str, str]:
    """Not all at the same moment again."""
    return {"Retry-After": str(random.randint(1, 3))}  # noqa: S311


gate = Gate()
