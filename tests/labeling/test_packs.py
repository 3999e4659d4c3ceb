"""Packs in storage: many labelers at several instances of the service, and figures that stay exact."""

import asyncio
import random
from collections import Counter
from contextlib import nullcontext, suppress

from functions.labeling.directory import RANGE_SIZE, Edit, Range
from functions.labeling.editions import raise_edition
from functions.labeling.work_queue import Page
from functions.problems import Busy, NotFound
from tests.labeling.heads import CAT, DOG
from tests.labeling.project import NOW, Instance, Project, prepare


async def patiently(one: Instance, user: str, *, count: int = 9, now: int = NOW) -> Page | None:
    """Asks again when told that it is busy, as the labelers' page does."""
    while True:
        try:
            page = await one.ask(user, count, now=now)
        except Busy:
            continue
        return page if isinstance(page, Page) else None


async def label_until_nothing_is_left(
    one: Instance, user: str, seen: Counter[tuple[int, int]], *, is_reviewed: bool = False
) -> None:
    while page := await patiently(one, user):
        seen.update((page.pack, slot) for slot in page.lease.slots)
        # A page of which a reviewer has labeled every image meanwhile is gone.
        with suppress(NotFound) if is_reviewed else nullcontext():
            await one.submit(user, page)


async def test_packs_that_are_prepared_wait_in_the_directory(project: Project) -> None:
    one = await project.packs(4, 4)
    assert await one.letters() == "ww"
    assert (await project.prove()).states == {"waiting": 8}


async def test_a_pack_is_open_while_it_is_in_work_and_done_when_all_is_labeled(project: Project) -> None:
    one = await project.packs(4)
    await one.label("ann", 3)
    assert await one.letters() == "o"
    await one.label("ann", 3)
    assert await one.letters() == "d"
    assert (await project.prove()).states == {"labeled": 4}


async def test_a_rejection_reopens_a_pack_that_was_done(project: Project) -> None:
    one = await project.packs(4)
    await one.label_all("ann")
    assert sorted((await one.reject(0, [1, 2])).former) == [1, 2]
    assert await one.letters() == "r"
    assert (await project.prove()).states == {"waiting": 2, "labeled": 2}


async def test_a_pack_that_came_since_an_instance_looked_is_opened_there(project: Project) -> None:
    await (await project.packs(4)).label_all("ann")
    other = await project.instance()
    await other.reject(0, [1])
    await (await project.packs(4)).label_all("ann")
    assert sorted((await other.reject(1, [2])).former) == [2]
    assert await other.letters() == "dr"
    await project.prove()


async def test_many_labelers_at_several_instances_label_every_image_exactly_once(project: Project) -> None:
    await project.packs(*[36] * 8)
    instances = [await project.instance() for _ in range(4)]
    watching, handed = await project.instance(), Counter[tuple[int, int]]()
    labelers = [
        asyncio.create_task(label_until_nothing_is_left(instances[index % 4], f"labeler {index}", handed))
        for index in range(16)
    ]
    while not all(labeler.done() for labeler in labelers):
        progress = await watching.progress()
        assert progress.counts.total == 8 * 36
        assert sum(progress.counts.states.values()) == 8 * 36
    await asyncio.gather(*labelers)
    await watching.mend()
    assert handed == {(pack, slot): 1 for pack in range(8) for slot in range(36)}
    assert await watching.letters() == "d" * 8
    assert (await project.prove()).states == {"labeled": 8 * 36}


