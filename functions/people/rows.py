"""Where names stand in the service's own table, beside what projects/people.py keeps: of members and former members,
administrators, whoever blocked somebody, and whoever asked for long work.
"""

from collections.abc import Mapping
from typing import Any

from functions.backups.store import RESTORES
from functions.callers import administrators, blocks
from functions.conflicts import Lost
from functions.projects.access import forget
from functions.projects.members import all_members, drop_member
from functions.projects.persons import all_persons, rename_person
from functions.pseudonyms import Renaming
from functions.records import ALL, OVER, documents, rewrite
from functions.sign_in_names import folded
from functions.storage import Storage


async def drop_memberships(storage: Storage, who: Renaming) -> None:
    """Takes a person out of all projects; invitations that wait for them, too."""
    for member in await all_members(storage):
        is_invited = member.user_id is None and folded(member.sign_in_name) in who.names
        if member.user_id in who.ids or is_invited:
            await drop_member(storage, member)
            forget(member.project_id)


async def rename_in_rows(storage: Storage, who: Renaming) -> None:
    """Rows that keep a name, and stay: they say whose labels are whose, and which name an administrator had."""
    for person in await all_persons(storage):
        if person.known_as in who.ids and person.sign_in_name != who.pseudonym:
            await rename_person(storage, person, who.pseudonym)
    for partition, name in ((administrators.PARTITION, "signInName"), (blocks.PARTITION, "byName")):
        async for row in storage.service_table.query("PartitionKey eq @one", one=partition):
            is_own = partition == administrators.PARTITION and row["user"] in who.ids
            if is_own or who.whole(row[name]) != row[name]:
                change = {"PartitionKey": partition, "RowKey": row["RowKey"], name: who.pseudonym}
                await storage.service_table.merge(change)


async def rename_in_records(storage: Storage, who: Renaming) -> bool:
    """Whoever asked for exports, imports, refreshes, trainings, backups and restorings. False: some are still at work,
    and whoever works on them would write the name again.
    """
    is_done = True
    async for row, document in documents(storage):
        changes = _changes(row["PartitionKey"], document, who)
        if not changes:
            continue
        if any(one.get("status") not in (*OVER, None) for one in (document, document.get("undone") or {})):
            is_done = False
            continue
        try:
            await rewrite(storage, row, {**document, **changes})
        except Lost:
            is_done = False
    return is_done


def _changes(partition: str, document: Mapping[str, Any], who: Renaming) -> dict[str, Any]:
    found = who.askers(document)
    if partition == RESTORES.partition(ALL):
        found["people"] = who.each(document["people"])
        found["notes"] = [who.within(note) for note in document["notes"]]
    return {name: value for name, value in found.items() if document[name] != value}
