"""Finished exports as datasets, as the Datasets page lists them beside the sources."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from functions.api import Output
from functions.exports.models import ExportFileAnswer
from functions.exports.store import FormatName, finished_exports
from functions.exports.triggers import file_answers
from functions.storage import Storage


class ProjectReference(Output):
    id: str
    name: str


class ExportDataset(Output):
    """A finished export."""

    kind: Literal["export"] = "export"
    name: str
    project: ProjectReference
    export_id: str
    format: FormatName
    images: int
    created_at: datetime
    files: Sequence[ExportFileAnswer]


async def export_datasets(storage: Storage, now: datetime) -> list[ExportDataset]:
    """The finished exports of all projects, with fresh addresses of their files."""
    return [
        ExportDataset(
            name=export.name,
            project=ProjectReference(id=export.project_id, name=export.project_name),
            export_id=export.id,
            format=export.format,
            images=export.images,
            created_at=export.finished_at or export.asked_at,
            files=await file_answers(export, now),
        )
        for export in await finished_exports(storage)
    ]
