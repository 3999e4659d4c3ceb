"""Preparing a pack: each blob is read once, checked, and shown small. Delivered twice, or killed halfway, it ends in
the same state.
"""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from azure.core.exceptions import AzureError, ResourceNotFoundError
from azure.storage.blob import ContentSettings
from azure.storage.blob.aio import ContainerClient

from functions.assist.making import Making
from functions.datastores.connect import BlobChanged, BlobTrouble, DatastoreTrouble, connect, download
from functions.datastores.listing import list_pages
from functions.datastores.store import load_datastore
from functions.labeling import rules
from functions.labeling.board import Board, board_of
from functions.labeling.head import LABELED, Head
from functions.labeling.packs import Change
from functions.labeling.previews import preview_blobs
from functions.labeling.rows import Image
from functions.problems import NotFound
from functions.projects.model import Project
from functions.projects.store import is_there, load_project
from functions.refresh.budget import DOWNLOADED_BYTES, Budgets, budgets_of
from functions.refresh.decoding import decode
from functions.refresh.headers.header import Unreadable
from functions.refresh.ingest import ImagesMoved
from functions.refresh.packing import PreparationMessage
from functions.refresh.troubles import note_prepared, note_unprepared
from functions.storage import PREPARATIONS_QUEUE, Storage

# What was made is written down so often, so that people see it move, and a killed run loses little.
PORTION_SECONDS = 10
# A message is worked on for so long; the rest of its pack is left to another one.
TIME_LIMIT_SECONDS = 5 * 60
# Each file is tried so often, so many seconds each time, with pauses between.
PATIENCE_SECONDS = 60
PAUSES_SECONDS = (1, 5)
WEBP = ContentSettings(content_type="image/webp", cache_control="private, max-age=31536000, immutable")


async def prepare_pack(storage: Storage, message: PreparationMessage, clock: Callable[[], datetime]) -> None:
    """Makes the previews that a pack still needs. A message for what is gone ends quietly."""
    try:
        project = await load_project(storage, message.project_id)
        is_stopped = project.preparing_trouble and project.preparing_trouble.is_stopped
        if is_stopped or project.restoring:
            return
        board = board_of(storage, project)
        version = await board.rows.read_pack(message.pack)
        images = await board.rows.images(message.pack, version.head.revision)
    except (NotFound, ResourceNotFoundError):
        return
    wanted = {slot: images[slot] for slot in rules.needs_preparing(version.head)}
    now = int(clock().timestamp() * 1000)
    try:
        outdated = frozenset(slot for slot in wanted if version.head.slots[slot].outdated)
        if wanted and not await Preparation(storage, project, message.pack, now, outdated).prepare(wanted):
            await storage.send(PREPARATIONS_QUEUE, message)
            return
        await board.packs.close(message.pack, now)
        if wanted and project.preparing_trouble:
            await note_prepared(storage, project.id)
    except DatastoreTrouble as trouble:
        await note_unprepared(storage, project.id, trouble.reason)
    except (NotFound, ResourceNotFoundError):
        if await is_there(storage, message.project_id):
            raise


class Slow(Exception):
    """One file could not be read, each time it was tried."""


