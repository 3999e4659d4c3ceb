"""Which pack next: first a reopened one (rejected images are first in line), then one of the open window, which is kept
about twice as wide as there are active labelers, by packs that others have begun before untouched ones: of those that
fill a page the one that the labeler last worked in, or a random one; where none does, the one that gives the largest.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling import leases
from functions.labeling.directory import AWAITING, NEW, OPEN, PREPARING, REOPENED, WAITING, Range
from functions.labeling.head import Head, Lease
from functions.labeling.packs import Packs

# A labeler counts as active for this long after they asked for images.
ACTIVE_MS = 10 * 60 * 1000
WINDOW_PER_LABELER = 2
# So old may this process's copy of a reopened pack be before it looks whether others rejected more images there.
LOOK_AGAIN_SECONDS = 10.0


@dataclass(frozen=True)
class NothingLeft:
    """No image can be handed out now. next_free_at: when the first of the others' leases may come free, milliseconds
    since the epoch. awaiting_others: images that wait for more opinions, and have the labeler's already.
    """

    leased_by_others: int
    next_free_at: int | None
    awaiting_others: int = 0


class Choice:
    """The order in which the packs of one project are tried."""

    def __init__(self, packs: Packs) -> None:
        self._packs = packs
        self._active: dict[str, int] = {}

    def note_active(self, user: str, now: int) -> None:
        self._active = {known: seen for known, seen in self._active.items() if now - seen < ACTIVE_MS} | {user: now}

    async def look_again(self, ranges: list[Range]) -> None:
        """Reads one of the reopened packs of which the copy is old: one at most, so that a page's cost is bounded."""
        oldest = time.monotonic() - LOOK_AGAIN_SECONDS
        old = [pack for pack in _packs(ranges, REOPENED) if self._is_older(pack, oldest)]
        if old:
            await self._packs.rows.read_head(random.choice(old))  # noqa: S311

    def candidates(self, ranges: list[Range], user: str, last: int | None, count: int, now: int) -> Iterator[int]:
        """For a labeler; last: where they last worked; count: images on a page. By this process's copies: a pack of
        which it has none is taken to fill a page.
        """
        reopened = _packs(ranges, REOPENED)
        opened = _packs(ranges, OPEN) + reopened
        first_in_line = [pack for pack in reopened if self._may_offer_rejected(pack, user, now)]
        random.shuffle(first_in_line)
        yield from first_in_line
        usual = [last] if last in opened and last not in first_in_line else []
        window = [pack for pack in opened if pack != last and pack not in first_in_line]
        random.shuffle(window)
        begun = (pack for known in ranges for pack in known.awaiting(user))
        waiting = chain(begun, (pack for known in ranges for pack in known.packs(WAITING)))
        wanted = WINDOW_PER_LABELER * len(self._active) - len(opened)
        if wanted > 0:
            some = list(islice(waiting, wanted))
            random.shuffle(some)
            usual += some
        smaller: list[tuple[int, int]] = []
        for pack in usual + window:
            size = self._page_size(pack, user, count, now)
            if size < count:
                smaller.append((size, pack))
            else:
                # Most labelers take the first one, and no other is looked at.
                yield pack
        yield from (pack for _, pack in sorted(smaller, key=lambda one: -one[0]))
        yield from waiting

    def _page_size(self, pack: int, user: str, count: int, now: int) -> int:
        version = self._packs.rows.cached_head(pack)
        return count if version is None else leases.page_size(len(leases.free_slots(version.head, now, user)), count)

    def is_scarce(self, ranges: list[Range], user: str, count: int, now: int) -> bool:
        """A page for each active labeler is more than is left, as far as this process knows. Nobody should then hold
        images that they do not look at yet.
        """
        labelers = len(self._active.keys() | {user})
        if labelers == 1 or any(_packs(ranges, letter) for letter in (WAITING, AWAITING, PREPARING, NEW)):
            return False
        free = 0
        for pack in _packs(ranges, OPEN) + _packs(ranges, REOPENED):
            version = self._packs.rows.cached_head(pack)
            if version is None:
                return False
            free += len(leases.free_slots(version.head, now, user))
        return free < count * labelers

    async def offers(self, pack: int, user: str, now: int, since: float) -> bool:
        """The pack has images to hand out to a labeler, by a copy not older than `since`."""
        try:
            version = await self._packs.head(pack, since)
        except ResourceNotFoundError:
            return False
        return bool(leases.free_slots(version.head, now, user))

    async def nothing_left(self, ranges: list[Range], user: str, now: int) -> NothingLeft:
        others: list[Lease] = []
        awaiting = sum(known.sums.awaiting for known in ranges)
        for pack in _packs(ranges, OPEN) + _packs(ranges, REOPENED):
            head = (await self._packs.head(pack)).head
            others += [lease for lease in head.leases if lease.until > now and lease.labeler != user]
            free, who = (head.slots[slot] for slot in leases.free_slots(head, now)), head.index_of(user)
            awaiting += sum(slot.is_awaiting and slot.has_opinion_of(who) for slot in free)
        return NothingLeft(
            leased_by_others=sum(len(lease.open) for lease in others),
            next_free_at=min((lease.until for lease in others), default=None),
            awaiting_others=awaiting,
        )

    def _is_older(self, pack: int, than: float) -> bool:
        version = self._packs.rows.cached_head(pack)
        return version is not None and version.read_at < than

    def _may_offer_rejected(self, pack: int, user: str, now: int) -> bool:
        version = self._packs.rows.cached_head(pack)
        return version is None or _offers_rejected(version.head, user, now)


def _offers_rejected(head: Head, user: str, now: int) -> bool:
    return any(head.slots[slot].rejection for slot in leases.free_slots(head, now, user)[:1])


def _packs(ranges: list[Range], letter: str) -> list[int]:
    return [pack for known in ranges for pack in known.packs(letter)]
