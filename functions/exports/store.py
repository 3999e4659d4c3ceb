"""The records of exports, newest first, kept with the project; and their files."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from azure.core.exceptions import ResourceNotFoundError
from pydantic import BaseModel, ConfigDict

from functions.exports.formats import FORMATS
from functions.exports.options import ExportOptions
from functions.hooks import project_dropped
from functions.identity import ITSELF, ByWhom
from functions.ids import newest_first_id
from functions.locks import drop_lock
from functions.records import Records, Work
from functions.storage import EXPORTS_CONTAINER, EXPORTS_QUEUE, Storage, unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient

if TYPE_CHECKING:
    FormatName = str
else:
    FormatName = Literal[tuple(FORMATS)]

ExportStatus = Literal["queued", "running", "completed", "failed"]

LOCK = "exports.lock"
# Blobs beside the files that nobody downloads.
CHECKPOINT = ".checkpoint.json"
INDEX = ".index.tsv"


class ExportFile(BaseModel):
    """sha256: in hexadecimal; None for a file that was too long to be read once more."""

    model_config = ConfigDict(frozen=True)

    name: str
    bytes: int
    sha256: str | None = None


class LabelCount(BaseModel):
    """How many images people gave a label, in all and on each side of the split; for how many more it is suggested."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    count: int = 0
    sides: dict[str, int] = {}
    suggested: int = 0


class LeftOut(BaseModel):
    """Images whose blobs could not be read, or that have no features, and why; the first some are named."""

    model_config = ConfigDict(frozen=True)

    count: int = 0
    first: tuple[tuple[str, str], ...] = ()


class SkippedBy(BaseModel):
    """Files that a reader does not read, by their endings."""

    model_config = ConfigDict(frozen=True)

    reader: str
    endings: dict[str, int]


class Changes(BaseModel):
    """What differs from the export before with the same format and options."""

    model_config = ConfigDict(frozen=True)

    since: str
    since_at: datetime
    added: int = 0
    changed: int = 0
    removed: int = 0


class Checked(BaseModel):
    """What a check said of the project's labels: the share of the judged images, but unclear ones, that was right, and
    its 95 % interval. asked_at: when its sample was drawn.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    share: float
    interval: tuple[float, float]
    judged: int
    asked_at: datetime


class Export(Work, BaseModel):
    """One export: a snapshot of a project's labels, begun at started_at.

    given_name: "" where none was given.
    progress: 0 to 1. images: how many it has; empty: how many of those are labeled and have no label; suggested: how
    many have labels that are only suggested; sides: how many are on each side of the split; converted: how many are no
    longer as they are in the container. touched_at: when it was last written by who builds it. changes: None for the
    first of its kind. expired_at: when its files were deleted for their age. checked: by the project's newest check
    that was done when it was built.
    """

    project_name: str
    given_name: str = ""
    format: FormatName
    options: ExportOptions = ExportOptions()
    status: ExportStatus
    touched_at: datetime | None = None
    progress: float = 0.0
    images: int = 0
    empty: int = 0
    suggested: int = 0
    sides: dict[str, int] = {}
    labels: tuple[LabelCount, ...] = ()
    converted: int = 0
    skipped_by: tuple[SkippedBy, ...] = ()
    left_out: LeftOut = LeftOut()
    changes: Changes | None = None
    files: tuple[ExportFile, ...] = ()
    error: str | None = None
    expired_at: datetime | None = None
    checked: Checked | None = None

    @property
    def name(self) -> str:
        """What people know it by; no other of the project has the same unless they gave it."""
        return self.given_name or f"{self.project_name} {self.format} {self.asked_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"

    @property
    def folder(self) -> str:
        return f"{self.project_id}/{self.id}/"

    def blob(self, file: str) -> str:
        return self.folder + file


class ExportMessage(BaseModel):
    """Asks for an export to be built, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    export_id: str


EXPORTS = Records(Export, "export", "export", columns=("status",))


async def ask_for_export(
    storage: Storage,
    project_id: str,
    project_name: str,
    format_name: FormatName,
    options: ExportOptions,
    now: datetime,
    by: ByWhom = ITSELF,
    name: str = "",
) -> Export:
    export = Export(
        id=newest_first_id(now),
        project_id=project_id,
        project_name=project_name,
        given_name=name,
        format=format_name,
        options=options,
        status="queued",
        asked_at=now,
        **by.model_dump(),
    )
    await EXPORTS.insert(storage, export)
    await storage.send(EXPORTS_QUEUE, ExportMessage(project_id=project_id, export_id=export.id))
    return export


async def exports_before(storage: Storage, export: Export, *statuses: ExportStatus) -> AsyncIterator[Export]:
    """The project's exports that were asked for before this one and have one of the statuses, newest first."""
    is_wanted = " or ".join(f"status eq '{status}'" for status in statuses)
    text, partition = f"PartitionKey eq @partition and RowKey gt @after and ({is_wanted})", EXPORTS.partition
    async for row in storage.service_table.query(text, partition=partition(export.project_id), after=export.id):
        yield EXPORTS.read(row)


async def finished_exports(storage: Storage) -> list[Export]:
    """The finished exports of all projects whose files are there."""
    text = "PartitionKey ge 'export|' and PartitionKey lt 'export}' and status eq 'completed'"
    found = [EXPORTS.read(row) async for row in storage.service_table.query(text)]
    return [export for export in found if export.expired_at is None]


async def delete_export(storage: Storage, export: Export) -> None:
    """Deletes the record first: a builder that still runs then stops."""
    await EXPORTS.drop(storage, export)
    await drop_files(storage, export)


async def drop_files(storage: Storage, export: Export, *, keep: str | None = None) -> None:
    """Deletes an export's blobs, all but the one named, and what was staged for them."""
    container = storage.container(EXPORTS_CONTAINER)
    async for blob in container.list_blobs(name_starts_with=export.folder, include=["uncommittedblobs"]):
        if keep is None or blob.name != export.blob(keep):
            await _drop(container.get_blob_client(blob.name))


async def _drop(blob: "BlobClient") -> None:
    try:
        await blob.delete_blob()
    except ResourceNotFoundError:
        # Blocks alone are no blob yet. An empty commit makes one of them, without them.
        await blob.commit_block_list([])
        await unless_gone(blob.delete_blob)


async def drop_exports(storage: Storage, project_id: str) -> None:
    """Deletes all exports of a project; one that is being built loses its lock and ends."""
    while found := await EXPORTS.list(storage, project_id, limit=100):
        for export in found:
            await delete_export(storage, export)
    await drop_lock(storage, project_id, LOCK)


project_dropped.then(drop_exports)
