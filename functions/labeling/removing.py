"""Removing labels and people so that nothing of them comes after, whichever instance is at it."""

from collections.abc import Callable, Collection

from functions.hooks import member_removed, relabeled
from functions.labeling.board import Board, board_of
from functions.labeling.editions import raise_edition
from functions.labeling.progress import read_progress
from functions.labeling.refusals import OldProject
from functions.problems import Conflict
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.persons import known_as
from functions.projects.store import change_project
from functions.storage import Storage

# A project, and the ids of the labels that images have.
Relabeling = Callable[[Project, Collection[int]], Project]


async def change_labels(storage: Storage, project: Project, change: Relabeling, now: int) -> Project:
    """Applies a change that may remove labels; it refuses those that images have.

    A label leaves first, the packs are told, and then it is looked again whether any image has it. Whoever still sets
    one that leaves takes that back: the label stays, and the removal is refused, rather than that work is lost. What a
    crash leaves behind is taken back like that as well.
    """
    board, removed = board_of(storage, project), frozenset[int]()
    used = await _used(board, now)

    def announce(current: Project) -> Project:
        nonlocal removed
        changed = change(current, used)
        removed = frozenset(label.id for label in changed.retired) - {label.id for label in current.retired}
        edition = current.edition + 1
        leaving = {**current.leaving, **dict.fromkeys(removed, edition)}
        return current.model_copy(update={"edition": edition, "leaving": leaving}) if removed else changed

    announced = await change_project(storage, project.id, announce)
    forget(project.id)
    if not removed:
        return announced
    await raise_edition(board.directory, board.rows, announced.edition, now)
    used = await _used(board, now)

    def remove(current: Project) -> Project:
        if any(current.leaving.get(label) != announced.edition for label in removed):
            raise Conflict("Somebody else is using or removing one of these labels. Nothing was changed.")
        return without_leaving(change(current, used), removed)

    try:
        return await change_project(storage, project.id, remove)
    except Exception:
        await change_project(storage, project.id, lambda current: without_leaving(current, removed))
        raise
    finally:
        forget(project.id)


relabeled.answered_by(change_labels)


async def _used(board: Board, now: int) -> set[int]:
    counts = (await read_progress(board, now)).counts
    return {*counts.labels, *counts.kept}


def without_leaving(project: Project, labels: Collection[int], edition: int = 0) -> Project:
    """The project in which these labels do not leave (any more), of this edition at least."""
    leaving = {label: since for label, since in project.leaving.items() if label not in labels}
    return project.model_copy(update={"leaving": leaving, "edition": max(project.edition, edition)})


async def newest_project(storage: Storage, project_id: str, old: OldProject) -> Project:
    """The project as it is in storage, in which the labels that were about to be set do not leave any more."""
    project = await change_project(
        storage, project_id, lambda current: without_leaving(current, old.labels, old.edition)
    )
    forget(project_id)
    return project


async def end_leases_of(storage: Storage, project: Project, user: str, now: int) -> None:
    """Ends what somebody holds who was removed, so that others get it at once; they get no more, at no instance.

    user: the id by which the project's rows name them.
    """
    changed = await change_project(
        storage, project.id, lambda current: current.model_copy(update={"edition": current.edition + 1})
    )
    forget(project.id)
    board = board_of(storage, project)
    await raise_edition(board.directory, board.rows, changed.edition, now, ends=lambda lease: lease.labeler == user)


async def _end_leases(storage: Storage, project: Project, user_id: str, now: int) -> None:
    await end_leases_of(storage, project, await known_as(storage, project, user_id), now)


member_removed.then(_end_leases)
