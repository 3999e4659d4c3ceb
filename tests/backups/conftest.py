"""Two deployments, each with storage of its own."""

from collections.abc import Iterator

import pytest

from tests.api.builders import People
from tests.datastores.customer import Customer
from tests.running import Service


class Elsewhere(Service):
    program = "tests.backups.elsewhere"


@pytest.fixture(scope="session")
def people(service: Service) -> Iterator[People]:
    everybody = People(service)
    yield everybody
    everybody.close()


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """The people of another deployment: the same names, other user ids."""
    running = Elsewhere(tmp_path_factory.mktemp("elsewhere") / "data")
    running.start()
    everybody = People(running)
    yield everybody
    everybody.close()
    running.stop()


@pytest.fixture(scope="session")
def customer(service: Service) -> Iterator[Customer]:
    """The account in which the images lie; both deployments reach it."""
    own = Customer(service.other_storage)
    yield own
    own.close()
