"""JSON Lines of Azure ML's labeled datasets: the `azureml` export of this service, and those of Azure Machine Learning.

https://learn.microsoft.com/azure/machine-learning/reference-automl-images-schema
"""

from collections.abc import Iterator
from typing import Any

from functions.imports.formats.base import (
    CONFIDENCE_NAMES,
    LABEL_NAMES,
    Line,
    Loose,
    Unreadable,
    by_plain_names,
    confidence_of,
    first_of,
    json_of,
    labels_in,
    places_in,
    places_of,
)
from functions.imports.spelling import BLANKS


def read(text: str) -> Iterator[Line | Loose]:
    """A line for each label of a line of JSON, or for its empty list of them. Raises Unreadable."""
    # Not splitlines: JSON may have other line ends inside its texts.
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip(BLANKS)
        if line:
            yield from _lines(line, number)


def _lines(line: str, number: int) -> Iterator[Line | Loose]:
    try:
        entry = json_of(line)
    except Unreadable:
        raise Unreadable(f"This is not JSON Lines: line {number} is not JSON.") from None
    if not isinstance(entry, dict):
        raise Unreadable(f"This is not JSON Lines of images: line {number} is not an object.")
    yield from lines_of(entry, f"Line {number}")


def lines_of(entry: dict[str, Any], what: str) -> Iterator[Line | Loose]:
    """Of an object with the usual keys; nothing where it has no label. what: what it is called."""
    known = by_plain_names(entry.items())
    value, places = first_of(LABEL_NAMES, known), places_of(places_in(known))
    labels = labels_in(value)
    if (labels or value == []) and not places:
        yield Loose(f"{what} names no image.")
        return
    if value == []:
        yield Line(places, None)
    given = first_of(CONFIDENCE_NAMES, known)
    for label, one in zip(labels, _confidences(given, len(labels)), strict=True):
        yield Line(places, label, one, suggested=one < 1)


def _confidences(given: Any, count: int) -> list[float]:
    """One for each label, as multi-label exports have them, or one for all."""
    some = given if isinstance(given, list) and len(given) == count else [given] * count
    return [confidence_of(one) for one in some]
