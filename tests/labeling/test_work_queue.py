"""Which images a labeler gets, and what becomes of a page."""

import asyncio

import pytest

from functions.labeling.choice import NothingLeft
from functions.labeling.refusals import WrongImages
from functions.labeling.work_queue import Page
from functions.problems import Busy, Conflict, NotFound, Paused
from tests.labeling.heads import CAT, DOG, MINUTE, only
from tests.labeling.project import CATS_AND_DOGS, LEASE_MS, NOW, Instance, Project

LATER = NOW + LEASE_MS + 1
PAUSED = CATS_AND_DOGS.model_copy(update={"status": "paused"})


async def held_by(one: Instance, user: str, packs: int) -> list[str]:
    """The leases of a labeler, by the heads themselves."""
    heads = [(await one.board.rows.read_head(pack)).head for pack in range(packs)]
    return [lease.id for head in heads for lease in head.leases if lease.labeler == user]


async def test_a_page_holds_as_many_images_as_were_asked_for_of_one_pack(project: Project) -> None:
    one = await project.packs(15)
    first = await one.page("ann", 9)
    assert (len(first.images), first.images[0].name, first.lease.until) == (9, "000000-00.png", NOW + LEASE_MS)
    assert first.short is None
    rest = await one.page("bob", 9)
    assert (len(rest.images), rest.short) == (6, "rest")


async def test_what_is_left_of_a_pack_is_divided_evenly_and_says_so(project: Project) -> None:
    one = await project.packs(48)
    pages = [await one.page(user, 36) for user in ("ann", "bob")]
    assert [(len(page.images), page.short) for page in pages] == [(24, "divided"), (24, "rest")]


async def test_a_short_page_of_rejected_images_says_so(project: Project) -> None:
    one = await project.packs(9)
    page = await one.label("ann", 9)
    await one.reject(page.pack, [4, 5])
    again = await one.page("bob", 9)
    assert (len(again.images), again.short) == (2, "rejected")
    assert (await one.page("bob", 9)).short is None


async def test_a_lease_that_the_page_does_not_show_comes_back(project: Project) -> None:
    one = await project.packs(40)
    first = await one.page("ann")
    assert await one.page("ann") == first


async def test_a_lease_made_at_another_instance_comes_back(project: Project) -> None:
    here = await project.packs(40, 40)
    elsewhere = await project.instance()
    await here.label("ann")
    first = await elsewhere.page("ann")
    assert (await here.page("ann")).lease == first.lease
    second = await elsewhere.page("ann", holding=[first.lease.id])
    assert (await here.page("ann", holding=[first.lease.id])).lease == second.lease


async def test_a_lease_made_at_another_instance_comes_back_even_where_another_pack_is_next(project: Project) -> None:
    here = await project.packs(4)
    await here.label_all("bob")
    await project.packs(12)
    await here.label("ann", 2)
    first = await (await project.instance()).page("ann", 2)
    await here.reject(0, [0])
    assert (await here.page("ann", 2)).lease == first.lease


async def test_images_given_back_at_another_instance_are_found(project: Project) -> None:
    here = await project.packs(4)
    page = await here.page("bob")
    await (await project.instance()).board.queue.release("bob", page.lease.id, now=NOW)
    assert (await here.page("ann")).lease.slots == page.lease.slots


async def test_a_page_that_was_submitted_at_another_instance_does_not_come_back(project: Project) -> None:
    here = await project.packs(40)
    first = await here.page("ann")
    await (await project.instance()).submit("ann", first)
    assert not set((await here.page("ann")).lease.slots) & set(first.lease.slots)


async def test_a_page_is_fetched_ahead_and_a_third_is_refused(project: Project) -> None:
    one = await project.packs(40)
    first = await one.page("ann")
    second = await one.page("ann", holding=[first.lease.id])
    assert not set(first.lease.slots) & set(second.lease.slots)
    with pytest.raises(Conflict):
        await one.ask("ann", holding=[first.lease.id, second.lease.id])
    await one.submit("ann", first)
    third = await one.page("ann", holding=[second.lease.id])
    assert third.lease.id not in (first.lease.id, second.lease.id)


