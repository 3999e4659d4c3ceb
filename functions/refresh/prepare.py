"""Preparing a pack: each blob is read once, checked, and shown small. Delivered twice, or killed halfway, it ends in
the same state.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContentSettings
from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import BlobTrouble, connect, download
from functions.datastores.store import load_datastore
from functions.labeling import rules
from functions.labeling.board import board_of
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.previews import preview_blobs
from functions.labeling.rows import Image
from functions.problems import NotFound
from functions.projects.store import load_project
from functions.refresh.ingest import ImagesMoved
from functions.refresh.packing import PreparationMessage
from functions.storage import Storage

LARGEST_BYTES = 100 * 1024 * 1024
# Bounds what one instance holds in memory: so many images are downloaded or decoded at a time.
AT_ONCE = 4
WEBP = ContentSettings(content_type="image/webp", cache_control="private, max-age=31536000, immutable")

_gate = asyncio.Semaphore(AT_ONCE)


async def prepare_pack(storage: Storage, message: PreparationMessage) -> None:
    """Makes the previews that a pack still needs. A message for what is gone ends quietly."""
    try:
        project = await load_project(storage, message.project_id)
        datastore = await load_datastore(storage, project.datastore)
        board = board_of(storage, project)
        version = await board.rows.read_head(message.pack)
        images = await board.rows.images(message.pack, version.head.revision)
    except (NotFound, ResourceNotFoundError):
        return
    now = int(datetime.now(UTC).timestamp() * 1000)
    slots = rules.needs_preparing(version.head)
    previews = storage.container(project.previews_container)
    try:
        async with connect(storage, datastore) as source:
            made = await asyncio.gather(
                *(_prepare(source, previews, message.pack, slot, images[slot]) for slot in slots)
            )
        prepared = dict(zip(slots, made, strict=True))
        while prepared and not await _save(storage, message, prepared, now):
            pass
        await board.packs.close(message.pack, now)
    except (NotFound, ResourceNotFoundError):
        if await _is_there(storage, message.project_id):
            raise


async def _is_there(storage: Storage, project_id: str) -> bool:
    try:
        await load_project(storage, project_id)
    except NotFound:
        return False
    return True


async def _prepare(source: ContainerClient, previews: ContainerClient, pack: int, slot: int, image: Image) -> Image:
    """Reads and shows one image; gives what is known of it now."""
    from functions.refresh.imaging import Unreadable, render

    async with _gate:
        try:
            data = await download(source, image.name, image.etag, LARGEST_BYTES)
            rendered = await asyncio.to_thread(render, data)
        except (BlobTrouble, Unreadable) as trouble:
            return replace(image, width=0, height=0, problem=trouble.reason)
    preview, thumbnail = preview_blobs(pack, slot, image.etag)
    await previews.upload_blob(preview, rendered.preview, overwrite=True, content_settings=WEBP)
    await previews.upload_blob(thumbnail, rendered.thumbnail, overwrite=True, content_settings=WEBP)
    return replace(image, width=rendered.width, height=rendered.height, problem=None)


async def _save(storage: Storage, message: PreparationMessage, prepared: dict[int, Image], now: int) -> bool:
    """Writes what was found out, for images that are still those that were read. False: the pack's images have moved,
    try again.
    """
    project = await load_project(storage, message.project_id)
    board = board_of(storage, project)
    version = await board.rows.read_head(message.pack)
    images = list(await board.rows.images(message.pack, version.head.revision))
    current = {slot: image for slot, image in prepared.items() if images[slot].etag == image.etag}
    for slot, image in current.items():
        images[slot] = image
    readable = {slot: image.problem is None for slot, image in current.items()}

    def rule(head: Head) -> Change[None]:
        if head.revision != version.head.revision:
            raise ImagesMoved
        return Change(rules.prepare(head, readable=readable), None, images=images)

    if not current:
        return True
    try:
        await board.packs.change(message.pack, rule, now=now)
    except ImagesMoved:
        return False
    return True
