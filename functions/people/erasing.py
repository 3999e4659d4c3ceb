"""Erasing a person: a pseudonym takes the place of their name, wherever the service keeps it.

What they did stays, under their user id, which says nothing of a name. Who is erased is blocked as well, so that no
call of theirs brings the name back.

A row says who is being erased, and by which names they were known, until all is done; it is written before anything
else. Each step looks for what is left and may be done again, so what was cut off, or has to wait for long work, the
timer finishes.
"""

import json
import logging
from dataclasses import replace
from datetime import datetime

from functions.audit.renaming import rename_in_entries
from functions.callers.people import Person, change_person, list_people
from functions.identity import key_of
from functions.locks import LockedByOther, locked
from functions.people.leaving import end_access
from functions.people.rows import drop_memberships, rename_in_records, rename_in_rows
from functions.projects.members import all_members
from functions.projects.persons import all_persons
from functions.pseudonyms import Renaming, pseudonym_of
from functions.sign_in_names import folded
from functions.storage import SNAPSHOTS_CONTAINER, Storage
from functions.tables import Row

PARTITION = "erasure"
# One erasing at a time: backups are written anew.
LOCK = "erasing.lock"

log = logging.getLogger(__name__)


async def begin(storage: Storage, person: Person) -> None:
    """Writes down who is to be erased, with all that would be unknown afterwards."""
    who = await _known_as(storage, person)
    await storage.service_table.put(
        {
            "PartitionKey": PARTITION,
            "RowKey": key_of(person.user_id),
            "user": person.user_id,
            "ids": json.dumps(sorted(who.ids)),
            "names": json.dumps(sorted(who.names)),
        }
    )


async def being_erased(storage: Storage) -> list[str]:
    """The user ids of those of whom a name may be left."""
    return [row["user"] async for row in storage.service_table.query("PartitionKey eq @one", one=PARTITION)]


async def erase(storage: Storage, user_id: str, now: datetime) -> bool:
    """Does what is left to be done of an erasing that has begun. False: something has to wait for other work."""
    try:
        async with locked(storage.container(SNAPSHOTS_CONTAINER).get_blob_client(LOCK)):
            return await _erase(storage, user_id, now)
    except LockedByOther:
        return False


async def _erase(storage: Storage, user_id: str, now: datetime) -> bool:
    from functions.backups.renaming import rename_in_backups

    row = await _row(storage, user_id)
    if row is None:
        return True
    who = Renaming(frozenset(json.loads(row["ids"])), frozenset(json.loads(row["names"])), pseudonym_of(user_id))
    await end_access(storage, user_id, int(now.timestamp() * 1000))
    await drop_memberships(storage, who)
    await _rename(storage, user_id, who, now)
    await rename_in_rows(storage, who)
    await rename_in_entries(storage, who)
    is_done = all([await rename_in_records(storage, who), await rename_in_backups(storage, who)])
    if is_done:
        await storage.service_table.delete(PARTITION, key_of(user_id))
    return is_done


async def erase_all(storage: Storage, now: datetime) -> None:
    """Goes on with all that was cut off or has waited."""
    for user_id in await being_erased(storage):
        if not await erase(storage, user_id, now):
            log.info("the name of %s may still be in what is being worked on", user_id)


async def _known_as(storage: Storage, person: Person) -> Renaming:
    """What a person is known by here, also of an erasing that has begun before."""
    row = await _row(storage, person.user_id)
    ids, names = {person.user_id}, {folded(person.name)}
    if row:
        ids, names = ids.union(json.loads(row["ids"])), names.union(json.loads(row["names"]))
    names |= {folded(one.sign_in_name) for one in await all_members(storage) if one.user_id == person.user_id}
    others = {folded(one.name) for one in await list_people(storage) if one.user_id != person.user_id}
    names -= others | {folded(pseudonym_of(person.user_id))}
    for one in await all_persons(storage):
        if one.user_id == person.user_id or (one.user_id is None and folded(one.sign_in_name) in names):
            ids.add(one.known_as)
    return Renaming(frozenset(ids), frozenset(names), pseudonym_of(person.user_id))


async def _row(storage: Storage, user_id: str) -> Row | None:
    return await storage.service_table.find(PARTITION, key_of(user_id))


async def _rename(storage: Storage, user_id: str, who: Renaming, now: datetime) -> None:
    def rule(person: Person) -> Person:
        return person if person.erased_at else replace(person, name=who.pseudonym, erased_at=now)

    await change_person(storage, user_id, rule)


async def let_in_again(storage: Storage, person: Person) -> None:
    """From now on their next call puts their name back."""
    if person.erased_at:
        await change_person(storage, person.user_id, lambda one: replace(one, erased_at=None))
