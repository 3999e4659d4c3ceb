"""Each format is loaded by the libraries that are said to read it. They are no part of what this project needs: `make
test-formats` installs them in an environment of their own; elsewhere these tests are skipped.
"""

import asyncio
import json
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from os.path import splitext
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from functions.exports.addresses import Workspace
from functions.exports.options import ExportOptions, Split
from functions.storage import Storage
from tests.exports.hostile import CONFIDENCE, LABELS, hostile_project
from tests.exports.scene import exported
from tests.exports.several import LABELED, STATES, written
from tests.exports.several import LABELS as SEVERAL_LABELS

pytestmark = pytest.mark.filterwarnings("ignore")

SPLIT = ExportOptions(split=Split(train=0.6, validation=0.2, test=0.2, seed=1))
SUGGESTIONS = ExportOptions(suggestions=True)
WORKSPACE = Workspace(subscription="12345678-1234-1234-1234-1234567890ab", resource_group="group", name="team")
IN_WORKSPACE = ExportOptions(datastore_name="images", workspace=WORKSPACE)
SIDES = ("train", "validation", "test")
LABEL_NAMES = [label.name for label in LABELS]


async def unpacked(storage: Storage, form: str, options: ExportOptions, folder: Path) -> dict[str, str]:
    """Puts the files of an export into a folder, zips unpacked; gives each image's label by its blob's name. Every
    second one is only suggested where the options ask for suggestions.
    """
    project, truth = await hostile_project(storage, folder=True, suggested=options.suggestions)
    _, files = await exported(storage, project, form, options)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        if name.endswith(".zip"):
            with zipfile.ZipFile(folder / name) as archive:
                archive.extractall(folder)
            (folder / name).unlink()
    return truth


def with_confidences(truth: dict[str, str]) -> dict[str, tuple[str, float]]:
    return {name: (label, CONFIDENCE if at % 2 else 1.0) for at, (name, label) in enumerate(truth.items())}


def with_images(coco: Path, root: Path) -> None:
    """Files for all images of a COCO export, as one has them after copying the container."""
    for image in json.loads(coco.read_text(encoding="utf-8"))["images"]:
        file = root / image["file_name"]
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (image["width"], image["height"])).save(file, "PNG")


async def in_thread(load: Callable[[], Any]) -> Any:
    """Libraries that run a loop of their own must not find this one."""
    return await asyncio.to_thread(load)


async def test_torchvision_reads_coco(storage: Storage, tmp_path: Path) -> None:
    datasets = pytest.importorskip("torchvision.datasets")
    truth = await unpacked(storage, "coco", ExportOptions(), tmp_path)
    with_images(tmp_path / "coco.json", tmp_path / "images")
    found = datasets.CocoDetection(str(tmp_path / "images"), str(tmp_path / "coco.json"))
    names = {label.id: label.name for label in LABELS}
    told = {}
    for index, number in enumerate(found.ids):
        image, [annotation] = found[index]
        assert annotation["bbox"] == [0, 0, *image.size]
        told[found.coco.loadImgs(number)[0]["file_name"]] = names[annotation["category_id"]]
    assert told == truth


async def test_fiftyone_reads_coco(storage: Storage, tmp_path: Path) -> None:
    coco = pytest.importorskip("fiftyone.utils.coco")
    truth = await unpacked(storage, "coco", ExportOptions(), tmp_path)
    _, classes, _, images, annotations = coco.load_coco_detection_annotations(str(tmp_path / "coco.json"))
    told = {}
    for number, image in images.items():
        [annotation] = annotations[number]
        told[image["file_name"]] = annotation.to_detection((image["width"], image["height"]), classes).label
    assert told == truth


async def test_datumaro_reads_coco(storage: Storage, tmp_path: Path) -> None:
    datumaro = pytest.importorskip("datumaro")
    truth = await unpacked(storage, "coco", ExportOptions(), tmp_path)
    (tmp_path / "annotations").mkdir()
    with_images(tmp_path / "coco.json", tmp_path / "images" / "train")
    (tmp_path / "coco.json").rename(tmp_path / "annotations" / "instances_train.json")
    dataset = await in_thread(lambda: datumaro.Dataset.import_from(str(tmp_path), "coco_instances"))
    names = [category.name for category in dataset.categories()[datumaro.AnnotationType.label]]
    told = {item.id: [names[annotation.label] for annotation in item.annotations] for item in dataset}
    # It knows images by their names without endings, and takes backslashes for slashes.
    assert told == {splitext(name)[0].replace("\\", "/"): [label] for name, label in truth.items()}


