"""Fixtures of the client's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.canned import Canned, canned
from tests.client.command_line import CommandLine


@pytest.fixture
def canned_service() -> Iterator[Canned]:
    with canned() as service:
        yield service


@pytest.fixture
def command(tmp_path: Path, canned_service: Canned, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line of somebody whose service answers what is given to it."""
    for name in ("LABELING_URL", "LABELING_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("image_labeling.connection.pause", lambda *_: 0.0)
    return CommandLine(tmp_path, {"LABELING_URL": canned_service.url, "LABELING_TOKEN": "lbs_test"})
