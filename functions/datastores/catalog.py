"""The catalog: the one partition of the service's table that holds datastores, datasets and projects.

So rows that depend on each other are written in one transaction. Whatever depends on another row touches it in the
transaction that writes its own: that fails once the other row is gone, and it changes the other's ETag, so that a
deletion which has just looked for dependents loses against it.
"""

from typing import Any

from azure.data.tables import UpdateMode

from functions.storage import Storage, query

CATALOG = "catalog"


async def rows_of(storage: Storage, kind: str) -> list[dict[str, Any]]:
    """All rows with the row key <kind>|..."""
    text = "PartitionKey eq @catalog and RowKey ge @first and RowKey lt @last"
    found = query(storage.service_table, text, catalog=CATALOG, first=f"{kind}|", last=f"{kind}}}")
    return [row async for row in found]


def touch(row_key: str) -> Any:
    """The operation of a transaction that changes only a row's ETag, and fails where there is no such row."""
    return ("update", {"PartitionKey": CATALOG, "RowKey": row_key}, {"mode": UpdateMode.MERGE})
