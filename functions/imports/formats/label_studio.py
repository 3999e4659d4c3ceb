"""Label Studio's JSON and JSON-MIN (https://labelstud.io/guide/export): tasks with the choices made for them."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from functions.imports.content import Content
from functions.imports.formats.base import (
    CHOICES,
    Format,
    by_plain_names,
    confidence_of,
    is_choice,
    labels_in,
    places_in,
    places_of,
)
from functions.imports.formats.json_lines import keys_of, lines_of, refuse_empty
from functions.imports.json_stream import JsonStream
from functions.imports.lines import Columns, Line, Loose, Region, Said, Unreadable
from functions.imports.spelling import BLANKS

# Files of its own disk; and those that were uploaded, with eight characters before their names.
LOCAL_FILES = "/data/local-files/?d="
UPLOADED = re.compile(r"/data/upload/(?:[^/]+/)?[0-9a-f]{8}-([^/]+)\Z")
OF_REGIONS = "labels"
IS_LIST = re.compile(rf"[{BLANKS}]*\[[{BLANKS}]*\{{")


def fits(content: Content) -> bool:
    return IS_LIST.match(content.start) is not None


def read(content: Content) -> Iterator[Said]:
    """A line for each choice."""
    with content.open_text() as text:
        tasks = JsonStream(text)
        if tasks.peek() != "[":
            raise Unreadable("This is not Label Studio's JSON: it must be a list of tasks.")
        for row, task in enumerate(tasks.items(), 1):
            if not isinstance(task, dict):
                yield Loose(f"Task no. {row:,} is not an object.", row)
                continue
            some = _lines(task, row) if _is_whole(task) else lines_of(task, "Task no.", row, content.chosen)
            for said in some:
                yield said._replace(places=tuple(own_places(said.places))) if isinstance(said, Line) else said
        tasks.end()


def columns_of(content: Content) -> Columns | None:
    """The keys of the first task in JSON-MIN, where people call them as they like. Raises Unreadable."""
    with content.open_text() as text:
        tasks = JsonStream(text)
        first = next(tasks.items(), None) if tasks.peek() == "[" else None
    return keys_of(first, content.chosen) if isinstance(first, dict) and not _is_whole(first) else None


def _is_whole(task: dict[str, Any]) -> bool:
    """Not one of JSON-MIN."""
    return isinstance(task.get("data"), dict)


def _lines(task: dict[str, Any], row: int) -> Iterator[Said]:
    """What people said, else what was predicted."""
    data = by_plain_names(task["data"].items())
    # What the image is called there, its makers choose freely.
    places = places_of(places_in(data)) or places_of(list(data.values()))
    for kind, suggested in (("annotations", False), ("predictions", True)):
        found = False
        for one in _objects(task.get(kind)):
            values = [] if one.get("was_cancelled") else _values(one)
            regions = sum(map(_is_region, values))
            yield from [Region(row)] * regions
            found |= bool(regions)
            for label in labels_in([value for value in values if not _is_region(value)]):
                found = True
                confidence = confidence_of(one.get("score")) if suggested else 1.0
                if places:
                    yield Line(places, label, confidence, suggested, row)
                else:
                    yield Loose(f"Task no. {row:,} names no image.", row)
        if found:
            return


def _values(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    return _objects([result.get("value") for result in _objects(annotation.get("result"))])


def _is_region(value: dict[str, Any]) -> bool:
    """Whether it labels one: rectanglelabels, polygonlabels, brushlabels and so on; or a choice that is of a region."""
    return any(key.endswith(OF_REGIONS) for key in value) or (CHOICES in value and not is_choice(value))


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def own_places(places: tuple[str, ...]) -> Iterator[str]:
    for place in places:
        _, is_local, path = place.partition(LOCAL_FILES)
        yield unquote(path) if is_local else place
        uploaded = UPLOADED.search(place)
        if uploaded:
            yield unquote(uploaded[1])


LABEL_STUDIO = Format(fits, read, columns_of, refuse_empty)
