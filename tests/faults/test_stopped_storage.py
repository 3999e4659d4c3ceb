"""Storage that ends under the labelers' hands; the host starts it again.

An emulator that is stopped writes all its data first. One that is killed loses what it was told since its last save,
which no storage account does: each save is a snapshot between two requests, written beside the former and put in its
place, so what is there afterwards is as whole as before.
"""

import asyncio
import os
import random
import signal

from bench.labeling.labelers import Crowd
from functions.labeling.rows import image_id
from functions.tasks.types import TaskTypeName
from tests.faults.scene import Scene, Told, befall, of_each_type, until
from tests.running import Service


def azurite_of(service: Service) -> int:
    file = service.data_dir / "azurite.pid"
    return int(file.read_text(encoding="ascii") or 0) if file.exists() else 0


async def end_azurite(service: Service, number: signal.Signals) -> None:
    """Ends it, and waits until the host has started another."""
    ended = azurite_of(service)
    os.kill(ended, number)
    await until(lambda: azurite_of(service) not in (0, ended))


@of_each_type(1, 5)
async def test_nothing_is_lost_when_storage_is_stopped(
    mortal: Service, dice: random.Random, times: int, task_type: TaskTypeName
) -> None:
    scene = await Scene.make(mortal, 600, task_type=task_type)
    async with scene.crowd(page=3) as crowd:
        await befall(crowd, dice, times, scene.images, lambda: end_azurite(mortal, signal.SIGTERM))
        await scene.prove_finished(crowd.account)


class Saves:
    """The saves of Azurite's tables, as they are seen in its data directory."""

    def __init__(self, service: Service) -> None:
        self._file = service.data_dir / "azurite" / "__azurite_db_table__.json"
        self.latest = self._seen()

    def _seen(self) -> float:
        """When the last one was finished, in seconds since the epoch."""
        return self._file.stat().st_mtime

    async def next(self) -> None:
        await until(lambda: self._seen() > self.latest)
        self.latest = self._seen()


@of_each_type(1, 5)
async def test_what_a_killed_storage_loses_is_new_and_the_rest_is_whole(
    mortal: Service, dice: random.Random, times: int, task_type: TaskTypeName
) -> None:
    scene = await Scene.make(mortal, 3_000 * times, task_type=task_type)
    # The project itself shall be saved.
    await asyncio.to_thread(mortal.restart)
    for _ in range(times):
        async with scene.crowd(page=1) as crowd:
            told, safe = await label_until_storage_is_killed(scene, crowd, dice)
        lost = await labeled_later(scene, told)
        print(f"{len(lost)} of {len(told.first)} accepted labels lost")
        assert [one for one in lost if told.first[one] < safe] == [], "lost, though they were saved"
        assert {status for _, status in told.refused} <= {404, 409}
        for image, labeler in lost:
            del told.accepted[image][labeler]
        await scene.prove(told.accepted)
    async with scene.crowd(page=99) as crowd:
        await crowd.work()
        assert (crowd.account.twice, crowd.account.refused) == ([], [])
        assert scene.is_finished(await scene.prove(crowd.account.accepted))


async def label_until_storage_is_killed(scene: Scene, crowd: Crowd, dice: random.Random) -> tuple[Told, float]:
    """What the labelers were told, and until when everything was surely saved."""
    working = asyncio.create_task(crowd.work())
    saves = Saves(scene.service)
    await saves.next()
    # A save begins when the one before it is over, so the next one holds all that was answered by now.
    safe = saves.latest
    await saves.next()
    await asyncio.sleep(dice.uniform(0, 4))
    await end_azurite(scene.service, signal.SIGKILL)
    crowd.stop()
    await working
    assert isinstance(crowd.account, Told)
    return crowd.account, safe


async def labeled_later(scene: Scene, told: Told) -> set[tuple[str, str]]:
    """The images of which somebody's first label is not there, with them: it waits again, or was labeled again."""
    kept: dict[tuple[str, str], float] = {}
    async with scene.board() as board:
        async for pack, head, _ in board.rows.scan():
            kept |= {
                (image_id(pack, index), head.labelers[one.labeler]): one.at / 1000
                for index, slot in enumerate(head.slots)
                for one in slot.heard
            }
    return {one for one, first in told.first.items() if kept.get(one, first + 1) > first}
