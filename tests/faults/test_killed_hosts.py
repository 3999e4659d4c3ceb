"""The host dies at any moment, and labelers go on when it is there again.

Azurite ends with its host, by a pipe that is closed, and writes its data first.
"""

import asyncio
import random

from functions.tasks.types import TaskTypeName
from tests.faults.scene import Scene, befall, of_each_type
from tests.running import Service


@of_each_type(2, 20)
async def test_nothing_is_lost_when_the_host_is_killed(
    mortal: Service, dice: random.Random, times: int, task_type: TaskTypeName
) -> None:
    scene = await Scene.make(mortal, 300, task_type=task_type)

    def kill_and_start() -> None:
        mortal.kill()
        mortal.start()

    async with scene.crowd(page=3) as crowd:
        await befall(crowd, dice, times, scene.images, lambda: asyncio.to_thread(kill_and_start))
        await scene.prove_finished(crowd.account)
