"""When a folder is looked through again by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.projects.model import PreparingTrouble, Project
from functions.refresh.schedule import LONGEST_PAUSE, is_due, pause_after
from functions.refresh.store import SILENT_AFTER, Refresh
from functions.settings import Settings, round_minutes, timer_schedule
from localhost.timers import Schedule
from tests.projects.building import make

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVERY = 10 * MINUTE
ENVIRONMENT = {"DATA_STORAGE": "UseDevelopmentStorage=true", "SECRETS_FILE": "secrets"}
STOPPED = PreparingTrouble(reason="The SAS token has expired.", times=1, is_stopped=True)


def project(**changes: Any) -> Project:
    usual = {"name": "Cats and dogs", "incremental_refresh": True, "created_at": NOW - timedelta(days=3)}
    return make(**{**usual, **changes})


def looked(before: timedelta, status: str = "completed", **changes: Any) -> Refresh:
    asked = NOW - before
    made = Refresh(id="1", status="completed", asked_at=asked, touched_at=asked)
    return made.model_copy(update={"status": status, **changes})


def failed(before: timedelta, failures: int) -> Refresh:
    return looked(before, "failed", failures=failures)


def test_a_project_is_due_at_each_tick_when_folders_are_looked_through_as_often_as_the_timer_comes() -> None:
    assert is_due(project(), looked(EVERY - timedelta(seconds=1)), EVERY, NOW)


@pytest.mark.parametrize("minutes", [1, 3, 5, 7, 10, 12, 15, 20, 60, 24 * 60])
def test_folders_are_checked_as_often_as_is_told(minutes: int) -> None:
    """Whether the timer comes a little early or late."""
    told = Settings.from_environment({**ENVIRONMENT, "REFRESH_MINUTES": str(minutes)}).refresh_minutes
    assert told == minutes
    timer = Schedule("make_rounds", timer_schedule({"REFRESH_MINUTES": str(minutes)}))
    asked, rounds, moment = NOW, 0, NOW
    for late in (0.3, 0.1, 0.4, 0.0):
        is_asked = False
        while not is_asked:
            moment, rounds = timer.after(moment), rounds + 1
            now = moment + timedelta(seconds=late)
            is_asked = is_due(project(), looked(NOW - asked), minutes * MINUTE, now)
        assert abs(now - asked - minutes * MINUTE) < timedelta(seconds=1)
        asked = now
    assert rounds == 4 * minutes // round_minutes(minutes)


@pytest.mark.parametrize("status", ["paused", "deleting"])
def test_a_project_that_is_paused_or_deleted_is_not_refreshed(status: str) -> None:
    assert not is_due(project(status=status), looked(timedelta(days=1)), EVERY, NOW)
    assert not is_due(project(status=status, preparing_trouble=STOPPED), looked(timedelta(days=1)), EVERY, NOW)


def test_a_project_whose_refresh_is_off_is_not_refreshed() -> None:
    assert not is_due(project(incremental_refresh=False), looked(timedelta(days=1)), EVERY, NOW)


@pytest.mark.parametrize("waiting", [{"status": "failed"}, {"preparing_trouble": STOPPED}])
def test_a_project_that_waits_for_its_images_is_refreshed_though_its_refresh_is_off(waiting: dict[str, Any]) -> None:
    assert is_due(project(incremental_refresh=False, **waiting), failed(EVERY, 1), EVERY, NOW)


def test_after_each_failure_in_a_row_the_pause_is_twice_as_long() -> None:
    pauses = [pause_after(failures, EVERY) / MINUTE for failures in range(6)]
    assert pauses == [10, 10, 20, 40, 80, 160]
    assert pause_after(10**6, EVERY) == LONGEST_PAUSE
    assert pause_after(3, timedelta(days=7)) == timedelta(days=7)
    assert not is_due(project(), failed(30 * MINUTE, 3), EVERY, NOW)
    assert is_due(project(), failed(40 * MINUTE, 3), EVERY, NOW)


def test_failures_to_prepare_lengthen_the_pause_as_well() -> None:
    trouble = STOPPED.model_copy(update={"times": 3})
    assert not is_due(project(preparing_trouble=trouble), looked(30 * MINUTE), EVERY, NOW)
    assert is_due(project(preparing_trouble=trouble), looked(40 * MINUTE), EVERY, NOW)


@pytest.mark.parametrize("status", ["queued", "running"])
def test_a_refresh_under_way_is_asked_for_again_only_when_it_is_silent(status: str) -> None:
    silent = SILENT_AFTER + MINUTE
    for kind in (project(), project(status="creating"), project(incremental_refresh=False), project(status="paused")):
        assert not is_due(kind, looked(MINUTE, status), EVERY, NOW)
        assert is_due(kind, looked(silent, status), EVERY, NOW)
        assert not is_due(kind, looked(silent, status, touched_at=NOW - MINUTE), EVERY, NOW)


def test_a_project_whose_first_refresh_was_never_asked_for_is_due() -> None:
    assert is_due(project(status="creating"), None, EVERY, NOW)
    assert not is_due(project(status="creating", created_at=NOW - MINUTE), None, EVERY, NOW)
