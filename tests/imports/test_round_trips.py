"""What this service exports as a zip, or as a folder that somebody zips, comes back as labels of the same images."""

import pytest

from functions.exports.options import ExportOptions, Split
from functions.labeling.head import WAITING
from functions.storage import WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name, picture
from tests.exports.scene import CAT, DOG, Picture, exported, project_of
from tests.imports.importing import imported, labels_of
from tests.imports.zips import zipped

SPLIT = Split(train=0.6, validation=0.2, test=0.2, seed=1)
FORMS = {"coco": ExportOptions(with_images=True), "azureml": ExportOptions(states=("labeled", "waiting"))}
FORMS |= {"huggingface": ExportOptions(), "imagefolder": ExportOptions()}
READ_AS = {"azureml": "mltable"}


@pytest.mark.parametrize("split", [None, SPLIT], ids=["whole", "split"])
@pytest.mark.parametrize("form", FORMS)
async def test_an_export_comes_back_as_a_zip(storage: Storage, form: str, split: Split | None) -> None:
    folder = new_name("folder")
    made = [
        Picture(f"{folder}/{number}.png", DOG.id if number % 3 else CAT.id, content=picture()) for number in range(12)
    ]
    made.append(Picture(f"{folder}/waiting.png", None, WAITING))
    project = await project_of(storage, made, prefix=f"{folder}/")
    _, files = await exported(storage, project, form, FORMS[form].model_copy(update={"split": split}))
    whole = next((content for name, content in files.items() if name.endswith(".zip")), None) or zipped(files)
    await storage.container(WORKSPACE_CONTAINER).upload_blob(f"{folder}/labels.zip", whole)
    empty = await project_of(storage, [Picture(one.name, None, WAITING) for one in made], prefix=f"{folder}/")
    done = await imported(storage, empty, None, "auto", file="labels.zip")
    assert done.format == READ_AS.get(form, form)
    assert (done.outcome.labeled, done.outcome.unmatched.count, done.outcome.loose.count) == (12, 0, 0)
    assert await labels_of(storage, empty) == await labels_of(storage, project)
