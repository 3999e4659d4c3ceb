"""What a page costs: storage requests and entity operations, lease and submission together.

A point read or a write is one operation, a transaction as many as it holds, a query as many as it returns rows.
"""

import asyncio

import pytest

from functions.labeling.directory import RANGE_SIZE
from functions.labeling.limits import DAY_MS
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.projects.model import Opinions
from functions.projects.model import Project as Stored
from tests.labeling.heads import CAT, DOG, labeled
from tests.labeling.project import CATS_AND_DOGS, NOW, Instance, Project
from tests.labeling.ranges import SOME, fill, labeled_by_two

MOST_REQUESTS, MOST_OPERATIONS = 6, 9
# For each pack that is opened or closed on the way.
MORE = 2

SMALL = (50, 50)
LARGE = (99,) * 31
ALL = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=3, share=1)})


async def cost(one: Instance, user: str, *, holding: tuple[Page, ...] = ()) -> tuple[int, int, Page]:
    """Requests and operations of a page of nine, which is fetched and submitted."""
    one.wire.reset()
    page = await one.page(user, holding=[held.lease.id for held in holding])
    assert len(page.images) == 9
    await one.submit(user, page)
    return len(one.wire.requests), sum(request.operations for request in one.wire.requests), page


def assert_cheap(requests: int, operations: int, *, opened_or_closed: int = 0) -> None:
    more = MORE * opened_or_closed
    assert requests <= MOST_REQUESTS + more
    assert operations <= MOST_OPERATIONS + more


async def others_at_work(project: Project, one: Instance) -> None:
    for user in ("bob", "cleo"):
        await (await project.instance()).label(user)
    await one.letters()


@pytest.mark.parametrize("sizes", [SMALL, LARGE], ids=["a hundred images", "three thousand"])
@pytest.mark.parametrize("is_cold", [False, True], ids=["warm", "cold"])
@pytest.mark.parametrize("is_ahead", [False, True], ids=["one page", "another on screen"])
async def test_a_page_costs_little(project: Project, sizes: tuple[int, ...], is_cold: bool, is_ahead: bool) -> None:
    one = await project.packs(*sizes)
    await others_at_work(project, one)
    await one.label("ann")
    shown = (await one.page("ann"),) if is_ahead else ()
    here = await project.instance() if is_cold else one
    requests, operations, _ = await cost(here, "ann", holding=shown)
    assert_cheap(requests, operations)


async def test_every_page_costs_little_from_the_first_to_the_last(project: Project) -> None:
    """Whoever always has a page on screen and one ahead goes from pack to pack with pages in both."""
    one = await project.packs(*[27] * 4)
    shown: Page | None = None
    while True:
        before = await one.letters()
        one.wire.reset()
        page = await one.ask("ann", holding=[shown.lease.id] if shown else [])
        if shown:
            await one.submit("ann", shown)
        spent = len(one.wire.requests), sum(request.operations for request in one.wire.requests)
        after = await one.letters()
        assert_cheap(*spent, opened_or_closed=sum(old != new for old, new in zip(before, after, strict=True)))
        if not isinstance(page, Page):
            assert after == "dddd"
            return
        shown = page


@pytest.mark.parametrize("is_cold", [False, True], ids=["warm", "cold"])
async def test_a_page_that_opens_a_pack_costs_two_requests_more_at_most(project: Project, is_cold: bool) -> None:
    one = await project.packs(9)
    await one.label("ann")
    await project.packs(50)
    assert await one.letters() == "dw"
    here = await project.instance() if is_cold else one
    requests, operations, _ = await cost(here, "ann")
    assert await one.letters() == "do"
    assert_cheap(requests, operations, opened_or_closed=1)


async def test_lease_and_submission_at_two_instances_that_have_seen_nothing_cost_little(project: Project) -> None:
    await (await project.packs(*SMALL)).label("ann")
    first, second = await project.instance(), await project.instance()
    page = await first.page("ann")
    await second.submit("ann", page)
    both = [*first.wire.requests, *second.wire.requests]
    assert_cheap(len(both), sum(request.operations for request in both))


async def test_a_page_of_99_costs_no_more_requests_than_one_of_9(project: Project) -> None:
    one = await project.packs(99, 99)
    await one.label("ann", 9)
    one.wire.reset()
    page = await one.page("ann", 99)
    await one.submit("ann", page)
    assert len(one.wire.requests) <= MOST_REQUESTS + MORE


async def test_packs_that_a_crowd_opens_at_once_share_the_writes_of_their_row(project: Project) -> None:
    one = await project.packs(*[9] * 16)
    await one.letters()
    one.wire.reset()
    await asyncio.gather(*(one.page(f"labeler {number}", 9) for number in range(8)))
    assert (await one.letters()).count("o") == 8
    assert sum(request.is_write and request.touches("dir|") for request in one.wire.requests) < 8


