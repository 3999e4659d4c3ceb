"""Where a labeler works: the packs in which they hold or may hold leases, and the last one in which they were given
images. It is written only when that changes, and before the lease is made, so that a reload finds every lease.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from json import dumps, loads

from azure.core.exceptions import AzureError, HttpResponseError, ResourceNotFoundError

from functions.conflicts import is_conflict
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
    try:
        row = await table.get(WHO, _key(user))
    except ResourceNotFoundError:
        return Whereabouts()
    return Whereabouts(tuple(loads(row["packs"])), row.get("last"), row.etag)


async def write_whereabouts(table: Table, user: str, known: Whereabouts, there: Whereabouts) -> Whereabouts | None:
    """Writes where somebody is over what was read, unless it is that. None: another call of the same labeler was
    quicker, or it is not known whether it was written.
    """
    if there == known:
        return known
    row = {"PartitionKey": WHO, "RowKey": _key(user), "user": user, "packs": dumps(there.packs), "last": there.last}
    try:
        if known.etag is None:
            etag = await table.insert(row)
        else:
            etag = await table.replace(row, known.etag)
    except AzureError as error:
        if isinstance(error, HttpResponseError) and not is_conflict(error) and (error.status_code or 500) < 500:
            raise
        return None
    return replace(there, etag=etag)


def _key(user: str) -> str:
    return f"who|{key_of(user)}"
