"""Labelers who send again what the service has carried out already, because its answer did not reach them."""

import asyncio
import random
from typing import Any

import aiohttp

from bench.labeling.labelers import Crowd
from functions.tasks.types import TaskTypeName
from tests.faults.scene import Scene, of_each_type
from tests.running import Service

DICE = random.Random()


class Repeating(Crowd):
    """Sends each submission two or three times, and now and then does not wait for an answer.

    differing: submissions that were not answered the same each time.
    """

    differing = 0

    async def _call(
        self, session: aiohttp.ClientSession, path: str, body: Any, took_ms: list[float]
    ) -> tuple[int, Any]:
        call = super()._call
        if DICE.random() < 0.2:
            waiting = asyncio.create_task(call(session, path, body, took_ms))
            await asyncio.wait([waiting], timeout=DICE.uniform(0, 0.03))
            waiting.cancel()
        if not path.endswith("/submission"):
            return await call(session, path, body, took_ms)
        times = DICE.randint(2, 3)
        if DICE.random() < 0.5:
            answers = await asyncio.gather(*(call(session, path, body, took_ms) for _ in range(times)))
        else:
            answers = [await call(session, path, body, took_ms) for _ in range(times)]
        said = [(status, {**answer, "requestId": ""}) for status, answer in answers]
        self.differing += any(one != said[0] for one in said)
        return answers[0]


@of_each_type(1, 10)
async def test_a_submission_that_comes_again_is_answered_the_same_and_counts_once(
    service: Service, dice: random.Random, times: int, task_type: TaskTypeName
) -> None:
    DICE.setstate(dice.getstate())
    scene = await Scene.make(service, 400 * times, task_type=task_type)
    async with scene.crowd(page=3, kind=Repeating) as crowd:
        assert isinstance(crowd, Repeating)
        await crowd.work()
        assert crowd.differing == 0
        await scene.prove_finished(crowd.account)
