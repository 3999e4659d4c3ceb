"""What a backup is: a folder of the container `backups`, <project id>/<backup id>/, and the manifest in it, which is
written last and says what the rest must be. A folder without a manifest is no backup.

    manifest.json     the project, its dataset and people, the counts, and every part with its length and SHA-256
    images-*          the rows of packs, and
    records-*         the records of exports, imports, checks and refreshes: JSON, a row a line, compressed by gzip
    snapshot-*        what the project knew of its folder, as it is
    exports/<id>/*    the files of finished exports, as they are

Who restores a folder may have got it from anywhere, so nothing of it is believed (checking.py).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions import schema
from functions.datastores.datasets import Dataset
from functions.datastores.model import NAME_PATTERN
from functions.ids import ID_ALPHABET, ID_LENGTH, LATEST_MS
from functions.outside import Bounds, Whole
from functions.projects.model import Project

MANIFEST = "manifest.json"
CHECKPOINT = ".checkpoint.json"

PROJECT_ID = rf"[{ID_ALPHABET}]{{{ID_LENGTH}}}"
RECORD_ID = r"[0-9a-f]{19}"
FOLDER_PATTERN = rf"^{PROJECT_ID}/{RECORD_ID}$"
FILE = r"[A-Za-z0-9._-]{1,100}"

# Most of it are the parts, one for each 16 MiB of rows and for each file of an export.
MOST_MANIFEST = Bounds(32 * 1024 * 1024, values=1_000_000, depth=16)

MOST_LEFT_OUT = 10_000

Moment = Annotated[int, Field(ge=0, le=LATEST_MS)]
Kind = Literal["images", "records", "snapshot", "export"]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Strict):
    """One blob of the folder. export, file: for kind `export`, which export's file it is."""

    kind: Kind
    name: str = Field(pattern=rf"^({FILE}|exports/{RECORD_ID}/{FILE})$")
    bytes: int = Field(ge=0, lt=2**50)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    export: str | None = Field(default=None, pattern=rf"^{RECORD_ID}$")
    file: str | None = Field(default=None, pattern=rf"^{FILE}$")


class BackedDatastore(Strict):
    """Where the images are. Its credentials are no part of a backup."""

    name: str = Field(pattern=NAME_PATTERN)
    container_url: str = Field(max_length=2000)


SignInName = Annotated[str, Field(min_length=1, max_length=320)]
UserId = Annotated[str, Field(min_length=1, max_length=128)]


LeftOut = Annotated[str, Field(pattern=rf"^exports/{RECORD_ID}/{FILE}$")]


class BackedMember(Strict):
    """user_id: by which the rows name them; None for who had not signed in."""

    sign_in_name: SignInName
    role: Literal["labeler", "reviewer", "administrator"]
    user_id: UserId | None


class BackedPerson(Strict):
    """Somebody whom the rows name by this id."""

    user_id: UserId
    sign_in_name: SignInName


class Counts(Strict):
    """packs, images: of the project; records: of its exports, imports, checks and refreshes."""

    packs: Whole
    images: Whole
    records: Whole


class Manifest(Strict):
    """begun_at: before that moment's state nothing is in it; each pack is as it stood at one moment between then and
    finished_at. left_out: files of exports that were too long to be copied, or named somebody who was erased since.
    """

    format: Literal["labeling-backup"] = "labeling-backup"
    version: Literal[1] = 1
    schema_version: int = schema.FIRST
    begun_at: datetime
    finished_at: datetime
    project: Project
    dataset: Dataset
    datastore: BackedDatastore
    members: tuple[BackedMember, ...]
    people: tuple[BackedPerson, ...]
    counts: Counts
    parts: tuple[Part, ...]
    left_out: Annotated[tuple[LeftOut, ...], Field(max_length=MOST_LEFT_OUT)] = ()

    def of(self, *kinds: Kind) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind in kinds)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line_of(document: Mapping[str, Any]) -> bytes:
    """A line of a part."""
    return _encode(document).encode("utf-8", "surrogatepass") + b"\n"
