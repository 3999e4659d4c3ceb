"""A file of each format as its makers write it, made here, and what becomes of it in a project."""

import json
from typing import Any

import pytest

from functions.imports.formats import FORMATS
from functions.imports.store import FOLDERS
from functions.labeling.head import WAITING
from functions.storage import WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name
from tests.exports.scene import CAT, DOG, Picture, project_of
from tests.imports.importing import imported, labels_of
from tests.imports.test_cvat import ANNOTATIONS
from tests.imports.test_folders_in_zips import IN_AZURE, mltable
from tests.imports.test_vott import WHOLE, asset, project, region
from tests.imports.zips import zipped

CATS_AND_DOGS = {"pets/a.jpg": [CAT.id], "pets/b.jpg": [DOG.id]}
JUST_A_CAT = {"pets/a.jpg": [CAT.id]}
CATEGORIES = [{"id": 1, "name": "Cat"}, {"id": 2, "name": "Dog"}]
DETAILS = {"format": "jpg", "width": "8px", "height": "6px"}


def coco(address: str, box: list[float] | None = None) -> str:
    """Azure Machine Learning's, whose boxes are relative to the image."""
    images = [
        {
            "id": number,
            "width": 8.0,
            "height": 6.0,
            "file_name": path,
            "coco_url": address + path,
            "absolute_url": f"https://account.blob.core.windows.net/old/{path}",
            "date_captured": "2022-09-16T14:48:15.6141099Z",
        }
        for number, path in enumerate(CATS_AND_DOGS, 1)
    ]
    annotations: list[dict[str, Any]] = [
        {"id": one, "category_id": one, "image_id": one, "area": 0.0} for one in (1, 2)
    ]
    annotations += [{"id": 3, "category_id": 1, "image_id": 2, "area": 0.0, "bbox": box}] if box else []
    return json.dumps({"images": images, "annotations": annotations, "categories": CATEGORIES})


def lines(address: str, **labels: Any) -> str:
    """Azure Machine Learning's JSON Lines, by the images' names."""
    rows = [
        {"image_url": f"{address}pets/{name}.jpg", "image_details": DETAILS, "label": label}
        for name, label in labels.items()
    ]
    return "".join(f"{json.dumps(one)}\n" for one in rows)


def task(number: int, name: str, choice: str, *, is_skipped: bool = False) -> dict[str, Any]:
    """Label Studio's."""
    said = {"from_name": "kind", "to_name": "image", "type": "choices", "value": {"choices": [choice]}}
    annotation = {"id": number, "completed_by": 1, "result": [said], "was_cancelled": is_skipped, "lead_time": 2.5}
    data = {"image": f"/data/upload/1/0a1b2c3d-{name}.jpg"}
    return {"id": number, "annotations": [annotation], "file_upload": "", "data": data, "predictions": []}


ONES_OWN = "\r\n".join(("image,label,label_id,group,state", "pets/a.jpg,Cat,1,,labeled", "pets/b.jpg,Dog,2,,labeled"))
TASKS = [task(1, "a", "Cat"), task(2, "b", "Dog"), task(3, "c", "Dog", is_skipped=True)]
MINIMAL = [{"image": f"/data/upload/1/0a1b2c3d-{name}.jpg", "id": 1, "kind": "x", "choice": "Cat"} for name in "a"]
METADATA = '{"file_name": "a.jpg", "label": "Cat"}\n{"file_name": "b.jpg", "label": "Dog"}\n'
WHOLES = project(asset("a.jpg", region("Cat", box=WHOLE)), asset("b.jpg", region("Dog", box=WHOLE), region("Cat")))

