"""One refresh: the sorted listing of the project's folder, merge-joined with the sorted snapshot of what is known.

New blobs are appended as packs; changed and vanished ones are noted on their images. Memory does not grow with the
number of blobs: the listing comes page by page, the snapshot line by line, and what has changed is put aside in files.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice

from functions.datastores.kinds import is_image_name
from functions.datastores.listing import ListedBlob
from functions.labeling import blobs
from functions.labeling.board import Board
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.record import SERVICE, Record
from functions.labeling.rows import Image
from functions.refresh.packing import WRITES_AT_ONCE, Packing, with_etag
from functions.refresh.snapshot import Entry, Snapshot, Tally, Unfinished, with_changes
from functions.refresh.sorting import Sorter


class OutOfOrder(Exception):
    """The listing is not sorted: the account has folders of its own."""


class ImagesMoved(Exception):
    """The pack's images were changed by somebody else since they were read."""


@dataclass
class _Events:
    """What happened to the images of one pack."""

    missing: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    changed: dict[int, ListedBlob] = field(default_factory=dict)


class Ingest:
    """Joins a listing with a snapshot, stretch by stretch (a page of the listing)."""

    def __init__(
        self, board: Board, packing: Packing, snapshot: Snapshot, unfinished: Unfinished | None, now: int
    ) -> None:
        self._board = board
        self._packing = packing
        self._snapshot = snapshot
        self._now = now
        self._last = unfinished.last if unfinished else ""
        self._known: Iterator[Entry] = iter(())
        self._next: Entry | None = None
        self._changes = Sorter(Entry)
        # Noted at the end only: in a listing that turns out not to be sorted, they may come yet.
        self._vanished: defaultdict[int, _Events] = defaultdict(_Events)
        self.tally = deepcopy(unfinished.tally) if unfinished else Tally()

    async def begin(self) -> None:
        """Takes in what lies beyond the snapshot, and passes what an unfinished run has joined already."""
        header, beyond = self._snapshot.header, Sorter(Entry)
        async for entry in self._packing.take_in(header.packs, header.tail):
            beyond.add(entry)
            self._changes.add(entry)
        # Nobody has told of them yet: whoever wrote them died before its end.
        self.tally.added += len(beyond)
        self._known = with_changes(self._snapshot, beyond) if beyond else iter(self._snapshot)
        self._advance()
        while self._next and self._next.name <= self._last:
            self._advance()

    async def stretch(self, blobs: list[ListedBlob]) -> None:
        """Joins one stretch of the listing. Raises OutOfOrder before anything is written for it."""
        for blob in blobs:
            if blob.name <= self._last:
                raise OutOfOrder
            self._last = blob.name
        events: defaultdict[int, _Events] = defaultdict(_Events)
        new: list[Image] = []
        for blob in blobs:
            self._vanish_before(blob.name)
            if not is_image_name(blob.name):
                self.tally.pass_over(blob.name)
                continue
            self.tally.found += 1
            if self._next is None or self._next.name != blob.name:
                new.append(Image(blob.name, blob.etag, blob.bytes))
                continue
            if self._next.is_missing or self._next.etag != blob.etag:
                self._notice(self._next, blob, events)
            self._advance()
        self.tally.added += len(new)
        await self._note(events)
        self._keep(await self._packing.add(new))

    async def finish(self) -> None:
        """Notes what vanished behind the listing's last name, and writes what was held back."""
        self._vanish_before(None)
        await self._write()

    async def suspend(self, refresh: str, marker: str | None) -> Unfinished:
        """Ends before the listing does: the same refresh goes on behind this."""
        await self._write()
        return Unfinished(refresh, marker, self._last, self.tally)

    @property
    def has_changes(self) -> bool:
        return bool(self._changes)

    def entries(self) -> Iterator[Entry]:
        """The snapshot as it is now. To be asked for once, at the end."""
        return with_changes(self._snapshot, self._changes)

    async def _write(self) -> None:
        await self._note(self._vanished)
        self._keep(await self._packing.flush())

    def _keep(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._changes.add(entry)

    def _advance(self) -> None:
        self._next = next(self._known, None)

    def _vanish_before(self, name: str | None) -> None:
        while self._next and (name is None or self._next.name < name):
            gone = self._next
            if not gone.is_missing:
                self.tally.missing += 1
                self._vanished[gone.pack].missing.append(gone.slot)
                self._changes.add(gone._replace(is_missing=True))
            self._advance()

    def _notice(self, known: Entry, blob: ListedBlob, events: defaultdict[int, _Events]) -> None:
        """A known image that is there again, or whose blob has changed, or both."""
        if known.is_missing:
            self.tally.back += 1
            events[known.pack].back.append(known.slot)
        if known.etag != blob.etag:
            self.tally.changed += 1
            events[known.pack].changed[known.slot] = blob
        self._changes.add(known._replace(etag=blob.etag, is_missing=False))

    async def _note(self, events: dict[int, _Events]) -> None:
        gate = asyncio.Semaphore(WRITES_AT_ONCE)

        async def note(pack: int, found: _Events) -> None:
            async with gate:
                while not await self._note_pack(pack, found):
                    pass

        await asyncio.gather(*(note(pack, found) for pack, found in events.items()))
        self._packing.want_previews(pack for pack, found in events.items() if found.changed or found.back)

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
            Record(f"r|{secrets.token_hex(8)}", action, SERVICE, self._now, dict.fromkeys(slots))
            for action, slots in (("missing", missing), ("back", back), ("changed", changed))
            if slots
        )

        def rule(head: Head) -> Change[None]:
            if head.revision != version.head.revision:
                raise ImagesMoved
            noted = blobs.refresh(head, missing=missing, back=back, changed=changed)
            return Change(noted, None, records, images if changed else None)

        try:
            await self._board.packs.change(pack, rule, now=self._now)
        except ImagesMoved:
            return False
        return True


async def sorted_pages(
    pages: AsyncIterator[tuple[list[ListedBlob], str | None]], size: int, last: str
) -> AsyncIterator[tuple[list[ListedBlob], str | None]]:
    """What comes behind the name `last` in a listing that is not sorted by itself. The pages have no markers: it is
    listed anew each time.
    """
    sorter = Sorter(ListedBlob)
    async for listed, _ in pages:
        for blob in listed:
            if blob.name > last:
                sorter.add(blob)
    in_order = iter(sorter)
    while page := list(islice(in_order, size)):
        yield page, None
