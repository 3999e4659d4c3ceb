"""`python -m bench.refresh.worker TASK ARGUMENTS`: one measurement in a process of its own, so that its peak of memory
is its own. Arguments and answer are JSON.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from bench.refresh import bare, proof, refreshing
from bench.refresh.counted import count_for, counting
from bench.refresh.refreshing import utc_now
from functions import storage as storage_module
from functions.refresh.store import ask_for_refresh
from functions.settings import settings
from functions.storage import Storage


async def create(container_url: str) -> dict[str, Any]:
    """Makes a project and takes its images in."""
    async with _storage() as storage:
        project_id = await refreshing.make_project(storage, container_url)
        return {"project": project_id, "cost": (await refreshing.measure(storage, project_id)).to_json()}


async def refresh(project_id: str) -> dict[str, Any]:
    async with _storage() as storage:
        return (await refreshing.measure(storage, project_id)).to_json()


async def make(container_url: str) -> dict[str, Any]:
    async with _storage() as storage:
        return {"project": await refreshing.make_project(storage, container_url)}


async def ask(project_id: str) -> dict[str, Any]:
    async with _storage() as storage:
        return {"refresh": (await ask_for_refresh(storage, project_id, utc_now())).id}


async def run(project_id: str, refresh_id: str) -> dict[str, Any]:
    async with _storage() as storage:
        return await refreshing.run_to_the_end(storage, project_id, refresh_id)


async def prove(project_id: str) -> dict[str, Any]:
    async with _storage() as storage:
        return {"wrong": await proof.prove(storage, project_id)}


TASKS: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
    "create": create,
    "refresh": refresh,
    "make": make,
    "ask": ask,
    "run": run,
    "prove": prove,
    "list": bare.list_all,
    "transact": bare.transact,
}


@asynccontextmanager
async def _storage() -> AsyncIterator[Storage]:
    """The service's clients, with their calls counted."""
    storage_module.transport = counting
    count_for(settings())
    storage = Storage(settings())
    await storage.prepare()
    yield storage
    await storage.close()


async def main(task: str, arguments: str) -> None:
    print(json.dumps(await TASKS[task](**json.loads(arguments))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
