"""Who calls the API in these tests."""

from tests.api.conftest import people, project

__all__ = ["people", "project"]
