"""Making a backup: one at a time per project, part by part, its record kept true; the manifest is written last.

What was cut off goes on behind the last part that its checkpoint names.
"""

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from pydantic import BaseModel

from functions.backups.describing import Checkpoint, describe
from functions.backups.files import Lines, copy
from functions.backups.manifest import (
    CHECKPOINT,
    MANIFEST,
    Kind,
    Part,
    line_of,
)
from functions.backups.rows import people_in, read_packs
from functions.backups.store import (
    Backup,
    BackupMessage,
    backup_lock,
    drop_folder,
    load_backup,
    save_work,
    send_backup,
)
from functions.exports.store import INDEX, Export, list_exports
from functions.imports.store import list_imports
from functions.labeling.board import board_of
from functions.locks import LockedByOther, locked
from functions.places import Place
from functions.problems import NotFound
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.refresh.snapshot import snapshot_blob
from functions.refresh.store import list_refreshes
from functions.storage import BACKUPS_CONTAINER, EXPORTS_CONTAINER, Storage

TIME_LIMIT_SECONDS = 7 * 60
RETRY_SECONDS = 5
# Longer files cannot be copied in one run of a function.
MOST_COPIED_BYTES = 16 * 1024**3
AT_ONCE = 200
# Reading the packs is so much of the work.
READING = 0.8
GIVEN_UP = "The backup could not be made. The reason is in the service's log; try again."
GONE = "The project was deleted while it was backed up."

Clock = Callable[[], datetime]


async def make_backup(
    storage: Storage, message: BackupMessage, clock: Clock, time_limit: float = TIME_LIMIT_SECONDS
) -> None:
    """Makes a backup, or goes on with one. A message for what is gone or over ends quietly."""
    backup = await _load(storage, message)
    if backup is None:
        return
    try:
        project = await load_project(storage, message.project_id)
        async with locked(backup_lock(storage, project.id)):
            if not await _Making(storage, project, backup, clock, time.monotonic() + time_limit).run():
                await send_backup(storage, backup)
    except LockedByOther:
        await send_backup(storage, backup, delay=RETRY_SECONDS)
    except (NotFound, ResourceNotFoundError) as error:
        if await _load(storage, message) is None:
            await drop_folder(storage, backup.folder)
        elif await _is_gone(storage, message.project_id):
            await _fail(storage, backup, GONE, clock())
        elif isinstance(error, NotFound):
            await _fail(storage, backup, error.detail, clock())
        else:
            raise


async def give_up(storage: Storage, message: BackupMessage, clock: Clock) -> None:
    """Marks a backup failed that could not be made however often it was tried."""
    backup = await _load(storage, message)
    if backup:
        await _fail(storage, backup, GIVEN_UP, clock())


async def _load(storage: Storage, message: BackupMessage) -> Backup | None:
    try:
        backup = await load_backup(storage, message.project_id, message.backup_id)
    except NotFound:
        return None
    return None if backup.is_over else backup


async def _is_gone(storage: Storage, project_id: str) -> bool:
    try:
        await load_project(storage, project_id)
    except NotFound:
        return True
    return False


async def _fail(storage: Storage, backup: Backup, reason: str, now: datetime) -> None:
    await drop_folder(storage, backup.folder)
    await save_work(storage, backup.model_copy(update={"status": "failed", "finished_at": now, "error": reason}))


