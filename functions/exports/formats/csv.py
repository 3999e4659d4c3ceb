"""CSV as RFC 4180 has it: UTF-8, a header, CRLF. Cells that a spreadsheet would run as a formula get an apostrophe
before them.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from functions.exports.formats.base import Format, LabeledImage, Piece, rfc3339

FILE = "labels.csv"
HEADER = ("image", "url", "label", "labeler", "labeled_at", "width", "height", "state")
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Csv(Format):
    """One file with a row for each image and label."""

    files: ClassVar[Mapping[str, Sequence[str]]] = {FILE: ("rows",)}

    def begin(self) -> Iterator[Piece]:
        yield Piece(FILE, "rows", _row(HEADER))

    def add(self, image: LabeledImage) -> Iterator[Piece]:
        for label in image.labels:
            cells = (
                image.name,
                self.snapshot.url(image.name),
                label.name,
                image.labeler,
                rfc3339(image.labeled_at),
                str(image.width),
                str(image.height),
                image.state,
            )
            yield Piece(FILE, "rows", _row([_guarded(cell) for cell in cells]))

    def end(self) -> Iterator[Piece]:
        yield from ()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
