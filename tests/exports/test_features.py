"""Exports of features: row by row those of the image that the table names, as numpy reads them."""

import json
from pathlib import Path

import numpy as np
import pytest

from functions.assist import features as stored
from functions.assist.model import FEATURES
from functions.cells import unguarded
from functions.exports.featured import NOT_MADE, OF_BEFORE
from functions.exports.formats import FORMATS
from functions.exports.formats.features import Features
from functions.exports.options import ExportOptions, Split
from functions.exports.requests import ExportRequest, options_of
from functions.labeling.head import SKIPPED, WAITING
from functions.problems import Invalid
from functions.projects.model import Project
from functions.storage import Storage
from tests.exports.featured import features_of, give_features, loaded
from tests.exports.hostile import hostile_project
from tests.exports.scene import CAT, DOG, Picture, exported, project_of
from tests.exports.several import LABELED, SAID, state_of, written
from tests.projects.test_label_keys import project_with

SPLIT = ExportOptions(split=Split(train=0.6, validation=0.2, test=0.2, seed=1))
SIDES = ("train", "validation", "test")
ALL = ExportOptions(states=("labeled", "skipped", "waiting"))


async def test_each_row_has_the_features_of_the_image_that_the_table_names(storage: Storage) -> None:
    project, truth = await hostile_project(storage, folder=False)
    await give_features(storage, project)
    _, files = await exported(storage, project, "features")
    assert [name for name in files if name != "export.json"] == ["features.npy", "images.csv"]
    matrix, table = loaded(files)
    assert (matrix.dtype.name, matrix.shape) == ("float16", (len(truth), FEATURES))
    assert {unguarded(row["image"]): unguarded(row["label"]) for row in table} == truth
    for row, features in zip(table, matrix, strict=True):
        assert np.array_equal(features, features_of(unguarded(row["image"])))
    assert not [cell for row in table for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert len({row["id"] for row in table}) == len(truth)


async def test_for_programs_the_cells_are_as_they_are(storage: Storage) -> None:
    project, truth = await hostile_project(storage, folder=False)
    await give_features(storage, project)
    _, files = await exported(storage, project, "features", ExportOptions(guard_formulas=False))
    assert {row["image"]: row["label"] for row in loaded(files)[1]} == truth


async def test_with_a_split_each_side_has_its_own_matrix_and_table(storage: Storage) -> None:
    project, truth = await hostile_project(storage, folder=False)
    await give_features(storage, project)
    export, files = await exported(storage, project, "features", SPLIT)
    told = {}
    for side in SIDES:
        matrix, table = loaded(files, side)
        assert len(matrix) == len(table) == export.sides[side] > 0
        for row, features in zip(table, matrix, strict=True):
            assert np.array_equal(features, features_of(unguarded(row["image"])))
            told[unguarded(row["image"])] = unguarded(row["label"])
    assert told == truth


async def test_images_that_nobody_labeled_are_there_where_they_are_asked_for(storage: Storage) -> None:
    pictures = [Picture("cat.png"), Picture("waiting.png", None, WAITING), Picture("skipped.png", None, SKIPPED)]
    project = await project_of(storage, [*pictures, Picture("dog.png", DOG.id)])
    await give_features(storage, project)
    _, files = await exported(storage, project, "features", ALL)
    assert [(row["image"], row["label"], row["state"]) for row in loaded(files)[1]] == [
        ("cat.png", CAT.name, "labeled"),
        ("waiting.png", "", "waiting"),
        ("skipped.png", "", "skipped"),
        ("dog.png", DOG.name, "labeled"),
    ]


async def test_images_without_features_of_the_file_as_it_is_are_left_out_and_counted(storage: Storage) -> None:
    project = await project_of(storage, [Picture(f"{number}.png") for number in range(5)], pack_size=2)
    await give_features(storage, project, lacking=("0.png", "4.png"), changed=("3.png",))
    export, files = await exported(storage, project, "features")
    matrix, table = loaded(files)
    assert [row["image"] for row in table] == ["1.png", "2.png"]
    assert len(matrix) == 2
    assert (export.images, export.labels[0].count, export.left_out.count) == (2, 2, 3)
    assert export.left_out.first == (("0.png", NOT_MADE), ("3.png", OF_BEFORE), ("4.png", NOT_MADE))
    await give_features(storage, project)
    again, _ = await exported(storage, project, "features")
    assert again.changes is not None
    assert (again.changes.added, again.changes.changed, again.changes.removed) == (3, 0, 0)


async def test_a_matrix_is_mapped_from_its_file_with_no_rows_too(storage: Storage, tmp_path: Path) -> None:
    for count in (0, 3):
        project = await project_of(storage, [Picture(f"{number}.png") for number in range(count)])
        await give_features(storage, project)
        _, files = await exported(storage, project, "features")
        (tmp_path / "features.npy").write_bytes(files["features.npy"])
        matrix = np.load(tmp_path / "features.npy", mmap_mode="r" if count else None)
        assert (matrix.dtype.name, matrix.shape) == ("float16", (count, FEATURES))
    assert isinstance(matrix, np.memmap)
    assert matrix.offset % 64 == 0


async def test_a_pack_costs_one_request_more_and_none_where_no_image_of_it_is_wanted(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [Picture(f"{number}.png", CAT.id if number > 1 else DOG.id) for number in range(6)]
    project = await project_of(storage, pictures, pack_size=2)
    await give_features(storage, project)
    read, whole = [], stored._read

    async def reading(storage: Storage, project: Project, pack: int) -> object:
        read.append(pack)
        return await whole(storage, project, pack)

    monkeypatch.setattr(stored, "_read", reading)
    export, _ = await exported(storage, project, "features", ExportOptions(labels=(CAT.id,)))
    assert (export.images, read) == (4, [1, 2])


def test_several_labels_are_a_list_in_one_cell_and_nothing_where_nobody_labeled() -> None:
    _, rows = loaded(written("features", ALL.model_copy(update={"guard_formulas": False})))
    assert {row["image"]: row["labels"] and json.loads(row["labels"]) for row in rows} == {
        name: LABELED.get(name, "") for name in SAID
    }
    assert {row["image"]: row["state"] for row in rows} == {name: state_of(name) for name in SAID}


def test_it_is_refused_in_words_where_there_are_no_features() -> None:
    project = project_with(CAT, DOG)
    with pytest.raises(Invalid, match="Turn on suggestions first"):
        options_of(ExportRequest(format="features"), project)
    on = project.model_copy(update={"ml_assist": True})
    assert (
        options_of(ExportRequest.model_validate({"format": "features", "guardFormulas": False}), on).guard_formulas
        is False
    )


def test_only_this_format_wants_features() -> None:
    assert [form for form, of in FORMATS.items() if of.wants_features] == ["features"]
    assert Features.takes_suggestions is Features.wants_content is False
