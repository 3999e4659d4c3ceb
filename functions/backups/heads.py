"""Heads as they are put back, and the directory that is made of them anew: it obeys its one rule from the start."""

from dataclasses import replace
from datetime import datetime

from functions.labeling import blobs, leases
from functions.labeling.board import Board
from functions.labeling.counts import Counts
from functions.labeling.directory import NEW, OPEN, PREPARING, RANGE_SIZE, REOPENED, Edit, Range
from functions.labeling.head import PREPARING as YET_TO_PREPARE
from functions.labeling.head import UNREADABLE, Head
from functions.labeling.packs import closing_letter


def as_restored(head: Head) -> Head:
    """A head as it is put back: its leases are over, and its previews are yet to be made. It is frozen exactly when
    the directory will count it. Nobody knows an older edition of the project than the one that comes with it.
    """
    head = replace(leases.end_leases(head, head.leases).thaw(), edition=0)
    slots = {
        index: replace(slot, outdated=True)
        for index, slot in enumerate(head.slots)
        if slot.state not in (YET_TO_PREPARE, UNREADABLE)
    }
    head = head.with_slots(slots)
    return head.freeze() if _is_new(head) or closing_letter(head, 0) else head


def letter_of(head: Head, now: int) -> str:
    """The letter for a head that was put back."""
    if head.frozen:
        return NEW if _is_new(head) else closing_letter(head.thaw(), now) or OPEN
    if any(slot.rejection for slot in head.slots):
        return REOPENED
    return PREPARING if blobs.needs_preparing(head) else OPEN


def _is_new(head: Head) -> bool:
    """Nothing of it was prepared yet, and nobody has worked on it."""
    is_whole = all(slot.state == YET_TO_PREPARE and not slot.missing for slot in head.slots)
    return bool(head.slots) and is_whole and head.is_untouched


async def make_directory(board: Board, last_pack: int, at: datetime) -> None:
    """Names the packs and sums up those that are closed. One that a dead refresh has left beyond a gap is named by
    the next refresh.
    """
    now = int(at.timestamp() * 1000)
    for first in range(0, last_pack + 1, RANGE_SIZE):
        heads = await board.rows.heads(range(first, first + RANGE_SIZE))
        letters: dict[int, str] = {}
        sums = Counts()
        for pack in range(first, first + RANGE_SIZE):
            if pack not in heads:
                break
            letters[pack] = letter_of(heads[pack], now)
            if heads[pack].frozen:
                sums.add(heads[pack].counts())

        async def name(known: Range, letters: dict[int, str] = letters, sums: Counts = sums) -> Edit | None:
            return None if known.letters else Edit(letters, sums)

        if letters:
            await board.directory.edit(first, name, now)
            if not (await board.directory.read(first)).letters:
                raise RuntimeError(f"the range of pack {first} was not written")
        if len(letters) < RANGE_SIZE:
            return