class _Making:
    """One invocation's work, under the project's lock."""

    def __init__(self, storage: Storage, project: Project, backup: Backup, clock: Clock, deadline: float) -> None:
        self._storage = storage
        self._project = project
        self._backup = backup
        self._clock = clock
        self._deadline = deadline
        self._etag: str | None = None
        self._container = storage.container(BACKUPS_CONTAINER)
        self._prefix = f"{backup.folder}/"
        self._place = Place(self._container.get_blob_client(self._prefix + CHECKPOINT), Checkpoint)
        self._done = Checkpoint()

    async def run(self) -> bool:
        """Makes the backup. False: the time was over before."""
        begun_at = self._backup.started_at or self._clock()
        await self._note(status="running", started_at=begun_at)
        self._done = await self._place.load() or Checkpoint()
        # Before the packs: what it knows must be in them.
        if not self._done.has_snapshot:
            await self._copy("snapshot", f"snapshot-{secrets.token_hex(4)}.jsonl.gz", None)
            self._done.has_snapshot = True
        for step in (self._read_packs, self._write_records, self._copy_exports):
            if not await step():
                return False
        manifest = await describe(self._storage, self._project.id, self._done, begun_at, self._clock)
        await self._container.upload_blob(self._prefix + MANIFEST, manifest, overwrite=True)
        names = {self._prefix + part.name for part in self._done.parts} | {self._prefix + MANIFEST}
        size = sum(part.bytes for part in self._done.parts) + len(manifest)
        # What attempts that were cut off have left, and the checkpoint.
        await drop_folder(self._storage, self._backup.folder, keep=frozenset(names))
        total = hashlib.sha256(manifest).hexdigest()
        await self._note(status="completed", progress=1.0, finished_at=self._clock(), bytes=size, manifest=total)
        return True

    async def _note(self, **changes: Any) -> None:
        self._backup = self._backup.model_copy(update=changes)
        self._etag = await save_work(self._storage, self._backup, self._etag)

    async def _save(self, progress: float) -> bool:
        """Writes down how far it is. False: the time is over."""
        await self._place.save(self._done.model_dump_json())
        done = self._done
        await self._note(progress=round(progress, 3), packs=done.packs, images=done.images)
        return time.monotonic() < self._deadline

    async def _read_packs(self) -> bool:
        board, done = board_of(self._storage, self._project), self._done
        if done.is_read:
            return True
        total = max(1, sum(len(known.letters) for known in await board.directory.ranges(fresh=True)))
        lines, people = Lines(self._container, self._prefix, "images"), set(done.people)
        async with aclosing(read_packs(board.table, done.next_pack)) as found:
            async for pack, rows in found:
                for row in rows:
                    lines.add(line_of(row))
                people |= people_in(rows)
                done.packs += 1
                done.images += len(rows[0]["states"])
                done.next_pack = pack + 1
                if lines.is_full:
                    await self._keep(lines)
                    done.people = sorted(people)
                    if not await self._save(READING * min(done.next_pack / total, 1)):
                        return False
        await self._keep(lines)
        done.people, done.is_read = sorted(people), True
        return await self._save(READING)

    async def _keep(self, lines: Lines) -> None:
        part = await lines.flush(len(self._done.parts))
        if part:
            self._done.parts.append(part)

    async def _write_records(self) -> bool:
        """The records of exports, imports and refreshes: few, or some tens of thousands after a year."""
        if self._done.has_records:
            return True
        lines = Lines(self._container, self._prefix, "records")
        people, count = set(self._done.people), 0
        async for kind, record in self._records():
            lines.add(line_of({"kind": kind, "document": record.model_dump(mode="json")}))
            count += 1
            if by := getattr(record, "by", None):
                people.add(by)
            if lines.is_full:
                await self._keep(lines)
        await self._keep(lines)
        self._done.records, self._done.people, self._done.has_records = count, sorted(people), True
        return await self._save(READING)

    async def _records(self) -> AsyncIterator[tuple[str, BaseModel]]:
        for kind, read in (("export", list_exports), ("import", list_imports)):
            after = ""
            while found := await read(self._storage, self._project.id, limit=AT_ONCE, after=after):
                for record in found:
                    yield kind, record
                after = found[-1].id
        after = ""
        while refreshes := await list_refreshes(self._storage, self._project.id, limit=AT_ONCE, after=after):
            for refresh in refreshes:
                yield "refresh", refresh
            after = refreshes[-1].id

    async def _copy_exports(self) -> bool:
        """The files of finished exports that have not expired, and the indexes of all of them."""
        copied = {part.name for part in self._done.parts}
        async for _, record in self._records():
            if not isinstance(record, Export):
                return True
            if record.status != "completed":
                continue
            for file in (*record.files, None):
                name = f"exports/{record.id}/{file.name if file else INDEX}"
                if name in copied or name in self._done.left_out:
                    continue
                if file and file.bytes > MOST_COPIED_BYTES:
                    self._done.left_out.append(name)
                else:
                    await self._copy("export", name, record)
                if not await self._save(READING):
                    return False
        return True

    async def _copy(self, kind: Kind, name: str, export: Export | None) -> None:
        """Copies what is there; what is not, as it was deleted since or never was, is not in the backup."""
        target = self._container.get_blob_client(self._prefix + name)
        file = name.rpartition("/")[2] if export else None
        source = snapshot_blob(self._storage, self._project.id)
        if export and file:
            source = self._storage.container(EXPORTS_CONTAINER).get_blob_client(export.blob(file))
        try:
            size, total = await copy(source, target)
        except ResourceNotFoundError:
            return
        identity = export.id if export else None
        self._done.parts.append(Part(kind=kind, name=name, bytes=size, sha256=total, export=identity, file=file))
