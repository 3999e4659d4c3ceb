"""What every format of imports gives: lines of an image and a label, and what it could make nothing of."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from functions.imports.spelling import BLANKS
from functions.longwork import Failed
from functions.outside import Bounds, NotJson, TooMuch, last, read_json

V = TypeVar("V")

# What programs call what is wanted, likeliest first, without blanks, dashes and underscores.
PATH_NAMES = ("image", "imagepath", "filepath", "path", "imagefile", "filename", "imagename", "file")
URL_NAMES = ("imageurl", "url", "absoluteurl", "cocourl", "imageuri", "uri")
ID_NAMES = ("imageid", "id")
LABEL_NAMES = ("labelname", "classname", "categoryname", "label", "class", "category", "choice", "labels", "choices")
CONFIDENCE_NAMES = ("labelconfidence", "confidence", "score", "probability")
NOT_IN_NAMES = re.compile(r"[\s_\-.\ufeff]+")
DECIMAL = re.compile(r"([0-9]*),([0-9]+)")
LONGEST_NUMBER = 40
# The whole of a COCO file of a million images, with its boxes; as many as memory has room for.
MOST_JSON = Bounds(64 * 1024 * 1024, values=10_000_000, depth=64)
# What is tried to find one image.
MOST_PLACES = 20


class Unreadable(Failed):
    """The text is not what it was said to be."""


class Line(NamedTuple):
    """One image with one label, by their names there; all lines of an image together say what labels it has. places:
    paths or addresses of the image, the surest first. label: None where it says that the image has none. confidence: 0
    to 1; 1 where it is not given. suggested: nobody gave the image this label, by the line's own account.
    """

    places: tuple[str, ...]
    label: str | None
    confidence: float = 1.0
    suggested: bool = False


class Loose(NamedTuple):
    """Something that has a label and cannot be used. reason: which one and why, in words."""

    reason: str


Read = Callable[[str], Iterator[Line | Loose]]


def json_of(text: str, keep: Callable[[dict[str, Any]], Any] = last) -> Any:
    """keep: what to keep of each object, so that what nobody asks for takes no memory. Raises Unreadable."""
    try:
        return read_json(text, MOST_JSON, keep)
    except NotJson as error:
        raise Unreadable(f"This is not JSON: see line {error.line}, column {error.column}.") from None
    except TooMuch as error:
        raise Unreadable(f"This JSON cannot be read. {error}") from None


def plain(name: str) -> str:
    """The name of a column or key as it is compared: `Image_Name`, `image name` and `imageName` are one."""
    return NOT_IN_NAMES.sub("", name).casefold()


def by_plain_names(named: Iterable[tuple[str, V]]) -> dict[str, V]:
    """Of those that are called alike, the first."""
    known: dict[str, V] = {}
    for name, value in named:
        known.setdefault(plain(name), value)
    return known


def first_of(names: Iterable[str], known: Mapping[str, V]) -> V | None:
    return next((known[name] for name in names if name in known), None)


def places_in(known: Mapping[str, V]) -> list[V]:
    """What names the image: a path, then an address, and an id where there is neither."""
    found = [place for names in (PATH_NAMES, URL_NAMES) if (place := first_of(names, known)) is not None]
    identity = first_of(ID_NAMES, known)
    return found or ([identity] if identity is not None else [])


def confidence_of(value: Any) -> float:
    """0 to 1. What is given and makes no sense is not sure at all."""
    if value is None or value == "":
        return 1.0
    text = str(value).strip(BLANKS) if isinstance(value, str | int | float) else ""
    if len(text) > LONGEST_NUMBER:
        return 0.0
    number = DECIMAL.sub(r"\1.\2", text.rstrip("% "))
    try:
        found = float(number) / (100 if text.endswith("%") else 1)
    except ValueError:
        return 0.0
    return found if 0 <= found <= 1 else 0.0


def labels_in(value: Any) -> list[str]:
    """The labels of a value: a text, a list of them, or objects that have one each, as detections do."""
    some = value if isinstance(value, list) else [value]
    found = [one.get("label") if isinstance(one, dict) else one for one in some]
    return [str(one) for one in found if isinstance(one, str | int) and not isinstance(one, bool) and one != ""]


def places_of(values: Sequence[Any]) -> tuple[str, ...]:
    texts = (str(one) for one in values if isinstance(one, str | int) and not isinstance(one, bool) and one != "")
    return tuple(islice(texts, MOST_PLACES))
