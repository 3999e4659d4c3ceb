"""The records of backups and of restorings, newest first, in the service's table.

Those of backups outlive their project: a backup is kept until it is deleted itself.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from functions.hooks import project_dropped
from functions.identity import ByWhom
from functions.ids import newest_first_id
from functions.locks import drop_lock
from functions.projects.model import Project
from functions.records import Records, Work
from functions.storage import BACKUPS_CONTAINER, BACKUPS_QUEUE, RESTORES_QUEUE, Storage, unless_gone

BACKUP_LOCK, RESTORE_LOCK = "backups.lock", "restore.lock"

Status = Literal["queued", "running", "completed", "failed"]


class ProjectWork(Work, BaseModel):
    """What backups and restorings have in common. progress: 0 to 1. error: why it failed, in words."""

    project_name: str
    status: Status = "queued"
    progress: float = 0.0
    error: str | None = None


class Backup(ProjectWork):
    """One backup of a project. bytes: of all its blobs. manifest: the SHA-256 of its, by which it is known to be what
    was made here; None where it was made before that was kept. renewed: the sum of one that is about to take its place.
    """

    packs: int = 0
    images: int = 0
    bytes: int = 0
    manifest: str | None = None
    renewed: str | None = None

    @property
    def folder(self) -> str:
        return f"{self.project_id}/{self.id}"


class Restore(ProjectWork):
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


class BackupMessage(BaseModel):
    """Asks for a backup to be made, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    backup_id: str


class RestoreMessage(BaseModel):
    """Asks for a restoring to be done, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    restore_id: str


BACKUPS = Records(Backup, "backup", "backup")
RESTORES = Records(Restore, "restore", "restoring", of_all=True)


async def ask_for_backup(storage: Storage, project: Project, now: datetime, by: ByWhom) -> Backup:
    identity, told = newest_first_id(now), by.model_dump()
    backup = Backup(id=identity, project_id=project.id, project_name=project.name, asked_at=now, **told)
    await BACKUPS.insert(storage, backup)
    await storage.send(BACKUPS_QUEUE, BackupMessage(project_id=project.id, backup_id=backup.id))
    return backup


async def send_restore(storage: Storage, restore: Restore) -> None:
    await storage.send(RESTORES_QUEUE, RestoreMessage(restore_id=restore.id))


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


async def drop_locks(storage: Storage, project_id: str) -> None:
    """What is made of a deleted project, or of which it is made, ends."""
    await drop_lock(storage, project_id, BACKUP_LOCK)
    await drop_lock(storage, project_id, RESTORE_LOCK)


project_dropped.then(drop_locks)
