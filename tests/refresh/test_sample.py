"""A look at a folder whose files do not all come as they should: it ends in time, and says of each what is wrong."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bench.refresh.container import Names, name_of
from functions.datastores.model import Datastore
from functions.datastores.troubles import BUSY, DatastoreTrouble
from functions.datastores.wire import SampleAnswer
from functions.imaging import rendering
from functions.imaging.budget import DECODED_BYTES, budgets_of
from functions.refresh import sample as sample_module
from functions.refresh.sample import LATE, MOST_IMAGES, look_at
from functions.storage import Storage
from tests.refresh.moody import Mood, MoodyContainer
from tests.refresh.scene import Account


@pytest_asyncio.fixture
async def container() -> AsyncIterator[MoodyContainer]:
    async with MoodyContainer(30).serving() as made:
        yield made


@pytest_asyncio.fixture
async def storage(account: Account) -> Storage:
    return (await account.process()).storage


async def sampled(storage: Storage, container: MoodyContainer) -> SampleAnswer:
    there = Datastore(name="moody", container_url=container.url, auth="anonymous", created_at=datetime.now(UTC))
    return await look_at(storage, there, "")


async def test_no_more_files_are_read_than_are_shown(storage: Storage, container: MoodyContainer) -> None:
    found = await sampled(storage, container)
    assert [image.name for image in found.images] == [name_of(number) for number in range(MOST_IMAGES)]
    assert found.more
    assert container.reads.keys() == {image.name for image in found.images}


async def test_a_file_that_does_not_come_in_time_says_so_and_the_others_are_shown(
    storage: Storage, container: MoodyContainer
) -> None:
    container.names = Names(5)
    container.moods = {name_of(1): (Mood.SILENT, 99), name_of(3): (Mood.BUSY, 99)}
    found = await sampled(storage, container)
    assert {image.name: image.problem for image in found.images if image.problem} == {
        name_of(1): LATE,
        name_of(3): BUSY,
    }
    assert all(bool(image.thumbnail) == (image.problem is None) for image in found.images)
    assert not found.more


async def test_a_folder_that_cannot_be_listed_or_whose_files_may_not_be_read_is_told_as_a_whole(
    storage: Storage, container: MoodyContainer
) -> None:
    container.all_moods = Mood.DENIED
    with pytest.raises(DatastoreTrouble, match="not open to the public"):
        await sampled(storage, container)
    container.list_mood = Mood.BUSY
    with pytest.raises(DatastoreTrouble, match="busy"):
        await sampled(storage, container)


async def test_not_more_files_are_looked_at_than_a_few_thousand(
    storage: Storage, container: MoodyContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_module, "MOST_LISTED", 7)
    monkeypatch.setattr(sample_module, "is_image_name", lambda name: name > name_of(4))
    found = await sampled(storage, container)
    assert ([image.name for image in found.images], found.more) == ([name_of(5), name_of(6)], True)


async def test_what_is_being_decoded_keeps_its_room_until_it_is_done(
    storage: Storage, container: MoodyContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    container.names = Names(1)
    begun, may_end, room = threading.Event(), threading.Event(), budgets_of(storage).decoded

    def render(data: bytes) -> rendering.Rendered:
        begun.set()
        may_end.wait(60)
        return rendering.Rendered(1, 1, b"", b"")

    monkeypatch.setattr(rendering, "render", render)
    looking = asyncio.create_task(sampled(storage, container))
    assert await asyncio.to_thread(begun.wait, 60)
    everything = asyncio.create_task(room.taking(DECODED_BYTES).__aenter__())
    looking.cancel()
    for _ in range(100):
        await asyncio.sleep(0)
    assert not everything.done()
    may_end.set()
    await everything
    await asyncio.gather(looking, return_exceptions=True)
