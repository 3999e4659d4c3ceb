"""Another instance that comes between any two writes of this one."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from tests.labeling.heads import DOG
from tests.labeling.project import Instance
from tests.labeling.scenes import SCENES, Scene, projects, prove_and_finish
from tests.labeling.wire import NthWrite, Request
from tests.running import Storage as Azurite

Intruder = Callable[[Instance], Awaitable[None]]


async def the_timer(other: Instance) -> None:
    await other.mend()


async def a_reviewer(other: Instance) -> None:
    await other.correct(0, [2], DOG)


async def a_reviewer_and_the_timer(other: Instance) -> None:
    await a_reviewer(other)
    await the_timer(other)


INTRUDERS = [the_timer, a_reviewer, a_reviewer_and_the_timer]


@pytest.mark.parametrize("intruder", INTRUDERS, ids=lambda intruder: intruder.__name__)
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after, and this instance reads the directory then"])
async def test_whoever_comes_between_any_two_writes_leaves_exact_figures(
    azurite: Azurite, scene: Scene, intruder: Intruder, is_after: bool
) -> None:
    async for number, project in projects(azurite, scene):
        one, other = await project.instance(), await project.instance()
        is_it = NthWrite(number)

        async def come_between(request: Request, is_it: NthWrite, one: Instance, other: Instance) -> None:
            if is_it(request):
                await intruder(other)
                if is_after:
                    await one.letters()

        meeting = partial(come_between, is_it=is_it, one=one, other=other)
        if is_after:
            one.wire.after = meeting
        else:
            one.wire.before = meeting
        await scene.act(one)
        await prove_and_finish(project)
        if not is_it.has_come:
            assert number > 1, "the scene writes nothing"
            return
