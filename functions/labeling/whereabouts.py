"""Where a labeler works: the packs in which they hold or may hold leases, and the last one in which they were given
images. It is written only when that changes, and before the lease is made, so that a reload finds every lease.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from json import dumps, loads

from functions.conflicts import unproved
from functions.identity import key_of
from functions.tables import Table

WHO = "who"


@dataclass(frozen=True)
class Whereabouts:
    """etag: None before the first lease."""

    packs: tuple[int, ...] = ()
    last: int | None = None
    etag: str | None = None

    def entering(self, pack: int, held_in: Collection[int], *, tidy: bool) -> "Whereabouts":
        """Where the labeler is when they get a lease in a pack while they hold others in those.

        The pack they come from stays named: they may get a lease there at this very moment, which writes nothing here.
        Packs without a lease are struck on the way into another, or to tidy up.
        """
        if pack == self.last and pack in self.packs and not tidy:
            return self
        came_from = () if self.last is None else (self.last,)
        packs = tuple(sorted({*held_in, *came_from, pack}))
        return self if (packs, pack) == (self.packs, self.last) else Whereabouts(packs, pack, self.etag)


async def read_whereabouts(table: Table, user: str) -> Whereabouts:
    row = await table.find(WHO, _key(user))
    return Whereabouts(tuple(loads(row["packs"])), row.get("last"), row.etag) if row else Whereabouts()


async def write_whereabouts(table: Table, user: str, known: Whereabouts, there: Whereabouts) -> Whereabouts:
    """Writes where somebody is over what was read, unless it is that. Raises Lost where another call of the same
    labeler was quicker, or it is not known whether it was written.
    """
    if there == known:
        return known
    row = {"PartitionKey": WHO, "RowKey": _key(user), "user": user, "packs": dumps(there.packs), "last": there.last}
    with unproved():
        etag = await (table.insert(row) if known.etag is None else table.replace(row, known.etag))
    return replace(there, etag=etag)


def _key(user: str) -> str:
    return f"who|{key_of(user)}"
