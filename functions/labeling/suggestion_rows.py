"""Labels that are suggested for a pack's images, in a row of their own, which no lock covers and no figure counts.

The heads say nothing of them, so they may be written, and be old, without anybody who labels noticing more than a
worse guess.
"""

from collections.abc import Callable, Collection, Mapping
from json import dumps, loads

from functions.conflicts import change
from functions.kept import Kept
from functions.labeling.rows import pack_key
from functions.labeling.suggestions import (
    NOTHING_SUGGESTED,
    AnySuggestion,
    PackSuggestions,
    PageSuggestions,
    Several,
    Suggestion,
)
from functions.projects.model import Project
from functions.tables import Row, Table

# So old may what this process knows of a pack be; who writes it knows it at once.
MOST_AGE_SECONDS = 2.0
MOST_PACKS = 512
MOST_PAGES = 1024


class Suggestions:
    """The suggestions of one project, with what this process last saw of them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._packs: Kept[int, PackSuggestions] = Kept(MOST_PACKS, MOST_AGE_SECONDS)
        self._pages: Kept[str, PackSuggestions] = Kept(MOST_PAGES)

    async def of_pack(self, pack: int) -> PackSuggestions:
        """May be some seconds old."""
        return await self._packs.get(pack, lambda: self.read(pack))

    async def shown(self, pack: int, project: Project) -> Mapping[int, AnySuggestion]:
        """What labelers would see of a pack's images, by slot; may be some seconds old. Nothing is read where nothing
        can be suggested.
        """
        return (await self.of_pack(pack)).shown(project) if project.is_assisted else {}

    async def of_lease(self, pack: int, lease_id: str, project: Project, *, keep: bool = True) -> PageSuggestions:
        """Always the same for a lease: its labels are judged by what its page showed. Another process, which did not
        hand it out, goes by what is in storage: nothing is put there for images that somebody looks at. Nothing is
        read where nothing can be suggested.

        keep: the lease is known to be there; any id of a lease may come with a submission.
        """
        if not project.is_assisted:
            return NOTHING_SUGGESTED
        known = self._pages.known(lease_id)
        if known is None:
            known = await self.of_pack(pack)
            if keep:
                self._pages.put(lease_id, known)
        return known.on_page(lease_id, project)

    async def read(self, pack: int) -> PackSuggestions:
        """As they are in storage."""
        return _read(await self._table.find(pack_key(pack), _row_key(pack)))

    async def add_imported(self, pack: int, suggestions: Mapping[int, Suggestion]) -> None:
        """Suggests labels for some slots, and keeps what was imported for the others."""
        await self._change(pack, lambda known: known._replace(imported={**known.imported, **suggestions}))

    async def put_learned(
        self, pack: int, slots: Collection[int], suggestions: Mapping[int, AnySuggestion], training: str
    ) -> None:
        """Puts what a training suggests in place of what was learned for these slots before; for the others that is
        kept.
        """

        def put(known: PackSuggestions) -> PackSuggestions:
            kept = {slot: one for slot, one in known.learned.items() if slot not in slots}
            return known._replace(learned={**kept, **suggestions}, training=training)

        await self._change(pack, put)

    async def _change(self, pack: int, rule: Callable[[PackSuggestions], PackSuggestions]) -> None:
        async def read() -> tuple[PackSuggestions, str | None]:
            row = await self._table.find(pack_key(pack), _row_key(pack))
            return _read(row), row.etag if row else None

        async def write(_known: PackSuggestions, wanted: PackSuggestions, etag: str | None) -> None:
            row = {"PartitionKey": pack_key(pack), "RowKey": _row_key(pack), **_written(wanted)}
            await (self._table.insert(row) if etag is None else self._table.replace(row, etag))

        changed = await change(read, rule, write, "The pack's suggestions are written by too many at once. Try again.")
        self._packs.put(pack, changed)


def _row_key(pack: int) -> str:
    return f"suggestions|{pack_key(pack)}"


def _read(row: Row | None) -> PackSuggestions:
    if row is None:
        return PackSuggestions({}, {}, None)
    # Rows of before say nothing of what is likely, nor how likely the second label is.
    learned, likely = loads(row.get("learned", "{}")).items(), loads(row.get("likely", "{}"))
    seconds, several = loads(row.get("seconds", "{}")), loads(row.get("several", "{}")).items()
    return PackSuggestions(
        imported={int(slot): Suggestion(*one) for slot, one in loads(row["suggestions"]).items()},
        learned={
            int(slot): Suggestion(label, at, bool(sure), second, likely.get(slot), seconds.get(slot))
            for slot, (label, at, sure, second) in learned
        }
        | {
            int(slot): Several(
                tuple(Suggestion(label, at, bool(sure), likely=bool(likely)) for label, at, sure, likely in listed)
            )
            for slot, listed in several
        },
        training=row.get("training"),
    )


def _written(known: PackSuggestions) -> dict[str, str | None]:
    """The imported ones as they are backed up; what was learned can be learned again."""
    single = {slot: one for slot, one in known.learned.items() if isinstance(one, Suggestion)}
    several = {slot: one.listed for slot, one in known.learned.items() if isinstance(one, Several)}
    return {
        "suggestions": dumps({slot: [one.label, round(one.confidence, 4)] for slot, one in known.imported.items()}),
        "learned": dumps({slot: [one[0], one[1], int(one[2]), one[3]] for slot, one in single.items()}),
        # Apart, as a former version of the service reads exactly four of each.
        "likely": dumps({slot: one.likely for slot, one in single.items() if one.likely is not None}),
        "seconds": dumps(
            {slot: one.second_confidence for slot, one in single.items() if one.second_confidence is not None}
        ),
        "several": dumps(
            {
                slot: [[one.label, one.confidence, int(one.sure), int(one.is_likely)] for one in listed]
                for slot, listed in several.items()
            },
            separators=(",", ":"),
        ),
        "training": known.training,
    }
