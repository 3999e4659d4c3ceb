"""Preparing a pack: what may pass is tried again, what cannot be read stops nothing else, and what was made is kept."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bench.refresh.container import name_of
from functions.refresh import prepare as prepare_module
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.storage import PREPARATIONS_QUEUE
from tests.refresh.moody import Mood, MoodyContainer
from tests.refresh.scene import Account, Process, now

COUNT = 20


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare_module, "PAUSES_SECONDS", (0, 0))
    monkeypatch.setattr(prepare_module, "PATIENCE_SECONDS", 1)


@pytest_asyncio.fixture
async def container() -> AsyncIterator[MoodyContainer]:
    async with MoodyContainer(COUNT).serving() as made:
        yield made


async def taken_in(account: Account, container: MoodyContainer) -> tuple[Process, str]:
    project, one = await account.over(container.url), await account.process()
    await one.refresh(project)
    return one, project


async def problems(one: Process, project: str) -> dict[str, str]:
    return {name: image.problem for name, image in (await one.images(project)).items() if image.problem}


async def test_a_file_that_comes_late_or_fails_at_first_is_tried_again(
    account: Account, container: MoodyContainer
) -> None:
    container.moods = {name_of(3): (Mood.SILENT, 2), name_of(5): (Mood.BUSY, 2)}
    one, project = await taken_in(account, container)
    assert await one.prepare(project) == [0]
    assert await one.states(project) == {"waiting": COUNT}
    assert (container.reads[name_of(3)], container.reads[name_of(5)]) == (3, 3)


async def test_a_file_that_never_comes_is_unreadable_and_says_why(account: Account, container: MoodyContainer) -> None:
    container.moods = {name_of(3): (Mood.SILENT, 99), name_of(5): (Mood.BUSY, 99)}
    one, project = await taken_in(account, container)
    await one.prepare(project)
    assert await one.states(project) == {"waiting": COUNT - 2, "unreadable": 2}
    found = await problems(one, project)
    assert found.keys() == {name_of(3), name_of(5)}
    assert "3 tries" in found[name_of(3)]
    assert (await one.project(project)).trouble is None
    await one.prove(project)


async def test_a_pack_whose_files_all_fail_while_the_folder_can_be_listed_is_unreadable(
    account: Account, container: MoodyContainer
) -> None:
    container.moods = {name_of(number): (Mood.BUSY, 99) for number in range(COUNT)}
    one, project = await taken_in(account, container)
    await one.prepare(project)
    assert await one.states(project) == {"unreadable": COUNT}


async def test_files_that_may_not_be_read_stop_preparing_and_are_asked_for_after_the_next_look(
    account: Account, container: MoodyContainer
) -> None:
    one, project = await taken_in(account, container)
    container.moods = {name_of(number): (Mood.DENIED, 1) for number in range(COUNT)}
    await one.prepare(project)
    stopped = await one.project(project)
    assert stopped.trouble is not None
    assert "public" in stopped.trouble
    # A message that is still there does nothing meanwhile.
    reads = container.reads.total()
    await prepare_pack(one.storage, PreparationMessage(project_id=project, pack=0), now)
    assert container.reads.total() == reads
    assert await one.states(project) == {"preparing": COUNT}
    container.moods = {}
    await one.refresh(project)
    assert (await one.project(project)).trouble is not None
    assert await one.prepare(project) == [0]
    assert (await one.project(project)).trouble is None
    assert await one.states(project) == {"waiting": COUNT}
    await one.prove(project)


async def test_a_container_that_cannot_be_reached_makes_no_image_unreadable(
    account: Account, container: MoodyContainer
) -> None:
    one, project = await taken_in(account, container)
    container.all_moods = container.list_mood = Mood.BUSY
    container.moods = {name_of(number): (Mood.BUSY, 99) for number in range(COUNT)}
    await one.prepare(project)
    assert await one.states(project) == {"preparing": COUNT}
    assert (await one.project(project)).trouble is not None


async def test_what_was_made_is_written_down_while_the_rest_is_still_waited_for(
    account: Account, container: MoodyContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare_module, "PORTION_SECONDS", 0.2)
    monkeypatch.setattr(prepare_module, "TIME_LIMIT_SECONDS", 2)
    monkeypatch.setattr(prepare_module, "PATIENCE_SECONDS", 60)
    container.moods = {name_of(7): (Mood.SILENT, 1)}
    one, project = await taken_in(account, container)
    (message,) = await one.messages(PREPARATIONS_QUEUE, PreparationMessage)
    await prepare_pack(one.storage, message, now)
    assert await one.states(project) == {"waiting": COUNT - 1, "preparing": 1}
    # Its time was up: the rest of the pack is left to another message, and nothing is made twice.
    assert await one.prepare(project) == [0]
    assert await one.states(project) == {"waiting": COUNT}
    assert {container.reads[name_of(number)] for number in range(COUNT) if number != 7} == {1}
    await one.prove(project)


async def test_a_pack_is_prepared_once_when_its_message_comes_twice(
    account: Account, container: MoodyContainer
) -> None:
    one, project = await taken_in(account, container)
    (message,) = await one.messages(PREPARATIONS_QUEUE, PreparationMessage)
    await prepare_pack(one.storage, message, now)
    await prepare_pack((await account.process()).storage, message, now)
    assert container.reads.total() == COUNT
    assert await one.states(project) == {"waiting": COUNT}
    await one.prove(project)
