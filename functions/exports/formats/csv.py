"""CSV as RFC 4180 has it: UTF-8, a header, CRLF. Unless it is for programs, its cells are guarded (`cells.py`)."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from functions.cells import guarded_cell, quoted
from functions.exports.formats.base import ExportedImage, Format, Piece
from functions.projects.model import Label

FILE = "labels.csv"
PLACE, LABEL, ABOUT = ("image", "url"), "label", ("labeler", "labeled_at", "width", "height", "state")
GROUP, CONFIDENCE, SIDE = "group", "label_confidence", "split"
OPINION = ("opinion", "decided")
# Before the label's name, so that no column of a label is called like another column.
OF_LABEL = "label: "
UNLABELED = (Label(id=0, name=""),)


class Csv(Format):
    """One file with a row for each image and label, and for each image without one; with suggestions, and with a split,
    a column more, as where labels are in groups. A suggested label is in a row whose state is waiting and whose
    confidence is below 1.

    With opinions, it has the rows of each opinion instead, with who gave it when, whether they labeled or skipped it,
    and whether it is what was decided: 1 or 0, nothing while nothing is.

    Wide, it has a row for each image and a column for each label, in which is 1 or 0, or how sure a suggested label is;
    nothing, where nobody labeled the image.
    """

    readers = "pandas and spreadsheets"
    takes_suggestions = True
    takes_opinions = True
    has_cells = True

    def begin(self) -> Iterator[Piece]:
        options = self.snapshot.options
        side = [SIDE] if options.sides else []
        if options.wide:
            columns = [*PLACE, *ABOUT, *side, *(OF_LABEL + label.name for label in self.snapshot.labels)]
        else:
            group = [GROUP] if self.snapshot.has_groups else []
            columns = [*PLACE, LABEL, *ABOUT, *group, *([CONFIDENCE] if options.suggestions else []), *side]
            columns += OPINION if options.opinions else ()
        yield Piece(FILE, 0, f"{','.join(map(self._cell, columns))}\r\n")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        rows = self._wide_rows(images) if self.snapshot.options.wide else self._rows(images)
        yield Piece(FILE, 0, "".join(rows))

    @property
    def _cell(self) -> Callable[[str], str]:
        return guarded_cell if self.snapshot.options.guard_formulas else quoted

    def _rows(self, images: Sequence[ExportedImage]) -> list[str]:
        options, url, cell_of = self.snapshot.options, self.snapshot.url, self._cell
        has_sides, has_groups, has_confidences = bool(options.sides), self.snapshot.has_groups, options.suggestions
        rows = []
        for image, opinion in _said_of(images) if options.opinions else ((image, "") for image in images):
            side = f",{image.side}" if has_sides else ""
            for number, label in enumerate(image.labels or UNLABELED):
                sure = f",{image.confidences[number] if label.id else ''}" if has_confidences else ""
                group = f",{cell_of(label.group)}" if has_groups else ""
                rows.append(
                    f"{cell_of(image.name)},{url(image.name)},{cell_of(label.name)},{cell_of(image.labeler)},{image.at},"
                    f"{image.width},{image.height},{image.state}{group}{sure}{side}{opinion}\r\n"
                )
        return rows

    def _wide_rows(self, images: Sequence[ExportedImage]) -> list[str]:
        url, cell_of, places = self.snapshot.url, self._cell, self._places
        has_sides = bool(self.snapshot.options.sides)
        unknown, none = [""] * len(places), ["0"] * len(places)
        rows = []
        for image in images:
            cells = none.copy() if image.is_labeled or image.labels else unknown
            for label, confidence in zip(image.labels, image.confidences, strict=True):
                cells[places[label.id]] = "1" if image.suggested is None else str(confidence)
            side = f",{image.side}" if has_sides else ""
            rows.append(
                f"{cell_of(image.name)},{url(image.name)},{cell_of(image.labeler)},{image.at},"
                f"{image.width},{image.height},{image.state}{side},{','.join(cells)}\r\n"
            )
        return rows

    @cached_property
    def _places(self) -> dict[int, int]:
        return {label.id: place for place, label in enumerate(self.snapshot.labels)}


def _said_of(images: Sequence[ExportedImage]) -> Iterator[tuple[ExportedImage, str]]:
    """Each image once for each opinion on it, as who gave it has it, with the cells of the opinion; an image on which
    there is none once, without.
    """
    for image in images:
        if not image.opinions:
            yield image, ",,"
        for one in image.opinions:
            word = "skipped" if one.labels is None else "labeled"
            decided = "" if one.is_decided is None else int(one.is_decided)
            said = image._replace(labels=one.labels or (), labeler=one.labeler, at=one.at, suggested=None)
            yield said, f",{word},{decided}"
