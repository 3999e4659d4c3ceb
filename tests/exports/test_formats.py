"""What stands in the files of each format: names and labels come back as they were, whatever they are."""

import asyncio
import csv
import io
import json
import subprocess
import tarfile
import zipfile
from pathlib import Path
from shutil import which
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pycocotools.coco import COCO

from functions.cells import unguarded
from functions.datastores.connect import BlobGone
from functions.exports.formats import FORMATS, webdataset, zipping
from functions.exports.formats.names import folder_names
from functions.exports.options import ExportOptions, Split
from functions.labeling.head import SKIPPED
from functions.projects.model import Label
from functions.storage import WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name, picture
from tests.exports.hostile import CONFIDENCE, LABELS, hostile_project
from tests.exports.scene import CAT, DOG, Picture, exported, project_of

SPLIT = ExportOptions(split=Split(train=0.6, validation=0.2, test=0.2, seed=1))
SIDES = ("train", "validation", "test")
# The emulator's container, as azureml names it.
IN_AZURE = "wasbs://workspace@devstoreaccount1.blob.core.windows.net/"


async def test_coco_is_loaded_by_pycocotools_with_every_name_as_it_was(storage: Storage, tmp_path: Path) -> None:
    project, truth = await hostile_project(storage, folder=False)
    _, files = await exported(storage, project, "coco")
    (tmp_path / "coco.json").write_bytes(files["coco.json"])
    coco = COCO(str(tmp_path / "coco.json"))
    names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    assert names == {label.id: label.name for label in LABELS}
    told = {}
    for image in coco.loadImgs(coco.getImgIds()):
        [annotation] = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        told[image["file_name"]] = names[annotation["category_id"]]
        assert unquote(image["coco_url"]).endswith(f"/{WORKSPACE_CONTAINER}/{image['file_name']}")
    assert told == truth


@pytest.mark.parametrize("split", [None, SPLIT.split], ids=["whole", "split"])
async def test_coco_with_images_is_a_zip_of_the_json_beside_the_images(
    storage: Storage, tmp_path: Path, split: Split | None
) -> None:
    project, truth = await hostile_project(storage, folder=True)
    _, files = await exported(storage, project, "coco", ExportOptions(split=split, with_images=True))
    assert [name for name in files if name != "export.json"] == ["coco.zip"]
    with zipfile.ZipFile(io.BytesIO(files["coco.zip"])) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
        names = archive.namelist()
    jsons = [f"coco-{side}.json" for side in SIDES] if split else ["coco.json"]
    assert names[-len(jsons) :] == jsons
    told = {}
    for file in jsons:
        coco = COCO(str(tmp_path / file))
        for image in coco.loadImgs(coco.getImgIds()):
            [annotation] = coco.imgToAnns[image["id"]]
            with Image.open(tmp_path / "images" / image["file_name"]) as opened:
                assert opened.format == "PNG"
            name = unquote(image["coco_url"]).partition(f"/{WORKSPACE_CONTAINER}/")[2]
            told[name] = coco.cats[annotation["category_id"]]["name"]
    assert told == truth
    assert len(names) == len(truth) + len(jsons)


async def test_an_empty_coco_export_is_loaded_too(storage: Storage, tmp_path: Path) -> None:
    _, files = await exported(storage, await project_of(storage, []), "coco")
    (tmp_path / "coco.json").write_bytes(files["coco.json"])
    assert COCO(str(tmp_path / "coco.json")).getImgIds() == []


async def test_azureml_lines_name_images_and_labels_as_they_are(storage: Storage) -> None:
    project, truth = await hostile_project(storage, folder=False)
    _, files = await exported(storage, project, "azureml")
    lines = [json.loads(line) for line in files["labels.jsonl"].decode().split("\n")[:-1]]
    assert {unquote(line["image_url"]).removeprefix(IN_AZURE): line["label"] for line in lines} == truth


async def test_azureml_lines_keep_to_the_schema_of_automl(storage: Storage) -> None:
    """https://learn.microsoft.com/azure/machine-learning/reference-automl-images-schema"""
    names = ("a.jpg", "b.PNG", "c.jfif", "d.webp", "e", "f.gif")
    states = ExportOptions(states=("labeled", "skipped"))
    pictures = [*(Picture(name) for name in names), Picture("skipped.png", None, SKIPPED)]
    _, files = await exported(storage, await project_of(storage, pictures), "azureml", states)
    lines = [json.loads(line) for line in files["labels.jsonl"].decode().splitlines()]
    formats = {"a.jpg": "jpg", "b.PNG": "png", "c.jfif": "jfif"}
    for name, line in zip(names, lines, strict=True):
        told = {"format": formats[name]} if name in formats else {}
        assert line["image_details"] == {**told, "width": "32px", "height": "24px"}
        assert line["label"] == CAT.name
    assert [json.loads(line) for line in files["unlabeled/images.jsonl"].decode().splitlines()] == [
        {
            "image_url": f"{IN_AZURE}skipped.png",
            "image_details": {"format": "png", "width": "32px", "height": "24px"},
        }
    ]
    assert "./images.jsonl" in files["unlabeled/MLTable"].decode()


