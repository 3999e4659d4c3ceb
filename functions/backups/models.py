"""What callers send and get about backups and restorings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from functions.api import Input, Output
from functions.backups.manifest import FOLDER_PATTERN
from functions.backups.store import Backup, Restore

StatusWord = Literal["queued", "running", "completed", "failed"]


class BackupAnswer(Output):
    """A backup of a project: each pack of its images as it stood at one moment between startedAt and finishedAt.

    folder: where it is in the container `backups`. bytes: of all its blobs. by, byName: who asked for it.
    """

    id: str
    project_id: str
    project_name: str
    folder: str
    status: StatusWord
    progress: float = Field(ge=0, le=1)
    by: str | None
    by_name: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    images: int
    bytes: int
    error: str | None


class RestoreRequest(Input):
    """folder: of a backup, in this deployment's container `backups`: <project id>/<backup id>."""

    folder: str = Field(pattern=FOLDER_PATTERN)


class RestoreAnswer(Output):
    """The restoring of a project. notes: what is otherwise than it was, as another name where that was taken.
    by, byName: who asked for it."""

    id: str
    folder: str
    project_id: str
    project_name: str
    status: StatusWord
    progress: float = Field(ge=0, le=1)
    by: str | None
    by_name: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    images: int
    notes: Sequence[str]
    error: str | None


def backup_answer(backup: Backup) -> BackupAnswer:
    told = backup.model_dump(include=BackupAnswer.model_fields.keys() - {"folder", "created_at"})
    return BackupAnswer(**told, folder=backup.folder, created_at=backup.asked_at)


def restore_answer(restore: Restore) -> RestoreAnswer:
    told = restore.model_dump(include=RestoreAnswer.model_fields.keys() - {"created_at"})
    return RestoreAnswer(**told, created_at=restore.asked_at)
