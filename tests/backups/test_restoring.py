"""Backups and restorings in this process: by time limit, one at a time, deleted meanwhile."""

import pytest

from functions.backups import files
from functions.backups.asking import ask_for_restore
from functions.backups.making import GONE
from functions.backups.manifest import Part
from functions.backups.service_rows import UNDOING_ENDED
from functions.backups.store import BACKUPS, RESTORES, drop_folder
from functions.imports.store import IMPORTS
from functions.labeling.head import WAITING
from functions.projects.persons import persons_of
from functions.projects.store import load_project
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
from tests.exports.scene import Picture, project_of
from tests.imports.importing import imported, labels_of, suggestions_of, table
from tests.imports.undoing import asked_to_undo, undone


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


async def test_what_was_imported_before_the_backup_can_be_undone_afterwards(storage: Storage) -> None:
    pictures = [Picture(f"{number}.png", None, WAITING) for number in range(4)]
    project = await project_of(storage, pictures, pack_size=3)
    rows = [(one.name, "Dog") for one in pictures]
    labels = await imported(storage, project, table(*rows[:2]))
    first = await imported(storage, project, table(*rows[2:]), use="suggestions")
    second = await imported(storage, project, table((rows[2][0], "Cat")), use="suggestions")
    project = await load_project(storage, project.id)
    backup = await backed_up(storage, project)
    await drop(storage, project)
    assert (await restored(storage, backup.folder)).status == "completed"
    counts = [(came.restored, came.left) for came in [await undone(storage, one) for one in (labels, second, first)]]
    assert counts == [(2, 0), (1, 0), (2, 0)]
    assert await labels_of(storage, project) == {}
    assert await suggestions_of(storage, project) == {}


async def test_an_undoing_that_a_backup_has_cut_off_is_told_as_failed(storage: Storage) -> None:
    project = await project_of(storage, [Picture("a.png", None, WAITING)])
    done = await imported(storage, project, table(("a.png", "Dog")))
    await asked_to_undo(storage, done)
    backup = await backed_up(storage, project)
    await drop(storage, project)
    await restored(storage, backup.folder)
    known = (await IMPORTS.load(storage, project.id, done.id)).undone
    assert known is not None
    assert (known.status, known.error) == ("failed", UNDOING_ENDED)
    assert (await undone(storage, done)).restored == 1
