"""What an export holds, in short, and how that differs from the export before it.

The index of an export has a line for each pack of which it holds images: the pack's number, and for each slot the label
ids, the state of an image without a label, or null. Two indexes are read side by side, so memory does not grow with
them.
"""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import NamedTuple

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob.aio import BlobClient

from functions.exports.formats.base import ExportedImage
from functions.exports.formats.csv import guarded, rows_of
from functions.labeling.columns import Columns

HEADER = rows_of([("change", "image", "before", "after")])

Held = list[int] | str | None


class Difference(NamedTuple):
    """One image that is added, changed or removed."""

    kind: str
    slot: int
    before: Held
    after: Held


def column_of(pack: Columns, images: Sequence[ExportedImage]) -> list[Held]:
    """What an export holds of a pack, for each slot."""
    column: list[Held] = [None] * len(pack.states)
    for image in images:
        slot = int(image.id[-2:])
        column[slot] = pack.labels[slot] or image.state
    return column


def line_of(pack: int, column: Sequence[Held]) -> str:
    """A line of the index, "" for a pack of which nothing is held."""
    if not any(held is not None for held in column):
        return ""
    return json.dumps([pack, column], separators=(",", ":")) + "\n"


class Former:
    """The index of the export before. None: there is none, and nothing to compare with."""

    def __init__(self, blob: BlobClient) -> None:
        self._lines = _lines(blob)
        self._next: tuple[int, list[Held]] | None = (-1, [])

    async def column(self, pack: int) -> list[Held]:
        """What it held of a pack. Packs are asked for in their order."""
        while self._next and self._next[0] < pack:
            line = await anext(self._lines, None)
            self._next = tuple(json.loads(line)) if line else None
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


def differences(before: list[Held], after: list[Held]) -> list[Difference]:
    """What differs in one pack."""
    if before == after:
        return []
    size = max(len(before), len(after))
    pairs = zip(before + [None] * (size - len(before)), after + [None] * (size - len(after)), strict=True)
    return [Difference(_kind(old, new), slot, old, new) for slot, (old, new) in enumerate(pairs) if old != new]


def _kind(before: Held, after: Held) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def rows_for_people(pack: Columns, found: Sequence[Difference], labels: Mapping[int, str]) -> str:
    """The differences as rows of a CSV file, below HEADER."""

    def words(held: Held) -> str:
        if held is None:
            return ""
        return guarded("; ".join(labels[label] for label in held) if isinstance(held, list) else f"({held})")

    return rows_of((one.kind, guarded(pack.images[one.slot][0]), words(one.before), words(one.after)) for one in found)
