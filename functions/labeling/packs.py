"""Changes of packs under their one lock (the head's ETag) and under the directory's one rule.

To open or reopen a pack: read the head, then write its letter and the sums (If-Match), then the head (If-Match). To
close one: know its directory row, then freeze the head, then write the row (If-Match). Each step fails if another
instance has come between, and is then taken again from the start; a crash between two steps leaves a head that is
read by itself, so nothing is counted twice or lost. An opener writes the row even where the letter says open already:
a closer who froze the head in between then fails, instead of counting a head that changes.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from azure.core.exceptions import AzureError, ResourceNotFoundError

from functions.conflicts import Lost, conditional, is_refused, until_written
from functions.labeling import blobs, leases
from functions.labeling.counts import Counts
from functions.labeling.directory import (
    AWAITING,
    CLOSED,
    DONE,
    NEW,
    OPEN,
    PREPARING,
    RANGE_SIZE,
    REOPENED,
    WAITING,
    Directory,
    Edit,
    Range,
)
from functions.labeling.editions import knowing, refuse_leaving, refuse_older
from functions.labeling.head import Head
from functions.labeling.record import Record
from functions.labeling.record_rows import Records
from functions.labeling.refusals import MANY_AT_WORK, PROJECT_BUSY, Refused
from functions.labeling.rows import Image, PackRows, Version
from functions.problems import Busy
from functions.projects.model import Project

ATTEMPTS = 12

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Change(Generic[T]):
    """What a rule makes of a head: the new head, the records that go with it, the images where they change too, and
    the rule's answer.
    """

    head: Head
    result: T
    records: tuple[Record, ...] = ()
    images: list[Image] | None = None


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What became of a change. existing: the record of this key that was in storage already, written by an earlier
    delivery.
    """

    result: T
    head: Head
    existing: Record | None = None


