"""Reading labels that come from elsewhere: COCO and CSV, of this service or of another."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from functions.exports.formats.csv import unguarded

IMAGE_COLUMNS = ("image", "file_name", "filename", "path", "image_path")
URL_COLUMNS = ("url", "image_url", "coco_url")
LABEL_COLUMNS = ("label", "class", "category")
CONFIDENCE_COLUMNS = ("label_confidence", "confidence", "score")
# With both, it is an export of this service that has suggested labels; they are those of images in this state.
STATE_COLUMN, EXPORTED_CONFIDENCE, SUGGESTED_STATE = "state", "label_confidence", "waiting"
# No cell is longer than the longest name as an address, but a label or another column may be.
csv.field_size_limit(1024 * 1024)


class Unreadable(Exception):
    """The text is not what it was said to be. reason: in words that a person understands."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Line:
    """One image with one label, by their names there. path, url: "" where it is not given. confidence: 0 to 1; 1 where
    it is not given, or makes no sense. suggested: nobody gave the image this label, by the line's own account.
    """

    path: str
    url: str
    label: str
    confidence: float = 1.0
    suggested: bool = False


def read_lines(format_: str, text: str) -> Iterator[Line]:
    """The lines of a text; those without a label are passed over. Raises Unreadable."""
    return _coco(text) if format_ == "coco" else _csv(text)


def _csv(text: str) -> Iterator[Line]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    # Spreadsheets put semicolons where the comma is a decimal sign.
    delimiter = ";" if ";" in first and "," not in first else ","
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header = [name.strip().casefold() for name in next(rows, [])]
        path, url, label = (_column(header, names) for names in (IMAGE_COLUMNS, URL_COLUMNS, LABEL_COLUMNS))
        confidence = _column(header, CONFIDENCE_COLUMNS)
        state = _column(header, (STATE_COLUMN,)) if EXPORTED_CONFIDENCE in header else None
        if label is None or (path is None and url is None):
            raise Unreadable(
                "The first line must name a column `label` and one of `image`, `file_name`, `path` or `url`."
            )
        for row in rows:
            name = unguarded(_cell(row, label))
            if name:
                place = unguarded(_cell(row, path)), unguarded(_cell(row, url))
                suggested = _cell(row, state) == SUGGESTED_STATE
                yield Line(*place, name, _confidence(_cell(row, confidence)), suggested)
    except csv.Error as error:
        raise Unreadable(f"This is not CSV: {error}.") from None


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _cell(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _coco(text: str) -> Iterator[Line]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("This is not JSON.") from None
    try:
        names = {one["id"]: str(one["name"]) for one in document["categories"]}
        images = {one["id"]: one for one in document["images"]}
        for annotation in document["annotations"]:
            image = images[annotation["image_id"]]
            label = names[annotation["category_id"]]
            confidence = _confidence(annotation.get("score"))
            yield Line(_text(image.get("file_name")), _text(image.get("coco_url")), label, confidence)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            f"This is not COCO: `images`, `annotations` and `categories` must fit together ({error!r})."
        ) from None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _confidence(value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return 1.0
    return found if 0 <= found <= 1 else 1.0
