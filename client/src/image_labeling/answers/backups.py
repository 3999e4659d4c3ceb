"""Backups of projects, and what is restored from them."""

from datetime import datetime

from image_labeling.answers.base import Answer, MeasuredWork


class Backup(MeasuredWork):
    """folder: where it is in the container `backups`. bytes: of all its blobs."""

    project_id: str
    project_name: str
    folder: str
    images: int
    bytes: int


class BackedMember(Answer):
    """A member as the backup says. known_as: the sign-in name under which that person has signed in here. role_now:
    theirs in the project that is there.
    """

    sign_in_name: str
    role: str
    known_as: str | None
    role_now: str | None


class BackedAddress(Answer):
    """Where the project's images lie: was, as the backup says; here, by the datastore of that name here. known: it need
    not be accepted.
    """

    datastore: str
    prefix: str
    was: str
    here: str | None
    known: bool


class Difference(Answer):
    what: str
    backup: str
    now: str


class RestorePreview(Answer):
    """What restoring a backup would do. manifest: its SHA-256, to be named when it is accepted. made_here: this
    deployment has made the backup, and its manifest has not changed since. original: what differs in the project of
    this id that is there, and would have to be deleted first; None where there is none.
    """

    folder: str
    manifest: str
    made_here: bool | None
    project_id: str
    project_name: str
    backed_up_at: datetime
    images: int
    bytes: int
    labels: list[str]
    address: BackedAddress
    members: list[BackedMember]
    original: list[Difference] | None


class Restore(MeasuredWork):
    """notes: what is otherwise than it was, as another name where that was taken."""

    folder: str
    project_id: str
    project_name: str
    images: int
    notes: list[str]