class Packs:
    """The packs of one project."""

    def __init__(self, rows: PackRows, records: Records, directory: Directory) -> None:
        self.rows = rows
        self.records = records
        self.directory = directory
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def head(self, pack: int, since: float = float("-inf")) -> Version:
        """The head as this process knows it; to be changed only with its ETag. It is read anew if the copy is older
        than `since` (of the monotonic clock).
        """
        known = self.rows.cached_head(pack)
        return known if known and known.read_at >= since else await self.rows.read_pack(pack)

    async def change(
        self,
        pack: int,
        rule: Callable[[Head], Change[T]],
        *,
        now: int,
        letter: str = OPEN,
        project: Project | None = None,
    ) -> Outcome[T]:
        """Applies a rule to a pack, again with the newest head whenever somebody else was quicker.

        A frozen pack is opened first, under the given letter; one that is finished afterwards is closed. What the
        rule refuses on the newest head is raised. After a failed write it is looked first whether the write is there
        all the same. project: by which labels are set or images handed out; what rests on an older edition than the
        pack knows of is refused (OldProject).
        """

        async def attempt(number: int) -> Outcome[T]:
            return await self._attempt(pack, partial(_apply, rule, project), now, letter, fresh=number > 0)

        async with self._locks.setdefault(pack, asyncio.Lock()):
            return await until_written(attempt, MANY_AT_WORK, seconds=1, most=ATTEMPTS)

    async def _attempt(
        self, pack: int, rule: Callable[[Head], Change[T]], now: int, letter: str, *, fresh: bool
    ) -> Outcome[T]:
        """Raises Lost where it is to be tried again with the newest head."""
        version = await self.rows.read_head(pack) if fresh else await self.head(pack)
        # Only a write proves that the copy was the newest head: what the rule refuses, or finds done, may be so by an
        # old copy alone.
        thawed = version.head.thaw()
        try:
            change = rule(thawed)
        except Refused:
            if fresh:
                raise
            self.rows.forget(pack)
            raise Lost from None
        if change.head == thawed and not change.records and change.images is None:
            if not fresh:
                self.rows.forget(pack)
                raise Lost
            return Outcome(change.result, version.head)
        if version.head.frozen:
            version = await self.open(pack, letter, now)
            change = rule(version.head.thaw())
        return await self._write(pack, version, change, now)

    async def _write(self, pack: int, version: Version, change: Change[T], now: int) -> Outcome[T]:
        head = change.head
        letter = closing_letter(head, now)
        # A pack that is finished is frozen by the same write; its row must have been read before that.
        known = self.directory.cached(pack) or await self.directory.read(pack) if letter else None
        if known and letter:
            head = leases.expire(head, now).freeze()
        try:
            if change.images is not None:
                await self.rows.write_images(pack, head, change.images, etag=version.etag, rows=change.records)
            else:
                await self.rows.write_head(pack, head, etag=version.etag, rows=change.records)
        except AzureError as error:
            self.rows.forget(pack)
            if isinstance(error, ResourceNotFoundError):
                raise
            existing = await self.records.get(pack, change.records[0].key) if change.records else None
            if existing:
                return Outcome(change.result, head, existing)
            if is_refused(error):
                raise
            raise Lost from error
        if known and letter:
            await self._finish_closing(pack, known, head, letter, now)
        return Outcome(change.result, head)

    async def _finish_closing(self, pack: int, known: Range, head: Head, letter: str, now: int) -> None:
        """The second write of a closing. The change itself is saved by then: what fails here is left to the timer."""
        try:
            if not await self._close_row(pack, known, head, letter, now):
                await self._close(pack, now)
        except AzureError:
            log.warning("pack %s could not be closed", pack, exc_info=True)

    async def open(self, pack: int, letter: str, now: int) -> Version:
        """Takes a pack's counts out of the directory, so that its head may be thawed with the version given back. That
        knows of the edition of which its row knows. Raises Lost.
        """
        found: Version | None = None

        async def take_out(known: Range) -> Edit | None:
            nonlocal found
            found = self.rows.cached_head(pack)
            # The head must be newer than the row: only then are its counts surely those in the sums.
            if found is None or found.read_at <= known.lineage.began:
                found = await self.rows.read_head(pack)
            if not found.head.frozen or not known.names(pack):
                return None
            current = known.letter(pack)
            figures = found.head.counts() if current in CLOSED else None
            return Edit({pack: _opened(current, letter)}, figures, -1)

        if (copy := self.directory.cached(pack)) and not copy.names(pack):
            # It has come since this process has read the row.
            await self.directory.read(pack)
        written = await self.directory.edit(pack, take_out, now)
        if found and written:
            return replace(found, head=knowing(found.head, written.edition))
        if found and not found.head.frozen:
            return found
        raise Lost

    async def close(self, pack: int, now: int) -> None:
        """Ends expired leases and closes the pack if it is finished; mends one whose closing was cut off."""
        async with self._locks.setdefault(pack, asyncio.Lock()):
            await self._close(pack, now)

    async def _close(self, pack: int, now: int) -> None:
        """What others are at all the time is left to the timer."""

        async def attempt(_number: int) -> tuple[str, Head] | None:
            """The pack's letter and head; None where it is closed."""
            known = await self.directory.read(pack)
            version = await self.rows.read_head(pack)
            if known.letter(pack) in CLOSED:
                return None
            head = leases.expire(version.head, now).thaw()
            letter = closing_letter(head, now, is_idle=True)
            if letter is None and head == version.head:
                return known.letter(pack), head
            # Written anew even where it is frozen: an opener who read it earlier must fail now.
            with conditional():
                await self.rows.write_head(pack, head.freeze() if letter else head, etag=version.etag)
            if letter is None:
                return known.letter(pack), head
            if not await self._close_row(pack, known, head.freeze(), letter, now):
                raise Lost
            return None

        with suppress(Busy):
            left = await until_written(attempt, MANY_AT_WORK, most=ATTEMPTS)
            if left and left[0] == PREPARING and not blobs.needs_preparing(left[1]):
                # Somebody worked on it while it was prepared, so it was not closed as waiting.
                await self.mark(pack, OPEN, now)

    async def _close_row(self, pack: int, known: Range, head: Head, letter: str, now: int) -> bool:
        async def put_in(latest: Range) -> Edit | None:
            # What this process itself wrote since was about other packs: this one's lock is held.
            if latest.lineage is not known.lineage:
                return None
            finished = _finished(head, now) if letter == AWAITING else ()
            return Edit({pack: letter}, head.counts(), finished={pack: finished})

        return await self.directory.edit(pack, put_in, now) is not None

    async def register(self, sizes: Mapping[int, int], now: int) -> None:
        """Makes the directory name new packs, all of whose images are to be prepared; those that it names already are
        passed over.

        sizes: how many images each has. The numbers leave no gap behind the packs that are named. A pack without
        images is done.
        """
        for first in sorted({pack - pack % RANGE_SIZE for pack in sizes}):
            wanted = [pack for pack in sorted(sizes) if first <= pack < first + RANGE_SIZE]
            await until_written(partial(self._register, wanted, sizes, now), PROJECT_BUSY, seconds=1, most=ATTEMPTS)

    async def _register(self, wanted: Sequence[int], sizes: Mapping[int, int], now: int, _attempt: int) -> None:
        async def append(known: Range) -> Edit | None:
            new = [pack for pack in wanted if pack % RANGE_SIZE >= len(known.letters)]
            if not new:
                return None
            figures = Counts(states=Counter({"preparing": sum(sizes[pack] for pack in new)}))
            return Edit({pack: NEW if sizes[pack] else DONE for pack in new}, figures)

        known = self.directory.cached(wanted[0]) or await self.directory.read(wanted[0])
        if len(known.letters) <= wanted[-1] % RANGE_SIZE and not await self.directory.edit(wanted[0], append, now):
            raise Lost

    async def mark(self, pack: int, letter: str, now: int) -> None:
        """Changes the letter of a pack that is not closed."""

        async def rename(known: Range) -> Edit | None:
            return None if known.letter(pack) in CLOSED else Edit({pack: letter})

        async def attempt(_number: int) -> None:
            known = await self.directory.read(pack)
            if known.letter(pack) not in (*CLOSED, letter) and not await self.directory.edit(pack, rename, now):
                raise Lost

        with suppress(Busy):
            await until_written(attempt, PROJECT_BUSY, most=ATTEMPTS)


