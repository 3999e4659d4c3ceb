"""Builds of exports: cut off anywhere they end in the same bytes, they wait for each other, and they can be stopped."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.exports import building, files
from functions.exports.builder import ExportWork
from functions.exports.checkpoint import Checkpoint
from functions.exports.formats import FORMATS
from functions.exports.options import ExportOptions, Split
from functions.exports.pack_writer import LabelsAdded
from functions.exports.store import EXPORTS, LOCK, Export, ExportMessage, delete_export
from functions.labeling.columns import Columns, read_columns
from functions.locks import lock_of, locked
from functions.places import Place
from functions.problems import NotFound
from functions.projects.labels import merge, unmerge
from functions.projects.lifecycle import drop_project
from functions.projects.model import Label, Project
from functions.projects.store import change_project
from functions.review.actions import Action, correct
from functions.storage import EXPORTS_QUEUE, Storage
from functions.tables import Table
from tests.api.builders import new_name, picture
from tests.exports.featured import make_ready
from tests.exports.scene import (
    AT,
    CAT,
    DOG,
    NOW,
    Picture,
    ask,
    blobs_of,
    board_of,
    build,
    exported,
    files_of,
    project_of,
)
from tests.labeling.heads import saying

SPLIT = ExportOptions(split=Split(train=0.6, validation=0.2, test=0.2, seed=7))
PACKS, PACK_SIZE = 6, 4


class HostDied(BaseException):
    """No handler of errors may catch it."""


def pictures() -> list[Picture]:
    folder = new_name("images")
    return [
        Picture(f"{folder}/{number:03}.png", (CAT.id, DOG.id)[number % 2], content=picture())
        for number in range(PACKS * PACK_SIZE)
    ]


def sums(export: Export) -> dict[str, str | None]:
    """The sums of its files, but not of its record, which tells times."""
    return {file.name: file.sha256 for file in export.files if file.name != "export.json"}


@pytest.fixture
def checkpoints_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each pack, as otherwise after megabytes."""
    monkeypatch.setattr(building, "STAGE_BYTES", 1)


