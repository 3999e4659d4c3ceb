"""The audit log's table: entries are inserted, read, and dropped when they are old; none is ever changed.

All share one partition, the newest first: each has the row keys <id>|0, with its outcome, and <id>|1, from before the
change.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from functions.ids import newest_first
from functions.sign_in_names import folded
from functions.storage import Storage
from functions.tables import MOST_OPERATIONS, MOST_ROWS, Delete
from functions.trail import PARTITION, Entry

BEYOND = "|2"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """Which entries: person is a user id or a sign-in name; since is included, until is not."""

    project_id: str | None = None
    person: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def list_entries(storage: Storage, wanted: Wanted, *, limit: int, after: str = "") -> list[Entry]:
    """At most `limit` entries that come after the given id, newest first."""
    text, parameters = _filter(wanted, after)
    found: list[Entry] = []
    async for row in storage.audit_table.query(text, **parameters):
        identity = row["RowKey"].partition("|")[0]
        if found and found[-1].id == identity:
            continue
        if len(found) == limit:
            break
        found.append(_read(identity, row))
    return found


async def drop_old(storage: Storage, days: int, now: datetime) -> int:
    """Drops the entries that are older than so many days, and says how many rows that were."""
    oldest, dropped = newest_first(now - timedelta(days=days)), 0
    text = "PartitionKey eq @entry and RowKey gt @oldest"
    while rows := await storage.audit_table.first(MOST_ROWS, text, entry=PARTITION, oldest=oldest):
        for start in range(0, len(rows), MOST_OPERATIONS):
            some = rows[start : start + MOST_OPERATIONS]
            await storage.audit_table.transaction([Delete(row) for row in some])
        dropped += len(rows)
    return dropped


def _filter(wanted: Wanted, after: str) -> tuple[str, dict[str, str]]:
    parts, parameters = ["PartitionKey eq @entry"], {"entry": PARTITION}

    def add(part: str, **values: str | None) -> None:
        if all(value is not None for value in values.values()):
            parts.append(part)
            parameters.update({name: value for name, value in values.items() if value is not None})

    add("RowKey gt @after", after=f"{after}{BEYOND}" if after else None)
    # An entry of the very moment is later than its key without the rest.
    add("RowKey gt @until", until=f"{newest_first(wanted.until)}~" if wanted.until else None)
    add("RowKey lt @since", since=f"{newest_first(wanted.since)}~" if wanted.since else None)
    add("project eq @project", project=wanted.project_id)
    add("action eq @action", action=wanted.action)
    name = folded(wanted.person) if wanted.person else None
    add("( user eq @user or known eq @known )", user=wanted.person, known=name)
    return " and ".join(parts), parameters


def _read(identity: str, row: Mapping[str, Any]) -> Entry:
    return Entry(
        id=identity,
        action=row["action"],
        user_id=row["user"],
        name=row["name"],
        token=row["token"] or None,
        project_id=row["project"],
        project_name=row["projectName"],
        target=row["target"],
        request_id=row["request"],
        outcome=row["outcome"],
        details=json.loads(row["details"]),
    )