def _apply(rule: Callable[[Head], Change[T]], project: Project | None, head: Head) -> Change[T]:
    """What a rule makes of a head, which then knows the edition it went by. Raises OldProject for an older one."""
    if not project:
        return rule(head)
    refuse_older(head, project)
    change = rule(head)
    refuse_leaving(head, change.head, project)
    return replace(change, head=knowing(change.head, project.edition)) if change.head != head else change


def _opened(current: str, letter: str) -> str:
    """The letter of a pack that is opened under a letter: `open` never hides that it is prepared, or reopened."""
    if letter != OPEN:
        return letter
    return PREPARING if current == NEW else current if current in (PREPARING, REOPENED) else OPEN


def closing_letter(head: Head, now: int, *, is_idle: bool = False) -> str | None:
    """The letter under which a pack can be closed now, None while it is in work. is_idle: also where others may go on
    at any moment, as the images that it has left wait for more opinions.
    """
    if head.frozen or blobs.needs_preparing(head) or head.leased(now):
        return None
    free = leases.free_slots(head, now)
    if not free:
        return DONE
    if head.is_untouched:
        return WAITING
    is_awaiting = is_idle and not head.returned() and all(head.slots[index].opinions for index in free)
    return AWAITING if is_awaiting else None


def _finished(head: Head, now: int) -> list[str]:
    """The labelers for whom there is nothing."""
    return [labeler for labeler in head.labelers if not leases.free_slots(head, now, labeler)]
