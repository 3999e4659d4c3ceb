"""The host dies while an export is built, and when it is there again the export ends in the same bytes."""

import asyncio
import io
import random
import time
from functools import partial
from typing import Any

from PIL import Image

from tests.api.builders import Folder, People, Project, good, new_project
from tests.faults.scene import short_and_full
from tests.running import Service, until

IMAGES, SIDE = 99, 370
# A message that was being worked on is hidden for half a minute, and so long a dead process's lock holds.
PATIENCE = 150


def noise(dice: random.Random) -> bytes:
    """An image of some 400 KB: nothing in it can be packed."""
    out = io.BytesIO()
    Image.frombytes("RGB", (SIDE, SIDE), dice.randbytes(SIDE * SIDE * 3)).save(out, "PNG")
    return out.getvalue()


def sums(export: Any) -> dict[str, str]:
    """The sums of the files that hold images and labels."""
    return {
        file["name"]: file["sha256"] for file in export["files"] if file["name"] not in ("export.json", "changes.csv")
    }


@short_and_full(1, 6)
async def test_an_export_whose_host_was_killed_ends_in_the_same_bytes(
    mortal: Service, dice: random.Random, times: int
) -> None:
    await asyncio.to_thread(_export_and_kill, mortal, dice, times)


def _export_and_kill(mortal: Service, dice: random.Random, times: int) -> None:
    people = People(mortal)
    folder = Folder(people, {f"{number:02}.png": noise(dice) for number in range(IMAGES)})
    project = new_project(people, folder)
    while project.progress()["waiting"]:
        project.label(project.boss, 99)
    whole = project.export("imagefolder")
    assert whole["images"] == IMAGES
    for _ in range(times):
        address = project.boss.post(f"{project.path}/exports", json={"format": "imagefolder"}).headers["location"]
        time.sleep(dice.uniform(0, 1))
        mortal.kill()
        mortal.start()
        until(partial(is_completed, project, address), "the export does not end", PATIENCE)
        assert sums(good(project.boss.get(address))) == sums(whole)
    people.close()


def is_completed(project: Project, address: str) -> bool:
    found = good(project.boss.get(address))
    assert found["status"] != "failed", found["error"]
    return bool(found["status"] == "completed")
