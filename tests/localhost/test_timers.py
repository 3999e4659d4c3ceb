import json
from datetime import UTC, datetime

import pytest
from azure.storage.blob import BlobClient

from localhost.errors import StartError
from localhost.timers import Schedule
from tests.localhost.conftest import Toy
from tests.running import until

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("*/10 * * * * *", "2026-01-01T00:00:10+00:00"),
        ("0 */5 * * * *", "2026-01-01T00:05:00+00:00"),
        ("30 0 2 * * *", "2026-01-01T02:00:30+00:00"),
        ("0 30 9 * * 1-5", "2026-01-01T09:30:00+00:00"),
        ("0 0 0 13 * FRI", "2026-02-13T00:00:00+00:00"),
        ("*/5 * * * *", "2026-01-01T00:05:00+00:00"),
    ],
)
def test_a_schedule_is_read_as_ncrontab(text: str, following: str) -> None:
    assert Schedule("timer", text).after(NEW_YEAR).isoformat() == following


@pytest.mark.parametrize("text", ["", "* * * *", "61 * * * * *", "00:05:00", "@daily", "* * * * * * *"])
def test_a_schedule_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(StartError, match="timer"):
        Schedule("timer", text)


def status_of(toy: Toy, name: str) -> BlobClient:
    return BlobClient.from_connection_string(
        toy.service.data_storage, "azure-webjobs-hosts", f"timers/localhost/{name}/status"
    )


def runs(toy: Toy, name: str) -> list[bool]:
    """For each run of the timer whether it was past due."""
    return [note["past_due"] for note in toy.notes() if note.get("timer") == name]


def test_a_timer_runs_at_the_start_only_if_it_asks_for_it_or_missed_a_run(own_toy: Toy) -> None:
    own_toy.service.start()
    with status_of(own_toy, "yearly") as status, status_of(own_toy, "early") as early:
        until(lambda: status.exists() and early.exists(), "no status is kept")
        assert (runs(own_toy, "yearly"), runs(own_toy, "early")) == ([], [False])
        kept = json.loads(status.download_blob().readall())
        assert kept["Next"].endswith("-01-01T00:00:00+00:00")
        long_ago = "2020-06-01T00:00:00+00:00"
        status.upload_blob(json.dumps({**kept, "Last": long_ago, "LastUpdated": long_ago}), overwrite=True)

    own_toy.service.restart()
    until(lambda: runs(own_toy, "yearly") == [True], "the missed run is not made up for")
    until(lambda: "a timer that fails goes on" in own_toy.service.log, "no failure")

    own_toy.service.restart()
    until(lambda: runs(own_toy, "early") == [False] * 3, "no third start")
    assert runs(own_toy, "yearly") == [True]
