"""Undoing what reviewers and imports do: their pack's own records tell how images stood."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from functions.conflicts import Lost, until_written
from functions.labeling import relabeling
from functions.labeling.board import Board
from functions.labeling.directory import OPEN, REOPENED
from functions.labeling.head import DISPUTED, LABELED, SKIPPED, WAITING, Head
from functions.labeling.limits import spent_slots
from functions.labeling.packs import Change
from functions.labeling.record import Record
from functions.labeling.refusals import MANY_AT_WORK, OldRecords
from functions.labeling.relabeling import Standing
from functions.projects.model import Project
from functions.tasks.annotation import Annotation

# What reviewers do, and what imports.
REVIEWS, IMPORTED = ("rejected", "corrected", "confirmed", "asked"), ("imported",)
ATTEMPTS = 8


@dataclass(frozen=True)
class Undoable:
    """An action in one pack. before: how the slots stood that still are as it left them; undone: the
    slots that stand as they did before it, since it was undone.
    """

    is_rejection: bool
    before: dict[int, Standing]
    undone: frozenset[int]


def undoable(records: Sequence[Record], action_id: str, kinds: Collection[str] = REVIEWS) -> Undoable | None:
    """What there is to undo of an action. None: it is none of these kinds, or not of this pack.

    records: all of the pack, in the order in which they were written.
    """
    action = next((one for one in records if one.key == f"r|{action_id}" and one.action in kinds), None)
    if action is None:
        return None
    now, former = _fold(records)
    changed = {slot: record.number for record in records if record.action == "changed" for slot in record.given}

    def before(slot: int) -> Standing:
        standing = former[action.key, slot].standing
        if changed.get(slot, -1) < standing.since:
            return standing
        if standing.state in (WAITING, DISPUTED):
            return Standing(rejection=standing.rejection)
        return standing._replace(changed=standing.state == LABELED, reviewed=None)

    return Undoable(
        is_rejection=action.action == "rejected",
        before={slot: before(slot) for slot in action.given if now[slot].by == action.key},
        undone=frozenset(slot for slot in action.given if now[slot] == former[action.key, slot]),
    )


class Undone(NamedTuple):
    """What became of the images of one pack. restored: those that stand as they did before; spent: those that the
    caller may not change any more.
    """

    restored: set[int]
    spent: set[int]


class _Told(NamedTuple):
    """How the records tell that a slot stands. by: the key of the record that left it so."""

    standing: Standing = Standing()
    by: str | None = None


def _fold(records: Iterable[Record]) -> tuple[dict[int, _Told], dict[tuple[str, int], _Told]]:
    """How each slot stands, and how it stood before each record that changed that."""
    now: dict[int, _Told] = {}
    former: dict[tuple[str, int], _Told] = {}
    for record in records:
        for slot, said in record.given.items():
            before = now.get(slot, _Told())
            match record.action:
                case "submitted" | "amended" | "asked" | "merged" if slot in record.outcomes:
                    told = _Told(_outcome(record, slot, before.standing), record.key)
                case "submitted" | "amended":
                    told = _Told(_standing(record, said), record.key)
                case "corrected" | "imported":
                    opinions = before.standing.opinions
                    told = _Told(_standing(record, said)._replace(opinions=opinions), record.key)
                case "confirmed":
                    told = _Told(before.standing._replace(since=record.number, reviewed=_id(record)), record.key)
                case "rejected":
                    told = _Told(Standing(rejection=_id(record)), record.key)
                case "restored":
                    told = former[f"r|{record.undoes}", slot]
                case "changed" if before.standing.state in (WAITING, DISPUTED) and before.standing.opinions:
                    told = _Told(Standing(rejection=before.standing.rejection), record.key)
                case _:
                    continue
            former[record.key, slot] = before
            now[slot] = told
    return now, former


def _standing(record: Record, said: Annotation | None) -> Standing:
    if said is None:
        return Standing(SKIPPED, None, record.by, record.at, record.number)
    review = _id(record) if record.reviews else None
    return Standing(LABELED, said, record.by, record.at, record.number, reviewed=review)


def _outcome(record: Record, slot: int, before: Standing) -> Standing:
    """Merging labels decides nothing anew that was decided."""
    state, said, by, at, asked, opinions = record.outcomes[slot]
    if record.action == "merged" and (state, at) == (before.state, before.at):
        return before._replace(said=said, opinions=opinions)
    rejection = before.rejection if state == WAITING else None
    return Standing(state, said, by, at, record.number, opinions, asked, rejection)


def _id(record: Record) -> str:
    return record.key.removeprefix("r|")


async def undo(
    board: Board,
    pack: int,
    slots: Collection[int] | None,
    restoring: Record,
    project: Project,
    *,
    kinds: Collection[str] = REVIEWS,
    is_limited: bool = True,
) -> Undone | None:
    """Puts images of one pack back to how they stood before an action. None: it is none of these kinds, or not of this
    pack. What had a label that the project has no more stays. Raises OldProject.

    slots: None: all that the action changed. restoring: the record of it, but for what is said then; it tells what it
    undoes. is_limited: who acts may not change an image too often (limits.py).
    """
    labels = {label_id for label in project.labels for label_id in project.counting_as(label.id)}
    action_id = restoring.undoes or ""

    async def attempt(_number: int) -> Undone | None:
        records = await board.records.of_pack(pack)
        found = undoable(records, action_id, kinds)
        if found is None:
            return None
        wanted = {
            slot: _with_labels_once(standing, project)
            for slot, standing in found.before.items()
            if (slots is None or slot in slots) and labels.issuperset(_named_in(standing))
        }
        spent = wanted.keys() & spent_slots(records, restoring.by, restoring.at) if is_limited else set()
        wanted = {slot: standing for slot, standing in wanted.items() if slot not in spent}
        try:
            restored = await _restore(board, pack, wanted, found, restoring, records, project)
        except OldRecords:
            raise Lost from None
        undone = found.undone if slots is None else found.undone & set(slots)
        return Undone(restored | undone, spent)

    return await until_written(attempt, MANY_AT_WORK, seconds=1, most=ATTEMPTS)


def _named_in(standing: Standing) -> set[int]:
    """The ids of all labels by which something was said."""
    said = (standing.said, *(one.said for one in standing.opinions))
    return {label for one in said if one for label in one.labels}


def _with_labels_once(standing: Standing, project: Project) -> Standing:
    """As it was; but of labels that were merged since and count as the same, only that one."""
    counted = standing.said and standing.said.counted(project.aliases)
    if counted is None or standing.said is None or len(counted.labels) == len(standing.said.labels):
        return standing
    return standing._replace(said=counted)


async def _restore(
    board: Board,
    pack: int,
    wanted: dict[int, Standing],
    found: Undoable,
    restoring: Record,
    records: Sequence[Record],
    project: Project,
) -> set[int]:
    def rule(head: Head) -> Change[set[int]]:
        if head.records != len(records):
            raise OldRecords
        done = relabeling.restore(head, standings=wanted, is_rejection=found.is_rejection, now=restoring.at)
        given = {slot: wanted[slot].said for slot in done.restored}
        # Backups hold nothing of opinions of people whom the head does not know.
        head = done.head if any(record.outcomes for record in records) else done.head.without_idle()
        return Change(
            head if given else done.head, set(done.restored), (replace(restoring, given=given),) if given else ()
        )

    # An image that was rejected before it was corrected is first in line again.
    letter = REOPENED if any(standing.rejection for standing in wanted.values()) else OPEN
    restored = (await board.packs.change(pack, rule, now=restoring.at, letter=letter, project=project)).result
    if restored and letter == REOPENED:
        await board.packs.mark(pack, REOPENED, restoring.at)
    return restored
