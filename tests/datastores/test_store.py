"""The rows of datastores and datasets hold together whoever writes at the same time."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from functions.datastores import store
from functions.datastores.datasets import Dataset, delete_dataset, insert_dataset, list_datasets
from functions.datastores.model import Datastore
from functions.datastores.secrets import Secrets, secrets_of
from functions.problems import Conflict, Invalid, NotFound, Problem
from functions.storage import Storage

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def datastore(name: str) -> Datastore:
    return Datastore(name=name, container_url="https://team.blob.core.windows.net/c", auth="sas", created_at=NOW)


def dataset(name: str, where: str) -> Dataset:
    return Dataset(name=name, description="", datastore=where, prefix="", created_at=NOW)


@pytest.fixture
def secrets(storage: Storage) -> Secrets:
    return secrets_of(storage.config)


@pytest_asyncio.fixture(autouse=True)
async def empty_catalog(storage: Storage) -> None:
    async for row in storage.service_table.query("RowKey ge @first", first=""):
        await storage.service_table.delete(row["PartitionKey"], row["RowKey"])


def kept_secrets(tmp_path: Path) -> dict[str, str]:
    return dict(json.loads((tmp_path / "secrets.json").read_text()))


async def outcome(awaitable: Any) -> str:
    try:
        await awaitable
    except Problem as problem:
        return type(problem).__name__
    return "done"


async def test_one_of_several_with_the_same_name_is_made_and_the_others_leave_no_secret(
    storage: Storage, secrets: Secrets, tmp_path: Path
) -> None:
    made = await asyncio.gather(
        *(outcome(store.insert_datastore(storage, secrets, datastore("same"), f"secret {n}")) for n in range(8))
    )
    assert sorted(made) == ["Conflict"] * 7 + ["done"]
    row = await store.load_datastore(storage, "same")
    assert list(kept_secrets(tmp_path)) == [row.secret_name]


async def test_credentials_changed_at_the_same_time_leave_the_one_secret_that_counts(
    storage: Storage, secrets: Secrets, tmp_path: Path
) -> None:
    await store.insert_datastore(storage, secrets, datastore("theirs"), "first")
    await asyncio.gather(
        *(store.replace_credentials(storage, secrets, "theirs", "accountKey", f"key {n}") for n in range(4))
    )
    row = await store.load_datastore(storage, "theirs")
    assert row.auth == "accountKey"
    assert list(kept_secrets(tmp_path)) == [row.secret_name]


async def test_of_several_who_have_seen_the_same_credentials_one_gives_new_ones(
    storage: Storage, secrets: Secrets, tmp_path: Path
) -> None:
    seen = (await store.insert_datastore(storage, secrets, datastore("theirs"), "first")).etag
    given = await asyncio.gather(
        *(outcome(store.replace_credentials(storage, secrets, "theirs", "sas", f"{n}", seen)) for n in range(8))
    )
    assert sorted(given) == ["PreconditionFailed"] * 7 + ["done"]
    row = await store.load_datastore(storage, "theirs")
    assert list(kept_secrets(tmp_path)) == [row.secret_name]


async def test_no_dataset_is_ever_left_without_its_datastore(storage: Storage, secrets: Secrets) -> None:
    for n in range(25):
        name = f"store{n}"
        await store.insert_datastore(storage, secrets, datastore(name), "secret")
        made, deleted = await asyncio.gather(
            outcome(insert_dataset(storage, dataset(f"set{n}", name))),
            outcome(store.delete_datastore(storage, secrets, name)),
        )
        assert (made, deleted) in [("done", "Conflict"), ("Invalid", "done")]
    there = {row.name for row in await store.list_datastores(storage)}
    assert {row.datastore for row in await list_datasets(storage)} <= there


async def test_a_dataset_in_a_datastore_that_is_gone_is_refused(storage: Storage) -> None:
    with pytest.raises(Invalid, match="no datastore"):
        await insert_dataset(storage, dataset("set", "gone"))


async def test_a_dataset_written_twice_by_a_retry_is_there_once(storage: Storage) -> None:
    await insert_dataset(storage, dataset("set", "workspace"))
    await insert_dataset(storage, dataset("set", "workspace"))
    with pytest.raises(Conflict):
        await insert_dataset(storage, dataset("SET", "workspace"))
    assert len(await list_datasets(storage)) == 1


async def test_what_a_project_uses_is_not_deleted(storage: Storage, secrets: Secrets) -> None:
    await store.insert_datastore(storage, secrets, datastore("theirs"), "secret")
    await insert_dataset(storage, dataset("set", "theirs"))
    project = {"PartitionKey": "catalog", "RowKey": "project|abc", "dataset": "SET", "datastore": "Theirs"}
    await storage.service_table.insert(project)
    with pytest.raises(Conflict, match="project uses the dataset"):
        await delete_dataset(storage, "set")
    with pytest.raises(Conflict, match="project uses the datastore"):
        await store.delete_datastore(storage, secrets, "theirs")
    await storage.service_table.delete("catalog", "project|abc")
    await delete_dataset(storage, "set")
    await store.delete_datastore(storage, secrets, "theirs")
    with pytest.raises(NotFound):
        await store.load_datastore(storage, "theirs")
