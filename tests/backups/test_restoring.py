"""Backups and restorings in this process: by time limit, one at a time, deleted meanwhile."""

import pytest

from functions.backups import files
from functions.backups.asking import ask_for_restore
from functions.backups.making import GONE
from functions.backups.manifest import Part
from functions.backups.store import BACKUPS, RESTORES, drop_folder
from functions.projects.persons import persons_of
from functions.records import ALL
from functions.refresh.schedule import look_around
from functions.refresh.store import newest
from functions.storage import BACKUPS_CONTAINER, EXPORTS_CONTAINER, Storage
from tests.backups.scene import (
    ask_for_all,
    ask_for_backup,
    backed_up,
    blobs,
    drop,
    is_there,
    make,
    now,
    project_with_everything,
    restore,
    restored,
    state_of,
)


async def test_work_near_the_time_limit_is_left_to_the_next_message(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PART_BYTES", 1)
    project = await project_with_everything(storage)
    before, backup = await state_of(storage, project), await ask_for_backup(storage, project)
    messages = 0
    while not backup.is_over:
        backup = await make(storage, backup, time_limit=0)
        messages += 1
    assert messages > 4
    await drop(storage, project)
    asked, messages = await ask_for_all(storage, backup.folder), 0
    while not asked.is_over:
        asked = await restore(storage, asked, time_limit=0)
        messages += 1
    assert messages > 4
    assert asked.status == "completed", asked.error
    assert await state_of(storage, project) == before


async def test_a_message_that_comes_again_changes_nothing(storage: Storage) -> None:
    project = await project_with_everything(storage)
    backup = await backed_up(storage, project)
    kept = await blobs(storage, BACKUPS_CONTAINER, backup.folder)
    assert await make(storage, backup) == backup
    assert await blobs(storage, BACKUPS_CONTAINER, backup.folder) == kept
    await drop(storage, project)
    done = await restored(storage, backup.folder)
    assert await restore(storage, done) == done


async def test_a_project_that_is_deleted_while_it_is_backed_up_leaves_no_backup(storage: Storage) -> None:
    project = await project_with_everything(storage)
    backup = await ask_for_backup(storage, project)
    await drop(storage, project)
    done = await make(storage, backup)
    assert (done.status, done.error) == ("failed", GONE)
    assert await blobs(storage, BACKUPS_CONTAINER, backup.folder) == {}


async def test_a_backup_that_is_deleted_while_it_is_made_leaves_nothing(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_with_everything(storage)
    backup, flush = await ask_for_backup(storage, project), files.Lines.flush

    async def deleting(lines: files.Lines, number: int) -> Part | None:
        part = await flush(lines, number)
        await BACKUPS.drop(storage, backup)
        await drop_folder(storage, backup.folder)
        return part

    monkeypatch.setattr(files.Lines, "flush", deleting)
    with pytest.raises(Exception, match="no such backup"):
        await make(storage, backup)
    assert await blobs(storage, BACKUPS_CONTAINER, backup.folder) == {}


async def test_a_project_that_is_deleted_while_it_is_restored_leaves_nothing(storage: Storage) -> None:
    project = await project_with_everything(storage)
    backup = await backed_up(storage, project)
    await drop(storage, project)
    asked = await restore(storage, await ask_for_restore(storage, backup.folder, now()), time_limit=0)
    assert asked.status == "running"
    await drop(storage, project)
    done = await restore(storage, asked)
    assert done.status == "failed"
    assert not await is_there(storage, project)
    assert await persons_of(storage, project.model_copy(update={"has_former_ids": True})) == []
    assert await blobs(storage, EXPORTS_CONTAINER, f"{project.id}/") == {}
    assert (await restored(storage, backup.folder)).status == "completed"


async def test_timers_pass_over_what_is_being_restored(storage: Storage) -> None:
    project = await project_with_everything(storage)
    backup = await backed_up(storage, project)
    await drop(storage, project)
    await ask_for_restore(storage, backup.folder, now())
    await look_around(storage, now().replace(year=now().year + 1))
    assert await newest(storage, project.id) is None


async def test_asked_twice_it_is_one_restoring(storage: Storage) -> None:
    project = await project_with_everything(storage)
    backup = await backed_up(storage, project)
    await drop(storage, project)
    first, second = [await ask_for_restore(storage, backup.folder, now()) for _ in range(2)]
    assert first == second
    assert (await restore(storage, first)).status == "completed"
    assert (await RESTORES.load(storage, ALL, second.id)).status == "completed"
