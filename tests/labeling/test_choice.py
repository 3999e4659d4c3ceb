"""Which pack a labeler's next page comes from."""

import pytest

from functions.labeling import choice
from functions.labeling.work_queue import Page
from functions.refresh.packing import pack_sizes
from functions.tasks.annotation import Annotation
from tests.labeling.project import NOW, Project


async def test_rejected_images_come_first_with_the_reason_and_their_former_label(project: Project) -> None:
    one = await project.packs(9, 9, 9)
    first = await one.label("ann", 3)
    await one.label("bob", 3)
    await one.reject(first.pack, [first.lease.slots[1]], reason="That is a dog.")
    again = await one.page("cleo", 2)
    assert (again.pack, again.lease.slots[0]) == (first.pack, first.lease.slots[1])
    action = again.rejections[first.lease.slots[1]]
    assert (action.reason, action.by, action.given) == (
        "That is a dog.",
        "rita",
        {first.lease.slots[1]: Annotation((1,))},
    )
    assert list(again.rejections) == [first.lease.slots[1]]


async def test_a_pack_whose_rejected_images_are_all_handed_out_draws_nobody(project: Project) -> None:
    one = await project.packs(9, 9, 9, 9)
    rejected = await one.label("ann", 3)
    own = await one.label("bob", 2)
    while own.pack == rejected.pack:
        own = await one.label("bob", 9)
    await one.reject(rejected.pack, [0])
    assert (await one.page("cleo", 1)).pack == rejected.pack
    assert (await one.page("bob", 2)).pack == own.pack


async def test_images_rejected_at_another_instance_come_first_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "LOOK_AGAIN_SECONDS", 0.0)
    here = await project.packs(9, 9, 9, 9)
    first = (await here.label("ann", 2)).pack
    own = (await here.label("bob", 9)).pack
    while own == first:
        own = (await here.label("bob", 9)).pack
    await (await project.instance()).reject(first, [1])
    await here.letters()
    assert (await here.page("bob", 1)).rejections


@pytest.mark.parametrize("labelers", [1, 3, 6])
async def test_nearly_all_pages_of_36_over_700_images_have_24_at_least(project: Project, labelers: int) -> None:
    """Each labeler has a page on screen and one ahead, as in the browser."""
    one = await project.packs(*pack_sizes(700))
    shown: dict[str, Page] = {}
    sizes: list[int] = []
    users = [f"labeler {number}" for number in range(labelers)]
    while users:
        for user in list(users):
            page = await one.ask(user, 36, holding=[shown[user].lease.id] if user in shown else [])
            if user in shown:
                await one.submit(user, shown.pop(user))
            if isinstance(page, Page):
                shown[user] = page
                sizes.append(len(page.images))
            elif not (await one.progress(NOW)).counts.states["waiting"]:
                users.remove(user)
    assert sum(sizes) == 700
    assert sum(size >= 24 for size in sizes) >= 0.95 * len(sizes), sizes


async def test_a_page_is_full_as_long_as_an_open_pack_fills_it_and_then_the_largest(project: Project) -> None:
    one = await project.packs(*[30] * 4)
    first = await one.label("ann", 18)
    sizes = [len((await one.label("ann", 18)).images) for _ in range(6)]
    assert len(first.images) == 18
    assert sizes == [18, 12, 18, 12, 18, 12] or sizes == [18, 12, 12, 18, 18, 12], sizes


async def test_a_labeler_stays_in_their_pack_until_it_has_nothing_left(project: Project) -> None:
    one = await project.packs(*[12] * 6)
    for other in ("bob", "cleo"):
        await one.label(other, 2)
    packs = [(await one.label("ann", 3)).pack for _ in range(4)]
    assert len(set(packs[:3])) == 1


@pytest.mark.parametrize("labelers", [1, 3, 5])
async def test_no_more_packs_are_opened_than_twice_as_many_as_there_are_labelers(
    project: Project, labelers: int
) -> None:
    one = await project.packs(*[6] * 16)
    for _ in range(4):
        for labeler in range(labelers):
            await one.label(f"labeler {labeler}", 2)
    assert (await one.letters()).count("o") <= 2 * labelers


async def test_who_was_last_here_long_ago_widens_no_window(project: Project) -> None:
    one = await project.packs(*[9] * 16)
    for labeler in range(8):
        await one.label(f"labeler {labeler}", 1)
    opened = (await one.letters()).count("o")
    await one.label("late", 1, now=NOW + choice.ACTIVE_MS)
    assert (await one.letters()).count("o") == opened


async def test_no_pack_is_passed_over(project: Project) -> None:
    """Of the waiting ones as many are tried at random as the window lacks, then the others."""
    board = (await project.packs(*[9] * 3)).board
    tried = choice.Choice(board.packs)
    tried.note_active("ann", NOW)
    assert sorted(tried.candidates(await board.directory.ranges(fresh=True), "ann", None, 9, NOW)) == [0, 1, 2]
