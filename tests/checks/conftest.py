"""Who calls the running service, and a project in storage alone."""

from tests.api.conftest import people
from tests.labeling.conftest import project as packs

__all__ = ["packs", "people"]
