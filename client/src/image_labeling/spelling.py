"""Names in Python's spelling as the API has them."""

from collections.abc import Sequence
from typing import Any

from pydantic.alias_generators import to_camel


def body_of(**fields: Any) -> dict[str, Any]:
    """What a call sends: what is None is not named; a trailing underscore, as of `as_`, is Python's alone."""
    return {
        to_camel(name.rstrip("_")): value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in fields.items()
        if value is not None
    }


def listed(labels: str | int | Sequence[str | int]) -> list[str | int]:
    """One label or several."""
    return [labels] if isinstance(labels, str | int) else list(labels)
