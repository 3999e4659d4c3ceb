"""Verdicts in storage: whoever is cut off, or judges at the same time as others, loses none."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

import pytest

from functions.checks import judging
from functions.checks.drawing import draw
from functions.checks.judging import Judge, Judged, judge
from functions.checks.listing import list_sample, population_of
from functions.checks.store import CHECKS, Check, Drawn, newest_done
from functions.checks.verdicts import Said
from functions.ids import newest_first_id
from functions.labeling import limits
from functions.labeling.board import board_of
from functions.labeling.head import WAITING
from functions.labeling.record import Record
from functions.labeling.work_queue import Page
from functions.problems import NotFound
from functions.projects.lifecycle import drop_project
from functions.projects.model import Project
from functions.review.actions import Action
from functions.review.undoing import undo
from functions.storage import Storage
from functions.tasks.annotation import Annotation
from tests.exports.scene import AT, CAT, DOG, NOW, Picture, project_of

RITA = Judge("rita", AT + 1000)
RIGHT, WRONG = Annotation((CAT.id,)), Annotation((DOG.id,))


async def cats(storage: Storage, count: int, pack_size: int = 5) -> Project:
    return await project_of(storage, [Picture(f"{number:02}.png") for number in range(count)], pack_size=pack_size)


async def labeled_by_ann(storage: Storage, count: int) -> Project:
    """With the records that tell so."""
    waiting = [Picture(f"{number:02}.png", label=None, state=WAITING) for number in range(count)]
    project = await project_of(storage, waiting)
    queue = board_of(storage, project).queue
    page = await queue.lease(project, "ann", count, [], now=AT)
    assert isinstance(page, Page)
    await queue.submit(project, "ann", page.lease.id, dict.fromkeys(page.lease.slots, RIGHT), {}, now=AT)
    return project


async def checked(storage: Storage, project: Project, size: int) -> Check:
    """A check that was drawn."""
    empty = Check(id=newest_first_id(datetime.now(UTC)), project_id=project.id, asked_at=datetime.now(UTC), by="rita")
    sample = await draw(board_of(storage, project), population_of(empty, project), size, Random(1))
    check = empty.model_copy(update={"images": tuple(sample)})
    await CHECKS.insert(storage, check)
    return check


def right(images: Sequence[Drawn]) -> list[Said]:
    return [Said(image.image, image.at, "right") for image in images]


def wrong(images: Sequence[Drawn]) -> list[Said]:
    return [Said(image.image, image.at, "wrong", WRONG) for image in images]


async def records(storage: Storage, project: Project) -> list[Record]:
    board = board_of(storage, project)
    return [record for pack in range(4) for record in await board.records.of_pack(pack)]


async def verdicts(storage: Storage, check: Check) -> list[str | None]:
    return [image.verdict for image in (await CHECKS.load(storage, check.project_id, check.id)).images]


async def test_a_call_that_was_cut_off_before_it_changed_the_images_is_made_again(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await cats(storage, 10)
    check = await checked(storage, project, 10)
    said = [*right(check.images[:4]), *wrong(check.images[4:6])]

    async def cut_off(*_args: object, **_named: object) -> None:
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(judging, "change_within_limit", cut_off)
        with pytest.raises(TimeoutError):
            await judge(storage, project, check.id, RITA, said)
    assert await records(storage, project) == []
    for _ in range(2):
        done = await judge(storage, project, check.id, RITA, said)
        assert (len(done.saved), done.stale) == (6, [])
    written = await records(storage, project)
    changed = [(record.action, slot) for record in written for slot in record.given]
    assert sorted(action for action, _ in changed) == ["confirmed"] * 4 + ["corrected"] * 2
    # One record of each kind in a pack at most.
    assert len({(record.key, record.action) for record in written}) == 2
    assert await verdicts(storage, check) == ["right"] * 4 + ["wrong"] * 2 + [None] * 4


async def test_a_verdict_that_was_cut_off_while_it_was_taken_back_is_taken_back_by_the_next_call(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await labeled_by_ann(storage, 5)
    check = await checked(storage, project, 5)
    image = check.images[0]
    await judge(storage, project, check.id, RITA, wrong([image]))

    async def cut_off(*_args: object) -> None:
        raise TimeoutError

    back = [Said(image.image, image.at, None)]
    with monkeypatch.context() as patched:
        patched.setattr(judging, "save_over", cut_off)
        with pytest.raises(TimeoutError):
            await judge(storage, project, check.id, RITA, back)
    assert (await judge(storage, project, check.id, RITA, back)).saved == [image.image]
    assert await verdicts(storage, check) == [None] * 5
    listed = await list_sample(storage, project, check.id, None, 0, 10, Random(2), now=NOW)
    assert (listed.replaced, [one.drawn for one in listed.seen]) == ([], list(check.images))


async def test_a_call_that_overtakes_itself_can_be_taken_back_all_the_same(storage: Storage) -> None:
    """As when a page that has waited too long sends its verdicts again while they are being saved."""
    project = await labeled_by_ann(storage, 5)
    check = await checked(storage, project, 5)
    said = [*right(check.images[:2]), *wrong(check.images[2:])]
    await asyncio.gather(*(judge(storage, project, check.id, RITA, said) for _ in range(3)))
    back = [Said(image.image, image.at, None) for image in check.images]
    assert (await judge(storage, project, check.id, RITA, back)).stale == []
    listed = await list_sample(storage, project, check.id, None, 0, 10, Random(2), now=NOW)
    assert (listed.replaced, [one.drawn for one in listed.seen]) == ([], list(check.images))
    assert [one.slot.reviewed for one in listed.seen if one.slot] == [None] * 5


async def test_what_somebody_else_has_undone_is_done_anew_by_the_same_verdict(storage: Storage) -> None:
    project = await labeled_by_ann(storage, 5)
    check = await checked(storage, project, 5)
    said = wrong(check.images[:1])
    await judge(storage, project, check.id, RITA, said)
    review = (await CHECKS.load(storage, project.id, check.id)).images[0].review
    (pack, slot), board = check.images[0].place, board_of(storage, project)
    assert review
    await undo(board, pack, [slot], review, Action("boss", AT + 2000), project)
    assert (await board.rows.read_head(pack)).head.slots[slot].labels == (CAT.id,)
    assert (await judge(storage, project, check.id, RITA, said)).saved == [said[0].image]
    assert (await board.rows.read_head(pack)).head.slots[slot].labels == (DOG.id,)


async def test_a_verdict_whose_review_cannot_be_undone_stays(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the reviewer has changed the image too often."""
    monkeypatch.setattr(limits, "MOST_CHANGES", 3)
    project = await labeled_by_ann(storage, 5)
    check = await checked(storage, project, 5)
    [image, *others] = check.images
    back = [Said(image.image, image.at, None)]
    for said in (right([image]), back, right([image])):
        assert (await judge(storage, project, check.id, RITA, said)).saved == [image.image]
    assert (await judge(storage, project, check.id, RITA, back)).stale == [image.image]
    # What is only said is saved as ever.
    assert (await judge(storage, project, check.id, RITA, right(others))).stale == []
    assert await verdicts(storage, check) == ["right"] * 5


