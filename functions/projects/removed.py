"""Who was a member of a project and is no more, so that they can be told so: their pages are lost, and they should know
why. To everybody else, the project is not there.

All share one partition of the service's table, each with the row key <project>|<hash of the user id>.
"""

from functions.identity import key_of
from functions.storage import Storage

PARTITION = "removed"


async def note_removed(storage: Storage, project_id: str, user_id: str) -> None:
    await storage.service_table.put({"PartitionKey": PARTITION, "RowKey": _row_key(project_id, user_id)})


async def was_removed(storage: Storage, project_id: str, user_id: str) -> bool:
    """To be asked of somebody who is no member."""
    return await storage.service_table.find(PARTITION, _row_key(project_id, user_id)) is not None


async def drop_removed(storage: Storage, project_id: str) -> None:
    async for row in storage.service_table.under(PARTITION, project_id):
        await storage.service_table.delete(PARTITION, row["RowKey"])


def _row_key(project_id: str, user_id: str) -> str:
    return f"{project_id}|{key_of(user_id)}"
