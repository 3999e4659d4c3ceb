"""Projects in the service's table. All rows of the catalog share one partition, so that a project, its name and its
dataset are written in one transaction, and a name is free again in the moment in which its project is deleted.
"""

from collections.abc import Callable
from typing import Any

from azure.core.exceptions import HttpResponseError

from functions import schema
from functions.conflicts import change, is_conflict
from functions.datastores.catalog import CATALOG, rows_of
from functions.datastores.datasets import Dataset, dataset_row, holding_dataset, holding_datastore
from functions.identity import key_of
from functions.ids import is_project_id
from functions.problems import Conflict, NotFound
from functions.projects.model import Project
from functions.records import from_properties, to_properties
from functions.storage import Storage
from functions.tables import Delete, Insert, Operation, Replace

PROJECT_ROW = "project|"
NAME_ROW = "project-name|"
BUSY = "Somebody else is changing this project. Try again."


def _project_row(project: Project) -> dict[str, Any]:
    return {
        "PartitionKey": CATALOG,
        "RowKey": PROJECT_ROW + project.id,
        "dataset": project.dataset,
        "datastore": project.datastore,
        "schema": project.schema_version,
        **to_properties("document", project.model_dump_json()),
    }


def _name_row(project: Project) -> dict[str, Any]:
    return {
        "PartitionKey": CATALOG,
        "RowKey": NAME_ROW + key_of(project.name.casefold()),
        "project": project.id,
    }


def _read(row: dict[str, Any]) -> Project:
    schema.check("The project is", row.get("schema"))
    return Project.model_validate_json(from_properties("document", row))


async def load_project(storage: Storage, project_id: str) -> Project:
    """The project as it is now. Raises NotFound, also for one that is being deleted."""
    return (await _load_living(storage, project_id))[0]


async def is_there(storage: Storage, project_id: str) -> bool:
    """The project is there, and is not being deleted."""
    project = await find_project(storage, project_id)
    return project is not None and project.status != "deleting"


async def find_project(storage: Storage, project_id: str) -> Project | None:
    """The project as it is now, one that is being deleted too."""
    try:
        return (await _load(storage, project_id))[0]
    except NotFound:
        return None


async def _load_living(storage: Storage, project_id: str) -> tuple[Project, str]:
    project, etag = await _load(storage, project_id)
    if project.status == "deleting":
        raise NotFound("There is no such project.")
    return project, etag


async def _load(storage: Storage, project_id: str) -> tuple[Project, str]:
    if not is_project_id(project_id):
        raise NotFound("There is no such project.")
    row = await storage.service_table.find(CATALOG, PROJECT_ROW + project_id)
    if row is None:
        raise NotFound("There is no such project.")
    return _read(row), row.etag


async def list_projects(storage: Storage) -> list[Project]:
    """All projects, those that are being deleted too, newest first. One whose data are of a newer version is left out:
    the others can be worked with.
    """
    rows = [row for row in await rows_of(storage, "project") if not schema.is_newer(row.get("schema"))]
    return sorted([_read(row) for row in rows], key=lambda project: project.created_at, reverse=True)


async def insert_project(storage: Storage, project: Project, dataset: Dataset | None) -> None:
    """Writes a new project and, where one is given, its new dataset. Raises Conflict when a name is taken; then
    nothing is written.
    """
    operations: list[Operation] = [Insert(_project_row(project)), Insert(_name_row(project))]
    if dataset:
        operations += [Insert(dataset_row(dataset)), *holding_datastore(dataset.datastore)]
    else:
        operations += holding_dataset(project.dataset)
    try:
        await storage.service_table.transaction(operations)
    except HttpResponseError as error:
        if not is_conflict(error):
            raise
        current = await _holder_of(storage, project)
        if current == project.id:
            return
        if current is None and dataset:
            raise Conflict(
                f"A dataset named {dataset.name!r} already exists. Pick it, or choose another name."
            ) from None
        if current is None:
            raise Conflict(f"The dataset {project.dataset!r} was deleted in the meantime.") from None
        raise Conflict(f"A project named {project.name!r} already exists.") from None


async def _holder_of(storage: Storage, project: Project) -> str | None:
    row = await storage.service_table.find(CATALOG, _name_row(project)["RowKey"])
    return row["project"] if row else None


async def change_project(storage: Storage, project_id: str, rule: Callable[[Project], Project]) -> Project:
    """Applies a rule to the project as it is now, again if somebody else was quicker.

    A new name is taken and the old one freed in the same transaction. Raises Conflict when the new name is taken.
    """

    async def write(current: Project, changed: Project, etag: str) -> None:
        operations: list[Operation] = [Replace(_project_row(changed), etag)]
        old_name, new_name = _name_row(current), _name_row(changed)
        if old_name != new_name:
            operations += [Delete(old_name), Insert(new_name)]
        try:
            await storage.service_table.transaction(operations)
        except HttpResponseError as error:
            if is_conflict(error) and await _holder_of(storage, changed) not in (None, project_id):
                raise Conflict(f"A project named {changed.name!r} already exists.") from None
            raise

    return await change(lambda: _load_living(storage, project_id), rule, write, BUSY)


async def mark_deleting(storage: Storage, project_id: str) -> None:
    """Takes the project out of sight and frees its name; what it holds is dropped afterwards."""

    def rule(project: Project) -> Project:
        return project.model_copy(update={"status": "deleting"})

    async def write(current: Project, deleting: Project, etag: str) -> None:
        gone = Delete(_name_row(current))
        await storage.service_table.transaction([Replace(_project_row(deleting), etag), gone])

    await change(lambda: _load(storage, project_id), rule, write, BUSY)


async def drop_row(storage: Storage, project_id: str) -> None:
    await storage.service_table.delete(CATALOG, PROJECT_ROW + project_id)
