"""JSON Lines of Azure ML's labeled datasets: the `azureml` export of this service, and those of Azure Machine Learning.

https://learn.microsoft.com/azure/machine-learning/reference-automl-images-schema
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from json import JSONDecoder
from typing import Any

from functions.imports.content import Content
from functions.imports.formats.base import (
    CONFIDENCE_NAMES,
    ID_NAMES,
    LABEL_NAMES,
    PATH_NAMES,
    URL_NAMES,
    Format,
    by_plain_names,
    confidence_of,
    first_of,
    labels_in,
    places_in,
    places_of,
    regions_in,
    told_names,
)
from functions.imports.lines import (
    GUESSED,
    Chosen,
    Columns,
    Grouped,
    Line,
    Loose,
    Region,
    Said,
    UnknownColumns,
    Unreadable,
)
from functions.imports.spelling import BLANKS

# An object that ends in its line.
IS_ONE = re.compile(rf"^[{BLANKS}]*\{{[^\r\n]*\}}[{BLANKS}]*?(?:\n|\Z)")


def fits(content: Content) -> bool:
    return not content.has_long_lines and IS_ONE.match(content.start) is not None


def read(content: Content) -> Iterator[Said]:
    """A line for each label of a line of JSON, or for its empty list of them."""
    for row, entry in objects_of(content):
        yield from lines_of(entry, "Line", row, content.chosen)


def objects_of(content: Content) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object, with the number of its line. Raises Unreadable."""
    if content.has_long_lines:
        raise Unreadable("This is not JSON Lines: one of its lines has more than a million characters.")
    decode = JSONDecoder().decode
    # JSON may have other line ends inside its texts.
    with content.open_text("\n") as text:
        for row, line in enumerate(text, 1):
            line = line.strip(BLANKS)
            if not line:
                continue
            try:
                entry = decode(line)
            except (ValueError, RecursionError):
                raise Unreadable(f"This is not JSON Lines: line {row:,} is not JSON.") from None
            if not isinstance(entry, dict):
                raise Unreadable(f"This is not JSON Lines of images: line {row:,} is not an object.")
            yield row, entry


# In exports of this service: the groups of each label, and the label itself.
GROUPED = "label_path"


@dataclass(frozen=True)
class _Keys:
    """What objects with some keys call what is wanted."""

    places: Sequence[str]
    label: str | None
    confidence: str | None


@lru_cache(maxsize=64)
def _keys(names: tuple[str, ...], chosen: Chosen) -> _Keys:
    known = by_plain_names((name, name) for name in names)
    image = [chosen.image] if chosen.image in names else []
    return _Keys(
        places_in(known) if chosen.image is None else image,
        chosen.label or first_of(LABEL_NAMES, known),
        first_of(CONFIDENCE_NAMES, known) if chosen.confidence is None else chosen.confidence,
    )


def columns_of(content: Content) -> Columns:
    """The keys of the first object. Raises Unreadable."""
    _, first = next(objects_of(content), (0, {}))
    return keys_of(first, content.chosen)


def keys_of(first: dict[str, Any], chosen: Chosen) -> Columns:
    keys = _keys(tuple(first), chosen)
    label = keys.label if keys.label in first else None
    return Columns(tuple(first), next(iter(keys.places), None), label, keys.confidence or None)


def refuse_empty(columns: Columns) -> None:
    """Raises UnknownColumns where the first object has no key for the image, or none for the label."""
    if columns.image is None or columns.label is None:
        raise UnknownColumns(
            "Nothing in it names an image and its label. There must be a key for the image "
            f"({', '.join((*PATH_NAMES, *URL_NAMES, *ID_NAMES))}) and one for the label ({', '.join(LABEL_NAMES)}). "
            f"The first entry has: {told_names(columns.names)}.",
            columns,
        )


def lines_of(entry: dict[str, Any], what: str, row: int, chosen: Chosen = GUESSED) -> Iterator[Said]:
    """Of an object with the usual keys; nothing where it has no label. what: what its row is called. Detections are
    lists of objects there (https://learn.microsoft.com/azure/machine-learning/reference-automl-images-schema).
    """
    keys = _keys(tuple(entry), chosen)
    value, places = keys.label and entry.get(keys.label), places_of([entry[key] for key in keys.places])
    labels = labels_in(value)
    if (labels or value == []) and not places:
        yield Loose(f"{what} {row:,} names no image.", row)
        return
    if value == []:
        yield Line(places, None, row=row)
    if GROUPED in entry:
        yield from _groups(labels, entry[GROUPED])
    yield from [Region(row)] * regions_in(value)
    given = keys.confidence and entry.get(keys.confidence)
    for label, one in zip(labels, _confidences(given, len(labels)), strict=True):
        yield Line(places, label, one, one < 1, row)


def _groups(labels: Sequence[str], paths: Any) -> Iterator[Grouped]:
    for label, path in zip(labels, paths if isinstance(paths, list) else [paths], strict=False):
        if isinstance(path, str) and path.endswith(f"/{label}"):
            yield Grouped(label, path.removesuffix(f"/{label}"))


def _confidences(given: Any, count: int) -> list[float]:
    """One for each label, as multi-label exports have them, or one for all."""
    some = given if isinstance(given, list) and len(given) == count else [given] * count
    return [confidence_of(one) for one in some]


AZURE_ML = Format(fits, read, columns_of, refuse_empty)
