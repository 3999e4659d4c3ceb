"""A project's packs as a backup holds them: each as it stood at one moment.

The rows of a pack come one after the other, its head first, and while they are read labelers go on. Records are only
ever inserted, with the head that numbers them: those that the head does not count yet were written since, and are left
out. The images are read again with their head where they are newer than it. So labels, history and figures of each
pack fit together.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from json import loads
from typing import Any

from functions.labeling.replaced_rows import KEY as REPLACED
from functions.labeling.rows import pack_key
from functions.tables import Table

ATTEMPTS = 8

Rows = list[dict[str, Any]]


class Unsteady(Exception):
    """A pack was changed each time it was read."""


async def read_packs(table: Table, first: int) -> AsyncGenerator[tuple[int, Rows], None]:
    """The packs from that number on, in order, with the rows that belong to them."""
    text = f"PartitionKey ge '{pack_key(first)}' and PartitionKey lt 'a'"
    rows: Rows = []
    async for page in table.pages(text):
        for row in page:
            if rows and rows[0]["PartitionKey"] != row["PartitionKey"]:
                yield int(rows[0]["PartitionKey"]), await _steady(table, rows)
                rows = []
            rows.append(row)
    if rows:
        yield int(rows[0]["PartitionKey"]), await _steady(table, rows)


async def _steady(table: Table, rows: Rows) -> Rows:
    partition = rows[0]["PartitionKey"]
    for _ in range(ATTEMPTS):
        steady = _at_one_moment(rows)
        if steady:
            return steady
        rows = [row async for page in table.pages(f"PartitionKey eq '{partition}'") for row in page]
    raise Unsteady(f"pack {partition} is changed all the time")


def _at_one_moment(rows: Rows) -> Rows | None:
    """The rows as the pack's head knows them; None where they cannot be told from these."""
    by_key = {row["RowKey"].partition("|")[0]: row for row in rows if row["RowKey"][:2] not in ("r|", "s|")}
    head, images = by_key.get("head"), by_key.get("images")
    if head is None or images is None or images["revision"] != head["revision"]:
        return None
    known = [row for row in rows if row["RowKey"][:2] in ("r|", "s|") and row["number"] < head["records"]]
    suggestions = [by_key["suggestions"]] if "suggestions" in by_key else []
    replaced = [row for row in rows if row["RowKey"].startswith(f"{REPLACED}|")]
    return [_plain(row) for row in (head, images, *known, *suggestions, *replaced)]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Without what storage adds."""
    return {name: value for name, value in row.items() if name != "Timestamp" and not name.startswith("odata.")}


async def packs_of(lines: AsyncGenerator[dict[str, Any], None]) -> AsyncGenerator[Rows, None]:
    """The rows of a part, a pack's at a time."""
    rows: Rows = []
    async with aclosing(lines):
        async for row in lines:
            if rows and rows[0].get("PartitionKey") != row.get("PartitionKey"):
                yield rows
                rows = []
            rows.append(row)
    if rows:
        yield rows


def people_in(rows: Rows) -> set[str]:
    """The user ids that a pack's rows name."""
    head, found = rows[0], set[str]()
    found.update(loads(head["labelers"]))
    found.update(lease[1] for lease in (*loads(head["leases"]), *loads(head["ended"])))
    found.update(row["by"] for row in rows if "by" in row and "number" in row)
    return found
