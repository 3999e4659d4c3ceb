"""Rows that wait for somebody by a sign-in name, and belong to a user id from the first sign-in under it on."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from functions.conflicts import Lost, conditional
from functions.identity import Caller, sign_in_key
from functions.storage import Storage


class Awaited(Protocol):
    """user_id: None as long as nobody has signed in by the name."""

    @property
    def sign_in_name(self) -> str: ...

    @property
    def user_id(self) -> str | None: ...


A = TypeVar("A", bound=Awaited)


def find_awaited(rows: Sequence[A], caller: Caller) -> A | None:
    """The one bound to the caller's id, else one of their sign-in name whom nobody has been yet. A name is bound to who
    signs in by it, and by nothing that they once made.
    """
    for row in rows:
        if row.user_id == caller.user_id:
            return row
    if caller.token:
        return None
    key = sign_in_key(caller.name)
    return next((row for row in rows if row.user_id is None and sign_in_key(row.sign_in_name) == key), None)


async def bind_row(storage: Storage, partition: str, row_key: str, etag: str, caller: Caller) -> bool:
    """Binds a row of the service's table to the caller for good; False when it has changed since it was read."""
    row = {"PartitionKey": partition, "RowKey": row_key, "user": caller.user_id}
    try:
        with conditional():
            await storage.service_table.merge(row, etag)
    except Lost:
        return False
    return True
