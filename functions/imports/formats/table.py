"""Tables: CSV of this service and of others, with commas, semicolons, tabs or bars, as spreadsheets write them."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from functions.cells import unguarded
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
    regions_in,
)
from functions.imports.formats.label_studio import own_places
from functions.imports.lines import SENSELESS, Line, Loose, Region, Said, Unreadable
from functions.imports.spelling import BLANKS, told

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# Before the header come rows without a cell, and the line by which spreadsheets name the separator.
EMPTY_ROW = re.compile(r'[ \t\ufeff\u00a0,;|"]*(?:\r\n?|\n)')
SAYS_SEPARATOR = re.compile(r'[\ufeff]*"?sep=([^\w\r\n" ])"?[ \t,;|]*(?:\r\n?|\n)', re.IGNORECASE)
# In exports of this service: an image without a label in the first state has none; the labels of images in the other
# one are only suggested, where it tells how sure they are.
STATE_NAME, LABELED_STATE, SUGGESTED_STATE = "state", "labeled", "waiting"
EXPORTED_CONFIDENCE = "labelconfidence"
# With a row for each opinion on an image, only those count that say what was decided.
OPINION_NAMES, DECIDED = ("opinion", "decided"), "1"
# Before the name of a label that has a column of its own.
OF_LABEL = "label:"
TRUTHS = {"true": 1.0, "false": 0.0}
# Columns whose cells may hold a list, as JSON.
LIST_NAMES = ("labels", "choices")
# Of the CSV of Label Studio, whose cells hold JSON where they hold more than one choice; and of rows that are boxes, as
# VoTT and TensorFlow's tools have them.
OF_LABEL_STUDIO = {"annotationid", "annotator", "leadtime"}
BOX = ("xmin", "ymin", "xmax", "ymax")
MOST_COLUMNS_TOLD = 12
# No cell is longer than the longest name as an address, but a label or another column may be.
LONGEST_LINE = 1024 * 1024
csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True)
class _Columns:
    """Where in a row is what. decided: where a row is an opinion. each: the labels that have a column of their own,
    where none is for all of them. box: where a row may be of a region.
    """

    places: Sequence[int]
    label: int | None
    confidence: int | None
    state: int | None
    decided: int | None
    tells_suggested: bool
    has_lists: bool
    each: Sequence[tuple[str, int]]
    box: int | None
    is_label_studios: bool

    @property
    def plain(self) -> tuple[int, int] | None:
        """The column of the image and that of its label, where a row says nothing else."""
        others = (self.confidence, self.state, self.decided, self.box)
        if self.label is None or len(self.places) != 1 or self.has_lists or any(one is not None for one in others):
            return None
        return self.places[0], self.label


@dataclass(frozen=True)
class _Header:
    """lines: how many of the text's lines it takes, with those before it."""

    separator: str
    columns: _Columns
    lines: int


def fits(content: Content) -> bool:
    try:
        return bool(_header(content))
    except Unreadable:
        return False


def read(content: Content) -> Iterator[Said]:
    """A line for each label of a row, or for a row of an image that has none."""
    header = _header(content)
    with content.open_text() as text:
        for _ in range(header.lines):
            next(text, "")
        yield from _lines(csv.reader(text, delimiter=header.separator, strict=True), header)


def _header(content: Content) -> _Header:
    """Raises Unreadable where the first line does not name what is needed."""
    if content.has_long_lines:
        raise Unreadable("A line of this text has more than a million characters, so it is no table.")
    start = content.start
    position, lines = _behind_empty_rows(start, 0)
    says = SAYS_SEPARATOR.match(start, position)
    if says:
        position, more = _behind_empty_rows(start, says.end())
        lines += 1 + more
    first = next(io.StringIO(start[position:], newline=""), "")
    some = says[1] if says else "".join(one for one in SEPARATORS if one in first) or ","
    for separator in some:
        rows = csv.reader(io.StringIO(start[position:], newline=""), delimiter=separator, strict=True)
        columns = _columns(rows)
        if columns:
            return _Header(separator, columns, lines + rows.line_num)
    raise _no_columns(first, max(some, key=first.count))


def _behind_empty_rows(text: str, position: int) -> tuple[int, int]:
    """Where they end, and how many they are."""
    count = 0
    while found := EMPTY_ROW.match(text, position):
        position, count = found.end(), count + 1
    return position, count


