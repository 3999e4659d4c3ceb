"""A project's table of its own for each test, in a real Azurite."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.labeling.project import Project
from tests.running import Storage as Azurite


@pytest_asyncio.fixture
async def project(azurite: Azurite) -> AsyncIterator[Project]:
    async with Project(azurite.data_storage) as made:
        yield made
