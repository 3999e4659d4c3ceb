"""Where images lie: datastores, and datasets, which are folders of them."""

from datetime import datetime

from image_labeling.answers.base import Answer
from image_labeling.answers.exports import ExportFile


class Datastore(Answer):
    """A blob container, or a folder of one. auth: sas, accountKey, identity, anonymous or builtIn. warnings: of its SAS
    token: changes, it may do more than read and list; long, it is good for more than a year.
    """

    etag: str
    name: str
    container_url: str
    folder: str
    auth: str
    created_at: datetime | None
    warnings: list[str]


class BrowsedFolder(Answer):
    name: str
    prefix: str


class BrowsedFile(Answer):
    """bytes: its size."""

    name: str
    bytes: int


class Browsed(Answer):
    folders: list[BrowsedFolder]
    files: list[BrowsedFile]
    next_cursor: str | None


class SampledImage(Answer):
    """thumbnail: as a data URL of 256 pixels at most; None with a problem that says why, and sizes of 0."""

    name: str
    thumbnail: str | None
    width: int
    height: int
    problem: str | None


class Sample(Answer):
    """The first images of a folder and those below it. more: it has files that were not looked at. kinds_passed_over:
    of those that were, how many images of each kind that is not taken.
    """

    images: list[SampledImage]
    more: bool
    kinds_passed_over: dict[str, int]


class Dataset(Answer):
    """A folder of a datastore that has a name. kind: source."""

    kind: str
    name: str
    description: str
    datastore: str
    prefix: str
    created_at: datetime


class ExportedProject(Answer):
    id: str
    name: str


class ExportedDataset(Answer):
    """A finished export of a project. kind: export."""

    kind: str
    name: str
    project: ExportedProject
    export_id: str
    format: str
    images: int
    created_at: datetime
    files: list[ExportFile]
