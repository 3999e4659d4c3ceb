"""The service's storage, as the tests of exports have it."""

from tests.exports.conftest import storage

__all__ = ["storage"]
