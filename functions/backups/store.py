"""The records of backups and of restorings, newest first, in the service's table.

Those of backups outlive their project: a backup is kept until it is deleted itself.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from functions.hooks import project_dropped
from functions.identity import ByWhom
from functions.locks import break_lock
from functions.records import list_records, load_record, read_record, record_row, save_record
from functions.storage import (
    BACKUPS_CONTAINER,
    BACKUPS_QUEUE,
    RESTORES_QUEUE,
    SNAPSHOTS_CONTAINER,
    Storage,
    unless_gone,
)

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient

RESTORES = "restore"

Status = Literal["queued", "running", "completed", "failed"]


class Work(ByWhom, BaseModel):
    """What backups and restorings have in common. progress: 0 to 1. touched_at: when it was last written by who works
    on it. error: why it failed, in words.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    project_id: str
    project_name: str
    status: Status = "queued"
    progress: float = 0.0
    asked_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    error: str | None = None

    @property
    def is_over(self) -> bool:
        return self.status in ("completed", "failed")

    @property
    def partition(self) -> str:
        raise NotImplementedError


class Backup(Work):
    """One backup of a project. bytes: of all its blobs. manifest: the SHA-256 of its, by which it is known to be what
    was made here; None where it was made before that was kept. renewed: the sum of one that is about to take its place.
    """

    packs: int = 0
    images: int = 0
    bytes: int = 0
    manifest: str | None = None
    renewed: str | None = None

    @property
    def partition(self) -> str:
        return f"backup|{self.project_id}"

    @property
    def folder(self) -> str:
        return f"{self.project_id}/{self.id}"


class Restore(Work):
    """One restoring. manifest: the SHA-256 of its folder's. people: who is let in, by the names in it. next_part: all
    parts before it are in; last_pack: the number of the last pack of those. images: how many are in. notes: what is
    otherwise than it was.
    """

    folder: str
    manifest: str
    people: tuple[str, ...] = ()
    next_part: int = 0
    last_pack: int = -1
    packs: int = 0
    images: int = 0
    records: int = 0
    notes: tuple[str, ...] = ()

    @property
    def partition(self) -> str:
        return RESTORES


class BackupMessage(BaseModel):
    """Asks for a backup to be made, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    backup_id: str


class RestoreMessage(BaseModel):
    """Asks for a restoring to be done, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    restore_id: str


def _row(work: Work) -> dict[str, Any]:
    return record_row(work.partition, work.id, work)


async def insert_work(storage: Storage, work: Work) -> None:
    await storage.service_table.insert(_row(work))


async def save_work(storage: Storage, work: Work, etag: str | None = None) -> str:
    """As save_record."""
    return await save_record(storage, _row(work), etag)


async def load_backup(storage: Storage, project_id: str, backup_id: str) -> Backup:
    """Raises NotFound."""
    return await load_record(storage, Backup, f"backup|{project_id}", backup_id, "backup")


async def load_restore(storage: Storage, restore_id: str) -> Restore:
    """Raises NotFound."""
    return await load_record(storage, Restore, RESTORES, restore_id, "restoring")


async def list_backups(storage: Storage, project_id: str, *, limit: int, after: str = "") -> list[Backup]:
    """At most `limit` backups that come after the given id, newest first; those of a deleted project too."""
    return await list_records(storage, Backup, f"backup|{project_id}", limit=limit, after=after)


async def all_backups(storage: Storage) -> list[Backup]:
    """The backups of all projects."""
    text, between = "PartitionKey ge @first and PartitionKey lt @last", {"first": "backup|", "last": "backup}"}
    return [read_record(Backup, row) async for row in storage.service_table.query(text, **between)]


async def list_restores(storage: Storage, *, limit: int, after: str = "") -> list[Restore]:
    return await list_records(storage, Restore, RESTORES, limit=limit, after=after)


async def send_backup(storage: Storage, backup: Backup, *, delay: int = 0) -> None:
    message = BackupMessage(project_id=backup.project_id, backup_id=backup.id)
    await storage.send(BACKUPS_QUEUE, message, delay=delay)


async def send_restore(storage: Storage, restore: Restore, *, delay: int = 0) -> None:
    await storage.send(RESTORES_QUEUE, RestoreMessage(restore_id=restore.id), delay=delay)


async def drop_record(storage: Storage, work: Work) -> None:
    await storage.service_table.delete(work.partition, work.id)


async def drop_folder(storage: Storage, folder: str, keep: frozenset[str] = frozenset()) -> int:
    """Deletes the blobs of a backup but those named, the manifest first: without it there is no backup. Gives how
    many there were.
    """
    container = storage.container(BACKUPS_CONTAINER)
    names = [name async for name in container.list_blob_names(name_starts_with=f"{folder}/")]
    dropped = sorted((name for name in names if name not in keep), key=lambda name: not name.endswith("/manifest.json"))
    for name in dropped:
        await unless_gone(container.delete_blob, name)
    return len(dropped)


def backup_lock(storage: Storage, project_id: str) -> "BlobClient":
    """The blob whose lease lets one backup of the project be made at a time."""
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(f"{project_id}.backups.lock")


def restore_lock(storage: Storage, project_id: str) -> "BlobClient":
    """The blob whose lease lets the project be restored by one at a time."""
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(f"{project_id}.restore.lock")


async def drop_locks(storage: Storage, project_id: str) -> None:
    """What is made of a deleted project, or of which it is made, ends."""
    for lock in (backup_lock(storage, project_id), restore_lock(storage, project_id)):
        await break_lock(lock)
        await unless_gone(lock.delete_blob)


project_dropped.then(drop_locks)
