"""Labels that are suggested for a pack's images, in a row of their own, which no lock covers and no figure counts.

The heads say nothing of them, so they may be written, and be old, without anybody who labels noticing more than a
worse guess.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from json import dumps, loads

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from functions.conflicts import is_conflict
from functions.labeling.rows import pack_key
from functions.labeling.suggestions import NOTHING_SUGGESTED, PackSuggestions, PageSuggestions, Suggestion
from functions.projects.model import Project
from functions.tables import Row, Table

# So old may what this process knows of a pack be; who writes it knows it at once.
MOST_AGE_SECONDS = 2.0
MOST_CACHED = 512
MOST_PAGES = 1024
ATTEMPTS = 8


class Suggestions:
    """The suggestions of one project, with what this process last saw of them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: OrderedDict[int, tuple[float, PackSuggestions]] = OrderedDict()
        self._of_leases: OrderedDict[str, PackSuggestions] = OrderedDict()

    async def of_pack(self, pack: int) -> PackSuggestions:
        """May be some seconds old."""
        known = self._known.get(pack)
        if known and time.monotonic() - known[0] < MOST_AGE_SECONDS:
            return known[1]
        return await self.read(pack)

    async def of_lease(self, pack: int, lease_id: str, project: Project, *, keep: bool = True) -> PageSuggestions:
        """Always the same for a lease: its labels are judged by what its page showed. Another process, which did not
        hand it out, goes by what is in storage: nothing is put there for images that somebody looks at. Nothing is
        read where nothing can be suggested.

        keep: the lease is known to be there; any id of a lease may come with a submission.
        """
        if not project.is_assisted:
            return NOTHING_SUGGESTED
        known = self._of_leases.get(lease_id) or await self.of_pack(pack)
        if keep or lease_id in self._of_leases:
            self._of_leases[lease_id] = known
            self._of_leases.move_to_end(lease_id)
            while len(self._of_leases) > MOST_PAGES:
                self._of_leases.popitem(last=False)
        return known.on_page(lease_id, project)

    async def read(self, pack: int) -> PackSuggestions:
        """As they are in storage."""
        read_at = time.monotonic()
        row = await self._row(pack)
        return self._keep(pack, read_at, _read(row))

    async def add_imported(self, pack: int, suggestions: Mapping[int, Suggestion]) -> None:
        """Suggests labels for some slots, and keeps what was imported for the others."""
        await self._change(pack, lambda known: known._replace(imported={**known.imported, **suggestions}))

    async def put_learned(
        self, pack: int, slots: Collection[int], suggestions: Mapping[int, Suggestion], training: str
    ) -> None:
        """Puts what a training suggests in place of what was learned for these slots before; for the others that is
        kept.
        """

        def put(known: PackSuggestions) -> PackSuggestions:
            kept = {slot: one for slot, one in known.learned.items() if slot not in slots}
            return known._replace(learned={**kept, **suggestions}, training=training)

        await self._change(pack, put)

    async def _change(self, pack: int, change: Callable[[PackSuggestions], PackSuggestions]) -> None:
        for _ in range(ATTEMPTS):
            row = await self._row(pack)
            changed = change(_read(row))
            new = {"PartitionKey": pack_key(pack), "RowKey": _row_key(pack), **_written(changed)}
            try:
                await (self._table.insert(new) if row is None else self._table.replace(new, row.etag))
            except HttpResponseError as error:
                if not is_conflict(error):
                    raise
                continue
            self._keep(pack, time.monotonic(), changed)
            return
        raise RuntimeError(f"the suggestions of pack {pack} are written by too many at once")

    async def _row(self, pack: int) -> Row | None:
        try:
            return await self._table.get(pack_key(pack), _row_key(pack))
        except ResourceNotFoundError:
            return None

    def _keep(self, pack: int, read_at: float, known: PackSuggestions) -> PackSuggestions:
        self._known[pack] = (read_at, known)
        self._known.move_to_end(pack)
        while len(self._known) > MOST_CACHED:
            self._known.popitem(last=False)
        return known


def _row_key(pack: int) -> str:
    return f"suggestions|{pack_key(pack)}"


def _read(row: Row | None) -> PackSuggestions:
    if row is None:
        return PackSuggestions({}, {}, None)
    # Rows of before say nothing of what is likely.
    learned, likely = loads(row.get("learned", "{}")).items(), loads(row.get("likely", "{}"))
    return PackSuggestions(
        imported={int(slot): Suggestion(*one) for slot, one in loads(row["suggestions"]).items()},
        learned={
            int(slot): Suggestion(label, at, bool(sure), second, likely.get(slot))
            for slot, (label, at, sure, second) in learned
        },
        training=row.get("training"),
    )


def _written(known: PackSuggestions) -> dict[str, str | None]:
    """The imported ones as they are backed up; what was learned can be learned again."""
    return {
        "suggestions": dumps({slot: [one.label, round(one.confidence, 4)] for slot, one in known.imported.items()}),
        "learned": dumps({slot: [one[0], one[1], int(one[2]), one[3]] for slot, one in known.learned.items()}),
        # Apart, as a former version of the service reads exactly four of each.
        "likely": dumps({slot: one.likely for slot, one in known.learned.items() if one.likely is not None}),
        "training": known.training,
    }
