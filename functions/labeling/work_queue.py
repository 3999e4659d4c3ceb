"""The work queue of a project: which images next, for whom, and what becomes of them.

A labeler gets a page from one pack, and at most two pages at once. Whoever already holds work gets that work back.
"""

import asyncio
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling import rules
from functions.labeling.choice import Choice
from functions.labeling.directory import OPEN, REOPENED, Directory, Range
from functions.labeling.head import Head, Lease
from functions.labeling.packs import Change, Packs
from functions.labeling.rows import Image, PackRows, Record, pack_key
from functions.labeling.suggestions import Suggestion, arranged
from functions.labeling.whereabouts import Whereabouts, read_whereabouts, write_whereabouts
from functions.problems import Busy, Conflict, NotFound, Paused
from functions.projects.model import Project, SuggestionOrder
from functions.tables import Table

MOST_LEASES = 2
NOTHING_SUGGESTED: Mapping[int, Suggestion] = {}
ATTEMPTS = 4
LEASE_ID = re.compile("[0-9]{6}-[0-9a-f]{16}")


@dataclass(frozen=True)
class Page:
    """Images handed to one labeler: those of the lease that are still theirs to label, in its order; with the review
    action that sent back those that were rejected. short: why a new one has fewer images than were asked for.
    """

    lease: Lease
    pack: int
    images: dict[int, Image]
    rejections: dict[int, Record]
    short: rules.Short | None = None


@dataclass(frozen=True)
class NothingLeft:
    """No image can be handed out now. next_free_at: when the first of the others' leases may come free, milliseconds
    since the epoch.
    """

    leased_by_others: int
    next_free_at: int | None


@dataclass(frozen=True)
class _Asked:
    """One call for images. until: when the lease would end. project: by which the caller is a member."""

    user: str
    count: int
    holding: Collection[str]
    paused: bool
    until: int
    now: int
    shown: "Shown"
    order: SuggestionOrder
    project: Project | None


def _refuse_more(mine: Sequence[tuple[int, Lease]], asked: _Asked) -> None:
    if len(mine) >= MOST_LEASES:
        raise Conflict("You already have two pages. Submit one, or give it back.")
    if asked.paused:
        raise Paused("The project is paused: no new images are handed out. What you hold may still be submitted.")


# The suggestions that a page of this lease's id shows, by slot of its pack.
Shown = Callable[[str], Awaitable[Mapping[int, Suggestion]]]


async def nothing_shown(_lease_id: str) -> Mapping[int, Suggestion]:
    return NOTHING_SUGGESTED


class _OldCopy(Exception):
    """What this process knew was not so any more: to be done again with what storage holds."""


def pack_of_lease(lease_id: str) -> int:
    """The pack that a lease id names. Raises NotFound for what is no lease id."""
    if not LEASE_ID.fullmatch(lease_id):
        raise NotFound("There is no such lease.")
    return int(lease_id.partition("-")[0])


