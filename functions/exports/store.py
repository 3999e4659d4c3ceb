"""The records of exports, newest first, kept with the project; and their files."""

from datetime import datetime
from typing import Literal

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from pydantic import BaseModel, ConfigDict

from functions.problems import NotFound
from functions.refresh.store import newest_first_id
from functions.storage import EXPORTS_CONTAINER, EXPORTS_QUEUE, Storage, query, unless_gone

FormatName = Literal["coco", "azureml", "csv"]


class ExportFile(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    bytes: int


class Export(BaseModel):
    """One export: a snapshot of a project's labels, begun at started_at. progress: 0 to 1. images: how many it has."""

    model_config = ConfigDict(frozen=True)

    id: str
    project_id: str
    project_name: str
    format: FormatName
    status: Literal["queued", "running", "completed", "failed"]
    asked_at: datetime
    progress: float = 0.0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    images: int = 0
    files: tuple[ExportFile, ...] = ()
    error: str | None = None

    def blob(self, file: str) -> str:
        return f"{self.project_id}/{self.id}/{file}"


class ExportMessage(BaseModel):
    """Asks for an export to be built."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    export_id: str


def _partition(project_id: str) -> str:
    return f"export|{project_id}"


def _row(export: Export) -> dict[str, str]:
    return {
        "PartitionKey": _partition(export.project_id),
        "RowKey": export.id,
        "status": export.status,
        "document": export.model_dump_json(),
    }


async def ask_for_export(
    storage: Storage, project_id: str, project_name: str, format_name: FormatName, now: datetime
) -> Export:
    export = Export(
        id=newest_first_id(now),
        project_id=project_id,
        project_name=project_name,
        format=format_name,
        status="queued",
        asked_at=now,
    )
    await storage.service_table.create_entity(_row(export))
    await storage.send(EXPORTS_QUEUE, ExportMessage(project_id=project_id, export_id=export.id))
    return export


async def save_export(storage: Storage, export: Export) -> None:
    """Writes an export's record. Raises ResourceNotFoundError when it was deleted meanwhile."""
    await storage.service_table.update_entity(_row(export), mode=UpdateMode.REPLACE)


async def load_export(storage: Storage, project_id: str, export_id: str) -> Export:
    """Raises NotFound."""
    if not export_id.isalnum():
        raise NotFound("There is no such export.")
    try:
        row = await storage.service_table.get_entity(_partition(project_id), export_id)
    except ResourceNotFoundError:
        raise NotFound("There is no such export.") from None
    return Export.model_validate_json(row["document"])


async def list_exports(storage: Storage, project_id: str, *, limit: int, after: str = "") -> list[Export]:
    """At most `limit` exports that come after the given id, newest first."""
    found: list[Export] = []
    text = "PartitionKey eq @partition and RowKey gt @after"
    async for row in query(storage.service_table, text, partition=_partition(project_id), after=after):
        found.append(Export.model_validate_json(row["document"]))
        if len(found) == limit:
            break
    return found


async def finished_exports(storage: Storage) -> list[Export]:
    """The finished exports of all projects."""
    text = "PartitionKey ge 'export|' and PartitionKey lt 'export}' and status eq 'completed'"
    return [Export.model_validate_json(row["document"]) async for row in query(storage.service_table, text)]


async def delete_export(storage: Storage, export: Export) -> None:
    """Deletes the record first: a builder that still runs then stops."""
    await unless_gone(storage.service_table.delete_entity, _partition(export.project_id), export.id)
    await drop_files(storage, export)


async def drop_files(storage: Storage, export: Export) -> None:
    container = storage.container(EXPORTS_CONTAINER)
    async for name in container.list_blob_names(name_starts_with=export.blob("")):
        await unless_gone(container.delete_blob, name)


async def drop_exports(storage: Storage, project_id: str) -> None:
    """Deletes all exports of a project."""
    while found := await list_exports(storage, project_id, limit=100):
        for export in found:
            await delete_export(storage, export)
