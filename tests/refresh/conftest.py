"""An account with nothing of other tests in it, and a simulated container beside it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from bench.refresh.simulated import SimulatedContainer
from tests.refresh.scene import Account
from tests.running import Storage as Azurite


@pytest.fixture(scope="package")
def own_azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Azurite]:
    """Storage whose queues only these tests read."""
    with Azurite(tmp_path_factory.mktemp("refresh") / "data") as storage:
        yield storage


@pytest.fixture(scope="package")
def simulated() -> Iterator[SimulatedContainer]:
    with SimulatedContainer() as container:
        yield container


@pytest_asyncio.fixture
async def account(
    own_azurite: Azurite, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Account]:
    async with Account(own_azurite, tmp_path_factory.mktemp("secrets") / "secrets.json", monkeypatch) as made:
        yield made
