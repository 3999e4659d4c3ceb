"""What is wrong with a project's folder, kept on the project until it works again."""

from collections.abc import Callable

from functions.projects.access import forget
from functions.projects.model import PreparingTrouble, Project
from functions.projects.store import change_project
from functions.storage import Storage

NO_IMAGES = "The folder has no images yet. A refresh takes in those that come."


async def note_failed_look(storage: Storage, project_id: str, reason: str) -> None:
    """What is known of the folder is kept; a project that has not been made yet has failed."""

    def note(project: Project) -> Project:
        status = "failed" if project.status == "creating" else project.status
        return project.model_copy(update={"status": status, "refresh_trouble": reason})

    await _change(storage, project_id, note)


async def note_look(storage: Storage, project_id: str, *, has_images: bool) -> bool:
    """The folder was looked through to its end. Tells whether previews were given up: they may be asked for again."""
    was_stopped = False

    def note(project: Project) -> Project:
        nonlocal was_stopped
        was_stopped = project.preparing_trouble is not None and project.preparing_trouble.is_stopped
        status = "created" if project.status in ("creating", "failed") else project.status
        preparing = project.preparing_trouble and project.preparing_trouble.model_copy(update={"is_stopped": False})
        update = {
            "status": status,
            "refresh_trouble": None,
            "preparing_trouble": preparing,
            "note": None if has_images else NO_IMAGES,
        }
        return project.model_copy(update=update)

    await _change(storage, project_id, note)
    return was_stopped


async def note_unprepared(storage: Storage, project_id: str, reason: str) -> None:
    """Images cannot be read: preparing stops until the folder was looked through again."""

    def note(project: Project) -> Project:
        former = project.preparing_trouble
        if former and former.is_stopped:
            return project
        trouble = PreparingTrouble(reason=reason, times=(former.times if former else 0) + 1, is_stopped=True)
        return project.model_copy(update={"preparing_trouble": trouble})

    await _change(storage, project_id, note)


async def note_prepared(storage: Storage, project_id: str) -> None:
    """Images can be read again."""
    await _change(storage, project_id, lambda project: project.model_copy(update={"preparing_trouble": None}))


async def _change(storage: Storage, project_id: str, note: Callable[[Project], Project]) -> None:
    await change_project(storage, project_id, note)
    forget(project_id)
