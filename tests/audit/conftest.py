"""Who calls the API in these tests."""

from tests.api.conftest import people, project
from tests.projects.conftest import storage

__all__ = ["people", "project", "storage"]
