"""One person changes one image so often a day, by whatever call, and the same label again changes nothing."""

import asyncio

import pytest

from functions.labeling import limits
from functions.labeling.limits import DAY_MS
from tests.labeling.heads import CAT, DOG
from tests.labeling.project import NOW, Instance, Project

MOST = 6
SLOTS = [0]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CHANGES", MOST)


async def corrected_often(one: Instance, count: int, *, now: int = NOW) -> int:
    """How many of so many changes of an image's label by Rita were made."""
    done = [await one.correct(0, SLOTS, (CAT, DOG)[number % 2], now=now) for number in range(count)]
    return sum(bool(one.corrected) for one in done)


async def test_a_label_is_corrected_so_often_and_then_not_any_more(project: Project) -> None:
    one = await project.packs(4)
    assert await corrected_often(one, MOST + 3) == MOST
    done = await one.correct(0, SLOTS, CAT)
    assert (done.corrected, done.spent) == ({}, (0,))
    assert len(await one.board.records.of_pack(0)) == MOST


async def test_other_images_other_people_and_the_next_day_are_free(project: Project) -> None:
    one = await project.packs(4)
    await corrected_often(one, MOST)
    assert list((await one.correct(0, [0, 1], CAT)).corrected) == [1]
    assert (await one.take_over(0, {0: CAT})).labeled == (0,)
    assert (await one.correct(0, SLOTS, DOG, now=NOW + DAY_MS - 1)).spent == (0,)
    assert list((await one.correct(0, SLOTS, DOG, now=NOW + DAY_MS)).corrected) == [0]


async def test_calls_at_once_of_two_processes_are_counted_too(project: Project) -> None:
    one, other = await project.packs(4), await project.instance()
    labels = [(CAT, DOG)[number % 2] for number in range(3 * MOST)]
    await asyncio.gather(*((one, other)[number % 2].correct(0, SLOTS, label) for number, label in enumerate(labels)))
    assert len(await one.board.records.of_pack(0)) <= MOST


async def test_a_rejection_is_a_change_like_a_correction(project: Project) -> None:
    one = await project.packs(4)
    assert await corrected_often(one, MOST - 1) == MOST - 1
    assert (await one.reject(0, SLOTS)).former
    await one.take_over(0, {0: CAT})
    done = await one.reject(0, [0, 1])
    assert (done.former, done.spent, done.stale) == ({}, (0,), (1,))


async def test_an_undoing_is_a_change_like_a_correction(project: Project) -> None:
    one = await project.packs(4)
    for number in range(MOST):
        await one.correct(0, SLOTS, (CAT, DOG)[number % 2])
        await one.undo(0, SLOTS, action=(await one.reviews(0))[-1])
    # Rudi has undone as often as he may; the next day brings him new changes.
    await one.correct(0, SLOTS, DOG, now=NOW + DAY_MS)
    [*_, last] = await one.reviews(0)
    assert await one.undo(0, SLOTS, action=last) == set()
    assert await one.undo(0, SLOTS, action=last, now=NOW + DAY_MS) == {0}


async def test_while_a_pack_has_few_records_none_is_read(project: Project) -> None:
    one = await project.packs(4)
    await one.label("ann", 2)
    await one.correct(0, SLOTS, DOG)
    one.wire.reset()
    await one.correct(0, SLOTS, CAT)
    assert len(one.wire.requests) == 1


@pytest.mark.parametrize("label", [CAT, None], ids=["labeled", "skipped"])
async def test_the_same_again_leaves_no_record_and_no_trace(project: Project, label: int | None) -> None:
    one = await project.packs(4)
    await one.correct(0, SLOTS, label)
    before = (await one.board.rows.read_head(0)).head
    done = await one.correct(0, [0, 1], label, now=NOW + 1)
    assert (list(done.corrected), done.unchanged) == ([1], (0,))
    head = (await one.board.rows.read_head(0)).head
    assert (head.slots[0], head.records) == (before.slots[0], before.records + 1)