class Preparation:
    """The work on one pack. outdated: slots that had previews before, or are put back from a backup.

    Where the project has suggestions on, features are made along with previews, and are stored before a head says that
    images are prepared.
    """

    def __init__(self, storage: Storage, project: Project, pack: int, now: int, outdated: frozenset[int]) -> None:
        self._storage = storage
        self._project = project
        self._pack = pack
        self._now = now
        self._outdated = outdated
        self._board: Board = board_of(storage, project)
        self._budgets: Budgets = budgets_of(storage)
        self._previews = storage.container(project.previews_container)
        self._features = Making(storage, project, pack, self._budgets) if project.ml_assist else None

    async def prepare(self, wanted: dict[int, Image]) -> bool:
        """Prepares images by slot, and writes down in portions what is known of them. False: time was up before all
        were. Raises DatastoreTrouble when the datastore cannot be read.
        """
        datastore = await load_datastore(self._storage, self._project.datastore)
        async with connect(self._storage, datastore) as source:
            tasks = {asyncio.create_task(self._image(source, slot, image)): slot for slot, image in wanted.items()}
            try:
                async with asyncio.timeout(TIME_LIMIT_SECONDS) as limit:
                    await self._write_portions(source, wanted, tasks)
            except TimeoutError:
                if not limit.expired():
                    raise
                return False
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        return True

    async def _write_portions(
        self, source: ContainerClient, wanted: dict[int, Image], tasks: dict[asyncio.Task[Image], int]
    ) -> None:
        slow: list[int] = []
        pending, is_readable = set(tasks), False
        while pending:
            done, pending = await asyncio.wait(pending, timeout=PORTION_SECONDS, return_when=asyncio.FIRST_EXCEPTION)
            made = {tasks[task]: task.result() for task in done if task.exception() is None}
            await self._save(made, wanted)
            is_readable = is_readable or bool(made)
            for task in done:
                if isinstance(error := task.exception(), Slow):
                    slow.append(tasks[task])
                elif error:
                    raise error
        if slow:
            if not is_readable:
                await _look_at(source, self._project.prefix)
            tries = len(PAUSES_SECONDS) + 1
            problem = f"The file could not be read, in {tries} tries: the storage account did not send it in time."
            await self._save({slot: replace(wanted[slot], width=0, height=0, problem=problem) for slot in slow}, wanted)

    async def _image(self, source: ContainerClient, slot: int, image: Image) -> Image:
        """Reads and shows one image; gives what is known of it now. Raises Slow, DatastoreTrouble."""
        async with self._budgets.images.taking(1):
            try:
                async with self._budgets.downloads.taking(image.bytes):
                    content, image = await _download_or_copy(source, image, may_be_copied=slot in self._outdated)
                    rendered = await decode(self._budgets, content)
            except (BlobTrouble, Unreadable) as trouble:
                return replace(image, width=0, height=0, problem=trouble.reason)
            if self._features:
                await self._features.make(slot, image.etag, rendered.thumbnail)
            preview, thumbnail = preview_blobs(self._pack, slot, image.etag)
            await asyncio.gather(
                self._previews.upload_blob(preview, rendered.preview, overwrite=True, content_settings=WEBP),
                self._previews.upload_blob(thumbnail, rendered.thumbnail, overwrite=True, content_settings=WEBP),
            )
            return replace(image, width=rendered.width, height=rendered.height, problem=None)

    async def _save(self, prepared: dict[int, Image], wanted: dict[int, Image]) -> None:
        """Writes down what was found out, for images that are still those that were wanted."""
        while prepared:
            version = await self._board.packs.head(self._pack)
            images = list(await self._board.rows.images(self._pack, version.head.revision))
            current = {slot: image for slot, image in prepared.items() if images[slot].etag == wanted[slot].etag}
            for slot, image in current.items():
                images[slot] = image
            if self._features:
                labeled = {slot for slot in current if version.head.slots[slot].state == LABELED}
                await self._features.save(current, labeled)
            if not current or await self._is_saved(version.head.revision, current, images):
                return
            self._board.rows.forget(self._pack)

    async def _is_saved(self, revision: int, current: dict[int, Image], images: list[Image]) -> bool:
        """False: the pack's images have moved since they were read."""
        readable = {slot: image.problem is None for slot, image in current.items()}

        def rule(head: Head) -> Change[None]:
            if head.revision != revision:
                raise ImagesMoved
            return Change(rules.prepare(head, readable=readable), None, images=images)

        try:
            await self._board.packs.change(self._pack, rule, now=self._now)
        except ImagesMoved:
            return False
        return True


async def _download(source: ContainerClient, image: Image) -> bytes:
    """One blob; what may pass is tried again. Raises Slow when it does not, BlobTrouble and DatastoreTrouble."""
    for pause in (*PAUSES_SECONDS, None):
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await download(source, image.name, image.etag, DOWNLOADED_BYTES)
        except TimeoutError:
            pass
        except DatastoreTrouble as trouble:
            if not trouble.may_pass:
                raise
        if pause is not None:
            await asyncio.sleep(pause)
    raise Slow


async def _download_or_copy(source: ContainerClient, image: Image, *, may_be_copied: bool) -> tuple[bytes, Image]:
    """One blob, and the image that it is. One that was copied has another etag and the same length: it is taken for
    the same file, as when a project has moved with its folder. Raises as `_download` does.
    """
    try:
        return await _download(source, image), image
    except BlobChanged:
        found = await _as_it_is(source, image.name) if may_be_copied else None
        if found is None or found[1] != image.bytes:
            raise
        copied = replace(image, etag=found[0])
        return await _download(source, copied), copied


async def _as_it_is(source: ContainerClient, name: str) -> tuple[str, int] | None:
    """A blob's etag, as listings give it, and its length; None when it is gone or cannot be asked for."""
    try:
        properties = await source.get_blob_client(name).get_blob_properties()
    except AzureError:
        return None
    return str(properties.etag).strip('"'), int(properties.size)


async def _look_at(source: ContainerClient, prefix: str) -> None:
    """Not one file could be read: raises DatastoreTrouble if the folder cannot be either."""
    async with aclosing(list_pages(source, prefix, page_size=1)) as pages:
        await anext(pages, None)
