"""What happens to a project as a whole: it is made with its table and previews, and dropped with them."""

from functions.hooks import project_dropped
from functions.projects.access import forget
from functions.projects.members import drop_member, members_of
from functions.projects.model import Project
from functions.projects.persons import drop_persons
from functions.projects.removed import drop_removed
from functions.projects.store import drop_row, mark_deleting
from functions.storage import Storage, unless_gone, unless_there


async def make_places(storage: Storage, project: Project) -> None:
    """Makes the project's table and its container of previews; they may be there already."""
    await storage.tables.table(project.images_table).create()
    await unless_there(storage.blobs.create_container, project.previews_container)


async def delete_project(storage: Storage, project: Project) -> None:
    """Takes the project out of sight, frees its name, and drops what it holds. What is cut off, the mending timer
    finishes.
    """
    await mark_deleting(storage, project.id)
    forget(project.id)
    await drop_project(storage, project)


async def drop_project(storage: Storage, project: Project) -> None:
    """Drops a deleted project's images, previews, exports, imports, refreshes, access tokens and members; its row goes
    last. Its backups stay.
    """
    await storage.tables.table(project.images_table).drop()
    await unless_gone(storage.blobs.delete_container, project.previews_container)
    await project_dropped.happened(storage, project.id)
    await drop_persons(storage, project)
    await drop_removed(storage, project.id)
    for member in await members_of(storage, project.id):
        await drop_member(storage, member)
    await drop_row(storage, project.id)
