"""Under which ids a project that came from a backup knows its people.

User ids are made by the platform for each deployment, so the same person has another one after a move. The rows of a
project keep the ids that they have. Here is written down whose they were, by sign-in name: whoever signs in under such
a name first is that person from then on, by their new id, and is known in this project by their former one. So labels,
history, figures and leases of before and after are one person's, and no row of an image is written anew.

All share one partition of the service's table, each with the row key <project>|<hash of the sign-in name>.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from functions.callers.people import MOST_AGE_SECONDS, names
from functions.identity import Caller, key_of, sign_in_key
from functions.kept import Kept
from functions.projects.binding import bind_row
from functions.projects.model import Project
from functions.sign_in_names import folded
from functions.storage import Storage
from functions.tables import Row

PARTITION = "former"
MOST_KEPT = 200


@dataclass(frozen=True)
class Person:
    """known_as: the user id by which the project's rows name them. user_id: their id here; None before they sign in.
    etag, key: their row's, empty where there is none yet.
    """

    project_id: str
    sign_in_name: str
    known_as: str
    user_id: str | None
    etag: str = ""
    key: str = ""

    @property
    def row_key(self) -> str:
        return self.key or f"{self.project_id}|{sign_in_key(self.sign_in_name)}"


_kept: Kept[tuple[Storage, str], list[Person]] = Kept(MOST_KEPT, MOST_AGE_SECONDS)


async def persons_of(storage: Storage, project: Project) -> list[Person]:
    """The people whom a project knows by former ids."""
    if not project.has_former_ids:
        return []
    return [_read(row) async for row in storage.service_table.under(PARTITION, project.id)]


async def all_persons(storage: Storage) -> list[Person]:
    """The same of all projects."""
    return [_read(row) async for row in storage.service_table.query("PartitionKey eq @former", former=PARTITION)]


def _read(row: Row) -> Person:
    return Person(
        project_id=str(row["RowKey"]).split("|")[0],
        sign_in_name=row["signInName"],
        known_as=row["knownAs"],
        user_id=row["user"] or None,
        etag=row.etag,
        key=row["RowKey"],
    )


async def recognize(storage: Storage, project: Project, person: Person, caller: Caller) -> Person | None:
    """Binds a person to the caller for good; None when somebody else was quicker."""
    if not await bind_row(storage, PARTITION, person.row_key, person.etag, caller):
        current = await persons_of(storage, project)
        return next((one for one in current if one.user_id == caller.user_id), None)
    _kept.forget((storage, project.id))
    return replace(person, user_id=caller.user_id)


async def put_person(storage: Storage, person: Person) -> None:
    await storage.service_table.put(
        {
            "PartitionKey": PARTITION,
            "RowKey": person.row_key,
            "signInName": person.sign_in_name,
            "knownAs": person.known_as,
            "user": person.user_id or "",
        }
    )
    _kept.forget((storage, person.project_id))


async def rename_person(storage: Storage, person: Person, name: str) -> None:
    """Puts another name in the place of theirs, also in the row's key, and lets nobody become them by it."""
    key = f"{person.project_id}|{key_of(person.known_as)}"
    await put_person(storage, replace(person, sign_in_name=name, user_id=person.user_id or person.known_as, key=key))
    if key != person.row_key:
        await storage.service_table.delete(PARTITION, person.row_key)
        _kept.forget((storage, person.project_id))


async def drop_persons(storage: Storage, project: Project) -> None:
    for person in await persons_of(storage, project):
        await storage.service_table.delete(PARTITION, person.row_key)


async def names_in(storage: Storage, project: Project, *, fresh: bool = False) -> Mapping[str, str]:
    """The sign-in name for each user id by which the project's rows may name somebody; unless `fresh`, at most
    MOST_AGE_SECONDS old.
    """
    known = await names(storage, fresh=fresh)
    if not project.has_former_ids:
        return known
    persons = await (persons_of if fresh else _persons_lately)(storage, project)
    # These come first: whoever looks for a name means the id that the rows have.
    named = {one.known_as: known.get(one.user_id or "", one.sign_in_name) for one in persons}
    here = {person.user_id for person in persons}
    return named | {user: name for user, name in known.items() if user not in here and user not in named}


async def known_as(storage: Storage, project: Project, user_id: str) -> str:
    """The id by which the project's rows name whoever has this id here."""
    persons = await _persons_lately(storage, project)
    return next((one.known_as for one in persons if one.user_id == user_id), user_id)


async def user_named(storage: Storage, project: Project, named: str) -> str:
    """The id by which the project's rows name somebody who is named by an id or by their sign-in name."""
    known = await names_in(storage, project)
    if named in known:
        return named
    by_name = next((user for user, name in known.items() if folded(name) == folded(named)), None)
    return by_name or await known_as(storage, project, named)


async def _persons_lately(storage: Storage, project: Project) -> list[Person]:
    return await _kept.get((storage, project.id), lambda: persons_of(storage, project))
