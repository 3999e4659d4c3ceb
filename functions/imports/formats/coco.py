"""COCO JSON (https://cocodataset.org/#format-data), of this service or of others.

Ids are compared as text: programs write the same one as a number here and as a text there.
"""

from collections.abc import Iterator
from typing import Any

from functions.imports.formats.base import Line, Loose, Unreadable, confidence_of, json_of, places_of
from functions.imports.spelling import told

LISTS = ("images", "annotations", "categories")
PLACES = ("file_name", "coco_url", "absolute_url")
# Of an image without annotations, in exports of this service.
STATE, LABELED = "state", "labeled"
KEPT = frozenset((*LISTS, *PLACES, STATE, "id", "name", "image_id", "category_id", "score"))


def read(text: str) -> Iterator[Line | Loose]:
    """A line for each annotation, and for each image that is said to be labeled and to have none. Raises
    Unreadable.
    """
    images, annotations, categories = _lists(json_of(text, _needed))
    names, places = _names(categories), _places(images)
    for number, annotation in enumerate(annotations, 1):
        yield _line(annotation, number, places, names)
    for image in images:
        if _value(image, STATE) == LABELED and (found := _value(image, "id")) and places[found]:
            yield Line(places[found], None)


def _needed(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key in KEPT}


def _lists(document: Any) -> Iterator[list[Any]]:
    if not isinstance(document, dict) or "images" not in document:
        raise Unreadable("This is not COCO: it must be an object with the lists images, annotations and categories.")
    if document.get("annotations") and "categories" not in document:
        raise Unreadable("This is not COCO: it has annotations, but no list of categories.")
    for name in LISTS:
        found = document.get(name)
        if not isinstance(found, list | None):
            raise Unreadable(f"This is not COCO: {name} must be a list.")
        yield found or []


def _names(categories: list[Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for category in categories:
        found, name = _value(category, "id"), _value(category, "name")
        if found and name and names.setdefault(found, name) != name:
            raise Unreadable(
                f"Two categories have the id {told(found)}: {told(names[found])} and {told(name)}. Give each its own."
            )
    return names


def _places(images: list[Any]) -> dict[str, tuple[str, ...]]:
    places: dict[str, tuple[str, ...]] = {}
    for image in images:
        found = _value(image, "id")
        if found is None:
            continue
        named = places_of([image.get(key) for key in PLACES])
        if places.setdefault(found, named) != named:
            raise Unreadable(f"Two images have the id {told(found)}. Give each its own id, also in the annotations.")
    return places


def _line(annotation: Any, number: int, places: dict[str, tuple[str, ...]], names: dict[str, str]) -> Line | Loose:
    image, category = _value(annotation, "image_id"), _value(annotation, "category_id")
    what = f"Annotation {told(_value(annotation, 'id') or f'no. {number}')}"
    if image is None:
        return Loose(f"{what} has no image_id.")
    if image not in places:
        return Loose(f"{what}: there is no image with the id {told(image)}.")
    if not places[image]:
        return Loose(f"{what}: the image with the id {told(image)} has no file_name.")
    if category is None:
        return Loose(f"{what} has no category_id.")
    if category not in names:
        return Loose(f"{what}: there is no category with the id {told(category)}.")
    return Line(places[image], names[category], confidence_of(annotation.get("score")))


def _value(entry: Any, key: str) -> str | None:
    value = entry.get(key) if isinstance(entry, dict) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None or isinstance(value, bool | dict | list) else str(value).strip() or None
