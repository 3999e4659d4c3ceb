"""A refresh joins a listing with what is known, page by page; whatever cuts it off, every image is there once."""

import asyncio
import random
import secrets

import pytest

from bench.refresh.simulated import SimulatedContainer
from functions import longwork
from functions.labeling.directory import NEW, PREPARING
from functions.labeling.head import new_head
from functions.labeling.rows import Image
from functions.refresh import run as run_module
from functions.refresh.packing import WRITTEN_TOGETHER, PreparationMessage
from functions.refresh.run import RefreshWork
from functions.refresh.store import RefreshMessage
from functions.refresh.troubles import NO_IMAGES
from functions.storage import PREPARATIONS_QUEUE, REFRESHES_QUEUE
from tests.api.builders import picture, pictures
from tests.refresh.scene import Account, Folder, raises_death

SNAPSHOT = ".jsonl.gz"


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listing of some pages for some hundred names."""
    monkeypatch.setattr(run_module, "PAGE_SIZE", 100)


def tally(refresh: object) -> dict[str, int]:
    return {name: getattr(refresh, name) for name in ("found", "added", "changed", "missing", "back") if name}


async def test_every_name_of_many_pages_is_in_the_packs_once(account: Account, simulated: SimulatedContainer) -> None:
    simulated.hold(2345)
    project, one = await account.over(simulated.url), await account.process()
    refresh = await one.refresh(project)
    assert tally(refresh) == {"found": 2345, "added": 2345, "changed": 0, "missing": 0, "back": 0}
    assert await one.states(project) == {"preparing": 2345}
    await one.prove(project)


async def test_what_is_new_changed_and_gone_all_over_the_folder_is_found(
    account: Account, simulated: SimulatedContainer
) -> None:
    simulated.hold(1500)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    simulated.alter(add=30, change=20, remove=40)
    refresh = await one.refresh(project)
    assert (refresh.found, refresh.added, refresh.missing) == (1490, 30, 40)
    # What was changed before it was removed is only missing.
    assert 0 < refresh.changed <= 20
    assert (await one.states(project))["missing"] == 40
    await one.prove(project)


async def test_nothing_new_is_one_listing_and_one_read_and_writes_nothing_but_its_record(
    account: Account, simulated: SimulatedContainer
) -> None:
    simulated.hold(750)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    another = await account.process()
    before, _ = simulated.asked()
    another.line.asked.clear()
    await another.refresh(project)
    assert simulated.asked()[0] - before == 8
    line = another.line
    assert [call for call in line.asked if SNAPSHOT in call] == [call for call in line.asked if SNAPSHOT in call][:1]
    assert line.writes(SNAPSHOT) == []
    written = [call for call in line.writes(another.storage.tables.address) if "$batch" not in call]
    assert all("newest|" in call for call in written), written
    assert len(line.writes("$batch")) == 1
    assert len(written) <= 2
    # Nothing is asked of the project's own table but whether there are packs that the snapshot does not cover.
    table = (await another.project(project)).images_table
    assert len([call for call in line.asked if table in call]) == 1


async def test_few_new_images_all_over_a_large_folder_are_few_writes(
    account: Account, simulated: SimulatedContainer
) -> None:
    simulated.hold(1500)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    packs = len(await _letters(account, project))
    simulated.alter(add=10)
    another = await account.process()
    another.line.asked.clear()
    assert (await another.refresh(project)).added == 10
    table = (await another.project(project)).images_table
    # A pack's head and images in one transaction, and the directory.
    assert len(another.line.writes(table) + another.line.writes("$batch")) <= 4
    assert len(await _letters(account, project)) <= packs + 1
    await another.prove(project)


async def _letters(account: Account, project: str) -> str:
    board = await (await account.process()).board(project)
    return "".join(known.letters for known in await board.directory.ranges(fresh=True))


async def test_a_run_that_meets_its_time_limit_goes_on_by_a_message_and_counts_nothing_twice(
    account: Account, simulated: SimulatedContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(longwork, "TIME_LIMIT_SECONDS", 0)
    simulated.hold(1050)
    project, one = await account.over(simulated.url), await account.process()
    asked, runs = await one.ask(project), 0
    while messages := await one.messages(project, REFRESHES_QUEUE, RefreshMessage):
        for message in messages:
            await one.run(message.project_id, message.refresh_id)
            runs += 1
    refresh = await one.refresh(project)
    assert runs == 11
    assert refresh.id != asked.id
    assert tally(refresh) == {"found": 1050, "added": 0, "changed": 0, "missing": 0, "back": 0}
    await one.prove(project)


async def test_a_refresh_goes_on_only_with_its_own_unfinished_run(
    account: Account, simulated: SimulatedContainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulated.hold(500)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    with monkeypatch.context() as patch:
        patch.setattr(longwork, "TIME_LIMIT_SECONDS", 0)
        asked = await one.ask(project)
        await one.run(project, asked.id)
    await one.messages(project, REFRESHES_QUEUE, RefreshMessage)
    message = RefreshMessage(project_id=project, refresh_id=asked.id)
    await RefreshWork(one.storage, message, lambda: asked.asked_at).give_up()
    simulated.alter(add=25)
    assert (await one.refresh(project)).added == 25
    await one.prove(project)


@pytest.mark.parametrize("limit", [longwork.TIME_LIMIT_SECONDS, 0], ids=["in one run", "in many runs"])
async def test_a_listing_that_is_not_sorted_is_compared_as_a_whole(
    account: Account, monkeypatch: pytest.MonkeyPatch, limit: float
) -> None:
    monkeypatch.setattr(run_module, "PAGE_SIZE", 3)
    monkeypatch.setattr(longwork, "TIME_LIMIT_SECONDS", limit)
    one = await account.process()
    folder = Folder(one)
    # The emulator sorts by UTF-16 units: characters of two units come before others that are less.
    names = [f"{first}-{number}.png" for first in ("a", "\ufb01", "\U0001f600", "z") for number in range(3)]
    await folder.put(dict.fromkeys(names, picture()))
    project = await folder.project()
    assert tally(await one.refresh(project)) == {"found": 12, "added": 12, "changed": 0, "missing": 0, "back": 0}
    await one.prove(project)
    await folder.drop(names[4], names[7])
    await folder.put({"\U0001f600-new.png": picture(), names[0]: picture("blue")})
    assert tally(await one.refresh(project)) == {"found": 11, "added": 1, "changed": 1, "missing": 2, "back": 0}
    await one.prove(project)


async def test_a_listing_that_is_no_longer_sorted_makes_nothing_missing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "PAGE_SIZE", 2)
    one = await account.process()
    folder = Folder(one)
    await folder.put(dict.fromkeys(("a.png", "b.png", "\ufb01.png", "\uffee.png"), picture()))
    project = await folder.project()
    await one.refresh(project)
    await folder.put({"\U0001f600.png": picture()})
    assert tally(await one.refresh(project)) == {"found": 5, "added": 1, "changed": 0, "missing": 0, "back": 0}
    assert await one.states(project) == {"preparing": 5}
    await one.prove(project)


async def test_directories_are_no_files_whatever_their_names(account: Account) -> None:
    one = await account.process()
    folder = Folder(one)
    await folder.put({"a.png": picture(), "deeper.png/b.png": picture()})
    await folder.put_directory("deeper.png")
    await folder.put_directory("empty")
    refresh = await one.refresh(await folder.project())
    assert (refresh.found, refresh.passed_over) == (2, 0)


async def test_images_of_kinds_that_are_not_taken_are_counted_and_told_until_they_are_gone(account: Account) -> None:
    one = await account.process()
    folder = Folder(one)
    await folder.put(dict.fromkeys(("a.jxl", "b.JXL", "c.svg", "d.txt", "._e.svg"), b"?"))
    project = await folder.project()
    refresh = await one.refresh(project)
    assert (refresh.found, refresh.passed_over) == (0, 5)
    assert refresh.kinds_passed_over == {"JPEG XL": 2, "SVG": 1}
    told = "Images of these types cannot be shown and are ignored: 2 JPEG XL, 1 SVG."
    assert (await one.project(project)).note == f"{NO_IMAGES} {told}"
    await folder.put({"f.png": picture()})
    await one.refresh(project)
    assert (await one.project(project)).note == told
    await folder.drop("a.jxl", "b.JXL", "c.svg")
    await one.refresh(project)
    assert (await one.project(project)).note is None


async def test_a_renamed_file_is_missing_and_new(account: Account) -> None:
    one = await account.process()
    folder = Folder(one)
    await folder.put(pictures(4))
    project = await folder.project()
    await one.refresh(project)
    await folder.drop("01.png")
    await folder.put({"renamed.png": picture()})
    refresh = await one.refresh(project)
    assert tally(refresh) == {"found": 4, "added": 1, "changed": 0, "missing": 1, "back": 0}
    await folder.put({"01.png": picture()})
    await folder.drop("renamed.png")
    refresh = await one.refresh(project)
    assert (refresh.missing, refresh.back) == (1, 1)
    await one.prove(project)


async def test_a_refresh_that_is_asked_for_while_one_is_under_way_joins_it(
    account: Account, simulated: SimulatedContainer
) -> None:
    simulated.hold(100)
    project, one, two = await account.over(simulated.url), await account.process(), await account.process()
    asked = await asyncio.gather(*(process.ask(project) for process in (one, two) * 4))
    assert len({refresh.id for refresh in asked}) == 1
    await one.refresh(project)
    assert (await two.ask(project)).id != asked[0].id


async def test_one_refresh_at_a_time_runs_in_a_project(account: Account, simulated: SimulatedContainer) -> None:
    simulated.hold(3000)
    project, one, two = await account.over(simulated.url), await account.process(), await account.process()
    refresh = await one.ask(project)
    await one.messages(project, REFRESHES_QUEUE, RefreshMessage)
    await asyncio.gather(one.run(project, refresh.id), two.run(project, refresh.id))
    assert await one.states(project) == {"preparing": 3000}
    await one.prove(project)


@pytest.mark.parametrize("seed", range(7))
async def test_a_run_that_is_killed_at_any_call_of_storage_is_finished_by_the_next(
    account: Account, simulated: SimulatedContainer, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice within the first look through the folder, and twice within one that finds changes."""
    dice = random.Random(seed)
    monkeypatch.setattr(longwork, "TIME_LIMIT_SECONDS", dice.choice([0, 1000]))
    simulated.hold(WRITTEN_TOGETHER + 400)
    project, survivor = await account.over(simulated.url), await account.process()
    for most in (45, 25):
        refresh = await survivor.ask(project)
        for _ in range(2):
            mortal = await account.process()
            mortal.line.dies_at, mortal.line.is_answered = dice.randrange(1, most), dice.random() < 0.5
            if await raises_death(lambda mortal=mortal, refresh=refresh: mortal.run(project, refresh.id)):  # type: ignore[misc]
                await survivor.unlock(project)
        last = await account.process()
        await last.run(project, refresh.id)
        ended = await last.refresh(project)
        assert ended.status == "completed"
        await last.prove(project)
        simulated.alter(add=60, change=30, remove=30)


