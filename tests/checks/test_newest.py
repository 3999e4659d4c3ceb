"""What the newest check says is kept with its project, whatever becomes of checks and whoever judges them."""

import asyncio
from datetime import timedelta

import pytest

from functions.checks import judging
from functions.checks.judging import judge
from functions.checks.newest import newest_checked, note_newest
from functions.checks.store import CHECKS, Check
from functions.checks.verdicts import Said
from functions.labeling.head import moment
from functions.projects.model import Checked, Project
from functions.projects.store import change_project, load_project
from functions.storage import Storage
from tests.backups.scene import ask_for_all, backed_up, drop, restore, rewrite_manifest
from tests.checks.test_judging import RITA, cats, checked, right, wrong


async def kept(storage: Storage, project: Project) -> Checked | None:
    return (await load_project(storage, project.id)).checked


async def delete(storage: Storage, check: Check) -> None:
    await CHECKS.drop(storage, check)
    await note_newest(storage, check)


async def test_a_check_is_kept_once_its_last_image_is_judged_and_no_longer_than_that(storage: Storage) -> None:
    project = await cats(storage, 10)
    check = await checked(storage, project, 10)
    await judge(storage, project, check.id, RITA, right(check.images[1:]))
    assert await kept(storage, project) is None
    last = check.images[0]
    await judge(storage, project, check.id, RITA, wrong([last]))
    told = await kept(storage, project)
    assert told
    assert (told.check, told.share, told.judged, told.finished_at) == (check.id, 0.9, 10, moment(RITA.at))
    assert told.interval[0] < 0.9 < told.interval[1]
    await judge(storage, project, check.id, RITA, [Said(last.image, last.at, "right")])
    now = await kept(storage, project)
    assert now
    assert (now.share, now.finished_at) == (1, told.finished_at)
    await judge(storage, project, check.id, RITA, [Said(last.image, last.at, None)])
    assert await kept(storage, project) is None
    assert (await CHECKS.load(storage, project.id, check.id)).finished_at is None


async def test_the_newest_counts_and_without_it_the_one_before(storage: Storage) -> None:
    project = await cats(storage, 10)
    older, newer = await checked(storage, project, 5), await checked(storage, project, 6)
    await judge(storage, project, newer.id, RITA, right(newer.images))
    await judge(storage, project, older.id, RITA, [Said(one.image, one.at, "wrong") for one in older.images])
    told = await kept(storage, project)
    assert told
    assert (told.check, told.share) == (newer.id, 1)
    await delete(storage, newer)
    told = await kept(storage, project)
    assert told
    assert (told.check, told.share) == (older.id, 0)
    await delete(storage, older)
    assert await kept(storage, project) is None


async def test_a_check_of_one_label_says_nothing_of_the_project(storage: Storage) -> None:
    project = await cats(storage, 10)
    whole = await checked(storage, project, 5)
    of_label = (await checked(storage, project, 5)).model_copy(update={"label": 1})
    await CHECKS.save(storage, of_label)
    await judge(storage, project, of_label.id, RITA, right(of_label.images))
    assert await kept(storage, project) is None
    await judge(storage, project, whole.id, RITA, right(whole.images))
    told = await kept(storage, project)
    assert told
    assert told.check == whole.id


async def test_all_unclear_says_nothing(storage: Storage) -> None:
    project = await cats(storage, 5)
    check = await checked(storage, project, 5)
    await judge(storage, project, check.id, RITA, [Said(one.image, one.at, "unclear") for one in check.images])
    assert await kept(storage, project) is None


async def test_a_call_that_was_cut_off_before_it_was_kept_is_made_again(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await cats(storage, 5)
    check = await checked(storage, project, 5)

    async def cut_off(*_args: object) -> None:
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(judging, "note_newest", cut_off)
        with pytest.raises(TimeoutError):
            await judge(storage, project, check.id, RITA, right(check.images))
    assert await kept(storage, project) is None
    await judge(storage, project, check.id, RITA, right(check.images))
    assert await kept(storage, project) == await newest_checked(storage, project.id)


async def test_whoever_comes_late_with_what_was_true_before_looks_again(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One has read what the newest check says, and another one deletes it and says so, before the first does."""
    project = await cats(storage, 10)
    older, newer = await checked(storage, project, 5), await checked(storage, project, 6)
    for check in (older, newer):
        await judge(storage, project, check.id, RITA, right(check.images))
    read, gone = asyncio.Event(), asyncio.Event()
    waits = [True]

    async def late(*args: object) -> object:
        if waits:
            waits.clear()
            read.set()
            await gone.wait()
        return await change_project(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("functions.checks.newest.change_project", late)
    first = asyncio.create_task(note_newest(storage, newer))
    await read.wait()
    await delete(storage, newer)
    gone.set()
    await first
    told = await kept(storage, project)
    assert told
    assert told.check == older.id


async def test_restored_is_what_the_checks_say_whatever_the_backup_does(storage: Storage) -> None:
    project = await cats(storage, 5)
    check = await checked(storage, project, 5)
    await judge(storage, project, check.id, RITA, right(check.images))
    told = await kept(storage, project)
    assert told
    for stored in (told, None, told.model_copy(update={"share": 0.5, "finished_at": told.finished_at - timedelta(1)})):
        backup = await backed_up(storage, project)
        await drop(storage, project)
        lie = stored and stored.model_dump(mode="json")
        await rewrite_manifest(storage, backup.folder, lambda text, lie=lie: text["project"].update(checked=lie))  # type: ignore[misc]
        done = await restore(storage, await ask_for_all(storage, backup.folder))
        assert done.status == "completed", done.error
        assert await kept(storage, project) == told
