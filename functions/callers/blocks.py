"""Who is blocked from the service, by user id: no call of theirs, and no access token of theirs, is taken any more.

The list is short, so each process reads it whole, at most every MOST_AGE_SECONDS; one that changes it knows at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from functions.identity import Caller, key_of
from functions.kept import Kept
from functions.storage import Storage

PARTITION = "blocked"
MOST_AGE_SECONDS = 5.0


@dataclass(frozen=True)
class Block:
    """since when, and by whom: a sign-in name. is_erased: their name was replaced by a pseudonym, too."""

    user_id: str
    at: datetime
    by_name: str
    is_erased: bool = False

    @property
    def words(self) -> str:
        """What they are told."""
        if self.is_erased:
            return (
                "Your name was erased from this service. An administrator of the service can let you in again; "
                "your name then stands beside what you did here before."
            )
        return "You are blocked from this service. Ask its administrators."


class Blocks:
    """What one process knows of them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._known: Kept[str, Mapping[str, Block]] = Kept(1, MOST_AGE_SECONDS)

    async def known(self) -> Mapping[str, Block]:
        """Those who are blocked, by user id."""
        return await self._known.get(PARTITION, self._read)

    async def block(self, user_id: str, by: Caller, now: datetime, *, is_erased: bool = False) -> None:
        row = {
            "PartitionKey": PARTITION,
            "RowKey": key_of(user_id),
            "user": user_id,
            "at": now,
            "byName": by.name,
            "isErased": is_erased,
        }
        await self._storage.service_table.put(row)
        self.forget()

    async def unblock(self, user_id: str) -> None:
        await self._storage.service_table.delete(PARTITION, key_of(user_id))
        self.forget()

    def forget(self) -> None:
        """The next one who asks reads the list."""
        self._known.forget(PARTITION)

    async def _read(self) -> Mapping[str, Block]:
        rows = self._storage.service_table.query("PartitionKey eq @one", one=PARTITION)
        return {
            row["user"]: Block(row["user"], row["at"], row["byName"], row.get("isErased", False)) async for row in rows
        }


@lru_cache(maxsize=8)
def blocks_of(storage: Storage) -> Blocks:
    return Blocks(storage)
