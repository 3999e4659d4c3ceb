"""The blobs of images, for formats whose files hold them: some at a time, read side by side."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import BlobTrouble, download
from functions.exports.formats.base import ExportedImage
from functions.exports.kinds import ending_of_content
from functions.imaging.budget import Budgets
from functions.imaging.decoding import in_thread
from functions.labeling.columns import Columns

if TYPE_CHECKING:
    from functions.exports.converting import Converted

# What one build holds of blobs: so many images or bytes, whichever is less, but always one image.
AT_ONCE = 16
BYTES_AT_ONCE = 24 * 1024 * 1024
# As much as is read to prepare an image.
LARGEST_BYTES = 100 * 1024 * 1024

LeaveOut = Callable[[str, str], None]


@dataclass(frozen=True)
class Converting:
    """Gives images their contents. readable: endings of files that stay as they are; others are converted where they
    can be. None: all stay.
    """

    budgets: Budgets
    readable: frozenset[str] | None

    async def take(self, image: ExportedImage, content: bytes) -> ExportedImage:
        ending = ending_of_content(content, image.name)
        if self.readable is not None and ending not in self.readable:
            converted = await self._converted(content)
            if converted:
                return image._replace(content=converted.content, ending=converted.ending, converted=True)
        return image._replace(content=content, ending=ending)

    async def _converted(self, content: bytes) -> "Converted | None":
        from functions.exports.converting import convert, memory_to_convert

        async with self.budgets.decoders.taking(1):
            needed = await asyncio.to_thread(memory_to_convert, content)
            if needed is None:
                return None
            async with self.budgets.decoded.taking(needed):
                return await in_thread(convert, content)


async def with_content(
    source: ContainerClient, pack: Columns, images: Sequence[ExportedImage], leave_out: LeaveOut, converting: Converting
) -> AsyncIterator[list[ExportedImage]]:
    """The images of a pack with their blobs, in their order. One whose blob is gone, or is another by now, is told to
    `leave_out` with the reason. Raises DatastoreTrouble.
    """
    for some in _windows(pack, images):
        contents = await asyncio.gather(*(_read(source, pack, image) for image in some))
        found = []
        for image, content in zip(some, contents, strict=True):
            if isinstance(content, str):
                leave_out(image.name, content)
            else:
                found.append(await converting.take(image, content))
        yield found


async def _read(source: ContainerClient, pack: Columns, image: ExportedImage) -> bytes | str:
    """The blob, or why it cannot be had."""
    known = pack.image(image.slot)
    try:
        return await download(source, known.name, known.etag, LARGEST_BYTES)
    except BlobTrouble as trouble:
        return trouble.reason


def _windows(pack: Columns, images: Sequence[ExportedImage]) -> list[list[ExportedImage]]:
    windows: list[list[ExportedImage]] = []
    room = 0
    for image in images:
        size = pack.image(image.slot).bytes
        if not windows or size > room or len(windows[-1]) == AT_ONCE:
            windows.append([])
            room = BYTES_AT_ONCE
        windows[-1].append(image)
        room -= size
    return windows
