"""Packs whose images wait for more opinions: who finds something in them, when they are closed, and what is told to
whoever has looked at all of it. In a real Azurite, at several instances.
"""

import asyncio
import random
from contextlib import suppress

import pytest

from functions.assist.sampling import labeled_images
from functions.labeling import blobs
from functions.labeling.choice import NothingLeft
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.record import Record
from functions.labeling.work_queue import Page
from functions.problems import NotFound
from functions.projects.model import Opinions
from tests.labeling.heads import CAT, DOG, only
from tests.labeling.project import CATS_AND_DOGS, LEASE_MS, NOW, Instance, Project
from tests.labeling.test_packs import patiently

TWO = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=2, share=1)})
THREE = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=3, most=3, share=1)})
THIRD = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=3, share=1)})
LATER = NOW + LEASE_MS + 1


async def nothing_for(one: Instance, user: str, *, now: int = NOW) -> tuple[int, int]:
    """That there is nothing for a labeler; how many images are with others, and how many wait for others."""
    left = await one.ask(user, now=now, project=TWO)
    assert isinstance(left, NothingLeft)
    assert bool(left.next_free_at) == bool(left.leased_by_others)
    return left.leased_by_others, left.awaiting_others


async def begun_by(project: Project, user: str, *sizes: int) -> Instance:
    """Packs at all of whose images one labeler has looked, closed by the timer."""
    one = await project.packs(*sizes)
    await one.label_all(user, project=TWO)
    await one.mend()
    return one


async def test_the_timer_closes_a_pack_that_waits_for_more_opinions_and_who_gives_them_opens_it(
    project: Project,
) -> None:
    one = await project.packs(4)
    await one.label_all("ann", project=TWO)
    assert await one.letters() == "o"
    await (await project.instance()).mend()
    assert await one.letters() == "a"
    assert (figures := await project.prove()).states == {"waiting": 4}
    assert (figures.awaiting, figures.work["ann"].labeled) == (4, 4)
    page = await one.page("bob", 2, project=TWO)
    assert await one.letters() == "o"
    await one.mend()
    assert await one.letters() == "o"
    await one.submit("bob", page, project=TWO)
    await project.prove()
    await one.mend()
    assert await one.letters() == "a"
    assert ((figures := await project.prove()).states, figures.awaiting) == ({"waiting": 2, "labeled": 2}, 2)
    await one.label_all("bob", project=TWO)
    assert await one.letters() == "d"
    assert ((figures := await project.prove()).states, figures.awaiting) == ({"labeled": 4}, 0)
    await project.prove_mended()


async def test_it_is_learned_from_packs_that_wait_for_more_opinions_too(project: Project) -> None:
    one = await begun_by(project, "ann", 4)
    await one.label("bob", 2, project=TWO)
    await one.mend()
    assert await one.letters() == "a"
    assert len(await labeled_images(one.board, TWO)) == 2


async def test_a_pack_with_a_rejected_or_an_untouched_image_is_not_closed_as_awaiting(project: Project) -> None:
    one = await begun_by(project, "ann", 4)
    await one.label("bob", 1, project=TWO)
    await one.reject(0, [0])
    await one.mend()
    assert await one.letters() == "r"
    untouched = await project.packs(4)
    while (await untouched.label("cleo", 2, project=TWO)).pack == 0:
        pass
    await untouched.mend()
    assert await one.letters() == "ro"
    await project.prove()


@pytest.mark.parametrize("is_closed", [False, True], ids=["in an open pack", "in a closed pack"])
async def test_who_has_looked_at_all_is_told_how_many_wait_for_others(project: Project, is_closed: bool) -> None:
    one = await project.packs(4, 4)
    await one.label_all("ann", project=TWO)
    if is_closed:
        await one.mend()
    fresh = await project.instance()
    assert await nothing_for(one, "ann") == await nothing_for(fresh, "ann") == (0, 8)
    page = await one.page("bob", 3, project=TWO)
    assert await nothing_for(fresh, "ann") == await nothing_for(one, "ann") == (3, 5)
    await one.submit("bob", page, project=TWO)
    assert await nothing_for(fresh, "ann") == (0, 5)
    await one.label_all("bob", project=TWO)
    assert await nothing_for(fresh, "ann") == await nothing_for(one, "bob") == (0, 0)
    await project.prove()


async def test_what_is_kept_for_others_who_have_no_page_yet_is_not_said_to_have_the_labeler_s_opinion(
    project: Project,
) -> None:
    one = await project.packs(4)
    await one.label("bob", 4, project=THREE)
    await one.label("ann", 2, project=THREE)
    shown = await one.page("ann", 1, project=THREE)
    ahead = await one.ask("ann", 9, holding=[shown.lease.id], project=THREE)
    assert isinstance(ahead, NothingLeft)
    assert ahead.awaiting_others == 2


@pytest.mark.parametrize("is_known", [False, True], ids=["by a new instance", "by one that knows them"])
async def test_who_finds_nothing_in_awaiting_packs_reads_none_of_them(project: Project, is_known: bool) -> None:
    spent = []
    for packs in (3, 37):
        one = await begun_by(project, "ann", *[1] * packs)
        assert await one.letters() == "a" * len(project.sizes)
        here = one if is_known else await project.instance()
        here.wire.reset()
        assert await nothing_for(here, "ann") == (0, len(project.sizes))
        spent.append(sum(request.operations for request in here.wire.requests if not request.touches("dir|")))
    assert spent[1] <= spent[0]
    assert isinstance(await (await project.instance()).ask("bob", project=TWO), Page)


async def test_who_finds_something_in_one_of_many_awaiting_packs_reads_that_one(project: Project) -> None:
    await project.packs(*[2] * 39)
    for user in ("ann", "bob"):
        one = await project.instance()
        await one.label_all(user, project=THREE)
        await one.mend()
    more = await project.packs(2)
    await more.label_all("ann", project=THREE)
    await more.mend()
    assert await more.letters() == "a" * 40
    here = await project.instance()
    here.wire.reset()
    page = await here.page("bob", 2, project=THREE)
    assert page.pack == 39
    assert len(here.wire.requests) <= 8
    await project.prove()


async def test_who_had_finished_a_pack_finds_what_came_anew_once_others_have_begun_it(project: Project) -> None:
    one = await begun_by(project, "ann", 4)

    def change_a_file(head: Head) -> Change[None]:
        changed = blobs.refresh(head, missing=(), back=(), changed=(0,))
        record = Record("r|changed", "changed", "refresh", NOW, {0: None})
        return Change(blobs.prepare(changed, readable={0: True}), None, (record,))

    await one.board.packs.change(0, change_a_file, now=NOW)
    assert (await one.label("bob", 4, project=TWO)).lease.slots == (1, 2, 3, 0)
    await one.mend()
    assert await one.letters() == "a"
    assert await nothing_for(await project.instance(), "bob") == (0, 1)
    assert (await (await project.instance()).label("ann", 9, project=TWO)).lease.slots == (0,)
    assert (await project.prove()).states == {"labeled": 4}


async def test_images_that_wait_are_with_somebody_or_with_nobody_and_progress_tells_them_apart(
    project: Project,
) -> None:
    one = await begun_by(project, "ann", 4, 4)
    await one.page("bob", 3, project=TWO)
    progress = await (await project.instance()).progress()
    assert (progress.counts.awaiting, progress.awaiting, progress.leased) == (8, 5, 3)
    assert (await one.progress(LATER)).awaiting == 8
    await project.prove()


async def test_two_who_disagree_leave_an_image_disputed_and_a_third_is_asked_where_the_project_says_so(
    project: Project,
) -> None:
    one = await project.packs(4)
    await one.label_all("ann", label=CAT, project=TWO)
    await one.label("bob", 2, label=DOG, project=TWO)
    assert (await project.prove()).states == {"disputed": 2, "waiting": 2}
    await one.label("bob", 2, label=DOG, project=THIRD)
    assert ((figures := await project.prove()).states, figures.awaiting) == ({"disputed": 2, "waiting": 2}, 2)
    await one.label_all("cleo", label=DOG, project=THIRD)
    figures = await project.prove()
    assert (figures.states, figures.labels) == ({"disputed": 2, "labeled": 2}, {DOG: 2})
    assert (figures.work["ann"].agreed, figures.work["bob"].agreed, figures.work["bob"].decided) == (0, 2, 2)