@pytest.mark.parametrize("options", [ExportOptions(), IN_WORKSPACE], ids=["storage account", "datastore"])
async def test_mltable_reads_azureml(storage: Storage, tmp_path: Path, options: ExportOptions) -> None:
    mltable = pytest.importorskip("mltable")
    truth = await unpacked(storage, "azureml", options, tmp_path)
    frame = await in_thread(lambda: mltable.load(str(tmp_path)).to_pandas_dataframe())
    assert {blob_name(row.image_url): row.label for row in frame.itertuples()} == truth
    assert set(frame["image_details"].iloc[0]) == {"format", "width", "height"}


async def test_mltable_reads_images_without_a_label_from_a_table_of_their_own(storage: Storage, tmp_path: Path) -> None:
    mltable = pytest.importorskip("mltable")
    truth = await unpacked(storage, "azureml", ExportOptions(states=("labeled", "skipped")), tmp_path)
    labeled = await in_thread(lambda: mltable.load(str(tmp_path)).to_pandas_dataframe())
    others = await in_thread(lambda: mltable.load(str(tmp_path / "unlabeled")).to_pandas_dataframe())
    assert set(labeled["label"]) == set(truth.values())
    [skipped] = others["image_url"]
    assert blob_name(skipped).endswith("/skipped.png")
    assert "label" not in others


def blob_name(image_url: Any) -> str:
    """The blob that mltable would open; it opens none of a row for whose address it has None."""
    storage_account, datastore = "https://devstoreaccount1.blob.core.windows.net/workspace/", "images/"
    place = {"AzureBlobStorage": storage_account, "AmlDatastore": datastore}[image_url.handler]
    assert image_url.resource_identifier.startswith(place)
    return str(image_url.resource_identifier.removeprefix(place))


async def test_mltable_reads_how_sure_labels_are(storage: Storage, tmp_path: Path) -> None:
    mltable = pytest.importorskip("mltable")
    truth = await unpacked(storage, "azureml", SUGGESTIONS, tmp_path)
    frame = await in_thread(lambda: mltable.load(str(tmp_path)).to_pandas_dataframe())
    told = {blob_name(row.image_url): (row.label, row.label_confidence) for row in frame.itertuples()}
    assert told == with_confidences(truth)
    assert frame["label_confidence"].dtype == float


async def test_mltable_reads_each_side_of_a_split(storage: Storage, tmp_path: Path) -> None:
    mltable = pytest.importorskip("mltable")
    truth = await unpacked(storage, "azureml", SPLIT, tmp_path)
    found = 0
    for side in SIDES:
        table = await in_thread(partial(mltable.load, str(tmp_path / side)))
        found += len(await in_thread(table.to_pandas_dataframe))
    assert found == len(truth)