@pytest.mark.parametrize("instances", [1, 2])
@pytest.mark.parametrize("held", [0, 1])
async def test_calls_at_once_never_give_a_third_lease(project: Project, instances: int, held: int) -> None:
    await project.packs(40, 40)
    several = [await project.instance() for _ in range(instances)]
    await several[0].label("ann")
    holding = [(await several[0].page("ann")).lease.id for _ in range(held)]
    calls = (several[index % instances].ask("ann", 3, holding=holding) for index in range(12))
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert any(isinstance(answer, Page) for answer in answers)
    assert all(isinstance(answer, Page if instances == 1 else Page | Busy) for answer in answers)
    assert len(await held_by(several[0], "ann", 2)) <= 2


async def test_calls_at_once_while_the_labeler_s_pack_runs_out_lose_no_lease(project: Project) -> None:
    one = await project.packs(10, 10)
    await one.label("ann")
    answers = await asyncio.gather(*(one.ask("ann", 1) for _ in range(4)), return_exceptions=True)
    pages = {answer.lease.id for answer in answers if isinstance(answer, Page)}
    assert set(await held_by(one, "ann", 2)) == pages
    back = {(await (await project.instance()).page("ann")).lease.id}
    assert back <= pages


async def test_a_paused_project_gives_back_what_is_held_and_nothing_new(project: Project) -> None:
    one = await project.packs(40)
    first = await one.page("ann")
    assert await one.ask("ann", project=PAUSED) == first
    with pytest.raises(Paused):
        await one.ask("ann", holding=[first.lease.id], project=PAUSED)
    assert (await one.submit("ann", first)).given
    with pytest.raises(Paused):
        await one.ask("bob", project=PAUSED)


async def test_who_finds_nothing_learns_what_others_hold_and_when_it_may_come_free(project: Project) -> None:
    one = await project.packs(6)
    for user, count, minutes in (("ann", 4, 20), ("bob", 2, 10)):
        lent_for = CATS_AND_DOGS.model_copy(update={"lease_minutes": minutes})
        assert isinstance(await one.ask(user, count, project=lent_for), Page)
    assert await one.ask("cleo") == NothingLeft(leased_by_others=6, next_free_at=NOW + 10 * MINUTE)
    elsewhere = await project.instance()
    assert await elsewhere.ask("cleo") == NothingLeft(leased_by_others=6, next_free_at=NOW + 10 * MINUTE)


async def test_nobody_fetches_ahead_what_others_need_to_go_on(project: Project) -> None:
    one = await project.packs(20)
    await one.label("bob", 4)
    first = await one.page("ann", 4)
    ahead = await one.page("ann", 4, holding=[first.lease.id])
    await one.submit("ann", first)
    assert await one.ask("ann", 5, holding=[ahead.lease.id]) == NothingLeft(0, None)
    assert len((await one.page("bob", 4)).images) == 4
    await one.submit("ann", ahead)
    assert len((await one.page("ann", 4)).images) == 4


async def test_who_works_alone_fetches_ahead_to_the_last_image(project: Project) -> None:
    one = await project.packs(6)
    first = await one.page("ann", 4)
    assert len((await one.page("ann", 4, holding=[first.lease.id])).images) == 2


async def test_a_crowd_that_waits_for_the_last_images_shares_what_one_of_them_reads(project: Project) -> None:
    one = await project.packs(*[4] * 6)
    held = [await one.page("ann", 4)]
    held += [await one.page(f"labeler {number}", 4) for number in range(5)]
    await one.ask("bob")
    one.wire.reset()
    waiting = [f"waiting {number}" for number in range(20)]
    assert set(await asyncio.gather(*(one.ask(user) for user in waiting))) == {NothingLeft(24, NOW + LEASE_MS)}
    own_rows = len(waiting) * 2
    assert len(one.wire.requests) <= own_rows + 3 * (len(held) + 1)
    await one.submit("ann", held[0])


