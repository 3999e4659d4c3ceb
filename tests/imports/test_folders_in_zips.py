"""Zips whose folders say what there is: MLTable, Hugging Face's metadata, and a folder for each label."""

import json
from typing import Any

import pytest

from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import Chosen, Columns, Line, Loose, Region, UnknownColumns, Unreadable
from tests.imports.reading import found_in, read_as
from tests.imports.zips import said_in, zipped

CAT, DOG = Line(("a.jpg",), "Cat"), Line(("b.jpg",), "Dog")
IN_AZURE = "azureml://subscriptions/1/resourcegroups/2/workspaces/3/datastores/4/paths"


def lines(*images: tuple[str, Any], key: str = "image_url") -> str:
    return "".join(f"{json.dumps({key: image, 'label': label})}\n" for image, label in images)


def mltable(*paths: str, reads: str = "read_json_lines") -> str:
    told = "".join(f"  - {path}\n" for path in paths)
    return f"$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json\ntype: mltable\npaths:\n{told}\
transformations:\n  - {reads}:\n      encoding: utf8\n"


@pytest.mark.parametrize(
    "paths",
    [
        ["file: ./labels.jsonl"],
        ["file: labels.jsonl"],
        [f"file: {IN_AZURE}/UI/2024/labels.jsonl"],
        ["folder: ./"],
        ["folder: ."],
        ["pattern: ./*.jsonl"],
        ["pattern: ./**/l?bels.json[kl]"],
        ["pattern: '**'"],
        ["file: ./labels.jsonl", "pattern: ./*.jsonl"],
    ],
)
@pytest.mark.parametrize("folder", ["", "the table/"])
def test_an_mltable_is_read_by_the_paths_that_it_names(paths: list[str], folder: str) -> None:
    files = {"MLTable": mltable(*paths), "labels.jsonl": lines(("a.jpg", "Cat"), ("b.jpg", "Dog"))}
    raw = zipped({f"{folder}{name}": content for name, content in files.items()} | {"README.md": "Cats"})
    assert said_in(raw) == ("mltable", [CAT, DOG])


def test_an_mltable_of_many_sides_is_read_whole_and_what_nobody_labeled_is_passed_over() -> None:
    files = {
        "train/MLTable": mltable("file: ./labels.jsonl"),
        "train/labels.jsonl": lines((f"{IN_AZURE}/a.jpg", "Cat")),
        "test/MLTable": mltable("file: ./labels.jsonl"),
        "test/labels.jsonl": lines(("b.jpg", ["Dog"])),
        "test/unlabeled/MLTable": mltable("file: ./images.jsonl"),
        "test/unlabeled/images.jsonl": '{"image_url": "c.jpg"}\n',
    }
    assert said_in(zipped(files)) == ("mltable", [Line((f"{IN_AZURE}/a.jpg",), "Cat"), DOG])


