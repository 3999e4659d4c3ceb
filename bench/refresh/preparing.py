"""Preparing packs as the host does it, in turns with the bare limit on the same images: the SDK's download, Pillow, and
the SDK's upload of both results.
"""

import asyncio
import io
import json
import time
from collections.abc import Awaitable
from typing import Any

from azure.storage.blob.aio import BlobServiceClient, ContainerClient
from PIL import Image

from bench.refresh import memory
from bench.refresh.pictures import picture
from bench.refresh.refreshing import each, make_project, refreshed, utc_now
from functions.labeling.board import board_of
from functions.projects.store import load_project
from functions.refresh.budget import DECODERS, IMAGES_AT_ONCE
from functions.refresh.headers.header import PREVIEW_SIDE
from functions.refresh.imaging import QUALITY, THUMBNAIL_SIDE
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import WEBP, prepare_pack
from functions.storage import WORKSPACE_CONTAINER, Storage, unless_there
from tests.running import ROOT

UPLOADS_AT_ONCE = 16
DISTINCT = 8
METHOD = 2
BARE_CONTAINER = "bare"


async def upload(storage: Storage, count: int, width: int, height: int) -> dict[str, Any]:
    """Puts so many pictures into a folder, some few of them repeated, and makes a project over it."""
    pictures = [await asyncio.to_thread(picture, number, width, height) for number in range(min(DISTINCT, count))]
    prefix = f"{width}x{height}/"
    container = storage.container(WORKSPACE_CONTAINER)

    async def put(number: int) -> None:
        await container.upload_blob(f"{prefix}{number:06}.jpg", pictures[number % len(pictures)])

    await each(range(count), UPLOADS_AT_ONCE, put)
    project_id = await make_project(storage, prefix=prefix)
    await refreshed(storage, project_id)
    project = await load_project(storage, project_id)
    ranges = await board_of(storage, project).directory.ranges()
    return {
        "project": project_id,
        "packs": sum(len(known.letters) for known in ranges),
        "bytes": sum(map(len, pictures)) / len(pictures),
    }


async def prepare(storage: Storage, project_id: str, packs: list[int]) -> dict[str, Any]:
    """Runs the messages of these packs, as many at once as the host hands out."""
    images = await _images_of(storage, project_id, packs)
    at_once = json.loads((ROOT / "host.json").read_text(encoding="utf-8"))["extensions"]["queues"]["batchSize"]

    async def run(pack: int) -> None:
        await prepare_pack(storage, PreparationMessage(project_id=project_id, pack=pack), utc_now)

    return await _timed(len(images), each(packs, at_once, run))


async def prepare_bare(storage: Storage, project_id: str, packs: list[int]) -> dict[str, Any]:
    """Makes the same of the same images, without anything of the service: as many at once are read and decoded."""
    names = await _images_of(storage, project_id, packs)
    connection = storage.config.storage_connection_string or ""
    async with BlobServiceClient.from_connection_string(connection) as blobs:
        source, target = blobs.get_container_client(WORKSPACE_CONTAINER), blobs.get_container_client(BARE_CONTAINER)
        await unless_there(target.create_container)
        decoders = asyncio.Semaphore(DECODERS)

        async def run(name: str) -> None:
            await _make(source, target, name, decoders)

        return await _timed(len(names), each(names, IMAGES_AT_ONCE, run))


async def _make(source: ContainerClient, target: ContainerClient, name: str, decoders: asyncio.Semaphore) -> None:
    data = await (await source.download_blob(name)).readall()
    async with decoders:
        preview, thumbnail = await asyncio.to_thread(_shown, data)
    await asyncio.gather(
        target.upload_blob(f"preview/{name}", preview, overwrite=True, content_settings=WEBP),
        target.upload_blob(f"thumbnail/{name}", thumbnail, overwrite=True, content_settings=WEBP),
    )


def _shown(data: bytes) -> tuple[bytes, bytes]:
    image: Image.Image = Image.open(io.BytesIO(data))
    image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
    made = []
    for side in (PREVIEW_SIDE, THUMBNAIL_SIDE):
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.save(out, "WEBP", quality=QUALITY, method=METHOD)
        made.append(out.getvalue())
    return made[0], made[1]


async def _images_of(storage: Storage, project_id: str, packs: list[int]) -> list[str]:
    rows = board_of(storage, await load_project(storage, project_id)).rows
    return [image.name for pack in packs for image in await rows.images(pack, 0)]


async def _timed(images: int, work: Awaitable[None]) -> dict[str, Any]:
    idle = memory.resident()
    memory.forget_peak()
    started = time.perf_counter()
    await work
    return {"images": images, "seconds": time.perf_counter() - started, "memory": memory.peak() - idle}