async def test_one_s_own_page_is_not_with_others(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann")
    assert await one.ask("ann", holding=[page.lease.id]) == NothingLeft(0, None)
    await one.submit("ann", page)
    assert await one.ask("ann") == NothingLeft(0, None)


async def test_an_expired_page_goes_to_others_and_only_then(project: Project) -> None:
    one = await project.packs(4)
    first = await one.page("ann")
    assert isinstance(await one.ask("bob", now=NOW + LEASE_MS - 1), NothingLeft)
    assert (await one.page("bob", now=NOW + LEASE_MS)).lease.slots == first.lease.slots


async def test_a_renewed_page_stays_with_its_labeler(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann")
    await one.board.queue.renew(CATS_AND_DOGS, "ann", page.lease.id, now=NOW + MINUTE)
    assert isinstance(await one.ask("bob", now=LATER), NothingLeft)
    assert not (await one.submit("ann", page, now=LATER)).taken


async def test_a_lease_whose_images_went_to_others_cannot_be_renewed(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann")
    await one.page("bob", 1, now=LATER)
    with pytest.raises(NotFound):
        await one.board.queue.renew(CATS_AND_DOGS, "ann", page.lease.id, now=LATER)


async def test_a_page_given_back_is_handed_to_the_next(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann")
    await one.board.queue.release("ann", page.lease.id, now=NOW)
    await one.board.queue.release("ann", page.lease.id, now=NOW)
    assert (await one.page("bob")).lease.slots == page.lease.slots


async def test_a_late_submission_is_saved_but_for_what_others_took(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann")
    await one.page("bob", 1, now=LATER)
    saved = await one.submit("ann", page, now=LATER)
    assert (saved.taken, sorted(saved.given)) == ((0,), [1, 2, 3])
    assert await one.submit("ann", page, now=LATER + 1) == saved
    assert (await project.figures()).work["ann"].labeled == 3


async def test_the_same_submission_again_gives_the_first_answer_and_changes_nothing(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 2)
    elsewhere, with_old_copy = await project.instance(), await project.instance()
    await with_old_copy.board.packs.head(0)
    first = await one.submit("ann", page, label=CAT)
    for instance in (one, elsewhere, with_old_copy):
        assert (await instance.submit("ann", page, label=DOG, now=NOW + 1)).given == first.given
    assert (
        await elsewhere.board.queue.submit(CATS_AND_DOGS, "ann", page.lease.id, {}, {}, now=NOW)
    ).given == first.given
    assert (await project.prove()).labels == {CAT: 2}


async def test_the_same_submission_sent_twice_at_once_counts_once(project: Project) -> None:
    one = await project.packs(4)
    elsewhere, page = await project.instance(), await one.page("ann", 2)
    first, second = await asyncio.gather(one.submit("ann", page), elsewhere.submit("ann", page))
    assert first.given == second.given
    assert (await project.prove()).work["ann"].labeled == 2


@pytest.mark.parametrize(
    "lease_id", ["", "x", "000000-", "000000-zz", "999999-0123456789abcdef", "00000a-01", "000000"]
)
async def test_an_unknown_lease_is_not_found(project: Project, lease_id: str) -> None:
    one = await project.packs(4)
    with pytest.raises(NotFound):
        await one.board.queue.submit(CATS_AND_DOGS, "ann", lease_id, {0: only(CAT)}, {}, now=NOW)
    with pytest.raises(NotFound):
        await one.board.queue.renew(CATS_AND_DOGS, "ann", lease_id, now=NOW)


async def test_nobody_submits_the_page_of_another(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 2)
    with pytest.raises(NotFound):
        await one.submit("bob", page)
    await one.submit("ann", page)
    with pytest.raises(NotFound):
        await one.submit("bob", page)


async def test_a_page_with_an_image_too_few_is_refused_and_nothing_is_saved(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 2)
    with pytest.raises(WrongImages) as wrong:
        await one.board.queue.submit(CATS_AND_DOGS, "ann", page.lease.id, {0: only(CAT)}, {}, now=NOW)
    assert wrong.value.lacking == [1]
    assert (await project.prove()).states == {"waiting": 4}
    assert (await one.submit("ann", page)).given


async def test_a_skipped_image_keeps_its_reason(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 2)
    given = {0: only(CAT), 1: None}
    saved = await one.board.queue.submit(CATS_AND_DOGS, "ann", page.lease.id, given, {1: "blurred"}, now=NOW)
    assert (saved.given, saved.reasons) == (given, {1: "blurred"})
    assert (await project.prove()).work["ann"].skipped == 1


async def test_a_correction_takes_one_image_from_a_page_fetched_ahead(project: Project) -> None:
    one, other = await project.packs(27), await project.instance()
    shown = await one.page("ann")
    ahead = await one.page("ann", holding=[shown.lease.id])
    first, *rest = ahead.lease.slots
    await other.correct(ahead.pack, [first], DOG)
    await one.submit("ann", shown)
    following = await one.page("ann", holding=[ahead.lease.id])
    assert not set(following.images) & set(ahead.images)
    assert list((await one.page("ann", holding=[following.lease.id])).images) == rest
    record = await one.submit("ann", ahead)
    assert (sorted(record.given), record.taken) == (rest, (first,))
    await project.prove()
