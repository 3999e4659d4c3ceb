"""CSV as RFC 4180 has it: UTF-8, a header, CRLF. Cells that a spreadsheet would run as a formula get an apostrophe
before them.
"""

import re
from collections.abc import Iterator, Sequence

from functions.exports.formats.base import ExportedImage, Format, Piece, confidence_of
from functions.projects.model import Label

FILE = "labels.csv"
HEADER = ("image", "url", "label", "labeler", "labeled_at", "width", "height", "state")
CONFIDENCE, SIDE = "label_confidence", "split"
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NEEDS_QUOTES = re.compile(r'[",\r\n]')
NEEDS_CARE = re.compile(r"""[",\r\n]|^[=+\-@\t\r']""")
UNLABELED = (Label(id=0, name=""),)


class Csv(Format):
    """One file with a row for each image and label, and for each image without one; with suggestions, and with a split,
    a column more. A suggested label is in a row whose state is waiting and whose confidence is below 1.
    """

    readers = "pandas and spreadsheets"
    takes_suggestions = True

    def begin(self) -> Iterator[Piece]:
        more = [*([CONFIDENCE] if self.snapshot.suggestions else []), *([SIDE] if self.snapshot.sides else [])]
        yield Piece(FILE, 0, row_of(*HEADER, *more))

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        url, has_sides, has_confidences = self.snapshot.url, bool(self.snapshot.sides), self.snapshot.suggestions
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
    return f"{','.join(map(cell_of, cells))}\r\n"


def cell_of(text: str) -> str:
    """A text as a cell: guarded, and between quotation marks where it needs them."""
    if not NEEDS_CARE.search(text):
        return text
    text = guarded(text)
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet runs it. What begins with apostrophes before a formula gets another, so that
    `unguarded` gives every cell back as it was.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before it was written."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell
