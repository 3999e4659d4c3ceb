"""Administrators of the service: bound to a user id at their first sign-in, and for good."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from azure.core.exceptions import AzureError

from functions.callers.administrators import BOUND, Administrators
from functions.identity import Caller, developer
from functions.settings import Settings
from functions.storage import SERVICE_TABLE, Storage
from functions.tables import Tables
from tests.api.builders import new_name
from tests.labeling.wire import Wire, never
from tests.running import Storage as Azurite


@dataclass(frozen=True)
class Process:
    """One process of the service, and what it asks storage."""

    config: Settings
    known: Administrators
    wire: Wire

    async def lets(self, name: str, user_id: str) -> bool:
        """Whether somebody who calls by this name and id is an administrator."""
        caller = await self.known.recognize(Caller(user_id, name))
        assert (caller.user_id, caller.name) == (user_id, name)
        return caller.is_administrator


Start = Callable[..., Process]


@pytest_asyncio.fixture
async def start(azurite: Azurite, storage: Storage, tmp_path: Path) -> AsyncIterator[Start]:
    """Starts a process with these administrators; all have the same storage."""
    async with AsyncExitStack() as stack:

        def process(*names: str, **more: str) -> Process:
            environment = {"DATA_STORAGE": azurite.data_storage, "SECRETS_FILE": str(tmp_path / "secrets.json")}
            config = Settings.from_environment({**environment, "ADMINISTRATORS": ",".join(names), **more})
            own, wire = Storage(config), Wire()
            tables = Tables.by_connection_string(azurite.data_storage, wire)
            own.service_table = tables.table(SERVICE_TABLE)
            stack.push_async_callback(tables.aclose)
            stack.push_async_callback(own.close)
            return Process(config, Administrators(own), wire)

        yield process


@pytest.fixture
def name() -> str:
    return new_name("anna")


async def test_who_signs_in_by_the_name_first_is_the_administrator_and_from_then_on_only_the_id_counts(
    start: Start, name: str
) -> None:
    one, other = start(name.upper()), start(name)
    assert await one.lets(name, "anna-1")
    for process in (one, other, start(name)):
        assert not await process.lets(name, "anna-2")
        assert await process.lets("renamed", "anna-1")
        assert await process.lets(name, "anna-1")


async def test_nobody_is_one_by_a_name_that_only_looks_like_an_administrators(start: Start, name: str) -> None:
    one = start(name)
    for looks in (name.replace("a", "\u0430"), name + " ", name.replace("n", "\uff4e")):
        assert not await one.lets(looks, "stranger")
    assert await one.lets(name, "anna-1")


async def test_whom_the_setting_names_no_more_is_none_and_is_one_again_under_the_same_id(
    start: Start, name: str
) -> None:
    assert await start(name).lets(name, "anna-1")
    assert not await start("boss").lets(name, "anna-1")
    assert not await start(name).lets(name, "anna-2")
    assert await start(name).lets(name, "anna-1")


async def test_a_name_is_bound_anew_once_its_number_is_counted_up(start: Start, name: str) -> None:
    assert await start(name).lets(name, "anna-1")
    second = start(f"{name}/2")
    assert not await second.lets("renamed", "anna-1")
    assert await second.lets(name, "anna-2")
    for process in (second, start(f"{name}/2")):
        assert not await process.lets(name, "anna-1")
        assert await process.lets(name, "anna-2")


async def test_of_two_who_come_first_at_once_one_is_the_administrator(start: Start, name: str) -> None:
    processes = [start(name), start(name)]
    callers = [(process, f"anna-{number}") for number in range(4) for process in processes]
    answers = await asyncio.gather(*(process.lets(name, user) for process, user in callers))
    let_in = {user for (_, user), answer in zip(callers, answers, strict=True) if answer}
    assert len(let_in) == 1
    # Whoever it is was let in by each call that they made.
    assert sum(answers) == len(processes)


async def test_a_first_sign_in_whose_answer_is_lost_has_bound_the_name_all_the_same(start: Start, name: str) -> None:
    one = start(name)
    one.wire.lose_answer = lambda request: request.is_write
    with pytest.raises(AzureError):
        await one.lets(name, "anna-1")
    one.wire.lose_answer = never
    assert not await one.lets(name, "anna-2")
    assert await one.lets(name, "anna-1")


@pytest.mark.parametrize(("more", "level"), [({"WEBSITE_AUTH_ENABLED": "True"}, "WARNING"), ({}, "INFO")])
async def test_a_new_one_is_an_alert_only_where_a_platform_signs_people_in(
    more: dict[str, str], level: str, start: Start, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "functions.callers.administrators")
    assert await start(name, **more).lets(name, "anna-1")
    told = [record for record in caplog.records if record.name == "functions.callers.administrators"]
    assert [(record.levelname, record.message) for record in told] == [(level, f"{BOUND}: anna-1")]


async def test_calls_ask_storage_for_nothing(start: Start, name: str) -> None:
    """However old the look is by which the names were found to be bound."""
    one = start(name)
    assert await one.lets(name, "anna-1")
    one.known._rows.clear()
    one.wire.reset()
    for user in ("anna-1", "anna-2", "bob"):
        await one.lets(name, user)
        await one.lets("bob", user)
        await one.known.knows(user)
    assert one.wire.requests == []


async def test_while_a_name_waits_a_crowd_asks_once(start: Start, name: str) -> None:
    one = start(name)
    assert not any(await asyncio.gather(*(one.lets("bob", f"bob-{number}") for number in range(20))))
    assert len(one.wire.requests) == 1


async def test_an_administrator_of_another_process_is_found_when_the_look_is_old(start: Start, name: str) -> None:
    one = start(name)
    assert not await one.known.knows("anna-1")
    assert await start(name).lets(name, "anna-1")
    assert not await one.known.knows("anna-1")
    one.known._rows.clear()
    assert await one.known.knows("anna-1")


async def test_a_developer_is_one_by_their_own_setting_whoever_has_the_name_elsewhere(start: Start, name: str) -> None:
    assert await start(name).lets(name, "anna-1")
    mine = {"DEVELOPER": name, "AZURE_FUNCTIONS_ENVIRONMENT": "Development"}
    here, none = start(name, **mine), start("boss", **mine)
    me = developer(here.config)
    assert me is not None
    assert await here.lets(me.name, me.user_id)
    assert not await none.lets(me.name, me.user_id)
    assert not await start(name).lets(me.name, me.user_id)
