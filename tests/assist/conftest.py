"""The account of the tests of refresh, with queues that only these tests read."""

import pytest

from functions.assist import asking, noting, run
from tests.refresh.conftest import account, own_azurite

__all__ = ["account", "own_azurite"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for to be done later comes at once, each time."""
    monkeypatch.setattr(asking, "LATER_SECONDS", 0)
    monkeypatch.setattr(run.TrainingWork, "retry_seconds", 0)
    for pause in ("LOOK_AFTER_SECONDS", "ASK_AGAIN_SECONDS", "FEATURES_AFTER_SECONDS"):
        monkeypatch.setattr(noting, pause, 0)
