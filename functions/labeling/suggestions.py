"""Labels that are suggested for a pack's images: in a row of their own, which no lock covers and no figure counts.

The heads say nothing of them, so they may be written, and be old, without anybody who labels noticing more than a
worse guess.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from json import dumps, loads
from typing import NamedTuple

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from functions.labeling.head import LABELED, SKIPPED, UNREADABLE, Head, has_label
from functions.labeling.rows import pack_key
from functions.storage import is_conflict
from functions.tables import Row, Table

# So old may what this process knows of a pack be; who writes it knows it at once.
MOST_AGE_SECONDS = 30.0
MOST_CACHED = 512
ATTEMPTS = 8


class Suggestion(NamedTuple):
    """label: its id. confidence: 0 to 1."""

    label: int
    confidence: float


@dataclass(frozen=True)
class Suggested:
    """What becomes of suggestions for a pack. slots: those that are new; unchanged: that were suggested, or labeled
    so, already; kept: images that are labeled or skipped, or have another suggestion that is to stay; not_ready: that
    cannot be read.
    """

    slots: dict[int, Suggestion]
    unchanged: tuple[int, ...]
    kept: tuple[int, ...]
    not_ready: tuple[int, ...]


def suggest(
    head: Head,
    known: Mapping[int, Suggestion],
    wanted: Mapping[int, Suggestion],
    *,
    replace_others: bool,
    aliases: Mapping[int, int],
) -> Suggested:
    """Which of the wanted suggestions are to be made, beside those that are known. aliases: for merged labels those as
    which they count.
    """
    new: dict[int, Suggestion] = {}
    unchanged, kept, not_ready = [], [], []
    for index, suggestion in wanted.items():
        slot = head.slots[index]
        if slot.state == UNREADABLE:
            not_ready.append(index)
        elif _counted(known.get(index), aliases) == suggestion or has_label(slot, suggestion.label, aliases):
            unchanged.append(index)
        elif slot.state in (LABELED, SKIPPED) or (index in known and not replace_others):
            kept.append(index)
        else:
            new[index] = suggestion
    return Suggested(new, tuple(unchanged), tuple(kept), tuple(not_ready))


def _counted(suggestion: Suggestion | None, aliases: Mapping[int, int]) -> Suggestion | None:
    return suggestion and suggestion._replace(label=aliases.get(suggestion.label, suggestion.label))


class Suggestions:
    """The suggestions of one project, with what this process last saw of them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: OrderedDict[int, tuple[float, dict[int, Suggestion]]] = OrderedDict()

    async def of_pack(self, pack: int) -> Mapping[int, Suggestion]:
        """By slot; may be some seconds old."""
        known = self._known.get(pack)
        if known and time.monotonic() - known[0] < MOST_AGE_SECONDS:
            return known[1]
        read_at = time.monotonic()
        row = await self._row(pack)
        return self._keep(pack, read_at, _read(row))

    async def add(self, pack: int, suggestions: Mapping[int, Suggestion]) -> None:
        """Suggests labels for some slots, and keeps what is suggested for the others."""
        for _ in range(ATTEMPTS):
            row = await self._row(pack)
            together = {**_read(row), **suggestions}
            new = {"PartitionKey": pack_key(pack), "RowKey": _row_key(pack), "suggestions": _written(together)}
            try:
                await (self._table.insert(new) if row is None else self._table.replace(new, row.etag))
            except HttpResponseError as error:
                if not is_conflict(error):
                    raise
                continue
            self._keep(pack, time.monotonic(), together)
            return
        raise RuntimeError(f"the suggestions of pack {pack} are written by too many at once")

    async def _row(self, pack: int) -> Row | None:
        try:
            return await self._table.get(pack_key(pack), _row_key(pack))
        except ResourceNotFoundError:
            return None

    def _keep(self, pack: int, read_at: float, known: dict[int, Suggestion]) -> Mapping[int, Suggestion]:
        self._known[pack] = (read_at, known)
        self._known.move_to_end(pack)
        while len(self._known) > MOST_CACHED:
            self._known.popitem(last=False)
        return known


def _row_key(pack: int) -> str:
    return f"suggestions|{pack_key(pack)}"


def _read(row: Row | None) -> dict[int, Suggestion]:
    if row is None:
        return {}
    return {int(slot): Suggestion(*suggestion) for slot, suggestion in loads(row["suggestions"]).items()}


def _written(suggestions: Mapping[int, Suggestion]) -> str:
    return dumps({slot: [one.label, round(one.confidence, 4)] for slot, one in suggestions.items()})
