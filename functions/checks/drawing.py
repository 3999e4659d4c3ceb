"""Drawing samples from a project's packs, as they are in storage.

What the sums of the directory's ranges count is drawn from the packs that are closed, and read are only those of which
places are drawn, or with one request all of a range where few of its images are wanted. The open packs are read as
progress reads them. Packs change meanwhile: what an image is labeled as is what its pack said when it was read.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Coroutine, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from functions.checks.sampling import Held, Part, sample
from functions.checks.store import Drawn, Place
from functions.labeling.board import Board
from functions.labeling.counts import Counts, Work
from functions.labeling.directory import AWAITING, DONE, OPEN, PREPARING, RANGE_SIZE, REOPENED
from functions.labeling.head import LABELED, Head
from functions.labeling.head_rows import head_of
from functions.labeling.progress import FEW_HEADS, heads_of
from functions.labeling.rows import image_id, pack_key

# Requests at the same time.
AT_ONCE = 32


class Found(NamedTuple):
    """An image as its pack says. Packs that are read hold many more than are drawn."""

    pack: int
    slot: int
    labels: tuple[int, ...]
    labeler: str
    at: int

    def drawn(self) -> Drawn:
        return Drawn(image=image_id(self.pack, self.slot), labels=self.labels, labeler=self.labeler, at=self.at)


@dataclass(frozen=True)
class Population:
    """Of which images a sample is drawn: labeled ones that are there and can be seen. labels: only those with one of
    these; labeler: only this person's; one of the two at most.
    """

    labels: frozenset[int] | None = None
    labeler: str | None = None

    def counted(self, counts: Counts) -> int:
        """How many there are by the sums, perhaps with some that cannot be drawn."""
        if self.labels is not None:
            return sum(counts.labels[label] for label in self.labels)
        if self.labeler is not None:
            work = counts.work.get(self.labeler, Work())
            return work.labeled - work.beside
        return counts.states["labeled"]

    def held(self, pack: int, head: Head) -> dict[int, Found | None]:
        """A pack's images as the sums count them, by slot; None for those that cannot be drawn."""
        found: dict[int, Found | None] = {}
        for index, slot in enumerate(head.slots):
            # Only a labeler's figures count what is missing.
            if slot.state != LABELED or (slot.missing and self.labeler is None):
                continue
            labeler = head.labeler_of(slot) or ""
            if self.labeler in (None, labeler) and (self.labels is None or not self.labels.isdisjoint(slot.labels)):
                is_fit = not (slot.missing or slot.outdated)
                found[index] = Found(pack, index, slot.labels, labeler, slot.at) if is_fit else None
        return found


async def draw(
    board: Board, population: Population, size: int, random: Random, without: Collection[Place] = ()
) -> list[Drawn]:
    """So many images, or all that there are if these are fewer: a simple random sample, in random order."""
    ranges = await board.directory.ranges(fresh=True)
    loose = [pack for known in ranges for pack in known.packs(PREPARING, OPEN, REOPENED)]
    opened = {pack: population.held(pack, head) for pack, head in (await heads_of(board, loose)).items()}
    parts = [Part(list(known.packs(DONE, AWAITING)), population.counted(known.sums)) for known in ranges]
    parts.append(Part(list(opened), sum(map(len, opened.values()))))
    steps: Generator[set[int], Held[Found], list[Found]] = sample(parts, size, random, without, opened)
    reader = _Reader(board, population)
    try:
        wanted = next(steps)
        while True:
            wanted = steps.send(await reader.read(wanted))
    except StopIteration as ended:
        found: list[Found] = ended.value
        return [one.drawn() for one in found]


class _Reader:
    """Reads what packs hold of a population. Nothing of it is kept by the board: labelers work in other packs."""

    def __init__(self, board: Board, population: Population) -> None:
        self._table = board.table
        self._population = population
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def read(self, packs: Iterable[int]) -> dict[int, Mapping[int, Found | None]]:
        """By few requests: many packs of one range by one. Those that are gone are left out."""
        found = await asyncio.gather(*self._requests(packs))
        return {pack: held for some in found for pack, held in some.items()}

    def _requests(self, packs: Iterable[int]) -> Iterator[Coroutine[None, None, dict[int, Mapping[int, Found | None]]]]:
        ranges: defaultdict[int, set[int]] = defaultdict(set)
        for pack in packs:
            ranges[pack // RANGE_SIZE].add(pack)
        for some in ranges.values():
            if len(some) > FEW_HEADS:
                yield self._read_some(some)
            else:
                yield from map(self._read_one, some)

    async def _read_one(self, pack: int) -> dict[int, Mapping[int, Found | None]]:
        async with self._gate:
            row = await self._table.find(pack_key(pack), f"head|{pack_key(pack)}")
        return {pack: self._population.held(pack, head_of(row))} if row else {}

    async def _read_some(self, packs: set[int]) -> dict[int, Mapping[int, Found | None]]:
        between = f"PartitionKey ge '{pack_key(min(packs))}' and PartitionKey le '{pack_key(max(packs))}'"
        found: dict[int, Mapping[int, Found | None]] = {}
        async with self._gate:
            async for rows in self._table.pages(f"{between} and RowKey ge 'head|' and RowKey lt 'head}}'"):
                for row in rows:
                    pack = int(row["PartitionKey"])
                    if pack in packs:
                        found[pack] = self._population.held(pack, head_of(row))
        return found
