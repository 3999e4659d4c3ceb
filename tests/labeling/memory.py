"""A table in memory that several instances share, each of whose requests waits until the test lets it through."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from itertools import count
from typing import Any

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from functions.tables import Insert, Operation, Replace, Row, Table


class Gate:
    """Where requests wait. waiting: those that may be let through, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[asyncio.Future[None]] = []

    async def __call__(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        await turn

    def let_through(self, place: int) -> None:
        self.waiting.pop(place).set_result(None)


class MemoryTable(Table):
    """It answers what storage would, as far as packs, the directory and whereabouts ask it."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.rows: dict[tuple[str, str], Row] = {}
        self._etags = map(str, count())

    async def get(self, partition: str, row: str) -> Row:
        await self.gate()
        found = self.rows.get((partition, row))
        if found is None:
            raise ResourceNotFoundError
        return Row(dict(found), found.etag)

    async def query(self, filter: str = "", **values: Any) -> AsyncIterator[Row]:  # noqa: A002
        await self.gate()
        for row in self.matching(filter, values):
            yield row

    async def pages(self, filter: str) -> AsyncIterator[list[dict[str, Any]]]:  # noqa: A002
        await self.gate()
        yield [dict(row) for row in self.matching(filter, {})]

    def matching(self, text: str, values: dict[str, Any]) -> list[Row]:
        for word, sign in ((" eq ", " == "), (" ge ", " >= "), (" le ", " <= "), (" lt ", " < "), ("@", "")):
            text = text.replace(word, sign)
        return [
            Row(dict(row), row.etag)
            for key, row in sorted(self.rows.items())
            if eval(text, {}, {"number": -1, **row, **values, "PartitionKey": key[0], "RowKey": key[1]})
        ]

    async def insert(self, row: Mapping[str, Any]) -> str:
        return (await self.transaction([Insert(row)]))[0]

    async def replace(self, row: Mapping[str, Any], etag: str) -> str:
        return (await self.transaction([Replace(row, etag)]))[0]

    async def transaction(self, operations: Sequence[Operation]) -> list[str]:
        await self.gate()
        for operation in operations:
            known = self.rows.get(_key(operation.row))
            if isinstance(operation, Insert):
                if known:
                    raise _failed(ResourceExistsError, 409)
            elif known is None or known.etag != operation.etag:
                raise _failed(HttpResponseError, 412)
        for operation in operations:
            row = {name: value for name, value in operation.row.items() if value is not None}
            self.rows[_key(row)] = Row(row, next(self._etags))
        return [self.rows[_key(operation.row)].etag for operation in operations]


def _failed(kind: type[HttpResponseError], status: int) -> HttpResponseError:
    error = kind(f"storage answered {status}")
    error.status_code = status
    return error


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["PartitionKey"], row["RowKey"]
