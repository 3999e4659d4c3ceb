"""Previews and thumbnails for projects whose packs were written straight into storage."""

import asyncio
import io

from azure.storage.blob.aio import ContainerClient
from PIL import Image

from bench.labeling.seeding import ETAG, Seeded
from bench.refresh.pictures import picture
from functions.imaging.headers.header import PREVIEW_SIDE
from functions.imaging.rendering import QUALITY, THUMBNAIL_SIDE
from functions.labeling.head import PACK_SIZE
from functions.labeling.previews import preview_blobs
from functions.projects.model import Project
from functions.refresh.prepare import WEBP

AT_ONCE = 16
# So many different photographs; images take them in turns.
PHOTOGRAPHS = 18
WIDTH, HEIGHT = 1280, 960


async def show(connection: str, seeded: Seeded, images: int, *, with_previews: bool) -> None:
    """Uploads what the pages of a seeded project show: the thumbnail of each image, and its preview where asked for."""
    sides = (PREVIEW_SIDE, THUMBNAIL_SIDE) if with_previews else (THUMBNAIL_SIDE,)
    photographs = [_shrunk(picture(number, WIDTH, HEIGHT), sides) for number in range(PHOTOGRAPHS)]
    name = Project.model_construct(task_type="multiClass", id=seeded.id).previews_container
    gate = asyncio.Semaphore(AT_ONCE)
    async with ContainerClient.from_connection_string(connection, name) as container:

        async def upload(number: int) -> None:
            names = preview_blobs(*divmod(number, PACK_SIZE), ETAG)[-len(sides) :]
            async with gate:
                for blob, content in zip(names, photographs[number % PHOTOGRAPHS], strict=True):
                    await container.upload_blob(blob, content, content_settings=WEBP)

        await asyncio.gather(*(upload(number) for number in range(images)))


def _shrunk(photograph: bytes, sides: tuple[int, ...]) -> list[bytes]:
    shrunk = []
    for side in sides:
        with Image.open(io.BytesIO(photograph)) as image:
            image.thumbnail((side, side))
            out = io.BytesIO()
            image.save(out, "WEBP", quality=QUALITY)
            shrunk.append(out.getvalue())
    return shrunk
