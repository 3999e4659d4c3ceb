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
from functions.assist.making import check_model
from functions.imaging.budget import DECODERS, IMAGES_AT_ONCE
from functions.imaging.headers.header import PREVIEW_SIDE
from functions.imaging.rendering import QUALITY, THUMBNAIL_SIDE
from functions.labeling.board import board_of
from functions.projects.store import change_project, load_project
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
    made = await take_in(storage, prefix)
    return {**made, "bytes": sum(map(len, pictures)) / len(pictures)}


async def take_in(storage: Storage, prefix: str, *, ml_assist: bool = False) -> dict[str, Any]:
    """Makes a project over a folder; its images are yet to be prepared."""
    project_id = await make_project(storage, prefix=prefix)
    await change_project(storage, project_id, lambda made: made.model_copy(update={"ml_assist": ml_assist}))
    await refreshed(storage, project_id)
    project = await load_project(storage, project_id)
    ranges = await board_of(storage, project).directory.ranges()
    return {"project": project_id, "prefix": prefix, "packs": sum(len(known.letters) for known in ranges)}


async def prepare(storage: Storage, project_id: str, packs: list[int]) -> dict[str, Any]:
    """Runs the messages of these packs, as many at once as the host hands out; `loading` seconds before that go into
    the model that makes features, where they are made.
    """
    images = await _images_of(storage, project_id, packs)
    idle, started = memory.resident(), time.perf_counter()
    if (await load_project(storage, project_id)).ml_assist:
        await check_model()
    loading = time.perf_counter() - started
    at_once = json.loads((ROOT / "host.json").read_text(encoding="utf-8"))["extensions"]["queues"]["batchSize"]

    async def run(pack: int) -> None:
        await prepare_pack(storage, PreparationMessage(project_id=project_id, pack=pack), utc_now)

    return {**await _timed(len(images), each(packs, at_once, run), idle), "loading": loading}


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

        return await _timed(len(names), each(names, IMAGES_AT_ONCE, run), memory.resident())


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


async def _timed(images: int, work: Awaitable[None], idle: int) -> dict[str, Any]:
    """cpu: seconds of this process's work, which a busy machine stretches less. memory: the peak over `idle`."""
    memory.forget_peak()
    started, worked = time.perf_counter(), time.process_time()
    await work
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    return {"images": images, "seconds": seconds, "cpu": cpu, "memory": memory.peak() - idle}
