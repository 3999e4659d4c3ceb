"""Why a project's features cannot be made, kept on the project until they can. The project's row is written only when
that changes.
"""

from functions.assist.asking import ask_for_features
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.store import change_project
from functions.storage import Storage

NOT_STORED = (
    "What suggestions are learned from could not be stored for some images. It is tried again. "
    "Labeling goes on without suggestions for them."
)


async def note_trouble(storage: Storage, project_id: str, reason: str) -> None:
    await change_project(storage, project_id, lambda project: project.model_copy(update={"assist_trouble": reason}))
    forget(project_id)


async def note_made(storage: Storage, project: Project) -> None:
    """Features can be made. Where they could not be before, those that are lacking are asked for, once."""
    if project.assist_trouble is None:
        return
    was_in_trouble = False

    def note(current: Project) -> Project:
        nonlocal was_in_trouble
        was_in_trouble = current.assist_trouble is not None
        return current.model_copy(update={"assist_trouble": None})

    await change_project(storage, project.id, note)
    forget(project.id)
    if was_in_trouble:
        await ask_for_features(storage, project)
