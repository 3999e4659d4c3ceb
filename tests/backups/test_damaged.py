"""Folders that are not what a backup must be, by accident or on purpose: refused in words, and nothing is shown."""

import gzip
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio
from azure.storage.blob.aio import BlobClient

from functions.backups.asking import ask_for_restore, free_name
from functions.backups.manifest import MANIFEST
from functions.backups.store import Backup, drop_folder
from functions.identity import Caller
from functions.ids import newest_first_id
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.access import forget, membership
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.storage import BACKUPS_CONTAINER, Storage
from tests.backups.scene import (
    backed_up,
    drop,
    now,
    project_with_everything,
    restore,
    restored,
    rewrite_manifest,
    state_of,
)

Document = dict[str, Any]
Rows = list[Document]


class Kept:
    """A backup that was made once, with its blobs: each test gets a folder of its own with them."""

    made: tuple[Project, Backup, dict[str, bytes]] | None = None


@pytest_asyncio.fixture
async def backup(storage: Storage) -> Backup:
    container = storage.container(BACKUPS_CONTAINER)
    if Kept.made is None:
        project = await project_with_everything(storage)
        done = await backed_up(storage, project)
        names = [name async for name in container.list_blob_names(name_starts_with=done.folder)]
        content = {name: await (await container.download_blob(name)).readall() for name in names}
        Kept.made = project, done, {name.removeprefix(done.folder): data for name, data in content.items()}
    project, done, blobs = Kept.made
    await drop(storage, project)
    own = done.model_copy(update={"id": newest_first_id(now())})
    for name, data in blobs.items():
        await container.upload_blob(own.folder + name, data, overwrite=True)
    return own


@pytest.fixture
def project(backup: Backup) -> Project:
    """What the backup is of."""
    assert Kept.made is not None
    return Kept.made[0]


def blob(storage: Storage, backup: Backup, name: str) -> BlobClient:
    return storage.container(BACKUPS_CONTAINER).get_blob_client(f"{backup.folder}/{name}")


async def part_names(storage: Storage, backup: Backup) -> list[str]:
    manifest = json.loads(await (await blob(storage, backup, MANIFEST).download_blob()).readall())
    return [part["name"] for part in manifest["parts"]]


async def rewrite_rows(storage: Storage, backup: Backup, kind: str, change: Callable[[Rows], object]) -> None:
    """A part of that kind as somebody else might have written it, with a manifest that fits it."""
    name = next(name for name in await part_names(storage, backup) if name.startswith(kind))
    one = blob(storage, backup, name)
    rows = [json.loads(line) for line in gzip.decompress(await (await one.download_blob()).readall()).splitlines()]
    change(rows)
    data = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
    await replace_part(storage, backup, name, data)


async def replace_part(storage: Storage, backup: Backup, name: str, data: bytes) -> None:
    await blob(storage, backup, name).upload_blob(data, overwrite=True)

    def sum_up(manifest: Document) -> None:
        part = next(part for part in manifest["parts"] if part["name"] == name)
        part.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())

    await rewrite_manifest(storage, backup.folder, sum_up)


async def assert_fails_hidden(storage: Storage, project: Project, backup: Backup) -> str:
    """The restoring fails, and says why; only the service's administrators see what there is of the project."""
    done = await restored(storage, backup.folder)
    assert done.status == "failed"
    assert done.error
    forget(project.id)
    kept = await load_project(storage, project.id)
    assert (kept.status, kept.refresh_trouble, kept.restoring) == ("failed", done.error, done.id)
    with pytest.raises(NotFound):
        await membership(storage, project.id, Caller("hanna", "Hanna", is_administrator=False))
    return done.error


