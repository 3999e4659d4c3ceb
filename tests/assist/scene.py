"""Projects with suggestions on, and what is known of the features of their images."""

import io
import random
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from functions.assist.asking import FeaturesMessage
from functions.assist.features import PackFeatures, read_features
from functions.assist.lacking import make_lacking
from functions.labeling.head import LABELED, SKIPPED, WAITING
from functions.labeling.previews import preview_blobs
from functions.projects.model import Project
from functions.projects.store import change_project
from functions.storage import FEATURES_QUEUE
from tests.refresh.scene import Folder, Process

# What is imported only where features are made or learned from.
HEAVY = {"numpy", "onnxruntime", "scipy", "sklearn"}
PREPARED = (WAITING, LABELED, SKIPPED)
Features = NDArray[np.float16]


def photo(seed: int, mode: str = "RGB") -> bytes:
    """A picture like no other, in patches of color; half of one with alpha is transparent."""
    dice = random.Random(seed)
    side = 6
    image = Picture.frombytes("RGB", (side, side), dice.randbytes(3 * side * side))
    image = image.resize((60, 48), Picture.Resampling.BICUBIC).convert(mode)
    if mode == "RGBA":
        image.putalpha(Picture.linear_gradient("L").resize(image.size).point(lambda value: 255 * (value > 127)))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def photos(count: int, first: int = 0) -> dict[str, bytes]:
    return {f"{number:03}.png": photo(number) for number in range(first, first + count)}


async def switch(one: Process, project_id: str, *, on: bool) -> Project:
    return await change_project(one.storage, project_id, lambda project: project.model_copy(update={"ml_assist": on}))


async def taken_in(one: Process, files: Mapping[str, bytes], *, on: bool) -> tuple[Folder, str]:
    """A folder of these files, and a project over it whose images are yet to be prepared."""
    folder = Folder(one)
    await folder.put(files)
    project = await folder.project()
    await switch(one, project, on=on)
    await one.refresh(project)
    return folder, project


async def work_off(one: Process, project_id: str) -> list[FeaturesMessage]:
    """Works off the messages that ask for features, those that are to come later too. Gives all."""
    done = []
    while messages := await asked_for(one, project_id):
        for message in messages:
            await make_lacking(one.storage, message)
        done += messages
    return done


async def asked_for(one: Process, project_id: str) -> list[FeaturesMessage]:
    """Takes the messages that ask for features of this project out of their queue."""
    return await one.messages(project_id, FEATURES_QUEUE, FeaturesMessage)


async def features(one: Process, project_id: str) -> dict[str, Features]:
    """By the image's name, of the images whose features are those of the blob as it is known."""
    project, found = await one.project(project_id), {}
    async for pack, _, images in (await one.board(project_id)).rows.scan():
        known = await read_features(one.storage, project, pack) or PackFeatures({}, {}, np.zeros((0, 0), np.float16))
        for slot, image in enumerate(images):
            if known.is_of(slot, image.etag):
                found[image.name.rpartition("/")[2]] = known.of([slot])[0]
    return found


async def prepared(one: Process, project_id: str) -> set[str]:
    """The names of the images whose previews are there, and may be labeled."""
    found = set()
    async for _, head, images in (await one.board(project_id)).rows.scan():
        for slot, image in zip(head.slots, images, strict=True):
            if slot.state in PREPARED and not slot.outdated:
                found.add(image.name.rpartition("/")[2])
    return found


async def thumbnails(one: Process, project_id: str) -> dict[str, str]:
    """The blob of each image's thumbnail, by the image's name."""
    return {
        image.name.rpartition("/")[2]: preview_blobs(pack, slot, image.etag)[1]
        async for pack, _, images in (await one.board(project_id)).rows.scan()
        for slot, image in enumerate(images)
    }
