"""The version of the stored data. An older service must not touch what a newer one has written: it would read it wrong,
and drop what it does not know.

Each project says the least version that a service must know to serve it, and one row says that of all other data. What
is there is not lifted by being saved: a service that is rolled back still serves what needs nothing newer. Data that
say nothing are of the first version, which knew no such row.
"""

from collections.abc import Mapping
from typing import Any

from azure.core.exceptions import ResourceExistsError

from functions.problems import NewerData
from functions.tables import Table

# What uses nothing newer is of the first version; the second knows several labels an image, and groups of labels; the
# third several people an image.
FIRST, MORE_LABELS, OPINIONS = 1, 2, 3
# The newest version that this service knows.
VERSION = OPINIONS
PARTITION, ROW = "schema", "version"


def is_newer(version: Any) -> bool:
    """Whether a version is not known yet; None is that of data without one."""
    return version is not None and version > VERSION


def check(what: str, version: Any) -> None:
    """Raises NewerData for a version that is not known yet."""
    if is_newer(version):
        raise NewerData(
            f"{what} of version {version}, and this service knows version {VERSION} at most. "
            "Run the newer version of the service again.",
            headers={"Retry-After": "60"},
        )


async def check_data(table: Table) -> None:
    """Looks at the version of the whole, and writes it where there is none. Raises NewerData."""
    row: Mapping[str, Any] | None = await table.find(PARTITION, ROW)
    if row is None:
        row = {"PartitionKey": PARTITION, "RowKey": ROW, "version": FIRST}
        try:
            await table.insert(row)
        except ResourceExistsError:
            return await check_data(table)
    check("The data are", row.get("version"))
    return None
