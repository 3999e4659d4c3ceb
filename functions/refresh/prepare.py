"""Preparing a pack: each blob is read once, checked, and shown small. Delivered twice, or killed halfway, it ends in
the same state.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContentSettings
from azure.storage.blob.aio import ContainerClient

from functions.assist.making import Making
from functions.datastores.connect import BlobTrouble, DatastoreTrouble, connect
from functions.datastores.model import Datastore
from functions.datastores.store import has_other_credentials, load_datastore
from functions.imaging.budget import Budgets, budgets_of
from functions.imaging.decoding import decode
from functions.imaging.headers.header import Unreadable
from functions.labeling import blobs
from functions.labeling.board import Board, board_of
from functions.labeling.head import LABELED, Head, moment
from functions.labeling.packs import Change
from functions.labeling.previews import LASTING, preview_blobs
from functions.labeling.rows import Image
from functions.problems import NotFound
from functions.projects.model import Project
from functions.projects.store import is_there, load_project
from functions.refresh.deferring import deferred_of
from functions.refresh.ingest import ImagesMoved
from functions.refresh.packing import PreparationMessage
from functions.refresh.reading import Unread, others_can_be_read, read_image
from functions.refresh.troubles import note_deferred, note_prepared, note_unprepared
from functions.storage import PREPARATIONS_QUEUE, Storage

# What was made is written down so often, so that people see it move, and a killed run loses little.
PORTION_SECONDS = 10
# A message is worked on for so long; the rest of its pack is left to another one.
TIME_LIMIT_SECONDS = 5 * 60
# When so many files could not be read and none could, it is asked whether others can.
ENOUGH_UNREAD = 8
DEFERRED = "The file could not be read yet, and is tried again by itself."
WEBP = ContentSettings(content_type="image/webp", cache_control=LASTING)


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
    wanted = _wanted(message, version.head, images)
    now = int(clock().timestamp() * 1000)
    try:
        outdated = frozenset(slot for slot in wanted if version.head.slots[slot].outdated)
        datastore = await load_datastore(storage, project.datastore)
        preparation = Preparation(storage, project, datastore, message.pack, now, outdated)
        try:
            is_finished = not wanted or await preparation.prepare(wanted)
        except DatastoreTrouble as trouble:
            is_finished = False
            if not await has_other_credentials(storage, datastore):
                await note_unprepared(storage, project.id, trouble.reason)
                return
        if not is_finished:
            # What is deferred has been tried, or comes again after its pause.
            await storage.send(PREPARATIONS_QUEUE, message.model_copy(update={"deferred": False}))
            return
        await board.packs.close(message.pack, now)
        if wanted and project.preparing_trouble:
            await note_prepared(storage, project.id)
    except (NotFound, ResourceNotFoundError):
        if await is_there(storage, message.project_id):
            raise


def _wanted(message: PreparationMessage, head: Head, images: list[Image]) -> dict[int, Image]:
    """The images whose files are to be read, by slot."""
    slots = set(blobs.needs_preparing(head))
    if message.deferred:
        slots.update(deferred_of(head, images))
    return {slot: images[slot] for slot in sorted(slots)}


@dataclass(frozen=True)
class Made:
    """What is known of an image now. may_pass: its file could not be read for a reason that may pass."""

    image: Image
    may_pass: bool = False


def _without_preview(image: Image, reason: str, *, may_pass: bool) -> Made:
    problem = f"{DEFERRED} {reason}" if may_pass else reason
    return Made(replace(image, width=0, height=0, problem=problem), may_pass)


class Preparation:
    """The work on one pack. outdated: slots that had previews before, or are put back from a backup.

    Where the project has suggestions on, features are made along with previews, and are stored before a head says that
    images are prepared.
    """

    def __init__(
        self,
        storage: Storage,
        project: Project,
        datastore: Datastore,
        pack: int,
        now: int,
        outdated: frozenset[int],
    ) -> None:
        self._storage = storage
        self._project = project
        self._datastore = datastore
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
        async with connect(self._storage, self._datastore) as source:
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
        self, source: ContainerClient, wanted: dict[int, Image], tasks: dict[asyncio.Task[Made | Unread], int]
    ) -> None:
        """While nothing could be read, each result is looked at as it comes; then they are written down together."""
        pending, can_be_read = set(tasks), False
        found: dict[int, Made | Unread] = {}
        while pending:
            wakes = asyncio.FIRST_EXCEPTION if can_be_read else asyncio.FIRST_COMPLETED
            done, pending = await asyncio.wait(pending, timeout=PORTION_SECONDS, return_when=wakes)
            found |= {tasks[task]: task.result() for task in done}
            if not can_be_read:
                can_be_read = await self._can_be_read(source, list(found.values()), are_all=not pending)
                if pending:
                    continue
            await self._save_found(found, wanted)
            found = {}

    async def _save_found(self, found: dict[int, Made | Unread], wanted: dict[int, Image]) -> None:
        """Raises DatastoreTrouble where files were refused to credentials that are not the datastore's any more; what
        could not be read is left as it is then.
        """
        unread = {slot: one for slot, one in found.items() if isinstance(one, Unread)}
        made = {slot: one for slot, one in found.items() if not isinstance(one, Unread)}
        refused = next((one.trouble for one in unread.values() if one.trouble.is_auth), None)
        is_outdated = refused is not None and await has_other_credentials(self._storage, self._datastore)
        if not is_outdated:
            made |= {slot: _without_preview(wanted[slot], one.reason, may_pass=True) for slot, one in unread.items()}
        await self._save(made, wanted)
        if refused is not None and is_outdated:
            raise refused

    async def _can_be_read(self, source: ContainerClient, found: list[Made | Unread], *, are_all: bool) -> bool:
        """Whether the datastore's files can be read at all; False while that is not known. Raises DatastoreTrouble when
        they cannot.
        """
        unread = [one for one in found if isinstance(one, Unread)]
        if len(unread) < len(found):
            return True
        if len(unread) < ENOUGH_UNREAD and not are_all:
            return False
        if not await others_can_be_read(source, self._board, self._pack):
            raise unread[-1].trouble
        return True

    async def _image(self, source: ContainerClient, slot: int, image: Image) -> Made | Unread:
        """Reads and shows one image."""
        async with self._budgets.images.taking(1):
            try:
                async with self._budgets.downloads.taking(image.bytes):
                    content, image = await read_image(source, image, may_be_copied=slot in self._outdated)
                    rendered = await decode(self._budgets, content)
            except Unread as unread:
                return unread
            except BlobTrouble as trouble:
                return _without_preview(image, trouble.reason, may_pass=trouble.may_pass)
            except Unreadable as damage:
                return _without_preview(image, damage.reason, may_pass=False)
            if self._features:
                await self._features.make(slot, image.etag, rendered.thumbnail)
            preview, thumbnail = preview_blobs(self._pack, slot, image.etag)
            await asyncio.gather(
                self._previews.upload_blob(preview, rendered.preview, overwrite=True, content_settings=WEBP),
                self._previews.upload_blob(thumbnail, rendered.thumbnail, overwrite=True, content_settings=WEBP),
            )
            return Made(replace(image, width=rendered.width, height=rendered.height, problem=None))

    async def _save(self, prepared: dict[int, Made], wanted: dict[int, Image]) -> None:
        """Writes down what was found out, for images that are still those that were wanted."""
        if any(made.may_pass for made in prepared.values()) and self._project.deferral is None:
            # Before the heads say it: an image that is deferred is surely asked for again.
            await note_deferred(self._storage, self._project.id, moment(self._now))
        while prepared:
            version = await self._board.packs.head(self._pack)
            images = await self._board.rows.images(self._pack, version.head.revision)
            current = {slot: made for slot, made in prepared.items() if images[slot].etag == wanted[slot].etag}
            if self._features:
                labeled = {slot for slot in current if version.head.slots[slot].state == LABELED}
                await self._features.save(current, labeled)
            if not current or await self._is_saved(version.head.revision, current, images):
                return
            self._board.rows.forget(self._pack)

    async def _is_saved(self, revision: int, current: dict[int, Made], images: list[Image]) -> bool:
        """False: the pack's images have moved since they were read."""
        readable = {slot: made.image.problem is None for slot, made in current.items()}
        deferred = [slot for slot, made in current.items() if made.may_pass]
        known = [current[slot].image if slot in current else image for slot, image in enumerate(images)]

        def rule(head: Head) -> Change[None]:
            if head.revision != revision:
                raise ImagesMoved
            prepared = blobs.prepare(head, readable=readable, deferred=deferred)
            return Change(prepared, None, images=known if known != images else None)

        try:
            await self._board.packs.change(self._pack, rule, now=self._now)
        except ImagesMoved:
            return False
        return True
