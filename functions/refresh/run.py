"""Running a refresh: one at a time per project, within a time limit, with its record kept true."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from functions.datastores.connect import DatastoreTrouble, connect, list_pages
from functions.datastores.store import load_datastore
from functions.labeling.board import board_of
from functions.locks import LockedByOther, locked
from functions.problems import NotFound
from functions.projects.access import forget
from functions.projects.lifecycle import make_places
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.refresh.ingest import Ingest, OutOfOrder, Tally, sorted_pages
from functions.refresh.packing import Packing
from functions.refresh.snapshot import Header, lock_blob, open_snapshot
from functions.refresh.store import Refresh, RefreshMessage, load_refresh, save_refresh
from functions.storage import REFRESHES_QUEUE, Storage

TIME_LIMIT_SECONDS = 7 * 60
PAGE_SIZE = 5000
RETRY_SECONDS = 15
NO_IMAGES = "The folder has no images yet. A refresh takes in those that come."

log = logging.getLogger(__name__)


async def run_refresh(storage: Storage, message: RefreshMessage, clock: Callable[[], datetime]) -> None:
    """Runs a refresh, or goes on with one. A message for what is gone or done ends quietly."""
    try:
        project = await load_project(storage, message.project_id)
    except NotFound:
        return
    refresh = await load_refresh(storage, project.id, message.refresh_id)
    if refresh is None or refresh.status in ("completed", "failed"):
        return
    try:
        async with locked(lock_blob(storage, project.id)):
            await _run(storage, project, refresh, clock)
    except LockedByOther:
        await storage.send(REFRESHES_QUEUE, message, delay=RETRY_SECONDS)


async def _run(storage: Storage, project: Project, refresh: Refresh, clock: Callable[[], datetime]) -> None:
    await make_places(storage, project)
    now = clock()
    refresh = refresh.model_copy(
        update={"status": "running", "started_at": refresh.started_at or now, "touched_at": now}
    )
    await save_refresh(storage, project.id, refresh)
    try:
        tally, finished = await _look_through(storage, project, refresh, clock)
    except DatastoreTrouble as trouble:
        await _fail(storage, project, refresh, trouble.reason, clock())
        return
    except NotFound:
        await _fail(storage, project, refresh, f"The datastore {project.datastore!r} is gone.", clock())
        return
    refresh = refresh.model_copy(update={**vars(tally), "touched_at": clock()})
    if not finished:
        await save_refresh(storage, project.id, refresh)
        await storage.send(REFRESHES_QUEUE, RefreshMessage(project_id=project.id, refresh_id=refresh.id))
        return
    detail = None if tally.found else NO_IMAGES

    def note(current: Project) -> Project:
        status = "created" if current.status in ("creating", "failed") else current.status
        return current.model_copy(update={"status": status, "status_detail": detail, "looked_at": clock()})

    # The record comes last: a run that is cut off between the two is run again.
    await change_project(storage, project.id, note)
    forget(project.id)
    await save_refresh(storage, project.id, refresh.model_copy(update={"status": "completed", "finished_at": clock()}))


async def _fail(storage: Storage, project: Project, refresh: Refresh, reason: str, now: datetime) -> None:
    def note(current: Project) -> Project:
        status = "failed" if current.status == "creating" else current.status
        return current.model_copy(update={"status": status, "status_detail": reason})

    await change_project(storage, project.id, note)
    forget(project.id)
    failed = {"status": "failed", "finished_at": now, "touched_at": now, "error": reason}
    await save_refresh(storage, project.id, refresh.model_copy(update=failed))


async def _look_through(
    storage: Storage, project: Project, refresh: Refresh, clock: Callable[[], datetime]
) -> tuple[Tally, bool]:
    try:
        return await _join(storage, project, refresh, clock, sort=False)
    except OutOfOrder:
        log.info("project %s: the listing is not sorted, it is compared as a whole", project.id)
        return await _join(storage, project, refresh, clock, sort=True)


async def _join(
    storage: Storage, project: Project, refresh: Refresh, clock: Callable[[], datetime], *, sort: bool
) -> tuple[Tally, bool]:
    """Joins the listing with the snapshot. Gives what was found, and whether the listing was read to its end."""
    started = time.monotonic()
    board = board_of(storage, project)
    now = int(clock().timestamp() * 1000)
    packing = Packing(storage, project.id, board, shuffled=project.order == "shuffled", now=now)
    datastore = await load_datastore(storage, project.datastore)
    async with connect(storage, datastore) as client, open_snapshot(storage, project.id) as (reader, writer):
        marker = reader.header.marker
        resumed = marker is not None and not sort
        tally = (
            Tally(refresh.found, refresh.added, refresh.changed, refresh.missing, refresh.passed_over)
            if resumed
            else Tally()
        )
        if sort:
            reader.header = Header(reader.header.packs, reader.header.tail)
        if not resumed:
            await packing.ask_again()
        ingest = Ingest(board, packing, reader, writer, tally, now)
        await ingest.begin()
        pages = list_pages(client, project.prefix, PAGE_SIZE, None if sort else marker)
        async for blobs, following in sorted_pages(pages, PAGE_SIZE) if sort else pages:
            await ingest.stretch(blobs)
            await save_refresh(storage, project.id, refresh.model_copy(update={**vars(tally), "touched_at": clock()}))
            if following and time.monotonic() - started > TIME_LIMIT_SECONDS:
                await writer.save(storage, project.id, ingest.suspend(following))
                return tally, False
        await writer.save(storage, project.id, await ingest.finish())
    return tally, True


def utc_now() -> datetime:
    return datetime.now(UTC)
