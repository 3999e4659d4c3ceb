"""`python -m bench.refresh.worker TASK ARGUMENTS`: one measurement in a process of its own, so that its peak of memory
is its own. Arguments and answer are JSON.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from bench.refresh import bare, preparing, proof, refreshing
from bench.refresh.counted import count_for, counting
from bench.refresh.refreshing import utc_now
from functions import storage as storage_module
from functions.refresh.store import ask_for_refresh
from functions.settings import settings
from functions.storage import Storage

Task = Callable[..., Awaitable[dict[str, Any]]]


async def make(storage: Storage, container_url: str) -> dict[str, Any]:
    return {"project": await refreshing.make_project(storage, container_url)}


async def refresh(storage: Storage, project_id: str) -> dict[str, Any]:
    return (await refreshing.measure(storage, project_id)).to_json()


async def ask(storage: Storage, project_id: str) -> dict[str, Any]:
    return {"refresh": (await ask_for_refresh(storage, project_id, utc_now())).id}


async def prove(storage: Storage, project_id: str) -> dict[str, Any]:
    return {"wrong": await proof.prove(storage, project_id)}


SERVICE: dict[str, Task] = {
    "make": make,
    "refresh": refresh,
    "ask": ask,
    "run": refreshing.run_to_the_end,
    "settle": refreshing.settle,
    "prove": prove,
    "upload": preparing.upload,
    "take_in": preparing.take_in,
    "prepare": preparing.prepare,
    "prepare_bare": preparing.prepare_bare,
}
BARE: dict[str, Task] = {"list": bare.list_all, "transact": bare.transact}


async def main(task: str, arguments: str) -> None:
    given = json.loads(arguments)
    if task in BARE:
        print(json.dumps(await BARE[task](**given)))
        return
    storage_module.transport = counting
    count_for(settings())
    storage = Storage(settings())
    await storage.prepare()
    print(json.dumps(await SERVICE[task](storage, **given)))
    await storage.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
