"""What has changed since the export before, and old exports, whose files go and whose records stay."""

import csv
import io
from datetime import timedelta

import pytest

from functions.exports.options import ExportOptions, Split
from functions.exports.retention import expire_exports
from functions.exports.store import EXPORTS, delete_export
from functions.exports.wire import export_answer
from functions.labeling.head import SKIPPED, WAITING, Head
from functions.labeling.packs import Change
from functions.projects.model import Project
from functions.settings import Settings, SettingsError
from functions.storage import Storage
from tests.exports.scene import (
    AT,
    CAT,
    DOG,
    Picture,
    add_packs,
    ask,
    blobs_of,
    board_of,
    build,
    exported,
    head_of,
    project_of,
)

BEFORE = [
    Picture("stays.png"),
    Picture("=corrected.png"),
    Picture("rejected.png", DOG.id),
    Picture("waits.png", None, WAITING),
]
AFTER = [
    Picture("stays.png"),
    Picture("=corrected.png", DOG.id),
    Picture("rejected.png", None, WAITING),
    Picture("waits.png", DOG.id),
]


async def relabel(storage: Storage, project: Project, pictures: list[Picture]) -> None:
    def rule(_: Head) -> Change[None]:
        return Change(head_of(pictures), None)

    await board_of(storage, project).packs.change(0, rule, now=AT)


async def test_an_export_says_what_has_changed_since_the_one_before(storage: Storage) -> None:
    project = await project_of(storage, BEFORE)
    first, files = await exported(storage, project, "csv")
    assert first.changes is None
    assert "changes.csv" not in files
    await relabel(storage, project, AFTER)
    await add_packs(storage, board_of(storage, project), [Picture("new.png")])
    second, files = await exported(storage, project, "csv")
    assert second.changes is not None
    changes = second.changes
    assert (changes.since, changes.since_at) == (first.id, first.started_at)
    assert (changes.added, changes.changed, changes.removed) == (2, 1, 1)
    listed = list(csv.reader(io.StringIO(files["changes.csv"].decode(), newline="")))
    assert listed == [
        ["change", "image", "before", "after"],
        ["changed", "'=corrected.png", "Cat", "Dog"],
        ["removed", "rejected.png", "Dog", ""],
        ["added", "waits.png", "", "Dog"],
        ["added", "new.png", "", "Cat"],
    ]
    third, _ = await exported(storage, project, "csv")
    assert third.changes is not None
    assert (third.changes.added, third.changes.changed, third.changes.removed) == (0, 0, 0)


async def test_only_exports_with_the_same_format_and_options_are_compared(storage: Storage) -> None:
    project = await project_of(storage, [*BEFORE, Picture("skipped.png", None, SKIPPED)])
    plain, _ = await exported(storage, project, "csv")
    wide = ExportOptions(states=("labeled", "skipped"))
    assert (await exported(storage, project, "coco"))[0].changes is None
    assert (await exported(storage, project, "csv", wide))[0].changes is None
    again, _ = await exported(storage, project, "csv")
    assert again.changes is not None
    assert again.changes.since == plain.id


async def test_an_export_that_was_deleted_is_not_compared_with(storage: Storage) -> None:
    project = await project_of(storage, BEFORE)
    first, _ = await exported(storage, project, "csv")
    second, _ = await exported(storage, project, "csv")
    await delete_export(storage, second)
    third, _ = await exported(storage, project, "csv")
    assert third.changes is not None
    assert third.changes.since == first.id
    waiting = await ask(storage, project, "csv")
    await delete_export(storage, first)
    await delete_export(storage, third)
    assert (await build(storage, waiting)).changes is None


async def test_the_files_of_an_old_export_are_deleted_and_its_record_says_so(storage: Storage) -> None:
    project = await project_of(storage, BEFORE)
    old, _ = await exported(storage, project, "csv")
    assert old.finished_at is not None
    await expire_exports(storage, 30, old.finished_at + timedelta(days=30, seconds=-1))
    assert (await EXPORTS.load(storage, project.id, old.id)).expired_at is None
    later = old.finished_at + timedelta(days=30)
    await expire_exports(storage, 30, later)
    kept = await EXPORTS.load(storage, project.id, old.id)
    assert (kept.status, kept.files, kept.expired_at, kept.images) == ("completed", (), later, 3)
    assert await blobs_of(storage, old) == [".index.tsv"]


async def test_the_next_export_is_compared_with_one_whose_files_are_gone(storage: Storage) -> None:
    project = await project_of(storage, BEFORE)
    old, _ = await exported(storage, project, "csv")
    assert old.finished_at is not None
    await expire_exports(storage, 1, old.finished_at + timedelta(days=1))
    await relabel(storage, project, AFTER)
    new, _ = await exported(storage, project, "csv")
    assert new.changes is not None
    assert (new.changes.added, new.changes.changed, new.changes.removed) == (1, 1, 1)


def settings_with(**environment: str) -> Settings:
    return Settings.from_environment({"DATA_STORAGE": "x", "SECRETS_FILE": "x", **environment})


def test_exports_are_kept_for_thirty_days_unless_the_setting_says_otherwise() -> None:
    assert settings_with().export_days == 30
    assert settings_with(EXPORT_DAYS="7").export_days == 7


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "a month", "٣"])
def test_a_setting_that_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="EXPORT_DAYS"):
        settings_with(EXPORT_DAYS=text)


async def test_an_export_of_several_labels_an_image_counts_images_and_labels_and_tells_what_changed(
    storage: Storage,
) -> None:
    before = [Picture("one.png"), Picture("both.png", CAT.id, others=(DOG.id,)), Picture("none.png", None)]
    project = await project_of(storage, before, task_type="multiLabel")
    split = ExportOptions(split=Split(train=0.5, validation=0, test=0.5, seed=1))
    first, _ = await exported(storage, project, "csv", split)
    assert (first.images, first.empty, [(one.name, one.count) for one in first.labels]) == (
        3,
        1,
        [("Cat", 2), ("Dog", 1)],
    )
    answer = export_answer(first, project, [])
    assert (answer.images, answer.labels, answer.empty) == (3, 3, 1)
    await relabel(storage, project, [before[0], Picture("both.png", DOG.id), Picture("none.png", None)])
    second, files = await exported(storage, project, "csv", split)
    assert second.changes is not None
    assert (second.changes.added, second.changes.changed, second.changes.removed) == (0, 1, 0)
    listed = list(csv.reader(io.StringIO(files["changes.csv"].decode(), newline="")))[1:]
    assert listed == [["changed", "both.png", "Cat; Dog", "Dog"]]
