"""The service's storage, in a real Azurite, with a client of this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from functions.settings import Settings
from functions.storage import Storage
from tests.running import Storage as Azurite


@pytest_asyncio.fixture
async def storage(azurite: Azurite, tmp_path: Path) -> AsyncIterator[Storage]:
    environment = {"DATA_STORAGE": azurite.data_storage, "SECRETS_FILE": str(tmp_path / "secrets.json")}
    own = Storage(Settings.from_environment(environment))
    await own.prepare()
    yield own
    await own.close()
