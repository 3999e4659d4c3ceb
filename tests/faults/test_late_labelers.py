"""Labelers who go away with images on their screens, and submit them when their time is long over."""

import asyncio
import random
import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import httpx

from bench.labeling.labelers import Labels, submission_of, user_id
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.tasks.types import TaskTypeName
from tests.faults.scene import Scene, of_each_type
from tests.running import Service

PAGE = 9


@dataclass(frozen=True)
class OnScreen:
    """A page that a labeler has before them."""

    client: httpx.Client
    labeler: str
    path: str
    labels: dict[str, Labels | None]

    @property
    def images(self) -> list[str]:
        return list(self.labels)

    @classmethod
    def of(cls, scene: Scene, name: str) -> "OnScreen":
        client, leases = scene.service.client(name), f"/api/projects/{scene.project.id}/leases"
        page = client.post(leases, json={"count": PAGE, "holding": []}).raise_for_status().json()
        labeler = user_id(name)
        labels = {image["id"]: scene.said_by(labeler, image["id"]) for image in page["images"]}
        return cls(client, labeler, f"{leases}/{page['id']}", labels)

    def submit(self) -> tuple[int, dict[str, Any]]:
        """The answer, but for the id of the call, which is new each time."""
        answer = self.client.post(f"{self.path}/submission", json=submission_of(self.labels))
        return answer.status_code, {name: value for name, value in answer.json().items() if name != "requestId"}


async def step_past_leases(scene: Scene) -> None:
    """What a clock that goes on does: the ends of all leases lie in the past. The service is not told."""

    def rule(head: Head) -> Change[None]:
        return Change(replace(head, leases=tuple(replace(lease, until=1) for lease in head.leases)), None)

    async with scene.board() as board:
        await board.packs.change(0, rule, now=int(time.time() * 1000))


@of_each_type(2, 20)
async def test_a_late_page_is_saved_but_for_what_others_took(
    service: Service, dice: random.Random, times: int, task_type: TaskTypeName
) -> None:
    for _ in range(times):
        await label_late(await Scene.make(service, 99, 10, task_type=task_type), dice)


async def label_late(scene: Scene, dice: random.Random) -> None:
    """A pack is handed out in order: the first of the late pages are all taken, and the last one is not."""
    *late_names, taker = scene.labelers[:7]
    late = [await asyncio.to_thread(OnScreen.of, scene, name) for name in late_names]
    await step_past_leases(scene)
    # With what three of them are at when it is enough, and with the taker's page, these are 45 images at most.
    async with scene.crowd(page=4, enough=dice.randrange(PAGE + 1, 25), names=scene.labelers[7:]) as others:
        await others.work()
    account = others.account
    settled = [image for image in account.accepted if scene.is_settled(account, image)]
    held = await asyncio.to_thread(OnScreen.of, scene, taker)
    for page in dice.sample(late, len(late)):
        account.saved(page.labeler, await submit_late(page, settled, held.images))
    assert (await asyncio.to_thread(held.submit))[0] == 200
    account.saved(held.labeler, held.labels)
    for one in (held, *late):
        one.client.close()
    await scene.prove(account.accepted)
    assert all(late[-1].labeler in account.accepted[image] for image in late[-1].images), "nothing was saved late"
    async with scene.crowd(page=PAGE, account=account) as crowd:
        await crowd.work()
        await scene.prove_finished(account)


async def submit_late(page: OnScreen, settled: Collection[str], held: Collection[str]) -> dict[str, Labels | None]:
    """What was saved. A 409 names exactly what others took; once nobody is asked about any of it, nothing is known of
    the lease any more. Said again, each is answered the same.
    """
    status, answer = await asyncio.to_thread(page.submit)
    taken = [image for image in page.images if image in settled or image in held]
    if set(page.images) <= set(settled):
        assert status == 404
    else:
        assert (status, sorted(answer.get("imageIds", []))) == (409 if taken else 200, taken)
    assert await asyncio.to_thread(page.submit) == (status, answer)
    return {image: labels for image, labels in page.labels.items() if image not in taken}
