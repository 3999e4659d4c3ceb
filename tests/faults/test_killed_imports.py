"""The host dies while an import reads an upload and labels images, and when it is there again the import ends as if it
had not died.
"""

import asyncio
import random
import time
from typing import Any

import httpx

from functions.labeling.head import PACK_SIZE
from functions.labeling.rows import image_id
from tests.api.builders import good
from tests.faults.scene import Scene, short_and_full
from tests.faults.test_killed_exports import PATIENCE
from tests.running import NO_CERTIFICATES, Service, until

PACKS, ELSEWHERE = 100, 50_000
IMAGES = PACKS * PACK_SIZE


@short_and_full(1, 6)
async def test_an_import_of_an_upload_whose_host_was_killed_labels_each_image_once(
    mortal: Service, dice: random.Random, times: int
) -> None:
    scene = await Scene.make(mortal, IMAGES, labelers=1)
    for number in range(times):
        label = ("Cat", "Dog")[number % 2]
        await asyncio.to_thread(_import_and_kill, mortal, f"/api/projects/{scene.project.id}", dice, label)
    await scene.prove({})
    async with scene.board() as board:
        assert [head.records async for _, head, _ in board.rows.scan()] == [times] * PACKS


def _import_and_kill(service: Service, project: str, dice: random.Random, label: str) -> None:
    with service.client() as boss:
        content = _rows(label)
        asked = {"files": [{"name": "labels.csv", "bytes": len(content)}]}
        offer = good(boss.post(f"{project}/imports/uploads", json=asked), 201)
        _put(offer["uploads"][0]["url"], content)
        body = {"format": "csv", "upload": offer["upload"], "replace": True}
        address = boss.post(f"{project}/imports", json=body).headers["location"]
        is_at = dice.choice((_reads, _labels))
        until(lambda: is_at(good(boss.get(address))), "the import does not begin")
        time.sleep(dice.uniform(0, 1))
    service.kill()
    service.start()
    with service.client() as boss:
        done = _ended(boss, address)
        assert (done["status"], done["error"]) == ("completed", None)
        assert (done["labeled"], done["unchanged"], done["unmatched"]["count"]) == (IMAGES, 0, ELSEWHERE)
        again = boss.post(f"{project}/imports", json=body).headers["location"]
        assert "not kept any more" in _ended(boss, again)["error"]


def _rows(label: str) -> bytes:
    """A line for each image, behind those of images that the project has not."""
    named = [f"elsewhere/{number}.jpg" for number in range(ELSEWHERE)]
    named += [f"bench/{image_id(*divmod(number, PACK_SIZE))}.jpg" for number in range(IMAGES)]
    return "\n".join(["image,label", *(f"{name},{label}" for name in named)]).encode()


def _reads(told: Any) -> bool:
    return bool(told["status"] != "queued")


def _labels(told: Any) -> bool:
    return bool(told["progress"])


def _put(url: str, content: bytes) -> None:
    headers = {"x-ms-blob-type": "BlockBlob"}
    assert httpx.put(url, content=content, headers=headers, verify=NO_CERTIFICATES).status_code == 201


def _ended(boss: httpx.Client, address: str) -> Any:
    until(lambda: good(boss.get(address))["status"] in ("completed", "failed"), "the import does not end", PATIENCE)
    return good(boss.get(address))
