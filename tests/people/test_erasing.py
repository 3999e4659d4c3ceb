"""Erasing somebody: their name is nowhere any more, what they did is still one person's, and it is taken up again
wherever it was cut off.
"""

import gzip
import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from functions.audit.store import Wanted, list_entries
from functions.backups import renaming
from functions.backups.previewing import preview
from functions.backups.store import BACKUPS, RESTORES, Backup, Restore
from functions.callers.administrators import administrators_of
from functions.callers.blocks import Blocks, blocks_of
from functions.callers.people import find_person, list_people, names, note
from functions.checks.store import CHECKS
from functions.http.calls import Call
from functions.identity import Caller, Role, key_of
from functions.ids import newest_first_id
from functions.imports.store import IMPORTS, Undone
from functions.people import erasing, triggers
from functions.people.erasing import begin, being_erased, erase, erase_all
from functions.problems import Conflict
from functions.projects.members import Member, put_member
from functions.projects.model import Project
from functions.projects.persons import Person, names_in, put_person
from functions.projects.store import change_project
from functions.pseudonyms import Renaming, pseudonym_of
from functions.settings import Settings
from functions.storage import BACKUPS_CONTAINER, Storage
from functions.tokens.model import AccessToken
from functions.tokens.store import insert_token
from functions.trail import Entry, audited
from tests.api.builders import People, assert_problem, good, new_name, user_id
from tests.api.builders import Project as OfApi
from tests.backups.scene import (
    a_check,
    an_import,
    backed_up,
    drop,
    now,
    project_with_everything,
    restored,
    rewrite_manifest,
)
from tests.exports.scene import exported
from tests.running import until

# By which the project knows them.
FORMER = "former-id-of-leaver"
# The name that somebody gave their token, and another name that has this one in it.
LEFT = {"entry", "restore"}


