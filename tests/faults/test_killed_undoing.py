"""The host dies while an import is undone, and when it is there again each image has been put back once."""

import asyncio
import random
import time
from typing import Any

from functions.labeling.directory import OPEN
from functions.labeling.head import PACK_SIZE
from functions.labeling.rows import image_id
from tests.api.builders import good
from tests.faults.scene import Scene, short_and_full
from tests.faults.test_killed_exports import PATIENCE
from tests.running import Service, until

PACKS = 100
IMAGES = PACKS * PACK_SIZE
CONTENT = "\n".join(
    ["image,label", *(f"bench/{image_id(*divmod(number, PACK_SIZE))}.jpg,Cat" for number in range(IMAGES))]
)


@short_and_full(1, 6)
async def test_an_import_that_is_undone_while_the_host_is_killed_leaves_nothing_behind(
    mortal: Service, dice: random.Random, times: int
) -> None:
    scene = await Scene.make(mortal, IMAGES, labelers=1)
    for _ in range(times):
        await asyncio.to_thread(_import_and_undo, mortal, f"/api/projects/{scene.project.id}", dice)
    await scene.prove({})
    async with scene.board() as board:
        heads = [head async for _, head, _ in board.rows.scan()]
        assert [head.records for head in heads] == [2 * times] * PACKS
        assert all(head.is_untouched for head in heads)
        # A pack whose closing the kill has cut off is closed by the timer.
        for known in await board.directory.ranges(fresh=True):
            for pack in known.packs(OPEN):
                await board.packs.close(pack, int(time.time() * 1000))
        assert {letter for known in await board.directory.ranges(fresh=True) for letter in known.letters} == {"w"}


def _import_and_undo(service: Service, project: str, dice: random.Random) -> None:
    with service.client() as boss:
        answer = boss.post(f"{project}/imports", json={"format": "csv", "content": CONTENT})
        address = answer.headers["location"]
        until(lambda: good(boss.get(address))["status"] in ("completed", "failed"), "the import does not end", PATIENCE)
        assert good(boss.get(address))["labeled"] == IMAGES
        good(boss.post(f"{address}/undo"), 202)
        until(lambda: good(boss.get(address))["undone"]["status"] != "queued", "the undoing does not begin")
        time.sleep(dice.uniform(0, 1))
    service.kill()
    service.start()
    with service.client() as boss:
        undone: Any = None

        def is_over() -> bool:
            nonlocal undone
            undone = good(boss.get(address))["undone"]
            return undone["status"] in ("completed", "failed")

        until(is_over, "the undoing does not end", PATIENCE)
        assert (undone["status"], undone["error"]) == ("completed", None)
        assert (undone["restored"], undone["left"]) == (IMAGES, 0)
