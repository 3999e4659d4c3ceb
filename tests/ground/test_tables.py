"""Rows of tables against the storage emulator: what is written, found, refused and tried again."""

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
import pytest_asyncio
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import EdmType, EntityProperty
from azure.data.tables import TableClient as SdkTable

from functions import tables
from functions.tables import Delete, Insert, Merge, Operation, Replace, Table, Tables
from tests.labeling.wire import NthWrite, Wire
from tests.running import Storage

ALL = "RowKey ge @first"
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
KEYS = {"PartitionKey": "it's", "RowKey": "50 %|ö"}
ROW = {**KEYS, "text": "a\u2028b", "count": 3, "share": 1.0, "is_it": True, "large": 2**40, "at": NOON}


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest_asyncio.fixture
async def table(azurite: Storage, wire: Wire) -> AsyncIterator[Table]:
    account = Tables.by_connection_string(azurite.data_storage, wire, retry_total=2, retry_backoff_factor=0.01)
    one = account.table(f"t{secrets.token_hex(8)}")
    await one.create()
    wire.reset()
    yield one
    await one.drop()
    await account.aclose()


@pytest.fixture
def sdk(azurite: Storage, table: Table) -> SdkTable:
    return SdkTable.from_connection_string(azurite.data_storage, table._client.table_name)


async def keys_of(rows: AsyncIterator[tables.Row]) -> list[str]:
    return [row["RowKey"] async for row in rows]


async def put_many(table: Table, partition: str, *keys: str) -> None:
    await table.transaction([Insert({"PartitionKey": partition, "RowKey": key}) for key in keys])


