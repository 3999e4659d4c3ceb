"""Exports: asked for by a reviewer, built from a queue, downloaded by short-lived addresses, deleted for their age."""

from datetime import datetime

import azure.functions as func

from functions.background import now, on_message, on_round
from functions.exports.requests import ExportRequest, options_of
from functions.exports.retention import expire_exports
from functions.exports.store import EXPORTS, Export, ExportMessage, ask_for_export, delete_export, exports_before
from functions.exports.wire import ExportAnswer, export_answer, file_answers
from functions.http.calls import Answer, Call
from functions.http.paging import newest_first
from functions.http.routes import route
from functions.http.wire import Page, PageQuery
from functions.identity import Role
from functions.longwork import work_on
from functions.projects.model import Project
from functions.settings import settings
from functions.storage import EXPORTS_QUEUE, storage

blueprint = func.Blueprint()


async def _answer(project: Project, export: Export, now: datetime) -> ExportAnswer:
    ahead = 0
    if export.status == "queued":
        ahead = len([one async for one in exports_before(storage(), export, "queued", "running")])
    return export_answer(export, project, await file_answers(export, now), ahead)


@route(
    blueprint,
    "POST",
    "projects/{project_id}/exports",
    role=Role.REVIEWER,
    body=ExportRequest,
    answers={202: ExportAnswer},
)
async def start_export(call: Call[ExportRequest, None]) -> Answer:
    """Exports the project's labels; the answer's Location says how far it is."""
    project = call.membership.project
    options, asked = options_of(call.body, project), call.body
    export = await ask_for_export(
        storage(), project.id, project.name, asked.format, options, call.now, call.asker, asked.name or ""
    )
    call.entry.note(export=export.id, name=export.name, format=export.format, states=options.states)
    answer = await _answer(project, export, call.now)
    return Answer(202, answer, {"Location": f"/api/projects/{project.id}/exports/{export.id}"})


@newest_first(blueprint, "projects/{project_id}/exports", EXPORTS.list, role=Role.REVIEWER, page=Page[ExportAnswer])
async def get_exports(call: Call[None, PageQuery], export: Export) -> ExportAnswer:
    """The project's exports, newest first."""
    return await _answer(call.membership.project, export, call.now)


@route(blueprint, "GET", "projects/{project_id}/exports/{export_id}", role=Role.REVIEWER, answers={200: ExportAnswer})
async def get_export(call: Call[None, None]) -> ExportAnswer:
    """One export: how far it is, and its files when it is finished."""
    project = call.membership.project
    return await _answer(project, await EXPORTS.load(storage(), project.id, call.params["export_id"]), call.now)


@route(blueprint, "DELETE", "projects/{project_id}/exports/{export_id}", role=Role.REVIEWER, answers={204: None})
async def remove_export(call: Call[None, None]) -> None:
    """Deletes an export and its files; stops one that is being built."""
    await delete_export(storage(), await EXPORTS.load(storage(), call.membership.project.id, call.params["export_id"]))


@on_message(blueprint, "build_exports", EXPORTS_QUEUE)
async def build_exports(message: func.QueueMessage) -> None:
    """Builds the export named in a message."""
    from functions.exports.builder import ExportWork

    await work_on(message, ExportMessage, ExportWork)


@on_round("expire_exports", is_daily=True)
async def expire_old_exports() -> None:
    """Deletes the files of exports that are older than EXPORT_DAYS; their records stay and say so."""
    await expire_exports(storage(), settings().export_days, now())