async def test_numbers_that_a_dead_run_has_passed_over_become_packs_without_images(
    account: Account, simulated: SimulatedContainer
) -> None:
    simulated.hold(10)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    board = await one.board(project)
    orphan = [Image(f"gone-{secrets.token_hex(2)}.jpg", "0x1", 100)]
    await board.rows.insert(4, new_head(1).freeze(), orphan)
    refresh = await one.refresh(project)
    assert (refresh.added, refresh.missing) == (1, 1)
    letters = await _letters(account, project)
    assert (len(letters), letters[1:4]) == (5, "ddd")
    await one.prove(project)


async def test_new_packs_are_counted_by_the_directory_alone(account: Account, simulated: SimulatedContainer) -> None:
    simulated.hold(700)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    assert set(await _letters(account, project)) == {NEW}
    another = await account.process()
    another.line.asked.clear()
    await another.states(project)
    table = (await another.project(project)).images_table
    assert len([call for call in another.line.asked if table in call]) == 1


async def test_a_changed_image_of_a_new_pack_is_prepared_as_it_is_now(
    account: Account, simulated: SimulatedContainer
) -> None:
    simulated.hold(50)
    project, one = await account.over(simulated.url), await account.process()
    await one.refresh(project)
    simulated.alter(change=1)
    assert (await one.refresh(project)).changed == 1
    assert await _letters(account, project) == PREPARING
    await one.prepare(project)
    assert await one.states(project) == {"waiting": 50}
    await one.prove(project)
    assert await one.messages(project, PREPARATIONS_QUEUE, PreparationMessage) == []