async def test_packs_that_are_closed_at_once_are_frozen_once(project: Project) -> None:
    one = await project.packs(*[9] * 8)
    pages = [await one.page(f"labeler {number}", 9) for number in range(8)]
    one.wire.reset()
    await asyncio.gather(*(one.submit(f"labeler {number}", page) for number, page in enumerate(pages)))
    assert await one.letters() == "d" * 8
    assert sum(request.is_write and request.touches("head|") for request in one.wire.requests) == 8
    assert sum(request.is_write and request.touches("dir|") for request in one.wire.requests) <= 8
    await project.prove()


async def test_progress_costs_one_request_and_one_for_each_pack_that_is_in_work(project: Project) -> None:
    one = await project.packs(*[9] * 12)
    await one.label("ann", 2)
    await one.label("bob", 2)
    in_work = (await one.letters()).count("o")
    one.wire.reset()
    assert (await one.progress(NOW)).counts.total == 108
    assert len(one.wire.requests) == 1 + in_work


@pytest.mark.parametrize("is_ahead", [False, True], ids=["one page", "another on screen"])
@pytest.mark.parametrize("ml_assist", [False, True], ids=["off", "on"])
async def test_a_page_with_suggestions_costs_little_and_without_them_no_more_than_before(
    project: Project, monkeypatch: pytest.MonkeyPatch, ml_assist: bool, is_ahead: bool
) -> None:
    """At its most: whoever labels a page alone takes so long that nothing known is new enough any more."""
    monkeypatch.setattr("functions.labeling.suggestion_rows.MOST_AGE_SECONDS", 0)
    one, assisted = await project.packs(*LARGE), CATS_AND_DOGS.model_copy(update={"ml_assist": ml_assist})
    await others_at_work(project, one)
    await one.label("ann")
    shown = (await one.page("ann"),) if is_ahead else ()
    await suggest_all(one)
    monkeypatch.setattr("functions.labeling.directory.MOST_AGE_SECONDS", 0)
    one.wire.reset()
    page = await one.ask("ann", 9, holding=[held.lease.id for held in shown], project=assisted)
    assert isinstance(page, Page)
    assert len(page.suggestions.by_slot) == (99 if ml_assist else 0)
    saved = await one.submit("ann", page, project=assisted)
    assert len(saved.suggested) == (9 if ml_assist else 0)
    # One more is the message that there are new labels.
    assert len(one.wire.requests) + ml_assist <= MOST_REQUESTS
    assert sum(request.operations for request in one.wire.requests) <= MOST_OPERATIONS
    assert sum(request.touches("suggestions|") for request in one.wire.requests) == ml_assist


async def test_a_page_of_rejected_images_costs_the_same_however_often_they_were_rejected(project: Project) -> None:
    one = await project.packs(9)
    await one.label_all("ann")
    for day in range(12):
        await one.reject(0, range(4), now=NOW + day * DAY_MS)
        await one.reject(0, range(4, 9), now=NOW + day * DAY_MS)
        requests, operations, page = await cost(one, "ann")
        assert set(page.rejections) == set(range(9))
        # The two rejections are read, and the pack is closed again.
        assert_cheap(requests - 2, operations - 2, opened_or_closed=1)


async def suggest_all(one: Instance) -> None:
    every = {slot: Suggestion(CAT, 0.9) for slot in range(99)}
    for pack in range(len(LARGE)):
        await one.board.suggestions.put_learned(pack, range(99), every, "t")


@pytest.mark.parametrize("wants", [SOME, ALL], ids=["of a tenth of the images", "of all"])
async def test_every_page_costs_little_where_several_people_are_asked(project: Project, wants: Stored) -> None:
    """Labelers in turns, from the first page to the last; opening and closing aside."""
    one, users = await project.packs(*[27] * 4), ["ann", "bob", "cleo"]
    for user in users:
        await one.ask(user, 9, project=wants)
    while users:
        user = users.pop(0)
        before = await one.letters()
        one.wire.reset()
        page = await one.ask(user, 9, project=wants)
        if isinstance(page, Page):
            await one.submit(user, page, label=DOG if user == "bob" else CAT, project=wants)
            users.append(user)
        spent = len(one.wire.requests), sum(request.operations for request in one.wire.requests)
        after = await one.letters()
        assert_cheap(*spent, opened_or_closed=sum(old != new for old, new in zip(before, after, strict=True)))
    assert "w" not in await one.letters()
    await project.prove()


async def test_progress_of_images_with_several_opinions_costs_as_much_as_of_images_with_one(project: Project) -> None:
    """A request for all ranges, which are read together: 40 of them have a million images, and an answer has room for
    a thousand rows, or 4 MB.
    """
    one, ranges, spent = await project.instance(), 3, []
    for opinions in (1, 2):
        await fill(one.board, ranges, labeled_by_two() if opinions == 2 else labeled(99))
        here = await project.instance()
        here.wire.reset()
        progress = await here.progress(NOW)
        spent.append((len(here.wire.requests), sum(request.operations for request in here.wire.requests)))
        assert progress.counts.total == ranges * RANGE_SIZE * 99
        assert bool(progress.counts.agreement) == (opinions == 2)
    assert spent == [(1, ranges)] * 2
    rows = [row async for row in one.board.table.query("PartitionKey eq @dir", dir="dir")]
    assert max(len(str(dict(row))) for row in rows) * 40 < 4 * 2**20