async def test_pandas_reads_csv(storage: Storage, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    truth = await unpacked(storage, "csv", ExportOptions(), tmp_path)
    frame = pandas.read_csv(tmp_path / "labels.csv", keep_default_na=False)
    assert len(frame) == len(truth)
    assert set(frame["state"]) == {"labeled"}
    assert frame["width"].sum() == 32 * len(truth)


async def test_pandas_reads_how_sure_labels_are(storage: Storage, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    truth = await unpacked(storage, "csv", SUGGESTIONS, tmp_path)
    frame = pandas.read_csv(tmp_path / "labels.csv", keep_default_na=False)
    assert list(frame["label_confidence"]) == [confidence for _, confidence in with_confidences(truth).values()]
    assert set(frame[frame["label_confidence"] < 1]["state"]) == {"waiting"}


async def test_torchvision_reads_an_imagefolder(storage: Storage, tmp_path: Path) -> None:
    datasets = pytest.importorskip("torchvision.datasets")
    truth = await unpacked(storage, "imagefolder", ExportOptions(), tmp_path)
    found = datasets.ImageFolder(str(tmp_path))
    assert len(found) == len(truth)
    assert len(found.classes) == len(LABELS)
    assert all(image.size[1] == 6 for image, _ in found)


async def test_datasets_reads_huggingface(storage: Storage, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    options = SPLIT.model_copy(update={"states": ("labeled", "skipped")})
    truth = await unpacked(storage, "huggingface", options, tmp_path)
    loaded = await in_thread(
        lambda: datasets.load_dataset("imagefolder", data_dir=str(tmp_path), cache_dir=str(tmp_path / ".cache"))
    )
    told: dict[str, str | None] = {}
    for side in SIDES:
        feature = loaded[side].features["label"]
        for row in loaded[side]:
            label = row["label"]
            if hasattr(feature, "int2str") and label is not None:
                label = feature.int2str(label)
            told[row["image_path"]] = label
            assert row["image"].size[0] > 0
    assert {name: label for name, label in told.items() if label is not None} == truth
    assert len(told) == len(truth) + 1


async def test_the_huggingface_card_makes_labels_classes(storage: Storage, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    await unpacked(storage, "huggingface", ExportOptions(), tmp_path)
    loaded = await in_thread(lambda: datasets.load_dataset(str(tmp_path), cache_dir=str(tmp_path / ".cache")))
    assert loaded["train"].features["label"].names == LABEL_NAMES


async def test_webdataset_reads_the_shards(storage: Storage, tmp_path: Path) -> None:
    webdataset = pytest.importorskip("webdataset")
    truth = await unpacked(storage, "webdataset", ExportOptions(), tmp_path)
    shards = [str(tmp_path / "images-000000.tar")]
    found = webdataset.WebDataset(shards, shardshuffle=False).decode()
    told = {}
    for sample in found:
        told[sample["json"]["name"]] = LABEL_NAMES[sample["cls"]]
        Image.open(BytesIO(sample["png"])).verify()
    assert told == truth
    assert tarfile.is_tarfile(shards[0])


def several(form: str, options: ExportOptions, folder: Path) -> None:
    """The files of an export in which images may have several labels, in a folder, archives unpacked."""
    for name, content in written(form, options).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        if name.endswith(".zip"):
            with zipfile.ZipFile(folder / name) as archive:
                archive.extractall(folder)
            (folder / name).unlink()


def test_mltable_reads_several_labels_an_image_as_a_list(tmp_path: Path) -> None:
    mltable = pytest.importorskip("mltable")
    several("azureml", STATES, tmp_path)
    frame = mltable.load(str(tmp_path)).to_pandas_dataframe()
    told = {row.image_url.resource_identifier.rpartition("/")[2]: list(row.label) for row in frame.itertuples()}
    assert told == LABELED


def test_pandas_reads_several_labels_an_image_from_rows_and_from_columns(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    plain = STATES.model_copy(update={"guard_formulas": False})
    several("csv", plain, tmp_path)
    rows = pandas.read_csv(tmp_path / "labels.csv", keep_default_na=False)
    labeled = rows[rows["state"] == "labeled"]
    assert {name: [label for label in some if label] for name, some in labeled.groupby("image")["label"]} == LABELED
    several("csv", plain.model_copy(update={"wide": True}), tmp_path)
    wide = pandas.read_csv(tmp_path / "labels.csv").set_index("image").filter(regex="^label: ").dropna()
    assert {
        name: [one.removeprefix("label: ") for one, given in row.items() if given == 1] for name, row in wide.iterrows()
    } == LABELED


@pytest.mark.parametrize("states", [ExportOptions(), STATES], ids=["labeled", "all"])
def test_datasets_reads_several_labels_an_image_as_a_list_of_classes(tmp_path: Path, states: ExportOptions) -> None:
    datasets = pytest.importorskip("datasets")
    several("huggingface", states, tmp_path)
    loaded = datasets.load_dataset(str(tmp_path), cache_dir=str(tmp_path / ".cache"))["train"]
    classes = loaded.features["labels"].feature
    assert classes.names == [label.name for label in SEVERAL_LABELS]
    told = {row["image_path"]: row["labels"] and classes.int2str(row["labels"]) for row in loaded}
    assert {name: labels for name, labels in told.items() if labels is not None} == LABELED
    by_name = datasets.load_dataset("imagefolder", data_dir=str(tmp_path), cache_dir=str(tmp_path / ".cache"))["train"]
    assert {row["image_path"]: row["labels"] for row in by_name if row["labels"] is not None} == LABELED


def test_webdataset_reads_several_labels_an_image_from_the_json(tmp_path: Path) -> None:
    webdataset = pytest.importorskip("webdataset")
    several("webdataset", ExportOptions(), tmp_path)
    found = webdataset.WebDataset([str(tmp_path / "images-000000.tar")], shardshuffle=False).decode()
    assert {sample["json"]["name"]: sample["json"]["labels"] for sample in found} == LABELED
