"""All packs of a project in order, read as fast as storage gives them: columns instead of heads.

What goes through a million images has no use for a head's rules, and making heads took twice the time of reading
their rows.
"""

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from orjson import loads

from functions.labeling.head import MISSING, NOBODY, PACK_SIZE, STATE_NAMES
from functions.labeling.head_rows import opinions_in
from functions.labeling.rows import Image, pack_key
from functions.tables import Table

NOBODY_ELSE: Mapping[int, Sequence[tuple[int, int, list[int] | None]]] = {}
SLOTS = tuple(f"i{slot:02}" for slot in range(PACK_SIZE))


class Columns(NamedTuple):
    """A pack's head and images, a value for each slot.

    states: as the API names them, leases aside. labels: label ids. by: index into labelers, or NOBODY. at: when it was
    labeled or skipped, milliseconds since the epoch, or 0. images: name, etag, bytes, width, height, problem. letters:
    of the states as heads have them (head.py), which also tell what became of a missing image before. opinions: by
    slot, where several people look or have looked at it: of each who (index into labelers), when, and its label ids,
    None where they skipped it.
    """

    pack: int
    states: list[str]
    labels: list[list[int]]
    by: list[int]
    at: list[int]
    labelers: list[str]
    images: list[list[Any]]
    letters: str
    opinions: Mapping[int, Sequence[tuple[int, int, list[int] | None]]]

    @property
    def used_labels(self) -> set[int]:
        """The ids of all labels that images have, or by which people said something of them."""
        said = {label for some in self.opinions.values() for _, _, labels in some for label in labels or ()}
        return said.union(*self.labels)

    def labeler(self, slot: int) -> str:
        """The user id of who labeled or skipped it, "" for nobody."""
        return "" if self.by[slot] == NOBODY else self.labelers[self.by[slot]]

    def image(self, slot: int) -> Image:
        return Image(*self.images[slot])


async def read_columns(
    table: Table, first: int = 0, aliases: Mapping[int, int] | None = None
) -> AsyncGenerator[Columns, None]:
    """All packs from `first` on, in order. aliases: for merged labels those as which they count."""
    text = f"PartitionKey ge '{pack_key(first)}' and PartitionKey lt 'a' and RowKey ge 'head|' and RowKey lt 'images}}'"
    head: dict[str, Any] = {}
    async for rows in table.pages(text):
        # A pack at a time: through the lists of a whole page the garbage collector would go again and again.
        for row in rows:
            if row["RowKey"].startswith("head|"):
                head = row
            elif head and head["PartitionKey"] == row["PartitionKey"]:
                columns = _columns(head, row)
                yield _resolved(columns, aliases) if aliases else columns


def _columns(head: dict[str, Any], images: dict[str, Any]) -> Columns:
    states = [STATE_NAMES[letter] for letter in head["states"]]
    for slot in loads(head["missing"]):
        states[slot] = MISSING
    return Columns(
        pack=int(head["PartitionKey"]),
        states=states,
        labels=loads(head["labels"]),
        by=loads(head["by"]),
        at=loads(head["at"]),
        labelers=loads(head["labelers"]),
        images=loads(f"[{','.join([images[name] for name in SLOTS[: len(states)]])}]"),
        letters=head["states"],
        opinions=_opinions(head),
    )


def _opinions(head: Mapping[str, Any]) -> Mapping[int, Sequence[tuple[int, int, list[int] | None]]]:
    found: dict[int, list[tuple[int, int, list[int] | None]]] = {}
    for slot, labeler, at, labels in opinions_in(head):
        found.setdefault(slot, []).append((labeler, at, labels))
    return found or NOBODY_ELSE


def _resolved(columns: Columns, aliases: Mapping[int, int]) -> Columns:
    def counted(labels: Iterable[int]) -> list[int]:
        return sorted({aliases.get(label, label) for label in labels})

    opinions = {
        slot: [(labeler, at, labels and counted(labels)) for labeler, at, labels in some]
        for slot, some in columns.opinions.items()
    }
    return columns._replace(labels=[counted(some) for some in columns.labels], opinions=opinions)
