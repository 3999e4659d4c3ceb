"""Features of images that were prepared without: made of their thumbnails, some packs by each message."""

import asyncio

from azure.core.exceptions import ResourceNotFoundError

from functions.assist.asking import FeaturesMessage
from functions.assist.features import Made, add_features, read_features
from functions.assist.making import check_model, make_one
from functions.assist.model import ModelUnreadable
from functions.assist.noting import note_features
from functions.assist.troubles import NOT_STORED, note_made, note_trouble
from functions.imaging.budget import MIB, budgets_of
from functions.imaging.headers.header import Unreadable
from functions.labeling.board import board_of
from functions.labeling.head import LABELED, SKIPPED, WAITING, Slot
from functions.labeling.previews import preview_blobs
from functions.labeling.rows import Image
from functions.problems import NotFound
from functions.projects.model import Project
from functions.projects.store import is_there, load_project
from functions.storage import FEATURES_QUEUE, Storage

# What one message does itself: some ten seconds on one core.
PACKS_AT_ONCE = 16
# A message for more is split into so many at most, each of which may be split again.
MOST_PIECES = 64
SENT_AT_ONCE = 8
# A thumbnail's file, and its pixels.
THUMBNAIL_BYTES = MIB


async def make_lacking(storage: Storage, message: FeaturesMessage) -> None:
    """Makes the features that are lacking, or of an earlier version of an image, or splits the message. Delivered
    twice, or killed halfway, it ends in the same state. A message for what is gone, or switched off, ends quietly.
    """
    try:
        project = await load_project(storage, message.project_id)
        if not project.ml_assist or project.restoring:
            return
        await check_model()
        if message.count > PACKS_AT_ONCE:
            await _split(storage, project, message)
            return
        for pack in range(message.first, message.first + message.count):
            await _make(storage, project, pack)
        await note_made(storage, project)
        await note_features(storage, project)
    except ModelUnreadable as unreadable:
        await note_trouble(storage, message.project_id, unreadable.reason)
    except (NotFound, ResourceNotFoundError):
        if await is_there(storage, message.project_id):
            raise


async def give_up(storage: Storage, message: FeaturesMessage) -> None:
    """At the last delivery of a message that fails: the project says so, and the timer asks again."""
    if await is_there(storage, message.project_id):
        await note_trouble(storage, message.project_id, NOT_STORED)


async def _split(storage: Storage, project: Project, message: FeaturesMessage) -> None:
    ranges = await board_of(storage, project).directory.ranges(fresh=True)
    end = min(message.first + message.count, sum(len(known.letters) for known in ranges))
    size = -(-(end - message.first) // (MOST_PIECES * PACKS_AT_ONCE)) * PACKS_AT_ONCE
    gate = asyncio.Semaphore(SENT_AT_ONCE)

    async def send(first: int) -> None:
        async with gate:
            count = min(size, end - first)
            await storage.send(FEATURES_QUEUE, FeaturesMessage(project_id=project.id, first=first, count=count))

    if message.first < end:
        await asyncio.gather(*(send(first) for first in range(message.first, end, size)))


async def _make(storage: Storage, project: Project, pack: int) -> None:
    """Makes what one pack lacks. One that is not there lacks nothing."""
    rows = board_of(storage, project).rows
    try:
        head = (await rows.read_pack(pack)).head
        images = await rows.images(pack, head.revision)
    except ResourceNotFoundError:
        await load_project(storage, project.id)
        return
    known = await read_features(storage, project, pack)
    lacking = {
        slot: image
        for slot, (state, image) in enumerate(zip(head.slots, images, strict=False))
        if _has_previews(state, image) and not (known and known.is_of(slot, image.etag))
    }
    found = await asyncio.gather(*(_make_one(storage, project, pack, slot, image) for slot, image in lacking.items()))
    made = {slot: one for slot, one in zip(lacking, found, strict=True) if one}
    if made:
        await add_features(storage, project, pack, made)


def _has_previews(slot: Slot, image: Image) -> bool:
    return slot.state in (WAITING, LABELED, SKIPPED) and not slot.outdated and image.problem is None


async def _make_one(storage: Storage, project: Project, pack: int, slot: int, image: Image) -> Made | None:
    """None where the thumbnail is not there any more, or is no picture."""
    _, thumbnail = preview_blobs(pack, slot, image.etag)
    budgets = budgets_of(storage)
    async with budgets.images.taking(1), budgets.downloads.taking(THUMBNAIL_BYTES):
        try:
            stream = await storage.container(project.previews_container).download_blob(thumbnail)
            return await make_one(budgets, image.etag, await stream.readall())
        except (ResourceNotFoundError, Unreadable):
            return None
