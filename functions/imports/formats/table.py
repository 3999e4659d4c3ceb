"""Tables: CSV of this service and of others, with commas, semicolons, tabs or bars, as spreadsheets write them."""

import csv
import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from functions.cells import unguarded
from functions.imports.content import Content
from functions.imports.formats.base import Format, confidence_of, labels_in, regions_in
from functions.imports.formats.header import Header, Places, header_of
from functions.imports.formats.label_studio import own_places
from functions.imports.lines import SENSELESS, Columns, Grouped, Line, Loose, Region, Said, Unreadable
from functions.imports.spelling import BLANKS, told

# In exports of this service: an image without a label in the first state has none; the labels of images in the other
# one are only suggested, where it tells how sure they are.
LABELED_STATE, SUGGESTED_STATE = "labeled", "waiting"
# With a row for each opinion on an image, only those count that say what was decided.
DECIDED = "1"
JSON = ("[", "{")
MOST_KNOWN = 1000
TRUTHS = {"true": 1.0, "false": 0.0}
# No cell is longer than the longest name as an address, but a label or another column may be.
csv.field_size_limit(1024 * 1024)


def fits(content: Content) -> bool:
    try:
        return bool(header_of(content))
    except Unreadable:
        return False


def read(content: Content) -> Iterator[Said]:
    """A line for each label of a row, or for a row of an image that has none."""
    header = header_of(content)
    with content.open_text() as text:
        for _ in range(header.lines):
            next(text, "")
        yield from _lines(csv.reader(text, delimiter=header.separator, strict=True), header)


def columns_of(content: Content) -> Columns:
    """Raises Unreadable."""
    return header_of(content).columns


def _lines(rows: Any, header: Header) -> Iterator[Said]:
    """rows: of a reader whose type has no public name. Most tables are plain, and most of their rows are read as they
    stand.
    """
    there, plain, end = header.places, header.places.plain, header.lines
    image, label = plain or (0, 0)
    # As Line does it, in half the time.
    cells, new_line = 1 + max(image, label), partial(tuple.__new__, Line)
    labels: set[str] = set()
    try:
        for row in rows:
            # A row begins behind the one before it, however many lines its cells have.
            number, end = end + 1, header.lines + rows.line_num
            if plain and len(row) >= cells:
                place, name = row[image], row[label]
                # Neither blanks nor guards.
                if "'" < place < "~" and "'" not in place and (name in labels or _is_plain(name, labels)):
                    yield new_line(((place,), name, 1.0, False, number))
                    continue
            yield from _of_row(row, there, number)
    except csv.Error:
        raise Unreadable(
            f"Line {end + 1:,} is not CSV: a quotation mark is not closed or not doubled, or a cell is too long."
        ) from None


def _is_plain(label: str, known: set[str]) -> bool:
    """Whether it has neither blanks around it nor a guard, and is no JSON. known: those that were asked for before, as
    most are again.
    """
    if not "'" < label < "~" or "'" in label or label.startswith(JSON):
        return False
    if len(known) < MOST_KNOWN:
        known.add(label)
    return True


def _of_row(row: list[str], there: Places, number: int) -> Iterator[Said]:
    if there.decided is not None and _cell(row, there.decided) != DECIDED:
        return
    places = _places(_cell(row, column) for column in there.images)
    if there.is_label_studios:
        places = tuple(own_places(places))
    for said in _of_each(row, there, places, number) if there.each else _of_label(row, there, places, number):
        yield said if places or not isinstance(said, Line) else Loose(f"Line {number:,} names no image.", number)


def _of_label(row: list[str], there: Places, places: tuple[str, ...], number: int) -> Iterator[Said]:
    cell, state = _cell(row, there.label), _cell(row, there.state)
    value, confidence = _value(cell, there), confidence_of(_cell(row, there.confidence))
    labels, regions = labels_in(value), regions_in(value)
    if labels and _cell(row, there.box).strip(BLANKS):
        labels, regions = [], len(labels)
    yield from [Region(number)] * regions
    group = unguarded(_cell(row, there.group)).strip(BLANKS)
    if group:
        yield from (Grouped(label, group) for label in labels)
    for label in labels:
        yield Line(places, label, confidence, there.tells_suggested and state == SUGGESTED_STATE, number)
    if not labels and not regions and state == LABELED_STATE:
        yield Line(places, None, row=number)


def _of_each(row: list[str], there: Places, places: tuple[str, ...], number: int) -> Iterator[Said]:
    """Nothing where all cells are empty: nobody said what labels the image has."""
    cells = [(label, cell) for label, index in there.each if (cell := _cell(row, index).strip(BLANKS))]
    shares = [(label, _share(cell)) for label, cell in cells]
    wrong = next((label for label, share in shares if share is None), None)
    if wrong is not None:
        yield Loose(f"Line {number:,} has neither 1 nor 0 in the column of {told(wrong)}.", number)
        return
    lines = [Line(places, label, share, share < 1, number) for label, share in shares if share]
    yield from lines or ([Line(places, None, row=number)] if cells else [])


def _share(cell: str) -> float | None:
    """1: the image has the label; 0: it has not; between them it is only suggested."""
    if cell.casefold() in TRUTHS:
        return TRUTHS[cell.casefold()]
    share = confidence_of(cell)
    return None if share == SENSELESS else share


def _places(cells: Iterable[str]) -> tuple[str, ...]:
    """Those that look guarded also as they stand: whether they are, nothing says."""
    return tuple(dict.fromkeys(place for cell in cells if cell.strip(BLANKS) for place in (unguarded(cell), cell)))


def _value(cell: str, there: Places) -> Any:
    """A label, a list of them, or what else programs have in a cell."""
    label = unguarded(cell)
    if there.has_lists and label.startswith(JSON):
        try:
            return json.loads(label)
        except (ValueError, RecursionError):
            pass
    return label if label.strip(BLANKS) else None


def _cell(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


TABLE = Format(fits, read, columns_of)