class Scene:
    """Somebody whose name stands wherever one may stand."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.name = new_name("Leaver")
        self.caller = Caller(f"id-of-{self.name[-8:]}", self.name)
        self.pseudonym = pseudonym_of(self.caller.user_id)
        self.project: Project
        self.backup: Backup

    async def prepare(self) -> None:
        storage, who, name = self.storage, self.caller.user_id, self.name
        made = await project_with_everything(storage)
        self.project = await change_project(
            storage, made.id, lambda one: one.model_copy(update={"has_former_ids": True})
        )
        await note(storage, self.caller, now())
        undone = Undone(by=FORMER, by_name=name, asked_at=now(), status="completed")
        asked = an_import(self.project).model_copy(
            update={"id": newest_first_id(now()), "by": FORMER, "by_name": name, "undone": undone}
        )
        await IMPORTS.put_back(storage, asked)
        check = a_check(self.project).model_copy(update={"id": newest_first_id(now()), "by": FORMER, "by_name": name})
        await CHECKS.put_back(storage, check)
        await put_member(storage, Member(self.project.id, name.upper(), Role.LABELER, who))
        await put_person(storage, Person(self.project.id, name, FORMER, who))
        await exported(storage, self.project, "csv")
        for scope, role in ((self.project.id, Role.LABELER), (None, Role.SERVICE_ADMINISTRATOR)):
            # Of one hash each: tests share the table.
            key = key_of(f"{who} {scope}")
            token = AccessToken(scope, key, "t", "t", role, who, name, now(), now() + timedelta(days=9))
            await insert_token(storage, token)
        await Blocks(storage).block(new_name("other"), self.caller, now())
        await self._leave_entries()
        restore = Restore(
            id=newest_first_id(now()),
            project_id=self.project.id,
            project_name="a",
            asked_at=now(),
            status="completed",
            folder="a/b",
            manifest="",
            people=(name, "somebody else"),
            notes=(f"These people of the backup are not let in: a-{name}, {name}.",),
        )
        await RESTORES.insert(storage, restore)
        self.backup = await backed_up(storage, self.project)

    async def _leave_entries(self) -> None:
        who, name = self.caller.user_id, self.name
        for entry in (
            Entry(newest_first_id(now()), "patchProject", who, name),
            Entry(newest_first_id(now()), "setMember", "boss-1", "boss", target=name),
            Entry(newest_first_id(now()), "revokeToken", "boss-1", "boss", details={"name": name, "madeBy": name}),
        ):
            async with audited(self.storage, entry):
                pass

    async def begin(self) -> None:
        person = await find_person(self.storage, self.caller.user_id)
        assert person
        await begin(self.storage, person)

    async def where_named(self) -> list[str]:
        """All rows and blobs of backups in which the name is found."""
        found = []
        for table in (self.storage.service_table, self.storage.audit_table):
            rows = [dict(row) async for row in table.query("RowKey ge @first", first="")]
            naming = [row for row in rows if self.name.lower() in json.dumps(row, default=str).lower()]
            found += [f"{row['PartitionKey']} {row['RowKey']}" for row in naming]
        container = self.storage.container(BACKUPS_CONTAINER)
        async for blob in container.list_blob_names(name_starts_with=self.backup.folder):
            data = await (await container.download_blob(blob)).readall()
            if self.name.lower().encode() in (gzip.decompress(data) if blob.endswith(".gz") else data).lower():
                found.append(blob)
        return found


@pytest.fixture
async def scene(storage: Storage) -> Scene:
    made = Scene(storage)
    await made.prepare()
    return made


async def test_a_name_is_nowhere_any_more_but_in_texts_that_people_wrote(storage: Storage, scene: Scene) -> None:
    assert len(await scene.where_named()) >= 10
    await scene.begin()
    assert await erase(storage, scene.caller.user_id, now())
    assert {one.split(" ")[0] for one in await scene.where_named()} == LEFT
    (import_, *_) = await IMPORTS.list(storage, scene.project.id, limit=1)
    assert (import_.by, import_.by_name) == (FORMER, scene.pseudonym)
    assert import_.undone is not None
    assert (import_.undone.by, import_.undone.by_name) == (FORMER, scene.pseudonym)
    assert (await names(storage, fresh=True))[scene.caller.user_id] == scene.pseudonym
    assert (await names_in(storage, scene.project, fresh=True))[FORMER] == scene.pseudonym
    entries = await list_entries(storage, Wanted(person=scene.pseudonym), limit=9)
    assert [(one.action, one.user_id) for one in entries] == [("patchProject", scene.caller.user_id)]
    # A call that was under way does not put it back.
    await note(storage, scene.caller, now())
    assert scene.caller.user_id in [one.user_id for one in await list_people(storage) if one.name == scene.pseudonym]


async def test_a_backup_that_named_them_is_still_known_as_made_here_and_can_be_restored(
    storage: Storage, scene: Scene
) -> None:
    await scene.begin()
    await erase(storage, scene.caller.user_id, now())
    told = await preview(storage, scene.backup.folder, now())
    assert told.made_here
    assert scene.pseudonym not in [member.sign_in_name for member in told.members]
    record = await BACKUPS.load(storage, scene.project.id, scene.backup.id)
    assert (record.manifest, record.renewed) == (told.manifest, None)
    await drop(storage, scene.project)
    assert (await restored(storage, scene.backup.folder)).status == "completed"
    assert not [name async for name in _labels_of_exports(storage, scene.backup.folder)]


async def _labels_of_exports(storage: Storage, folder: str) -> Any:
    async for name in storage.container(BACKUPS_CONTAINER).list_blob_names(name_starts_with=f"{folder}/exports/"):
        if name.endswith("labels.csv"):
            yield name


async def test_what_was_cut_off_is_finished_by_the_timer(
    storage: Storage, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: Any) -> None:
        raise InterruptedError

    await scene.begin()
    steps = ((erasing, "drop_memberships"), (erasing, "rename_in_entries"), (renaming, "_tidy"))
    for room, step in steps:
        with monkeypatch.context() as at:
            at.setattr(room, step, killed)
            with pytest.raises(InterruptedError):
                await erase(storage, scene.caller.user_id, now())
        assert scene.caller.user_id in await being_erased(storage)
    await erase_all(storage, now())
    assert scene.caller.user_id not in await being_erased(storage)
    assert {one.split(" ")[0] for one in await scene.where_named()} == LEFT
    assert (await preview(storage, scene.backup.folder, now())).made_here


async def test_work_that_would_write_the_name_again_is_waited_for(storage: Storage, scene: Scene) -> None:
    running = an_import(scene.project).model_copy(
        update={"id": newest_first_id(now()), "status": "running", "by": FORMER, "by_name": scene.name}
    )
    await IMPORTS.put_back(storage, running)
    undone = Undone(by=FORMER, by_name=scene.name, asked_at=now(), status="running")
    undoing = an_import(scene.project).model_copy(update={"id": newest_first_id(now()), "undone": undone})
    await IMPORTS.put_back(storage, undoing)
    # A backup that had the records already, and gets its manifest when the person is gone.
    await BACKUPS.save(storage, scene.backup.model_copy(update={"status": "running", "manifest": None}))
    await rewrite_manifest(storage, scene.backup.folder, partial(pseudonym_in_manifest, scene))
    await scene.begin()
    assert not await erase(storage, scene.caller.user_id, now())
    assert any(running.id in one for one in await scene.where_named())
    assert any(undoing.id in one for one in await scene.where_named())
    await IMPORTS.save(storage, running.model_copy(update={"status": "failed"}))
    ended = undone.model_copy(update={"status": "failed"})
    await IMPORTS.save(storage, undoing.model_copy(update={"undone": ended}))
    await BACKUPS.save(storage, scene.backup)
    assert await erase(storage, scene.caller.user_id, now())
    assert {one.split(" ")[0] for one in await scene.where_named()} == LEFT


def pseudonym_in_manifest(scene: Scene, manifest: dict[str, Any]) -> None:
    manifest["members"] = []
    for person in manifest["people"]:
        person["sign_in_name"] = scene.pseudonym if person["user_id"] == FORMER else person["sign_in_name"]


def test_a_name_within_a_sentence_is_replaced_where_it_stands_alone() -> None:
    who = Renaming(frozenset(), frozenset({"ann", "ann@example.org"}), "Former person 1")
    said = "These are not let in: Ann, joann, ann.b@example.org, ANN@example.org. Not ann-marie."
    assert who.within(said) == (
        "These are not let in: Former person 1, joann, ann.b@example.org, Former person 1. Not ann-marie."
    )


def test_an_administrator_erases_somebody_who_can_come_back_only_when_they_are_let_in(
    people: People, project: OfApi
) -> None:
    name = new_name("leaver")
    leaver = project.invite("labeler", name)
    project.label(leaver, 1)
    path, pseudonym = f"/api/people/{user_id(name)}", pseudonym_of(user_id(name))
    assert good(people().delete(path))["name"] == pseudonym
    # Backups of other tests may be under way.
    until(lambda: good(people().delete(path))["erased"]["done"], "the erasing does not end")
    assert (pseudonym, 1) in [(one["name"], one["labeled"]) for one in project.progress()["byLabeler"]]
    assert name not in [member["signInName"] for member in project.pages("members")]
    problem = assert_problem(leaver.get("/api/me"), 403, "forbidden")
    assert "erased" in problem["detail"]
    assert_problem(people().put(f"{path}/block"), 409, "conflict")

    good(people().delete(f"{path}/block"), 204)
    assert good(leaver.get("/api/me"))["name"] == name
    assert_problem(leaver.get(project.path), 404, "not-found")


def test_nobody_erases_themselves_or_an_administrator_or_somebody_who_was_never_here(people: People) -> None:
    good(people().get("/api/me"))
    own = assert_problem(people().delete(f"/api/people/{user_id('administrator')}"), 409, "conflict")
    assert "yourself" in own["detail"]
    assert_problem(people().delete(f"/api/people/{new_name('nobody')}"), 404, "not-found")


async def test_an_administrator_is_not_erased_as_long_as_the_setting_names_them(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = new_name("anna")
    connection = storage.config.storage_connection_string or ""
    settings = {"DATA_STORAGE": connection, "SECRETS_FILE": "unused", "ADMINISTRATORS": name}
    storage.config = Settings.from_environment(settings)
    monkeypatch.setattr(triggers, "storage", lambda: storage)
    anna = await administrators_of(storage).recognize(Caller(f"id-of-{name}", name))
    assert anna.is_administrator
    await note(storage, anna, now())
    with pytest.raises(Conflict, match="Take their name out of ADMINISTRATORS first"):
        await triggers.erase_person(Call(None, None, {"user_id": anna.user_id}, now(), Caller("boss-1", "boss")))
    assert anna.user_id not in await blocks_of(storage).known()
    assert anna.user_id not in await being_erased(storage)
    person = await find_person(storage, anna.user_id)
    assert person is not None
    assert person.name == name
