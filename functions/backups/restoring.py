"""Restoring a project, part by part, its record kept true. Until all is in, nobody but the service's administrators
sees the project, and nobody can change it.

Rows are only ever inserted, with what the parts say, so whoever comes twice, or too late, changes nothing. The
directory is not part of a backup: it is made anew from the heads, and so keeps its one rule. Previews are made anew as
well, from the images themselves: every image that had one is marked as having none yet, which changes no label and no
figure, and is shown and handed out as soon as it has one again.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing, suppress
from datetime import datetime
from typing import Any

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from functions.backups import service_rows
from functions.backups.asking import load_manifest
from functions.backups.checking import Pack, check_snapshot, read_pack, read_record
from functions.backups.files import Damaged, copy, read_lines
from functions.backups.heads import as_restored, make_directory
from functions.backups.manifest import Manifest, Part
from functions.backups.rows import packs_of
from functions.backups.store import (
    Restore,
    RestoreMessage,
    load_restore,
    restore_lock,
    save_work,
    send_restore,
)
from functions.exports.store import Export
from functions.labeling.board import Board, board_of, forget_board, make_board
from functions.locks import LockedByOther, locked
from functions.problems import NotFound
from functions.projects.access import forget
from functions.projects.lifecycle import drop_project, make_places
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.refresh.packing import WRITES_AT_ONCE, ask_again
from functions.refresh.snapshot import read_snapshot, snapshot_blob
from functions.refresh.store import Refresh, put_refreshes
from functions.storage import BACKUPS_CONTAINER, EXPORTS_CONTAINER, Storage

TIME_LIMIT_SECONDS = 7 * 60
RETRY_SECONDS = 5
AT_ONCE = 100
# Storage takes its time to delete a table or a container; so long its name is taken.
NOT_YET_SECONDS = 15
BEING_DELETED = ("TableBeingDeleted", "ContainerBeingDeleted")
GIVEN_UP = "The project could not be restored. The reason is in the service's log; ask for it again, or delete it."

Clock = Callable[[], datetime]


async def restore_project(
    storage: Storage, message: RestoreMessage, clock: Clock, time_limit: float = TIME_LIMIT_SECONDS
) -> None:
    """Restores a project, or goes on with one. A message for what is gone or over ends quietly."""
    restore = await _load(storage, message)
    if restore is None:
        return
    try:
        project = await load_project(storage, restore.project_id)
        async with locked(restore_lock(storage, project.id)):
            if not await _Restoring(storage, restore, clock, time.monotonic() + time_limit).run(project):
                await send_restore(storage, restore)
    except Damaged as damaged:
        await _fail(storage, restore, damaged.reason, clock())
    except LockedByOther:
        await send_restore(storage, restore, delay=RETRY_SECONDS)
    except (NotFound, HttpResponseError) as error:
        if await _is_gone(storage, restore):
            await _end_without(storage, restore, clock())
        elif isinstance(error, NotFound):
            await _fail(storage, restore, error.detail, clock())
        elif getattr(error, "error_code", None) in BEING_DELETED:
            await send_restore(storage, restore, delay=NOT_YET_SECONDS)
        else:
            raise


async def give_up(storage: Storage, message: RestoreMessage, clock: Clock) -> None:
    """Marks a restoring failed that could not be done however often it was tried."""
    restore = await _load(storage, message)
    if restore:
        await _fail(storage, restore, GIVEN_UP, clock())


async def _load(storage: Storage, message: RestoreMessage) -> Restore | None:
    try:
        restore = await load_restore(storage, message.restore_id)
    except NotFound:
        return None
    return None if restore.is_over else restore


async def _is_gone(storage: Storage, restore: Restore) -> bool:
    try:
        await load_project(storage, restore.project_id)
    except NotFound:
        return True
    return False


async def _end_without(storage: Storage, restore: Restore, now: datetime) -> None:
    """The project was deleted meanwhile: what was written since goes as well."""
    with suppress(NotFound, Damaged):
        manifest, _ = await load_manifest(storage, restore.folder)
        await drop_project(storage, manifest.project.model_copy(update={"has_former_ids": True}))
    reason = "The project was deleted while it was restored."
    await save_work(storage, restore.model_copy(update={"status": "failed", "finished_at": now, "error": reason}))


async def _fail(storage: Storage, restore: Restore, reason: str, now: datetime) -> None:
    def note(project: Project) -> Project:
        if project.restoring != restore.id:
            return project
        return project.model_copy(update={"status": "failed", "refresh_trouble": reason})

    current = await load_restore(storage, restore.id)
    await save_work(storage, current.model_copy(update={"status": "failed", "finished_at": now, "error": reason}))
    try:
        await change_project(storage, restore.project_id, note)
    except NotFound:
        return
    forget(restore.project_id)


class _Restoring:
    """One invocation's work, under the project's lock."""

    def __init__(self, storage: Storage, restore: Restore, clock: Clock, deadline: float) -> None:
        self._storage = storage
        self._restore = restore
        self._clock = clock
        self._deadline = deadline
        self._etag: str | None = None
        self._container = storage.container(BACKUPS_CONTAINER)
        self._prefix = f"{restore.folder}/"

    async def run(self, project: Project) -> bool:
        """Restores the project. False: the time was over before."""
        await self._note(status="running", started_at=self._restore.started_at or self._clock())
        manifest, total = await load_manifest(self._storage, self._restore.folder)
        if total != self._restore.manifest:
            raise Damaged("The manifest has changed since the restoring was asked for.")
        if project.restoring == self._restore.id:
            await make_places(self._storage, project)
            # Not the one that this process may have of the project as it was before it was deleted.
            board = make_board(self._storage.tables.table(project.images_table))
            if not await self._take_parts(manifest, board):
                return False
            await make_directory(board, self._restore.last_pack, self._clock())
            await service_rows.put_people(self._storage, manifest, self._restore.people)
            await self._open(project, manifest)
        await ask_again(self._storage, project.id, board_of(self._storage, project))
        await self._note(status="completed", progress=1.0, finished_at=self._clock())
        return True

    async def _note(self, **changes: Any) -> None:
        self._restore = self._restore.model_copy(update=changes)
        self._etag = await save_work(self._storage, self._restore, self._etag)

    async def _take_parts(self, manifest: Manifest, board: Board) -> bool:
        for number, part in enumerate(manifest.parts):
            if number < self._restore.next_part:
                continue
            done = self._restore
            match part.kind:
                case "images":
                    done = await self._take_packs(manifest, part, board)
                case "records":
                    done = await self._take_records(manifest, part)
                case "snapshot":
                    await self._take_snapshot(manifest, part)
                case "export":
                    container = self._storage.container(EXPORTS_CONTAINER)
                    await self._copy(
                        part, container.get_blob_client(f"{manifest.project.id}/{part.export}/{part.file}")
                    )
            # Whoever has deleted the project meanwhile wants nothing more of it.
            await load_project(self._storage, manifest.project.id)
            self._restore = done
            await self._note(next_part=number + 1, progress=round(0.95 * (number + 1) / len(manifest.parts), 3))
            if time.monotonic() > self._deadline:
                return False
        found = (self._restore.packs, self._restore.images, self._restore.records)
        if found != (manifest.counts.packs, manifest.counts.images, manifest.counts.records):
            raise Damaged("The parts do not hold what the manifest says.")
        return True

    async def _copy(self, part: Part, target: Any) -> None:
        try:
            await copy(self._container.get_blob_client(self._prefix + part.name), target, part)
        except ResourceNotFoundError:
            raise Damaged(f"{part.name} is missing.") from None

    async def _take_snapshot(self, manifest: Manifest, part: Part) -> None:
        await self._copy(part, snapshot_blob(self._storage, manifest.project.id))
        try:
            async with read_snapshot(self._storage, manifest.project.id) as snapshot:
                await asyncio.to_thread(check_snapshot, snapshot, manifest.project, manifest.counts.images)
        except ValueError:
            raise Damaged(f"{part.name} is not one that this service has written.") from None

    async def _take_packs(self, manifest: Manifest, part: Part, board: Board) -> Restore:
        done, waiting = self._restore, list[Pack]()

        async def write() -> None:
            await asyncio.gather(*(_put_back(board, pack) for pack in waiting))
            waiting.clear()

        async with aclosing(packs_of(read_lines(self._container, self._prefix, part))) as found:
            async for rows in found:
                pack = await asyncio.to_thread(read_pack, rows, manifest.project)
                if pack.number <= done.last_pack:
                    raise Damaged(f"Pack {pack.number:06} is there twice, or not in its place.")
                update = {"last_pack": pack.number, "packs": done.packs + 1, "images": done.images + len(pack.images)}
                done = done.model_copy(update=update)
                waiting.append(pack)
                if len(waiting) == WRITES_AT_ONCE:
                    await write()
        await write()
        return done

    async def _take_records(self, manifest: Manifest, part: Part) -> Restore:
        count, name = self._restore.records, self._restore.project_name
        refreshes: list[Refresh] = []
        async with aclosing(read_lines(self._container, self._prefix, part)) as found:
            async for row in found:
                record = read_record(row, manifest.project)
                count += 1
                if isinstance(record, Refresh):
                    if refreshes and record.id <= refreshes[-1].id:
                        raise Damaged("There is a record twice, or not in its place.")
                    refreshes.append(record)
                    if len(refreshes) == AT_ONCE:
                        await put_refreshes(self._storage, manifest.project.id, refreshes)
                        refreshes = []
                    continue
                if isinstance(record, Export):
                    record = record.model_copy(update={"project_name": name})
                await service_rows.put_record(self._storage, record, self._clock())
        await put_refreshes(self._storage, manifest.project.id, refreshes)
        return self._restore.model_copy(update={"records": count})

    async def _open(self, project: Project, manifest: Manifest) -> None:
        """From now on it is a project like any other."""

        def whole(current: Project) -> Project:
            return manifest.project.model_copy(
                update={
                    "name": current.name,
                    "dataset": current.dataset,
                    "datastore": current.datastore,
                    "preparing_trouble": None,
                    "assist_trouble": None,
                    "has_former_ids": True,
                    "restoring": None,
                }
            )

        forget_board(self._storage, project.id)
        await change_project(self._storage, project.id, whole)
        forget(project.id)


async def _put_back(board: Board, pack: Pack) -> None:
    await board.rows.put_back(pack.number, as_restored(pack.head), pack.images, pack.records)
    if pack.suggestions:
        await board.suggestions.add_imported(pack.number, pack.suggestions)
