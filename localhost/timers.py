"""Timer-triggered functions: NCRONTAB, one run at a time, and runs that were missed made up for, as the host does it.

A status blob per function remembers the last and the next run, so that a start after the due time knows that the
timer is past due.
"""

import asyncio
import contextlib
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from azure.core.exceptions import AzureError, HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.functions.timer import TimerRequest
from azure.storage.blob.aio import ContainerClient
from croniter import CroniterError, croniter

from localhost.errors import StartError
from localhost.invocation import Failed, Invoker
from localhost.loading import Function

CONTAINER = "azure-webjobs-hosts"
HOST_ID = "localhost"
# A clock may be set, and a laptop may sleep: no sleep is trusted for longer than this.
LONGEST_SLEEP = 30.0
# A timer that runs more than once a minute is not worth a blob write each time; the host holds it the same way.
SHORTEST_MONITORED = timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Status:
    last: datetime | None
    next: datetime
    updated: datetime

    def as_json(self) -> dict[str, str]:
        last = self.last.isoformat() if self.last else "0001-01-01T00:00:00"
        return {"Last": last, "Next": self.next.isoformat(), "LastUpdated": self.updated.isoformat()}

    @classmethod
    def from_json(cls, text: bytes) -> "Status | None":
        try:
            value: dict[str, str] = json.loads(text)
            last, following, updated = (datetime.fromisoformat(value[key]) for key in ("Last", "Next", "LastUpdated"))
        except (ValueError, KeyError, TypeError):
            return None
        never = last.tzinfo is None or last.year == 1
        return cls(None if never else last, following, updated)


class Schedule:
    """Six fields, with seconds, in UTC; day and weekday must both fit, as NCRONTAB has it."""

    def __init__(self, name: str, text: str) -> None:
        self._text = text
        fields = len(text.split())
        if fields not in (5, 6):
            raise StartError(f"Timer {name}: {text!r} is not a cron expression of six fields.")
        self._seconds = fields == 6
        try:
            self._iterator(datetime.now(UTC))
        except (CroniterError, ValueError) as error:
            raise StartError(f"Timer {name}: {text!r} is not a cron expression: {error}.") from error

    def after(self, moment: datetime) -> datetime:
        following: datetime = self._iterator(moment).get_next(datetime)
        return following

    def is_monitored(self, moment: datetime) -> bool:
        first = self.after(moment)
        return self.after(first) - first >= SHORTEST_MONITORED

    def _iterator(self, moment: datetime) -> Any:
        return croniter(self._text, moment, second_at_beginning=self._seconds, day_or=False)


@dataclass(frozen=True)
class TimerFunction:
    function: Function
    schedule: Schedule
    invoke: Invoker
    container: ContainerClient
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Run whenever it is time, until cancelled."""
        now = datetime.now(UTC)
        status = await self._status(now)
        if status is not None and self._due(status) < now:
            await self.run(past_due=True)
        elif self.function.trigger.get("runOnStartup"):
            await self.run()
        elif status is None and self._monitored(now):
            await self._save(Status(None, self.schedule.after(now), now))
        while True:
            due = self.schedule.after(datetime.now(UTC))
            while (rest := (due - datetime.now(UTC)).total_seconds()) > 0:
                await asyncio.sleep(min(rest, LONGEST_SLEEP))
            await self.run()

    async def run(self, *, past_due: bool = False) -> None:
        """Run now, after a run that has begun. A failure is in the log, and the timer goes on."""
        async with self.lock:
            begun = datetime.now(UTC)
            status = await self._status(begun)
            request = TimerRequest(past_due=past_due, schedule_status=status.as_json() if status else None)
            with contextlib.suppress(Failed):
                await self.invoke(self.function, request)
            ended = datetime.now(UTC)
            if self._monitored(ended):
                await self._save(Status(begun, self.schedule.after(ended), ended))

    def _due(self, status: Status) -> datetime:
        """By the schedule of today: it may have changed since the status was written."""
        return self.schedule.after(status.last or status.updated)

    def _monitored(self, moment: datetime) -> bool:
        return bool(self.function.trigger.get("useMonitor", True)) and self.schedule.is_monitored(moment)

    @property
    def _blob(self) -> str:
        return f"timers/{HOST_ID}/{self.function.name}/status"

    async def _status(self, moment: datetime) -> Status | None:
        if not self._monitored(moment):
            return None
        try:
            download = await self.container.download_blob(self._blob)
            return Status.from_json(await download.readall())
        except ResourceNotFoundError:
            return None
        except AzureError as error:
            log.warning("The status of timer %s cannot be read: %s", self.function.name, type(error).__name__)
            return None

    async def _save(self, status: Status) -> None:
        try:
            await self._upload(json.dumps(status.as_json()).encode())
        except AzureError as error:
            log.warning("The status of timer %s cannot be kept: %s", self.function.name, type(error).__name__)

    async def _upload(self, text: bytes) -> None:
        try:
            await self.container.upload_blob(self._blob, text, overwrite=True)
        except HttpResponseError as error:
            if error.status_code != 404:
                raise
            with contextlib.suppress(ResourceExistsError):
                await self.container.create_container()
            await self.container.upload_blob(self._blob, text, overwrite=True)
