"""The service's storage, in this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from functions.storage import Storage
from tests.backups.conftest import settings_of
from tests.running import Storage as Azurite


@pytest_asyncio.fixture
async def storage(azurite: Azurite, tmp_path: Path) -> AsyncIterator[Storage]:
    own = Storage(settings_of(azurite, tmp_path))
    await own.prepare()
    yield own
    await own.close()
