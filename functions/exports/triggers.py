"""Exports: asked for by a reviewer, built from a queue, downloaded by short-lived addresses."""

from datetime import UTC, datetime
from typing import Literal

import azure.functions as func
from pydantic import Field

from functions.api import Answer, Call, Input, Output, Page, PageQuery, route
from functions.exports.store import (
    Export,
    ExportMessage,
    FormatName,
    ask_for_export,
    delete_export,
    list_exports,
    load_export,
)
from functions.identity import Role
from functions.paging import page_with_more, read_id
from functions.settings import DATA_STORAGE
from functions.storage import EXPORTS_CONTAINER, EXPORTS_QUEUE, storage

blueprint = func.Blueprint()


class ExportRequest(Input):
    format: FormatName


class ExportFileAnswer(Output):
    """A finished file and a short-lived address to download it from."""

    name: str
    url: str
    bytes: int


class ExportAnswer(Output):
    """An export: the labels as they stood when it ran, from startedAt on."""

    id: str
    format: FormatName
    status: Literal["queued", "running", "completed", "failed"]
    progress: float = Field(ge=0, le=1)
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    images: int
    files: list[ExportFileAnswer]
    error: str | None


async def file_answers(export: Export, now: datetime) -> list[ExportFileAnswer]:
    """The files of an export with fresh addresses."""
    return [
        ExportFileAnswer(
            name=file.name,
            url=await storage().sign(EXPORTS_CONTAINER, export.blob(file.name), now=now, download_as=file.name),
            bytes=file.bytes,
        )
        for file in export.files
    ]


async def _answer(export: Export, now: datetime) -> ExportAnswer:
    return ExportAnswer(
        id=export.id,
        format=export.format,
        status=export.status,
        progress=export.progress,
        created_at=export.asked_at,
        started_at=export.started_at,
        finished_at=export.finished_at,
        images=export.images,
        files=await file_answers(export, now),
        error=export.error,
    )


@route(
    blueprint,
    "POST",
    "projects/{project_id}/exports",
    role=Role.REVIEWER,
    body=ExportRequest,
    answers={202: ExportAnswer},
)
async def start_export(call: Call[ExportRequest, None]) -> Answer:
    """Exports the project's labels; the answer's Location tells how far it is."""
    project = call.membership.project
    export = await ask_for_export(storage(), project.id, project.name, call.body.format, call.now)
    return Answer(202, await _answer(export, call.now), {"Location": f"/api/projects/{project.id}/exports/{export.id}"})


@route(
    blueprint,
    "GET",
    "projects/{project_id}/exports",
    role=Role.REVIEWER,
    query=PageQuery,
    answers={200: Page[ExportAnswer]},
)
async def get_exports(call: Call[None, PageQuery]) -> Page[ExportAnswer]:
    """The project's exports, newest first."""
    project, after = call.membership.project, read_id(call.query.cursor)
    found = await list_exports(storage(), project.id, limit=call.query.limit + 1, after=after)
    answers = [await _answer(export, call.now) for export in found]
    return page_with_more(answers, lambda export: export.id, call.query)


@route(blueprint, "GET", "projects/{project_id}/exports/{export_id}", role=Role.REVIEWER, answers={200: ExportAnswer})
async def get_export(call: Call[None, None]) -> ExportAnswer:
    """One export: how far it is, and its files when it is finished."""
    export = await load_export(storage(), call.membership.project.id, call.params["export_id"])
    return await _answer(export, call.now)


@route(blueprint, "DELETE", "projects/{project_id}/exports/{export_id}", role=Role.REVIEWER, answers={204: None})
async def remove_export(call: Call[None, None]) -> None:
    """Deletes an export and its files; one that is being built stops."""
    await delete_export(storage(), await load_export(storage(), call.membership.project.id, call.params["export_id"]))


@blueprint.function_name("build_exports")
@blueprint.queue_trigger(arg_name="message", queue_name=EXPORTS_QUEUE, connection=DATA_STORAGE)
async def build_exports(message: func.QueueMessage) -> None:
    """Builds the export that a message asks for."""
    from functions.exports.builder import build_export

    await storage().prepare()
    await build_export(storage(), ExportMessage.model_validate_json(message.get_body()), lambda: datetime.now(UTC))
