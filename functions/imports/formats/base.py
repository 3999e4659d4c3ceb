"""What the formats of imports have in common: how programs call what is wanted, and write it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from functions.imports.content import Content
from functions.imports.lines import SENSELESS, Columns, Said
from functions.imports.spelling import BLANKS, told

V = TypeVar("V")

# What programs call what is wanted, likeliest first, without blanks, dashes and underscores.
PATH_NAMES = ("image", "imagepath", "filepath", "path", "imagefile", "filename", "imagename", "file")
URL_NAMES = ("imageurl", "url", "absoluteurl", "cocourl", "imageuri", "uri")
ID_NAMES = ("imageid", "id")
LABEL_NAMES = ("labelname", "classname", "categoryname", "label", "class", "category", "choice", "labels", "choices")
CONFIDENCE_NAMES = ("labelconfidence", "confidence", "score", "probability")
# Of Label Studio's values: https://labelstud.io/guide/export#Raw-JSON-format-of-completed-tasks
CHOICES, OF_REGION = "choices", ("x", "points", "rle", "format")
NOT_IN_NAMES = re.compile(r"[\s_\-.\ufeff]+")
DECIMAL = re.compile(r"([0-9]*),([0-9]+)")
LONGEST_NUMBER = 40
# What is tried to find one image.
MOST_PLACES = 20
MOST_NAMES_TOLD = 12


@dataclass(frozen=True)
class Format:
    """fits: whether a file is of this format, by its content. read: what it says; raises Unreadable. columns: those of
    tables, and keys. refuse_empty: raises UnknownColumns where a file of such columns has said nothing, if that is why.
    """

    fits: Callable[[Content], bool]
    read: Callable[[Content], Iterator[Said]]
    columns: Callable[[Content], Columns | None] | None = None
    refuse_empty: Callable[[Columns], None] | None = None


def told_names(names: Sequence[str]) -> str:
    """The columns or keys that there are, for people; of many the first."""
    found = ", ".join(told(name) or "(no name)" for name in names[:MOST_NAMES_TOLD])
    return f"{found}, ..." if len(names) > MOST_NAMES_TOLD else found


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
    """0 to 1; SENSELESS where what is given is no such number."""
    if value is None or value == "":
        return 1.0
    text = str(value).strip(BLANKS) if isinstance(value, str | int | float) else ""
    if len(text) > LONGEST_NUMBER:
        return SENSELESS
    number = DECIMAL.sub(r"\1.\2", text.rstrip("% "))
    try:
        found = float(number) / (100 if text.endswith("%") else 1)
    except ValueError:
        return SENSELESS
    return found if 0 <= found <= 1 else SENSELESS


def labels_in(value: Any) -> list[str]:
    """The labels of a value: a text, a list of them, or Label Studio's choices. Objects of other kinds are regions."""
    found = [label for one in listed(value) for label in (_choices(one) if isinstance(one, dict) else [one])]
    return [str(one) for one in found if isinstance(one, str | int) and not isinstance(one, bool) and one != ""]


def regions_in(value: Any) -> int:
    """How many boxes, polygons and other shapes a value is, or a list of them."""
    return sum(1 for one in listed(value) if isinstance(one, dict) and one and not is_choice(one))


def is_choice(value: dict[str, Any]) -> bool:
    """Whether Label Studio has it as something that was chosen for the whole image, and not for a region of it."""
    return CHOICES in value and not any(key in value for key in OF_REGION)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _choices(value: dict[str, Any]) -> list[Any]:
    return listed(value.get(CHOICES)) if is_choice(value) else []


def places_of(values: Sequence[Any]) -> tuple[str, ...]:
    if len(values) == 1 and type(values[0]) is str and values[0]:
        return (values[0],)
    texts = (str(one) for one in values if isinstance(one, str | int) and not isinstance(one, bool) and one != "")
    return tuple(islice(texts, MOST_PLACES))
