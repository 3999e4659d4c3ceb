"""How new images become packs: their sizes, and the rows they are written to."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from pydantic import BaseModel, ConfigDict

from functions.labeling import rules
from functions.labeling.board import Board
from functions.labeling.directory import OPEN, PREPARING, REOPENED
from functions.labeling.head import PACK_SIZE, Head
from functions.labeling.packs import Change
from functions.labeling.rows import Image
from functions.storage import PREPARATIONS_QUEUE, Storage

SMALLEST_PACK = 36
# A project of up to some hundred images gets this many packs, so that several labelers do not meet in one.
WANTED_PACKS = 16
WRITES_AT_ONCE = 8


class PreparationMessage(BaseModel):
    """Asks for a pack's previews."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    pack: int


def pack_sizes(count: int) -> list[int]:
    """The sizes of the packs that so many images make: as equal as can be, at most 99, at least 36 where there are
    that many.
    """
    if count == 0:
        return []
    wanted = min(max(-(-count // WANTED_PACKS), SMALLEST_PACK), PACK_SIZE)
    packs = max(1, -(-count // PACK_SIZE), count // wanted)
    return [count // packs + (index < count % packs) for index in range(packs)]


class Packing:
    """Appends images to a project's packs. packs: how many there are; tail: how many images the last one has."""

    def __init__(self, storage: Storage, project_id: str, board: Board, *, shuffled: bool, now: int) -> None:
        self._storage = storage
        self._project_id = project_id
        self._board = board
        self._shuffled = shuffled
        self._now = now
        self.packs = 0
        self.tail = 0

    async def add(self, new: Sequence[Image]) -> dict[str, tuple[int, int]]:
        """Writes images as packs and asks for their previews. Gives the pack and slot of each name."""
        images = list(new)
        if self._shuffled:
            random.shuffle(images)
        places: dict[str, tuple[int, int]] = {}
        room = PACK_SIZE - self.tail
        if images and self.packs and (len(images) <= room or self.tail < SMALLEST_PACK):
            topping, rest = images[:room], images[room:]
            if await self._top_up(topping, places):
                images = rest
        first, groups = self.packs, []
        for size in pack_sizes(len(images)):
            groups.append(images[:size])
            images = images[size:]
        gate = asyncio.Semaphore(WRITES_AT_ONCE)

        async def insert(pack: int, group: list[Image]) -> None:
            async with gate:
                await self._insert(pack, group)

        await asyncio.gather(*(insert(first + index, group) for index, group in enumerate(groups)))
        for index, group in enumerate(groups):
            places.update({image.name: (first + index, slot) for slot, image in enumerate(group)})
        if groups:
            self.packs, self.tail = first + len(groups), len(groups[-1])
            await self._board.packs.register(self.packs, self._now)
            await self.ask_for_previews(range(first, self.packs))
        return places

    async def ask_for_previews(self, packs: Sequence[int]) -> None:
        await asyncio.gather(
            *(
                self._storage.send(PREPARATIONS_QUEUE, PreparationMessage(project_id=self._project_id, pack=pack))
                for pack in packs
            )
        )

    async def ask_again(self) -> None:
        """Asks once more for previews that were given up, as while the datastore could not be read."""
        ranges = await self._board.directory.ranges(fresh=True)
        lacking = [pack for known in ranges for pack in known.packs(PREPARING)]
        opened = [pack for known in ranges for pack in known.packs(OPEN, REOPENED)]
        lacking += [pack for pack in opened if rules.needs_preparing((await self._board.rows.read_head(pack)).head)]
        await self.ask_for_previews(lacking)

    async def _insert(self, pack: int, images: list[Image]) -> None:
        try:
            await self._board.rows.insert(pack, rules.new_head(len(images)), images)
        except ResourceExistsError:
            # Only one run at a time writes packs: it is this one's own write, answered late and tried again.
            head = (await self._board.rows.read_head(pack)).head
            known = await self._board.rows.images(pack, head.revision)
            if [image.name for image in known] != [image.name for image in images]:
                raise

    async def _top_up(self, images: list[Image], places: dict[str, tuple[int, int]]) -> bool:
        """Adds images to the last pack while nobody has worked on it."""
        pack = self.packs - 1
        version = await self._board.rows.read_head(pack)
        known = await self._board.rows.images(pack, version.head.revision)
        if not rules.is_untouched(version.head) or len(known) + len(images) > PACK_SIZE:
            return False

        def rule(head: Head) -> Change[bool]:
            if not rules.is_untouched(head) or head.revision != version.head.revision:
                return Change(head, False)
            grown = rules.append(head, len(images))
            return Change(grown, True, images=[*known, *images])

        outcome = await self._board.packs.change(pack, rule, now=self._now, letter=PREPARING)
        if not outcome.result:
            return False
        places.update({image.name: (pack, len(known) + index) for index, image in enumerate(images)})
        self.tail = len(known) + len(images)
        await self.ask_for_previews([pack])
        return True

    async def take_in(self, packs: int, tail: int) -> dict[str, tuple[str, int, int]]:
        """Finds the images that lie beyond what a snapshot covers (etag, pack, slot by name), and makes the directory
        name their packs.
        """
        beyond: dict[str, tuple[str, int, int]] = {}
        self.packs, self.tail = packs, tail
        pack = max(packs - 1, 0)
        while True:
            try:
                version = await self._board.rows.read_head(pack)
            except ResourceNotFoundError:
                break
            images = await self._board.rows.images(pack, version.head.revision)
            first_new = tail if pack == packs - 1 else 0
            for slot, image in enumerate(images[first_new:], first_new):
                beyond[image.name] = (image.etag, pack, slot)
            self.packs, self.tail = pack + 1, len(images)
            pack += 1
        if beyond:
            await self._board.packs.register(self.packs, self._now)
            await self.ask_for_previews(sorted({place[1] for place in beyond.values()}))
        return beyond


def with_etag(image: Image, etag: str, size: int) -> Image:
    """The image as its blob is now; what is known of its pixels is found out anew."""
    return replace(image, etag=etag, bytes=size, problem=None)
