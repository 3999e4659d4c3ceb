"""The people who have been here: who signs in under which user id, so that pages can name them, and the last day (UTC)
on which they called while they were signed in.

A process looks at a person's row once a day, and writes it where another day or another name stands there: one write
for each person and day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from functions.conflicts import Lost, change, conditional
from functions.identity import Caller, key_of
from functions.kept import Kept
from functions.storage import Storage
from functions.tables import Row

PARTITION = "person"
MOST_AGE_SECONDS = 60.0
MOST_KEPT = 50_000


@dataclass(frozen=True)
class Person:
    """seen: the last day on which they were here. erased_at: since when their name is a pseudonym; etag: their row's,
    empty where there is none yet.
    """

    user_id: str
    name: str
    seen: date
    erased_at: datetime | None = None
    etag: str = field(default="", compare=False)


_noted: Kept[str, Person] = Kept(MOST_KEPT)
# Of each account, the names of all people.
_names: Kept[Storage, Mapping[str, str]] = Kept(8, MOST_AGE_SECONDS)


async def note(storage: Storage, caller: Caller, now: datetime) -> None:
    """Keeps the caller's name, and that they are here. The name of somebody who was erased is not put back by that."""
    person = Person(caller.user_id, caller.name, now.date())
    if _noted.known(person.user_id) == person:
        return
    known = await find_person(storage, person.user_id)
    if known and known.erased_at:
        return
    if known != person:
        try:
            with conditional():
                await _write(storage, replace(person, etag=known.etag if known else ""))
        except Lost:
            return
    _noted.put(person.user_id, person)


async def change_person(storage: Storage, user_id: str, rule: Callable[[Person], Person]) -> None:
    """Applies a rule to somebody who has been here; where nobody of this id has, nothing happens."""

    async def read() -> tuple[Person | None, None]:
        return await find_person(storage, user_id), None

    async def write(_known: Person | None, wanted: Person | None, _etag: None) -> None:
        assert wanted
        await _write(storage, wanted)

    def applied(known: Person | None) -> Person | None:
        return rule(known) if known else None

    await change(read, applied, write, "Somebody else is changing this person. Try again.")


async def _write(storage: Storage, person: Person) -> None:
    """Writes a person's row over the version that was read. Raises HttpResponseError (404, 409, 412)."""
    row = {
        "PartitionKey": PARTITION,
        "RowKey": key_of(person.user_id),
        "user": person.user_id,
        "name": person.name,
        "seen": person.seen.isoformat(),
        "erasedAt": person.erased_at.isoformat() if person.erased_at else "",
    }
    if person.etag:
        await storage.service_table.replace(row, person.etag)
    else:
        await storage.service_table.insert(row)
    _noted.forget(person.user_id)
    _names.amend(storage, lambda known: {**known, person.user_id: person.name})


async def was_here(storage: Storage, user_id: str, since: date) -> bool:
    """Whether somebody was here on this day or later. It is asked of storage only where nothing newer is known."""
    known = _noted.known(user_id)
    if known is None or known.seen < since:
        known = await find_person(storage, user_id)
        if known is None or known.seen < since:
            return False
        _noted.put(user_id, known)
    return True


async def find_person(storage: Storage, user_id: str) -> Person | None:
    """Somebody of this id who has been here."""
    row = await storage.service_table.find(PARTITION, key_of(user_id))
    return _read(row) if row else None


async def list_people(storage: Storage) -> list[Person]:
    """Everybody who has been here."""
    return [_read(row) async for row in storage.service_table.query("PartitionKey eq @person", person=PARTITION)]


def _read(row: Row) -> Person:
    # Rows of before have no day: they were written when somebody came.
    seen = date.fromisoformat(row["seen"]) if "seen" in row else row.written_at.date()
    erased = row.get("erasedAt")
    return Person(row["user"], row["name"], seen, datetime.fromisoformat(erased) if erased else None, row.etag)


async def names(storage: Storage, *, fresh: bool = False) -> Mapping[str, str]:
    """The sign-in name of each user id; unless `fresh`, at most MOST_AGE_SECONDS old. One reader at a time."""

    async def read() -> Mapping[str, str]:
        return {person.user_id: person.name for person in await list_people(storage)}

    if fresh:
        _names.forget(storage)
    return await _names.get(storage, read)
