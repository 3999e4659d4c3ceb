"""How often one person may change one image: each change leaves a record for good, and whoever looks at the image's
history, or undoes something, needs all those of its pack.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from functions.conflicts import Lost, until_written
from functions.labeling.board import Board
from functions.labeling.directory import OPEN
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.record import Record
from functions.labeling.refusals import MANY_AT_WORK, OldRecords
from functions.labeling.selection import Selection
from functions.problems import TooOften
from functions.projects.model import Project

MOST_CHANGES = 50
DAY_MS = 24 * 60 * 60 * 1000
ATTEMPTS = 8

T = TypeVar("T")


def spent_slots(records: Iterable[Record], by: str, now: int) -> frozenset[int]:
    """The slots of a pack that somebody has changed so often within a day that they may not do so again."""
    own = (record for record in records if record.by == by and record.at > now - DAY_MS)
    changes = Counter(slot for record in own for slot in record.given)
    return frozenset(slot for slot, count in changes.items() if count >= MOST_CHANGES)


async def change_within_limit(
    board: Board,
    pack: int,
    rule: Callable[[Head, frozenset[int]], Change[T]],
    *,
    by: str,
    now: int,
    letter: str = OPEN,
    project: Project | None = None,
) -> T:
    """Changes a pack as `Packs.change` does, by a rule that is told which slots it must leave as they are.

    Records are read only where a pack has so many that a slot may have been changed too often.
    """

    async def attempt(number: int) -> T:
        known = board.rows.cached_head(pack)
        is_counted = number > 0 or (known is not None and known.head.records >= MOST_CHANGES)
        records = await board.records.of_pack(pack) if is_counted else ()
        spent = spent_slots(records, by, now)

        def counted_rule(head: Head) -> Change[T]:
            if head.records >= MOST_CHANGES and head.records != len(records):
                raise OldRecords
            return rule(head, spent)

        try:
            return (await board.packs.change(pack, counted_rule, now=now, letter=letter, project=project)).result
        except OldRecords:
            raise Lost from None

    return await until_written(attempt, MANY_AT_WORK, seconds=1, most=ATTEMPTS)


def refuse_spent(selection: Selection, spent: Mapping[int, Collection[int]], changed: Sequence[str]) -> None:
    """Raises TooOften where nothing was changed because the caller has changed images too often; where some were, the
    others are among those that stay.
    """
    images, _ = selection.parted(spent)
    if images and not changed:
        raise changed_too_often(images)


def changed_too_often(image_ids: Sequence[str]) -> TooOften:
    """Why nothing was changed."""
    which = "this image" if len(image_ids) == 1 else "each of these images"
    return TooOften(
        f"You have changed {which} {MOST_CHANGES} times within 24 hours, which is the most. "
        "Try again tomorrow, or ask somebody else.",
        image_ids=image_ids,
    )
