"""Who calls the API in these tests, and a project that bad calls must leave as it is."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.running import Service


@pytest.fixture(scope="session")
def people(service: Service) -> Iterator[People]:
    everybody = People(service)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(6)))


@pytest.fixture(scope="module")
def untouched(project: Project) -> Iterator[Project]:
    """A project that is as it was after all tests of a module that take it."""

    def state() -> Any:
        lists = [list(project.pages(what)) for what in ("members", "refreshes", "exports", "images")]
        for image in lists[-1]:
            image.pop("previewUrl")
            image.pop("thumbnailUrl")
        return project.get(), project.progress(), lists

    before = state()
    yield project
    assert state() == before
