"""Overload is answered at once, before any work, instead of letting calls pile up until all of them are slow.

What one caller may do is counted by person, whatever session or access token they call with. Whoever nobody vouches for
counts as one person, all of them together.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cachetools import LRUCache

from functions.identity import Role
from functions.problems import Busy, TooMany

# As many as one process answers in about a second. In Azure the platform starts more instances long before.
MOST_UNDER_WAY = 200
# A page in the browser has some ten under way at most, a well-meant script one for each of its threads.
MOST_OF_ONE = 24
# Calls a second that one person may make of what is open to a role: labeling by hand takes some three.
A_SECOND = {
    Role.ANYONE: 20,
    Role.SIGNED_IN: 20,
    Role.LABELER: 40,
    Role.REVIEWER: 40,
    Role.ADMINISTRATOR: 40,
    Role.SERVICE_ADMINISTRATOR: 40,
}
# So many seconds' calls may come all at once: a script that reads a project image by image begins with a burst.
BURST_SECONDS = 60
MOST_KEPT = 10_000

NOBODY = ""


class Gate:
    """Counts the calls that are under way in this process, and those of each caller lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way = 0
        self._of: Counter[str] = Counter()
        # What a person may still call of a role, and when that was so.
        self._left: LRUCache[tuple[str, Role], tuple[float, float]] = LRUCache(MOST_KEPT)

    @contextmanager
    def entered(self, user: str, role: Role) -> Iterator[None]:
        """For the time of one call of what is open to this role. Raises Busy, or TooMany, where there is no room."""
        # Nobody's calls have their own bound: health is answered however many people are at work.
        if user != NOBODY and self._under_way >= MOST_UNDER_WAY:
            raise Busy("The service is busy right now. Try again.", headers=_later())
        if self._of[user] >= MOST_OF_ONE:
            raise TooMany(f"You have {MOST_OF_ONE} calls under way. Wait for their answers.", headers=_later())
        self._spend(user, role)
        self._under_way += 1
        self._of[user] += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._of[user] -= 1
            if not self._of[user]:
                del self._of[user]

    def _spend(self, user: str, role: Role) -> None:
        rate, now = A_SECOND[role], self._clock()
        most = float(rate * BURST_SECONDS)
        left, at = self._left.get((user, role), (most, now))
        left = min(most, left + (now - at) * rate)
        if left < 1:
            raise TooMany(f"You may make {rate} of these calls a second. Wait a moment.", headers=_later())
        self._left[user, role] = left - 1, now


def _later() -> dict[str, str]:
    """Not all at the same moment again."""
    return {"Retry-After": str(random.randint(1, 3))}  # noqa: S311


gate = Gate()