def dying(of: type, method: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host dies after that call of a method."""
    whole: Callable[..., Awaitable[Any]] = getattr(of, method)
    calls = 0

    async def call(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        number = calls
        answer = await whole(*args)
        if number == at:
            raise HostDied
        return answer

    monkeypatch.setattr(of, method, call)


@pytest.mark.parametrize(
    ("form", "with_images"),
    [*((form, False) for form in FORMATS), *((form, True) for form, of in FORMATS.items() if of.may_hold_images)],
)
async def test_a_build_that_dies_anywhere_goes_on_and_ends_in_the_same_bytes(
    storage: Storage, form: str, with_images: bool, checkpoints_everywhere: None
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    await make_ready(storage, project, form)
    options = SPLIT.model_copy(update={"with_images": with_images})
    whole, _ = await exported(storage, project, form, options)
    save, stage = (Place, "save"), (files.Files, "stage")
    commit, seal = (files.Files, "commit"), (files.Files, "seal")
    # Hosts that die one after the other, each after so many calls. Before one call is after another: between them
    # nothing is written.
    for deaths in (
        ((*save, 1), (*stage, 1), (*save, 2), (*stage, 2), (*commit, 1), (*seal, 1)),
        ((*stage, 5), (*save, 2), (*commit, 2), (*seal, 2)),
    ):
        export = await ask(storage, project, form, options)
        for of, method, at in deaths:
            with pytest.MonkeyPatch.context() as patch:
                dying(of, method, at, patch)
                with pytest.raises(HostDied):
                    await build(storage, export)
        again = await build(storage, export)
        assert again.status == "completed"
        assert {name: sums(again).get(name) for name in sums(whole)} == sums(whole), f"cut at {deaths}"
        assert (again.images, again.labels, again.sides) == (whole.images, whole.labels, whole.sides)
        assert again.changes is not None
        assert (again.changes.added, again.changes.changed, again.changes.removed) == (0, 0, 0)


async def test_a_build_that_goes_on_does_not_read_what_it_has(
    storage: Storage, checkpoints_everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export = await ask(storage, project, "csv")
    with pytest.MonkeyPatch.context() as patch:
        dying(Place, "save", 5, patch)
        with pytest.raises(HostDied):
            await build(storage, export)
    begun: list[int] = []

    def noting(table: Table, first: int, aliases: Mapping[int, int]) -> AsyncGenerator[Columns, None]:
        begun.append(first)
        return read_columns(table, first, aliases)

    monkeypatch.setattr(building, "read_columns", noting)
    assert (await build(storage, export)).images == PACKS * PACK_SIZE
    assert begun == [5]


@pytest.mark.parametrize(("options", "readings"), [(ExportOptions(), 1), (SPLIT, 2)], ids=["whole", "split"])
async def test_a_build_near_the_time_limit_leaves_the_rest_to_the_next_message(
    storage: Storage, options: ExportOptions, readings: int
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    whole, _ = await exported(storage, project, "coco", options)
    await messages(storage, project)
    export = await ask(storage, project, "coco", options)
    [asked] = await messages(storage, project)
    progress = 0.0
    for step in range(1, readings * PACKS + 1):
        part = await build(storage, export, time_limit=0)
        assert (part.status, part.progress >= progress) == ("running", True), f"after step {step}"
        assert await messages(storage, project) == [asked]
        progress = part.progress
    done = await build(storage, export)
    assert done.status == "completed"
    assert {name: sums(done).get(name) for name in sums(whole)} == sums(whole)


@pytest.mark.parametrize("is_undone", [False, True], ids=["merged meanwhile", "undone meanwhile"])
async def test_a_build_goes_on_with_the_labels_as_they_counted_when_it_began(storage: Storage, is_undone: bool) -> None:
    three = (CAT, DOG, Label(id=3, name="Uncertain"))
    project = await project_of(storage, pictures(), labels=three, pack_size=PACK_SIZE)

    async def merging(*, undo: bool) -> None:
        def change(known: Project) -> Project:
            return unmerge(known, DOG.id) if undo else merge(known, DOG.id, CAT.id)

        await change_project(storage, project.id, change)

    if is_undone:
        await merging(undo=False)
    whole, _ = await exported(storage, project, "coco")
    export = await ask(storage, project, "coco")
    assert (await build(storage, export, time_limit=0)).status == "running"
    await merging(undo=is_undone)
    done = await build(storage, export)
    assert sums(done)["coco.json"] == sums(whole)["coco.json"]
    assert done.labels == whole.labels
    after, _ = await exported(storage, project, "coco")
    assert after.changes
    assert after.changes.changed == PACKS * PACK_SIZE / 2


async def test_an_export_of_a_label_that_is_merged_before_it_is_built_holds_the_other(storage: Storage) -> None:
    three = (CAT, DOG, Label(id=3, name="Uncertain"))
    project = await project_of(storage, pictures(), labels=three, pack_size=PACK_SIZE)
    waiting = await ask(storage, project, "csv", ExportOptions(labels=(DOG.id,)))
    await change_project(storage, project.id, lambda known: merge(known, DOG.id, CAT.id))
    done = await build(storage, waiting)
    assert (done.status, done.images) == ("completed", PACKS * PACK_SIZE)
    assert {label.name: label.count for label in done.labels} == {"Cat": PACKS * PACK_SIZE, "Uncertain": 0}


@pytest.mark.parametrize("form", FORMATS)
async def test_images_with_a_label_that_was_removed_are_exported_with_it(storage: Storage, form: str) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    cat, fox = Label(id=CAT.id, name="Cat"), Label(id=3, name="Fox")
    await change_project(
        storage, project.id, lambda known: known.model_copy(update={"labels": (cat, fox), "retired": (DOG,)})
    )
    await make_ready(storage, project, form)
    done, _ = await exported(storage, project, form)
    half = PACKS * PACK_SIZE // 2
    assert {label.name: label.count for label in done.labels} == {"Cat": half, "Fox": 0, "Dog": half}


async def test_a_build_that_comes_upon_a_label_which_was_added_since_begins_anew(storage: Storage) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export = await ask(storage, project, "imagefolder")
    assert (await build(storage, export, time_limit=0)).status == "running"
    fox = Label(id=3, name="Fox")
    await change_project(
        storage, project.id, lambda known: known.model_copy(update={"labels": (*known.labels, fox), "next_label": 4})
    )
    await correct(board_of(storage, project), PACKS - 1, {0: None}, Action("rita", AT), project, saying(fox.id))
    with pytest.raises(LabelsAdded):
        await build(storage, export)
    done = await build(storage, export)
    assert (done.status, done.images) == ("completed", PACKS * PACK_SIZE)
    assert {label.name: label.count for label in done.labels}["Fox"] == 1


async def test_blocks_that_are_lost_make_the_build_begin_anew(
    storage: Storage, checkpoints_everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    whole, _ = await exported(storage, project, "csv")
    export = await ask(storage, project, "csv")
    with pytest.MonkeyPatch.context() as patch:
        dying(Place, "save", 4, patch)
        with pytest.raises(HostDied):
            await build(storage, export)
    await files.Files(storage.container("exports"), export.folder).blob("labels.csv").commit_block_list([])
    with pytest.raises(files.BlocksLost):
        await build(storage, export)
    done = await build(storage, export)
    assert sums(done)["labels.csv"] == sums(whole)["labels.csv"]


async def test_the_sums_and_sizes_are_those_of_the_files(storage: Storage, checkpoints_everywhere: None) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    for form in FORMATS:
        await make_ready(storage, project, form)
        export, content = await exported(storage, project, form, SPLIT)
        assert {file.name: file.sha256 for file in export.files} == {
            name: hashlib.sha256(data).hexdigest() for name, data in content.items()
        }


async def test_what_is_too_long_to_be_read_once_more_has_no_sum(
    storage: Storage, checkpoints_everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "MOST_SUMMED_BYTES", 100)
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    whole, _ = await exported(storage, project, "csv")
    assert sums(whole)["labels.csv"] is not None
    export = await ask(storage, project, "csv")
    with pytest.MonkeyPatch.context() as patch:
        dying(Place, "save", 4, patch)
        with pytest.raises(HostDied):
            await build(storage, export)
    assert sums(await build(storage, export))["labels.csv"] is None


@pytest.mark.parametrize("form", FORMATS)
async def test_the_same_labels_make_the_same_bytes_whenever_they_are_exported(storage: Storage, form: str) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    await make_ready(storage, project, form)
    first, second = [(await exported(storage, project, form, ExportOptions()))[0] for _ in range(2)]
    assert first.started_at != second.started_at
    assert {name: sums(second).get(name) for name in sums(first)} == sums(first)


async def test_a_finished_export_leaves_nothing_beside_its_files_and_its_index(storage: Storage) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export, content = await exported(storage, project, "coco")
    assert sorted(await blobs_of(storage, export)) == sorted([*content, ".index.tsv"])


async def test_a_deleted_export_stops_being_built_and_leaves_nothing(
    storage: Storage, checkpoints_everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export = await ask(storage, project, "azureml")
    monkeypatch.setattr(building, "NOTE_EVERY_SECONDS", 0.0)
    whole, saved = Place.save, 0

    async def save(place: Place[Checkpoint], text: str) -> None:
        nonlocal saved
        await whole(place, text)
        saved += 1
        if saved == 3:
            await delete_export(storage, export)

    monkeypatch.setattr(Place, "save", save)
    with pytest.raises(NotFound):
        await build(storage, export)
    assert saved < PACKS
    assert await blobs_of(storage, export) == []


async def test_an_export_of_a_project_that_is_deleted_meanwhile_ends_quietly(
    storage: Storage, checkpoints_everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export = await ask(storage, project, "csv")
    monkeypatch.setattr(building, "NOTE_EVERY_SECONDS", 0.0)
    whole = Place.save

    async def save(place: Place[Checkpoint], text: str) -> None:
        await whole(place, text)
        await drop_project(storage, project)

    monkeypatch.setattr(Place, "save", save)
    with pytest.raises(NotFound):
        await build(storage, export)
    assert await blobs_of(storage, export) == []


async def messages(storage: Storage, project: Project) -> list[ExportMessage]:
    """Takes all messages of the queue; gives the project's."""
    queue = storage.queues.get_queue_client(EXPORTS_QUEUE)
    found = []
    async for message in queue.receive_messages():
        found.append(ExportMessage.model_validate_json(base64.b64decode(message.content)))
        await queue.delete_message(message)
    return [one for one in found if one.project_id == project.id]


async def test_one_export_of_a_project_is_built_at_a_time(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExportWork, "retry_seconds", 0)
    project = await project_of(storage, pictures()[:4])
    await messages(storage, project)
    export = await ask(storage, project, "csv")
    [asked] = await messages(storage, project)
    async with locked(lock_of(storage, project.id, LOCK)):
        assert (await build(storage, export)).status == "queued"
    assert await messages(storage, project) == [asked]
    assert (await build(storage, export)).status == "completed"


async def test_the_export_asked_for_first_is_built_first(storage: Storage) -> None:
    project = await project_of(storage, pictures()[:4])
    first = await ask(storage, project, "csv")
    await asyncio.sleep(0.002)
    second = await ask(storage, project, "csv")
    assert (await build(storage, second)).status == "queued"
    assert (await build(storage, first)).status == "completed"
    assert (await build(storage, second)).status == "completed"


async def test_an_export_that_died_for_good_holds_up_nobody(storage: Storage) -> None:
    project = await project_of(storage, pictures()[:4])
    first = await ask(storage, project, "csv")
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    await EXPORTS.save(storage, first.model_copy(update={"status": "running", "touched_at": long_ago}))
    assert (await build(storage, await ask(storage, project, "csv"))).status == "completed"


async def test_an_export_that_is_given_up_says_so_and_leaves_no_files(
    storage: Storage, checkpoints_everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export = await ask(storage, project, "csv")
    dying(Place, "save", 4, monkeypatch)
    with pytest.raises(HostDied):
        await build(storage, export)
    message = ExportMessage(project_id=project.id, export_id=export.id)
    await ExportWork(storage, message, lambda: NOW).give_up()
    given_up = await EXPORTS.load(storage, project.id, export.id)
    assert (given_up.status, given_up.error) == ("failed", ExportWork.given_up)
    assert await blobs_of(storage, export) == []


async def test_the_record_says_what_the_export_holds(storage: Storage) -> None:
    project = await project_of(storage, pictures(), pack_size=PACK_SIZE)
    export, content = await exported(storage, project, "csv", SPLIT)
    record = json.loads(content["export.json"])
    assert record["project"] == {"id": project.id, "name": project.name}
    assert (record["id"], record["format"], record["images"]) == (export.id, "csv", PACKS * PACK_SIZE)
    assert record["startedAt"] <= record["finishedAt"]
    assert [(label["label"], label["count"]) for label in record["byLabel"]] == [
        ("Cat", PACKS * PACK_SIZE // 2),
        ("Dog", PACKS * PACK_SIZE // 2),
    ]
    for label in record["byLabel"]:
        assert sum(label["bySide"].values()) == label["count"]
    assert sum(record["bySide"].values()) == PACKS * PACK_SIZE
    assert record["options"]["split"] == {"train": 0.6, "validation": 0.2, "test": 0.2, "seed": 7}
    table = content["labels.csv"]
    assert record["files"] == [{"name": "labels.csv", "bytes": len(table), "sha256": hashlib.sha256(table).hexdigest()}]
    assert await files_of(storage, export) == content
