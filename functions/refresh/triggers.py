"""Refreshes: asked for by an administrator or by the timer, run from a queue; and the queue that prepares packs."""

import logging
from datetime import datetime
from typing import Literal

import azure.functions as func

from functions.api import Call, Output, Page, PageQuery, route
from functions.identity import Role
from functions.paging import page_with_more, read_id
from functions.projects.store import list_projects
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.refresh.run import run_refresh, utc_now
from functions.refresh.store import Refresh, RefreshMessage, ask_for_refresh, list_refreshes
from functions.settings import DATA_STORAGE
from functions.storage import PREPARATIONS_QUEUE, REFRESHES_QUEUE, storage

log = logging.getLogger(__name__)

blueprint = func.Blueprint()


class RefreshAnswer(Output):
    """One look through the project's folder. passedOver: files that are no images by their names."""

    id: str
    status: Literal["queued", "running", "completed", "failed"]
    started_at: datetime | None
    finished_at: datetime | None
    found: int
    added: int
    changed: int
    missing: int
    passed_over: int
    error: str | None


def _answer(refresh: Refresh) -> RefreshAnswer:
    return RefreshAnswer(**refresh.model_dump(exclude={"asked_at", "touched_at"}))


@route(blueprint, "POST", "projects/{project_id}/refreshes", role=Role.ADMINISTRATOR, answers={202: RefreshAnswer})
async def start_refresh(call: Call[None, None]) -> RefreshAnswer:
    """Looks through the project's folder for new, changed and vanished images; joins a refresh that runs."""
    return _answer(await ask_for_refresh(storage(), call.membership.project.id, call.now))


@route(
    blueprint,
    "GET",
    "projects/{project_id}/refreshes",
    role=Role.ADMINISTRATOR,
    query=PageQuery,
    answers={200: Page[RefreshAnswer]},
)
async def get_refreshes(call: Call[None, PageQuery]) -> Page[RefreshAnswer]:
    """The project's refreshes, newest first."""
    project, after = call.membership.project, read_id(call.query.cursor)
    found = await list_refreshes(storage(), project.id, limit=call.query.limit + 1, after=after)
    return page_with_more([_answer(refresh) for refresh in found], lambda refresh: refresh.id, call.query)


@blueprint.function_name("refresh_projects")
@blueprint.timer_trigger(arg_name="timer", schedule="0 */10 * * * *")
async def refresh_projects(timer: func.TimerRequest) -> None:
    """Asks for a refresh of every project whose incremental refresh is on."""
    await storage().prepare()
    for project in await list_projects(storage()):
        if project.incremental_refresh and project.status == "created":
            await ask_for_refresh(storage(), project.id, utc_now())


@blueprint.function_name("run_refreshes")
@blueprint.queue_trigger(arg_name="message", queue_name=REFRESHES_QUEUE, connection=DATA_STORAGE)
async def run_refreshes(message: func.QueueMessage) -> None:
    """Runs the refresh that a message asks for."""
    await storage().prepare()
    await run_refresh(storage(), RefreshMessage.model_validate_json(message.get_body()), utc_now)


@blueprint.function_name("prepare_packs")
@blueprint.queue_trigger(arg_name="message", queue_name=PREPARATIONS_QUEUE, connection=DATA_STORAGE)
async def prepare_packs(message: func.QueueMessage) -> None:
    """Makes the previews of the pack that a message names."""
    await storage().prepare()
    await prepare_pack(storage(), PreparationMessage.model_validate_json(message.get_body()))
