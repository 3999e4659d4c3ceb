"""The toy function app, running."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.running import Service

TOY = Path(__file__).parent / "toy"


@dataclass(frozen=True)
class Toy:
    service: Service
    journal: Path

    def notes(self) -> list[dict[str, Any]]:
        """What the toy app wrote down."""
        if not self.journal.exists():
            return []
        return [json.loads(line) for line in self.journal.read_text(encoding="utf-8").splitlines()]


def make(folder: Path) -> Toy:
    journal = folder / "journal"
    settings = {"TOY_JOURNAL": str(journal), "TOY_QUEUE": "toys"}
    return Toy(Service(folder / "data", TOY, settings), journal)


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toy]:
    """The toy app behind the host, shared by the tests that change nothing in it but its journal."""
    made = make(tmp_path_factory.mktemp("toy"))
    made.service.start()
    yield made
    made.service.stop()


@pytest.fixture
def own_toy(tmp_path: Path) -> Iterator[Toy]:
    """A toy app of the test's own, not started yet."""
    made = make(tmp_path)
    yield made
    made.service.stop()
