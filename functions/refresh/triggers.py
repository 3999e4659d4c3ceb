"""Refreshes: asked for by an administrator or by the timer, run from a queue; and the queue that prepares packs."""

from datetime import datetime
from typing import Literal

import azure.functions as func

from functions.background import now, on_message, on_round, read_message
from functions.datastores.datasets import refuse_outside
from functions.datastores.store import load_datastore
from functions.datastores.wire import SampleAnswer, SampleQuery
from functions.hooks import credentials_changed
from functions.http.calls import Call
from functions.http.paging import newest_first
from functions.http.routes import route
from functions.http.wire import Output, Page, PageQuery
from functions.identity import ByWhom, Role
from functions.longwork import work_on
from functions.projects.store import list_projects
from functions.refresh.store import Refresh, RefreshMessage, ask_for_refresh, list_refreshes
from functions.refresh.troubles import end_pause
from functions.storage import PREPARATIONS_QUEUE, REFRESHES_QUEUE, Storage, storage

blueprint = func.Blueprint()


class RefreshAnswer(Output):
    """One look through the project's folder. found: images listed; missing: those that have vanished; back: those that
    are there again; passedOver: files that are no images by their names, or of kinds that are not taken, which
    kindsPassedOver counts by kind. by, byName: who asked for it; null where it came by itself.
    """

    id: str
    status: Literal["queued", "running", "completed", "failed"]
    by: str | None
    by_name: str | None
    started_at: datetime | None
    finished_at: datetime | None
    found: int
    added: int
    changed: int
    missing: int
    back: int
    passed_over: int
    kinds_passed_over: dict[str, int]
    error: str | None


def _answer(refresh: Refresh) -> RefreshAnswer:
    return RefreshAnswer(**refresh.model_dump(include=set(RefreshAnswer.model_fields)))


@route(blueprint, "POST", "projects/{project_id}/refreshes", role=Role.ADMINISTRATOR, answers={202: RefreshAnswer})
async def start_refresh(call: Call[None, None]) -> RefreshAnswer:
    """Checks the project's folder, and retries files that could not be read; joins a refresh that is running."""
    project = call.membership.project
    await end_pause(storage(), project)
    refresh = await ask_for_refresh(storage(), project.id, call.now, call.asker)
    call.entry.note(refresh=refresh.id)
    return _answer(refresh)


@newest_first(
    blueprint, "projects/{project_id}/refreshes", list_refreshes, role=Role.ADMINISTRATOR, page=Page[RefreshAnswer]
)
async def get_refreshes(call: Call[None, PageQuery], refresh: Refresh) -> RefreshAnswer:
    """The project's refreshes, newest first."""
    return _answer(refresh)


@route(
    blueprint,
    "GET",
    "datastores/{name}/sample",
    role=Role.SERVICE_ADMINISTRATOR,
    query=SampleQuery,
    answers={200: SampleAnswer},
)
async def sample_datastore(call: Call[None, SampleQuery]) -> SampleAnswer:
    """The first images of one folder, small."""
    from functions.datastores.troubles import as_conflict
    from functions.refresh.sample import look_at

    datastore = await load_datastore(storage(), call.params["name"])
    refuse_outside(datastore, call.query.prefix, "prefix")
    with as_conflict(datastore):
        return await look_at(storage(), datastore, call.query.prefix)


async def check_again(storage: Storage, datastore: str, now: datetime, by: ByWhom) -> None:
    """Checks the folders of projects that waited for their datastore."""
    for project in await list_projects(storage):
        is_waiting = (project.trouble or project.deferral) and project.status != "deleting" and not project.restoring
        if project.datastore == datastore and is_waiting:
            await end_pause(storage, project)
            await ask_for_refresh(storage, project.id, now, by)


credentials_changed.then(check_again)


@on_round("refresh_projects")
async def refresh_projects() -> None:
    """Starts every refresh that is due, and again previews whose messages were lost."""
    from functions.refresh.schedule import look_around

    await look_around(storage(), now())


@on_message(blueprint, "run_refreshes", REFRESHES_QUEUE)
async def run_refreshes(message: func.QueueMessage) -> None:
    """Runs the refresh that a message asks for."""
    from functions.refresh.run import RefreshWork

    await work_on(message, RefreshMessage, RefreshWork)


@on_message(blueprint, "prepare_packs", PREPARATIONS_QUEUE)
async def prepare_packs(message: func.QueueMessage) -> None:
    """Makes the previews of the pack that a message names."""
    from functions.refresh.packing import PreparationMessage
    from functions.refresh.prepare import prepare_pack

    await prepare_pack(storage(), read_message(PreparationMessage, message), now)
