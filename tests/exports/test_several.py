"""Exports of projects whose images may have several labels, or none of them."""

import csv
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pycocotools.coco import COCO

from functions.cells import unguarded
from functions.exports import changes
from functions.exports.checkpoint import Tally
from functions.exports.formats import FORMATS
from functions.exports.options import STATES as STATES_OF_ALL
from functions.exports.options import ExportOptions
from functions.exports.requests import ExportRequest, options_of
from functions.exports.selection import Selection, Wanted
from functions.labeling.columns import Columns
from functions.labeling.suggestions import AnySuggestion, Several, Suggestion
from functions.problems import Invalid
from functions.tasks.types import TASK_TYPES
from tests.exports.several import CAT, DOG, LABELED, LABELS, NIGHT, SAID, STATES, images, state_of, written
from tests.projects.test_label_keys import project_with

NAMES = [label.name for label in LABELS]
GROUPS = {label.name: label.group for label in LABELS}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def rows(options: ExportOptions = STATES, **more: Any) -> list[dict[str, str]]:
    [content] = written("csv", options, **more).values()
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def test_coco_has_an_annotation_for_each_label_and_images_without_any(tmp_path: Path) -> None:
    (tmp_path / "coco.json").write_bytes(written("coco")["coco.json"])
    coco = COCO(str(tmp_path / "coco.json"))
    told = {
        image["file_name"]: [coco.cats[one["category_id"]]["name"] for one in coco.imgToAnns[image["id"]]]
        for image in coco.loadImgs(coco.getImgIds())
    }
    assert told == {name: LABELED.get(name, []) for name in SAID}
    assert sorted(coco.anns) == [1, 2, 3, 4, 5, 6]
    assert {one["name"]: one["supercategory"] for one in coco.cats.values()} == GROUPS


def test_azureml_has_a_list_of_labels_for_each_labeled_image_and_the_others_apart() -> None:
    files = written("azureml")
    told = {line["image_url"].rpartition("/")[2]: line["label"] for line in lines(files["labels.jsonl"])}
    assert told == {name.replace(" ", "%20"): labels for name, labels in LABELED.items()}
    assert lines(files["labels.jsonl"])[3]["label_path"] == ["Animal/Small/Cat", 'Animal/=Dog, "big"', "Night"]
    others = [line["image_url"].rpartition("/")[2] for line in lines(files["unlabeled/images.jsonl"])]
    assert others == ["skipped.png", "waiting.png"]


def test_csv_has_a_row_for_each_image_and_label_and_tells_no_label_from_no_answer() -> None:
    told = [
        (row["image"], row["label"], row["state"]) for row in rows(STATES.model_copy(update={"guard_formulas": False}))
    ]
    assert told == [
        (name, label, state_of(name)) for name, labels in SAID.items() for label in LABELED.get(name) or [""]
    ]
    assert all(row["group"] == GROUPS.get(unguarded(row["label"]), "") for row in rows())
    assert [(image, state) for image, label, state in told if not label] == [
        ("none of these.png", "labeled"),
        ("skipped.png", "skipped"),
        ("waiting.png", "waiting"),
    ]


def test_wide_csv_has_a_row_for_each_image_and_a_column_for_each_label() -> None:
    found = rows(STATES.model_copy(update={"wide": True}))
    assert [row["image"] for row in found] == list(SAID)
    columns = [f"label: {name}" for name in NAMES]
    assert list(found[0])[-3:] == columns
    cells = {row["image"]: "".join(row[column] or "-" for column in columns) for row in found}
    assert cells == {
        "cat.png": "100",
        "both.png": "110",
        "none of these.png": "000",
        "all.png": "111",
        "skipped.png": "---",
        "waiting.png": "---",
    }


def test_suggested_labels_are_told_with_how_sure_each_is() -> None:
    some = images([(DOG, 0.75), (CAT, 0.5)])
    options = STATES.model_copy(update={"suggestions": True, "guard_formulas": False})
    told = [(row["label"], row["label_confidence"]) for row in rows(options, some=some) if row["state"] == "waiting"]
    assert told == [(DOG.name, "0.75"), (CAT.name, "0.5")]
    [wide] = rows(options.model_copy(update={"wide": True}), some=some)[-1:]
    assert [wide[f"label: {name}"] for name in NAMES] == ["0.5", "0.75", "0"]
    assert "label_confidence" not in wide
    *_, last = lines(written("azureml", options, some)["labels.jsonl"])
    assert (last["label"], last["label_confidence"]) == ([DOG.name, CAT.name], [0.75, 0.5])


def test_huggingface_has_the_list_of_labels_and_declares_it_as_classes() -> None:
    with zipfile.ZipFile(io.BytesIO(written("huggingface")["huggingface.zip"])) as archive:
        told = {line["image_path"]: line["labels"] for line in lines(archive.read("train/metadata.jsonl"))}
        card = archive.read("README.md").decode()
    assert told == {name: LABELED.get(name) for name in SAID}
    assert "      - name: labels\n        sequence:\n          class_label:\n" in card


