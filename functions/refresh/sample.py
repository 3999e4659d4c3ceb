"""A look at the first images of a folder before there is a project: listed, read and shown as refreshes do it, but few
of them, in bounded time, and nothing is kept.
"""

import asyncio
from base64 import b64encode
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field

from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import connect, download
from functions.datastores.kinds import is_image_name, kind_not_taken
from functions.datastores.listing import ListedBlob, list_pages
from functions.datastores.model import Datastore
from functions.datastores.troubles import NO_ANSWER, BlobTrouble, DatastoreTrouble
from functions.datastores.wire import SampleAnswer, SampledImage
from functions.imaging.budget import DOWNLOADED_BYTES, Budgets, budgets_of
from functions.imaging.decoding import decode
from functions.imaging.headers.header import Unreadable
from functions.storage import Storage

MOST_IMAGES = 12
# So many files are looked at until there are enough images among them.
MOST_LISTED = 5000
PAGE_SIZE = 500
FILES_AT_ONCE = 4
LISTING_SECONDS = 10.0
READING_SECONDS = 8.0
LATE = "The storage account did not send the file in time. It may still be read when the project is made."


async def look_at(storage: Storage, datastore: Datastore, prefix: str) -> SampleAnswer:
    """The first images under a prefix. Raises DatastoreTrouble when the datastore cannot be read."""
    try:
        async with asyncio.timeout(LISTING_SECONDS) as listing, connect(storage, datastore) as source:
            first = await _first_files(source, prefix)
            listing.reschedule(None)
            shown = await _show(source, first.images, budgets_of(storage))
            return SampleAnswer(images=shown, more=first.more, kinds_passed_over=first.kinds_passed_over)
    except TimeoutError:
        raise DatastoreTrouble(NO_ANSWER) from None


@dataclass
class _First:
    """The first files of a folder. more: there are others that were not looked at."""

    images: list[ListedBlob] = field(default_factory=list)
    kinds_passed_over: Counter[str] = field(default_factory=Counter)
    more: bool = False


async def _first_files(source: ContainerClient, prefix: str) -> _First:
    """As many as it takes to have enough images."""
    first, looked_at = _First(), 0
    async with aclosing(list_pages(source, prefix, PAGE_SIZE)) as pages:
        async for blobs, _ in pages:
            for blob in blobs:
                if len(first.images) == MOST_IMAGES or looked_at == MOST_LISTED:
                    first.more = True
                    return first
                looked_at += 1
                if is_image_name(blob.name):
                    first.images.append(blob)
                elif kind := kind_not_taken(blob.name):
                    first.kinds_passed_over[kind] += 1
    return first


async def _show(source: ContainerClient, blobs: list[ListedBlob], budgets: Budgets) -> list[SampledImage]:
    gate = asyncio.Semaphore(FILES_AT_ONCE)

    async def show(blob: ListedBlob) -> SampledImage:
        async with gate:
            return await _image(source, blob, budgets)

    tasks = {asyncio.create_task(show(blob)): blob for blob in blobs}
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=READING_SECONDS, return_when=asyncio.FIRST_EXCEPTION)
        return [task.result() if task.done() else _unreadable(blob, LATE) for task, blob in tasks.items()]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _image(source: ContainerClient, blob: ListedBlob, budgets: Budgets) -> SampledImage:
    """Raises DatastoreTrouble for what would fail for every other file, too."""
    try:
        async with budgets.downloads.taking(blob.bytes):
            shown = await decode(budgets, await download(source, blob.name, blob.etag, DOWNLOADED_BYTES))
    except (BlobTrouble, Unreadable) as trouble:
        return _unreadable(blob, trouble.reason)
    except DatastoreTrouble as trouble:
        if not trouble.may_pass:
            raise
        return _unreadable(blob, trouble.reason)
    thumbnail = f"data:image/webp;base64,{b64encode(shown.thumbnail).decode()}"
    return SampledImage(name=blob.name, thumbnail=thumbnail, width=shown.width, height=shown.height, problem=None)


def _unreadable(blob: ListedBlob, problem: str) -> SampledImage:
    return SampledImage(name=blob.name, thumbnail=None, width=0, height=0, problem=problem)
