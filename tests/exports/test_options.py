"""What an export is asked to hold: states, labels, times, and the sides of a split."""

import csv
import io
import json
import re
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cells import NUMBER, guarded, guarded_cell, unguarded
from functions.exports.addresses import Workspace
from functions.exports.options import STATES, ExportOptions, Split
from functions.labeling.head import PREPARING, SKIPPED, UNREADABLE, WAITING
from functions.projects.model import Label, Project
from functions.storage import Storage
from tests.exports.scene import AT, CAT, DOG, NOW, Picture, add_packs, board_of, exported, project_of

THIRDS = Split(train=0.5, validation=0.3, test=0.2, seed=1)
# Of a hundred images.
SHARES = {"train": 50, "validation": 30, "test": 20}

MIXED = [
    Picture("cat.png", CAT.id),
    Picture("dog.png", DOG.id, at=AT + 60_000),
    Picture("skipped.png", None, SKIPPED),
    Picture("waiting.png", None, WAITING),
    Picture("preparing.png", None, PREPARING),
    Picture("unreadable.png", None, UNREADABLE),
    Picture("gone.png", CAT.id, missing=True),
    Picture("gone and never labeled.png", None, WAITING, missing=True),
]


async def rows(storage: Storage, options: ExportOptions, pictures: list[Picture] = MIXED) -> list[dict[str, str]]:
    _, files = await exported(storage, await project_of(storage, pictures), "csv", options)
    return list(csv.DictReader(io.StringIO(files["labels.csv"].decode(), newline=""), strict=True))


async def test_labeled_images_that_are_there_are_exported_unless_more_is_asked_for(storage: Storage) -> None:
    assert [row["image"] for row in await rows(storage, ExportOptions())] == ["cat.png", "dog.png"]


async def test_images_of_every_state_are_exported_where_they_are_asked_for(storage: Storage) -> None:
    found = await rows(storage, ExportOptions(states=STATES))
    assert [(row["image"], row["state"], row["label"], row["labeler"]) for row in found] == [
        ("cat.png", "labeled", "Cat", "ann"),
        ("dog.png", "labeled", "Dog", "ann"),
        ("skipped.png", "skipped", "", "ann"),
        ("waiting.png", "waiting", "", ""),
        ("preparing.png", "preparing", "", ""),
        ("unreadable.png", "unreadable", "", ""),
        ("gone.png", "missing", "Cat", "ann"),
        ("gone and never labeled.png", "missing", "", ""),
    ]
    assert [row["labeled_at"] for row in found[2:4]] == ["2025-06-15T12:00:00.000Z", ""]


async def test_only_images_with_the_wanted_labels_are_exported(storage: Storage) -> None:
    found = await rows(storage, ExportOptions(labels=(DOG.id,), states=("labeled", "skipped", "missing")))
    assert [row["image"] for row in found] == ["dog.png", "skipped.png", "gone and never labeled.png"]


async def test_only_images_labeled_since_then_are_exported(storage: Storage) -> None:
    assert [row["image"] for row in await rows(storage, ExportOptions(since=NOW + timedelta(seconds=60)))] == [
        "dog.png"
    ]
    assert len(await rows(storage, ExportOptions(since=NOW))) == 2


async def test_images_without_a_label_have_no_annotation_and_a_table_of_their_own(storage: Storage) -> None:
    project, options = await project_of(storage, MIXED), ExportOptions(states=("labeled", "skipped"))
    _, files = await exported(storage, project, "coco", options)
    coco = json.loads(files["coco.json"])
    assert [image["file_name"] for image in coco["images"]] == ["cat.png", "dog.png", "skipped.png"]
    assert [annotation["image_id"] for annotation in coco["annotations"]] == [1, 2]
    _, files = await exported(storage, project, "azureml", options)
    assert [json.loads(line)["label"] for line in files["labels.jsonl"].splitlines()] == ["Cat", "Dog"]
    [unlabeled] = files["unlabeled/images.jsonl"].splitlines()
    assert json.loads(unlabeled)["image_url"].endswith("/skipped.png")


async def test_an_azure_ml_datastore_is_named_in_the_addresses(storage: Storage) -> None:
    project = await project_of(storage, [Picture("a folder/ü=1.png")])
    workspace = Workspace(subscription="12345678-1234-1234-1234-1234567890ab", resource_group="group", name="team")
    options = ExportOptions(datastore_name="images", workspace=workspace)
    _, files = await exported(storage, project, "azureml", options)
    assert json.loads(files["labels.jsonl"])["image_url"] == (
        "azureml://subscriptions/12345678-1234-1234-1234-1234567890ab/resourcegroups/group/workspaces/team"
        "/datastores/images/paths/a%20folder/%C3%BC%3D1.png"
    )


