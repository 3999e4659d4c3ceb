"""What callers send and get about datastores and datasets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from functions.datastores.datasets import Dataset, folder_prefix
from functions.datastores.model import NAME_PATTERN, AuthKind, Datastore, TokenWarning
from functions.http.wire import MOST_ITEMS, Input, Output, Query, Versioned
from functions.names import is_shortened, new_name, without_controls

LONGEST_BLOB_NAME = 1024
MOST_UPLOADS = 200
LARGEST_UPLOAD = 96 * 1024 * 1024


def readable(text: str) -> str:
    if not all(letter.isprintable() or letter in "\n\r\t" for letter in text):
        raise ValueError("has characters that cannot be shown")
    return text


def blob_path(text: str) -> str:
    """A part of a blob's name, counted as storage does."""
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise ValueError("has control characters")
    if set(text) & set("\ufffe\uffff"):
        raise ValueError("has characters that storage does not accept")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_BLOB_NAME:
        raise ValueError(f"has more than {LONGEST_BLOB_NAME} characters")
    return text


def path_segment(text: str) -> str:
    """A text that can stand in an address."""
    name = without_controls(text)
    if is_shortened(name):
        raise ValueError("has a slash or a backslash, or is only dots")
    return name


DatastoreName = Annotated[str, Field(pattern=NAME_PATTERN)]
DatasetName = Annotated[str, Field(max_length=100), AfterValidator(path_segment), AfterValidator(new_name)]
Description = Annotated[str, Field(max_length=2000), AfterValidator(readable)]
Folder = Annotated[str, AfterValidator(blob_path), AfterValidator(folder_prefix)]


class SasAuth(Input):
    kind: Literal["sas"]
    token: SecretStr = Field(min_length=1, max_length=4000)


class AccountKeyAuth(Input):
    kind: Literal["accountKey"]
    key: SecretStr = Field(min_length=1, max_length=200)


class IdentityAuth(Input):
    kind: Literal["identity"]


class AnonymousAuth(Input):
    kind: Literal["anonymous"]


Auth = Annotated[SasAuth | AccountKeyAuth | IdentityAuth | AnonymousAuth, Field(discriminator="kind")]


class NewDatastore(Input):
    """folder: where only a part of the container can be reached, as by a SAS token for one directory."""

    name: DatastoreName
    container_url: str = Field(max_length=2000)
    folder: Folder = ""
    auth: Auth


class ChangedDatastore(Input):
    auth: Auth


class DatastoreAnswer(Versioned):
    """warnings: of its SAS token, when it was given: `changes`, it may do more than read and list; `long`, it is good
    for more than a year.
    """

    name: str
    container_url: str
    folder: str
    auth: AuthKind
    created_at: datetime | None
    warnings: Sequence[TokenWarning]

    @classmethod
    def of(cls, datastore: Datastore) -> "DatastoreAnswer":
        return cls(
            name=datastore.name,
            container_url=datastore.container_url,
            folder=datastore.folder,
            auth=datastore.auth,
            created_at=datastore.created_at,
            warnings=datastore.warnings,
            etag=datastore.etag,
        )


class BrowseQuery(Query):
    # In the cursor is storage's own marker, and in that the name at which the next page begins.
    prefix: Annotated[str, AfterValidator(blob_path)] = ""
    limit: int = Field(default=MOST_ITEMS, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=16000)


class BrowsedFolder(Output):
    name: str
    prefix: str


class BrowsedFile(Output):
    name: str
    bytes: int


class BrowseAnswer(Output):
    folders: Sequence[BrowsedFolder]
    files: Sequence[BrowsedFile]
    next_cursor: str | None = None


class SampleQuery(Query):
    prefix: Folder = ""


class SampledImage(Output):
    """An image as it may be looked at before there is a project. name: its blob's, whole. thumbnail: as a data URL of
    256 pixels at most, null with a problem that says why; the sizes are 0 then.
    """

    name: str
    thumbnail: str | None
    width: int
    height: int
    problem: str | None


class SampleAnswer(Output):
    """The first images of a folder and those below it. more: it has files that were not looked at. kindsPassedOver: of
    those that were, how many images of each kind that is not taken.
    """

    images: Sequence[SampledImage]
    more: bool
    kinds_passed_over: dict[str, int]


class UploadFile(Input):
    name: Annotated[str, Field(min_length=1), AfterValidator(blob_path)]
    bytes: int = Field(ge=0, le=LARGEST_UPLOAD)


class ProjectUploadRequest(Input):
    """skipExisting: files that are there already do not refuse the call; the answer names them."""

    files: list[UploadFile] = Field(min_length=1, max_length=MOST_UPLOADS)
    skip_existing: bool = False


class UploadRequest(ProjectUploadRequest):
    """prefix: the folder into which the files go."""

    prefix: Folder = ""


class Upload(Output):
    name: str
    url: str


class UploadsAnswer(Output):
    """existing, conflicting: with skipExisting, names of files that are there already with as many bytes, and with
    another number of bytes; both stay as they are. kindsPassedOver: how many of the files are images of each kind that
    is not taken; they may be uploaded all the same, and no project shows them.
    """

    uploads: Sequence[Upload]
    existing: Sequence[str]
    conflicting: Sequence[str]
    kinds_passed_over: dict[str, int]


class NewDataset(Input):
    name: DatasetName
    description: Description = ""
    datastore: DatastoreName
    prefix: Folder = ""


class SourceDataset(Output):
    kind: Literal["source"] = "source"
    name: str
    description: str
    datastore: str
    prefix: str
    created_at: datetime

    @classmethod
    def of(cls, dataset: Dataset) -> "SourceDataset":
        return cls(**dataset.model_dump())
