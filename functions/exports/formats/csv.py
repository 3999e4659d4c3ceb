"""CSV as RFC 4180 has it: UTF-8, a header, CRLF. Cells that a spreadsheet would run as a formula get an apostrophe
before them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from functions.exports.formats.base import ExportedImage, Format, Piece
from functions.projects.model import Label

FILE = "labels.csv"
HEADER = ("image", "url", "label", "labeler", "labeled_at", "width", "height", "state")
SIDE = "split"
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MAY_NEED_GUARD = (*FORMULA_STARTS, "'")
UNLABELED = (Label(id=0, name=""),)


class Csv(Format):
    """One file with a row for each image and label, and for each image without one; with a split, a column more."""

    readers = "pandas and spreadsheets"

    def begin(self) -> Iterator[Piece]:
        yield Piece(FILE, 0, rows_of([(*HEADER, SIDE) if self.snapshot.sides else HEADER]))

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        url, has_sides = self.snapshot.url, bool(self.snapshot.sides)
        rows = []
        for image in images:
            for label in image.labels or UNLABELED:
                row = (
                    guarded(image.name),
                    url(image.name),
                    guarded(label.name),
                    guarded(image.labeler),
                    image.at,
                    image.width,
                    image.height,
                    image.state,
                )
                rows.append((*row, image.side) if has_sides else row)
        yield Piece(FILE, 0, rows_of(rows))


def guarded(cell: str) -> str:
    """The cell as it is written. What begins with apostrophes before a formula gets another, so that `unguarded` gives
    every cell back as it was.
    """
    return f"'{cell}" if cell.startswith(MAY_NEED_GUARD) and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before it was written."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def rows_of(rows: Iterable[Sequence[str | int]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