async def test_images_keep_their_sides_while_the_project_grows_and_each_label_has_its_share(storage: Storage) -> None:
    options = ExportOptions(split=THIRDS)
    before = [Picture(f"{number}.png", (CAT.id, DOG.id)[number % 2]) for number in range(200)]
    project = await project_of(storage, before)
    sides = await sides_of(storage, project, options)
    for label in (0, 1):
        held = Counter(sides[picture.name] for picture in before[label::2])
        assert all(abs(held[side] - share) <= 1 for side, share in SHARES.items()), held
    new = [Picture(f"new-{number}.png", CAT.id) for number in range(100)]
    await add_packs(storage, board_of(storage, project), new)
    later = await sides_of(storage, project, options)
    assert len(later) == 300
    # Of the label that has not grown none.
    assert all(later[picture.name] == sides[picture.name] for picture in before[1::2])
    assert sum(later[picture.name] != sides[picture.name] for picture in before[::2]) <= 10


async def sides_of(storage: Storage, project: Project, options: ExportOptions) -> dict[str, str]:
    _, files = await exported(storage, project, "csv", options)
    table = csv.DictReader(io.StringIO(files["labels.csv"].decode(), newline=""))
    return {row["image"]: row["split"] for row in table}


FORMULA_TEXTS = st.text(st.sampled_from("'=+-@＝＋－＠;|\t\r\n \"1a,"), max_size=12) | st.text()


@given(FORMULA_TEXTS)
def test_a_guarded_cell_is_no_formula_and_comes_back_as_it_was(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    for part in re.split(r"[;|\t\r\n]", cell):
        begun = part.lstrip(' "')
        assert len(begun) < 2 or begun[0] not in "=+-@＝＋－＠" or NUMBER.fullmatch(cell)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("+", "+"),
        ("-", "-"),
        ("=", "="),
        ("＋", "＋"),
        ("-1", "-1"),
        ("+1,5", "+1,5"),
        ("a=b", "a=b"),
        ("it's", "it's"),
        ("\ttab", "\ttab"),
        ("=1+1", "'=1+1"),
        ("-dash", "'-dash"),
        ("-1+cmd", "'-1+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        (" =1+1", " '=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ('a;"=1+1', "a;\"'=1+1"),
        ("a|=1+1", "a|'=1+1"),
        ("\t=1+1", "\t'=1+1"),
        ("a\n+1+1", "a\n'+1+1"),
        ("'=1+1", "''=1+1"),
        ("'+", "''+"),
    ],
)
def test_a_cell_is_guarded_only_where_a_spreadsheet_would_run_it(cell: str, written: str) -> None:
    assert (guarded(cell), unguarded(written)) == (written, cell)
    table = csv.reader(io.StringIO(guarded_cell(cell) + "\r\n", newline=""), strict=True)
    assert list(table) == [[written]]


def test_what_was_guarded_without_need_is_read_as_it_was() -> None:
    assert [unguarded(cell) for cell in ("'+", "'-", "'-1")] == ["+", "-", "-1"]


LABELS = [Label(id=1, name="+"), Label(id=2, name="-"), Label(id=3, name="=1+1"), Label(id=4, name="a, b")]


@pytest.mark.parametrize("is_guarded", [True, False])
async def test_programs_read_cells_as_they_are(storage: Storage, is_guarded: bool) -> None:
    pictures = [Picture(f"{label.id}.png", label.id) for label in LABELS]
    options = ExportOptions(guard_formulas=is_guarded)
    _, files = await exported(storage, await project_of(storage, pictures, LABELS), "csv", options)
    table = csv.DictReader(io.StringIO(files["labels.csv"].decode(), newline=""), strict=True)
    assert [row["label"] for row in table] == ["+", "-", "'=1+1" if is_guarded else "=1+1", "a, b"]


@pytest.mark.parametrize("form", ["coco", "azureml", "csv"])
async def test_the_sides_together_hold_what_an_export_without_a_split_holds(storage: Storage, form: str) -> None:
    project = await project_of(storage, [Picture(f"{n}.png", (CAT.id, DOG.id)[n % 2]) for n in range(150)])
    export, files = await exported(storage, project, form, ExportOptions(split=THIRDS))
    assert (export.images, sum(export.sides.values())) == (150, 150)
    for label in export.labels:
        assert sum(label.sides.values()) == label.count == 75
    for side, count in export.sides.items():
        match form:
            case "coco":
                found = len(json.loads(files[f"coco-{side}.json"])["images"])
            case "azureml":
                assert f"{side}/MLTable" in files
                found = len(files[f"{side}/labels.jsonl"].splitlines())
            case _:
                found = files["labels.csv"].count(f",{side}\r\n".encode())
        assert found == count > 0
