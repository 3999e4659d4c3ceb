"""Merging labels. No image is changed by it, but where several people look at one: what one of them said by the merged
label and another by the label as which it counts now is the same, so it may be decided.
"""

from collections.abc import Collection
from secrets import token_hex

from functions.hooks import labels_merged, merging_undone
from functions.labeling import opinions
from functions.labeling.board import Board, board_of
from functions.labeling.columns import read_columns
from functions.labeling.directory import AWAITING, DONE, OPEN, PREPARING, REOPENED
from functions.labeling.editions import raise_edition
from functions.labeling.head import Head
from functions.labeling.opinions import Asking
from functions.labeling.packs import Change as PackChange
from functions.labeling.record import SERVICE, Record
from functions.labeling.refusals import OldProject
from functions.labeling.removing import Change, change_leaving, newest_project
from functions.labeling.rows import image_id
from functions.problems import Conflict
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.storage import Storage

# So many images are named where they stand against something.
MOST_NAMED = 100


async def merge_labels(storage: Storage, project: Project, label_id: int, change: Change, now: int) -> Project:
    """Applies a change that merges a label into another. Where images have several labels it refuses one that some
    image has together with the other, since each image is to count once: else figures would not be exact. What people
    said of the same image by the one and by the other is the same from now on.
    """
    board = board_of(storage, project)

    def leaving(current: Project) -> frozenset[int]:
        return frozenset() if change(current).task.one_label else current.counting_as(label_id)

    async def merging() -> Change:
        current = await load_project(storage, project.id)
        merged = change(current)
        into = merged.aliases[label_id]
        both = await _images_with(board, current.counting_as(label_id), current.counting_as(into))
        if both:
            images = "1 image has" if len(both) == 1 else f"{len(both):,} images have"
            raise Conflict(
                f"{images} both {current.label_name(label_id)!r} and {current.label_name(into)!r}. "
                "Take one of the two away first; nothing was changed.",
                image_ids=both[:MOST_NAMED],
            )
        return changed

    def changed(current: Project) -> Project:
        merged = change(current)
        if not merged.has_opinions:
            return merged
        update = {"unsettled": (*merged.unsettled, label_id), "edition": merged.edition + 1}
        return merged.model_copy(update=update)

    merged = await change_leaving(storage, board, project, leaving, changed, merging, now)
    return await settle_opinions(storage, merged, now) if merged.unsettled else merged


labels_merged.answered_by(merge_labels)


async def undo_merging(storage: Storage, project: Project, change: Change, now: int) -> Project:
    """Applies a change by which a merged label stands for itself again. The packs are told, as after a removal: who
    still takes the label for another would write down that one, and also in place of what others say by it meanwhile.
    """

    def changed(current: Project) -> Project:
        return change(current).model_copy(update={"edition": current.edition + 1})

    board, undone = board_of(storage, project), await change_project(storage, project.id, changed)
    forget(project.id)
    await raise_edition(board.directory, board.rows, undone.edition, now)
    return undone


merging_undone.answered_by(undo_merging)


async def _images_with(board: Board, label: Collection[int], other: Collection[int]) -> list[str]:
    """The images that have a label of both."""
    return [
        image_id(columns.pack, slot)
        async for columns in read_columns(board.table)
        for slot, labels in enumerate(columns.labels)
        if not (frozenset(label).isdisjoint(labels) or frozenset(other).isdisjoint(labels))
    ]


async def _with_merged(board: Board, project: Project) -> list[int]:
    """The packs in which there is something to settle, by the heads alone of those in which somebody has worked."""
    found: list[int] = []
    for known in await board.directory.ranges(fresh=True):
        packs = list(known.packs(PREPARING, AWAITING, OPEN, REOPENED, DONE))
        heads = await board.rows.heads(packs) if packs else {}
        found += [pack for pack, head in heads.items() if opinions.merged_slots(head, Asking(pack, project))]
    return found


async def settle_opinions(storage: Storage, project: Project, now: int) -> Project:
    """Settles the images on which there are opinions by labels that were merged; may be done again after a crash.
    First all instances are told of the merging, so that whatever is said afterwards goes by it.
    """
    board, by = board_of(storage, project), project
    await raise_edition(board.directory, board.rows, project.edition, now)
    for pack in await _with_merged(board, project):
        by = await _settle_pack(storage, board, by, pack, now)

    def settled(current: Project) -> Project:
        if current.edition != project.edition:
            # Something else was changed meanwhile: the timer looks again.
            return current
        left = tuple(label for label in current.unsettled if label not in project.unsettled)
        return current.model_copy(update={"unsettled": left})

    changed = await change_project(storage, project.id, settled)
    forget(project.id)
    return changed


async def _settle_pack(storage: Storage, board: Board, project: Project, pack: int, now: int) -> Project:
    """Gives the project by which it was done: a newer one where the pack knows of that, in which the label may stand
    for itself again.
    """
    while True:
        asking = Asking(pack, project)

        def rule(head: Head, asking: Asking = asking) -> PackChange[None]:
            changed, slots = opinions.merge(head, now=now, asking=asking)
            given = {slot: changed.slots[slot].annotation for slot in slots}
            outcomes = opinions.outcomes_of(changed, slots)
            record = Record(f"r|{token_hex(8)}", "merged", SERVICE, now, given, outcomes=outcomes)
            return PackChange(changed, None, (record,) if slots else ())

        try:
            await board.packs.change(pack, rule, now=now, project=project)
        except OldProject as old:
            project = await newest_project(storage, project.id, old)
        else:
            return project
