"""CSV as RFC 4180 has it: UTF-8, a header, CRLF. Unless it is for programs, what a spreadsheet would run as a formula
gets an apostrophe before it.
"""

import re
from collections.abc import Iterator, Sequence

from functions.exports.formats.base import ExportedImage, Format, Piece, confidence_of
from functions.projects.model import Label

FILE = "labels.csv"
HEADER = ("image", "url", "label", "labeler", "labeled_at", "width", "height", "state")
CONFIDENCE, SIDE = "label_confidence", "split"
NEEDS_QUOTES = re.compile(r'[",\r\n]')
# https://owasp.org/www-community/attacks/CSV_Injection. Spreadsheets of East Asia take the full-width signs as well.
SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
# Where semicolons, bars or tabs separate cells, quotation marks in the middle of one keep nothing together.
CELL = r"((?:^|[;|\t\r\n])[ \"]*)"
# An apostrophe that was there before a sign counts as a guard when the cell is read, so it gets one of its own.
UNGUARDED = re.compile(rf"{CELL}(?='+{SIGN}|{SIGN}.)", re.DOTALL)
GUARDED = re.compile(rf"{CELL}'(?='*{SIGN})")
NUMBER = re.compile(r"[+-][0-9]+([.,][0-9]+)?")
NEEDS_CARE = re.compile(rf'[",;|\t\r\n]|^[ \']*{SIGN}')
UNLABELED = (Label(id=0, name=""),)


class Csv(Format):
    """One file with a row for each image and label, and for each image without one; with suggestions, and with a split,
    a column more. A suggested label is in a row whose state is waiting and whose confidence is below 1.
    """

    readers = "pandas and spreadsheets"
    takes_suggestions = True

    def begin(self) -> Iterator[Piece]:
        options = self.snapshot.options
        more = [*([CONFIDENCE] if options.suggestions else []), *([SIDE] if options.sides else [])]
        yield Piece(FILE, 0, row_of(*HEADER, *more))

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        options, url = self.snapshot.options, self.snapshot.url
        has_sides, has_confidences = bool(options.sides), options.suggestions
        cell_of = guarded_cell if options.guard_formulas else quoted
        rows = []
        for image in images:
            for label in image.labels or UNLABELED:
                confidence = f",{confidence_of(image)}" if has_confidences else ""
                side = f",{image.side}" if has_sides else ""
                rows.append(
                    f"{cell_of(image.name)},{url(image.name)},{cell_of(label.name)},{cell_of(image.labeler)},{image.at},"
                    f"{image.width},{image.height},{image.state}{confidence}{side}\r\n"
                )
        yield Piece(FILE, 0, "".join(rows))


def row_of(*cells: str) -> str:
    return f"{','.join(map(guarded_cell, cells))}\r\n"


def guarded_cell(text: str) -> str:
    return quoted(guarded(text)) if NEEDS_CARE.search(text) else text


def quoted(text: str) -> str:
    """A text as a cell, between quotation marks where it needs them."""
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def guarded(cell: str) -> str:
    """The cell with an apostrophe before each sign that a spreadsheet would take for the beginning of a formula:
    `unguarded` gives every cell back as it was. A sign alone and a number are no formula.
    """
    return cell if NUMBER.fullmatch(cell) else UNGUARDED.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """The cell as it was before it was written."""
    return GUARDED.sub(r"\1", cell)
