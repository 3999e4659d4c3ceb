"""Who calls, and the document of all routes that the service serves."""

from typing import Any

import pytest

from tests.api.builders import People, good
from tests.api.conftest import people
from tests.security.served import Operation, operations_of

__all__ = ["people"]


@pytest.fixture(scope="session")
def document(people: People) -> Any:
    """The served OpenAPI document."""
    return good(people(None).get("/api/openapi.json"))


@pytest.fixture(scope="session")
def operations(document: Any) -> list[Operation]:
    return operations_of(document)
