"""The names of people are read by one for all who ask, and what this process writes is seen at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.callers.people import names, note
from functions.identity import Caller
from functions.storage import Storage
from functions.tables import Row
from tests.api.builders import new_name

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def queries(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    query = storage.service_table.query

    def counted(text: str, **values: Any) -> AsyncIterator[Row]:
        asked.append(text)
        return query(text, **values)

    monkeypatch.setattr(storage.service_table, "query", counted)
    return asked


async def test_a_crowd_that_asks_at_once_costs_one_read(storage: Storage, queries: list[str]) -> None:
    caller = Caller(new_name("anna"), "anna")
    await note(storage, caller, NOW)
    told = await asyncio.gather(*(names(storage) for _ in range(20)))
    assert [one.get(caller.user_id) for one in told] == ["anna"] * 20
    assert len(queries) == 1


async def test_a_new_name_is_told_at_once_and_without_a_read(storage: Storage, queries: list[str]) -> None:
    user = new_name("anna")
    await names(storage)
    await note(storage, Caller(user, "anna"), NOW)
    await note(storage, Caller(user, "anne"), NOW)
    assert (await names(storage))[user] == "anne"
    assert len(queries) == 1
    assert (await names(storage, fresh=True))[user] == "anne"
    assert len(queries) == 2
