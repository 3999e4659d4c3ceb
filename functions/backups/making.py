"""Making a backup: one at a time per project, part by part, its record kept true; the manifest is written last.

What was cut off goes on behind the last part that its checkpoint names.
"""

import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing

from azure.core.exceptions import ResourceNotFoundError

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
from functions.backups.store import BACKUP_LOCK, BACKUPS, Backup, BackupMessage, drop_folder
from functions.checks.store import CHECKS, Check
from functions.exports.store import EXPORTS, INDEX, Export
from functions.imports.store import IMPORTS, Import
from functions.labeling.board import board_of
from functions.longwork import Failed, Later, RecordedWork
from functions.places import Place
from functions.problems import NotFound
from functions.projects.store import load_project
from functions.refresh.snapshot import snapshot_blob
from functions.refresh.store import Refresh, list_refreshes
from functions.storage import BACKUPS_CONTAINER, BACKUPS_QUEUE, EXPORTS_CONTAINER

# Longer files cannot be copied in one run of a function.
MOST_COPIED_BYTES = 16 * 1024**3
AT_ONCE = 200
# Reading the packs is so much of the work.
READING = 0.8
GONE = "The project was deleted while it was backed up."


AnyRecord = Export | Import | Check | Refresh


class BackupWork(RecordedWork[BackupMessage, Backup]):
    """Makes a backup, or goes on with one."""

    queue, lock, records = BACKUPS_QUEUE, BACKUP_LOCK, BACKUPS
    given_up = "The backup could not be made. The reason is in the service's log; try again."

    async def load(self) -> bool:
        asked = self.message
        is_left = self.take(await BACKUPS.load(self.storage, asked.project_id, asked.backup_id))
        try:
            self.project = await load_project(self.storage, asked.project_id)
        except NotFound:
            # Unlike other work, its record outlives the project.
            if is_left:
                raise Failed(GONE) from None
        return is_left

    async def work(self) -> None:
        await self.begin()
        self._container = self.storage.container(BACKUPS_CONTAINER)
        self._prefix = f"{self.record.folder}/"
        self._place = Place(self._container.get_blob_client(self._prefix + CHECKPOINT), Checkpoint)
        self._done = await self._place.load() or Checkpoint()
        # Before the packs: what it knows must be in them.
        if not self._done.has_snapshot:
            await self._copy("snapshot", f"snapshot-{secrets.token_hex(4)}.jsonl.gz", None)
            self._done.has_snapshot = True
        await self._read_packs()
        await self._write_records()
        await self._copy_exports()
        begun_at = self.record.started_at or self.clock()
        manifest = await describe(self.storage, self.project.id, self._done, begun_at, self.clock)
        await self._container.upload_blob(self._prefix + MANIFEST, manifest, overwrite=True)
        names = {self._prefix + part.name for part in self._done.parts} | {self._prefix + MANIFEST}
        size = sum(part.bytes for part in self._done.parts) + len(manifest)
        # What attempts that were cut off have left, and the checkpoint.
        await drop_folder(self.storage, self.record.folder, keep=frozenset(names))
        total, now = hashlib.sha256(manifest).hexdigest(), self.clock()
        await self.note(status="completed", progress=1.0, finished_at=now, bytes=size, manifest=total)

    async def fail(self, reason: str) -> None:
        await self.clear()
        await super().fail(reason)

    async def clear(self) -> None:
        await drop_folder(self.storage, self.record.folder)

    async def _save(self, progress: float) -> None:
        """Writes down how far it is."""
        await self._place.save(self._done.model_dump_json())
        done = self._done
        await self.note(progress=round(progress, 3), packs=done.packs, images=done.images)
        if self.is_late:
            raise Later

    async def _read_packs(self) -> None:
        board, done = board_of(self.storage, self.project), self._done
        if done.is_read:
            return
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
                    await self._save(READING * min(done.next_pack / total, 1))
        await self._keep(lines)
        done.people, done.is_read = sorted(people), True
        await self._save(READING)

    async def _keep(self, lines: Lines) -> None:
        part = await lines.flush(len(self._done.parts))
        if part:
            self._done.parts.append(part)

    async def _write_records(self) -> None:
        """The records of exports, imports, checks and refreshes: few, or some tens of thousands after a year."""
        if self._done.has_records:
            return
        lines = Lines(self._container, self._prefix, "records")
        people, count = set(self._done.people), 0
        async for kind, record in self._records():
            lines.add(line_of({"kind": kind, "document": record.model_dump(mode="json")}))
            count += 1
            people |= _people_in(record)
            if lines.is_full:
                await self._keep(lines)
        await self._keep(lines)
        self._done.records, self._done.people, self._done.has_records = count, sorted(people), True
        await self._save(READING)

    async def _records(self) -> AsyncIterator[tuple[str, AnyRecord]]:
        kinds: dict[str, Callable[..., Awaitable[Sequence[AnyRecord]]]]
        kinds = {"export": EXPORTS.list, "import": IMPORTS.list, "check": CHECKS.list, "refresh": list_refreshes}
        for kind, read in kinds.items():
            after = ""
            while found := await read(self.storage, self.project.id, limit=AT_ONCE, after=after):
                for record in found:
                    yield kind, record
                after = found[-1].id

    async def _copy_exports(self) -> None:
        """The files of finished exports that have not expired, and the indexes of all of them."""
        copied = {part.name for part in self._done.parts}
        async for _, record in self._records():
            if not isinstance(record, Export):
                return
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
                await self._save(READING)

    async def _copy(self, kind: Kind, name: str, export: Export | None) -> None:
        """Copies what is there; what is not, as it was deleted since or never was, is not in the backup."""
        target = self._container.get_blob_client(self._prefix + name)
        file = name.rpartition("/")[2] if export else None
        source = snapshot_blob(self.storage, self.project.id)
        if export and file:
            source = self.storage.container(EXPORTS_CONTAINER).get_blob_client(export.blob(file))
        try:
            size, total = await copy(source, target)
        except ResourceNotFoundError:
            return
        identity = export.id if export else None
        self._done.parts.append(Part(kind=kind, name=name, bytes=size, sha256=total, export=identity, file=file))


def _people_in(record: AnyRecord) -> set[str]:
    """The user ids that a record names."""
    named = {record.by or ""}
    if isinstance(record, Check):
        named |= {record.labeler or "", *(drawn.labeler for drawn in record.images)}
    return named - {""}