def test_webdataset_has_the_labels_in_the_json_and_no_class() -> None:
    with tarfile.open(fileobj=io.BytesIO(written("webdataset")["images-000000.tar"])) as archive:
        names = archive.getnames()
        files = [archive.extractfile(name) for name in names if name.endswith(".json")]
        told = [json.loads(file.read()) for file in files if file]
    assert not any(name.endswith(".cls") for name in names)
    assert {one["name"]: (one["labels"], one["state"]) for one in told} == {
        name: (LABELED.get(name, []), state_of(name)) for name in SAID
    }


def test_a_format_with_a_folder_for_each_label_is_refused_where_images_may_have_several() -> None:
    one = project_with(*LABELS).model_copy(update={"ml_assist": True})
    several = one.model_copy(update={"task_type": "multiLabel"})
    refused = []
    for form in FORMATS:
        try:
            options_of(ExportRequest(format=form), several)
        except Invalid as error:
            refused.append((form, [one.field for one in error.errors]))
        options_of(ExportRequest(format=form), one)
    assert refused == [("imagefolder", ["format"])]


def test_the_wide_form_is_that_of_csv_alone() -> None:
    project = project_with(*LABELS)
    assert options_of(ExportRequest(format="csv", wide=True), project).wide
    with pytest.raises(Invalid, match="Only csv"):
        options_of(ExportRequest(format="coco", wide=True), project)


def columns(*said: str) -> Columns:
    """A pack: of each image the letter of its state, then its label ids."""
    names = {"l": "labeled", "s": "skipped", "w": "waiting", "m": "missing"}
    return Columns(
        pack=3,
        states=[names[one[0]] for one in said],
        labels=[[int(label) for label in one[1:].split("+") if label.isdigit()] for one in said],
        by=[0] * len(said),
        at=[1] * len(said),
        labelers=["ann"],
        images=[[f"{slot}.png", "0x1", 10, 32, 24, ""] for slot in range(len(said))],
        letters="".join("l" if one[0] == "m" else one[0] for one in said),
        opinions={},
    )


def held(pack: Columns, **options: Any) -> list[Any]:
    wanted = Wanted(ExportOptions(states=STATES_OF_ALL, **options))
    return Selection(wanted, LABELS, {}, None).images(pack, {})


def test_only_labeled_images_that_have_one_of_the_wanted_labels_are_held_and_all_that_are_not_labeled() -> None:
    pack = columns("l1", "l1+5", "l2+5", "l", "s", "w", "m", "m5")
    assert [image.slot for image in held(pack, labels=(NIGHT.id,))] == [1, 2, 4, 5, 7]


def test_each_likely_label_is_held_with_how_sure_it_is_and_no_image_for_which_none_is_likely() -> None:
    cat, dog, night = Suggestion(1, 1.0, sure=True), Suggestion(2, 0.25, likely=False), Suggestion(5, 0.75, likely=True)
    suggested: dict[int, AnySuggestion] = {
        0: Several((cat, night, dog)),
        1: Several((dog,)),
        2: Several(()),
        3: Suggestion(2, 0.5, second=1),
    }
    pack = columns("w", "w", "w", "w")
    [several, one] = Selection(Wanted(ExportOptions()), LABELS, {}, None).images(pack, suggested)
    assert ([label.id for label in several.labels], several.suggested) == ([1, 5], (0.9999, 0.75))
    assert ([label.id for label in one.labels], one.suggested) == ([2], (0.5,))
    plain = Selection(Wanted(ExportOptions(states=("waiting",))), LABELS, {}, None).images(pack, suggested)
    assert [image.suggested for image in plain][1:3] == [None, None]


def test_changes_of_several_labels_are_told_exactly() -> None:
    before = changes.column_of(*_pack("l1", "l1+2", "l", "s", "l", "m"))
    assert before == ["1", "1+2", "labeled", "skipped", "labeled", "labeled"]
    pack, some = _pack("l1", "l1+5", "l1", "l", "s", "m")
    found = changes.differences(before, changes.column_of(pack, some))
    names = {label.id: label.name for label in LABELS}
    told = list(csv.reader(io.StringIO(changes.rows_for_people(pack, found, names), newline="")))
    assert told == [
        ["changed", "1.png", 'Cat; \'=Dog, "big"', "Cat; Night"],
        ["changed", "2.png", "none of these", "Cat"],
        ["changed", "3.png", "skipped", "none of these"],
        ["changed", "4.png", "none of these", "skipped"],
    ]


def _pack(*said: str) -> tuple[Columns, list[Any]]:
    pack = columns(*said)
    return pack, held(pack)


def test_images_and_labels_are_counted_apart() -> None:
    tally = Tally()
    tally.count(images([(DOG, 0.75), (CAT, 0.5)]))
    assert (tally.images, tally.empty, tally.suggested_images) == (len(SAID), 1, 1)
    assert {label: sum(sides.values()) for label, sides in tally.labels.items()} == {1: 3, 2: 2, 5: 1}
    assert tally.suggested == {DOG.id: 1, CAT.id: 1}


def test_each_task_type_has_formats() -> None:
    assert {
        name: [form for form, of in FORMATS.items() if not of.takes(task)] for name, task in TASK_TYPES.items()
    } == {
        "multiClass": [],
        "multiLabel": ["imagefolder"],
    }
