"""The administrators of the service: named by ADMINISTRATORS, each bound to the user id of whoever signs in by the name
first; from then on only the id counts.

A name may be given to somebody else in the tenant, or its account made anew. It then comes with another id, and is
nobody's until whoever deploys counts up the number behind it (`anna@example.org/2`): each number is bound once.

Bindings are rows of one partition of the service's table. They are made and never changed, so what a process has read
of them stays true, and calls read nothing. Only while a name has yet to be bound, a process looks now and then whether
another one has bound it.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from azure.core.exceptions import ResourceExistsError

from functions.identity import Caller, developer, sign_in_key
from functions.ids import newest_first_id
from functions.kept import Kept
from functions.sign_in_names import folded
from functions.storage import Storage
from functions.trail import Entry, audited

PARTITION = "administrator"
# An alert looks for this line (infra/alerts.bicep).
BOUND = "An administrator of the service is bound"
MOST_AGE_SECONDS = 60.0

log = logging.getLogger(__name__)


class Administrators:
    """What one process knows of them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        named = storage.config.administrators
        self._keys = {name: f"{sign_in_key(name)}|{number}" for name, number in named.items()}
        self._bound: dict[str, str] = {}
        self._rows: Kept[str, Mapping[str, str]] = Kept(1, MOST_AGE_SECONDS)
        alone = developer(storage.config)
        if alone and (key := self._keys.get(folded(alone.name))):
            # The setting vouches for them by itself, and for this process only.
            self._bound[key] = alone.user_id

    async def recognize(self, caller: Caller) -> Caller:
        """The caller, as an administrator if they are one. A name that waits for its first sign-in is bound to them."""
        if await self.knows(caller.user_id):
            return replace(caller, is_administrator=True)
        key = self._keys.get(folded(caller.name))
        if key and key not in self._bound:
            self._bound[key] = await self._bind(key, caller)
        return replace(caller, is_administrator=key is not None and self._bound[key] == caller.user_id)

    async def knows(self, user_id: str) -> bool:
        """Whether an administrator's name is bound to this id."""
        return user_id in await self.bound()

    async def bound(self) -> Collection[str]:
        """The user ids of all who have signed in by the name of an administrator."""
        if len(self._bound) < len(self._keys):
            self._bound = {**await self._rows.get(PARTITION, self._read), **self._bound}
        return self._bound.values()

    async def _bind(self, key: str, caller: Caller) -> str:
        """Whose the name is from now on."""
        row = {"PartitionKey": PARTITION, "RowKey": key, "signInName": caller.name, "user": caller.user_id}
        entry = Entry(newest_first_id(datetime.now(UTC)), "bindAdministrator", caller.user_id, caller.name)
        try:
            async with audited(self._storage, entry):
                await self._storage.service_table.insert(row)
            # On one machine, people choose who they are: it is nothing to be warned of.
            level = logging.WARNING if self._storage.config.platform_signs_in else logging.INFO
            log.log(level, "%s: %s", BOUND, caller.user_id)
            return caller.user_id
        except ResourceExistsError:
            # Somebody was quicker, or storage has made it and its answer was lost.
            return str((await self._storage.service_table.get(PARTITION, key))["user"])

    async def _read(self) -> Mapping[str, str]:
        wanted = set(self._keys.values())
        rows = self._storage.service_table.query("PartitionKey eq @one", one=PARTITION)
        return {row["RowKey"]: row["user"] async for row in rows if row["RowKey"] in wanted}


@lru_cache(maxsize=8)
def administrators_of(storage: Storage) -> Administrators:
    return Administrators(storage)
