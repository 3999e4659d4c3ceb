"""The figures of a project: the directory's sums and the heads of the packs that are not closed. Exact at every
moment.
"""

import asyncio
from dataclasses import dataclass

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling.board import Board
from functions.labeling.counts import HOUR_MS, Counts
from functions.labeling.directory import OPEN, PREPARING, REOPENED
from functions.labeling.head import Head

# Fewer heads than this are read one by one; more by a query over their range.
FEW_HEADS = 32


@dataclass(frozen=True)
class Progress:
    """counts: of the whole project, leased images among the waiting; leased: those that are with labelers now."""

    counts: Counts
    leased: int

    def labeled_per_hour(self, now: int) -> float:
        """Labels of the last 60 minutes: those of this clock hour, and of the one before the share that lies within."""
        hour, into = divmod(now, HOUR_MS)
        return round(self.counts.hours[hour] + self.counts.hours[hour - 1] * (1 - into / HOUR_MS), 1)


async def read_progress(board: Board, now: int) -> Progress:
    ranges = await board.directory.ranges(fresh=True)
    counts = Counts()
    for known in ranges:
        counts.add(known.sums)
    loose = [pack for known in ranges for pack in known.packs(PREPARING, OPEN, REOPENED)]
    heads = await _heads(board, loose)
    for head in heads:
        counts.add(head.counts())
    return Progress(counts, sum(len(head.leased(now)) for head in heads))


async def _heads(board: Board, packs: list[int]) -> list[Head]:
    if len(packs) > FEW_HEADS:
        return list((await board.rows.heads(packs)).values())

    async def read(pack: int) -> Head | None:
        try:
            return (await board.rows.read_head(pack)).head
        except ResourceNotFoundError:
            return None

    found = await asyncio.gather(*(read(pack) for pack in packs))
    return [head for head in found if head]
