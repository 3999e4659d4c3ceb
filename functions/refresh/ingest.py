"""One refresh: the sorted listing of the project's folder, merge-joined with the sorted snapshot of what is known.

New blobs are appended as packs; changed and vanished ones are noted on their images. Memory does not grow with the
number of blobs: the listing comes page by page, the snapshot line by line. A run that meets its time limit saves
where it is.
"""

import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from functions.datastores.connect import ListedBlob
from functions.labeling import rules
from functions.labeling.board import Board
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.rows import Image, Record
from functions.refresh.packing import Packing, with_etag
from functions.refresh.snapshot import Entry, Header, Reader, Writer

IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif")
SERVICE = "refresh"


class OutOfOrder(Exception):
    """The listing is not sorted: the account has folders of its own."""


class ImagesMoved(Exception):
    """The pack's images were changed by somebody else since they were read."""


@dataclass
class Tally:
    """What a run found, for its record."""

    found: int = 0
    added: int = 0
    changed: int = 0
    missing: int = 0
    passed_over: int = 0


@dataclass
class _Events:
    """What happened to the images of one pack."""

    missing: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    changed: dict[int, ListedBlob] = field(default_factory=dict)


def is_image_name(name: str) -> bool:
    return name.lower().endswith(IMAGE_ENDINGS)


class Ingest:
    """Joins a listing with a snapshot, stretch by stretch (a page of the listing)."""

    def __init__(self, board: Board, packing: Packing, reader: Reader, writer: Writer, tally: Tally, now: int) -> None:
        self._board = board
        self._packing = packing
        self._reader = reader
        self._writer = writer
        self.tally = tally
        self._now = now
        self._last = reader.header.last
        self._beyond: dict[str, tuple[str, int, int]] = {}

    async def begin(self) -> None:
        """Takes in what lies beyond the snapshot, and passes what an unfinished run has joined already."""
        self._beyond = await self._packing.take_in(self._reader.header.packs, self._reader.header.tail)
        while (entry := self._reader.next) and entry.name <= self._last:
            self._writer.add(self._reader.take())

    async def stretch(self, blobs: list[ListedBlob]) -> None:
        """Joins one stretch of the listing. Raises OutOfOrder before anything is written for it."""
        for blob in blobs:
            if blob.name <= self._last:
                raise OutOfOrder
            self._last = blob.name
        events: defaultdict[int, _Events] = defaultdict(_Events)
        entries: list[Entry | ListedBlob] = []
        for blob in blobs:
            self._vanish_before(blob.name, entries, events)
            if not is_image_name(blob.name):
                self.tally.passed_over += 1
                continue
            self.tally.found += 1
            entries.append(self._meet(blob, events))
        new = [entry for entry in entries if isinstance(entry, ListedBlob)]
        places = await self._packing.add([Image(blob.name, blob.etag, blob.bytes) for blob in new])
        self.tally.added += len(new)
        await self._note(events)
        for entry in entries:
            self._writer.add(
                entry if isinstance(entry, Entry) else Entry(entry.name, entry.etag, *places[entry.name], False)
            )

    async def finish(self) -> Header:
        """Notes what vanished behind the listing's last name."""
        events: defaultdict[int, _Events] = defaultdict(_Events)
        entries: list[Entry | ListedBlob] = []
        self._vanish_before(None, entries, events)
        await self._note(events)
        for entry in entries:
            if isinstance(entry, Entry):
                self._writer.add(entry)
        return Header(self._packing.packs, self._packing.tail)

    def suspend(self, marker: str) -> Header:
        """Keeps the rest of the old snapshot as it is; a later run goes on behind the marker."""
        while self._reader.next:
            self._writer.add(self._reader.take())
        return Header(self._packing.packs, self._packing.tail, marker, self._last)

    def _vanish_before(
        self, name: str | None, entries: list[Entry | ListedBlob], events: defaultdict[int, _Events]
    ) -> None:
        while (entry := self._reader.next) and (name is None or entry.name < name):
            gone = self._reader.take()
            self.tally.missing += not gone.is_missing
            events[gone.pack].missing.append(gone.slot)
            entries.append(gone._replace(is_missing=True))

    def _meet(self, blob: ListedBlob, events: defaultdict[int, _Events]) -> Entry | ListedBlob:
        """What a listed image is: a known entry (as it is now), or new."""
        known = self._reader.next
        if known and known.name == blob.name:
            self._reader.take()
        elif blob.name in self._beyond:
            known = Entry(blob.name, *self._beyond.pop(blob.name), False)
        else:
            return blob
        if known.is_missing:
            events[known.pack].back.append(known.slot)
        if known.etag != blob.etag:
            self.tally.changed += 1
            events[known.pack].changed[known.slot] = blob
        return known._replace(etag=blob.etag, is_missing=False)

    async def _note(self, events: dict[int, _Events]) -> None:
        for pack, found in events.items():
            while not await self._note_pack(pack, found):
                pass
            if found.changed or found.back:
                await self._packing.ask_for_previews([pack])

    async def _note_pack(self, pack: int, found: _Events) -> bool:
        """Writes what happened to a pack's images; what is noted already is not noted twice. False: try again."""
        version = await self._board.rows.read_head(pack)
        images = list(await self._board.rows.images(pack, version.head.revision))
        missing = [slot for slot in found.missing if not version.head.slots[slot].missing]
        back = [slot for slot in found.back if version.head.slots[slot].missing]
        changed = [slot for slot, blob in found.changed.items() if images[slot].etag != blob.etag]
        if not (missing or back or changed):
            return True
        for slot in changed:
            images[slot] = with_etag(images[slot], found.changed[slot].etag, found.changed[slot].bytes)
        records = tuple(
            Record(f"r|{secrets.token_hex(8)}", action, SERVICE, self._now, {slot: [] for slot in slots})
            for action, slots in (("missing", missing), ("back", back), ("changed", changed))
            if slots
        )

        def rule(head: Head) -> Change[None]:
            if head.revision != version.head.revision:
                raise ImagesMoved
            noted = rules.refresh(head, missing=missing, back=back, changed=changed)
            return Change(noted, None, records, images if changed else None)

        try:
            await self._board.packs.change(pack, rule, now=self._now)
        except ImagesMoved:
            return False
        return True


async def sorted_pages(
    pages: AsyncIterator[tuple[list[ListedBlob], str | None]], size: int
) -> AsyncIterator[tuple[list[ListedBlob], str | None]]:
    """A whole listing that is not sorted by itself, sorted; it is held in memory."""
    blobs = sorted([blob async for page, _ in pages for blob in page])
    for start in range(0, len(blobs), size):
        yield blobs[start : start + size], None
