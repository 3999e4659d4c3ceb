"""Datasets: named folders in datastores."""

from datetime import datetime
from typing import Any

from azure.core.exceptions import HttpResponseError
from pydantic import BaseModel, ConfigDict

from functions.conflicts import conditional, is_conflict, until_written
from functions.datastores.catalog import CATALOG, rows_of, touch
from functions.datastores.model import Datastore, is_built_in
from functions.identity import key_of
from functions.problems import Conflict, Invalid, NotFound
from functions.storage import Storage
from functions.tables import Insert, Operation


class Dataset(BaseModel):
    """A dataset as it is stored. prefix: "" for the whole container, else the folder with its slash at the end."""

    model_config = ConfigDict(frozen=True)

    name: str
    description: str
    datastore: str
    prefix: str
    created_at: datetime


def folder_prefix(folder: str) -> str:
    """The normal form of a folder's path: a slash behind it; nothing for the whole container. All other slashes are
    part of the name, those before it too. Raises ValueError for a folder whose files cannot be asked for.
    """
    if {".", ".."} & set(folder.split("/")):
        raise ValueError("has a part that is only dots: files in such a folder cannot be read")
    return folder if not folder or folder.endswith("/") else f"{folder}/"


def refuse_outside(datastore: Datastore, prefix: str, field: str) -> None:
    """Raises Invalid for a folder that the datastore does not reach."""
    if not datastore.reaches(prefix):
        raise Invalid.field(field, f"The datastore {datastore.name!r} only reaches the folder {datastore.folder!r}.")


def dataset_key(name: str) -> str:
    """The row key: a hash, because names may hold anything, compared without case."""
    return f"dataset|{key_of(name.casefold())}"


def datastore_key(name: str) -> str:
    return f"datastore|{name.casefold()}"


def dataset_row(dataset: Dataset) -> dict[str, Any]:
    return {
        "PartitionKey": CATALOG,
        "RowKey": dataset_key(dataset.name),
        "datastore": dataset.datastore,
        "document": dataset.model_dump_json(),
    }


def holding_datastore(name: str) -> list[Operation]:
    """The operations that belong into a transaction which writes a row that uses the datastore."""
    return [] if is_built_in(name) else [touch(datastore_key(name))]


def holding_dataset(name: str) -> list[Operation]:
    """The operations that belong into a transaction which writes a row that uses the dataset."""
    return [touch(dataset_key(name))]


async def load_dataset(storage: Storage, name: str) -> Dataset:
    """Raises NotFound."""
    dataset, _ = await _load(storage, name)
    return dataset


async def _load(storage: Storage, name: str) -> tuple[Dataset, str]:
    row = await storage.service_table.find(CATALOG, dataset_key(name))
    if row is None:
        raise NotFound(f"There is no dataset named {name!r}.")
    return _read(row), row.etag


def _read(row: dict[str, Any]) -> Dataset:
    return Dataset.model_validate_json(row["document"])


async def list_datasets(storage: Storage) -> list[Dataset]:
    return [_read(row) for row in await rows_of(storage, "dataset")]


async def insert_dataset(storage: Storage, dataset: Dataset) -> None:
    """Raises Conflict when the name is taken, Invalid when the datastore is gone."""
    try:
        await storage.service_table.transaction([Insert(dataset_row(dataset)), *holding_datastore(dataset.datastore)])
    except HttpResponseError as error:
        if not is_conflict(error):
            raise
        try:
            current = await load_dataset(storage, dataset.name)
        except NotFound:
            raise Invalid.field("datastore", f"There is no datastore named {dataset.datastore!r}.") from None
        # A write that was answered too late is tried again, and then finds what it wrote itself.
        if current != dataset:
            raise Conflict(f"A dataset named {dataset.name!r} already exists.") from None


async def delete_dataset(storage: Storage, name: str) -> None:
    """Forgets the dataset; the images in its folder stay. Raises Conflict while a project uses it."""

    async def attempt(_number: int) -> None:
        dataset, etag = await _load(storage, name)
        for row in await rows_of(storage, "project"):
            if row["dataset"].casefold() == name.casefold():
                raise Conflict(f"A project uses the dataset {dataset.name!r}. Delete the project first.")
        with conditional():
            await storage.service_table.delete(CATALOG, dataset_key(name), etag)

    await until_written(attempt, "Somebody else is changing this dataset. Try again.")
