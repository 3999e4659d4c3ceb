"""Two deployments, each with storage of its own; and storage alone, for what is tested in this process."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from functions.settings import Settings
from functions.storage import Storage
from tests.api.builders import People
from tests.datastores.customer import Customer
from tests.running import Service
from tests.running import Storage as Azurite


class Elsewhere(Service):
    program = "tests.backups.elsewhere"


@pytest.fixture(scope="session")
def people(service: Service) -> Iterator[People]:
    everybody = People(service)
    yield everybody
    everybody.close()


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """The people of another deployment: the same names, other user ids."""
    running = Elsewhere(tmp_path_factory.mktemp("elsewhere") / "data")
    running.start()
    everybody = People(running)
    yield everybody
    everybody.close()
    running.stop()


@pytest.fixture(scope="session")
def customer(service: Service) -> Iterator[Customer]:
    """The account in which the images lie; both deployments reach it."""
    own = Customer(service.other_storage)
    yield own
    own.close()


def settings_of(azurite: Azurite, tmp_path: Path) -> Settings:
    environment = {"DATA_STORAGE": azurite.data_storage, "SECRETS_FILE": str(tmp_path / "secrets.json")}
    return Settings.from_environment(environment)


@pytest_asyncio.fixture
async def storage(azurite: Azurite, tmp_path: Path) -> AsyncIterator[Storage]:
    own = Storage(settings_of(azurite, tmp_path))
    await own.prepare()
    yield own
    await own.close()