def test_an_mltable_of_a_table_is_read_as_that() -> None:
    files = {"MLTable": mltable("file: ./labels.csv", reads="read_delimited"), "labels.csv": "image,label\na.jpg,Cat\n"}
    assert said_in(zipped(files)) == ("mltable", [CAT])


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"MLTable": mltable("file: ./gone.jsonl")}, r"MLTable names \./gone\.jsonl, which is not there"),
        ({"MLTable": mltable("file: ../up.jsonl"), "up.jsonl": "{}"}, "which is not there"),
        ({"MLTable": "type: mltable\n"}, "it must name its files under `paths`"),
        ({"MLTable": "paths: [{file: 1}, [], x]"}, "names 1, which is not there"),
        ({"MLTable": "paths: {a: b}"}, "it must name its files"),
        ({"MLTable": "paths: ["}, "is no MLTable"),
        ({"MLTable": "[" * 5000}, "is no MLTable"),
        ({"MLTable": "a: &a [*a]"}, "is no MLTable"),
        ({"MLTable": f"x: {'y' * 70_000}"}, "is no MLTable"),
        ({"MLTable": mltable(f"pattern: './{'**/' * 60}'")}, "more than 50 parts"),
        ({"MLTable": mltable("file: ./l.jsonl"), "l.jsonl": "{}\n["}, r"^l\.jsonl: This is not JSON Lines: line 2"),
    ],
)
def test_an_mltable_that_does_not_fit_together_is_told(files: dict[str, str | bytes], told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        said_in(zipped(files))


@pytest.mark.parametrize("form", ["auto", "csv"])
def test_a_table_in_a_zip_whose_columns_are_unknown_is_named_with_its_columns(form: str) -> None:
    raw = zipped({"a/notes.txt": "Read me, please", "a/labels.csv": "photo;verdict\n0.png;Cat\n", "0.png": b"\x89P,"})
    with pytest.raises(UnknownColumns) as refused:
        format_of(Content.of(raw)) if form == "auto" else tables(Content.of(raw))
    assert refused.value.reason.startswith("a/labels.csv: The first line must name a column for the image")
    assert refused.value.reason.endswith("It names, read with semicolons between them: photo, verdict.")
    assert refused.value.columns.names == ("photo", "verdict")
    chosen = Content.of(raw, chosen=Chosen("photo", "verdict"))
    assert (format_of(chosen), tables(chosen).image) == ("csv", "photo")
    assert [*FORMATS["csv"].read(chosen)] == [Line(("0.png",), "Cat", row=2)]


def test_a_dataset_of_many_files_is_read_up_to_some_and_named_beyond() -> None:
    some = {f"labeledDatapoints_{number}.jsonl": lines(("a.jpg", "Cat")) for number in range(101)}
    table = mltable(*(f"file: ./{name}" for name in some))
    assert len(said_in(zipped({"MLTable": table, **some}))[1]) == 101
    with pytest.raises(Unreadable, match=r"^This zip has more than 100 files that may be of labels\."):
        found_in(zipped(some))
    some.popitem()
    assert found_in(zipped(some)) == "azureml"


def test_a_zip_without_a_table_has_none() -> None:
    with pytest.raises(Unreadable, match=r"^This zip has no label file of this format in it\.$"):
        tables(Content.of(zipped({"coco.json": '{"images": [], "annotations": []}'})))


def tables(content: Content) -> Columns:
    assert FORMATS["csv"].columns
    found = FORMATS["csv"].columns(content)
    assert found
    return found


def test_metadata_of_hugging_face_is_read_alone_and_beside_its_images() -> None:
    metadata = lines(("a.jpg", "Cat"), ("b.jpg", "Dog"), key="file_name")
    assert found_in(metadata) == "huggingface"
    assert read_as("huggingface", metadata) == [CAT, DOG]
    files: dict[str, str | bytes] = {
        "train/metadata.jsonl": metadata,
        "train/a.jpg": b"\xff",
        "README.md": "Cats",
        "test/metadata.jsonl": "",
    }
    form, said = said_in(zipped(files))
    assert form == "huggingface"
    assert said == [Line(("train/a.jpg", "a.jpg"), "Cat"), Line(("train/b.jpg", "b.jpg"), "Dog")]


def test_metadata_of_hugging_face_may_be_a_table() -> None:
    table = "file_name,label\na.jpg,Cat\n"
    assert found_in(table) == "csv"
    assert read_as("huggingface", table) == [CAT]
    assert said_in(zipped({"metadata.csv": table, "a.jpg": b"\xff"})) == ("huggingface", [CAT])


def test_the_objects_of_hugging_face_are_regions() -> None:
    entry = {"file_name": "a.jpg", "objects": {"bbox": [[1, 2, 3, 4], [5, 6, 7, 8]], "categories": [0, 1]}}
    assert read_as("huggingface", json.dumps(entry)) == [Region(1), Region(1)]
    assert read_as("huggingface", json.dumps({"file_name": "a.jpg", "text": "A cat."})) == []


def test_folders_are_the_labels_of_the_images_in_them() -> None:
    names = ["train/Cat/1.jpg", "test/Dog/2.PNG", "Dog/3.webp", "pets/Cat/4.tiff", "Cat/classes.txt", "Cat/._1.jpg"]
    form, said = said_in(zipped(dict.fromkeys(names, b"\xff")))
    assert form == "imagefolder"
    assert said == [
        Line(("train/Cat/1.jpg",), "Cat"),
        Line(("test/Dog/2.PNG",), "Dog"),
        Line(("Dog/3.webp",), "Dog"),
        Line(("pets/Cat/4.tiff",), "Cat"),
    ]


def test_images_in_no_folder_of_a_label_are_told() -> None:
    content = Content.of(zipped(dict.fromkeys(["Cat/1.jpg", "2.jpg", "train/3.jpg"], b"")))
    line, *loose = FORMATS["imagefolder"].read(content)
    assert line == Line(("Cat/1.jpg",), "Cat", row=1)
    assert loose == [
        Loose("Image no. 2 is in no folder that is named like a label: 2.jpg.", 2),
        Loose("Image no. 3 is in no folder that is named like a label: train/3.jpg.", 3),
    ]


@pytest.mark.parametrize("names", [["1.jpg", "2.jpg"], ["images/1.jpg", "images/2.jpg"], ["train/1.jpg", "val/2.jpg"]])
def test_a_zip_of_just_images_has_no_labels(names: list[str]) -> None:
    with pytest.raises(Unreadable, match="no label file"):
        format_of(Content.of(zipped(dict.fromkeys(names, b"\xff"))))


@pytest.mark.parametrize("form", ["mltable", "imagefolder"])
def test_what_has_to_be_a_zip_and_is_none_is_told(form: str) -> None:
    with pytest.raises(Unreadable, match="This is not a"):
        read_as(form, "image,label\na.jpg,Cat\n")
    with pytest.raises(Unreadable, match="This zip has no"):
        read_as(form, zipped({"a.csv": "image,label\na.jpg,Cat\n"}))