@pytest.mark.parametrize("kind", ["images", "records", "snapshot", "exports"])
@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
async def test_a_part_that_is_missing_or_not_what_the_manifest_says_fails_in_words(
    storage: Storage, project: Project, backup: Backup, kind: str, damage: str
) -> None:
    name = next(name for name in await part_names(storage, backup) if name.startswith(kind))
    one = blob(storage, backup, name)
    content = await (await one.download_blob()).readall()
    await one.delete_blob()
    if damage != "missing":
        await one.upload_blob(content[:-1] if damage == "cut" else content[:-1] + bytes([content[-1] ^ 1]))
    assert name in await assert_fails_hidden(storage, project, backup)

    await one.upload_blob(content, overwrite=True)
    again = await restored(storage, backup.folder)
    assert again.status == "completed", again.error


async def test_a_failed_restoring_can_be_deleted_and_done_from_another_backup(
    storage: Storage,
) -> None:
    project = await project_with_everything(storage)
    before = await state_of(storage, project)
    bad, whole = await backed_up(storage, project), await backed_up(storage, project)
    await drop(storage, project)
    for name in await part_names(storage, bad):
        if name.startswith("records"):
            await blob(storage, bad, name).delete_blob()
    await assert_fails_hidden(storage, project, bad)
    with pytest.raises(Conflict, match="delete the project first"):
        await ask_for_restore(storage, whole.folder, now())
    await drop(storage, project)
    assert (await restored(storage, whole.folder)).status == "completed"
    assert await state_of(storage, project) == before


async def test_a_folder_without_a_manifest_is_no_backup(storage: Storage, backup: Backup) -> None:
    await blob(storage, backup, MANIFEST).delete_blob()
    with pytest.raises(NotFound, match="no manifest yet"):
        await ask_for_restore(storage, backup.folder, now())


def put(path: str, value: Any) -> Callable[[Document], None]:
    """Sets one value of a document, by its path."""

    def change(document: Document) -> None:
        *way, last = [int(step) if step.lstrip("-").isdigit() else step for step in path.split(".")]
        found: Any = document
        for step in way:
            found = found[step]
        found[last] = value

    return change


HOSTILE_MANIFESTS = {
    "another format": put("format", "zip"),
    "a newer format": put("version", 2),
    "newer data": put("schema_version", 99),
    "something more": put("more", 1),
    "another project": put("project.id", "abcdefghijkm"),
    "an id that is none": put("project.id", "../../../etc"),
    "a project that is being deleted": put("project.status", "deleting"),
    "a project that is being restored": put("project.restoring", "x"),
    "a label twice": put("project.labels", [{"id": 1, "name": "Cat"}, {"id": 1, "name": "Dog"}]),
    "a label of the future": put("project.next_label", 1),
    "labels without end": put("project.next_label", 10**70),
    "an edition without end": put("project.edition", 10**70),
    "counts without end": put("counts.packs", 10**70),
    "a number that cannot be read": put("counts.packs", 10**400),
    "a label without end": put("project.labels.0.name", "x" * 200),
    "a label of control characters": put("project.labels.0.name", "a\x00b"),
    "labels that are merged in a ring": put(
        "project.merged", [{"id": 3, "name": "a", "into": 4}, {"id": 4, "name": "b", "into": 3}]
    ),
    "a label in a group without a name": put("project.labels.0.group", "Animal//Pets"),
    "a group that is not as it would be kept": put("project.labels.0.group", " Animal"),
    "a merged label in a group without end": lambda manifest: manifest["project"].update(
        merged=[{"id": 3, "name": "a", "into": 1, "group": "a/" * 400}], next_label=4
    ),
    "an exclusive group where an image gets one label": lambda manifest: manifest["project"].update(
        labels=[{"id": 1, "name": "Cat", "group": "Animal"}, {"id": 2, "name": "Dog"}], exclusive_groups=["Animal"]
    ),
    "an exclusive group that no label is in": lambda manifest: manifest["project"].update(
        task_type="multiLabel", exclusive_groups=["Animal"]
    ),
    "instructions that are a script": put("project.instructions_url", "javascript:alert(1)"),
    "a lease without end": put("project.lease_minutes", 10**9),
    "more opinions than an image can have": lambda manifest: manifest["project"].update(
        opinions={"least": 99, "most": 99, "share": 1}, has_opinions=True
    ),
    "opinions of which former versions are not told": put("project.opinions", {"least": 2, "most": 2, "share": 1}),
    "a merging of a label that is not there": put("project.unsettled", [99]),
    "another folder than its dataset's": put("project.prefix", "elsewhere/"),
    "a datastore that is a path": put("datastore.name", "../workspace"),
    "a member who may do everything": put("members.0.role", "service_administrator"),
    "a member without a name": put("members.0.sign_in_name", ""),
    "a member whose name cannot be shown": put("members.0.sign_in_name", "a\u202eb"),
    "a member whose name is the way up": put("members.0.sign_in_name", ".."),
    "a member whose name is the way up, encoded": put("members.0.sign_in_name", "%2e%2E"),
    "a member whose name has a slash": put("members.0.sign_in_name", "../x"),
    "a person whose name is only dots": put("people.0.sign_in_name", ".."),
    "a person whose id is too long": put("people.0.user_id", "x" * 1000),
    "a part elsewhere": put("parts.0.name", "../other/manifest.json"),
    "a part by its address": put("parts.0.name", "https://example.org/x"),
    "a part twice": lambda manifest: manifest["parts"].append(manifest["parts"][0]),
    "a part of less than nothing": put("parts.0.bytes", -1),
    "a sum that is none": put("parts.0.sha256", "0"),
    "a file of another export": put("parts.-1.export", "0" * 19),
}


