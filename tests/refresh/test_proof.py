"""The bench's proof holds after refreshes, and sees what is wrong."""

from dataclasses import replace

import pytest_asyncio

from bench.refresh.proof import prove
from bench.refresh.refreshing import make_project
from bench.refresh.simulated import SimulatedContainer
from functions.labeling.board import make_board
from functions.labeling.rows import PackRows
from functions.projects.store import load_project
from functions.refresh.run import RefreshWork
from functions.refresh.snapshot import read_snapshot, write_snapshot
from functions.refresh.store import RefreshMessage, ask_for_refresh, newest
from functions.storage import Storage
from tests.refresh.scene import Account, now


@pytest_asyncio.fixture
async def storage(account: Account) -> Storage:
    return (await account.process()).storage


@pytest_asyncio.fixture
async def project_id(storage: Storage, simulated: SimulatedContainer) -> str:
    """A project over three hundred images, which it has taken in."""
    simulated.hold(300)
    made = await make_project(storage, simulated.url)
    await refresh(storage, made)
    return made


async def refresh(storage: Storage, project_id: str) -> None:
    asked = await ask_for_refresh(storage, project_id, now())
    await RefreshWork(storage, RefreshMessage(project_id=project_id, refresh_id=asked.id), now).run()
    kept = await newest(storage, project_id)
    assert kept
    assert kept.refresh.status == "completed"


async def rows_of(storage: Storage, project_id: str) -> PackRows:
    project = await load_project(storage, project_id)
    return make_board(storage.tables.table(project.images_table)).rows


async def test_it_holds_after_refreshes(storage: Storage, simulated: SimulatedContainer, project_id: str) -> None:
    assert await prove(storage, project_id) == ()
    simulated.alter(add=100, change=50, remove=50)
    await refresh(storage, project_id)
    assert await prove(storage, project_id) == ()


async def test_it_sees_what_a_refresh_has_not_yet_seen(
    storage: Storage, simulated: SimulatedContainer, project_id: str
) -> None:
    simulated.alter(add=3, change=5)
    simulated.alter(remove=7)
    wrong = await prove(storage, project_id)
    assert [words.split(",")[0] for words in wrong if "etag" not in words] == [
        "3 listed images are in no pack",
        "7 images that are gone are not said to be missing",
    ]
    assert any("images are known by an old etag" in words for words in wrong)


async def test_it_sees_an_image_that_is_there_twice(storage: Storage, project_id: str) -> None:
    rows = await rows_of(storage, project_id)
    version = await rows.read_head(1)
    images = list(await rows.images(1, 0))
    images[0] = replace(images[0], name=images[1].name)
    await rows.write_images(1, version.head, images, etag=version.etag)
    wrong = await prove(storage, project_id)
    assert "1 images are in the packs twice" in wrong[0]
    assert "1 listed images are in no pack" in wrong[1]
    assert any("images of the snapshot are in no pack" in words for words in wrong)


async def test_it_sees_a_place_that_is_not_as_the_snapshot_says(storage: Storage, project_id: str) -> None:
    async with read_snapshot(storage, project_id) as snapshot:
        first, *others = snapshot
        entries = [first._replace(slot=first.slot + 1), *others]
        await write_snapshot(storage, project_id, snapshot.header, entries)
    assert [words.split(",")[0] for words in await prove(storage, project_id)] == [
        "1 images are not as the snapshot says"
    ]


async def test_it_sees_a_pack_that_the_directory_does_not_name(storage: Storage, project_id: str) -> None:
    rows = await rows_of(storage, project_id)
    count = len([pack async for pack, _, _ in rows.scan()])
    await rows.insert(count, (await rows.read_head(0)).head, [])
    wrong = await prove(storage, project_id)
    assert f"the directory names {count} packs, and there are {count + 1}" in wrong
