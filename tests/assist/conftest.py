"""The account of the tests of refresh, with queues that only these tests read."""

import pytest

from functions.assist import asking
from tests.refresh.conftest import account, own_azurite

__all__ = ["account", "own_azurite"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for to be made later comes at once."""
    monkeypatch.setattr(asking, "LATER_SECONDS", 0)
