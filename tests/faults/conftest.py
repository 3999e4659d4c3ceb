"""Each test has a short form, which runs with all the others, and a full one, which `-m full` selects."""

import os
import random
from collections.abc import Iterator

import pytest

from tests.running import Service

FULL = "full"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{FULL}: takes minutes; runs only where the marker is asked for")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if FULL in str(config.getoption("markexpr")):
        return
    full = [item for item in items if item.get_closest_marker(FULL)]
    items[:] = [item for item in items if item not in full]
    config.hook.pytest_deselected(items=full)


@pytest.fixture
def dice() -> random.Random:
    """All chance of a test. FAULTS_SEED, which a failed test shows, makes it the same again."""
    seed = os.environ.get("FAULTS_SEED") or str(random.randrange(10**6))
    print(f"FAULTS_SEED={seed}")
    return random.Random(seed)


@pytest.fixture(scope="session")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that may be killed, and its storage too. It runs again when a test is over."""
    with Service(tmp_path_factory.mktemp("mortal") / "data") as own:
        yield own