async def test_csv_cells_are_guarded_and_come_back(storage: Storage) -> None:
    project, truth = await hostile_project(storage, folder=False)
    _, files = await exported(storage, project, "csv")
    rows = list(csv.DictReader(io.StringIO(files["labels.csv"].decode(), newline=""), strict=True))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert {unguarded(row["image"]): unguarded(row["label"]) for row in rows} == truth


@pytest.mark.parametrize("form", [form for form, of in FORMATS.items() if of.takes_suggestions])
async def test_suggested_labels_are_named_as_they_are_and_told_from_others(storage: Storage, form: str) -> None:
    project, truth = await hostile_project(storage, folder=False, suggested=True)
    _, files = await exported(storage, project, form, ExportOptions(suggestions=True))
    if form == "csv":
        rows = csv.DictReader(io.StringIO(files["labels.csv"].decode(), newline=""), strict=True)
        told = {unguarded(row["image"]): (unguarded(row["label"]), float(row["label_confidence"])) for row in rows}
    else:
        lines = [json.loads(line) for line in files["labels.jsonl"].decode().split("\n")[:-1]]
        names = [unquote(line["image_url"]).removeprefix(IN_AZURE) for line in lines]
        told = {name: (line["label"], line["label_confidence"]) for name, line in zip(names, lines, strict=True)}
    confidences = (1.0, CONFIDENCE)
    assert told == {name: (label, confidences[at % 2]) for at, (name, label) in enumerate(truth.items())}


async def test_an_imagefolder_has_a_folder_for_each_label(storage: Storage, tmp_path: Path) -> None:
    project, truth = await hostile_project(storage, folder=True)
    export, files = await exported(storage, project, "imagefolder")
    assert export.images == len(truth)
    with zipfile.ZipFile(io.BytesIO(files["images.zip"])) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
        names = archive.namelist()
    folders = folder_names(LABELS)
    assert len(set(names)) == len(truth)
    assert {name.split("/")[0] for name in names} == set(folders.values())
    for name in names:
        assert (tmp_path / name).is_file()
        Image.open(tmp_path / name).verify()
    assert any(name.endswith("-a, b.png") for name in names)


@pytest.mark.skipif(which("unzip") is None, reason="unzip is not installed")
async def test_unzip_finds_nothing_wrong_with_the_zips(storage: Storage, tmp_path: Path) -> None:
    project, _ = await hostile_project(storage, folder=True)
    for form in ("imagefolder", "huggingface"):
        _, files = await exported(storage, project, form, SPLIT)
        [file] = [name for name in files if name.endswith(".zip")]
        (tmp_path / file).write_bytes(files[file])
        await asyncio.to_thread(subprocess.run, ["unzip", "-tqq", str(tmp_path / file)], check=True)


async def test_huggingface_metadata_names_images_and_labels_as_they_are(storage: Storage) -> None:
    project, truth = await hostile_project(storage, folder=True)
    _, files = await exported(storage, project, "huggingface", SPLIT)
    told = {}
    with zipfile.ZipFile(io.BytesIO(files["huggingface.zip"])) as archive:
        assert archive.testzip() is None
        for side in SIDES:
            for line in archive.read(f"{side}/metadata.jsonl").decode().split("\n")[:-1]:
                entry = json.loads(line)
                Image.open(io.BytesIO(archive.read(f"{side}/{entry['file_name']}"))).verify()
                told[entry["image_path"]] = entry["label"]
        assert archive.namelist()[0] == "README.md"
    assert told == truth


async def test_webdataset_shards_hold_image_class_and_name_side_by_side(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webdataset, "SHARD_IMAGES", 8)
    project, truth = await hostile_project(storage, folder=True)
    _, files = await exported(storage, project, "webdataset")
    shards = [name for name in files if name.endswith(".tar")]
    assert shards == ["images-000000.tar", "images-000001.tar", "images-000002.tar"]
    told = {}
    for shard in shards:
        with tarfile.open(fileobj=io.BytesIO(files[shard])) as archive:
            names = archive.getnames()
            assert len(names) <= 8 * 3
            for picture_, class_, about in zip(names[::3], names[1::3], names[2::3], strict=True):
                key = picture_.partition(".")[0]
                assert (class_, about) == (f"{key}.cls", f"{key}.json")
                entry = json.loads(read(archive, about))
                told[entry["name"]] = LABELS[int(read(archive, class_))].name
                Image.open(io.BytesIO(read(archive, picture_))).verify()
    assert told == truth


