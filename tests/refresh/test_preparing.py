"""Preparing a pack: what may pass is tried again, what cannot be read stops nothing else, and what was made is kept."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bench.refresh.container import Names, name_of
from functions.datastores import connect as connect_module
from functions.projects.store import change_project
from functions.refresh import prepare as prepare_module
from functions.refresh import reading as reading_module
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.refresh.run import FAILED
from functions.refresh.schedule import look_around
from functions.refresh.store import newest
from functions.storage import PREPARATIONS_QUEUE
from tests.refresh.moody import Mood, MoodyContainer
from tests.refresh.scene import Account, Process, now

COUNT = 20


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "PAUSES_SECONDS", (0, 0))
    monkeypatch.setitem(connect_module.PATIENCE, "retry_total", 0)
    monkeypatch.setattr(reading_module, "PATIENCE_SECONDS", 1)


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
    assert all("tried again by itself" in problem for problem in found.values())
    assert (container.reads[name_of(3)], "does not answer" in found[name_of(3)]) == (3, True)
    assert (await one.project(project)).trouble is None
    await one.prove(project)


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
    monkeypatch.setattr(prepare_module, "TIME_LIMIT_SECONDS", 5)
    monkeypatch.setattr(reading_module, "PATIENCE_SECONDS", 60)
    container.moods = {name_of(7): (Mood.SILENT, 1)}
    one, project = await taken_in(account, container)
    (message,) = await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage)
    await prepare_pack(one.storage, message, now)
    assert await one.states(project) == {"waiting": COUNT - 1, "preparing": 1}
    # Its time was up: the rest of the pack is left to another message, and nothing is made twice.
    assert await one.prepare(project) == [0]
    assert await one.states(project) == {"waiting": COUNT}
    assert {container.reads[name_of(number)] for number in range(COUNT) if number != 7} == {1}
    await one.prove(project)


async def test_previews_whose_messages_were_lost_are_asked_for_by_the_timer_once_nothing_is_prepared(
    account: Account, container: MoodyContainer
) -> None:
    container.names = Names(150)
    one, project = await taken_in(account, container)
    first, second, third, lost = await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage)
    for message in (first, second):
        await prepare_pack(one.storage, message, now)
    await one.storage.send(PREPARATIONS_QUEUE, third)
    await look_around(one.storage, now())
    assert await one.prepare(project) == [third.pack]
    await look_around(one.storage, now())
    assert await one.prepare(project) == [lost.pack]
    assert await one.states(project) == {"waiting": 150}
    await look_around(one.storage, now())
    assert await one.prepare(project) == []


async def test_a_project_that_is_due_is_refreshed_by_the_timer_and_no_other(
    account: Account, container: MoodyContainer
) -> None:
    one, waits = await taken_in(account, container)
    off = await account.over(container.url)
    await one.refresh(off)
    container.list_mood = Mood.DENIED
    failing = await account.over(container.url)
    assert (await one.refresh(failing)).error is not None
    assert (await one.project(failing)).status == "failed"
    container.list_mood = None
    await change_project(one.storage, waits, lambda project: project.model_copy(update={"incremental_refresh": True}))
    await look_around(one.storage, now())
    asked = {name: await newest(one.storage, name) for name in (waits, off, failing)}
    assert [kept.refresh.status for kept in asked.values() if kept] == ["queued", "completed", "queued"]
    await one.refresh(failing)
    made = await one.project(failing)
    assert (made.status, made.trouble) == ("created", None)
    await one.prove(failing)


async def test_what_failed_keeps_what_is_known_and_says_when_it_last_worked(
    account: Account, container: MoodyContainer, caplog: pytest.LogCaptureFixture
) -> None:
    one, project = await taken_in(account, container)
    worked = await newest(one.storage, project)
    assert worked
    container.list_mood = Mood.DENIED
    for failures in (1, 2, 3):
        refresh = await one.refresh(project)
        assert (refresh.status, refresh.failures, refresh.looked_at) == ("failed", failures, worked.refresh.finished_at)
    lines = [line for line in caplog.messages if line.startswith(FAILED)]
    assert lines == [f"{FAILED} in project {project}: {refresh.error}"] * 3
    known = await one.project(project)
    assert (known.status, known.trouble) == ("created", refresh.error)
    assert await one.states(project) == {"preparing": COUNT}
    container.list_mood = None
    assert (await one.refresh(project)).failures == 0
    assert (await one.project(project)).trouble is None
    await one.prove(project)


async def test_a_pack_is_prepared_once_when_its_message_comes_twice(
    account: Account, container: MoodyContainer
) -> None:
    one, project = await taken_in(account, container)
    (message,) = await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage)
    await prepare_pack(one.storage, message, now)
    await prepare_pack((await account.process()).storage, message, now)
    assert container.reads.total() == COUNT
    assert await one.states(project) == {"waiting": COUNT}
    await one.prove(project)
