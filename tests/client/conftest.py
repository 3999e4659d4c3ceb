"""Fixtures of the client's tests: a service that answers what it is told, and the real one, with a project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from image_labeling import Labeling, Project, waiting
from image_labeling.connection import Connection
from image_labeling.waiting import wait_for
from tests.api.builders import LABELS, Folder, People, good, new_name, pictures
from tests.api.conftest import people
from tests.client.canned import Canned, canned
from tests.client.command_line import CommandLine

__all__ = ["people"]


@pytest.fixture(scope="session", autouse=True)
def _impatient() -> Iterator[None]:
    """Long work is looked at more often: here it takes no time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(waiting, "FIRST_SECONDS", 0.05)
        yield


@pytest.fixture
def canned_service() -> Iterator[Canned]:
    with canned() as service:
        yield service


@pytest.fixture
def command(tmp_path: Path, canned_service: Canned, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line of somebody whose service answers what is given to it."""
    for name in ("LABELING_URL", "LABELING_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Connection.__init__, "__kwdefaults__", {"transport": None, "wait": lambda _: None})
    return CommandLine(tmp_path, {"LABELING_URL": canned_service.url, "LABELING_TOKEN": "lbs_test"})


@pytest.fixture(scope="session")
def service_token(people: People) -> str:
    """Of an administrator of the service."""
    return str(good(people().post("/api/tokens", json={"name": "tests of the client"}), 201)["key"])


@pytest.fixture
def shell(people: People, service_token: str, tmp_path: Path) -> CommandLine:
    """The command line of an administrator of the running service."""
    return CommandLine(tmp_path, {"LABELING_URL": people.service.url, "LABELING_TOKEN": service_token})


@pytest.fixture(scope="session")
def labeling(people: People, service_token: str) -> Iterator[Labeling]:
    """The running service, for a script of an administrator."""
    with Labeling(people.service.url, service_token, environment={}) as labeling:
        yield labeling


@pytest.fixture(scope="module")
def folder(people: People) -> Folder:
    return Folder(people, pictures(6))


@pytest.fixture(scope="module")
def project(labeling: Labeling, folder: Folder) -> Project:
    """Over six images, 00.png to 05.png, with previews."""
    made = labeling.projects.create(new_name("client"), labels=LABELS, images=folder.prefix, order="name")
    wait_until_prepared(made)
    return made


def wait_until_prepared(project: Project) -> None:
    """For the images' previews."""
    wait_for(project.progress, lambda now: now.total > 0 and now.preparing == 0, "Preparing the images", timeout=60)