async def test_reviews_and_undos_that_race_with_labelers_leave_exact_figures(project: Project) -> None:
    await project.packs(*[12] * 4)
    instances = [await project.instance() for _ in range(3)]
    dice = random.Random(7)

    async def review(one: Instance) -> None:
        for _ in range(12):
            pack, slots = dice.randrange(4), dice.sample(range(12), 3)
            await one.reject(pack, slots)
            await one.correct(pack, slots[:1], DOG)
            await one.confirm(pack, slots)
            await one.confirm(dice.randrange(4), range(12))
            await one.undo(pack, slots, action=dice.choice(await one.reviews(pack)))
            await one.board.packs.close(dice.randrange(4), NOW)

    handed = Counter[tuple[int, int]]()
    await asyncio.gather(
        *(
            label_until_nothing_is_left(instances[index % 3], f"labeler {index}", handed, is_reviewed=True)
            for index in range(6)
        ),
        *(review(one) for one in instances),
    )
    await project.prove()
    await instances[0].label_all("ann")
    await instances[1].mend()
    assert (await project.prove()).states == {"labeled": 48}
    assert await instances[2].letters() == "dddd"


async def test_a_rejection_at_an_instance_with_an_old_copy_of_the_pack_is_no_less_a_rejection(project: Project) -> None:
    elsewhere = await project.packs(4)
    one = await project.instance()
    await one.label("ann", 1)
    await elsewhere.label("bob", 1)
    assert set((await one.reject(0, [0, 1])).former) == {0, 1}
    assert (await project.prove()).work["bob"].rejected == 1


async def test_a_release_at_an_instance_with_an_old_copy_of_the_pack_frees_the_images(project: Project) -> None:
    elsewhere = await project.packs(4)
    one = await project.instance()
    await one.label("ann", 1)
    page = await elsewhere.page("bob", 3)
    await one.board.queue.release("bob", page.lease.id, now=NOW)
    assert len((await elsewhere.page("cleo", 3)).images) == 3


async def test_a_pack_that_was_worked_on_while_it_was_prepared_is_handed_out(project: Project) -> None:
    one = await project.unprepared(2)
    await prepare(one, 0, 1)
    await one.correct(0, [0], CAT)
    await prepare(one, 0, 2)
    await one.board.packs.close(0, NOW)
    assert (await one.page("ann")).lease.slots == (1,)


async def test_the_directory_is_read_whole_while_a_row_of_it_is_written(project: Project) -> None:
    one = await project.packs(4, 4)
    await one.letters()
    lease = asyncio.create_task(one.page("ann"))
    while not lease.done():
        assert [len(known.letters) for known in await one.board.directory.ranges()] == [2]
        await asyncio.sleep(0)
    await lease


async def test_records_are_told_in_the_order_in_which_they_were_written(project: Project) -> None:
    one = await project.packs(4)
    await one.label("ann", 4, now=NOW + 5)
    await one.reject(0, [0], now=NOW + 5)
    await one.correct(0, [0], DOG, now=NOW)
    records = await (await project.instance()).board.records.of_pack(0)
    assert [record.action for record in records] == ["submitted", "rejected", "corrected"]


async def test_opening_takes_from_the_sums_what_is_in_them_and_not_what_an_old_copy_says(project: Project) -> None:
    one = await project.packs(4)
    await one.label_all("ann")
    await (await project.instance()).correct(0, [0], DOG)
    await one.letters()
    await one.reject(0, [1])
    assert (await project.prove()).labels == {CAT: 2, DOG: 1}


async def test_a_row_that_is_inserted_later_has_the_edition_of_the_first(project: Project) -> None:
    one, other = await project.packs(3), await project.instance()
    await other.letters()
    await raise_edition(one.board.directory, one.board.rows, 7, NOW)

    async def append(_known: Range) -> Edit:
        return Edit({RANGE_SIZE: "d"})

    for _ in range(2):
        await other.board.directory.edit(RANGE_SIZE, append, NOW)
    assert [known.edition for known in await one.board.directory.ranges(fresh=True)] == [7, 7]


async def test_to_raise_the_edition_costs_two_requests_for_each_range_and_each_pack_in_work(project: Project) -> None:
    one = await project.packs(9, 9, 9)
    await one.page("ann", 2)
    in_work = sum(letter == "o" for letter in await one.letters())
    one.wire.reset()
    await raise_edition(one.board.directory, one.board.rows, 1, NOW)
    assert len(one.wire.requests) <= 2 + 2 * in_work
