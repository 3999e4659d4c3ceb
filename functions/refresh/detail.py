"""Details: images with their own pixels, for whoever zooms in further than a preview shows. One is made when it is
first asked for, and kept beside the preview: of most images none ever is.
"""

import asyncio
from dataclasses import dataclass

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContentSettings

from functions.datastores.connect import BlobTrouble, DatastoreTrouble, connect
from functions.datastores.store import load_datastore
from functions.imaging.budget import budgets_of
from functions.imaging.decoding import decode_detail
from functions.imaging.headers.header import PREVIEW_SIDE, Unreadable, fit
from functions.labeling.previews import LASTING, detail_blob, preview_blobs
from functions.labeling.rows import Image
from functions.problems import Busy, Conflict
from functions.projects.model import Project
from functions.refresh.reading import Unread, read_image
from functions.storage import Storage

# A browser's call ends after 45 seconds.
MOST_SECONDS = 35
JPEG = ContentSettings(content_type="image/jpeg", cache_control=LASTING)


@dataclass(frozen=True)
class StoredPicture:
    """A picture of the previews' container."""

    blob: str
    width: int
    height: int


async def detail_of(storage: Storage, project: Project, pack: int, slot: int, image: Image) -> StoredPicture:
    """The picture that has the most of the image's own pixels; the preview where that has them all. Raises Conflict
    where the file cannot be shown any more, Busy where it takes too long.
    """
    blob = detail_blob(pack, slot, image.etag)
    shown = fit(image.width, image.height, PREVIEW_SIDE)
    preview = StoredPicture(preview_blobs(pack, slot, image.etag)[0], *shown)
    if shown == (image.width, image.height):
        return preview
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await _kept(storage, project, blob) or await _make(storage, project, blob, image) or preview
    except TimeoutError:
        raise Busy("The image's file takes too long to read. Try again later.") from None
    except (BlobTrouble, DatastoreTrouble, Unread, Unreadable) as trouble:
        raise Conflict(f"The image cannot be shown at full size. {trouble.reason}") from None


async def _kept(storage: Storage, project: Project, blob: str) -> StoredPicture | None:
    client = storage.container(project.previews_container).get_blob_client(blob)
    try:
        known = (await client.get_blob_properties()).metadata
    except ResourceNotFoundError:
        return None
    return StoredPicture(blob, int(known["width"]), int(known["height"]))


async def _make(storage: Storage, project: Project, blob: str, image: Image) -> StoredPicture | None:
    budgets = budgets_of(storage)
    async with (
        budgets.images.taking(1),
        budgets.downloads.taking(image.bytes),
        connect(storage, await load_datastore(storage, project.datastore)) as source,
    ):
        # No name for the file: it is let go of before the upload, which then takes its room.
        detail = await decode_detail(budgets, (await read_image(source, image, may_be_copied=False))[0])
        if detail is None:
            return None
        await storage.container(project.previews_container).upload_blob(
            blob,
            detail.content,
            overwrite=True,
            content_settings=JPEG,
            metadata={"width": str(detail.width), "height": str(detail.height)},
        )
    return StoredPicture(blob, detail.width, detail.height)
