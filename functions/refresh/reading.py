"""Reading one image's file: what may pass is tried again at once, a few times, and told from the file's own fault."""

import asyncio
import random
from dataclasses import replace

from azure.core.exceptions import AzureError
from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import (
    BlobArchived,
    BlobChanged,
    BlobTrouble,
    DatastoreTrouble,
    download,
    read_first_byte,
)
from functions.datastores.troubles import ALL_ARCHIVED, NO_ANSWER
from functions.imaging.budget import DOWNLOADED_BYTES
from functions.labeling.board import Board
from functions.labeling.directory import AWAITING, DONE, OPEN, PREPARING, REOPENED, WAITING
from functions.labeling.head import Head
from functions.labeling.rows import Image

# Each file is tried so often, so many seconds each time, with pauses between.
PATIENCE_SECONDS = 60
PAUSES_SECONDS = (1, 5)
# When other files are looked at, so many and so long.
OTHERS = 3
OTHERS_SECONDS = 20


class Unread(Exception):
    """The file could not be read, and may be later. reason: why, in words. trouble: what it is if no other file can be
    read either.
    """

    def __init__(self, reason: str, trouble: DatastoreTrouble) -> None:
        super().__init__(reason)
        self.reason = reason
        self.trouble = trouble


async def read_image(source: ContainerClient, image: Image, *, may_be_copied: bool) -> tuple[bytes, Image]:
    """One blob, and the image that it is. One that was copied has another etag and the same length: it is taken for
    the same file, as when a project has moved with its folder. Raises Unread, and BlobTrouble for what is wrong with
    this file alone.
    """
    try:
        return await _read(source, image), image
    except BlobChanged:
        found = await _as_it_is(source, image.name) if may_be_copied else None
        if found is None or found[1] != image.bytes:
            raise
        copied = replace(image, etag=found[0])
        return await _read(source, copied), copied


async def _read(source: ContainerClient, image: Image) -> bytes:
    trouble = DatastoreTrouble(NO_ANSWER, may_pass=True)
    for pause in (*PAUSES_SECONDS, None):
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await download(source, image.name, image.etag, DOWNLOADED_BYTES)
        except TimeoutError:
            trouble = DatastoreTrouble(NO_ANSWER, may_pass=True)
        except BlobArchived as archived:
            raise Unread(archived.reason, DatastoreTrouble(ALL_ARCHIVED)) from None
        except DatastoreTrouble as found:
            trouble = found
        if pause is None or not trouble.may_pass:
            break
        await asyncio.sleep(pause)
    raise Unread(trouble.reason, trouble)


async def _as_it_is(source: ContainerClient, name: str) -> tuple[str, int] | None:
    """A blob's etag, as listings give it, and its length; None when it is gone or cannot be asked for."""
    try:
        properties = await source.get_blob_client(name).get_blob_properties()
    except AzureError:
        return None
    return str(properties.etag).strip('"'), int(properties.size)


async def others_can_be_read(source: ContainerClient, board: Board, pack: int) -> bool:
    """Whether any of some images that have a preview can still be read: first of this pack, then of others. So what
    some files alone have is told from what the datastore has.
    """
    ranges = await board.directory.ranges()
    letters = (WAITING, AWAITING, OPEN, REOPENED, DONE, PREPARING)
    elsewhere = [other for known in ranges for other in known.packs(*letters) if other != pack]
    names: list[str] = []
    for one in [pack, *random.sample(elsewhere, min(OTHERS, len(elsewhere)))]:
        version = await board.rows.read_pack(one)
        images = await board.rows.images(one, version.head.revision)
        shown = [image.name for slot, image in enumerate(images) if _is_shown(version.head, slot, image)]
        names += random.sample(shown, min(OTHERS, len(shown)))

    async def can_be_read(name: str) -> bool:
        try:
            await read_first_byte(source, name)
        except (BlobTrouble, DatastoreTrouble):
            return False
        return True

    try:
        async with asyncio.timeout(OTHERS_SECONDS):
            return any(await asyncio.gather(*map(can_be_read, names)))
    except TimeoutError:
        return False


def _is_shown(head: Head, slot: int, image: Image) -> bool:
    state = head.slots[slot]
    return image.width > 0 and image.problem is None and not (state.missing or state.outdated or state.deferred)
