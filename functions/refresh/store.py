"""The records of refreshes: one row each, newest first, kept with the project."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import UpdateMode
from pydantic import BaseModel, ConfigDict

from functions.storage import REFRESHES_QUEUE, Storage, query

# A run notes that it lives at every stretch of the listing; one silent for this long has died for good.
DEAD_AFTER = timedelta(minutes=30)
LATEST_MS = 9_999_999_999_999


class Refresh(BaseModel):
    """One look through the project's folder. found: images listed; passed_over: files that are no images by their
    names.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    status: Literal["queued", "running", "completed", "failed"]
    asked_at: datetime
    touched_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    found: int = 0
    added: int = 0
    changed: int = 0
    missing: int = 0
    passed_over: int = 0
    error: str | None = None


class RefreshMessage(BaseModel):
    """Asks for a refresh to be run, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    refresh_id: str


def newest_first_id(now: datetime) -> str:
    """An id that sorts the newest first."""
    return f"{LATEST_MS - int(now.timestamp() * 1000):013}{secrets.token_hex(3)}"


def _partition(project_id: str) -> str:
    return f"refresh|{project_id}"


async def ask_for_refresh(storage: Storage, project_id: str, now: datetime) -> Refresh:
    """Asks for a refresh; where one is queued or running, that one is it."""
    latest = await list_refreshes(storage, project_id, limit=1)
    if latest and latest[0].status in ("queued", "running"):
        if now - latest[0].touched_at < DEAD_AFTER:
            return latest[0]
        dead = {"status": "failed", "finished_at": now, "error": "The refresh was cut off. It was started again."}
        await save_refresh(storage, project_id, latest[0].model_copy(update=dead))
    refresh = Refresh(id=newest_first_id(now), status="queued", asked_at=now, touched_at=now)
    await save_refresh(storage, project_id, refresh)
    await storage.send(REFRESHES_QUEUE, RefreshMessage(project_id=project_id, refresh_id=refresh.id))
    return refresh


async def save_refresh(storage: Storage, project_id: str, refresh: Refresh) -> None:
    row = {"PartitionKey": _partition(project_id), "RowKey": refresh.id, "document": refresh.model_dump_json()}
    await storage.service_table.upsert_entity(row, mode=UpdateMode.REPLACE)


async def load_refresh(storage: Storage, project_id: str, refresh_id: str) -> Refresh | None:
    try:
        row = await storage.service_table.get_entity(_partition(project_id), refresh_id)
    except ResourceNotFoundError:
        return None
    return Refresh.model_validate_json(row["document"])


async def list_refreshes(storage: Storage, project_id: str, *, limit: int, after: str = "") -> list[Refresh]:
    """At most `limit` refreshes that come after the given id, newest first."""
    text = "PartitionKey eq @partition and RowKey gt @after"
    found: list[Refresh] = []
    async for row in query(storage.service_table, text, partition=_partition(project_id), after=after):
        found.append(Refresh.model_validate_json(row["document"]))
        if len(found) == limit:
            break
    return found


async def drop_refreshes(storage: Storage, project_id: str) -> None:
    async for row in query(storage.service_table, "PartitionKey eq @partition", partition=_partition(project_id)):
        await storage.service_table.delete_entity(row["PartitionKey"], row["RowKey"])
