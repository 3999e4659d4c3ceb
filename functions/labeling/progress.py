"""The figures of a project: the directory's sums and the heads of the packs that are not closed. Exact at every
moment.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling.board import Board
from functions.labeling.counts import DAY_HOURS, HOUR_MS, Counts
from functions.labeling.directory import OPEN, PREPARING, REOPENED
from functions.labeling.head import Head
from functions.labeling.pace import labeled_per_hour
from functions.projects.model import Project

# Fewer heads than this are read one by one; more by a query over their range.
FEW_HEADS = 32
# Fewer than a range keeps (HOURS_KEPT_DAYS).
ACTIVITY_HOURS = 48


@dataclass(frozen=True)
class Progress:
    """counts: of the whole project, leased images among the waiting; leased: those that are with labelers now;
    returned: those that wait because they were rejected; awaiting: those that wait, are with nobody, and have opinions.
    """

    counts: Counts
    leased: int
    returned: int = 0
    awaiting: int = 0

    def by_label(self, aliases: Mapping[int, int]) -> Counter[int]:
        """Labeled images per label, merged ones among those that they count as."""
        counted: Counter[int] = Counter()
        for label, count in self.counts.labels.items():
            counted[aliases.get(label, label)] += count
        return counted

    def by_label_name(self, project: Project) -> dict[str, int]:
        """The same by name, first those of the project in their order; those too that were removed and that images
        still have, so that they add up to the labeled images.
        """
        counted = {label.name: 0 for label in project.labels}
        for label, count in self.by_label(project.aliases).items():
            name = project.label_name(label)
            counted[name] = counted.get(name, 0) + count
        return counted

    def labeled_per_hour(self, now: int, labeler: str | None = None) -> float:
        """Labels of the last 60 minutes, of all or of one labeler."""
        hours = self.counts.hours if labeler is None else self.counts.pace.of(labeler)
        return labeled_per_hour(hours, now / HOUR_MS)

    def last_hours(self, now: int, labeler: str) -> list[int]:
        """A labeler's labels by the clock hour (UTC) in which they were set: a day, oldest first, this hour last."""
        hour, mine = now // HOUR_MS, self.counts.pace.of(labeler)
        return [mine.get(at, 0) for at in range(hour - DAY_HOURS + 1, hour + 1)]

    def recent_hours(self, now: int) -> list[tuple[int, int]]:
        """Of the last 48 clock hours those with labels, and how many: in hours since the epoch, oldest first."""
        hour, hours = now // HOUR_MS, self.counts.hours
        return [(at, hours[at]) for at in range(hour - ACTIVITY_HOURS + 1, hour + 1) if hours[at]]

    def days(self) -> list[tuple[int, int]]:
        """The days with labels, and how many: in days since the epoch (UTC), oldest first."""
        days = Counter(self.counts.days)
        for hour, count in self.counts.hours.items():
            days[hour // DAY_HOURS] += count
        return sorted((day, count) for day, count in days.items() if count)


async def read_progress(board: Board, now: int) -> Progress:
    ranges = await board.directory.ranges(fresh=True)
    counts = Counts()
    for known in ranges:
        counts.add(known.sums)
    loose = [pack for known in ranges for pack in known.packs(PREPARING, OPEN, REOPENED)]
    heads = (await heads_of(board, loose)).values()
    for head in heads:
        counts.add(head.counts())
    leased = [head.slots[index] for head in heads for index in head.leased(now)]
    return Progress(
        counts,
        len(leased),
        # A pack with a rejected image that waits is never closed, so no sums have to know of it.
        sum(head.returned() for head in heads),
        counts.awaiting - sum(slot.is_awaiting for slot in leased),
    )


async def heads_of(board: Board, packs: list[int]) -> dict[int, Head]:
    """The heads of packs as they are in storage, of those that are there."""
    if len(packs) > FEW_HEADS:
        return await board.rows.heads(packs)

    async def read(pack: int) -> Head | None:
        try:
            return (await board.rows.read_head(pack)).head
        except ResourceNotFoundError:
            return None

    found = await asyncio.gather(*(read(pack) for pack in packs))
    return {pack: head for pack, head in zip(packs, found, strict=True) if head}
