"""Which labels are learned from: all of them in most projects, a fair sample of them in large ones, so that learning
costs the same however many images a project has.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling.board import Board
from functions.labeling.directory import AWAITING, DONE, OPEN, PREPARING, REOPENED
from functions.labeling.head import Head
from functions.labeling.rows import image_id
from functions.projects.model import Project
from functions.tasks.annotation import Annotation

MOST_LABELS = 20_000
# Images times labels: learning takes some 8 microseconds of one core for each, and a function ten minutes at most.
MOST_WORK = 5_000_000
# Each holds up to 99 images, and features of 250 KB.
MOST_PACKS = 400
# Of each label so many are taken before labels get their share of the rest.
FEWEST_OF_EACH = 20
READ_AT_ONCE = 16


@dataclass(frozen=True)
class Labeled:
    """A labeled image. said: what people say of it, by the ids as which labels count. outdated: its previews, and its
    features, are yet to be made of what it is now. reviewed: a reviewer has confirmed or set the labels.
    """

    pack: int
    slot: int
    said: Annotation
    outdated: bool = False
    reviewed: bool = False

    @property
    def image(self) -> str:
        return image_id(self.pack, self.slot)


async def labeled_images(board: Board, project: Project) -> list[Labeled]:
    """Labeled images of some packs, always the same as far as they are labeled; those whose files have changed since
    they were labeled are left out.
    """
    ranges = await board.directory.ranges(fresh=True)
    packs = [pack for known in ranges for pack in known.packs(OPEN, REOPENED, AWAITING, DONE, PREPARING)]
    if len(packs) > MOST_PACKS:
        packs = sorted(packs, key=lambda pack: _place(project, str(pack)))[:MOST_PACKS]
    gate = asyncio.Semaphore(READ_AT_ONCE)

    async def read(pack: int) -> Head | None:
        async with gate:
            try:
                return (await board.rows.read_head(pack)).head
            except ResourceNotFoundError:
                return None

    heads = await asyncio.gather(*map(read, packs))
    aliases, labels = project.aliases, {label.id for label in project.labels}
    return [
        Labeled(pack, index, said, slot.outdated, slot.reviewed is not None)
        for pack, head in zip(packs, heads, strict=True)
        for index, slot in enumerate(head.slots if head else ())
        if slot.annotation is not None and not slot.changed
        for said in [slot.annotation.counted(aliases)]
        if labels.issuperset(said.labels)
    ]


def most_learned_from(labels: int) -> int:
    """From how many images so many labels are learned at most."""
    return min(MOST_LABELS, MOST_WORK // max(labels, 1))


def stratified(project: Project, labeled: Sequence[Labeled], most: int) -> list[Labeled]:
    """At most so many: some of each label, and of the rest the same share of each; by pack. An image of several labels
    goes by the rarest of them. Which ones follows from the images alone, so that a few more labels change little.
    """
    if len(labeled) <= most:
        return sorted(labeled, key=lambda one: one.pack)
    all_ = Counter(label for one in labeled for label in one.said.labels)
    of_label: defaultdict[int | None, list[Labeled]] = defaultdict(list)
    for one in sorted(labeled, key=lambda one: _place(project, one.image)):
        of_label[min(one.said.labels, key=lambda label: (all_[label], label), default=None)].append(one)
    counts = Counter({label: len(images) for label, images in of_label.items()})
    floor = {label: min(count, FEWEST_OF_EACH, most // len(counts)) for label, count in counts.items()}
    share = (most - sum(floor.values())) / (len(labeled) - sum(floor.values()))
    chosen = [
        one
        for label, images in of_label.items()
        for one in images[: floor[label] + int((counts[label] - floor[label]) * share)]
    ]
    return sorted(chosen, key=lambda one: one.pack)


def _place(project: Project, name: str) -> int:
    return crc32(f"{project.id}{name}".encode())
