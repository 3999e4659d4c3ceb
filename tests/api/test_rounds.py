"""The rounds of the one timer."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import azure.functions as func
import pytest
from azure.functions.timer import TimerRequest

import function_app  # noqa: F401 - the rooms register with it
from functions import background
from functions.background import ROUNDS, is_first_of_day, make_rounds, on_round

AT = datetime(2026, 11, 29, 0, 10, tzinfo=UTC)


class NoStorage:
    async def prepare(self) -> None: ...


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What rounds of work of the test's own have done."""
    monkeypatch.setattr(background, "ROUNDS", [])
    monkeypatch.setattr(background, "storage", NoStorage)
    monkeypatch.setattr(background, "now", lambda: AT)
    return []


def adding(done: list[str], word: str) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        done.append(word)

    return work


def timer(last: str | None) -> func.TimerRequest:
    return TimerRequest(schedule_status={"Last": last} if last else {})


async def failing() -> None:
    raise ValueError("as the test wants")


async def test_work_that_fails_keeps_no_other_from_being_done_and_fails_the_run(done: list[str]) -> None:
    on_round("first")(failing)
    on_round("second")(adding(done, "second"))
    with pytest.raises(ValueError, match="as the test wants"):
        await make_rounds(timer(None))
    assert done == ["second"]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("2026-11-29T00:00:00.0002+00:00", ["each"]),
        ("2026-11-28T23:50:00+00:00", ["each", "daily"]),
        ("2026-11-29T01:00:00+02:00", ["each", "daily"]),
        ("2026-11-28T23:05:00-01:00", ["each"]),
        ("0001-01-01T00:00:00", ["each", "daily"]),
        (None, ["each", "daily"]),
    ],
)
async def test_daily_work_is_done_in_the_first_round_of_a_day(
    done: list[str], last: str | None, words: list[str]
) -> None:
    on_round("each")(adding(done, "each"))
    on_round("daily", is_daily=True)(adding(done, "daily"))
    await make_rounds(timer(last))
    assert done == words


def test_a_status_that_cannot_be_read_is_none() -> None:
    assert is_first_of_day({"Last": "yesterday"}, AT)


def test_the_rooms_have_their_work_in_the_rounds_of_the_one_timer() -> None:
    assert {(one.name, one.is_daily) for one in ROUNDS} == {
        ("erase_people", False),
        ("mend_packs", False),
        ("refresh_projects", False),
        ("expire_uploads", False),
        ("expire_exports", True),
        ("forget_audit", True),
    }
