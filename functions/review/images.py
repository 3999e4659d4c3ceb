"""Reading a project's images, pack by pack: filtered lists, one image, and its history."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling.board import Board
from functions.labeling.directory import CLOSED, NEW, RANGE_SIZE, WAITING
from functions.labeling.head import LABELED, LEASED, Head, Slot
from functions.labeling.opinions import heard_of
from functions.labeling.record import Heard
from functions.labeling.rows import Image
from functions.review.wire import Match

# Packs read at the same time, and at most for one page: a filter that matches little gives a short or empty page and a
# cursor to go on.
AT_ONCE = 8
MOST_PACKS = 64
# A pack whose directory letter says waiting has no images in these states.
WORKED_ON = (LEASED, "labeled", "skipped", "disputed", "preparing")
# Nor has a new one in others than this.
UNTOUCHED = "preparing"


@dataclass(frozen=True)
class Found:
    """An image with where it is and how it stands. state: as the API names it. labeler: who set its label; labelers:
    those too who gave their opinions; holder: who has it on their page now. opinions: as they came, where several
    people look or have looked at it.
    """

    pack: int
    slot: int
    state: str
    status: Slot
    labeler: str | None
    holder: str | None
    image: Image
    opinions: Sequence[Heard] = ()

    @property
    def labelers(self) -> frozenset[str]:
        return frozenset([*(one.by for one in self.opinions), *([self.labeler] if self.labeler else [])])

    @property
    def is_shown(self) -> bool:
        """There is a preview of it as it is now."""
        return self.image.width > 0 and not self.status.outdated


@dataclass(frozen=True)
class Filter:
    """Which images are wanted; None = any. labels: for each wanted one the ids that count as it; match: any or all of
    them, or labeled images that have none of them, without labels those that have no label. rejected: only those that
    wait because they were rejected.
    """

    state: str | None = None
    labels: tuple[frozenset[int], ...] = ()
    match: Match = "any"
    labeler: str | None = None
    name: str | None = None
    changed: bool | None = None
    reviewed: bool | None = None
    rejected: bool = False

    def matches(self, found: Found) -> bool:
        return (
            self.state in (None, found.state)
            and self._has_labels(found.status)
            and (self.labeler is None or self.labeler in found.labelers)
            and (self.name is None or self.name.casefold() in found.image.name.casefold())
            and self.changed in (None, found.status.changed)
            and (self.reviewed is None or found.status.state == LABELED)
            and self.reviewed in (None, found.status.reviewed is not None)
            and (found.status.is_returned or not self.rejected)
        )

    @property
    def _asks_for_labels(self) -> bool:
        return bool(self.labels) or self.match == "none"

    def _has_labels(self, status: Slot) -> bool:
        has = (not ids.isdisjoint(status.labels) for ids in self.labels)
        if not self._asks_for_labels:
            return True
        if self.match == "none":
            return status.state == LABELED and not (any(has) if self.labels else status.labels)
        return all(has) if self.match == "all" else any(has)

    @property
    def wants_work(self) -> bool:
        """Only images that somebody has worked on can match."""
        return (
            self.state in WORKED_ON
            or self._asks_for_labels
            or self.labeler is not None
            or bool(self.changed)
            or self.reviewed is not None
        )


def found_of(pack: int, slot: int, head: Head, image: Image, now: int) -> Found:
    status = head.slots[slot]
    lease = head.leased(now).get(slot)
    state = LEASED if lease and not status.missing else status.state_name
    holder = lease.labeler if lease else None
    return Found(pack, slot, state, status, head.labeler_of(status), holder, image, heard_of(head, status))


async def list_images(
    board: Board, wanted: Filter, start: tuple[int, int], limit: int, now: int
) -> tuple[list[Found], tuple[int, int] | None]:
    """At most `limit` images from a pack and slot on, and where to go on: None at the end."""
    packs = await packs_of(board, wanted, start[0])
    found: list[Found] = []
    async for item in matching(board, wanted, packs[:MOST_PACKS], now):
        place = item.pack, item.slot
        if place < start:
            continue
        if len(found) == limit:
            return found, place
        found.append(item)
    return found, (packs[MOST_PACKS], 0) if len(packs) > MOST_PACKS else None


async def packs_of(board: Board, wanted: Filter, first: int) -> list[int]:
    """The packs from the first on in which something may match, by the directory alone."""
    return [
        pack
        for known in await board.directory.ranges()
        for pack, letter in enumerate(known.letters, known.index * RANGE_SIZE)
        if pack >= first
        and not (letter == WAITING and wanted.wants_work)
        and not (letter == NEW and wanted.state not in (None, UNTOUCHED))
        and not (letter in CLOSED and wanted.rejected)
    ]


async def matching(board: Board, wanted: Filter, packs: Sequence[int], now: int) -> AsyncGenerator[Found, None]:
    """The images of these packs that match, in their order."""
    for first in range(0, len(packs), AT_ONCE):
        some = packs[first : first + AT_ONCE]
        read = await asyncio.gather(*(read_pack(board, pack) for pack in some))
        for pack, content in zip(some, read, strict=True):
            head, images = content or (None, [])
            for slot, image in enumerate(images):
                if head and wanted.matches(found := found_of(pack, slot, head, image, now)):
                    yield found


async def read_pack(board: Board, pack: int) -> tuple[Head, list[Image]] | None:
    """A pack as it is in storage; None where there is none of this number."""
    try:
        head = (await board.rows.read_head(pack)).head
        return head, await board.rows.images(pack, head.revision)
    except ResourceNotFoundError:
        return None


async def find_image(board: Board, pack: int, slot: int, now: int) -> Found | None:
    content = await read_pack(board, pack)
    if content is None or slot >= len(content[1]):
        return None
    return found_of(pack, slot, content[0], content[1][slot], now)


@dataclass(frozen=True)
class Event:
    """One thing that happened to an image. number: of its record in the pack. labels: those the image got, or for a
    rejection those it lost.
    """

    number: int
    at: int
    by: str
    action: str
    labels: Sequence[int]
    reason: str | None


async def history_of(board: Board, pack: int, slot: int) -> list[Event]:
    """All that happened to an image, in the order in which it was written down."""
    events = []
    for record in await board.records.of_pack(pack):
        if slot not in record.given:
            continue
        said, reason, action = record.given[slot], record.reason, record.action
        if action == "submitted":
            action, reason = "labeled", record.reasons.get(slot)
        if action == "amended":
            action = "corrected"
        if action in ("labeled", "corrected") and said is None:
            action = "skipped"
        events.append(Event(record.number, record.at, record.by, action, said.labels if said else (), reason))
    return events
