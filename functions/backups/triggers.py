"""Backups and restorings: asked for by administrators of the service, done from queues."""

import azure.functions as func

from functions.background import giving_up, now, on_message, read_message
from functions.backups.store import (
    Backup,
    BackupMessage,
    RestoreMessage,
    drop_folder,
    drop_record,
    insert_work,
    list_backups,
    list_restores,
    load_backup,
    load_restore,
    send_backup,
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
from functions.http.paging import page_with_more, read_id
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.ids import is_project_id, newest_first_id
from functions.problems import Conflict, NotFound
from functions.projects.store import load_project
from functions.storage import BACKUPS_QUEUE, RESTORES_QUEUE, storage

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR


@route(blueprint, "POST", "projects/{project_id}/backups", role=ROLE, answers={202: BackupAnswer})
async def start_backup(call: Call[None, None]) -> Answer:
    """Backs the project up; the answer's Location says how far it is."""
    project = await load_project(storage(), call.params["project_id"])
    if project.restoring:
        raise Conflict("The project is being restored. Until then, there is nothing to back up.")
    backup = Backup(
        id=newest_first_id(call.now),
        project_id=project.id,
        project_name=project.name,
        asked_at=call.now,
        **call.asker.model_dump(),
    )
    call.entry.about(project.id, project.name)
    call.entry.note(backup=backup.id)
    await insert_work(storage(), backup)
    await send_backup(storage(), backup)
    location = {"Location": f"/api/projects/{project.id}/backups/{backup.id}"}
    return Answer(202, backup_answer(backup), location)


@route(
    blueprint,
    "GET",
    "projects/{project_id}/backups",
    role=ROLE,
    query=PageQuery,
    answers={200: Page[BackupAnswer]},
)
async def get_backups(call: Call[None, PageQuery]) -> Page[BackupAnswer]:
    """The project's backups, newest first; those of a project that was deleted, too."""
    project_id, after = _project_id(call.params["project_id"]), read_id(call.query.cursor)
    found = await list_backups(storage(), project_id, limit=call.query.limit + 1, after=after)
    return page_with_more([backup_answer(one) for one in found], lambda one: one.id, call.query)


@route(blueprint, "GET", "projects/{project_id}/backups/{backup_id}", role=ROLE, answers={200: BackupAnswer})
async def get_backup(call: Call[None, None]) -> BackupAnswer:
    """One backup, and how far it is."""
    project_id = _project_id(call.params["project_id"])
    return backup_answer(await load_backup(storage(), project_id, call.params["backup_id"]))


@route(blueprint, "DELETE", "projects/{project_id}/backups/{backup_id}", role=ROLE, answers={204: None})
async def remove_backup(call: Call[None, None]) -> None:
    """Deletes a backup, also one that was copied here; stops one that is being made."""
    project_id, backup_id = _project_id(call.params["project_id"]), call.params["backup_id"]
    if not (backup_id.isascii() and backup_id.isalnum()):
        raise NotFound("There is no such backup.")
    known = [one for one in await list_restores(storage(), limit=1000) if not one.is_over]
    if f"{project_id}/{backup_id}" in {one.folder for one in known}:
        raise Conflict("A project is being restored from this backup.")
    try:
        await drop_record(storage(), await load_backup(storage(), project_id, backup_id))
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


@route(blueprint, "GET", "restores", role=ROLE, query=PageQuery, answers={200: Page[RestoreAnswer]})
async def get_restores(call: Call[None, PageQuery]) -> Page[RestoreAnswer]:
    """What was restored here, newest first."""
    found = await list_restores(storage(), limit=call.query.limit + 1, after=read_id(call.query.cursor))
    return page_with_more([restore_answer(one) for one in found], lambda one: one.id, call.query)


@route(blueprint, "GET", "restores/{restore_id}", role=ROLE, answers={200: RestoreAnswer})
async def get_restore(call: Call[None, None]) -> RestoreAnswer:
    """One restoring, and how far it is."""
    return restore_answer(await load_restore(storage(), call.params["restore_id"]))


def _project_id(text: str) -> str:
    if not is_project_id(text):
        raise NotFound("There is no such project.")
    return text


@on_message(blueprint, "make_backups", BACKUPS_QUEUE)
async def make_backups(message: func.QueueMessage) -> None:
    """Makes the backup that a message asks for."""
    from functions.backups.making import give_up, make_backup

    asked = read_message(BackupMessage, message)
    async with giving_up(message, lambda: give_up(storage(), asked, now)):
        await make_backup(storage(), asked, now)


@on_message(blueprint, "restore_projects", RESTORES_QUEUE)
async def restore_projects(message: func.QueueMessage) -> None:
    """Restores the project that a message asks for."""
    from functions.backups.restoring import give_up, restore_project

    asked = read_message(RestoreMessage, message)
    async with giving_up(message, lambda: give_up(storage(), asked, now)):
        await restore_project(storage(), asked, now)
