"""How new images become packs: their sizes, and the rows they are written to."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace

from azure.core.exceptions import ResourceExistsError
from pydantic import BaseModel, ConfigDict, Field

from functions.labeling import blobs
from functions.labeling.board import Board
from functions.labeling.directory import NEW, OPEN, PREPARING, REOPENED
from functions.labeling.head import PACK_SIZE, Head, new_head
from functions.labeling.packs import Change
from functions.labeling.rows import Image
from functions.refresh.snapshot import Entry
from functions.storage import PREPARATIONS_QUEUE, Storage

# Pages of 9, 18 and 36 fill these packs, or leave a page that is nearly full.
FITTING_SIZES = (36, 72, PACK_SIZE)
SMALLEST_PACK = FITTING_SIZES[0]
# A project of up to some hundred images gets this many packs, so that several labelers do not meet in one.
WANTED_PACKS = 16
WRITES_AT_ONCE = 8
# Fewer new images than this wait for the next ones, or for the listing's end.
WRITTEN_TOGETHER = 10 * PACK_SIZE


class PreparationMessage(BaseModel):
    """Asks for a pack's previews. deferred: also of the files that could not be read when they were tried before."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    pack: int = Field(ge=0, lt=1_000_000)
    deferred: bool = False


def pack_sizes(count: int) -> list[int]:
    """The sizes of the packs that so many images make: of the smallest size that fits pages and makes no more
    packs than are wanted. What is left over goes into the last pack, or the last two are made even.
    """
    size = next((size for size in FITTING_SIZES if count // size <= WANTED_PACKS), PACK_SIZE)
    sizes, left = [size] * (count // size), count % size
    if not left:
        return sizes
    last = left + (sizes.pop() if sizes else 0)
    return [*sizes, last] if last <= PACK_SIZE else [*sizes, -(-last // 2), last // 2]


class Packing:
    """Appends images to a project's packs. packs: how many there are; tail: how many images the last one has.

    New images are held back until they fill some packs, so that few new ones all over a large folder are one write.
    """

    def __init__(self, storage: Storage, project_id: str, board: Board, *, shuffled: bool, now: int) -> None:
        self._storage = storage
        self._project_id = project_id
        self._board = board
        self._shuffled = shuffled
        self._now = now
        self._held_back: list[Image] = []
        # Packs, with their sizes, that the directory may not name yet; and those whose previews are to be asked for.
        self._unnamed: dict[int, int] = {}
        self._unprepared: set[int] = set()
        self.packs = 0
        self.tail = 0

    async def take_in(self, packs: int, tail: int) -> AsyncIterator[Entry]:
        """The images that lie beyond what a snapshot covers, in the order of the packs.

        Numbers that a run that died has passed over become packs without images.
        """
        gaps: list[int] = []
        self.packs, self.tail = packs, tail
        async for pack, head, images in self._board.rows.scan(max(packs - 1, 0)):
            known = tail if pack == packs - 1 else 0
            for slot, image in enumerate(images[known:], known):
                yield Entry(image.name, image.etag, pack, slot, head.slots[slot].missing)
            if pack >= packs:
                gaps += range(self.packs, pack)
                self._unnamed[pack] = len(images)
            if len(images) > known and blobs.needs_preparing(head):
                self._unprepared.add(pack)
            self.packs, self.tail = pack + 1, len(images)
        for gap in gaps:
            await self._insert(gap, [])
            self._unnamed[gap] = 0
        await self._name()

    async def add(self, new: Sequence[Image]) -> list[Entry]:
        """Takes images in; gives the places of those that were written now, by name."""
        self._held_back += new
        return await self.flush() if len(self._held_back) >= WRITTEN_TOGETHER else []

    def want_previews(self, packs: Iterable[int]) -> None:
        """Asks for previews at the next flush."""
        self._unprepared.update(packs)

    async def flush(self) -> list[Entry]:
        """Writes the images that were held back, and makes the directory name all packs. Gives their places, by
        name.
        """
        images, self._held_back = self._held_back, []
        if self._shuffled:
            random.shuffle(images)
        places: list[Entry] = []
        room = PACK_SIZE - self.tail
        if images and self.packs and (len(images) <= room or self.tail < SMALLEST_PACK):
            topping, rest = images[:room], images[room:]
            if await self._top_up(topping, places):
                images = rest
        await self._insert_all(images, places)
        await self._name()
        await ask_for_previews(self._storage, self._project_id, sorted(self._unprepared))
        self._unprepared = set()
        return sorted(places)

    async def _name(self) -> None:
        if self._unnamed:
            await self._board.packs.register(self._unnamed, self._now)
            self._unnamed = {}

    async def _insert_all(self, images: list[Image], places: list[Entry]) -> None:
        """Writes images as new packs."""
        groups = []
        for pack, size in enumerate(pack_sizes(len(images)), self.packs):
            groups.append((pack, images[:size]))
            images = images[size:]
        gate = asyncio.Semaphore(WRITES_AT_ONCE)

        async def insert(pack: int, group: list[Image]) -> None:
            async with gate:
                await self._insert(pack, group)

        await asyncio.gather(*(insert(pack, group) for pack, group in groups))
        for pack, group in groups:
            places += (Entry(image.name, image.etag, pack, slot, False) for slot, image in enumerate(group))
            self._unnamed[pack] = len(group)
            self._unprepared.add(pack)
            self.packs, self.tail = pack + 1, len(group)

    async def _insert(self, pack: int, images: list[Image]) -> None:
        # Frozen: the directory counts it as it is from the moment in which it names it.
        head = new_head(len(images)).freeze()
        try:
            await self._board.rows.insert(pack, head, images)
        except ResourceExistsError:
            # Only one run at a time writes packs: it is this one's own write, answered late and tried again.
            head = (await self._board.rows.read_head(pack)).head
            known = await self._board.rows.images(pack, head.revision)
            if [image.name for image in known] != [image.name for image in images]:
                raise

    async def _top_up(self, images: list[Image], places: list[Entry]) -> bool:
        """Adds images to the last pack while nobody has worked on it."""
        pack = self.packs - 1
        version = await self._board.rows.read_head(pack)
        known = await self._board.rows.images(pack, version.head.revision)
        if not version.head.is_untouched or len(known) + len(images) > PACK_SIZE:
            return False

        def rule(head: Head) -> Change[bool]:
            if not head.is_untouched or head.revision != version.head.revision:
                return Change(head, False)
            grown = blobs.append(head, len(images))
            return Change(grown, True, images=[*known, *images])

        outcome = await self._board.packs.change(pack, rule, now=self._now, letter=PREPARING)
        if not outcome.result:
            return False
        places += (Entry(image.name, image.etag, pack, slot, False) for slot, image in enumerate(images, len(known)))
        self.tail = len(known) + len(images)
        self._unprepared.add(pack)
        return True


async def ask_for_previews(storage: Storage, project_id: str, packs: Sequence[int], *, deferred: bool = False) -> None:
    gate = asyncio.Semaphore(WRITES_AT_ONCE)

    async def ask(pack: int) -> None:
        message = PreparationMessage(project_id=project_id, pack=pack, deferred=deferred)
        async with gate:
            await storage.send(PREPARATIONS_QUEUE, message)

    await asyncio.gather(*(ask(pack) for pack in packs))


async def ask_again(storage: Storage, project_id: str, board: Board) -> int:
    """Asks once more for all previews that are lacking, as when they were given up or their messages were lost. Gives
    the number of their packs.
    """
    ranges = await board.directory.ranges(fresh=True)
    lacking = [pack for known in ranges for pack in known.packs(NEW, PREPARING)]
    opened = [pack for known in ranges for pack in known.packs(OPEN, REOPENED)]
    lacking += [pack for pack in opened if blobs.needs_preparing((await board.rows.read_head(pack)).head)]
    # Packs whose files can all not be read must not always come before the others.
    random.shuffle(lacking)
    await ask_for_previews(storage, project_id, lacking)
    return len(lacking)


def with_etag(image: Image, etag: str, size: int) -> Image:
    """The image as its blob is now; what is known of its pixels is found out anew."""
    return replace(image, etag=etag, bytes=size, problem=None)
