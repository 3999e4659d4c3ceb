"""Data of another version of the service: newer ones are left alone, and said to be so."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import azure.functions as func
import pytest
import pytest_asyncio
from azure.data.tables import TableClient, UpdateMode
from azure.storage.queue import QueueClient

from functions import background
from functions.schema import FIRST, VERSION
from functions.settings import Settings
from functions.storage import Storage as Clients
from tests.api.builders import Folder, People, assert_problem, good, new_project, pictures
from tests.running import PATIENCE, Service, Storage

WORDS = f"The data are of version {VERSION + 1}, and this service knows version {VERSION} at most."
ROW = {"PartitionKey": "schema", "RowKey": "version"}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Service]:
    """A service of the test's own, for it is spoiled."""
    with Service(tmp_path / "data") as made:
        yield made


@pytest.fixture
def rows(own: Service) -> Iterator[TableClient]:
    with TableClient.from_connection_string(own.data_storage, "service") as table:
        yield table


def test_data_say_their_version_and_those_that_do_not_are_of_the_first(own: Service, rows: TableClient) -> None:
    assert rows.get_entity(ROW["PartitionKey"], ROW["RowKey"])["version"] == FIRST
    rows.delete_entity(ROW["PartitionKey"], ROW["RowKey"])
    own.restart()
    with own.client() as client:
        good(client.get("/api/health"))
    assert rows.get_entity(ROW["PartitionKey"], ROW["RowKey"])["version"] == FIRST


def test_a_start_on_newer_data_ends_with_one_clear_line(own: Service, rows: TableClient) -> None:
    rows.upsert_entity({**ROW, "version": VERSION + 1})
    own.stop()
    before = len(own.log)
    assert own.spawn().wait(PATIENCE) == 1
    said = [line for line in own.log[before:].splitlines() if WORDS in line]
    assert said
    assert "Traceback" not in own.log[before:]


def test_a_project_of_newer_data_is_left_alone_and_the_others_are_not(own: Service, rows: TableClient) -> None:
    people = People(own)
    newer, other = (new_project(people, Folder(people, pictures(1))) for _ in range(2))
    row = rows.get_entity("catalog", f"project|{newer.id}")
    assert row["schema"] == FIRST
    rows.update_entity({**row, "schema": VERSION + 1}, mode=UpdateMode.REPLACE)
    own.restart()
    said = assert_problem(people().get(newer.path), 503, "newer-data")
    assert f"version {VERSION + 1}" in said["detail"]
    assert_problem(people().patch(newer.path, json={"leaseMinutes": 20}), 503, "newer-data")
    assert good(people().get(other.path))["id"] == other.id
    assert [one["id"] for one in good(people().get("/api/projects"))["items"]] == [other.id]
    assert rows.get_entity("catalog", f"project|{newer.id}")["schema"] == VERSION + 1
    people.close()


@pytest_asyncio.fixture
async def newer(azurite: Storage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clients]:
    """This process's storage, with newer data in it."""
    clients = Clients(Settings.from_environment({"DATA_STORAGE": azurite.data_storage, "SECRETS_FILE": "unused"}))
    await clients._make_places()
    await clients.service_table.put({**ROW, "version": VERSION + 1})
    monkeypatch.setattr(background, "storage", lambda: clients)
    yield clients
    await clients.service_table.delete(ROW["PartitionKey"], ROW["RowKey"])
    await clients.close()


async def test_messages_for_newer_data_are_put_back_for_later(newer: Clients, caplog: pytest.LogCaptureFixture) -> None:
    worked: list[str] = []
    blueprint = func.Blueprint()

    @background.on_message(blueprint, "work", "exports")
    async def work(message: func.QueueMessage) -> None:
        worked.append(message.get_body().decode())

    app = func.FunctionApp()
    app.register_functions(blueprint)
    (function,) = app.get_functions()
    message = func.queue.QueueMessage(id="one", body='{"a": 1}', dequeue_count=1)
    with QueueClient.from_connection_string(newer.config.storage_connection_string or "", "exports") as queue:
        # Other tests leave messages there that nobody takes.
        queue.clear_messages()
        for _ in range(2):
            await function.get_user_function()(message)
        assert worked == []
        assert queue.get_queue_properties().approximate_message_count == 2
        assert queue.receive_message() is None
        queue.clear_messages()
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        f"{WORDS} Run the newer version of the service again."
    ]
    await newer.service_table.put({**ROW, "version": VERSION})
    await function.get_user_function()(message)
    assert worked == ['{"a": 1}']
