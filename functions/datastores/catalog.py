"""The catalog: the one partition of the service's table that holds datastores, datasets and projects.

So rows that depend on each other are written in one transaction. Whatever depends on another row touches it in the
transaction that writes its own: that fails once the other row is gone, and it changes the other's ETag, so that a
deletion which has just looked for dependents loses against it.
"""

from typing import Any

from functions.storage import Storage
from functions.tables import Merge

CATALOG = "catalog"


async def rows_of(storage: Storage, kind: str) -> list[dict[str, Any]]:
    """All rows with the row key <kind>|..."""
    return [row async for row in storage.service_table.under(CATALOG, kind)]


def touch(row_key: str) -> Merge:
    """The operation of a transaction that changes only a row's ETag, and fails where there is no such row."""
    return Merge({"PartitionKey": CATALOG, "RowKey": row_key})
