"""Another team's storage account, and the service's own storage, both in one Azurite without the service."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from functions.settings import Settings
from functions.storage import Storage
from tests.datastores.customer import Customer
from tests.running import Service
from tests.running import Storage as Azurite


@pytest.fixture
def customer(azurite: Azurite) -> Iterator[Customer]:
    account = Customer(azurite.other_storage)
    yield account
    account.close()


@pytest.fixture
def their_account(service: Service) -> Iterator[Customer]:
    """The other team's account beside the running service."""
    account = Customer(service.other_storage)
    yield account
    account.close()


@pytest.fixture
def api(service: Service) -> Iterator[httpx.Client]:
    with service.client() as client:
        yield client


@pytest_asyncio.fixture
async def storage(azurite: Azurite, tmp_path: Path) -> AsyncIterator[Storage]:
    own = Storage(
        Settings.from_environment(
            {
                "DATA_STORAGE": azurite.data_storage,
                "SECRETS_FILE": str(tmp_path / "secrets.json"),
                "LOOPBACK_DATASTORES": "1",
                "IDENTITY_CONTAINERS": "https://team.blob.core.windows.net/listed,http://127.0.0.1:1/team/listed",
            }
        )
    )
    await azurite.prepare(own)
    yield own
    await own.close()
