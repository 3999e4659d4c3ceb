"""Removing labels and people, so that nothing comes after it, whichever instance is at it."""

from collections.abc import Awaitable, Callable, Collection

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

Change = Callable[[Project], Project]
# A project, and the ids of the labels that images have.
Relabeling = Callable[[Project, Collection[int]], Project]


async def change_labels(storage: Storage, project: Project, change: Relabeling, now: int) -> Project:
    """Applies a change that may remove labels; it refuses those that images have."""
    board = board_of(storage, project)
    used = await _used(board, now)

    def leaving(current: Project) -> frozenset[int]:
        retired = frozenset(label.id for label in current.retired)
        return frozenset(label.id for label in change(current, used).retired) - retired

    async def removing() -> Change:
        used = await _used(board, now)
        return lambda current: change(current, used)

    return await change_leaving(storage, board, project, leaving, lambda current: change(current, used), removing, now)


relabeled.answered_by(change_labels)


async def change_leaving(
    storage: Storage,
    board: Board,
    project: Project,
    leaving: Callable[[Project], frozenset[int]],
    at_once: Change,
    when_left: Callable[[], Awaitable[Change]],
    now: int,
) -> Project:
    """Applies a change by which labels leave a project. leaving: which; where there are none it is done at once.

    A label leaves first, the packs are told, and then it is looked again whether any image stands against it: when_left
    raises what refuses the change, or gives it. Whoever still sets one that leaves takes that back: the label stays,
    and the change is refused, rather than that work is lost. What a crash leaves behind is taken back like that as
    well.
    """
    labels = frozenset[int]()

    def announce(current: Project) -> Project:
        nonlocal labels
        labels, edition = leaving(current), current.edition + 1
        if not labels:
            return at_once(current)
        return current.model_copy(
            update={"edition": edition, "leaving": {**current.leaving, **dict.fromkeys(labels, edition)}}
        )

    announced = await change_project(storage, project.id, announce)
    forget(project.id)
    if not labels:
        return announced
    await raise_edition(board.directory, board.rows, announced.edition, now)

    def left(current: Project) -> Project:
        if any(current.leaving.get(label) != announced.edition for label in labels):
            raise Conflict("Somebody else is using or removing one of these labels. Nothing was changed.")
        return without_leaving(change(current), labels)

    try:
        change = await when_left()
        return await change_project(storage, project.id, left)
    except Exception:
        await change_project(storage, project.id, lambda current: without_leaving(current, labels))
        raise
    finally:
        forget(project.id)


async def _used(board: Board, now: int) -> set[int]:
    return (await read_progress(board, now)).counts.used_labels


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
