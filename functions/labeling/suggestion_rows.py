"""Labels that are suggested for a pack's images, in a row of their own, which no lock covers and no figure counts.

The heads say nothing of them, so they may be written, and be old, without anybody who labels noticing more than a
worse guess. What an import of suggestions found there is kept in rows of its own, for good, so that it can be undone as
a whole.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from json import dumps, loads
from typing import Any, NamedTuple

from functions.conflicts import change
from functions.kept import Kept
from functions.labeling.replaced_rows import Replaced, replaced_key, replaced_of, replaced_row
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
from functions.storage import unless_there
from functions.tables import Insert, Operation, Replace, Row, Table

# So old may what this process knows of a pack be; who writes it knows it at once.
MOST_AGE_SECONDS = 2.0
MOST_PACKS = 512
MOST_PAGES = 1024
BUSY = "The pack's suggestions are written by too many at once. Try again."


class Withdrawn(NamedTuple):
    """What became of the images of a pack for which an import had suggested something. restored: so many have what was
    suggested before it; left: what was suggested for the others by an import since.
    """

    restored: int
    left: int


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

    async def add_imported(self, pack: int, suggestions: Mapping[int, Suggestion], import_id: str) -> None:
        """Suggests labels for some slots, and keeps what was imported for the others. What an import finds there when
        it first does so is kept with it.
        """

        async def read() -> tuple[tuple[PackSuggestions, Replaced], tuple[str | None, str | None]]:
            found = await asyncio.gather(
                self._table.find(pack_key(pack), _row_key(pack)),
                self._table.find(pack_key(pack), replaced_key(import_id)),
            )
            return (_read(found[0]), replaced_of(found[1])), (_etag(found[0]), _etag(found[1]))

        def add(known: tuple[PackSuggestions, Replaced]) -> tuple[PackSuggestions, Replaced]:
            before, replaced = known
            wanted = before._replace(
                imported={**before.imported, **suggestions},
                importers={**before.importers, **dict.fromkeys(suggestions, import_id)},
            )
            return wanted, {**{slot: _imported(before, slot) for slot in suggestions}, **replaced}

        async def write(_known: object, wanted: tuple[PackSuggestions, Replaced], etags: Any) -> None:
            rows = (_row(pack, wanted[0]), replaced_row(pack, import_id, wanted[1]))
            await self._table.transaction([_put(row, etag) for row, etag in zip(rows, etags, strict=True)])

        changed, _ = await change(read, add, write, BUSY)
        self._packs.put(pack, changed)

    async def withdraw(self, pack: int, import_id: str) -> Withdrawn:
        """Suggests again what was suggested before an import where its suggestion is still the newest imported one."""
        replaced = replaced_of(await self._table.find(pack_key(pack), replaced_key(import_id)))
        if not replaced:
            return Withdrawn(0, 0)

        def take_back(known: PackSuggestions) -> PackSuggestions:
            own = {slot: replaced[slot] for slot in replaced if known.importers.get(slot) == import_id}
            former = {slot: one for slot, one in own.items() if one}
            imported = {slot: one for slot, one in known.imported.items() if slot not in own}
            importers = {slot: one for slot, one in known.importers.items() if slot not in own}
            return known._replace(
                imported={**imported, **{slot: one for slot, (one, _) in former.items()}},
                importers={**importers, **{slot: by for slot, (_, by) in former.items() if by}},
            )

        known = await self._change(pack, take_back)
        restored = sum(_imported(known, slot) == before for slot, before in replaced.items())
        return Withdrawn(restored, len(replaced) - restored)

    async def has_imported(self) -> bool:
        """Some import suggests something, in any pack."""
        text = "RowKey ge 'suggestions|' and RowKey lt 'suggestions}' and suggestions ne '{}'"
        return bool(await self._table.first(1, text))

    async def put_back(
        self, pack: int, imported: Mapping[int, Suggestion], importers: Mapping[int, str], rows: Mapping[str, Replaced]
    ) -> None:
        """Writes what imports had suggested in a pack, and what each had found there. Those that are there stay."""
        for import_id, replaced in rows.items():
            await unless_there(self._table.insert, replaced_row(pack, import_id, replaced))
        await self._change(
            pack,
            lambda known: known._replace(
                imported={**imported, **known.imported}, importers={**importers, **known.importers}
            ),
        )

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

    async def _change(self, pack: int, rule: Callable[[PackSuggestions], PackSuggestions]) -> PackSuggestions:
        async def read() -> tuple[PackSuggestions, str | None]:
            row = await self._table.find(pack_key(pack), _row_key(pack))
            return _read(row), _etag(row)

        async def write(_known: PackSuggestions, wanted: PackSuggestions, etag: str | None) -> None:
            row = _row(pack, wanted)
            await (self._table.insert(row) if etag is None else self._table.replace(row, etag))

        changed = await change(read, rule, write, BUSY)
        self._packs.put(pack, changed)
        return changed


def _row_key(pack: int) -> str:
    return f"suggestions|{pack_key(pack)}"


def _etag(row: Row | None) -> str | None:
    return row.etag if row else None


def _put(row: Mapping[str, Any], etag: str | None) -> Operation:
    return Insert(row) if etag is None else Replace(row, etag)


def _row(pack: int, known: PackSuggestions) -> dict[str, Any]:
    return {"PartitionKey": pack_key(pack), "RowKey": _row_key(pack), **_written(known)}


def _imported(known: PackSuggestions, slot: int) -> tuple[Suggestion, str] | None:
    """What an import suggests for a slot, and which."""
    return (known.imported[slot], known.importers.get(slot, "")) if slot in known.imported else None


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
        importers=importers_of(loads(row.get("importers", "{}"))),
    )


def importers_of(slots: Mapping[str, Collection[int]]) -> dict[int, str]:
    """The import of each slot. slots: those of each import."""
    return {slot: import_id for import_id, some in slots.items() for slot in some}


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
        "importers": dumps(_by_import(known.importers), separators=(",", ":")),
        "training": known.training,
    }


def _by_import(importers: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for slot, import_id in sorted(importers.items()):
        found.setdefault(import_id, []).append(slot)
    return found
