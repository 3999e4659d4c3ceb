"""What callers send and get about files of labels that they upload."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from functions.datastores.wire import Upload, blob_path
from functions.http.wire import Input, Output
from functions.names import is_shortened

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
