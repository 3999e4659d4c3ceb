"""What reviewers do to the labels of images: one change and one record for each pack, all under the action's id."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from functions.http.calls import Call
from functions.labeling import opinions, relabeling
from functions.labeling.board import Board
from functions.labeling.directory import REOPENED
from functions.labeling.head import Head
from functions.labeling.limits import change_within_limit
from functions.labeling.packs import Change
from functions.labeling.record import Record
from functions.projects.model import Project
from functions.tasks.annotation import Annotation, Given

UNAUDITED = "Each image's own history tells who changed it."


@dataclass(frozen=True)
class Action:
    """Who acts, and when (milliseconds since the epoch)."""

    by: str
    at: int
    id: str = field(default_factory=lambda: secrets.token_hex(8))

    def record(
        self,
        word: str,
        given: Given,
        reason: str | None = None,
        undoes: str | None = None,
        reviews: bool = False,
    ) -> Record:
        return Record(f"r|{self.id}", word, self.by, self.at, given, reason, undoes=undoes, reviews=reviews)


def action_of(call: Call[Any, Any]) -> Action:
    """That of a call."""
    return Action(call.membership.user_id, call.now_ms)


async def reject(
    board: Board, pack: int, slots: Mapping[int, int | None], action: Action, reason: str | None
) -> relabeling.Rejection:
    """Takes the labels from images of one pack and puts them first in line again."""

    def rule(head: Head, spent: frozenset[int]) -> Change[relabeling.Rejection]:
        done = relabeling.reject(head, slots=slots, action_id=action.id, spent=spent)
        former = {slot: status.annotation for slot, status in done.former.items()}
        return Change(done.head, done, (action.record("rejected", former, reason),) if former else ())

    done = await change_within_limit(board, pack, rule, by=action.by, now=action.at, letter=REOPENED)
    if done.former:
        await board.packs.mark(pack, REOPENED, action.at)
    return done


async def ask(board: Board, pack: int, slots: Mapping[int, int | None], action: Action) -> opinions.Asked:
    """Asks for one more opinion on images of one pack."""

    def rule(head: Head, spent: frozenset[int]) -> Change[opinions.Asked]:
        done = opinions.ask(head, slots=slots, spent=spent)
        former = {slot: status.annotation for slot, status in done.former.items()}
        record = replace(action.record("asked", former), outcomes=opinions.outcomes_of(done.head, former))
        return Change(done.head, done, (record,) if former else ())

    return await change_within_limit(board, pack, rule, by=action.by, now=action.at)


async def amend(
    board: Board,
    pack: int,
    slot: int,
    seen_at: int | None,
    action: Action,
    project: Project,
    said: Annotation | None,
    reason: str | None,
    sure: opinions.Sure | None = None,
) -> opinions.Amended:
    """Puts what the actor says now in place of their opinion on an image, which they gave at `seen_at`. Raises
    OldProject.
    """
    asking = opinions.Asking(pack, project, sure)

    def rule(head: Head, spent: frozenset[int]) -> Change[opinions.Amended]:
        done = opinions.amend(
            head, slot=slot, labeler=action.by, said=said, seen_at=seen_at, now=action.at, asking=asking, spent=spent
        )
        record = action.record("amended", {slot: said}, reason)
        record = replace(record, outcomes=opinions.outcomes_of(done.head, [slot]))
        return Change(done.head, done, () if done.stale or done.spent else (record,))

    return await change_within_limit(board, pack, rule, by=action.by, now=action.at, project=project)


async def confirm(board: Board, pack: int, slots: Mapping[int, int | None], action: Action) -> relabeling.Confirmation:
    """Notes that the labels of images of one pack are right."""

    def rule(head: Head, spent: frozenset[int]) -> Change[relabeling.Confirmation]:
        done = relabeling.confirm(head, slots=slots, action_id=action.id, spent=spent)
        records = (action.record("confirmed", done.confirmed),) if done.confirmed else ()
        return Change(done.head, done, records)

    return await change_within_limit(board, pack, rule, by=action.by, now=action.at)


async def correct(
    board: Board,
    pack: int,
    slots: Mapping[int, int | None],
    action: Action,
    project: Project,
    say: relabeling.Say,
    reason: str | None = None,
    *,
    reviews: bool = True,
    labeled_only: bool = False,
) -> relabeling.Correction:
    """Sets what is said of images of one pack; None: they are skipped, for a reason. say: gives it, by what was said
    before. reviews: it is a reviewer who says so of somebody's label. labeled_only: all other images stay as they are.
    Raises OldProject.
    """

    def rule(head: Head, spent: frozenset[int]) -> Change[relabeling.Correction]:
        done = relabeling.correct(
            head,
            slots=slots,
            say=say,
            labeler=action.by,
            now=action.at,
            is_same=project.is_same,
            has_reason=bool(reason),
            labeled_only=labeled_only,
            spent=spent,
            review=action.id if reviews else None,
        )
        record = action.record("corrected", done.corrected, reason, reviews=reviews)
        return Change(done.head, done, (record,) if done.corrected else ())

    return await change_within_limit(board, pack, rule, by=action.by, now=action.at, project=project)
