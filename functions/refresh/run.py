"""Running a refresh: one at a time per project, within a time limit, with its record kept true."""

import logging
import time
from contextlib import aclosing
from datetime import datetime, timedelta

from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import connect
from functions.datastores.listing import list_pages
from functions.datastores.model import Datastore
from functions.datastores.working import datastore_at_work
from functions.labeling.board import board_of
from functions.labeling.progress import read_progress
from functions.longwork import Later, LongWork
from functions.projects.lifecycle import make_places
from functions.projects.store import load_project
from functions.refresh.deferring import ask_for_deferred
from functions.refresh.ingest import Ingest, OutOfOrder, sorted_pages
from functions.refresh.packing import Packing, ask_again
from functions.refresh.schedule import tries_again
from functions.refresh.snapshot import Header, Snapshot, Tally, read_snapshot, write_snapshot
from functions.refresh.store import LOCK, Newest, RefreshMessage, newest
from functions.refresh.troubles import emptied, note_failed_look, note_look, note_prepared, passed_over
from functions.storage import REFRESHES_QUEUE

PAGE_SIZE = 5000
# The record is written at most so often while packs are, and at least so often while the listing goes on.
NOTED_SECONDS = (2.0, 60.0)

# An alert of the deployment looks for it in the log.
FAILED = "A refresh failed"

log = logging.getLogger(__name__)


class RefreshWork(LongWork[RefreshMessage]):
    """Runs a refresh, or goes on with one. Its record is that of the project's newest refresh, which is read under the
    lock: only then does it tell which one that is.
    """

    queue, lock, retry_seconds = REFRESHES_QUEUE, LOCK, 15
    given_up = "The service failed while it looked through the folder; its log says why. It is tried again by itself."

    async def load(self) -> bool:
        self.project = await load_project(self.storage, self.message.project_id)
        # Being restored, it was deleted since the message was sent.
        return not self.project.restoring

    async def _own(self) -> Newest | None:
        """The record, where it is this refresh's and not over."""
        kept = await newest(self.storage, self.project.id)
        return kept if kept and kept.refresh.id == self.message.refresh_id and not kept.refresh.is_over else None

    async def fail(self, reason: str) -> None:
        if kept := await self._own():
            log.warning("%s in project %s: %s", FAILED, kept.project_id, reason)
            await note_failed_look(self.storage, kept.project_id, reason)
            failures, now = kept.refresh.failures + 1, self.clock()
            ended = {"finished_at": now, "touched_at": now, "error": reason, "failures": failures}
            await kept.save(self.storage, status="failed", **ended)

    async def work(self) -> None:
        kept = await self._own()
        if kept is None:
            return
        self._kept = kept
        self._board = board_of(self.storage, self.project)
        self._tally, self._noted = Tally(), time.monotonic()
        if self.project.status in ("creating", "failed"):
            await make_places(self.storage, self.project)
        now = self.clock()
        started_at = kept.refresh.started_at or now
        await kept.save(self.storage, status="running", started_at=started_at, touched_at=now)
        try:
            async with datastore_at_work(self.storage, self.project.datastore) as datastore:
                await self._read(datastore)
        except Later:
            await self._keep()
            raise
        await self._complete()

    async def _keep(self) -> None:
        self._noted = time.monotonic()
        await self._kept.save(self.storage, **vars(self._tally), touched_at=self.clock())

    async def _note_of_it(self, now: datetime) -> str | None:
        """What there is to say of the folder."""
        said = []
        if not self._tally.found:
            counts = (await read_progress(self._board, int(now.timestamp() * 1000))).counts
            said.append(emptied(counts.states["missing"]))
        if self._tally.kinds_passed_over:
            said.append(passed_over(self._tally.kinds_passed_over))
        return " ".join(said) or None

    async def _complete(self) -> None:
        """The record comes last: a run that is cut off before it is run again."""
        project = self.project
        now = self.clock()
        former = await note_look(self.storage, project.id, await self._note_of_it(now))
        was_stopped = former.preparing_trouble is not None and former.preparing_trouble.is_stopped
        asked = await ask_again(self.storage, project.id, self._board) if was_stopped else 0
        every = timedelta(minutes=self.storage.config.refresh_minutes)
        if was_stopped or tries_again(former, every, now):
            asked += await ask_for_deferred(self.storage, former, self._board, now)
        if was_stopped and not asked:
            # Nobody is asked to prepare anything, and would find that it works again.
            await note_prepared(self.storage, project.id)
        ended = {"status": "completed", "finished_at": now, "touched_at": now, "looked_at": now, "failures": 0}
        await self._kept.save(self.storage, **vars(self._tally), **ended)

    async def _read(self, datastore: Datastore) -> None:
        """Joins the listing with the snapshot."""
        async with (
            connect(self.storage, datastore) as client,
            read_snapshot(self.storage, self.project.id) as snapshot,
        ):
            if snapshot.header.is_sorted:
                try:
                    return await self._join(client, snapshot, is_sorted=True)
                except OutOfOrder:
                    log.info("project %s: the listing is not sorted by itself", self.project.id)
            return await self._join(client, snapshot, is_sorted=False)

    async def _join(self, client: ContainerClient, snapshot: Snapshot, *, is_sorted: bool) -> None:
        project, unfinished, now = self.project, snapshot.header.unfinished, int(self.clock().timestamp() * 1000)
        if unfinished and unfinished.refresh != self._kept.refresh.id:
            unfinished = None
        if unfinished and is_sorted != snapshot.header.is_sorted:
            unfinished = unfinished.from_the_start()
        packing = Packing(self.storage, project.id, self._board, shuffled=project.order == "shuffled", now=now)
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
                if self.is_late and (marker or not is_sorted):
                    unfinished = await ingest.suspend(self._kept.refresh.id, marker)
                    await self._save(snapshot, ingest, Header(packing.packs, packing.tail, is_sorted, unfinished))
                    raise Later
        await ingest.finish()
        await self._save(snapshot, ingest, Header(packing.packs, packing.tail, is_sorted))

    async def _note(self, *, has_written: bool) -> None:
        since, (shortest, longest) = time.monotonic() - self._noted, NOTED_SECONDS
        if since > (shortest if has_written else longest):
            await self._keep()

    async def _save(self, snapshot: Snapshot, ingest: Ingest, header: Header) -> None:
        if ingest.has_changes or header != snapshot.header:
            await write_snapshot(self.storage, self.project.id, header, ingest.entries())
