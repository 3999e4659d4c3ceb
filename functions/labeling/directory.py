"""The directory of a project's packs: one row per 256 packs, with a letter a pack and the summed counts of those that
are closed.

The one rule: a pack's counts are in its range's sums exactly while its letter says new, waiting, awaiting or done, and
the head of such a pack is frozen and never changes. packs.py keeps it; here is only the row.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from json import dumps, loads
from typing import Any
from weakref import WeakValueDictionary

from functions.conflicts import Lost, unproved
from functions.labeling.agreeing import Agreement
from functions.labeling.counts import DAY_HOURS, HOUR_MS, Counts
from functions.labeling.pace import HOURS_KEPT
from functions.tables import Insert, Replace, Row, Table

RANGE_SIZE = 256
PARTITION = "dir"

# New: nothing of it was prepared yet. A million new images are counted by their ranges alone.
# Awaiting: all that is free in it are images on which there are opinions, so that not everybody finds something there.
NEW, PREPARING, WAITING, AWAITING, OPEN, REOPENED, DONE = "n", "p", "w", "a", "o", "r", "d"
CLOSED = (NEW, WAITING, AWAITING, DONE)

# The directory may be this old where it only helps to choose a pack; the head is the truth.
MOST_AGE_SECONDS = 2.0
HOURS_KEPT_DAYS = 3
# Of a property of a row.
MOST_CHARACTERS = 32 * 1024
# Of so many imports of suggestions, the newest, the sums of a range tell how right they were: more have no room. What
# is taken away of an older one when a pack is opened comes back when it is closed.
MOST_RUNS = 500


@dataclass(frozen=True, eq=False)
class Lineage:
    """Copies of a row have the same one if nobody but this process wrote the row between them.

    began: when the first of them was read, by the monotonic clock.
    """

    began: float


@dataclass(frozen=True)
class Range:
    """One row. letters: one for each pack of the range that exists. etag: None for a row that is not there yet.
    edition: the newest of the project of which those know that are closed. finished: for each labeler the awaiting
    packs in which there is nothing for them.

    as_of: the row is not older than that, by the monotonic clock.
    """

    index: int
    letters: str
    sums: Counts
    etag: str | None
    as_of: float
    lineage: Lineage
    edition: int = 0
    finished: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def hidden(self) -> tuple[int, int]:
        """How many images of the closed packs came without their suggestion, and of how many of these it was right."""
        work = self.sums.work.values()
        return sum(one.blind for one in work), sum(one.blind_right for one in work)

    def names(self, pack: int) -> bool:
        return pack % RANGE_SIZE < len(self.letters)

    def letter(self, pack: int) -> str:
        return self.letters[pack % RANGE_SIZE]

    def packs(self, *letters: str) -> Iterator[int]:
        """The packs of the range that have one of the letters."""
        first = self.index * RANGE_SIZE
        return (first + position for position, letter in enumerate(self.letters) if letter in letters)

    def awaiting(self, labeler: str) -> Iterator[int]:
        """The awaiting packs in which there is something for a labeler."""
        finished = self.finished.get(labeler, frozenset())
        return (pack for pack in self.packs(AWAITING) if pack not in finished)


@dataclass(frozen=True)
class Edit:
    """What is to change in a row: letters of packs, and figures to add to the sums (sign 1) or to take away (-1); and
    the edition of which it is to know at least. finished: for packs that become awaiting, the labelers for whom there
    is nothing.
    """

    letters: Mapping[int, str]
    figures: Counts | None = None
    sign: int = 1
    edition: int = 0
    finished: Mapping[int, Collection[str]] = field(default_factory=dict)


Editor = Callable[[Range], Awaitable[Edit | None]]


@dataclass
class _Asked:
    """An edit that waits to be written. is_done: whether it was written or not is known; written: the row with it."""

    editor: Editor
    is_done: bool = False
    written: Range | None = None
    error: BaseException | None = None


class Directory:
    """The directory of one project, and this process's copy of it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._ranges: dict[int, Range] = {}
        self._in_doubt: set[int] = set()
        self._read_all_at = float("-inf")
        self._reading = asyncio.Lock()
        self._writing: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._asked: dict[int, list[_Asked]] = {}

    async def ranges(self, *, fresh: bool = False) -> list[Range]:
        """All rows; unless `fresh`, at most MOST_AGE_SECONDS old. One reader at a time: the others wait for its
        answer.
        """
        wanted_since = time.monotonic()
        async with self._reading:
            since = wanted_since if fresh else time.monotonic() - MOST_AGE_SECONDS
            if self._read_all_at < since:
                started = time.monotonic()
                found: dict[int, Range] = {}
                async for row in self._table.query("PartitionKey eq @dir", dir=PARTITION):
                    known = self._read(row, started)
                    found[known.index] = known
                self._ranges = found
                self._in_doubt.clear()
                self._read_all_at = started
        return [self._ranges[index] for index in sorted(self._ranges)]

    def cached(self, pack: int) -> Range | None:
        """The row of a pack as this process knows it; None where a write of it may have changed it since."""
        index = pack // RANGE_SIZE
        return None if index in self._in_doubt else self._ranges.get(index)

    async def read(self, pack: int) -> Range:
        """The row of a pack as it is in storage; an empty one where there is none yet."""
        index, started = pack // RANGE_SIZE, time.monotonic()
        row = await self._table.find(PARTITION, _row_key(index))
        if row is None:
            return Range(index, "", Counts(), None, started, Lineage(time.monotonic()))
        return self._keep(self._read(row, started))

    async def edit(self, pack: int, editor: Editor, now: int) -> Range | None:
        """Changes the row of a pack by what the editor makes of its newest copy here, and gives it as it was written.

        Edits of one row that are asked for at the same time are written together: when a crowd sets to work, its packs
        are opened by a few writes and not one after the other. None: the editor wanted nothing, or another instance
        was quicker, or it is not known whether the row was written.
        """
        index, asked = pack // RANGE_SIZE, _Asked(editor)
        self._asked.setdefault(index, []).append(asked)
        async with self._writing.setdefault(index, asyncio.Lock()):
            if not asked.is_done:
                together = self._asked.pop(index)
                try:
                    await self._edit(pack, together, now)
                finally:
                    for one in together:
                        one.is_done = True
        if asked.error:
            raise asked.error
        return asked.written

    async def _edit(self, pack: int, together: Sequence[_Asked], now: int) -> None:
        known = self.cached(pack) or await self.read(pack)
        made = await asyncio.gather(*(one.editor(known) for one in together), return_exceptions=True)
        sums = Counts.from_json(loads(dumps(known.sums.to_json())))
        letters, edition = dict(enumerate(known.letters, known.index * RANGE_SIZE)), known.edition
        finished = known.finished
        wanted = []
        for one, edit in zip(together, made, strict=True):
            if isinstance(edit, BaseException):
                one.error = edit
            elif edit is not None:
                wanted.append(one)
                letters.update(edit.letters)
                edition = max(edition, edit.edition)
                finished = _finished(finished, edit)
                if edit.figures:
                    sums.add(edit.figures, edit.sign)
        if wanted:
            hour = now // HOUR_MS
            sums.fold(hour // DAY_HOURS - HOURS_KEPT_DAYS)
            sums.pace.drop_before(hour - HOURS_KEPT + 1)
            text = "".join(letters[pack] for pack in sorted(letters))
            written = await self._write_if_unchanged(
                replace(known, letters=text, sums=sums, edition=edition, finished=finished)
            )
            for one in wanted:
                one.written = written

    async def _write_if_unchanged(self, wanted: Range) -> Range | None:
        with suppress(Lost), unproved():
            return await self._write(wanted)
        return None

    async def _write(self, wanted: Range) -> Range:
        """Writes a row over the version of its ETag. Raises HttpResponseError (409, 412) when somebody else was
        quicker.
        """
        self._in_doubt.add(wanted.index)
        if wanted.etag is not None:
            etag = await self._table.replace(_row(wanted), wanted.etag)
        elif wanted.index == 0:
            etag = await self._table.insert(_row(wanted))
        else:
            return await self._insert_later(wanted)
        return self._keep(replace(wanted, etag=etag, as_of=time.monotonic()))

    async def _insert_later(self, wanted: Range) -> Range:
        """Inserts a row with the edition of the first one, which is written again by the same transaction: whoever
        raises the edition of all rows begins there, so that no new row escapes.
        """
        first = self.cached(0) or await self.read(0)
        self._in_doubt.add(0)
        wanted = replace(wanted, edition=max(wanted.edition, first.edition))
        first_etag, etag = await self._table.transaction([Replace(_row(first), first.etag), Insert(_row(wanted))])
        self._keep(replace(first, etag=first_etag, as_of=time.monotonic()))
        return self._keep(replace(wanted, etag=etag, as_of=time.monotonic()))

    def _read(self, row: Row, started: float) -> Range:
        index = int(row["RowKey"].split("|")[1])
        former = self._ranges.get(index)
        if former and former.as_of > started:
            # This process has written it since.
            return former
        lineage = former.lineage if former and former.etag == row.etag else Lineage(time.monotonic())
        sums, edition, finished = _sums_of(row), row.get("edition", 0), _finished_of(row, index * RANGE_SIZE)
        return Range(index, row["letters"], sums, row.etag, started, lineage, edition, finished)

    def _keep(self, known: Range) -> Range:
        self._ranges[known.index] = known
        self._in_doubt.discard(known.index)
        return known


def _row_key(index: int) -> str:
    return f"dir|{index:04}"


def _row(known: Range) -> dict[str, Any]:
    return {
        "PartitionKey": PARTITION,
        "RowKey": _row_key(known.index),
        "letters": known.letters,
        "edition": known.edition,
        **_finished_to_property(known),
        **_sums_to_properties(known.sums),
    }


def _finished(known: Mapping[str, frozenset[int]], edit: Edit) -> Mapping[str, frozenset[int]]:
    """Who finds nothing where, after an edit: of packs that it names, only what it says."""
    left = {labeler: packs.difference(edit.letters) for labeler, packs in known.items()}
    for pack, labelers in edit.finished.items():
        left |= {labeler: left.get(labeler, frozenset()) | {pack} for labeler in labelers}
    return {labeler: packs for labeler, packs in left.items() if packs}


def _finished_to_property(known: Range) -> dict[str, str]:
    """A bit for each pack of the range. Left out where it has no room: then heads are read that offer nothing."""
    first = known.index * RANGE_SIZE
    masks = {
        labeler: f"{sum(1 << pack - first for pack in packs):x}" for labeler, packs in sorted(known.finished.items())
    }
    text = dumps(masks, separators=(",", ":"))
    return {"finished": text} if masks and len(text) <= MOST_CHARACTERS else {}


def _finished_of(row: Row, first: int) -> dict[str, frozenset[int]]:
    masks = {labeler: int(mask, 16) for labeler, mask in loads(row.get("finished", "{}")).items()}
    return {
        labeler: frozenset(first + position for position in range(mask.bit_length()) if mask >> position & 1)
        for labeler, mask in masks.items()
    }


def _sums_to_properties(sums: Counts) -> dict[str, str]:
    """What grows with the labelers has properties of its own, as each holds 32 K characters."""
    figures = sums.to_json()
    del figures["agreement"]
    figures["runs"] = dict(sorted(sums.runs.items())[:MOST_RUNS])
    own = {name: figures.pop(name) for name in ("pace", "reviewed", "voiced", "runs")}
    properties = {name: dumps(value, separators=(",", ":")) for name, value in {"sums": figures, **own}.items()}
    return properties | sums.agreement.to_properties()


def _sums_of(row: Row) -> Counts:
    own = {
        "pace": loads(row.get("pace", "null")),
        "reviewed": loads(row.get("reviewed", "{}")),
        "voiced": loads(row.get("voiced", "{}")),
        "runs": loads(row.get("runs", "{}")),
    }
    return replace(Counts.from_json({**loads(row["sums"]), **own}), agreement=Agreement.from_properties(row))
