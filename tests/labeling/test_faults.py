"""A host that dies, and connections that are cut, at every write that labeling makes: figures stay exact, and nothing
that was accepted is lost.
"""

import asyncio
import random
from collections import Counter
from functools import partial

import pytest
from azure.core.exceptions import AzureError

from functions.labeling.choice import NothingLeft
from functions.problems import Busy
from tests.labeling.project import Instance, Project
from tests.labeling.scenes import SCENES, Scene, again_if_cut, projects, prove_and_finish
from tests.labeling.wire import HostDied, NthWrite, Request
from tests.running import Storage as Azurite


@pytest.mark.parametrize("is_written", [False, True], ids=["before the write", "after the write"])
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
async def test_a_host_that_dies_at_any_write_leaves_exact_figures(
    azurite: Azurite, scene: Scene, is_written: bool
) -> None:
    async for number, project in projects(azurite, scene):
        one = await project.instance()
        one.wire.dies = True
        if is_written:
            one.wire.lose_answer = NthWrite(number)
        else:
            one.wire.lose = NthWrite(number)
        try:
            await scene.act(one)
        except HostDied:
            if scene.is_message:
                await scene.act(await project.instance())
            await prove_and_finish(project)
        else:
            assert number > 1, "the scene writes nothing"
            return


@pytest.mark.parametrize("retries", [0, 2], ids=["seen by the service", "tried again by the SDK"])
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
async def test_a_write_whose_answer_is_lost_counts_once(azurite: Azurite, scene: Scene, retries: int) -> None:
    async for number, project in projects(azurite, scene):
        one = await project.instance(retries=retries)
        cut = one.wire.lose_answer = NthWrite(number)
        await again_if_cut(partial(scene.act, one))
        version = await one.board.rows.read_head(0)
        assert len(version.head.leases) <= 1, "a lease was made twice"
        await prove_and_finish(project)
        if not cut.has_come:
            assert number > 1, "the scene writes nothing"
            return


async def test_a_submission_is_answered_though_storage_fails_before_the_pack_is_closed(project: Project) -> None:
    one = await project.packs(2)
    page = await one.page("ann")

    def is_after_the_submission(request: Request) -> bool:
        return any(sent.touches("s|") for sent in one.wire.requests)

    one.wire.lose = is_after_the_submission
    assert len((await one.submit("ann", page)).given) == 2
    timer = await project.instance()
    assert await timer.letters() == "o"
    await timer.mend()
    assert await timer.letters() == "d"
    await project.prove()


async def test_nothing_is_lost_or_counted_twice_while_storage_fails_one_call_in_ten(project: Project) -> None:
    await project.packs(*[20] * 4)
    dice = random.Random(11)

    def sometimes(request: Request) -> bool:
        return dice.random() < 0.05

    instances = [await project.instance(retries=retries) for retries in (0, 2)]
    for one in instances:
        one.wire.lose = one.wire.lose_answer = sometimes
    saved = Counter[tuple[int, int]]()

    async def label(one: Instance, user: str) -> None:
        while True:
            try:
                page = await one.ask(user)
            except (AzureError, Busy):
                continue
            if isinstance(page, NothingLeft):
                return
            await again_if_cut(partial(one.submit, user, page))
            saved.update((page.pack, slot) for slot in page.lease.slots)

    await asyncio.gather(*(label(instances[index % 2], f"labeler {index}") for index in range(8)))
    await (await project.instance()).mend()
    assert saved == {(pack, slot): 1 for pack in range(4) for slot in range(20)}
    assert (await project.prove()).states == {"labeled": 80}
    await project.prove_mended()
