"""What exports tell of images at which several people look."""

import csv
import io
import json
from typing import Any

import pytest

from functions.exports.options import ExportOptions
from functions.exports.pack_writer import LabelsAdded
from functions.exports.requests import ExportRequest, options_of
from functions.imports.lines import Line
from functions.labeling.head import DISPUTED
from functions.problems import Invalid
from functions.projects.model import Label
from functions.projects.store import change_project
from functions.review.actions import Action, amend
from functions.storage import Storage
from functions.tasks.annotation import Annotation
from tests.exports.scene import AT, CAT, DOG, Picture, ask, board_of, build, exported, files_of, project_of
from tests.imports.reading import read_as

CATS, DOGS = CAT.id, DOG.id
PICTURES = (
    Picture("agreed.png", CATS, opinions=(("ann", CATS), ("bob", DOGS), ("cleo", CATS))),
    Picture("alone.png", DOGS, by="bob"),
    Picture("corrected.png", DOGS, opinions=(("ann", CATS), ("bob", None)), by="rita"),
    Picture("disputed.png", None, state=DISPUTED, opinions=(("ann", CATS), ("bob", DOGS))),
    Picture("waiting.png", None, state="w", opinions=(("ann", CATS),)),
)
OPINIONS = ExportOptions(opinions=True)
ALL = ExportOptions(opinions=True, states=("labeled", "disputed"))


async def csv_of(storage: Storage, options: ExportOptions) -> str:
    _, files = await exported(storage, await project_of(storage, PICTURES), "csv", options)
    return str(files["labels.csv"].decode())


def rows_of(text: str) -> list[tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [
        (row["image"].partition(".")[0], row["labeler"], row["label"], row["opinion"], row["decided"]) for row in rows
    ]


async def test_csv_has_a_row_for_each_opinion_and_one_for_what_somebody_else_decided(storage: Storage) -> None:
    assert rows_of(await csv_of(storage, OPINIONS)) == [
        ("agreed", "ann", "Cat", "labeled", "1"),
        ("agreed", "bob", "Dog", "labeled", "0"),
        ("agreed", "cleo", "Cat", "labeled", "1"),
        ("alone", "bob", "Dog", "labeled", "1"),
        ("corrected", "ann", "Cat", "labeled", "0"),
        ("corrected", "bob", "", "skipped", "0"),
        ("corrected", "rita", "Dog", "labeled", "1"),
    ]


async def test_disputed_images_are_there_where_they_are_asked_for(storage: Storage) -> None:
    assert rows_of(await csv_of(storage, ALL))[-2:] == [
        ("disputed", "ann", "Cat", "labeled", ""),
        ("disputed", "bob", "Dog", "labeled", ""),
    ]
    without = await csv_of(storage, ExportOptions(states=("labeled", "disputed")))
    assert [row.split(",")[0] for row in without.splitlines()[1:]] == [picture.name for picture in PICTURES[:4]]
    assert without.splitlines()[-1].endswith(",disputed")
    assert "opinion" not in without


async def test_a_build_that_comes_upon_an_opinion_by_a_label_which_was_added_since_begins_anew(
    storage: Storage,
) -> None:
    project = await project_of(storage, PICTURES, pack_size=1)
    export = await ask(storage, project, "csv", ALL)
    assert (await build(storage, export, time_limit=0)).status == "running"
    fox = Label(id=3, name="Fox")
    project = await change_project(
        storage, project.id, lambda known: known.model_copy(update={"labels": (*known.labels, fox), "next_label": 4})
    )
    said = await amend(board_of(storage, project), 3, 0, None, Action("ann", AT), project, Annotation((fox.id,)), None)
    assert not said.stale
    with pytest.raises(LabelsAdded):
        await build(storage, export)
    done = await build(storage, export)
    rows = rows_of((await files_of(storage, done))["labels.csv"].decode())
    assert rows[-2:] == [("disputed", "ann", "Fox", "labeled", ""), ("disputed", "bob", "Dog", "labeled", "")]


async def test_an_import_of_such_a_table_takes_what_was_decided(storage: Storage) -> None:
    lines = [line for line in read_as("csv", await csv_of(storage, ALL)) if isinstance(line, Line)]
    assert {(line.places[0], line.label) for line in lines} == {
        ("agreed.png", "Cat"),
        ("alone.png", "Dog"),
        ("corrected.png", "Dog"),
    }


def figures(entries: list[dict[str, Any]]) -> list[tuple[int, float | None]]:
    return [(entry["opinions"], entry["agreement"]) for entry in entries]


@pytest.mark.parametrize("form", ["coco", "azureml"])
async def test_json_has_the_decision_with_how_many_said_so(storage: Storage, form: Any) -> None:
    _, files = await exported(storage, await project_of(storage, PICTURES), form, ALL)
    decided = [(3, 0.6667), (1, 1.0), (2, 0.0)]
    if form == "coco":
        assert figures(json.loads(files["coco.json"])["images"]) == [*decided, (2, None)]
        return
    assert figures([json.loads(line) for line in files["labels.jsonl"].splitlines()]) == decided
    assert figures([json.loads(line) for line in files["unlabeled/images.jsonl"].splitlines()]) == [(2, None)]


async def test_what_has_no_place_for_opinions_is_refused(storage: Storage) -> None:
    project = await project_of(storage, ())
    for asked, field in (
        (ExportRequest(format="webdataset", opinions=True), "opinions"),
        (ExportRequest(format="huggingface", opinions=True), "opinions"),
        (ExportRequest(format="imagefolder", opinions=True), "opinions"),
        (ExportRequest(format="csv", wide=True, opinions=True), "wide"),
    ):
        with pytest.raises(Invalid) as refused:
            options_of(asked, project)
        assert [error.field for error in refused.value.errors] == [field]