# By their names: the format, the file, what the images are then, and how many regions are counted.
GOLDEN: dict[str, tuple[str, str | bytes, dict[str, list[int]], int]] = {
    "Azure ML: COCO": ("coco", coco("AmlDatastore://workspaceblobstore/"), CATS_AND_DOGS, 0),
    "Azure ML: COCO with boxes": ("coco", coco("AmlDatastore://old/", [0.25, 0.5, 0.25, 0.5]), CATS_AND_DOGS, 1),
    "COCO zipped": ("coco", zipped({"result.json": coco("https://example.org/x/"), "a.jpg": b""}), CATS_AND_DOGS, 0),
    "Azure ML: first SDK": ("azureml", lines("AmlDatastore://old/", a="Cat", b="Dog"), CATS_AND_DOGS, 0),
    "Azure ML: second SDK": ("azureml", lines(f"{IN_AZURE}/", a=["Cat"], b=["Dog"]), CATS_AND_DOGS, 0),
    "Azure ML: detection": (
        "azureml",
        lines(f"{IN_AZURE}/", a="Cat", b=[{"label": "Dog", "topX": 0.1}]),
        JUST_A_CAT,
        1,
    ),
    "Azure ML: detection of one": (
        "azureml",
        lines(f"{IN_AZURE}/", a="Cat", b={"label": "Dog", "topX": 0}),
        JUST_A_CAT,
        1,
    ),
    "Azure ML: MLTable": (
        "mltable",
        zipped({"MLTable": mltable("file: ./l.jsonl"), "l.jsonl": lines(f"{IN_AZURE}/", a="Cat", b="Dog")}),
        CATS_AND_DOGS,
        0,
    ),
    "Azure ML: CSV": (
        "csv",
        "\ufeffUrl,Label\r\nAmlDatastore://old/pets/a.jpg,Cat\r\nAmlDatastore://old/pets/b.jpg,Dog\r\n",
        CATS_AND_DOGS,
        0,
    ),
    "Azure ML: a dataset's files": (
        "azureml",
        zipped(
            {
                f"dataset/labeledDatapoints_{number}.jsonl": "\ufeff" + lines("AmlDatastore://old/", **one)
                for number, one in enumerate(({"a": "Cat"}, {"b": "Dog"}), 1)
            }
        ),
        CATS_AND_DOGS,
        0,
    ),
    "a table": ("csv", ONES_OWN, CATS_AND_DOGS, 0),
    "Excel's": ("csv", "sep=;\r\nImage;Class\r\npets\\a.jpg;Cat\r\npets\\b.jpg;Dog\r\n", CATS_AND_DOGS, 0),
    "a column a label": ("csv", "filename,label: Cat,label: Dog\na.jpg,1,0\nb.jpg,0,1\n", CATS_AND_DOGS, 0),
    "TensorFlow's boxes": (
        "csv",
        "filename,class,xmin,ymin,xmax,ymax\na.jpg,Cat,,,,\nb.jpg,Dog,1,1,4,5\n",
        JUST_A_CAT,
        1,
    ),
    "Label Studio": ("labelstudio", json.dumps(TASKS), CATS_AND_DOGS, 0),
    "Label Studio: JSON-MIN": ("labelstudio", json.dumps(MINIMAL, indent=2), JUST_A_CAT, 0),
    "CVAT": ("cvat", zipped({"annotations.xml": ANNOTATIONS}), JUST_A_CAT, 4),
    "Hugging Face": ("huggingface", METADATA, CATS_AND_DOGS, 0),
    "Hugging Face zipped": (
        "huggingface",
        zipped({"train/metadata.csv": "file_name,label\na.jpg,Cat\nb.jpg,Dog\n", "train/a.jpg": b"", "b.jpg": b""}),
        CATS_AND_DOGS,
        0,
    ),
    "VoTT": ("vott", WHOLES, CATS_AND_DOGS, 1),
    "ImageFolder": ("imagefolder", zipped({"train/Cat/a.jpg": b"", "test/Dog/b.jpg": b""}), CATS_AND_DOGS, 0),
}


@pytest.mark.parametrize("name", GOLDEN)
async def test_a_file_of_each_format_labels_its_images(storage: Storage, name: str) -> None:
    form, content, labels, regions = GOLDEN[name]
    folder = new_name("folder")
    pictures = [Picture(f"{folder}/pets/{one}.jpg", None, WAITING) for one in "abc"]
    there = await project_of(storage, pictures, prefix=f"{folder}/")
    await storage.container(WORKSPACE_CONTAINER).upload_blob(f"{folder}/labels", content)
    done = await imported(storage, there, None, "auto", file="labels")
    assert (done.format, done.outcome.regions) == (form, regions)
    assert (done.outcome.loose.count, done.outcome.unmatched.count, done.outcome.unclear.count) == (0, 0, 0)
    assert await labels_of(storage, there) == {f"{folder}/{image}": found for image, found in labels.items()}


def test_each_format_has_a_file() -> None:
    """The paths of images (tests/imports/test_paths.py) are none."""
    assert {form for form, *_ in GOLDEN.values()} == FORMATS.keys() - {FOLDERS}
