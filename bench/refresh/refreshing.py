"""One refresh as a queue would run it, in this process, with what it took."""

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from azure.core.exceptions import AzureError, ResourceNotFoundError
from azure.storage.queue import TextBase64DecodePolicy

from bench.refresh import memory
from bench.refresh.counted import Calls, Counting
from functions import locks
from functions.datastores.datasets import Dataset
from functions.datastores.model import BUILT_IN, Datastore
from functions.datastores.secrets import secrets_of
from functions.datastores.store import insert_datastore
from functions.ids import new_project_id
from functions.labeling import blobs
from functions.labeling.board import board_of
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.projects.lifecycle import make_places
from functions.projects.model import Label, Project
from functions.projects.store import insert_project, load_project
from functions.refresh.run import RefreshWork
from functions.refresh.store import LOCK, Refresh, RefreshMessage, ask_for_refresh, newest
from functions.storage import REFRESHES_QUEUE, Storage

HIDDEN_SECONDS = 3600
SETTLED_AT_ONCE = 8
# As in host.json.
MOST_DELIVERIES = 5
PAUSE_SECONDS = 5
# The least that Azure has: how long a run that was killed keeps others waiting.
LOCK_SECONDS = 15
POLL_SECONDS = 0.25
STARTS = "starts"

T = TypeVar("T")

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Cost:
    """What a refresh took. cpu: seconds of this process's work. runs: how often it was begun or gone on with. memory:
    bytes at most, over the process before it.
    """

    seconds: float
    cpu: float
    runs: int
    memory: int
    calls: Calls
    found: int
    added: int
    changed: int
    missing: int

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "calls": vars(self.calls)}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Cost":
        return cls(**{**told, "calls": Calls.from_json(told["calls"])})


async def make_project(storage: Storage, container_url: str | None = None, prefix: str = "") -> str:
    """A project over a public container, or over the built-in datastore. Gives its id."""
    project_id = new_project_id()
    name = f"bench-{project_id}"
    datastore = BUILT_IN
    if container_url:
        datastore = name
        made = Datastore(name=name, container_url=container_url, auth="anonymous", created_at=utc_now())
        await insert_datastore(storage, secrets_of(storage.config), made, None)
    dataset = Dataset(name=name, description="", datastore=datastore, prefix=prefix, created_at=utc_now())
    project = Project(
        id=project_id,
        name=name,
        task_type="multiClass",
        dataset=name,
        datastore=datastore,
        prefix=prefix,
        incremental_refresh=False,
        order="shuffled",
        labels=(Label(id=1, name="Cat"), Label(id=2, name="Dog")),
        next_label=3,
        instructions_text="",
        instructions_url="",
        ml_assist=False,
        lease_minutes=15,
        status="creating",
        created_at=utc_now(),
    )
    await insert_project(storage, project, dataset)
    await make_places(storage, project)
    return project_id


async def measure(storage: Storage, project_id: str) -> Cost:
    """Refreshes the project to the end."""
    await load_project(storage, project_id)
    idle = memory.resident()
    memory.forget_peak()
    Counting.calls = Calls()
    started, worked = time.perf_counter(), time.process_time()
    refresh, runs = await refreshed(storage, project_id)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    tally = {"found": refresh.found, "added": refresh.added, "changed": refresh.changed, "missing": refresh.missing}
    return Cost(seconds, cpu, runs, memory.peak() - idle, Counting.calls, **tally)


async def refreshed(storage: Storage, project_id: str) -> tuple[Refresh, int]:
    """Asks for a refresh and runs its messages. Gives its record, and how many messages there were."""
    asked = await ask_for_refresh(storage, project_id, utc_now())
    queue = storage.queues.get_queue_client(REFRESHES_QUEUE, message_decode_policy=TextBase64DecodePolicy())
    runs = 0
    while True:
        message = await queue.receive_message(visibility_timeout=HIDDEN_SECONDS)
        if message is None:
            await asyncio.sleep(0.2)
            continue
        runs += await _deliver(storage, RefreshMessage.model_validate_json(message.content))
        await queue.delete_message(message)
        refresh = await _newest(storage, project_id)
        if refresh.status == "failed":
            raise RuntimeError(f"the refresh failed: {refresh.error}")
        if refresh.id == asked.id and refresh.is_over:
            return refresh, runs


async def _newest(storage: Storage, project_id: str) -> Refresh:
    kept = await newest(storage, project_id)
    assert kept
    return kept.refresh


async def settle(storage: Storage, project_id: str) -> dict[str, Any]:
    """Makes of the packs what preparing makes of them, without any previews."""
    board = board_of(storage, await load_project(storage, project_id))
    packs = sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
    now = int(utc_now().timestamp() * 1000)

    def rule(head: Head) -> Change[None]:
        return Change(blobs.prepare(head, readable=dict.fromkeys(blobs.needs_preparing(head), True)), None)

    async def prepared(pack: int) -> None:
        await board.packs.change(pack, rule, now=now)
        await board.packs.close(pack, now)

    await each(range(packs), SETTLED_AT_ONCE, prepared)
    return {"packs": packs}


async def run_to_the_end(storage: Storage, project_id: str, refresh_id: str) -> dict[str, Any]:
    """Goes on with a refresh until its record says that it is over. Says so on stdout when it begins, which is when no
    dead run holds the lock any more.
    """
    locks.LOCK_SECONDS = LOCK_SECONDS
    with suppress(ResourceNotFoundError):
        while (await locks.lock_of(storage, project_id, LOCK).get_blob_properties()).lease.status == "locked":
            await asyncio.sleep(POLL_SECONDS)
    print(STARTS, flush=True)
    message = RefreshMessage(project_id=project_id, refresh_id=refresh_id)
    runs = deliveries = 0
    while True:
        runs += 1
        deliveries += await _deliver(storage, message)
        refresh = await _newest(storage, project_id)
        if refresh.is_over:
            return {"status": refresh.status, "error": refresh.error, "again": deliveries - runs}


async def _deliver(storage: Storage, message: RefreshMessage) -> int:
    """Runs a message, again if it fails, as the host does it. Gives how often."""
    for times in itertools.count(1):
        try:
            await RefreshWork(storage, message, utc_now).run()
        except AzureError as error:
            log.warning("a run failed, and is delivered again: %s", error)
            if times == MOST_DELIVERIES:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return times
    raise AssertionError("it ends by one or the other")


async def each(things: Iterable[T], at_once: int, work: Callable[[T], Awaitable[None]]) -> None:
    """Does all of it, so many at once."""
    waiting = iter(things)

    async def take() -> None:
        for thing in waiting:
            await work(thing)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(take())