@pytest.mark.parametrize("change", HOSTILE_MANIFESTS.values(), ids=HOSTILE_MANIFESTS)
async def test_a_hostile_manifest_is_refused_before_anything_is_written(
    storage: Storage, project: Project, backup: Backup, change: Callable[[Document], None]
) -> None:
    await rewrite_manifest(storage, backup.folder, change)
    with pytest.raises(Invalid) as refused:
        await ask_for_restore(storage, backup.folder, now())
    assert refused.value.detail
    with pytest.raises(NotFound):
        await load_project(storage, project.id)


async def test_a_manifest_that_is_no_json_is_refused(storage: Storage, backup: Backup) -> None:
    for text in (b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000):
        await blob(storage, backup, MANIFEST).upload_blob(text, overwrite=True)
        with pytest.raises(Invalid):
            await ask_for_restore(storage, backup.folder, now())


async def test_a_manifest_that_changes_after_it_was_looked_at_is_not_followed(storage: Storage, backup: Backup) -> None:
    asked = await ask_for_restore(storage, backup.folder, now())
    await rewrite_manifest(storage, backup.folder, put("project.name", "other"))
    done = await restore(storage, asked)
    assert done.status == "failed"
    assert "changed" in (done.error or "")


def head(**columns: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[0].update(columns)


def row(number: int, **columns: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[number].update(columns)


def record_that_says(**said: Any) -> Callable[[Rows], None]:
    return row(2, document00=json.dumps({"labels": {}, "reason": None, "taken": [], "reasons": {}, **said}))


HOSTILE_ROWS: dict[str, Callable[[Rows], object]] = {
    "a partition that is the directory's": row(0, PartitionKey="dir", RowKey="dir|0000"),
    "a partition that is a filter": row(0, PartitionKey="' or 1 eq 1"),
    "a row of no kind": lambda rows: rows.insert(1, {**rows[0], "RowKey": "who|ann"}),
    "a row twice": lambda rows: rows.insert(1, rows[0]),
    "a pack without its images": lambda rows: rows.pop(1),
    "packs in another order": lambda rows: rows.reverse(),
    "a row without a key": lambda rows: rows[0].pop("RowKey"),
    "a state that there is not": head(states="xxxx"),
    "a state more": head(states="lllll"),
    "a label that there is not": head(labels="[[9],[],[1],[2]]"),
    "labels that are no lists": head(labels='{"a":1}'),
    "labels that are no JSON": head(labels="[["),
    "a labeler that there is not": head(by="[7,7,7,7]"),
    "a time that is none": head(at='["a",0,0,0]'),
    "a time before all": head(at="[-1,0,0,0]"),
    "opinions in a project that asks for none": head(opinions1="[[0,0,1,[1]]]"),
    "a labeler without an id": head(labelers='[""]'),
    "a slot beyond the last": head(missing="[98]"),
    "a lease of nothing": head(ended='[["x","y",1,"","0"]]'),
    "a number that is a text": head(revision="1"),
    "a record that is not there": head(records=7),
    "a number that storage does not take": lambda rows: [row.update(revision=2**31) for row in rows[:2]],
    "a label without end": record_that_says(labels={0: [10**70]}),
    "a suggestion without end": record_that_says(suggested={0: [10**400, True]}),
    "an outcome of an image that is not there": record_that_says(outcomes={98: ["w", None, "", 0, 0, []]}),
    "an opinion of nobody whom the head knows": record_that_says(
        outcomes={0: ["w", None, "", 0, 0, [["mallory", 1, [1]]]]}
    ),
    "an image of another folder": row(1, i00='["\\u0000","0x1",1,1,1,null]'),
    "an image without end": row(1, i00=json.dumps(["x" * 5000, "0x1", 1, 1, 1, None])),
    "an image that is no list": row(1, i00='"x"'),
    "images of another head": row(1, revision=5),
    "a record of no action": row(2, action="deleted"),
    "a record of nobody": row(2, by=""),
    "a record that is no JSON": row(2, document00="{"),
    "a record of another pack": row(2, RowKey="s|000009-abc"),
}


@pytest.mark.parametrize("change", HOSTILE_ROWS.values(), ids=HOSTILE_ROWS)
async def test_a_hostile_row_gets_into_no_table(
    storage: Storage, project: Project, backup: Backup, change: Callable[[Rows], object]
) -> None:
    await rewrite_rows(storage, backup, "images", change)
    await assert_fails_hidden(storage, project, backup)


HOSTILE_RECORDS: dict[str, Callable[[Rows], object]] = {
    "of no kind": row(0, kind="project"),
    "of another project": lambda rows: rows[0]["document"].update(project_id="abcdefghijkm"),
    "with a key that is none": lambda rows: rows[0]["document"].update(id="a/b"),
    "with a file elsewhere": lambda rows: rows[0]["document"]["files"][0].update(name="../../x"),
    "one more than there are": lambda rows: rows.append(rows[-1]),
    "of nothing": lambda rows: rows.insert(0, {}),
}


@pytest.mark.parametrize("change", HOSTILE_RECORDS.values(), ids=HOSTILE_RECORDS)
async def test_a_hostile_record_gets_into_no_table(
    storage: Storage, project: Project, backup: Backup, change: Callable[[Rows], object]
) -> None:
    await rewrite_rows(storage, backup, "records", change)
    await assert_fails_hidden(storage, project, backup)


async def test_a_small_part_that_unpacks_to_very_much_is_refused(
    storage: Storage, project: Project, backup: Backup
) -> None:
    name = next(name for name in await part_names(storage, backup) if name.startswith("images"))
    await replace_part(storage, backup, name, gzip.compress(b" " * 300_000_000, 9))
    assert "more than a part may have" in await assert_fails_hidden(storage, project, backup)


async def test_what_a_manifest_leaves_out_is_missed(storage: Storage, project: Project, backup: Backup) -> None:
    def leave_out(manifest: Document) -> None:
        manifest["parts"] = [part for part in manifest["parts"] if part["kind"] != "images"]

    await rewrite_manifest(storage, backup.folder, leave_out)
    assert "do not hold" in await assert_fails_hidden(storage, project, backup)


async def test_a_backup_that_is_deleted_is_gone_manifest_first(storage: Storage, backup: Backup) -> None:
    assert await drop_folder(storage, backup.folder)
    with pytest.raises(NotFound):
        await ask_for_restore(storage, backup.folder, now())


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    assert free_name("Cats", set()) == "Cats"
    assert free_name("Cats", {"cats", "cats (2)"}) == "Cats (3)"
    assert free_name("x" * 100, {"x" * 100}) == "x" * 96 + " (2)"