def read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


@pytest.mark.parametrize("form", [form for form, of in FORMATS.items() if of.wants_content or of.may_hold_images])
async def test_images_whose_files_are_gone_or_changed_are_left_out_and_named(storage: Storage, form: str) -> None:
    folder = new_name("images")
    options = ExportOptions(with_images=FORMATS[form].may_hold_images)
    pictures = [Picture(f"{folder}/{number}.png", content=picture()) for number in range(4)]
    project = await project_of(storage, pictures)
    container = storage.container(WORKSPACE_CONTAINER)
    await container.delete_blob(f"{folder}/1.png")
    await container.upload_blob(f"{folder}/2.png", picture("blue"), overwrite=True)
    export, _ = await exported(storage, project, form, options)
    assert (export.images, export.left_out.count, export.labels[0].count) == (2, 2, 2)
    named = dict(export.left_out.first)
    assert list(named) == [f"{folder}/1.png", f"{folder}/2.png"]
    assert named[f"{folder}/1.png"] == BlobGone().reason
    again, _ = await exported(storage, project, form, options)
    assert again.changes is not None
    assert (again.changes.added, again.changes.changed, again.changes.removed) == (0, 0, 0)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_the_sum_of_two_texts_follows_from_theirs(first: bytes, second: bytes) -> None:
    parts = [(len(data), zipping.sum_of(data)) for data in (first, second)]
    assert zipping.joined(*parts) == (len(first + second), zipping.sum_of(first + second))


def test_a_zip_beyond_the_old_limits_is_read(tmp_path: Path) -> None:
    directory, local, entries = zipping.Directory(), bytearray(), bytearray()
    for number in range(70_000):
        head, entry = directory.add(f"{number}.txt", 1, zipping.sum_of(b"x"))
        local += head + b"x"
        entries += entry
    (tmp_path / "many.zip").write_bytes(local + entries + directory.end())
    with zipfile.ZipFile(tmp_path / "many.zip") as archive:
        assert len(archive.namelist()) == 70_000
        assert archive.read("69999.txt") == b"x"


def test_a_zip_of_more_than_four_gigabytes_is_read(tmp_path: Path) -> None:
    """Of which all but the ends are a hole in the file."""
    directory, size = zipping.Directory(), 3 * 1024**3
    heads, entries = [], bytearray()
    for name in ("first", "second", "last"):
        at = directory.offset
        head, entry = directory.add(
            name, size if name != "last" else 4, 0 if name != "last" else zipping.sum_of(b"last")
        )
        heads.append((at, head))
        entries += entry
    with (tmp_path / "large.zip").open("wb") as file:
        for at, head in heads:
            file.seek(at)
            file.write(head)
        file.write(b"last" + entries + directory.end())
    with zipfile.ZipFile(tmp_path / "large.zip") as archive:
        assert [entry.file_size for entry in archive.infolist()] == [size, size, 4]
        assert archive.read("last") == b"last"


async def test_each_side_of_an_imagefolder_has_the_same_folders_filled_or_not(storage: Storage, tmp_path: Path) -> None:
    folder, unused = new_name("images"), Label(id=3, name="Unused")
    pictures = [Picture(f"{folder}/{n}.png", (CAT.id, DOG.id)[n > 6], content=picture()) for n in range(8)]
    project = await project_of(storage, pictures, (CAT, DOG, unused))
    export, files = await exported(storage, project, "imagefolder", SPLIT)
    with zipfile.ZipFile(io.BytesIO(files["images.zip"])) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert [sum(label.sides.values()) for label in export.labels] == [7, 1, 0]
    for side in SIDES:
        assert {path.name for path in (tmp_path / side).iterdir()} == {"Cat", "Dog"}
        assert any(name.startswith(f"{side}/Cat/") and name.endswith(".png") for name in names)
    assert len([name for name in names if name.endswith(".png")]) == 8


async def test_a_format_without_place_for_unlabeled_images_says_so(storage: Storage) -> None:
    assert [form for form, of in FORMATS.items() if of.only_labeled] == ["imagefolder"]
    folder = new_name("images")
    pictures = [Picture(f"{folder}/{n}.png", (CAT.id, DOG.id)[n % 2], content=picture()) for n in range(3)]
    _, files = await exported(storage, await project_of(storage, pictures), "imagefolder", SPLIT)
    with zipfile.ZipFile(io.BytesIO(files["images.zip"])) as archive:
        assert {len(name.split("/")) for name in archive.namelist()} == {3}
