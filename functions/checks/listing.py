"""The images of a check's sample as they are now, for reviewers to judge. What was labeled anew before it was judged,
or cannot be seen any more, is replaced on the way: another image of those that are not in the sample is drawn, and
takes its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from random import Random
from typing import Literal

from azure.core.exceptions import ResourceNotFoundError

from functions.checks.drawing import Population, draw
from functions.checks.newest import note_newest
from functions.checks.store import CHECKS, Check, Drawn, save_over
from functions.checks.verdicts import standing_of
from functions.conflicts import Lost
from functions.labeling.board import Board, board_of
from functions.labeling.head import Head, Slot
from functions.labeling.rows import Image
from functions.labeling.selection import in_each
from functions.projects.model import Project
from functions.storage import Storage

# Images that were drawn just now may be labeled anew, or others judge the sample at the same time.
PASSES = 5

Wanted = Literal["none", "right", "wrong", "unclear"] | None


@dataclass(frozen=True)
class Seen:
    """An image of the sample. slot, image: as they are now, None where its pack is gone."""

    drawn: Drawn
    slot: Slot | None = None
    image: Image | None = None

    @property
    def has_preview(self) -> bool:
        return self.image is not None and self.slot is not None and self.image.width > 0 and not self.slot.outdated


@dataclass(frozen=True)
class Listed:
    """A page of the sample. following: the number of the image with which the next one begins, None at the end.
    replaced: the ids of images that were taken out.
    """

    seen: list[Seen]
    following: int | None
    replaced: list[str]


def population_of(check: Check, project: Project) -> Population:
    """Of which images it was drawn; merged labels are among those that they count as."""
    labels = None if check.label is None else project.counting_as(project.resolve(check.label))
    return Population(labels, check.labeler)


async def list_sample(
    storage: Storage,
    project: Project,
    check_id: str,
    wanted: Wanted,
    start: int,
    limit: int,
    random: Random,
    *,
    now: datetime,
) -> Listed:
    """At most `limit` images from that number of the sample on. wanted: only those with this verdict, or with none.
    Raises NotFound.
    """
    board, replaced = board_of(storage, project), list[str]()
    for number in range(PASSES):
        check, etag = await CHECKS.load_with_etag(storage, project.id, check_id)
        numbers = [number for number, drawn in enumerate(check.images) if number >= start and _is_wanted(drawn, wanted)]
        shown = numbers[:limit]
        seen, unfit = await _look(board, project, [check.images[number] for number in shown])
        if not unfit or number == PASSES - 1:
            break
        others = await draw(
            board, population_of(check, project), len(unfit), random, {drawn.place for drawn in check.images}
        )
        try:
            changed = _replacing(check, unfit, others)
            await save_over(storage, changed, etag, now)
        except Lost:
            continue
        if changed.is_done:
            # What is left of it was judged before.
            await note_newest(storage, changed)
        replaced += [drawn.image for drawn in unfit]
    return Listed(
        [one for one in seen if one.drawn not in unfit], numbers[limit] if len(numbers) > limit else None, replaced
    )


def _is_wanted(drawn: Drawn, wanted: Wanted) -> bool:
    return wanted is None or wanted == (drawn.verdict or "none")


def _replacing(check: Check, unfit: Sequence[Drawn], others: Sequence[Drawn]) -> Check:
    """The check with others in the places of what does not fit; where there are too few, it gets smaller."""
    instead = dict(zip_longest(unfit, others[: len(unfit)]))
    images = (instead.get(drawn, drawn) if drawn in instead else drawn for drawn in check.images)
    return check.model_copy(update={"images": tuple(drawn for drawn in images if drawn)})


async def _look(board: Board, project: Project, sample: Sequence[Drawn]) -> tuple[list[Seen], list[Drawn]]:
    """Images of a sample as they are now, and those that cannot be judged."""

    async def read(pack: int) -> tuple[Head, list[Image]] | None:
        try:
            head = (await board.rows.read_head(pack)).head
            return head, await board.rows.images(pack, head.revision)
        except ResourceNotFoundError:
            return None

    packs = await in_each({drawn.place[0] for drawn in sample}, read)
    seen, unfit = [], []
    for drawn in sample:
        pack, slot = drawn.place
        head, images = packs[pack] or (None, [])
        one = Seen(drawn, head.slots[slot], images[slot]) if head and slot < len(images) else Seen(drawn)
        seen.append(one)
        if drawn.verdict is None and (standing_of(head, drawn, project) == "other" or not one.has_preview):
            unfit.append(drawn)
    return seen, unfit
