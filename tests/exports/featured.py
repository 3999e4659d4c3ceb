"""Features of the images of a project, as they lie in storage and as an export gives them."""

import csv
import io
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from functions.assist.features import Made, add_features
from functions.assist.model import FEATURES
from functions.exports.formats import FORMATS
from functions.labeling.previews import image_version
from functions.projects.model import Project
from functions.storage import Storage
from tests.exports.scene import board_of


def features_of(name: str) -> NDArray[np.float16]:
    """Those of the image with this name, like no other's."""
    return np.random.default_rng(list(name.encode())).standard_normal(FEATURES).astype(np.float16)


async def give_features(
    storage: Storage, project: Project, *, lacking: Collection[str] = (), changed: Collection[str] = ()
) -> None:
    """Makes the features of all images but of those lacking; those of changed ones are of an earlier file."""
    async for pack, _, images in board_of(storage, project).rows.scan():
        made = {
            slot: Made(image_version("0x0" if image.name in changed else image.etag), features_of(image.name))
            for slot, image in enumerate(images)
            if image.name not in lacking
        }
        if made:
            await add_features(storage, project, pack, made)


async def make_ready(storage: Storage, project: Project, form: str) -> None:
    """Makes what an export of this format takes from elsewhere."""
    if FORMATS[form].wants_features:
        await give_features(storage, project)


def loaded(files: dict[str, bytes], side: str = "") -> tuple[NDArray[np.float16], list[dict[str, str]]]:
    """What numpy and csv read of an export's files, or of those of a side."""
    end = f"-{side}" if side else ""
    matrix = np.load(io.BytesIO(files[f"features{end}.npy"]), allow_pickle=False)
    return matrix, list(csv.DictReader(io.StringIO(files[f"images{end}.csv"].decode(), newline=""), strict=True))
