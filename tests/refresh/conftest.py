"""A container of made-up images, and the service's own storage beside it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bench.refresh.simulated import SimulatedContainer
from functions.settings import Settings
from functions.storage import Storage
from tests.running import Storage as Azurite


@pytest.fixture(scope="package")
def simulated() -> Iterator[SimulatedContainer]:
    with SimulatedContainer() as container:
        yield container


@pytest_asyncio.fixture
async def storage(azurite: Azurite, tmp_path: Path) -> AsyncIterator[Storage]:
    environment = {
        "DATA_STORAGE": azurite.data_storage,
        "SECRETS_FILE": str(tmp_path / "secrets.json"),
        "LOOPBACK_DATASTORES": "1",
    }
    own = Storage(Settings.from_environment(environment))
    await own.prepare()
    yield own
    await own.close()
