"""What callers send and get about files of labels that they upload."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field

from functions.datastores.wire import Upload, blob_path
from functions.http.wire import Input, Output
from functions.ids import LONGEST_ID
from functions.imports.spelling import told
from functions.imports.store import MOST_LABELS
from functions.imports.wire import MatchedBy, NamedAnswer
from functions.names import is_shortened

if TYPE_CHECKING:
    from functions.imports.previewing import Preview

TaskTypeName = Literal["multiClass", "multiLabel"]

MOST_FILES = 20
LONGEST_NAME = 200
MOST_BYTES = 2 * 1024 * 1024 * 1024


def plain_name(name: str) -> str:
    if is_shortened(name):
        raise ValueError("has a slash or a backslash, or is only dots")
    return name


class LabelFile(Input):
    """A file by its plain name, and how many bytes will come."""

    name: Annotated[
        str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(blob_path), AfterValidator(plain_name)
    ]
    bytes: int = Field(ge=0, le=MOST_BYTES)


def _fitting(files: list[LabelFile]) -> list[LabelFile]:
    if len({file.name for file in files}) < len(files):
        raise ValueError("has a name twice")
    if sum(file.bytes for file in files) > MOST_BYTES:
        raise ValueError(f"may have {MOST_BYTES} bytes at most, all files together")
    return files


class LabelFilesRequest(Input):
    files: Annotated[list[LabelFile], Field(min_length=1, max_length=MOST_FILES), AfterValidator(_fitting)]


class LabelFilesAnswer(Output):
    """upload: by which an import names these files. uploads: where each of them is to be put, until expiresAt."""

    upload: str
    uploads: list[Upload]
    expires_at: datetime


class LabelFilePreviewRequest(Input):
    """A folder of a datastore, "" for all of it, and an upload; uploadFile: one of its files, null for all of them."""

    datastore: str = Field(min_length=1, max_length=LONGEST_NAME)
    prefix: str = Field(max_length=1024)
    upload: str = Field(min_length=1, max_length=LONGEST_ID)
    upload_file: Annotated[str, Field(min_length=1, max_length=1024)] | None = None


class PreviewLabel(Output):
    """A label of the file, in so many of its lines; group: there, "" without one."""

    name: str
    count: int
    group: str


class LabelFilePreview(Output):
    """What a file of labels says, and which images of the folder it means, as an import tells it. taskType: that of a
    project that can hold it: multiLabel where an image has several labels, or none. labels: 500 at most, the most
    frequent first. listed: so many images of the folder were looked at; isWhole: these are all.
    """

    format: str
    task_type: TaskTypeName
    lines: int
    regions: int
    suggested: int
    images: int
    matched: int
    matched_by: MatchedBy
    unmatched: NamedAnswer
    unclear: NamedAnswer
    loose: NamedAnswer
    labels: list[PreviewLabel]
    listed: int
    is_whole: bool


def preview_answer(found: "Preview") -> LabelFilePreview:
    said = found.matching
    return LabelFilePreview(
        format=found.format,
        task_type="multiClass" if said.one_each else "multiLabel",
        lines=said.lines,
        regions=said.regions,
        suggested=said.suggested,
        images=said.images,
        matched=len(said.meant),
        matched_by=MatchedBy(**said.matched),
        unmatched=NamedAnswer(**said.unmatched.model_dump()),
        unclear=NamedAnswer(**said.unclear.model_dump()),
        loose=NamedAnswer(**said.loose.model_dump()),
        labels=[
            PreviewLabel(name=told(name), count=count, group=told(said.groups.get(name, "")))
            for name, count in said.labels.most_common(MOST_LABELS)
        ],
        listed=found.listed,
        is_whole=found.is_whole,
    )
