"""What callers send and get about backups and restorings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from functions.backups.manifest import FOLDER_PATTERN, SignInName
from functions.backups.store import Backup, Restore
from functions.http.wire import Input, Output
from functions.projects.wire import RoleWord

MOST_PEOPLE = 10_000

What = Literal["name", "folder", "labels", "mergedLabels", "instructions", "images", "members"]
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


class PreviewRequest(Input):
    """folder: of a backup, in this deployment's container `backups`: <project id>/<backup id>."""

    folder: str = Field(pattern=FOLDER_PATTERN)


class RestoreRequest(PreviewRequest):
    """What is accepted, as the preview told it: manifest: its sum; people: the members who are let in, by their
    signInName; address: where the images lie here, where that is not known. What is not named is not accepted: nobody
    is let in, and a folder that is not known here is not opened.
    """

    manifest: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    people: list[SignInName] = Field(default=[], max_length=MOST_PEOPLE)
    address: str | None = Field(default=None, max_length=4000)


class BackedMemberAnswer(Output):
    """A member as the backup says. knownAs: the sign-in name under which that person has signed in here, who would be
    let in; null where it is whoever signs in by the name first. roleNow: theirs in the project that is there; null
    where they are no member of it, or there is none.
    """

    sign_in_name: str
    role: RoleWord
    known_as: str | None
    role_now: RoleWord | None


class PreviewedAddress(Output):
    """Where the project's images lie. was: the folder's address, as the backup says; here: by the datastore of that
    name here, null where there is none. known: it is where it was, and a dataset here is that folder; else it has to be
    accepted.
    """

    datastore: str
    prefix: str
    was: str
    here: str | None
    known: bool


class Difference(Output):
    """What differs in the project that is there. members: those who are not in the backup."""

    what: What
    backup: str
    now: str


class PreviewAnswer(Output):
    """What restoring a backup would do, as its manifest says. manifest: its SHA-256, to be named when it is accepted.
    madeHere: this deployment has made the backup, and its manifest has not changed since; null where it has made one
    under this id before it kept the sums of manifests, so that this cannot be known. bytes: of all its parts.
    original: what differs in the project of this id that is there, and would have to be deleted first; null where there
    is none.
    """

    folder: str
    manifest: str
    made_here: bool | None
    project_id: str
    project_name: str
    backed_up_at: datetime
    images: int
    bytes: int
    labels: Sequence[str]
    address: PreviewedAddress
    members: Sequence[BackedMemberAnswer]
    original: Sequence[Difference] | None


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
