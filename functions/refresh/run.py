"""Running a refresh: one at a time per project, within a time limit, with its record kept true."""

import logging
import time
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime, timedelta

from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import DatastoreTrouble, connect
from functions.datastores.listing import list_pages
from functions.datastores.model import Datastore
from functions.datastores.store import has_other_credentials, load_datastore
from functions.labeling.board import board_of
from functions.labeling.progress import read_progress
from functions.locks import LockedByOther, locked
from functions.problems import NotFound
from functions.projects.lifecycle import make_places
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.refresh.deferring import ask_for_deferred
from functions.refresh.ingest import Ingest, OutOfOrder, sorted_pages
from functions.refresh.packing import Packing, ask_again
from functions.refresh.schedule import tries_again
from functions.refresh.snapshot import Header, Snapshot, Tally, lock_blob, read_snapshot, write_snapshot
from functions.refresh.store import Kept, RefreshMessage, newest
from functions.refresh.troubles import emptied, note_failed_look, note_look, note_prepared, passed_over
from functions.storage import REFRESHES_QUEUE, Storage

TIME_LIMIT_SECONDS = 7 * 60
PAGE_SIZE = 5000
RETRY_SECONDS = 15
# The record is written at most so often while packs are, and at least so often while the listing goes on.
NOTED_SECONDS = (2.0, 60.0)

# An alert of the deployment looks for it in the log.
FAILED = "A refresh failed"

log = logging.getLogger(__name__)


async def run_refresh(storage: Storage, message: RefreshMessage, clock: Callable[[], datetime]) -> None:
    """Runs a refresh, or goes on with one. A message for what is gone or over ends quietly."""
    try:
        project = await load_project(storage, message.project_id)
    except NotFound:
        return
    if project.restoring:
        # It is a message of before: the project was deleted since, and comes back.
        return
    try:
        async with locked(lock_blob(storage, project.id)):
            kept = await newest(storage, project.id)
            if kept and kept.refresh.id == message.refresh_id and not kept.refresh.is_over:
                await Run(storage, project, kept, clock).go_on()
    except LockedByOther:
        await storage.send(REFRESHES_QUEUE, message, delay=RETRY_SECONDS)


async def give_up(storage: Storage, message: RefreshMessage, now: datetime) -> None:
    """Ends a refresh that fails for a reason of the service's own, again and again."""
    reason = "The service failed while it looked through the folder; its log says why. It is tried again by itself."
    kept = await newest(storage, message.project_id)
    if kept and kept.refresh.id == message.refresh_id and not kept.refresh.is_over:
        await _fail(storage, kept, reason, now)


async def _fail(storage: Storage, kept: Kept, reason: str, now: datetime) -> None:
    log.warning("%s in project %s: %s", FAILED, kept.project_id, reason)
    await note_failed_look(storage, kept.project_id, reason)
    failures = kept.refresh.failures + 1
    await kept.save(storage, status="failed", finished_at=now, touched_at=now, error=reason, failures=failures)


