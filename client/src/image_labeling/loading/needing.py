"""Packages that only some need."""

from collections.abc import Iterator
from contextlib import contextmanager

from image_labeling.errors import LabelingError


@contextmanager
def needed(extra: str, package: str | None = None) -> Iterator[None]:
    """Around an import. extra: which of this package's extras brings the package."""
    try:
        yield
    except ImportError as error:
        raise LabelingError(
            f"{package or extra} is needed: pip install 'image-labeling-client[{extra}]' ({error})"
        ) from error
