"""The names of people: who signs in under which user id, noted when they first change something, so that pages can
name them.
"""

import time
from collections.abc import Mapping

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from cachetools import LRUCache

from functions.identity import Caller, key_of
from functions.storage import Storage, query

PARTITION = "person"
MOST_AGE_SECONDS = 60.0
MOST_KEPT = 50_000

_noted: LRUCache[str, str] = LRUCache(MOST_KEPT)
_names: LRUCache[str, str] = LRUCache(MOST_KEPT)
_read_at = float("-inf")


async def note(storage: Storage, caller: Caller) -> None:
    """Keeps the caller's name; one write for each person and process."""
    if _noted.get(caller.user_id) == caller.name:
        return
    row = {"PartitionKey": PARTITION, "RowKey": key_of(caller.user_id), "user": caller.user_id, "name": caller.name}
    await storage.service_table.upsert_entity(row, mode=UpdateMode.REPLACE)
    _noted[caller.user_id] = _names[caller.user_id] = caller.name


async def is_known(storage: Storage, user_id: str) -> bool:
    """Somebody of this id has been here."""
    try:
        await storage.service_table.get_entity(PARTITION, key_of(user_id))
    except ResourceNotFoundError:
        return False
    return True


async def names(storage: Storage, *, fresh: bool = False) -> Mapping[str, str]:
    """The sign-in name of each user id; unless `fresh`, at most MOST_AGE_SECONDS old."""
    global _read_at
    if fresh or time.monotonic() - _read_at > MOST_AGE_SECONDS:
        started = time.monotonic()
        async for row in query(storage.service_table, "PartitionKey eq @person", person=PARTITION):
            _names[row["user"]] = row["name"]
        _read_at = started
    return _names
