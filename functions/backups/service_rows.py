"""What of a project lies in the service's own table: the records of exports, imports, checks and refreshes, and its
people.
"""

from collections.abc import Collection
from datetime import datetime

from functions.backups.manifest import Manifest
from functions.callers.people import find_person
from functions.checks.store import CHECKS, Check
from functions.exports.store import EXPORTS, Export
from functions.identity import Role
from functions.imports.store import IMPORTS, Import
from functions.projects.members import Member, members_of, put_member
from functions.projects.persons import Person, persons_of, put_person
from functions.storage import Storage, unless_there

EXPORT_ENDED = "The project was backed up before this export was built. Export again."
UNDOING_ENDED = "The project was backed up while this import was being undone. Undo it again."
IMPORT_ENDED = "The project was backed up while this import was at work. Import again what is left."


async def put_record(storage: Storage, record: Export | Import | Check, now: datetime) -> None:
    """Puts a record back. Work that was not over will not be: nobody does it here. A check goes on."""
    if isinstance(record, Check):
        await CHECKS.put_back(storage, record)
        return
    if not record.is_over:
        error = EXPORT_ENDED if isinstance(record, Export) else IMPORT_ENDED
        record = record.model_copy(update={"status": "failed", "finished_at": now, "error": error})
    if isinstance(record, Import) and record.undone and not record.undone.is_over:
        ended = {"status": "failed", "finished_at": now, "error": UNDOING_ENDED}
        record = record.model_copy(update={"undone": record.undone.model_copy(update=ended)})
    if isinstance(record, Export):
        await EXPORTS.put_back(storage, record)
    else:
        await IMPORTS.put_back(storage, record)


async def put_people(storage: Storage, manifest: Manifest, let_in: Collection[str]) -> None:
    """Invites the members who are let in, and writes down whose the ids in the rows are. Whoever is there already stays
    as they are: they may have signed in since.
    """
    project = manifest.project.model_copy(update={"has_former_ids": True})
    invited = {member.row_key for member in await members_of(storage, project.id)}
    for backed in manifest.members:
        user = backed.user_id if backed.user_id and await find_person(storage, backed.user_id) else None
        member = Member(project.id, backed.sign_in_name, Role[backed.role.upper()], user)
        if backed.sign_in_name in let_in and member.row_key not in invited:
            await unless_there(put_member, storage, member)
    there = {person.row_key for person in await persons_of(storage, project)}
    own = {member.user_id for member in manifest.members}
    # Of two ids under one name, as when an account was made anew, the member's own is the person's.
    for one in sorted(manifest.people, key=lambda person: person.user_id not in own):
        user = one.user_id if await find_person(storage, one.user_id) else None
        person = Person(project.id, one.sign_in_name, one.user_id, user)
        if person.row_key not in there:
            there.add(person.row_key)
            await put_person(storage, person)
