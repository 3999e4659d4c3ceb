"""Backups and restorings: asked for by administrators of the service, done from queues."""

import azure.functions as func

from functions.background import on_message
from functions.backups.store import (
    BACKUPS,
    RESTORES,
    Backup,
    BackupMessage,
    Restore,
    RestoreMessage,
    ask_for_backup,
    drop_folder,
)
from functions.backups.wire import (
    BackupAnswer,
    PreviewAnswer,
    PreviewRequest,
    RestoreAnswer,
    RestoreRequest,
    backup_answer,
    restore_answer,
)
from functions.http.calls import Answer, Call
from functions.http.paging import newest_first
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.ids import is_project_id
from functions.longwork import work_on
from functions.problems import Conflict, NotFound
from functions.projects.store import load_project
from functions.records import ALL
from functions.storage import BACKUPS_QUEUE, RESTORES_QUEUE, Storage, storage

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR


@route(blueprint, "POST", "projects/{project_id}/backups", role=ROLE, answers={202: BackupAnswer})
async def start_backup(call: Call[None, None]) -> Answer:
    """Backs the project up; the answer's Location says how far it is."""
    project = await load_project(storage(), call.params["project_id"])
    if project.restoring:
        raise Conflict("The project is being restored. Until then, there is nothing to back up.")
    call.entry.about(project.id, project.name)
    backup = await ask_for_backup(storage(), project, call.now, call.asker)
    call.entry.note(backup=backup.id)
    location = {"Location": f"/api/projects/{project.id}/backups/{backup.id}"}
    return Answer(202, backup_answer(backup), location)


async def _backups(storage: Storage, project_id: str, *, limit: int, after: str) -> list[Backup]:
    return await BACKUPS.list(storage, _project_id(project_id), limit=limit, after=after)


@newest_first(blueprint, "projects/{project_id}/backups", _backups, role=ROLE, page=Page[BackupAnswer])
async def get_backups(call: Call[None, PageQuery], backup: Backup) -> BackupAnswer:
    """The project's backups, newest first; those of a project that was deleted, too."""
    return backup_answer(backup)


@route(blueprint, "GET", "projects/{project_id}/backups/{backup_id}", role=ROLE, answers={200: BackupAnswer})
async def get_backup(call: Call[None, None]) -> BackupAnswer:
    """One backup, and how far it is."""
    project_id = _project_id(call.params["project_id"])
    return backup_answer(await BACKUPS.load(storage(), project_id, call.params["backup_id"]))


@route(blueprint, "DELETE", "projects/{project_id}/backups/{backup_id}", role=ROLE, answers={204: None})
async def remove_backup(call: Call[None, None]) -> None:
    """Deletes a backup, also one that was copied here; stops one that is being made."""
    project_id, backup_id = _project_id(call.params["project_id"]), call.params["backup_id"]
    if not (backup_id.isascii() and backup_id.isalnum()):
        raise NotFound("There is no such backup.")
    known = [one for one in await RESTORES.list(storage(), ALL, limit=1000) if not one.is_over]
    if f"{project_id}/{backup_id}" in {one.folder for one in known}:
        raise Conflict("A project is being restored from this backup.")
    try:
        await BACKUPS.drop(storage(), await BACKUPS.load(storage(), project_id, backup_id))
    except NotFound:
        if not await drop_folder(storage(), f"{project_id}/{backup_id}"):
            raise
    await drop_folder(storage(), f"{project_id}/{backup_id}")


@route(
    blueprint,
    "POST",
    "restores/preview",
    role=ROLE,
    body=PreviewRequest,
    answers={200: PreviewAnswer},
    unaudited="it only looks",
)
async def preview_restore(call: Call[PreviewRequest, None]) -> PreviewAnswer:
    """What restoring a backup would do, and what must be accepted; nothing is written."""
    from functions.backups.previewing import preview

    return await preview(storage(), call.body.folder, call.now)


@route(blueprint, "POST", "restores", role=ROLE, body=RestoreRequest, answers={202: RestoreAnswer})
async def start_restore(call: Call[RestoreRequest, None]) -> Answer:
    """Restores a project from a folder of the container `backups`, with what of it is accepted; asked again, goes on
    with what failed.
    """
    from functions.backups.accepting import Accepted
    from functions.backups.asking import ask_for_restore

    body = call.body
    accepted = Accepted(body.manifest, tuple(body.people), body.address)
    call.entry.note(folder=body.folder, people=body.people, address=body.address)
    restore = await ask_for_restore(storage(), body.folder, call.now, accepted, call.asker)
    call.entry.about(restore.project_id, restore.project_name)
    call.entry.note(restore=restore.id)
    return Answer(202, restore_answer(restore), {"Location": f"/api/restores/{restore.id}"})


@newest_first(blueprint, "restores", RESTORES.list, role=ROLE, page=Page[RestoreAnswer])
async def get_restores(call: Call[None, PageQuery], restore: Restore) -> RestoreAnswer:
    """What was restored here, newest first."""
    return restore_answer(restore)


@route(blueprint, "GET", "restores/{restore_id}", role=ROLE, answers={200: RestoreAnswer})
async def get_restore(call: Call[None, None]) -> RestoreAnswer:
    """One restoring, and how far it is."""
    return restore_answer(await RESTORES.load(storage(), ALL, call.params["restore_id"]))


def _project_id(text: str) -> str:
    if not is_project_id(text):
        raise NotFound("There is no such project.")
    return text


@on_message(blueprint, "make_backups", BACKUPS_QUEUE)
async def make_backups(message: func.QueueMessage) -> None:
    """Makes the backup that a message asks for."""
    from functions.backups.making import BackupWork

    await work_on(message, BackupMessage, BackupWork)


@on_message(blueprint, "restore_projects", RESTORES_QUEUE)
async def restore_projects(message: func.QueueMessage) -> None:
    """Restores the project that a message asks for."""
    from functions.backups.restoring import RestoreWork

    await work_on(message, RestoreMessage, RestoreWork)
