"""Who calls the API in these tests, and the service's storage in this process."""

from tests.api.conftest import people, project

__all__ = ["people", "project"]
