"""`python -m bench.tables`: what rows of tables cost this process, by functions/tables.py and by the SDK, written as a
section into bench/RESULTS.md.

Both ask the same emulator for the same rows, over transports of the same kind, in turns. What counts is the processor's
time of this process, the least of all turns: the emulator and the network take none of it.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient

from bench import results
from functions.labeling.head import new_head
from functions.labeling.rows import head_row
from functions.storage import TABLE_RETRIES, transport
from functions.tables import Insert, Replace, Table, Tables
from tests.running import Storage

TURNS = 7
AT_ONCE = 100
ROWS = 1000
PACK, ROW = "000000", "head|000000"
# A pack of 25 images, as a lease reads it and writes it back.
HEAD = head_row(0, new_head(25))
RECORD = {"PartitionKey": PACK, "action": "submitted", "by": "anna", "at": "1750000000000", "document00": "x" * 400}
FILTER = "PartitionKey eq 'rows'"
# What is measured, and how often in a turn.
CASES = {
    "a row by its keys": AT_ONCE,
    "a row that is not there": AT_ONCE,
    "a new row": AT_ONCE,
    "a row written over what was read": AT_ONCE,
    "a transaction: that and a new row": AT_ONCE,
    f"a scan of {ROWS} small rows": 1,
}

_numbers = count()


def new_record() -> dict[str, Any]:
    return {**RECORD, "RowKey": f"s|{next(_numbers):09}"}


class Ours:
    """Each case by this house's Table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    async def prepare(self) -> None:
        await self._table.create()
        for start in range(0, ROWS, AT_ONCE):
            rows = ({"PartitionKey": "rows", "RowKey": f"{start + one:06}", "text": "a"} for one in range(AT_ONCE))
            await self._table.transaction([Insert(row) for row in rows])

    async def works(self) -> list[Callable[[], Awaitable[object]]]:
        table = self._table
        etag = await table.put(HEAD)

        async def replace() -> None:
            nonlocal etag
            etag = await table.replace(HEAD, etag)

        async def transact() -> None:
            nonlocal etag
            etag, _ = await table.transaction([Replace(HEAD, etag), Insert(new_record())])

        async def scan() -> None:
            assert len([row async for page in table.pages(FILTER) for row in page]) == ROWS

        return [
            lambda: table.get(PACK, ROW),
            lambda: table.find(PACK, "nothing"),
            lambda: table.insert(new_record()),
            replace,
            transact,
            scan,
        ]


class TheSdks:
    """Each case by the client of azure-data-tables."""

    def __init__(self, client: TableClient) -> None:
        self._client = client

    async def works(self) -> list[Callable[[], Awaitable[object]]]:
        client = self._client
        over: dict[str, Any] = {"mode": UpdateMode.REPLACE, "match_condition": MatchConditions.IfNotModified}
        over["etag"] = (await client.upsert_entity(HEAD, mode=UpdateMode.REPLACE))["etag"]

        async def find() -> None:
            with suppress(ResourceNotFoundError):
                await client.get_entity(PACK, "nothing")

        async def replace() -> None:
            over["etag"] = (await client.update_entity(HEAD, **over))["etag"]

        async def transact() -> None:
            first, _ = await client.submit_transaction([("update", HEAD, over), ("create", new_record())])
            over["etag"] = first["etag"]

        async def scan() -> None:
            assert len([row async for row in client.query_entities(FILTER)]) == ROWS

        return [
            lambda: client.get_entity(PACK, ROW),
            find,
            lambda: client.create_entity(new_record()),
            replace,
            transact,
            scan,
        ]


async def measure(connection: str) -> dict[str, list[float]]:
    """The seconds of each case: ours, and the SDK's."""
    least = {name: [float("inf")] * 2 for name in CASES}
    tables = Tables.by_connection_string(connection, transport(), **TABLE_RETRIES)
    async with TableClient.from_connection_string(
        connection, "bench", transport=transport(), **TABLE_RETRIES
    ) as client:
        ours, the_sdks = Ours(tables.table("bench")), TheSdks(client)
        await ours.prepare()
        for turn in range(TURNS * 2):
            side = turn % 2
            works = await (the_sdks if side else ours).works()
            for (name, times), work in zip(CASES.items(), works, strict=True):
                least[name][side] = min(least[name][side], await _seconds(work, times))
    await tables.aclose()
    return least


async def _seconds(work: Callable[[], Awaitable[object]], times: int) -> float:
    before = time.process_time()
    for _ in range(times):
        await work()
    return (time.process_time() - before) / times


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Storage(Path(folder) / "data") as storage:
        least = asyncio.run(measure(storage.data_storage))
    unit = least["a row by its keys"][0]
    rows = [
        f"| {name} | {ours / unit:.1f} | {the_sdks / unit:.1f} | {ours / the_sdks:.2f} |"
        for name, (ours, the_sdks) in least.items()
    ]
    head = ["| | `functions/tables.py` | the SDK | share |", "| --- | ---: | ---: | ---: |"]
    words = (
        f"Processor time of the process that asks, the least of {TURNS} in turns, in reads of one row by its keys "
        f"({unit * 1000:.2f} ms); and ours as a share of the SDK's."
    )
    content = "\n".join([words, "", *head, *rows])
    results.write("tables", content)
    print(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
