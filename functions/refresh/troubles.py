"""What is wrong with a project's folder, kept on the project until it works again."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from functions.datastores.kinds import listed
from functions.projects.access import forget
from functions.projects.model import Deferral, PreparingTrouble, Project
from functions.projects.store import change_project
from functions.storage import Storage

NO_IMAGES = "The folder has no images yet. A refresh takes in those that come."

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def note_failed_look(storage: Storage, project_id: str, reason: str) -> None:
    """What is known of the folder is kept; a project that has not been made yet has failed."""

    def note(project: Project) -> Project:
        status = "failed" if project.status == "creating" else project.status
        return project.model_copy(update={"status": status, "refresh_trouble": reason})

    await _change(storage, project_id, note)


def emptied(had: int) -> str:
    """What there is to say of a folder without images that had some before."""
    if not had:
        return NO_IMAGES
    images = "1 image" if had == 1 else f"{had:,} images"
    return f"The folder had {images}, and now has none. What is labeled is kept; a refresh finds images that come back."


async def note_look(storage: Storage, project_id: str, said: str | None) -> Project:
    """The folder was looked through to its end, and this is to be said of it. Gives the project as it was: where
    preparing was stopped, previews may be asked for again.
    """
    former: Project | None = None

    def note(project: Project) -> Project:
        nonlocal former
        former = project
        status = "created" if project.status in ("creating", "failed") else project.status
        preparing = project.preparing_trouble and project.preparing_trouble.model_copy(update={"is_stopped": False})
        update = {
            "status": status,
            "refresh_trouble": None,
            "preparing_trouble": preparing,
            "note": said,
        }
        return project.model_copy(update=update)

    changed = await _change(storage, project_id, note)
    return former or changed


def passed_over(kinds: Mapping[str, int]) -> str:
    """What there is to say of images of kinds that are not taken."""
    return f"Images of these types cannot be shown and are ignored: {listed(kinds)}."


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


async def note_deferred(storage: Storage, project_id: str, now: datetime) -> None:
    """Some files could not be read for a reason that may pass."""

    def note(project: Project) -> Project:
        return project.model_copy(update={"deferral": project.deferral or Deferral(times=0, at=now)})

    await _change(storage, project_id, note)


async def note_tried(storage: Storage, project_id: str, at: datetime | None) -> None:
    """Files that could not be read were asked for again; or, without a time, there are none any more."""

    def note(project: Project) -> Project:
        times = project.deferral.times + 1 if project.deferral else 1
        deferral = Deferral(times=times, at=at) if at else None
        return project.model_copy(update={"deferral": deferral, "tells_deferred": True})

    await _change(storage, project_id, note)


async def end_pause(storage: Storage, project: Project) -> None:
    """The next look through the folder asks at once for files that could not be read."""

    def note(current: Project) -> Project:
        return current.model_copy(update={"deferral": current.deferral and Deferral(times=0, at=LONG_AGO)})

    if project.deferral:
        await _change(storage, project.id, note)


async def _change(storage: Storage, project_id: str, note: Callable[[Project], Project]) -> Project:
    changed = await change_project(storage, project_id, note)
    forget(project_id)
    return changed