async def test_reviewers_who_judge_one_check_at_the_same_time_lose_no_verdict(storage: Storage) -> None:
    project = await cats(storage, 18)
    check = await checked(storage, project, 18)

    async def judged(number: int) -> Judged:
        said = wrong if number % 2 else right
        some = check.images[number * 3 : number * 3 + 3]
        return await judge(storage, project, check.id, Judge(f"rita {number}", AT + 1000), said(some))

    done = await asyncio.gather(*map(judged, range(6)))
    assert [one.stale for one in done] == [[]] * 6
    assert await verdicts(storage, check) == (["right"] * 3 + ["wrong"] * 3) * 3
    changed = [slot for record in await records(storage, project) for slot in record.given]
    assert len(changed) == 18
    assert await newest_done(storage, project.id) == await CHECKS.load(storage, project.id, check.id)


async def test_a_page_of_images_that_two_ask_for_at_once_is_replaced_once(storage: Storage) -> None:
    project = await cats(storage, 20)
    check = await checked(storage, project, 10)
    other = await checked(storage, project, 10)
    gone = {image.image for image in check.images[:5]}
    await judge(storage, project, other.id, RITA, wrong([one for one in other.images if one.image in gone]))
    pages = await asyncio.gather(
        *(list_sample(storage, project, check.id, "none", 0, 10, Random(seed), now=NOW) for seed in (1, 2))
    )
    one, two = ([seen.drawn.image for seen in page.seen] for page in pages)
    assert one == two
    assert len(set(one)) == 10
    named = [image for page in pages for image in page.replaced]
    assert len(named) == len(set(named)) == len([image for image in other.images if image.image in gone])


async def test_a_labels_check_draws_others_of_its_label(storage: Storage) -> None:
    pictures = [Picture(f"{number:02}.png", label=DOG.id if number < 4 else CAT.id) for number in range(12)]
    project = await project_of(storage, pictures, pack_size=5)
    board, population = board_of(storage, project), population_of(_of_label(project, DOG.id), project)
    sample = await draw(board, population, 3, Random(1))
    check = _of_label(project, DOG.id).model_copy(update={"images": tuple(sample)})
    await CHECKS.insert(storage, check)
    other = await checked(storage, project, 12)
    dog = next(image for image in other.images if image.image == sample[0].image)
    await judge(storage, project, other.id, RITA, [Said(dog.image, dog.at, "wrong", RIGHT)])
    listed = await list_sample(storage, project, check.id, None, 0, 10, Random(2), now=NOW)
    assert listed.replaced == [sample[0].image]
    assert [seen.drawn.labels for seen in listed.seen] == [(DOG.id,)] * 3
    assert await newest_done(storage, project.id) is None


def _of_label(project: Project, label: int) -> Check:
    now = datetime.now(UTC)
    return Check(id=newest_first_id(now), project_id=project.id, asked_at=now, label=label, by="rita")


async def test_a_sample_of_a_thousand_images_with_fifty_labels_each_fits_into_its_row(storage: Storage) -> None:
    now = datetime.now(UTC)
    image = Drawn(
        image="009999-98",
        labels=tuple(range(450, 500)),
        labeler="u" * 128,
        at=AT,
        verdict="unclear",
        review="0123456789abcdef",
    )
    check = Check(id=newest_first_id(now), project_id="abcdefghijkm", asked_at=now, images=(image,) * 1000, by="rita")
    await CHECKS.insert(storage, check)
    assert await CHECKS.load(storage, check.project_id, check.id) == check


async def test_a_deleted_project_takes_its_checks_along(storage: Storage) -> None:
    project = await cats(storage, 10)
    check = await checked(storage, project, 10)
    await drop_project(storage, project)
    with pytest.raises(NotFound):
        await CHECKS.load(storage, project.id, check.id)
