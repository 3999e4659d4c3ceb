"""The features that the service learns suggestions from, as training code loads them: a matrix, and a table with a row
for each of its rows.

https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson

from functions.assist.model import FEATURES
from functions.cells import guarded_cell, quoted
from functions.exports.formats.base import ExportedImage, Format, Piece, by_side, with_side

MATRIX, TABLE = "features.npy", "images.csv"
# Of the matrix: what says how many rows there are stands before them, and is known when all are there.
HEADER, ROWS = range(2)
COLUMNS = ("image", "id", "state", "width", "height")
LABEL, LABELS = "label", "labels"
# Of the header, a multiple of 64 as numpy has it: rows may be read as they lie in the file.
HEADER_BYTES = 128


class Features(Format):
    """features.npy, float16 (images, 1280), and images.csv with a row for each image in the same order; with a split
    both for each side. The table has the image's path, id, label, state, width and height. Where images may have
    several labels, `labels` is a list in JSON; it is empty, without brackets, where nobody labeled the image.

    state: how many rows each side has.
    """

    readers = "NumPy, scikit-learn and pandas"
    wants_features = True
    has_cells = True

    def first_state(self) -> dict[str, Any]:
        return dict.fromkeys(self.sides, 0)

    def begin(self) -> Iterator[Piece]:
        place, size = COLUMNS[:2], COLUMNS[2:]
        columns = [*place, LABEL if self.snapshot.task.one_label else LABELS, *size]
        for side in self.sides:
            yield Piece(with_side(MATRIX, side), ROWS, b"")
            yield Piece(with_side(TABLE, side), 0, f"{','.join(columns)}\r\n")

    def add(self, images: Sequence[ExportedImage]) -> Iterator[Piece]:
        for side, some in by_side(images, self.sides):
            yield Piece(with_side(MATRIX, side), ROWS, b"".join([image.features for image in some]))
            yield Piece(with_side(TABLE, side), 0, "".join(map(self._row, some)))
            self.state[side] += len(some)

    def end(self) -> Iterator[Piece]:
        for side in self.sides:
            yield Piece(with_side(MATRIX, side), HEADER, _header(self.state[side]))

    def _row(self, image: ExportedImage) -> str:
        cell_of = self._cell
        return (
            f"{cell_of(image.name)},{image.id},{cell_of(self._said(image))},{image.state},{image.width},"
            f"{image.height}\r\n"
        )

    @property
    def _cell(self) -> Callable[[str], str]:
        return guarded_cell if self.snapshot.options.guard_formulas else quoted

    def _said(self, image: ExportedImage) -> str:
        names = [label.name for label in image.labels]
        if self.snapshot.task.one_label:
            return "".join(names)
        return orjson.dumps(names).decode() if image.is_labeled else ""


def _header(rows: int) -> bytes:
    """What stands before so many rows, in version 1.0 of the form."""
    text = f"{{'descr': '<f2', 'fortran_order': False, 'shape': ({rows}, {FEATURES}), }}"
    start = b"\x93NUMPY\x01\x00"
    size = HEADER_BYTES - len(start) - 2
    return start + struct.pack("<H", size) + text.ljust(size - 1).encode() + b"\n"
