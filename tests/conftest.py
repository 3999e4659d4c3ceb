"""Fixtures for every test: the running service, storage alone, and the browser."""

from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from functions.settings import Settings
from functions.storage import Storage as Clients
from tests.browser import ensure_chromium
from tests.running import Service, ServiceInMemory, Storage

# On a machine that is busy, generated inputs may take long.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service as a user starts it, with data of its own, in memory, and every call in its log."""
    with ServiceInMemory(tmp_path_factory.mktemp("service") / "data", settings={"LOG": "info"}) as running:
        yield running


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """Storage without the service, for what is tested in this process."""
    with Storage(tmp_path_factory.mktemp("azurite") / "data") as storage:
        yield storage


def settings_of(azurite: Storage, tmp_path: Path) -> Settings:
    """The service's, in this process."""
    environment = {"DATA_STORAGE": azurite.data_storage, "SECRETS_FILE": str(tmp_path / "secrets.json")}
    return Settings.from_environment(environment)


@pytest_asyncio.fixture
async def storage(azurite: Storage, tmp_path: Path) -> AsyncIterator[Clients]:
    """The service's storage, in a real Azurite, with clients of this process."""
    own = Clients(settings_of(azurite, tmp_path))
    await azurite.prepare(own)
    yield own
    await own.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright, with the system's Chromium."""
    has_windows = not browser_type_launch_args.get("headless", True)
    return {**browser_type_launch_args, "executable_path": ensure_chromium.ensure(with_windows=has_windows)}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows where the service's log is, and its end."""
    report = yield
    for value in getattr(item, "funcargs", {}).values():
        if report.failed and isinstance(value, Service) and value.log_file.exists():
            report.sections.append((f"Log of the service: {value.log_file}", value.log[-4000:]))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: Playwright keeps an event loop running, which async tests cannot have."""
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))
