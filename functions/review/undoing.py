"""Undoing what reviewers do."""

from collections.abc import Collection

from functions.hooks import review_undone
from functions.labeling import undoing
from functions.labeling.board import Board, board_of
from functions.labeling.undoing import Undone
from functions.projects.model import Project
from functions.review.actions import Action
from functions.storage import Storage


async def undo(
    board: Board, pack: int, slots: Collection[int], action_id: str, action: Action, project: Project
) -> Undone | None:
    """Puts images of one pack back to how they stood before a review action. None: it is none of a reviewer, or not of
    this pack. What had a label that the project has no more stays. Raises OldProject.
    """
    return await undoing.undo(board, pack, slots, action.record("restored", {}, undoes=action_id), project)


async def undo_for_another(
    storage: Storage, project: Project, pack: int, slots: Collection[int], review: str, by: str, at: int
) -> Collection[int]:
    """`undo` for another room, which has led to the review: the slots that stand as they did before."""
    undone = await undo(board_of(storage, project), pack, slots, review, Action(by, at), project)
    return undone.restored if undone else ()


review_undone.answered_by(undo_for_another)
