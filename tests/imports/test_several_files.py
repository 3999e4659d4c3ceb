"""Several files of one upload are read one after the other, as those of a zip are."""

import io
import json
from functools import partial

import pytest

from functions.imports.archive import BadArchive
from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import InFile, Line, Loose, Said, UnknownColumns, Unreadable
from functions.imports.matching import Matching
from tests.imports.zips import zipped

CAT, DOG = Line(("a.jpg",), "Cat"), Line(("b.jpg",), "Dog")
CATS, DOGS = b"image,label\na.jpg,Cat\n", b"image,label\nb.jpg,Dog\n"


def together(**files: bytes) -> Content:
    return Content.of_all({name.replace("_", "."): partial(io.BytesIO, raw) for name, raw in files.items()})


def read(content: Content, form: str) -> list[Said]:
    """Without the rows, and in which file they stand."""
    said = [one for one in FORMATS[form].read(content) if not isinstance(one, InFile)]
    return [one._replace(row=0) if isinstance(one, Line | Loose) else one for one in said]


def coco(image: str, label: str) -> bytes:
    images, categories = [{"id": 1, "file_name": image}], [{"id": 1, "name": label}]
    annotations = [{"image_id": 1, "category_id": 1}]
    return json.dumps({"images": images, "annotations": annotations, "categories": categories}).encode()


def lines_of(*images: tuple[str, str], key: str) -> bytes:
    return b"".join(json.dumps({key: image, "label": label}).encode() + b"\n" for image, label in images)


@pytest.mark.parametrize(
    ("first", "second", "form"),
    [
        (CATS, DOGS, "csv"),
        # Of the same ids, as programs number each file anew.
        (coco("a.jpg", "Cat"), coco("b.jpg", "Dog"), "coco"),
        (lines_of(("a.jpg", "Cat"), key="image_url"), lines_of(("b.jpg", "Dog"), key="image_url"), "azureml"),
        (lines_of(("a.jpg", "Cat"), key="file_name"), lines_of(("b.jpg", "Dog"), key="file_name"), "huggingface"),
        (zipped({"x.csv": CATS}), DOGS, "csv"),
        (
            zipped({"MLTable": "paths:\n- file: l.csv", "l.csv": CATS}),
            zipped({"MLTable": "paths:\n- file: l.csv", "l.csv": DOGS}),
            "mltable",
        ),
    ],
    ids=["tables", "COCO", "JSON Lines", "Hugging Face", "a zip and a file", "MLTables"],
)
def test_files_of_one_format_are_read_one_after_the_other(first: bytes, second: bytes, form: str) -> None:
    content = together(first=first, second=second)
    assert format_of(content) == form
    assert [one for one in read(content, form) if isinstance(one, Line)] == [CAT, DOG]


def test_zips_of_folders_are_read_one_after_the_other() -> None:
    sides = [{f"{side}/{label}/{side}{label}.jpg": b"" for label in ("Cat", "Dog")} for side in ("train", "test")]
    content = together(train=zipped(sides[0]), test=zipped(sides[1]))
    assert format_of(content) == "imagefolder"
    assert [one.places[0] for one in read(content, "imagefolder") if isinstance(one, Line)] == [*sides[0], *sides[1]]


def test_the_files_of_an_mltable_come_together_without_a_zip() -> None:
    content = together(
        MLTable=b"paths:\n- file: ./labels.jsonl\n", labels_jsonl=lines_of(("a.jpg", "Cat"), key="image_url")
    )
    assert format_of(content) == "mltable"
    assert read(content, "mltable") == [CAT]


def test_what_cannot_be_used_is_told_with_its_file() -> None:
    content = together(a_csv=CATS, b_csv=b"image,label\n,Dog\n")
    assert read(content, "csv") == [CAT, Loose("b.csv: Line 2 names no image.")]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a_csv": CATS, "b_json": coco("b.jpg", "Dog")}, r"several formats: a\.csv is csv, b\.json is coco\."),
        ({"a_csv": CATS, "b_docx": b"\xd0\xcf\x11\xe0"}, r"^b\.docx: This is an Excel workbook or a compressed"),
        ({"a_csv": CATS, "b_xlsx": zipped({"[Content_Types].xml": "", "xl/a.xml": ""})}, r"^b\.xlsx: This is an Excel"),
        ({"a_txt": b"Cats.\n", "b_csv": CATS}, r"^a\.txt: This is no file of labels"),
        ({"MLTable": b"paths:\n- file: gone.jsonl\n", "b_csv": CATS}, r"MLTable names gone\.jsonl, which is not there"),
    ],
)
def test_no_file_is_passed_over(files: dict[str, bytes], told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        list(read(content := together(**files), format_of(content)))


def test_a_table_whose_columns_are_unknown_is_named_with_them() -> None:
    with pytest.raises(UnknownColumns, match=r"^b\.csv: ") as caught:
        format_of(together(a_csv=CATS, b_csv=b"photo,verdict\na.jpg,Cat\n"))
    assert caught.value.columns.names == ("photo", "verdict")


def test_zips_that_come_together_unpack_to_no_more_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.imports.archive.MOST_UNPACKED", 2000)
    wide = b"image,label\n" + b"a.jpg,Cat\n" * 150
    assert len(read(Content.of(zipped({"a.csv": wide})), "csv")) == 150
    with pytest.raises(BadArchive, match="unpacks to more than is taken"):
        read(together(a_zip=zipped({"a.csv": wide}), b_zip=zipped({"b.csv": wide})), "csv")


def test_the_rows_of_each_file_are_told_with_its_name_also_in_a_zip_beside_another_file() -> None:
    bad = b"image,label,score\nno.jpg,Cat,1\n,Dog,1\na.jpg,Cat,7\n"
    content = together(a_csv=bad, b_zip=zipped({"c.csv": bad, "d/e.csv": bad}))
    matching = Matching("", "", {"Cat": 1, "Dog": 2}, one_label=True, takes_suggested=True)
    matching.take_in(FORMATS["csv"].read(content))
    for look in matching.looks():
        look("a.jpg")
    rows = [(one.row, one.reason) for one in matching.unused(FORMATS["csv"].read(content))]
    assert rows == [
        (row, f"{name}: {reason}")
        for name in ("a.csv", "b.zip: c.csv", "b.zip: d/e.csv")
        for row, reason in (
            (2, "The project has no such image."),
            (3, "Line 3 names no image."),
            (4, "The confidence is no number from 0 to 1."),
        )
    ]
    assert matching.loose.first[-1] == "b.zip: d/e.csv: Row 4 has a confidence that is no number from 0 to 1."
