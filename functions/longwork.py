"""Long work - exports, imports, backups, restorings, refreshes, trainings - in one frame.

A message says what is to be done, and a record how it stands. Whoever holds its lock works on it until the time of the
invocation is over, keeps how far it is, and leaves the rest to another message. What fails comes again with its message
and is given up at the last delivery, in words. What is over, or was deleted, ends quietly.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import azure.functions as func
from azure.core.exceptions import HttpResponseError
from pydantic import BaseModel

from functions.background import giving_up, now, read_message
from functions.locks import LockedByOther, lock_of, locked
from functions.problems import NotFound
from functions.records import Records, Work
from functions.storage import Storage, storage

if TYPE_CHECKING:
    from functions.projects.model import Project

# A function is stopped after ten minutes; what was begun before this is brought to its end.
TIME_LIMIT_SECONDS = 7 * 60

Clock = Callable[[], datetime]
M = TypeVar("M", bound=BaseModel)
W = TypeVar("W", bound=Work)


class Later(Exception):
    """The rest is left to another message, in so many seconds."""

    def __init__(self, seconds: int = 0) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Failed(Exception):
    """The work cannot be done, for a reason that people read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LongWork(ABC, Generic[M]):
    """What one message asks for, as far as one invocation does it. Each kind says what it is about (load), what is done
    until the deadline, on the clock of time.monotonic (work), and how it fails.

    lock: the name of the project's lock, for which another message waits retry_seconds. given_up: the reason that
    people read of what failed for one that only the log tells.
    """

    queue: ClassVar[str]
    lock: ClassVar[str]
    retry_seconds: ClassVar[int] = 5
    given_up: ClassVar[str]

    project: "Project"

    def __init__(self, storage: Storage, message: M, clock: Clock, time_limit: float | None = None) -> None:
        self.storage = storage
        self.message = message
        self.clock = clock
        self.deadline = time.monotonic() + (TIME_LIMIT_SECONDS if time_limit is None else time_limit)

    @abstractmethod
    async def load(self) -> bool:
        """Reads what the message is about. False: it is over. Raises NotFound where it was deleted, and Failed."""

    @abstractmethod
    async def work(self) -> None:
        """Goes on with it where it was left. Raises Later and Failed, and LockedByOther when another run took over."""

    @abstractmethod
    async def fail(self, reason: str) -> None:
        """Says that it has failed, and drops what is of no use then."""

    async def clear(self) -> None:
        """Drops what was still made while it was deleted."""

    async def run(self) -> None:
        """Does what the message asks for, as far as the time allows."""
        try:
            if await self.load():
                await self._hold()
        except NotFound:
            return
        except Failed as failed:
            await self.fail(failed.reason)
        except Later as later:
            await self.storage.send(self.queue, self.message, delay=later.seconds)

    async def give_up(self) -> None:
        """At the last delivery of a message that fails."""
        try:
            if await self.load():
                await self.fail(self.given_up)
        except NotFound:
            return
        except Failed as failed:
            await self.fail(failed.reason)

    async def _hold(self) -> None:
        try:
            async with locked(lock_of(self.storage, self.project.id, self.lock)):
                try:
                    await self.work()
                except Failed as failed:
                    await self.fail(failed.reason)
        except (LockedByOther, NotFound, HttpResponseError) as error:
            await self._look_again(error)

    async def _look_again(self, error: Exception) -> None:
        """After an error that may come of its having been deleted, or ended by another run."""
        try:
            if not await self.load():
                return
        except NotFound:
            await self.clear()
            return
        if isinstance(error, LockedByOther):
            raise Later(self.retry_seconds)
        if isinstance(error, NotFound):
            raise Failed(error.detail)
        raise error

    @property
    def is_late(self) -> bool:
        return time.monotonic() > self.deadline


class RecordedWork(LongWork[M], Generic[M, W]):
    """Long work that has a record to itself."""

    records: Records[W]
    record: W
    _etag: str | None

    def take(self, record: W) -> bool:
        """Takes the record as it was read. False: it is over."""
        self.record, self._etag = record, None
        return not record.is_over

    async def save(self, record: W) -> None:
        """Writes the record, but never over what another run has written since this one first did.

        Raises LockedByOther then, and ResourceNotFoundError when it was deleted.
        """
        self._etag = await self.records.save(self.storage, record, self._etag)
        self.record = record

    async def note(self, **changes: Any) -> None:
        await self.save(self.record.model_copy(update=changes))

    async def begin(self) -> None:
        """Says that it runs."""
        await self.note(status="running", started_at=self.record.started_at or self.clock())

    async def fail(self, reason: str) -> None:
        await self.note(status="failed", finished_at=self.clock(), error=reason)


async def work_on(message: func.QueueMessage, model: type[M], kind: type[LongWork[M]]) -> None:
    """Does the long work that a message of the queue asks for."""
    work = kind(storage(), read_message(model, message), now)
    async with giving_up(message, work.give_up):
        await work.run()
