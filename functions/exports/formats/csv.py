"""CSV as RFC 4180 has it: UTF-8, a header, CRLF. Unless it is for programs, its cells are guarded (`cells.py`)."""

from collections.abc import Iterator, Sequence

from functions.cells import guarded_cell, quoted, row_of
from functions.exports.formats.base import ExportedImage, Format, Piece, confidence_of
from functions.projects.model import Label

FILE = "labels.csv"
HEADER = ("image", "url", "label", "labeler", "labeled_at", "width", "height", "state")
CONFIDENCE, SIDE = "label_confidence", "split"
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
