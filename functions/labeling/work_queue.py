"""The work queue of a project: which images next, for whom, and what becomes of them.

A labeler gets a page from one pack, and at most two pages at once. Whoever already holds work gets that work back.
"""

import asyncio
import re
import secrets
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from azure.core.exceptions import ResourceNotFoundError

from functions.conflicts import Lost, until_written
from functions.labeling import hiding, leases, submissions
from functions.labeling.choice import Choice, NothingLeft
from functions.labeling.directory import Range
from functions.labeling.head import Head, Lease
from functions.labeling.leases import Short
from functions.labeling.opinions import Asking, Sure, outcomes_of
from functions.labeling.packs import Change, Packs
from functions.labeling.record import Record
from functions.labeling.refusals import UnknownLease, UnknownToCaller
from functions.labeling.rows import Image, pack_key
from functions.labeling.suggestion_rows import Suggestions
from functions.labeling.suggestions import PageSuggestions, arranged
from functions.labeling.whereabouts import Whereabouts, read_whereabouts, write_whereabouts
from functions.problems import Conflict, NotFound, Paused
from functions.projects.model import Project
from functions.tables import Table
from functions.tasks.annotation import Given

MOST_LEASES = 2
ATTEMPTS = 4
LEASE_ID = re.compile("[0-9]{6}-[0-9a-f]{16}")


@dataclass(frozen=True)
class Page:
    """Images handed to one labeler: those of the lease that are still theirs to label, in its order; with what is
    suggested for its pack, and the review action that sent back those that were rejected. short: why a new one has
    fewer images than were asked for.
    """

    lease: Lease
    pack: int
    images: dict[int, Image]
    suggestions: PageSuggestions
    rejections: dict[int, Record]
    short: Short | None = None


@dataclass(frozen=True)
class _Asked:
    """One attempt at a call for images, begun at `started` of the monotonic clock. project: by which the caller is a
    member. fresh: it rests on what storage holds now, and not on copies of any age.
    """

    project: Project
    user: str
    count: int
    holding: Collection[str]
    now: int
    fresh: bool
    started: float = field(default_factory=time.monotonic)

    @property
    def since(self) -> float:
        """Copies that are older are read anew."""
        return self.started if self.fresh else float("-inf")


def pack_of_lease(lease_id: str) -> int:
    """The pack that a lease id names. Raises NotFound for what is no lease id."""
    if not LEASE_ID.fullmatch(lease_id):
        raise NotFound("There is no such lease.")
    return int(lease_id.partition("-")[0])


def _one_in(ranges: Iterable[Range]) -> int:
    """By the packs that are closed, since the labeling of all others is not in the directory yet."""
    counted = [known.hidden for known in ranges]
    return hiding.one_in(sum(images for images, _ in counted), sum(right for _, right in counted))


