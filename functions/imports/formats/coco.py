"""COCO JSON (https://cocodataset.org/#format-data), of this service, of Azure Machine Learning or of others.

Ids are compared as numbers where they are some: programs write the same one as a number here and as a text there. Lists
come in any order: an annotation may stand before its image or its category, so of each only what is needed is kept.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from functions.imports.content import Content
from functions.imports.formats.base import Format, confidence_of, places_of
from functions.imports.json_stream import JsonStream
from functions.imports.lines import Grouped, Line, Loose, Region, Said, Unreadable
from functions.imports.spelling import BLANKS, told

NO_COCO = "This is not COCO: it must be an object with the lists images, annotations and categories."
IMAGES, ANNOTATIONS, CATEGORIES = "images", "annotations", "categories"
PATH, SHORT_ADDRESS, ADDRESS = "file_name", "coco_url", "absolute_url"
# What comes before a path in an address that says no more than the path does.
BARE = re.compile(r"AmlDatastore://[^/]+/|https?://[^/]+\.(?:blob|dfs)\.[^/]+/[^/]+/", re.IGNORECASE)
# Of an image without annotations, in exports of this service.
STATE, LABELED = "state", "labeled"
HAS_LIST = re.compile(rf'[{BLANKS}]*\{{.*?"(?:images|annotations|categories)"\s*:\s*\[', re.DOTALL)

Id = int | str
Size = tuple[Any, Any]
# Of what has no size, and of boxes with sizes relative to the image's.
NO_SIZE, WHOLE = (0, 0), (1, 1)


def fits(content: Content) -> bool:
    return HAS_LIST.match(content.start) is not None


def read(content: Content) -> Iterator[Said]:
    """A line for each annotation of a whole image, and for each image that is said to be labeled and has none."""
    document = _Document()
    with content.open_text() as text:
        document.take_in(JsonStream(text))
    yield from document.lines()


class _Document:
    def __init__(self) -> None:
        self._names: dict[Id, str] = {}
        self._images: dict[Id, tuple[tuple[str, ...], Size]] = {}
        self._labeled: list[tuple[str, ...]] = []
        # Of each annotation: its image, category, score, and the size of its box; None where it has a region.
        self._annotations: tuple[list[Id | None], list[Id | None], list[Any], list[Size | None]] = ([], [], [], [])
        self._sizes: dict[Size, Size] = {}
        self._groups: dict[str, str] = {}

    def take_in(self, stream: JsonStream) -> None:
        if stream.peek() != "{":
            raise Unreadable(NO_COCO)
        readers = {IMAGES: self._image, ANNOTATIONS: self._annotation, CATEGORIES: self._category}
        found = set()
        for key in stream.entries():
            if key not in readers:
                stream.value()
                continue
            found.add(key)
            if stream.peek() != "[":
                if stream.value() is not None:
                    raise Unreadable(f"This is not COCO: {key} must be a list.")
                continue
            take = readers[key]
            for entry in stream.items():
                take(entry)
        stream.end()
        if IMAGES not in found:
            raise Unreadable(NO_COCO)
        if self._annotations[0] and CATEGORIES not in found:
            raise Unreadable("This is not COCO: it has annotations, but no list of categories.")

    def _category(self, category: Any) -> None:
        found, name = _id(category, "id"), _id(category, "name")
        if found is None or name is None:
            return
        known = self._names.setdefault(found, str(name))
        if known != str(name):
            raise Unreadable(
                f"Two categories have the id {found}: {told(known)} and {told(str(name))}. Give each its own."
            )
        group = category.get("supercategory")
        if isinstance(group, str) and group.strip() and group != known:
            self._groups[known] = group.strip()

    def _image(self, image: Any) -> None:
        found = _id(image, "id")
        if found is None:
            return
        places, known = _places(image), self._images.get(found)
        if known is None:
            self._images[found] = (places, self._size(image.get("width"), image.get("height")))
        elif known[0] != places:
            raise Unreadable(f"Two images have the id {found}. Give each its own id, also in the annotations.")
        if places and image.get(STATE) == LABELED:
            self._labeled.append(places)

    def _annotation(self, annotation: Any) -> None:
        said = annotation if isinstance(annotation, dict) else {}
        images, categories, scores, boxes = self._annotations
        images.append(_id(said, "image_id"))
        categories.append(_id(said, "category_id"))
        scores.append(said.get("score"))
        boxes.append(self._box(said.get("bbox"), said.get("segmentation")))

    def _box(self, box: Any, outline: Any) -> Size | None:
        """The size of a box that begins where the image does; None: it is a region."""
        if not box and not outline:
            return NO_SIZE
        if outline or not isinstance(box, list) or len(box) != len("xywh") or box[:2] != [0, 0]:
            return None
        return self._size(*box[2:])

    def _size(self, width: Any, height: Any) -> Size:
        """The same one for all of the same size, as most images of a set have it."""
        if isinstance(width, int | float) and isinstance(height, int | float):
            return self._sizes.setdefault((width, height), (width, height))
        return NO_SIZE

    def lines(self) -> Iterator[Said]:
        yield from itertools.starmap(Grouped, self._groups.items())
        there, names, new_line = self._images, self._names, partial(tuple.__new__, Line)
        for row, (image, category, score, box) in enumerate(zip(*self._annotations, strict=True), 1):
            # Nearly all are like this, and there may be a million.
            if score is None and box is NO_SIZE and image in there and category in names and (found := there[image][0]):
                yield new_line((found, names[category], 1.0, False, row))
            else:
                yield self._line(row, image, category, score, box)
        for places in self._labeled:
            yield Line(places, None)

    def _line(self, row: int, image: Id | None, category: Id | None, score: Any, box: Size | None) -> Said:
        there = None if image is None else self._images.get(image)
        if there is None or not there[0] or category not in self._names:
            return Loose(f"Annotation no. {row:,} {self._why(image, category)}", row)
        places, size = there
        if box is None or box not in (NO_SIZE, WHOLE, size):
            return Region(row)
        return Line(places, self._names[category], confidence_of(score), row=row)

    def _why(self, image: Id | None, category: Id | None) -> str:
        if image is None:
            return "has no image_id."
        if image not in self._images:
            return f"is of an image that is not there: {told(str(image))}."
        if not self._images[image][0]:
            return f"is of an image without a file_name: {told(str(image))}."
        if category is None:
            return "has no category_id."
        return f"is of a category that is not there: {told(str(category))}."


def _places(image: dict[str, Any]) -> tuple[str, ...]:
    """Without the addresses that say no more than the path."""
    get = image.get
    path, address, other = get(PATH), get(SHORT_ADDRESS), get(ADDRESS)
    if not path or type(path) is not str:
        return places_of([path, address, other])
    said = (path,) if not address or _says_no_more(address, path) else (path, address)
    return said if not other or _says_no_more(other, path) else (*said, other)


def _says_no_more(address: Any, path: str) -> bool:
    """What is no address says nothing."""
    if type(address) is not str:
        return True
    return address.endswith(path) and _is_bare(address[: -len(path)])


@lru_cache(maxsize=64)
def _is_bare(start: str) -> bool:
    return BARE.fullmatch(start) is not None


def _id(entry: Any, key: str) -> Id | None:
    value = entry.get(key) if type(entry) is dict else None
    return value if type(value) is int else _plain_id(value)


def _plain_id(value: Any) -> Id | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() else str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    return int(text) if text.isdecimal() and len(text) < 20 and str(int(text)) == text else text or None


COCO = Format(fits, read)
