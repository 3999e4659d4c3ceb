"""The records of a project's packs. They are only ever inserted, and numbered in the order in which they were written,
so what this process has read of them never gets old.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress

from cachetools import LRUCache

from functions.labeling.record import Record
from functions.labeling.rows import pack_key
from functions.tables import Table

# Some 1 KB each. A pack that has more is read whole each time.
MOST_KEPT = 8_000


class Records:
    """The records of one project."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._packs: LRUCache[int, Sequence[Record]] = LRUCache(MOST_KEPT, getsizeof=len)

    async def get(self, pack: int, key: str) -> Record | None:
        row = await self._table.find(pack_key(pack), key)
        return Record.from_row(row) if row else None

    async def rejections(self, pack: int, actions: Collection[str]) -> dict[str, Record]:
        """The records of some review actions, by the actions' ids."""
        found = await asyncio.gather(*(self.get(pack, f"r|{action}") for action in actions))
        return {action: record for action, record in zip(actions, found, strict=True) if record}

    async def of_pack(self, pack: int) -> Sequence[Record]:
        """All of a pack, in the order in which they were written.

        No row tells which records name an image, so they are read all; but each only once by this process. Asked for
        are the last one that it knows and those that came after it: with another one in its place, the project was put
        back from a backup, and all are read anew.
        """
        known = self._packs.get(pack, [])
        found = await self._read(pack, max(len(known) - 1, 0))
        if found[:1] != known[-1:] and known:
            known, found = [], await self._read(pack, 0)
        records = [*known[:-1], *found]
        with suppress(ValueError):
            self._packs[pack] = records
        return records

    async def _read(self, pack: int, first: int) -> list[Record]:
        """Those from a number on, as far as none is lacking: while they are read, one may be written behind and another
        before what is read next.
        """
        text = "PartitionKey eq @pack and RowKey ge 'r|' and RowKey lt 's}' and number ge @first"
        rows = self._table.query(text, pack=pack_key(pack), first=first)
        found = sorted([Record.from_row(row) async for row in rows], key=lambda record: record.number)
        return [record for number, record in enumerate(found, first) if record.number == number]
