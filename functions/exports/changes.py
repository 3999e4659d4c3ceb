"""What an export holds, in short, and how that differs from the export before it.

The index of an export has a line for each pack of which it holds images: the pack's number, a tab, and what is held of
each slot, between commas: the label ids with plus signs between them, behind a question mark if they are only
suggested; the state of an image without a label; or nothing. Two indexes are read side by side, so memory does not grow
with them.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import NamedTuple

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob.aio import BlobClient

from functions.cells import row_of
from functions.exports.formats.base import ExportedImage
from functions.labeling.columns import Columns
from functions.labeling.head import LABELED, STATE_NAMES

SUGGESTED = "?"
# An image that has no label, by what people said of it.
EMPTY = STATE_NAMES[LABELED]
HEADER = row_of("change", "image", "before", "after")


class Difference(NamedTuple):
    """One image that is added, changed or removed."""

    kind: str
    slot: int
    before: str
    after: str


def column_of(pack: Columns, images: Sequence[ExportedImage]) -> list[str]:
    """What an export holds of a pack, for each slot."""
    column, labels = [""] * len(pack.states), pack.labels
    for image in images:
        slot = image.slot
        if image.suggested is None:
            column[slot] = "+".join(map(str, labels[slot])) or (EMPTY if image.is_labeled else image.state)
        else:
            column[slot] = SUGGESTED + "+".join([str(label.id) for label in image.labels])
    return column


def line_of(pack: int, column: Sequence[str]) -> str:
    """A line of the index, "" for a pack of which nothing is held."""
    return f"{pack}\t{','.join(column)}\n" if any(column) else ""


class Former:
    """The index of the export before."""

    def __init__(self, blob: BlobClient) -> None:
        self._lines = _lines(blob)
        self._next: tuple[int, list[str]] | None = (-1, [])

    async def column(self, pack: int) -> list[str]:
        """What it held of a pack. Packs are asked for in their order."""
        while self._next and self._next[0] < pack:
            line = await anext(self._lines, None)
            self._next = _read(line) if line else None
        return self._next[1] if self._next and self._next[0] == pack else []

    async def aclose(self) -> None:
        await self._lines.aclose()


async def _lines(blob: BlobClient) -> AsyncGenerator[bytes, None]:
    try:
        stream = await blob.download_blob()
    except ResourceNotFoundError:
        return
    rest = b""
    async for chunk in stream.chunks():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line


def _read(line: bytes) -> tuple[int, list[str]]:
    pack, _, column = line.decode().partition("\t")
    return int(pack), column.split(",")


def differences(before: list[str], after: list[str]) -> list[Difference]:
    """What differs in one pack."""
    if before == after:
        return []
    size = max(len(before), len(after))
    pairs = zip(before + [""] * (size - len(before)), after + [""] * (size - len(after)), strict=True)
    return [Difference(_kind(old, new), slot, old, new) for slot, (old, new) in enumerate(pairs) if old != new]


def _kind(before: str, after: str) -> str:
    if not before:
        return "added"
    return "changed" if after else "removed"


def rows_for_people(pack: Columns, found: Sequence[Difference], labels: Mapping[int, str]) -> str:
    """The differences as rows of a CSV file, below HEADER."""

    def words(held: str) -> str:
        if held == EMPTY:
            return "none of these"
        if held.startswith(SUGGESTED):
            return f"{words(held.removeprefix(SUGGESTED))} (suggested)"
        return "; ".join(labels[int(label)] for label in held.split("+")) if held[:1].isdigit() else held

    return "".join(row_of(one.kind, pack.images[one.slot][0], words(one.before), words(one.after)) for one in found)