class WorkQueue:
    """Leases and submissions of one project."""

    def __init__(self, table: Table, packs: Packs, suggestions: Suggestions) -> None:
        self._table = table
        self._packs = packs
        self._suggestions = suggestions
        self._choice = Choice(packs)
        self._looking = asyncio.Lock()

    async def lease(
        self, project: Project, user: str, count: int, holding: Collection[str], *, now: int
    ) -> Page | NothingLeft:
        """Hands out up to `count` images of one pack, or gives back a lease that the labeler's page does not show.

        Raises Conflict when the labeler holds two leases already, Paused when the project hands out none, OldProject.
        """
        self._choice.note_active(user, now)

        # Of two calls at once one sees the lease of the other, as both write the same head or the same whereabouts.
        # Only where one goes into another pack and the other, at another instance, does not, both may succeed: the
        # labeler then holds a third page, which comes back like any other.
        async def attempt(number: int) -> Page | NothingLeft:
            return await self._lease(_Asked(project, user, count, holding, now, fresh=number > 0))

        busy = "You asked for images more than once at the same time. Try again."
        return await until_written(attempt, busy, seconds=1, most=ATTEMPTS)

    async def _lease(self, asked: _Asked) -> Page | NothingLeft:
        """With copies of any age first: the write of a lease proves its own pack's copy, and only a new page is given
        by it. Whatever else is answered rests on what storage holds now. Raises Lost where copies were too old.
        """
        who = await read_whereabouts(self._table, asked.user)
        is_warm = who.last is not None and self._packs.rows.is_known(who.last)
        mine = await self._leases_of(asked, who.packs, asked.since)
        unseen = [(pack, lease) for pack, lease in mine if lease.id not in asked.holding]
        is_paused = asked.project.status == "paused"
        if (unseen or len(mine) >= MOST_LEASES or is_paused) and not asked.fresh:
            raise Lost
        if unseen:
            return await self._page(asked.project, *unseen[0])
        if len(mine) >= MOST_LEASES:
            raise Conflict("You already have two pages. Submit one, or give it back.")
        if is_paused:
            raise Paused("The project is paused: no new images are handed out. What you hold may still be submitted.")
        ranges = await self._packs.directory.ranges(fresh=asked.fresh)
        if mine and self._choice.is_scarce(ranges, asked.user, asked.count, asked.now):
            return await self._choice.nothing_left(ranges, asked.user, asked.now)
        await self._choice.look_again(ranges)
        page = await self._new_page(asked, ranges, who, mine, tidy=is_warm)
        if page is None and not asked.fresh:
            raise Lost
        return page or await self._choice.nothing_left(ranges, asked.user, asked.now)

    async def _new_page(
        self, asked: _Asked, ranges: list[Range], who: Whereabouts, mine: Sequence[tuple[int, Lease]], *, tidy: bool
    ) -> Page | None:
        """From the first pack that has images for it. mine: the leases that the labeler holds."""
        one_in = _one_in(ranges) if asked.project.is_assisted else 0
        for pack in self._choice.candidates(ranges, asked.user, who.last, asked.count, asked.now):
            if not await self._offers(pack, asked):
                continue
            others = [other for other in who.packs if other != pack]
            if await self._leases_of(asked, others, asked.started) != [item for item in mine if item[0] != pack]:
                raise Lost
            # Before a lease is made in a pack it is noted that the labeler may hold one there.
            there = who.entering(pack, [other for other, _ in mine], tidy=tidy)
            who = await write_whereabouts(self._table, asked.user, who, there)
            page = await self._take(pack, asked, {lease.id for _, lease in mine}, one_in)
            if page:
                return page
        return None

    async def _offers(self, pack: int, asked: _Asked) -> bool:
        """Newest copies are read one at a time: a crowd that asks again and again for the last images shares them."""
        async with self._looking if asked.fresh else nullcontext():
            return await self._choice.offers(pack, asked.user, asked.now, asked.since)

    async def _take(self, pack: int, asked: _Asked, known: Collection[str], one_in: int) -> Page | None:
        """A page of this pack; None where it has no image for it any more. known: the labeler's other leases. one_in:
        of how many images one comes without its suggestion.
        """
        lease_id = hiding.new_lease_id(pack_key(pack), secrets.token_hex(6), one_in)
        suggested = (await self._suggestions.of_lease(pack, lease_id, asked.project)).by_slot
        order = asked.project.suggestion_order

        def rule(head: Head) -> Change[tuple[Lease, Short | None] | None]:
            free = leases.free_slots(head, asked.now, asked.user)
            leased, lease = leases.hand_out(
                head,
                lease_id=lease_id,
                labeler=asked.user,
                count=leases.page_size(len(free), asked.count),
                until=asked.now + asked.project.lease_ms,
                now=asked.now,
                known=known,
                arrange=(lambda slots: arranged(slots, suggested, order)) if suggested else None,
            )
            if lease is None:
                return Change(head, None)
            return Change(leased, (lease, leases.why_short(head, lease.slots, len(free), asked.count)))

        try:
            taken = (await self._packs.change(pack, rule, now=asked.now, project=asked.project)).result
        except UnknownToCaller:
            raise Lost from None
        return await self._page(asked.project, pack, *taken) if taken else None

    async def _page(self, project: Project, pack: int, lease: Lease, short: Short | None = None) -> Page:
        head = (await self._packs.head(pack)).head
        images = await self._packs.rows.images(pack, head.revision)
        rejected = {slot: action for slot in lease.open if (action := head.slots[slot].rejection)}
        actions = await self._packs.records.rejections(pack, set(rejected.values()))
        return Page(
            lease,
            pack,
            {slot: images[slot] for slot in lease.open},
            await self._suggestions.of_lease(pack, lease.id, project),
            {slot: actions[action] for slot, action in rejected.items() if action in actions},
            short,
        )

    async def _leases_of(self, asked: _Asked, packs: Collection[int], since: float) -> list[tuple[int, Lease]]:
        """The labeler's running leases in some packs, oldest first in each, by copies not older than `since`."""
        found = []
        for pack in packs:
            try:
                head = (await self._packs.head(pack, since)).head
            except ResourceNotFoundError:
                continue
            mine = (lease for lease in head.leases if lease.labeler == asked.user and lease.until > asked.now)
            found += [(pack, lease) for lease in mine]
        return found

    async def renew(self, project: Project, user: str, lease_id: str, *, now: int) -> Lease:
        """Prolongs a lease. Raises NotFound when it is over and its images have gone to others, and OldProject."""
        until = now + project.lease_ms

        def rule(head: Head) -> Change[Lease]:
            return Change(*leases.renew(head, lease_id=lease_id, labeler=user, until=until, now=now))

        try:
            return (await self._packs.change(pack_of_lease(lease_id), rule, now=now, project=project)).result
        except (UnknownLease, ResourceNotFoundError):
            raise NotFound("The lease has ended: its images were labeled, given back or handed to others.") from None

    async def release(self, user: str, lease_id: str, *, now: int) -> None:
        """Gives the images of a lease back. A lease that is over already is no error."""

        def rule(head: Head) -> Change[None]:
            return Change(leases.release(head, lease_id=lease_id, labeler=user), None)

        try:
            await self._packs.change(pack_of_lease(lease_id), rule, now=now)
        except ResourceNotFoundError:
            raise NotFound("There is no such lease.") from None

    async def submit(
        self,
        project: Project,
        user: str,
        lease_id: str,
        given: Given,
        reasons: Mapping[int, str],
        *,
        now: int,
        sure: Sure | None = None,
    ) -> Record:
        """Saves a page and gives its record; the same submission again gives the first one's and counts nothing
        twice. given: what is said of each image; None: it is skipped. reasons: those that were given for skipping.
        sure: for projects that ask others only where one is not sure enough.

        Raises WrongImages when not every image of the lease is named exactly once, OldProject, and NotFound for a lease
        that is not the labeler's.
        """
        pack = pack_of_lease(lease_id)
        page = await self._suggestions.of_lease(pack, lease_id, project, keep=False)
        guesses, asking = page.guesses, Asking(pack, project, sure, page.by_slot)

        def rule(head: Head) -> Change[Record]:
            done = submissions.submit(
                head,
                lease_id=lease_id,
                labeler=user,
                given=given,
                now=now,
                asking=asking,
                suggested=guesses,
                hidden=page.hidden,
                predicted=page.predicted,
            )
            record = Record(
                key=f"s|{lease_id}",
                action="submitted",
                by=user,
                at=now,
                given=done.given,
                taken=done.taken,
                reasons={slot: reason for slot, reason in reasons.items() if slot in done.given},
                suggested={slot: guess for slot, guess in guesses.items() if slot in done.given},
                hidden=tuple(sorted(page.hidden & done.given.keys())),
                predicted={slot: one for slot, one in page.predicted.items() if slot in done.given},
                outcomes=outcomes_of(done.head, done.given),
            )
            return Change(done.head, record, (record,))

        try:
            outcome = await self._packs.change(pack, rule, now=now, project=project)
        except (UnknownLease, ResourceNotFoundError):
            first = await self.submission(user, lease_id)
            if first:
                return first
            raise NotFound(
                "There is no such lease of yours: it was given back, or others labeled all its images."
            ) from None
        return outcome.existing or outcome.result

    async def submission(self, user: str, lease_id: str) -> Record | None:
        """The record of a submission that was saved before."""
        record = await self._packs.records.get(pack_of_lease(lease_id), f"s|{lease_id}")
        return record if record and record.by == user else None