def _columns(rows: Iterator[list[str]]) -> _Columns | None:
    """By the header; None where it does not name what is needed."""
    try:
        header = next(rows, [])
    except csv.Error:
        return None
    known = by_plain_names((name, index) for index, name in enumerate(header))
    is_label_studios = known.keys() >= OF_LABEL_STUDIO
    places, label = places_in(known), first_of(LABEL_NAMES, known)
    each = [] if label is not None else [*_labels_of_their_own(header)]
    if not places or (label is None and not each):
        return None
    return _Columns(
        places=places,
        label=label,
        confidence=first_of(CONFIDENCE_NAMES, known),
        state=known.get(STATE_NAME),
        decided=known.get(OPINION_NAMES[1]) if OPINION_NAMES[0] in known else None,
        tells_suggested=EXPORTED_CONFIDENCE in known,
        has_lists=is_label_studios or any(known.get(name) == label for name in LIST_NAMES),
        each=each,
        box=known[BOX[0]] if known.keys() >= set(BOX) else None,
        is_label_studios=is_label_studios,
    )


def _labels_of_their_own(header: Sequence[str]) -> Iterator[tuple[str, int]]:
    for index, cell in enumerate(header):
        name = unguarded(cell).strip(BLANKS)
        if name.casefold().startswith(OF_LABEL) and (label := name[len(OF_LABEL) :].strip(BLANKS)):
            yield label, index


def _no_columns(first: str, separator: str) -> Unreadable:
    names = [name.strip(f'{BLANKS}"') for name in first.split(separator)]
    found = ", ".join(told(name) or "(no name)" for name in names[:MOST_COLUMNS_TOLD])
    more = ", ..." if len(names) > MOST_COLUMNS_TOLD else ""
    return Unreadable(
        f"The first line must name a column for the image ({', '.join((*PATH_NAMES, *URL_NAMES, *ID_NAMES))}) and one "
        f"for the label ({', '.join(LABEL_NAMES)}), or one for each label (label: Cat); blanks, dashes and underscores "
        "do not matter. "
        f"It names, read with {SEPARATORS.get(separator, separator)} between them: {found}{more}."
    )


def _lines(rows: Any, header: _Header) -> Iterator[Said]:
    """rows: of a reader whose type has no public name. Most tables are plain, and most of their rows are read as they
    stand.
    """
    columns, plain, end = header.columns, header.columns.plain, header.lines
    image, label = plain or (0, 0)
    # As Line does it, in half the time.
    cells, new_line = 1 + max(image, label), partial(tuple.__new__, Line)
    try:
        for row in rows:
            # A row begins behind the one before it, however many lines its cells have.
            number, end = end + 1, header.lines + rows.line_num
            if plain and len(row) >= cells:
                place, name = row[image], row[label]
                # Neither blanks nor guards.
                if "'" < place < "~" and "'" < name < "~" and "'" not in place and "'" not in name:
                    yield new_line(((place,), name, 1.0, False, number))
                    continue
            yield from _of_row(row, columns, number)
    except csv.Error:
        raise Unreadable(
            f"Line {end + 1:,} is not CSV: a quotation mark is not closed or not doubled, or a cell is too long."
        ) from None


def _of_row(row: list[str], columns: _Columns, number: int) -> Iterator[Said]:
    if columns.decided is not None and _cell(row, columns.decided) != DECIDED:
        return
    places = _places(_cell(row, column) for column in columns.places)
    if columns.is_label_studios:
        places = tuple(own_places(places))
    for said in _of_each(row, columns, places, number) if columns.each else _of_label(row, columns, places, number):
        yield said if places or not isinstance(said, Line) else Loose(f"Line {number:,} names no image.", number)


def _of_label(row: list[str], columns: _Columns, places: tuple[str, ...], number: int) -> Iterator[Line | Region]:
    cell, state = _cell(row, columns.label), _cell(row, columns.state)
    value, confidence = _value(cell, columns), confidence_of(_cell(row, columns.confidence))
    labels, regions = labels_in(value), regions_in(value)
    if labels and _cell(row, columns.box).strip(BLANKS):
        labels, regions = [], len(labels)
    yield from [Region(number)] * regions
    for label in labels:
        yield Line(places, label, confidence, columns.tells_suggested and state == SUGGESTED_STATE, number)
    if not labels and not regions and state == LABELED_STATE:
        yield Line(places, None, row=number)


def _of_each(row: list[str], columns: _Columns, places: tuple[str, ...], number: int) -> Iterator[Said]:
    """Nothing where all cells are empty: nobody said what labels the image has."""
    cells = [(label, cell) for label, index in columns.each if (cell := _cell(row, index).strip(BLANKS))]
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


def _value(cell: str, columns: _Columns) -> Any:
    """A label, a list of them, or what else programs have in a cell."""
    label = unguarded(cell)
    if columns.has_lists and label.startswith(("[", "{")):
        try:
            return json.loads(label)
        except (ValueError, RecursionError):
            pass
    return label if label.strip(BLANKS) else None


def _cell(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


TABLE = Format(fits, read)