class WorkQueue:
    """Leases and submissions of one project."""

    def __init__(self, table: Table, rows: PackRows, packs: Packs, directory: Directory) -> None:
        self._table = table
        self._rows = rows
        self._packs = packs
        self._directory = directory
        self._choice = Choice(rows, packs)
        self._looking = asyncio.Lock()

    async def lease(
        self,
        user: str,
        count: int,
        holding: Collection[str],
        *,
        paused: bool,
        lease_ms: int,
        now: int,
        shown: Shown = nothing_shown,
        order: SuggestionOrder = "surest",
        project: Project | None = None,
    ) -> Page | NothingLeft:
        """Hands out up to `count` images of one pack, or gives back a lease that the labeler's page does not show.

        order: which images a page is made of first, where it shows suggestions. project: by which they are a member.

        Raises Conflict when the labeler holds two leases already, Paused when the project hands out none, and
        rules.OldProject.
        """
        self._choice.note_active(user, now)
        asked = _Asked(user, count, holding, paused, now + lease_ms, now, shown, order, project)
        # Of two calls at once one sees the lease of the other, as both write the same head or the same whereabouts.
        # Only where one goes into another pack and the other, at another instance, does not, both may succeed: the
        # labeler then holds a third page, which comes back like any other.
        for attempt in range(ATTEMPTS):
            with suppress(_OldCopy):
                return await self._lease(asked, fresh=attempt > 0)
        raise Busy("You asked for images more than once at the same time. Try again.", headers={"Retry-After": "1"})

    async def _lease(self, asked: "_Asked", *, fresh: bool) -> Page | NothingLeft:
        """With copies of any age first: the write of a lease proves its own pack's copy, and only a new page is given
        by it. Whatever else is answered rests on what storage holds now.
        """
        user, now = asked.user, asked.now
        started = time.monotonic()
        since = started if fresh else float("-inf")
        who = await read_whereabouts(self._table, user)
        is_warm = who.last is not None and self._rows.is_known(who.last)
        mine = await self._leases_of(user, who.packs, now, since)
        unseen = [(pack, lease) for pack, lease in mine if lease.id not in asked.holding]
        if (unseen or len(mine) >= MOST_LEASES or asked.paused) and not fresh:
            raise _OldCopy
        if unseen:
            return await self._page(*unseen[0])
        _refuse_more(mine, asked)
        ranges = await self._directory.ranges(fresh=fresh)
        if mine and self._choice.is_scarce(ranges, user, asked.count, now):
            return await self._nothing_left(ranges, user, now)
        await self._choice.look_again(ranges)
        for pack in self._choice.candidates(ranges, who.last, asked.count, now):
            if not await self._offers(pack, now, since):
                continue
            others = [other for other in who.packs if other != pack]
            held = await self._leases_of(user, others, now, started)
            if held != [item for item in mine if item[0] != pack]:
                raise _OldCopy
            who = await self._enter(user, who.entering(pack, [other for other, _ in mine], tidy=is_warm), who)
            taken = await self._take(pack, asked, {lease.id for _, lease in mine})
            if taken is not None:
                return await self._page(pack, *taken)
        if not fresh:
            raise _OldCopy
        return await self._nothing_left(ranges, user, now)

    async def renew(self, user: str, lease_id: str, *, until: int, now: int, project: Project | None = None) -> Lease:
        """Prolongs a lease. Raises NotFound when it is over and its images have gone to others, and
        rules.OldProject.
        """

        def rule(head: Head) -> Change[Lease]:
            renewed, lease = rules.renew(head, lease_id=lease_id, labeler=user, until=until, now=now)
            return Change(renewed, lease)

        try:
            return (await self._packs.change(pack_of_lease(lease_id), rule, now=now, project=project)).result
        except (rules.UnknownLease, ResourceNotFoundError):
            raise NotFound("The lease has ended: its images were labeled, given back or handed to others.") from None

    async def release(self, user: str, lease_id: str, *, now: int) -> None:
        """Gives the images of a lease back. A lease that is over already is no error."""

        def rule(head: Head) -> Change[None]:
            return Change(rules.release(head, lease_id=lease_id, labeler=user), None)

        try:
            await self._packs.change(pack_of_lease(lease_id), rule, now=now)
        except ResourceNotFoundError:
            raise NotFound("There is no such lease.") from None

    async def submit(
        self,
        user: str,
        lease_id: str,
        labels: Mapping[int, int],
        skipped: Mapping[int, str | None],
        *,
        now: int,
        suggested: Mapping[int, Suggestion] = NOTHING_SUGGESTED,
        is_blind: bool = False,
        project: Project | None = None,
    ) -> Record:
        """Saves a page and gives its record; the same submission again gives the first one's and counts nothing
        twice. suggested: for images of its pack; is_blind: and was not shown. project: of which the labels are.

        Raises rules.WrongImages when not every image of the lease is named exactly once, rules.OldProject, and NotFound
        for a lease that is not the labeler's.
        """
        pack = pack_of_lease(lease_id)

        guesses = {slot: rules.Guess(one.label, one.sure) for slot, one in suggested.items()}

        def rule(head: Head) -> Change[Record]:
            done = rules.submit(
                head,
                lease_id=lease_id,
                labeler=user,
                labels=labels,
                skipped=tuple(skipped),
                now=now,
                suggested=guesses,
                is_blind=is_blind,
            )
            saved = {*done.labels, *done.skipped}
            record = Record(
                key=f"s|{lease_id}",
                action="submitted",
                by=user,
                at=now,
                labels={
                    **{slot: [label] for slot, label in done.labels.items()},
                    **{slot: [] for slot in done.skipped},
                },
                taken=done.taken,
                reasons={slot: reason for slot in done.skipped if (reason := skipped[slot])},
                suggested={slot: guess for slot, guess in guesses.items() if slot in saved},
                blind=is_blind,
            )
            return Change(done.head, record, (record,))

        try:
            outcome = await self._packs.change(pack, rule, now=now, project=project)
        except (rules.UnknownLease, ResourceNotFoundError):
            first = await self.submission(user, lease_id)
            if first:
                return first
            raise NotFound(
                "There is no such lease of yours: it was given back, or others labeled all its images."
            ) from None
        return outcome.existing or outcome.result

    async def submission(self, user: str, lease_id: str) -> Record | None:
        """The record of a submission that was saved before."""
        record = await self._rows.record(pack_of_lease(lease_id), f"s|{lease_id}")
        return record if record and record.by == user else None

    async def _offers(self, pack: int, now: int, since: float) -> bool:
        """Newest copies are read one at a time: a crowd that asks again and again for the last images shares them."""
        async with self._looking if since > float("-inf") else nullcontext():
            return await self._choice.offers(pack, now, since)

    async def _enter(self, user: str, there: Whereabouts, who: Whereabouts) -> Whereabouts:
        """Notes, before a lease is made in a pack, that the labeler may hold one there."""
        if there is who:
            return who
        entered = await write_whereabouts(self._table, user, there)
        if entered is None:
            raise _OldCopy
        return entered

    async def _take(
        self, pack: int, asked: "_Asked", known: Collection[str]
    ) -> tuple[Lease, rules.Short | None] | None:
        lease_id = f"{pack_key(pack)}-{secrets.token_hex(8)}"
        suggested = await asked.shown(lease_id)

        def rule(head: Head) -> Change[tuple[Lease, rules.Short | None] | None]:
            free = rules.free_slots(head, asked.now)
            leased, lease = rules.lease(
                head,
                lease_id=lease_id,
                labeler=asked.user,
                count=rules.page_size(len(free), asked.count),
                until=asked.until,
                now=asked.now,
                known=known,
                arrange=(lambda slots: arranged(slots, suggested, asked.order)) if suggested else None,
            )
            if lease is None:
                return Change(head, None)
            return Change(leased, (lease, rules.why_short(head, lease.slots, len(free), asked.count)))

        try:
            return (await self._packs.change(pack, rule, now=asked.now, project=asked.project)).result
        except rules.UnknownToCaller:
            raise _OldCopy from None

    async def _leases_of(self, user: str, packs: Collection[int], now: int, since: float) -> list[tuple[int, Lease]]:
        """The labeler's running leases in some packs, oldest first in each, by copies not older than `since`."""
        found = []
        for pack in packs:
            try:
                version = await self._packs.head(pack, since)
            except ResourceNotFoundError:
                continue
            found += [(pack, lease) for lease in version.head.leases if lease.labeler == user and lease.until > now]
        return found

    async def _page(self, pack: int, lease: Lease, short: rules.Short | None = None) -> Page:
        version = await self._packs.head(pack)
        images = await self._rows.images(pack, version.head.revision)
        rejected = {slot: action for slot in lease.open if (action := version.head.slots[slot].rejection)}
        actions = {record.key: record for record in await self._rows.records(pack, "r|")} if rejected else {}
        return Page(
            lease,
            pack,
            {slot: images[slot] for slot in lease.open},
            {slot: actions[f"r|{action}"] for slot, action in rejected.items() if f"r|{action}" in actions},
            short,
        )

    async def _nothing_left(self, ranges: list[Range], user: str, now: int) -> NothingLeft:
        others: list[Lease] = []
        for pack in (pack for known in ranges for pack in known.packs(OPEN, REOPENED)):
            version = await self._packs.head(pack)
            others += [lease for lease in version.head.leases if lease.until > now and lease.labeler != user]
        return NothingLeft(
            leased_by_others=sum(len(lease.open) for lease in others),
            next_free_at=min((lease.until for lease in others), default=None),
        )