class Run:
    """One run of a refresh, under the project's lock. What it could not finish, the next one goes on with."""

    def __init__(self, storage: Storage, project: Project, kept: Kept, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._project = project
        self._kept = kept
        self._clock = clock
        self._board = board_of(storage, project)
        self._tally = Tally()
        self._began = self._noted = time.monotonic()

    async def go_on(self) -> None:
        project, now = self._project, self._clock()
        if project.status in ("creating", "failed"):
            await make_places(self._storage, project)
        started_at = self._kept.refresh.started_at or now
        await self._kept.save(self._storage, status="running", started_at=started_at, touched_at=now)
        try:
            is_finished = await self._look_through()
        except DatastoreTrouble as trouble:
            await _fail(self._storage, self._kept, trouble.reason, self._clock())
        except NotFound:
            await _fail(self._storage, self._kept, f"The datastore {project.datastore!r} is gone.", self._clock())
        else:
            await (self._complete() if is_finished else self._continue())

    async def _note_of_it(self, now: datetime) -> str | None:
        """What there is to say of the folder."""
        said = []
        if not self._tally.found:
            counts = (await read_progress(self._board, int(now.timestamp() * 1000))).counts
            said.append(emptied(counts.states["missing"]))
        if self._tally.kinds_passed_over:
            said.append(passed_over(self._tally.kinds_passed_over))
        return " ".join(said) or None

    async def _continue(self) -> None:
        await self._kept.save(self._storage, **vars(self._tally), touched_at=self._clock())
        message = RefreshMessage(project_id=self._project.id, refresh_id=self._kept.refresh.id)
        await self._storage.send(REFRESHES_QUEUE, message)

    async def _complete(self) -> None:
        """The record comes last: a run that is cut off before it is run again."""
        project = self._project
        now = self._clock()
        former = await note_look(self._storage, project.id, await self._note_of_it(now))
        was_stopped = former.preparing_trouble is not None and former.preparing_trouble.is_stopped
        asked = await ask_again(self._storage, project.id, self._board) if was_stopped else 0
        every = timedelta(minutes=self._storage.config.refresh_minutes)
        if was_stopped or tries_again(former, every, now):
            asked += await ask_for_deferred(self._storage, former, self._board, now)
        if was_stopped and not asked:
            # Nobody is asked to prepare anything, and would find that it works again.
            await note_prepared(self._storage, project.id)
        ended = {"status": "completed", "finished_at": now, "touched_at": now, "looked_at": now, "failures": 0}
        await self._kept.save(self._storage, **vars(self._tally), **ended)

    async def _look_through(self) -> bool:
        """Tells whether the listing was read to its end."""
        datastore = await load_datastore(self._storage, self._project.datastore)
        try:
            return await self._read(datastore)
        except DatastoreTrouble:
            if await has_other_credentials(self._storage, datastore):
                # They were changed meanwhile: the next message goes on with the new ones.
                return False
            raise

    async def _read(self, datastore: Datastore) -> bool:
        """Joins the listing with the snapshot. Tells whether the listing was read to its end."""
        async with (
            connect(self._storage, datastore) as client,
            read_snapshot(self._storage, self._project.id) as snapshot,
        ):
            if snapshot.header.is_sorted:
                try:
                    return await self._join(client, snapshot, is_sorted=True)
                except OutOfOrder:
                    log.info("project %s: the listing is not sorted by itself", self._project.id)
            return await self._join(client, snapshot, is_sorted=False)

    async def _join(self, client: ContainerClient, snapshot: Snapshot, *, is_sorted: bool) -> bool:
        project, unfinished, now = self._project, snapshot.header.unfinished, int(self._clock().timestamp() * 1000)
        if unfinished and unfinished.refresh != self._kept.refresh.id:
            unfinished = None
        if unfinished and is_sorted != snapshot.header.is_sorted:
            unfinished = unfinished.from_the_start()
        packing = Packing(self._storage, project.id, self._board, shuffled=project.order == "shuffled", now=now)
        ingest = Ingest(self._board, packing, snapshot, unfinished, now)
        self._tally = ingest.tally
        await ingest.begin()
        # Closed here, and not when it is collected: it holds a connection.
        listing = list_pages(client, project.prefix, PAGE_SIZE, unfinished.marker if unfinished else None)
        async with aclosing(listing):
            pages = listing if is_sorted else sorted_pages(listing, PAGE_SIZE, unfinished.last if unfinished else "")
            async for blobs, marker in pages:
                packs = packing.packs
                await ingest.stretch(blobs)
                await self._note(has_written=packing.packs > packs)
                if time.monotonic() - self._began > TIME_LIMIT_SECONDS and (marker or not is_sorted):
                    unfinished = await ingest.suspend(self._kept.refresh.id, marker)
                    await self._save(snapshot, ingest, Header(packing.packs, packing.tail, is_sorted, unfinished))
                    return False
        await ingest.finish()
        await self._save(snapshot, ingest, Header(packing.packs, packing.tail, is_sorted))
        return True

    async def _note(self, *, has_written: bool) -> None:
        since, (shortest, longest) = time.monotonic() - self._noted, NOTED_SECONDS
        if since > (shortest if has_written else longest):
            self._noted = time.monotonic()
            await self._kept.save(self._storage, **vars(self._tally), touched_at=self._clock())

    async def _save(self, snapshot: Snapshot, ingest: Ingest, header: Header) -> None:
        if ingest.has_changes or header != snapshot.header:
            await write_snapshot(self._storage, self._project.id, header, ingest.entries())
