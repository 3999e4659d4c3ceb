"""The records of refreshes, kept in one partition of the service's table: the newest of each project, which says how
the project stands with its folder, and the former ones.

Only one is queued or running at a time: a new record takes the newest one's place in the transaction that puts that
one aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from azure.core.exceptions import HttpResponseError
from pydantic import BaseModel, ConfigDict

from functions.conflicts import conditional, until_written
from functions.hooks import folders_checked, project_dropped, project_made
from functions.identity import ITSELF, ByWhom
from functions.ids import newest_first_id
from functions.records import OVER
from functions.storage import REFRESHES_QUEUE, Storage
from functions.tables import Insert, Replace

LOCK = "lock"
PARTITION = "refresh"
NEWEST = "newest|"
FORMER = "former|"
# A run notes that it lives at least once a minute. One that is silent for longer may have lost its message.
SILENT_AFTER = timedelta(minutes=3)


class Refresh(ByWhom, BaseModel):
    """One look through the project's folder. found: images listed; passed_over: files that are no images by their
    names, or of kinds that are not taken; kinds_passed_over: how many of each of these kinds. looked_at: when the
    folder was last looked through to its end, by this refresh or by an earlier one. failures: how many looks in a row
    have failed, this one included.
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
    back: int = 0
    passed_over: int = 0
    kinds_passed_over: dict[str, int] = {}
    error: str | None = None
    looked_at: datetime | None = None
    failures: int = 0

    @property
    def is_over(self) -> bool:
        return self.status in OVER


class RefreshMessage(BaseModel):
    """Asks for a refresh to be run, or gone on with."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    refresh_id: str


@dataclass
class Newest:
    """A project's newest refresh as it is in storage, to be changed by one writer at a time."""

    project_id: str
    refresh: Refresh
    etag: str

    async def save(self, storage: Storage, **changes: Any) -> None:
        """Raises HttpResponseError (404, 412) when the project is gone, or another run has taken over."""
        changed = self.refresh.model_copy(update=changes)
        row = _row(self.project_id, changed)
        try:
            etag = await storage.service_table.replace(row, self.etag)
            self.refresh, self.etag = changed, etag
        except HttpResponseError as error:
            current = await newest(storage, self.project_id) if error.status_code == 412 else None
            if current is None or current.refresh != changed:
                raise
            # The answer to the first try was lost, and it was tried again.
            self.refresh, self.etag = current.refresh, current.etag


def _row(project_id: str, refresh: Refresh) -> dict[str, str]:
    return {"PartitionKey": PARTITION, "RowKey": NEWEST + project_id, "document": refresh.model_dump_json()}


def _former_row(project_id: str, refresh: Refresh) -> dict[str, str]:
    return {**_row(project_id, refresh), "RowKey": f"{FORMER}{project_id}|{refresh.id}"}


async def newest(storage: Storage, project_id: str) -> Newest | None:
    """The project's newest refresh; None before the first."""
    row = await storage.service_table.find(PARTITION, NEWEST + project_id)
    return Newest(project_id, Refresh.model_validate_json(row["document"]), row.etag) if row else None


async def newest_of_all(storage: Storage) -> dict[str, Refresh]:
    """The newest refresh of each project, by project id."""
    rows = storage.service_table.under(PARTITION, NEWEST[:-1])
    return {row["RowKey"].removeprefix(NEWEST): Refresh.model_validate_json(row["document"]) async for row in rows}


async def folders_looked_through(storage: Storage, project_id: str | None = None) -> dict[str, datetime]:
    """When the folders of one project, or of all, were last looked through to their ends, by project id."""
    if project_id:
        kept = await newest(storage, project_id)
        found = {project_id: kept.refresh} if kept else {}
    else:
        found = await newest_of_all(storage)
    return {identity: refresh.looked_at for identity, refresh in found.items() if refresh.looked_at}


folders_checked.answered_by(folders_looked_through)


async def ask_for_refresh(storage: Storage, project_id: str, now: datetime, by: ByWhom = ITSELF) -> Refresh:
    """Asks for a refresh; where one is queued or running, that one is it."""
    refresh = Refresh(id=newest_first_id(now), status="queued", asked_at=now, touched_at=now, **by.model_dump())

    async def attempt(_number: int) -> Refresh:
        kept = await newest(storage, project_id)
        if kept and not kept.refresh.is_over:
            if kept.refresh.id == refresh.id or now - kept.refresh.touched_at > SILENT_AFTER:
                await _send(storage, project_id, kept.refresh)
            return kept.refresh
        carried = kept.refresh.model_dump(include={"looked_at", "failures"}) if kept else {}
        wanted = refresh.model_copy(update=carried)
        # Somebody else may have asked, or the answer may be lost: what is there is found then, whoever's it is.
        with conditional():
            await _put_first(storage, project_id, wanted, kept)
        await _send(storage, project_id, wanted)
        return wanted

    return await until_written(attempt, "The project's folder is being checked. Try again.")


project_made.then(ask_for_refresh)


async def put_refreshes(storage: Storage, project_id: str, refreshes: Sequence[Refresh]) -> None:
    """Puts back records of refreshes, at most 100 of them, newest first, and the newest ones before all others."""
    kept = await newest(storage, project_id)
    if kept is None and refreshes:
        await storage.service_table.insert(_row(project_id, refreshes[0]))
        refreshes = refreshes[1:]
    former = [_former_row(project_id, one) for one in refreshes if kept is None or one.id != kept.refresh.id]
    if former:
        await storage.service_table.transaction([Replace(row, None) for row in former])


async def _put_first(storage: Storage, project_id: str, refresh: Refresh, former: Newest | None) -> None:
    if former is None:
        await storage.service_table.insert(_row(project_id, refresh))
        return
    newest_row, former_row = _row(project_id, refresh), _former_row(project_id, former.refresh)
    await storage.service_table.transaction([Replace(newest_row, former.etag), Insert(former_row)])


async def _send(storage: Storage, project_id: str, refresh: Refresh) -> None:
    await storage.send(REFRESHES_QUEUE, RefreshMessage(project_id=project_id, refresh_id=refresh.id))


async def list_refreshes(storage: Storage, project_id: str, *, limit: int, after: str = "") -> list[Refresh]:
    """At most `limit` refreshes that come after the given id, newest first."""
    kept = await newest(storage, project_id)
    found = [kept.refresh] if kept and kept.refresh.id > after else []
    text = "PartitionKey eq @partition and RowKey gt @after and RowKey lt @last"
    prefix = f"{FORMER}{project_id}|"
    between = {"after": prefix + after, "last": prefix[:-1] + "}"}
    rows = await storage.service_table.first(limit - len(found), text, partition=PARTITION, **between)
    return found + [Refresh.model_validate_json(row["document"]) for row in rows]


async def drop_refreshes(storage: Storage, project_id: str) -> None:
    async for row in storage.service_table.under(PARTITION, f"{FORMER}{project_id}"):
        await storage.service_table.delete(PARTITION, row["RowKey"])
    await storage.service_table.delete(PARTITION, NEWEST + project_id)


project_dropped.then(drop_refreshes)
