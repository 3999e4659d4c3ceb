"""The directory of a project's packs: one row per 256 packs, with a letter a pack and the summed counts of those that
are closed.

The one rule: a pack's counts are in its range's sums exactly while its letter says waiting or done, and the head of
such a pack is frozen and never changes. packs.py keeps it; here is only the row.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from json import dumps, loads
from typing import Any

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling.counts import DAY_HOURS, HOUR_MS, Counts
from functions.tables import Row, Table

RANGE_SIZE = 256
PARTITION = "dir"

PREPARING, WAITING, OPEN, REOPENED, DONE = "p", "w", "o", "r", "d"
CLOSED = (WAITING, DONE)

# The directory may be this old where it only helps to choose a pack; the head is the truth.
MOST_AGE_SECONDS = 2.0
HOURS_KEPT_DAYS = 3


@dataclass(frozen=True)
class Range:
    """One row. letters: one for each pack of the range that exists. etag: None for a row that is not there yet.

    lineage: the same in two copies if nobody but this process wrote the row between the one and the other.
    """

    index: int
    letters: str
    sums: Counts
    etag: str | None
    read_at: float
    lineage: object

    def letter(self, pack: int) -> str:
        return self.letters[pack % RANGE_SIZE]

    def with_letter(self, pack: int, letter: str) -> str:
        position = pack % RANGE_SIZE
        return self.letters[:position] + letter + self.letters[position + 1 :]

    def sums_copy(self) -> Counts:
        return Counts.from_json(loads(dumps(self.sums.to_json())))

    def packs(self, *letters: str) -> Iterator[int]:
        """The packs of the range that have one of the letters."""
        first = self.index * RANGE_SIZE
        return (first + position for position, letter in enumerate(self.letters) if letter in letters)


class Directory:
    """The directory of one project, and this process's copy of it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._ranges: dict[int, Range] = {}
        self._in_doubt: set[int] = set()
        self._read_all_at = float("-inf")
        self._reading = asyncio.Lock()
        self._writing: dict[int, asyncio.Lock] = {}

    def writing(self, pack: int) -> asyncio.Lock:
        """Held by whoever changes the pack's row, so that this process does not race with itself."""
        return self._writing.setdefault(pack // RANGE_SIZE, asyncio.Lock())

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
                    known = self._read(row)
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
        index = pack // RANGE_SIZE
        try:
            row = await self._table.get(PARTITION, _row_key(index))
        except ResourceNotFoundError:
            return Range(index, "", Counts(), None, time.monotonic(), object())
        return self._keep(self._read(row))

    async def write(self, known: Range, letters: str, sums: Counts, now: int) -> None:
        """Writes a row over the version that is known. Raises HttpResponseError (409, 412) when somebody else was
        quicker.
        """
        self._in_doubt.add(known.index)
        sums.fold(now // HOUR_MS // DAY_HOURS - HOURS_KEPT_DAYS)
        row: dict[str, Any] = {
            "PartitionKey": PARTITION,
            "RowKey": _row_key(known.index),
            "letters": letters,
            "sums": dumps(sums.to_json(), separators=(",", ":")),
        }
        if known.etag is None:
            etag = await self._table.insert(row)
        else:
            etag = await self._table.replace(row, known.etag)
        self._keep(Range(known.index, letters, sums, etag, time.monotonic(), known.lineage))

    def _read(self, row: Row) -> Range:
        index = int(row["RowKey"].split("|")[1])
        former = self._ranges.get(index)
        lineage = former.lineage if former and former.etag == row.etag else object()
        return Range(index, row["letters"], Counts.from_json(loads(row["sums"])), row.etag, time.monotonic(), lineage)

    def _keep(self, known: Range) -> Range:
        self._ranges[known.index] = known
        self._in_doubt.discard(known.index)
        return known


def _row_key(index: int) -> str:
    return f"dir|{index:04}"
