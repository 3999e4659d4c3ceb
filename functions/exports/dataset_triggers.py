"""The list of datasets: the sources, and finished exports beside them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import azure.functions as func

from functions.datastores.datasets import list_datasets as list_sources
from functions.datastores.wire import SourceDataset
from functions.exports.store import FormatName, finished_exports
from functions.exports.wire import ExportFileAnswer, file_answers
from functions.http.calls import Call
from functions.http.paging import page_of
from functions.http.routes import route
from functions.http.wire import Output, Page, PageQuery
from functions.identity import Role
from functions.storage import Storage, storage

blueprint = func.Blueprint()


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


AnyDataset = SourceDataset | ExportDataset


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


@route(blueprint, "GET", "datasets", role=Role.SERVICE_ADMINISTRATOR, query=PageQuery, answers={200: Page[AnyDataset]})
async def list_datasets(call: Call[None, PageQuery]) -> Page[AnyDataset]:
    """The datasets and finished exports, newest first."""
    sources = [SourceDataset.of(dataset) for dataset in await list_sources(storage())]
    found: list[AnyDataset] = [*sources, *await export_datasets(storage(), call.now)]
    return page_of(found, _newest_first, call.query)


def _newest_first(item: AnyDataset) -> str:
    name = item.export_id if isinstance(item, ExportDataset) else item.name
    return f"{10**13 - int(item.created_at.timestamp() * 1000):013d}{item.kind}{name}"
