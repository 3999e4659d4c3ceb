"""Who was a member of a project and is no more, so that they can be told so: their pages are lost, and they should know
why. To everybody else, the project is not there.

All share one partition of the service's table, each with the row key <project>|<hash of the user id>.
"""

from azure.core.exceptions import ResourceNotFoundError

from functions.identity import key_of
from functions.storage import Storage, query, unless_gone

PARTITION = "removed"


async def note_removed(storage: Storage, project_id: str, user_id: str) -> None:
    await storage.service_table.upsert_entity({"PartitionKey": PARTITION, "RowKey": _row_key(project_id, user_id)})


async def was_removed(storage: Storage, project_id: str, user_id: str) -> bool:
    """To be asked of somebody who is no member."""
    try:
        await storage.service_table.get_entity(PARTITION, _row_key(project_id, user_id))
    except ResourceNotFoundError:
        return False
    return True


async def drop_removed(storage: Storage, project_id: str) -> None:
    text = "PartitionKey eq @removed and RowKey ge @first and RowKey lt @last"
    rows = query(storage.service_table, text, removed=PARTITION, first=f"{project_id}|", last=f"{project_id}}}")
    for key in [row["RowKey"] async for row in rows]:
        await unless_gone(storage.service_table.delete_entity, PARTITION, key)


def _row_key(project_id: str, user_id: str) -> str:
    return f"{project_id}|{key_of(user_id)}"
