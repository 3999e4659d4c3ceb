"""Calls of storage that fail, are refused, are not answered, or are carried out without an answer."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from functions.tasks.types import TaskTypeName
from tests.faults.proxy import QUICK, SILENT, FaultProxy
from tests.faults.scene import Scene, of_each_type
from tests.running import Service


@pytest_asyncio.fixture
async def behind(tmp_path: Path, dice: random.Random, times: int) -> AsyncIterator[tuple[Service, FaultProxy]]:
    """A service whose calls of Tables go through a proxy, which does no harm yet."""
    direct = Service(tmp_path / "data")
    async with FaultProxy(direct.settings.table_port, dice, share=0.1, most_silent=times) as proxy:
        connection = direct.data_storage.replace(f":{direct.settings.table_port}/", f":{proxy.port}/")
        service = Service(direct.data_dir, settings={"DATA_STORAGE": connection})
        service.port = direct.port
        await asyncio.to_thread(service.start)
        yield service, proxy
        await asyncio.to_thread(service.stop)


@of_each_type(1, 10)
async def test_a_project_is_labeled_once_while_one_call_in_ten_fails(
    behind: tuple[Service, FaultProxy], times: int, task_type: TaskTypeName
) -> None:
    """As few calls as `times` get no answer at all: each keeps its caller waiting for long."""
    service, proxy = behind
    scene = await Scene.make(service, 400 * times, task_type=task_type)
    async with scene.crowd(page=3) as crowd:
        proxy.is_bad = True
        await crowd.work()
        proxy.is_bad = False
        print(proxy.calls, proxy.befell)
        assert all(proxy.befell[fault] for fault in QUICK)
        assert sum(proxy.befell[fault] for fault in SILENT) == times
        await scene.prove_finished(crowd.account)
