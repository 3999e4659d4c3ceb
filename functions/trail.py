"""What the audit log says of one change: who made it, to what, and what came of it.

An entry is two rows that are only ever inserted: one before anything is changed, one with the outcome before the call
is answered. So there is no change without an entry: where the first cannot be written, the call is refused. Where a
process ends in between, or the second cannot be written, the entry stays without an outcome.
"""

import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from azure.core.exceptions import AzureError, ResourceExistsError

from functions.ids import moment_of
from functions.problems import Problem
from functions.sign_in_names import folded
from functions.storage import Storage

log = logging.getLogger(__name__)

Outcome = Literal["done", "refused", "failed", "unknown"]
Detail = str | int | float | bool | Sequence[str]

PARTITION = "entry"
ENDED, BEGUN = "|0", "|1"
# All of it must find room in one property, in ASCII.
LONGEST_DETAIL = 300
MOST_LISTED = 10


@dataclass
class Entry:
    """action: the operationId of the call in the API's document. name: the sign-in name of who made it; token: the id
    of the access token that they used. target: what of the project, or of the service, it was made to. Whoever makes
    the change adds the details.
    """

    id: str
    action: str
    user_id: str
    name: str
    token: str | None = None
    project_id: str = ""
    project_name: str = ""
    target: str = ""
    request_id: str = ""
    outcome: Outcome = "unknown"
    details: dict[str, Detail] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return moment_of(self.id)

    def __post_init__(self) -> None:
        self.target = _cut(self.target)

    def about(self, project_id: str, name: str) -> None:
        """Says which project it is about, where the address does not."""
        self.project_id, self.project_name = project_id, name

    def note(self, **details: Detail | None) -> None:
        """Adds what is worth telling; no secrets, and nothing of None or empty."""
        self.details.update({name: _short(value) for name, value in details.items() if value not in (None, "", [])})


@asynccontextmanager
async def audited(storage: Storage, entry: Entry) -> AsyncIterator[None]:
    """For the time of one change. Raises AzureError, before the change, where the entry cannot be written."""
    await _write(storage, entry, BEGUN)
    try:
        yield
    except BaseException as error:
        entry.outcome = "refused" if isinstance(error, Problem) else "failed"
        raise
    else:
        entry.outcome = "done"
    finally:
        await _end(storage, entry)


async def _end(storage: Storage, entry: Entry) -> None:
    try:
        await _write(storage, entry, ENDED)
    except (AzureError, TimeoutError):
        # What is done is done, and who did it is written: the caller is told what came of it.
        log.exception("the outcome of %s is not in the audit log: %s", entry.action, entry.outcome)


async def _write(storage: Storage, entry: Entry, key: str) -> None:
    # A write whose answer was lost is there already.
    with suppress(ResourceExistsError):
        await storage.audit_table.insert(_row(entry, key))


def _row(entry: Entry, key: str) -> dict[str, Any]:
    return {
        "PartitionKey": PARTITION,
        "RowKey": entry.id + key,
        "action": entry.action,
        "user": entry.user_id,
        "name": entry.name,
        "known": folded(entry.name),
        "token": entry.token or "",
        "project": entry.project_id,
        "projectName": entry.project_name,
        "target": entry.target,
        "request": entry.request_id,
        "outcome": entry.outcome,
        "details": json.dumps(entry.details),
    }


def _short(value: Detail) -> Detail:
    if isinstance(value, str):
        return _cut(value)
    if isinstance(value, Sequence):
        more = [f"… ({len(value) - MOST_LISTED} more)"] if len(value) > MOST_LISTED else []
        return [*map(_cut, value[:MOST_LISTED]), *more]
    return value


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DETAIL else f"{text[:LONGEST_DETAIL]}…"