async def test_fewer_opinions_hold_from_the_next_one_on_and_more_leave_what_is_labeled(project: Project) -> None:
    one = await begun_by(project, "ann", 2, 2)
    assert (await one.page("bob", 2, project=CATS_AND_DOGS)).lease.slots == (0, 1)
    page = await (await project.instance()).page("bob", 2, project=CATS_AND_DOGS)
    await one.submit("bob", page, label=DOG, project=CATS_AND_DOGS)
    assert (await project.prove()).states == {"disputed": 2, "waiting": 2}
    await one.label_all("bob", label=CAT, project=CATS_AND_DOGS)
    assert (await project.prove()).states == {"disputed": 2, "labeled": 2}
    assert isinstance(await one.ask("cleo", project=THIRD), NothingLeft)


async def test_a_late_opinion_is_saved_beside_another_s_and_decides(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 4, project=TWO)
    await one.label_all("bob", now=LATER, project=TWO)
    assert (await project.prove()).awaiting == 4
    saved = await one.submit("ann", page, now=LATER, project=TWO)
    assert (saved.taken, len(saved.given)) == ((), 4)
    assert (await one.submit("ann", page, now=LATER + 1, project=TWO)).given == saved.given
    figures = await project.prove()
    assert (figures.states, figures.work["ann"].agreed, figures.work["bob"].agreed) == ({"labeled": 4}, 4, 4)


async def test_a_late_opinion_on_what_others_decided_or_hold_is_not_saved(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 4, project=TWO)
    await one.label("bob", 4, now=LATER, project=TWO)
    await one.label("cleo", 1, now=LATER, project=TWO)
    await one.page("dora", 1, now=LATER, project=TWO)
    saved = await one.submit("ann", page, now=LATER, project=TWO)
    assert (saved.taken, sorted(saved.given)) == ((0, 1), [2, 3])
    await project.prove()


async def test_calls_at_once_by_one_labeler_give_no_image_twice(project: Project) -> None:
    one = await begun_by(project, "ann", 9, 9)
    several = [one, await project.instance()]
    first = await one.page("bob", 3, project=TWO)
    await asyncio.gather(*(several[index % 2].submit("bob", first, project=TWO) for index in range(4)))
    figures = await project.prove()
    assert (figures.work["bob"].labeled, figures.states) == (3, {"waiting": 15, "labeled": 3})


async def test_three_labelers_and_a_reviewer_at_several_instances_leave_exact_figures(project: Project) -> None:
    """Nobody twice, and decisions follow from opinions, by the records alone (tests/labeling/ledger.py)."""
    await project.packs(*[12] * 3)
    instances = [await project.instance() for _ in range(3)]
    dice = random.Random(11)

    async def label(one: Instance, user: str) -> None:
        for _ in range(40):
            page = await one.ask(user, 5, project=dice.choice([TWO, THIRD, CATS_AND_DOGS]))
            if not isinstance(page, Page):
                await asyncio.sleep(0.01)
                continue
            said = {slot: dice.choice([only(CAT), only(CAT), only(DOG), None]) for slot in page.lease.slots}
            wants = dice.choice([TWO, THIRD])
            with suppress(NotFound):
                await one.board.queue.submit(wants, user, page.lease.id, said, {}, now=NOW)

    async def review(one: Instance) -> None:
        for _ in range(14):
            pack, slots = dice.randrange(3), dice.sample(range(12), 3)
            await one.ask_again(pack, slots)
            await one.amend(dice.choice(["ann", "bob", "cleo"]), pack, slots[0], DOG, project=THIRD)
            await one.reject(pack, slots[:1])
            await one.correct(pack, slots[1:2], DOG)
            await one.take_over(dice.randrange(3), {slots[2]: CAT})
            if done := await one.reviews(pack):
                await one.undo(pack, slots, action=dice.choice(done))
            await one.board.packs.close(dice.randrange(3), NOW)

    users = ["ann", "bob", "cleo"]
    await asyncio.gather(
        *(label(one, user) for one, user in zip(instances, users, strict=True)),
        *(review(one) for one in instances[:2]),
    )
    await project.prove()
    for user in ("dora", "emil", "fay", "gus", "hal", "ida", "jo", "kim"):
        while page := await patiently(instances[0], user):
            await instances[0].submit(user, page, project=TWO)
    await instances[1].mend()
    figures = await project.prove()
    assert figures.states["waiting"] == figures.awaiting == 0
    assert await instances[2].letters() == "ddd"