async def test_a_row_comes_back_as_it_was_written_with_its_etag_and_its_time(table: Table) -> None:
    etag = await table.insert({**ROW, "nothing": None})
    found = await table.get(partition=KEYS["PartitionKey"], row=KEYS["RowKey"])
    assert (found, found.etag) == (ROW, etag)
    assert abs(found.written_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert [row async for row in table.query("at eq @at and large eq @large and is_it eq @yes", **_values())] == [ROW]


def _values() -> dict[str, object]:
    return {"at": NOON.astimezone(timezone(timedelta(hours=3))), "large": 2**40, "yes": True}


async def test_the_sdk_reads_what_was_written_here_and_the_other_way_round(table: Table, sdk: SdkTable) -> None:
    await table.insert(ROW)
    with sdk:
        theirs = sdk.get_entity(KEYS["PartitionKey"], KEYS["RowKey"])
        assert {**theirs, "large": theirs["large"].value} == ROW
        theirs["RowKey"], theirs["large"] = "other", EntityProperty(2**40, EdmType.INT64)
        sdk.create_entity(theirs)
    assert await table.find("it's", "other") == {**ROW, "RowKey": "other"}


async def test_where_there_is_no_row_none_is_found_changed_or_missed(table: Table) -> None:
    assert await table.find("a", "b") is None
    await table.delete("a", "b")
    with pytest.raises(ResourceNotFoundError):
        await table.get("a", "b")
    with pytest.raises(ResourceNotFoundError):
        await table.merge({"PartitionKey": "a", "RowKey": "b"})


async def test_a_row_is_written_over_only_as_it_was_read(table: Table) -> None:
    first = await table.insert({**KEYS, "count": 1})
    with pytest.raises(ResourceExistsError):
        await table.insert({**KEYS, "count": 2})
    second = await table.replace({**KEYS, "count": 2}, first)
    for refused in (
        table.replace({**KEYS, "count": 3}, first),
        table.merge({**KEYS, "count": 3}, first),
        table.delete(KEYS["PartitionKey"], KEYS["RowKey"], first),
    ):
        with pytest.raises(ResourceModifiedError):
            await refused
    third = await table.merge({**KEYS, "more": "x"}, second)
    assert await table.find(KEYS["PartitionKey"], KEYS["RowKey"]) == {**KEYS, "count": 2, "more": "x"}
    await table.put({**KEYS, "count": 4})
    assert await table.find(KEYS["PartitionKey"], KEYS["RowKey"]) == {**KEYS, "count": 4}
    with pytest.raises(ResourceModifiedError):
        await table.delete(KEYS["PartitionKey"], KEYS["RowKey"], third)
    await table.delete(KEYS["PartitionKey"], KEYS["RowKey"])
    assert await table.find(KEYS["PartitionKey"], KEYS["RowKey"]) is None


async def test_a_transaction_is_made_whole_or_not_at_all(table: Table) -> None:
    await put_many(table, "p", "gone", "kept", "put", "touched")
    before = await table.get("p", "touched")
    all_of_them: list[Operation] = [
        Insert({**ROW, "PartitionKey": "p"}),
        Replace({"PartitionKey": "p", "RowKey": "put", "count": 1}, None),
        Merge({"PartitionKey": "p", "RowKey": "touched"}),
        Delete({"PartitionKey": "p", "RowKey": "gone"}),
    ]
    lost = Replace({"PartitionKey": "p", "RowKey": "kept", "count": 1}, before.etag[:-3] + "9Z'\"")
    with pytest.raises(ResourceModifiedError):
        await table.transaction([*all_of_them, lost])
    assert await keys_of(table.query(ALL, first="")) == ["gone", "kept", "put", "touched"]
    etags = await table.transaction(all_of_them)
    rows = {row["RowKey"]: row async for row in table.query(ALL, first="")}
    assert sorted(rows) == [KEYS["RowKey"], "kept", "put", "touched"]
    assert etags == [rows[key].etag for key in (KEYS["RowKey"], "put", "touched")]
    assert rows["touched"] == before
    assert rows["touched"].etag != before.etag
    assert rows[KEYS["RowKey"]] == {**ROW, "PartitionKey": "p"}


async def test_rows_are_found_by_what_their_keys_begin_with(table: Table) -> None:
    await put_many(table, "p", "a", "a|1", "a|2", "a}", "b|1")
    await put_many(table, "q", "a|3")
    assert await keys_of(table.under("p", "a")) == ["a|1", "a|2"]


async def test_a_value_is_never_taken_for_a_part_of_the_filter(table: Table) -> None:
    odd = "x' or PartitionKey ne '@b"
    await table.insert({"PartitionKey": odd, "RowKey": "1"})
    await table.insert({"PartitionKey": "other", "RowKey": "1"})
    found = [row async for row in table.query("PartitionKey eq @a and RowKey eq @b", a=odd, b="1")]
    assert [row["PartitionKey"] for row in found] == [odd]


async def test_no_more_is_read_than_is_asked_for(table: Table, wire: Wire) -> None:
    for start in range(0, 1100, 100):
        await put_many(table, "p", *(f"{number:04}" for number in range(start, start + 100)))
    wire.reset()
    assert [row["RowKey"] for row in await table.first(2, "PartitionKey eq @p", p="p")] == ["0000", "0001"]
    assert [request.operations for request in wire.requests] == [2]
    assert await table.first(0, "PartitionKey eq @p", p="p") == []
    assert len(await table.first(1050, "PartitionKey eq @p", p="p")) == 1050
    wire.reset()
    async for _ in table.query(ALL, first=""):
        break
    assert [request.operations for request in wire.requests] == [1000]
    assert len(await keys_of(table.query(ALL, first=""))) == 1100
    assert [len(page) async for page in table.pages("PartitionKey eq 'p'")] == [1000, 100]


async def test_a_table_is_there_once_it_was_made_and_gone_once_it_was_dropped(table: Table) -> None:
    await table.create()
    await table.insert(KEYS)
    await table.drop()
    await table.drop()
    with pytest.raises(ResourceNotFoundError):
        await table.insert(KEYS)
    await table.create()


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
async def test_what_gets_no_answer_is_asked_again(table: Table, wire: Wire, verb: str) -> None:
    await table.put({**KEYS, "RowKey": "there"})
    wire.reset()
    asked = {
        "POST": table.insert(KEYS),
        "PUT": table.put(KEYS),
        "PATCH": table.merge({**KEYS, "RowKey": "there"}),
        "DELETE": table.delete(KEYS["PartitionKey"], "there"),
    }
    wire.lose = NthWrite(1)
    await asked.pop(verb)
    assert [request.method for request in wire.requests] == [verb]
    for other in asked.values():
        other.close()
