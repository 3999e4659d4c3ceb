"""Restoring lets nobody in, and opens no folder, that was not accepted by name."""

from typing import Any

import pytest

from functions.backups.accepting import Accepted
from functions.backups.asking import ask_for_restore
from functions.backups.previewing import preview
from functions.backups.store import BACKUPS
from functions.backups.wire import PreviewAnswer
from functions.callers.people import note
from functions.identity import Caller, Role
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.access import forget, membership
from functions.projects.members import Member, drop_member, find_member, members_of, put_member
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.storage import Storage
from tests.backups.scene import (
    PICTURES,
    backed_up,
    drop,
    is_there,
    now,
    project_with_everything,
    restore,
    rewrite_manifest,
)

HANNA = Caller("hanna", "Hanna", is_administrator=False)
ELSEWHERE = "https://elsewhere.blob.core.windows.net/cats"


async def a_backup(storage: Storage, change: Any = None) -> tuple[Project, str]:
    """The folder of a backup of a project that is gone, as somebody may have changed it."""
    project = await project_with_everything(storage)
    folder = (await backed_up(storage, project)).folder
    await drop(storage, project)
    if change:
        await rewrite_manifest(storage, folder, change)
    return project, folder


def moved_to(prefix: str) -> Any:
    def change(manifest: dict[str, Any]) -> None:
        manifest["project"]["prefix"] = manifest["dataset"]["prefix"] = prefix

    return change


def all_of(told: PreviewAnswer, *people: str) -> Accepted:
    return Accepted(told.manifest, people, told.address.here)


async def test_a_preview_says_who_and_what_is_in_the_backup(storage: Storage) -> None:
    project, folder = await a_backup(storage)
    told = await preview(storage, folder, now())
    assert (told.project_id, told.project_name, told.images) == (project.id, project.name, len(PICTURES))
    assert told.labels == [label.name for label in project.labels]
    assert [(one.sign_in_name, one.role, one.known_as, one.role_now) for one in told.members] == [
        ("Hanna", "labeler", "Hanna", None),
        ("yet", "reviewer", None, None),
    ]
    assert told.address.was == told.address.here
    assert told.address.known
    assert told.made_here
    assert told.original is None
    assert not await is_there(storage, project)


async def test_of_a_backup_from_before_sums_were_kept_nobody_knows_whether_it_was_changed(storage: Storage) -> None:
    _, folder = await a_backup(storage)
    record = await BACKUPS.load(storage, *folder.split("/"))
    await BACKUPS.save(storage, record.model_copy(update={"manifest": None}))
    assert (await preview(storage, folder, now())).made_here is None


async def test_a_preview_says_what_differs_in_the_project_that_is_there(storage: Storage) -> None:
    project = await project_with_everything(storage)
    folder = (await backed_up(storage, project)).folder
    assert (await preview(storage, folder, now())).original == []
    yet = await find_member(storage, project.id, "yet")
    assert yet
    await drop_member(storage, yet)
    await put_member(storage, Member(project.id, "new", Role.LABELER, None))
    await change_project(storage, project.id, lambda current: current.model_copy(update={"name": "Other"}))
    told = await preview(storage, folder, now())
    assert told.original
    assert [(one.what, one.backup, one.now) for one in told.original] == [
        ("name", project.name, "Other"),
        ("members", "", "new"),
    ]
    assert {one.sign_in_name: one.role_now for one in told.members} == {"Hanna": "labeler", "yet": None}


async def test_nobody_is_let_in_who_was_not_accepted(storage: Storage) -> None:
    project, folder = await a_backup(storage)
    done = await restore(storage, await ask_for_restore(storage, folder, now()))
    assert done.status == "completed", done.error
    assert done.notes == ("These people of the backup are not let in: Hanna, yet.",)
    assert await members_of(storage, project.id) == []
    forget(project.id)
    with pytest.raises(NotFound):
        await membership(storage, project.id, HANNA)


async def test_those_who_were_accepted_are_let_in(storage: Storage) -> None:
    project, folder = await a_backup(storage)
    told = await preview(storage, folder, now())
    done = await restore(storage, await ask_for_restore(storage, folder, now(), all_of(told, "Hanna")))
    assert done.notes == ("These people of the backup are not let in: yet.",)
    assert [member.sign_in_name for member in await members_of(storage, project.id)] == ["Hanna"]
    forget(project.id)
    assert (await membership(storage, project.id, HANNA)).role is Role.LABELER


@pytest.mark.parametrize(
    "change",
    [moved_to("payroll/"), lambda manifest: manifest["datastore"].update(container_url=ELSEWHERE)],
    ids=["a folder that nobody here has named", "a folder of another container"],
)
async def test_a_folder_that_is_not_known_is_opened_only_when_it_is_named(storage: Storage, change: Any) -> None:
    project, folder = await a_backup(storage, change)
    told = await preview(storage, folder, now())
    assert not told.address.known
    assert not told.made_here
    for address in (None, ELSEWHERE, told.address.was if told.address.was != told.address.here else None):
        with pytest.raises(Invalid) as refused:
            await ask_for_restore(storage, folder, now(), Accepted(told.manifest, (), address))
        assert refused.value.errors[0].field == "address"
        assert told.address.here
        assert told.address.here in refused.value.detail
        assert told.address.was in refused.value.detail
    with pytest.raises(NotFound):
        await load_project(storage, project.id)
    await ask_for_restore(storage, folder, now(), all_of(told))
    assert (await load_project(storage, project.id)).restoring


async def test_what_is_accepted_is_accepted_of_one_manifest_and_its_people(storage: Storage) -> None:
    _, folder = await a_backup(storage)
    told = await preview(storage, folder, now())
    with pytest.raises(Invalid, match="manifest"):
        await ask_for_restore(storage, folder, now(), Accepted(people=("Hanna",)))
    with pytest.raises(Invalid, match="mallory"):
        await ask_for_restore(storage, folder, now(), all_of(told, "mallory"))
    await rewrite_manifest(storage, folder, lambda manifest: manifest["members"][0].update(role="administrator"))
    with pytest.raises(Conflict, match="changed"):
        await ask_for_restore(storage, folder, now(), all_of(told, "Hanna"))


async def test_a_preview_names_who_signs_in_here_by_the_id_of_a_member(storage: Storage) -> None:
    await note(storage, Caller("m-1", "mallory", is_administrator=False), now())
    _, folder = await a_backup(storage, lambda manifest: manifest["members"][0].update(user_id="m-1"))
    first, _ = (await preview(storage, folder, now())).members
    assert (first.sign_in_name, first.known_as) == ("Hanna", "mallory")
