"""Files that could not be read for a reason that may pass: they are tried again until they can, and at little cost; and
it is told whether some files have trouble or the datastore.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bench.refresh.container import Names, name_of
from functions.backups.heads import make_directory
from functions.datastores import connect as connect_module
from functions.datastores.troubles import ALL_ARCHIVED, BUSY
from functions.labeling import blobs, relabeling
from functions.labeling.directory import AWAITING, RANGE_SIZE, Edit, Range
from functions.labeling.head import Head, new_head
from functions.labeling.packs import Change
from functions.labeling.progress import read_progress
from functions.labeling.rows import Image
from functions.projects.store import change_project
from functions.refresh import reading as reading_module
from functions.refresh.deferring import FORMER_PROBLEMS
from functions.refresh.packing import PreparationMessage
from functions.refresh.schedule import look_around
from functions.refresh.troubles import end_pause, note_deferred
from functions.storage import PREPARATIONS_QUEUE
from tests.labeling.heads import saying
from tests.refresh.moody import Mood, MoodyContainer
from tests.refresh.scene import Account, Process, now

COUNT = 20
# Some packs.
MANY = 120
ALWAYS = 10**6
SOME = (3, 5)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "PAUSES_SECONDS", (0, 0))
    monkeypatch.setitem(connect_module.PATIENCE, "retry_total", 0)


@pytest_asyncio.fixture
async def container() -> AsyncIterator[MoodyContainer]:
    async with MoodyContainer(COUNT).serving() as made:
        yield made


def moods(numbers: Iterable[int], mood: Mood) -> dict[str, tuple[Mood, int]]:
    return {name_of(number): (mood, ALWAYS) for number in numbers}


async def prepared(account: Account, container: MoodyContainer) -> tuple[Process, str]:
    """A project whose images were prepared as far as their files could be read."""
    project, one = await account.over(container.url), await account.process()
    await one.refresh(project)
    await one.prepare(project)
    return one, project


async def deferred(one: Process, project: str) -> int:
    progress = await read_progress(await one.board(project), int(now().timestamp() * 1000))
    return progress.counts.deferred


@pytest.mark.parametrize("mood", [Mood.BUSY, Mood.DENIED, Mood.ARCHIVED])
async def test_a_file_that_could_not_be_read_is_read_after_the_next_refresh(
    account: Account, container: MoodyContainer, mood: Mood
) -> None:
    container.moods = moods(SOME, mood)
    one, project = await prepared(account, container)
    assert await one.states(project) == {"waiting": COUNT - 2, "unreadable": 2}
    assert await deferred(one, project) == 2
    assert (await one.project(project)).trouble is None
    await one.prove(project)
    container.moods = {}
    await one.refresh(project)
    assert await one.prepare(project) == [0]
    assert await one.states(project) == {"waiting": COUNT}
    assert {image.problem for image in (await one.images(project)).values()} == {None}
    assert await deferred(one, project) == 0
    await one.prove(project)
    # It is known that nothing is left.
    await one.refresh(project)
    assert (await one.project(project)).deferral is None


async def test_what_is_the_files_own_fault_is_never_tried_again(account: Account, container: MoodyContainer) -> None:
    container.damaged = {name_of(3)}
    one, project = await prepared(account, container)
    assert await one.states(project) == {"waiting": COUNT - 1, "unreadable": 1}
    assert await deferred(one, project) == 0
    await one.refresh(project)
    await look_around(one.storage, now() + timedelta(days=2))
    assert await one.prepare(project) == []
    assert container.reads[name_of(3)] == 1


async def test_the_timer_tries_again_after_pauses_that_grow(account: Account, container: MoodyContainer) -> None:
    container.moods = moods(SOME, Mood.BUSY)
    one, project = await prepared(account, container)
    began, asked = now(), []
    for tick in range(13):
        await look_around(one.storage, began + tick * timedelta(minutes=10))
        if await one.prepare(project):
            asked.append(tick)
    assert asked == [0, 1, 3, 7]
    container.moods = {}
    await look_around(one.storage, began + timedelta(days=2))
    await one.prepare(project)
    assert await one.states(project) == {"waiting": COUNT}


async def test_who_asks_for_a_refresh_need_not_wait_for_the_pause(account: Account, container: MoodyContainer) -> None:
    container.moods = moods(SOME, Mood.BUSY)
    one, project = await prepared(account, container)
    for tick in range(3):
        await look_around(one.storage, now() + tick * timedelta(minutes=10))
        await one.prepare(project)
    await one.refresh(project)
    assert await one.prepare(project) == []
    await end_pause(one.storage, await one.project(project))
    await one.refresh(project)
    assert await one.prepare(project) == [0]


async def test_trying_again_in_vain_writes_nothing_of_the_pack_and_a_new_reason_is_told(
    account: Account, container: MoodyContainer
) -> None:
    container.moods = moods(SOME, Mood.BUSY)
    one, project = await prepared(account, container)
    message = PreparationMessage(project_id=project, pack=0, deferred=True)
    await one.storage.send(PREPARATIONS_QUEUE, message)
    one.line.asked.clear()
    await one.prepare(project)
    assert one.line.writes(f"images{project}") == []
    container.moods = moods(SOME, Mood.ARCHIVED)
    await one.storage.send(PREPARATIONS_QUEUE, message)
    await one.prepare(project)
    image = (await one.images(project))[name_of(3)]
    assert "archive tier" in (image.problem or "")
    await one.prove(project)


@pytest.mark.parametrize(("mood", "reason"), [(Mood.BUSY, BUSY), (Mood.ARCHIVED, ALL_ARCHIVED)])
async def test_when_no_file_can_be_read_it_is_the_datastores_trouble_and_preparing_waits(
    account: Account, container: MoodyContainer, mood: Mood, reason: str
) -> None:
    container.names = Names(MANY)
    container.moods = moods(range(MANY), mood)
    one, project = await prepared(account, container)
    assert await one.states(project) == {"preparing": MANY}
    assert (await one.project(project)).trouble == reason
    # One of the three packs was begun, and no other.
    assert len(container.reads) <= MANY / 3
    container.moods = {}
    await one.refresh(project)
    await one.prepare(project)
    assert await one.states(project) == {"waiting": MANY}
    assert (await one.project(project)).trouble is None
    await one.prove(project)


async def test_files_that_alone_fail_in_their_pack_are_told_from_a_datastore_that_fails(
    account: Account, container: MoodyContainer
) -> None:
    container.moods = moods(SOME, Mood.BUSY)
    one, project = await prepared(account, container)
    await one.refresh(project)
    await one.prepare(project)
    assert (await one.project(project)).trouble is None
    container.moods = moods(range(COUNT), Mood.BUSY)
    await end_pause(one.storage, await one.project(project))
    await one.refresh(project)
    await one.prepare(project)
    assert (await one.project(project)).trouble == BUSY
    container.moods = {}
    await one.refresh(project)
    await one.prepare(project)
    assert (await one.project(project)).trouble is None
    assert await one.states(project) == {"waiting": COUNT}


async def test_trouble_ends_with_the_next_look_where_nothing_is_left_to_be_prepared(
    account: Account, container: MoodyContainer
) -> None:
    container.moods = moods(SOME, Mood.BUSY)
    one, project = await prepared(account, container)
    container.moods = moods(range(COUNT), Mood.BUSY)
    await end_pause(one.storage, await one.project(project))
    await one.refresh(project)
    await one.prepare(project)
    assert (await one.project(project)).trouble == BUSY
    container.moods = {}
    container.names.drop(map(name_of, SOME))
    await one.refresh(project)
    assert await one.prepare(project) == []
    assert (await one.project(project)).trouble is None


async def test_a_labeled_image_whose_new_file_cannot_be_read_keeps_its_label_and_is_tried_again(
    account: Account, container: MoodyContainer
) -> None:
    one, project = await prepared(account, container)
    board = await one.board(project)
    slot = [image.name for image in await board.rows.images(0, 0)].index(name_of(3))

    def label(head: Head) -> Change[None]:
        corrected = relabeling.correct(head, slots={slot: None}, say=saying(1), labeler="rita", now=5)
        return Change(corrected.head, None)

    await board.packs.change(0, label, now=5)
    container.names.alter([name_of(3)])
    container.moods = moods(SOME, Mood.BUSY)
    await one.refresh(project)
    await one.prepare(project)
    assert await one.states(project) == {"waiting": COUNT - 1, "labeled": 1}
    assert await deferred(one, project) == 1
    container.moods = {}
    await look_around(one.storage, now())
    await one.prepare(project)
    assert await deferred(one, project) == 0
    await one.prove(project)


async def test_images_that_were_given_up_in_former_times_are_tried_again_once(
    account: Account, container: MoodyContainer
) -> None:
    container.damaged = {name_of(7)}
    container.moods = moods(SOME, Mood.BUSY)
    one, project = await prepared(account, container)
    await as_of_former_times(one, project)
    await look_around(one.storage, now())
    assert await one.prepare(project) == [0]
    assert await one.states(project) == {"waiting": COUNT - 3, "unreadable": 3}
    assert (await deferred(one, project), container.reads[name_of(7)]) == (2, 1)
    container.moods = {}
    await look_around(one.storage, now() + timedelta(days=1))
    await one.prepare(project)
    assert await one.states(project) == {"waiting": COUNT - 1, "unreadable": 1}
    await one.prove(project)


async def as_of_former_times(one: Process, project: str) -> None:
    """No head tells what may pass; only the words of the problems do."""
    board, words = await one.board(project), Counter(FORMER_PROBLEMS)
    images = list(await board.rows.images(0, (await board.rows.read_pack(0)).head.revision))
    for slot, image in enumerate(images):
        if image.problem and "tried again" in image.problem:
            images[slot] = replace(image, problem=words.popitem()[0])

    def forget(head: Head) -> Change[None]:
        former = [replace(slot, deferred=False) for slot in head.slots]
        return Change(replace(head, slots=tuple(former)), None, images=images)

    await board.packs.change(0, forget, now=1)
    former = {"deferral": None, "tells_deferred": False}
    await change_project(one.storage, project, lambda known: known.model_copy(update=former))


async def test_asking_again_costs_a_query_for_each_range_that_has_deferred_images(
    account: Account, container: MoodyContainer
) -> None:
    container.names = Names(0)
    one, project = await prepared(account, container)
    await with_packs(one, project, 3 * RANGE_SIZE, deferred=(3, 600))

    async def waits_for_opinions(_known: Range) -> Edit:
        return Edit({600: AWAITING})

    assert await (await one.board(project)).directory.edit(600, waits_for_opinions, 0)
    # It has been asked for those before: only by its project does the service know that there are any.
    await change_project(one.storage, project, lambda known: known.model_copy(update={"tells_deferred": True}))
    one.line.asked.clear()
    await look_around(one.storage, now())
    assert await asked_for(one, project) == []
    assert queries(one, project) == {"directory": 1}
    await note_deferred(one.storage, project, now())
    one.line.asked.clear()
    await look_around(one.storage, now())
    assert await asked_for(one, project) == [3, 600]
    assert queries(one, project) == {"directory": 2, "heads": 2}


async def with_packs(one: Process, project: str, count: int, deferred: Collection[int]) -> None:
    """So many packs of one image each, closed, some of which are deferred."""
    board, gate = await one.board(project), asyncio.Semaphore(16)

    async def insert(pack: int) -> None:
        late = pack in deferred
        head = blobs.prepare(new_head(1), readable={0: not late}, deferred=[0] if late else [])
        async with gate:
            await board.rows.insert(pack, head.freeze(), [Image(f"{pack}.jpg", "e", 1)])

    await asyncio.gather(*map(insert, range(count)))
    await make_directory(board, count - 1, now())


async def asked_for(one: Process, project: str) -> list[int]:
    messages = await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage)
    assert all(message.deferred for message in messages)
    return [message.pack for message in messages]


def queries(one: Process, project: str) -> Counter[str]:
    """What was read of the project's packs."""
    calls = [call for call in one.line.asked if f"images{project}" in call]
    return Counter("heads" if "head|" in call else "directory" for call in calls)
