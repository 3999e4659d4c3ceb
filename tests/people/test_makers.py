"""Access tokens work as long as their maker comes; and that people come is written once a day."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.callers import people
from functions.callers.people import PARTITION, find_person, note
from functions.identity import Caller, Role, TokenKind, key_of
from functions.problems import Unauthenticated
from functions.storage import Storage
from functions.tokens import access
from functions.tokens.access import caller_by_token, is_orphaned
from functions.tokens.model import AccessToken, key_of_token, new_token
from functions.tokens.store import drop_token, insert_token
from tests.api.builders import new_name

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def maker() -> Caller:
    name = new_name("maker")
    return Caller(f"{name}-id", name)


def token_of(maker: Caller, created_at: datetime) -> AccessToken:
    end = created_at + 365 * DAY
    return AccessToken("project", "key", "id", "name", Role.LABELER, maker.user_id, maker.name, created_at, end)


def another_process() -> None:
    people._noted.clear()


@pytest.mark.parametrize(("days", "orphaned"), [(31, True), (30, False), (1, False)])
async def test_a_token_whose_maker_has_not_signed_in_for_30_days_opens_nothing(
    storage: Storage, maker: Caller, days: int, orphaned: bool
) -> None:
    token = token_of(maker, NOW - 100 * DAY)
    await note(storage, maker, NOW - days * DAY)
    for _ in range(2):
        assert await is_orphaned(storage, token, NOW) is orphaned
        another_process()
    await note(storage, maker, NOW)
    assert not await is_orphaned(storage, token, NOW)
    longer = replace(storage.config, token_maker_days=32)
    storage.config = longer
    assert not await is_orphaned(storage, token, NOW)


async def test_whoever_made_a_token_lately_was_here(storage: Storage, maker: Caller) -> None:
    assert not await is_orphaned(storage, token_of(maker, NOW - 30 * DAY), NOW)
    assert await is_orphaned(storage, token_of(maker, NOW - 31 * DAY), NOW)


@pytest.mark.parametrize("project_id", [None, "abcdefghijkm"])
async def test_a_token_that_was_good_is_believed_for_5_seconds(
    storage: Storage, maker: Caller, monkeypatch: pytest.MonkeyPatch, project_id: str | None
) -> None:
    text = new_token(TokenKind.SERVICE if project_id is None else TokenKind.PROJECT)
    token = replace(token_of(maker, NOW), project_id=project_id, key=key_of_token(text))
    await insert_token(storage, token)
    assert (await caller_by_token(storage, project_id, text, NOW)).user_id == maker.user_id
    # As another process does it.
    await drop_token(storage, token)
    for later in (0, 4):
        monkeypatch.setattr(access._read, "_clock", lambda later=later: time.monotonic() + later)
        assert (await caller_by_token(storage, project_id, text, NOW)).user_id == maker.user_id
    monkeypatch.setattr(access._read, "_clock", lambda: time.monotonic() + 5)
    with pytest.raises(Unauthenticated):
        await caller_by_token(storage, project_id, text, NOW)


async def test_a_person_is_written_once_a_day_however_many_processes_they_meet(storage: Storage, maker: Caller) -> None:
    async def version() -> str:
        return (await storage.service_table.get(PARTITION, key_of(maker.user_id))).etag

    await note(storage, maker, NOW)
    first = await version()
    for hours in (1, 2, 3):
        another_process()
        await note(storage, maker, NOW + timedelta(hours=hours))
    assert await version() == first
    await note(storage, maker, NOW + DAY)
    assert await version() != first
    found = await find_person(storage, maker.user_id)
    assert found is not None
    assert found.seen == (NOW + DAY).date()


async def test_a_row_of_before_says_by_its_own_time_when_its_person_came(storage: Storage, maker: Caller) -> None:
    row = {"PartitionKey": PARTITION, "RowKey": key_of(maker.user_id), "user": maker.user_id, "name": maker.name}
    await storage.service_table.insert(row)
    found = await find_person(storage, maker.user_id)
    assert found is not None
    assert abs(found.seen - datetime.now(UTC).date()) <= DAY
