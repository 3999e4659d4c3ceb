"""Who follows the docs."""

from tests.api.conftest import people

__all__ = ["people"]
