"""Disputed images in the order in which they need a reviewer: first those of which it is least sure what is right.

That order is of a moment: each decision changes how often people err, and so how sure all the others are. So it is made
anew for each page, within a window of packs, and a cursor knows which images of the window were told, not how sure they
were: nothing is told twice or left out. Windows are of fixed packs, since what may be disputed changes, too.
"""

import asyncio
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from functions.agreement.advice import Adviser
from functions.labeling.board import Board
from functions.labeling.head import PACK_SIZE
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Project
from functions.review.images import AT_ONCE, MOST_PACKS, Filter, Found, matching, packs_of

WINDOW = MOST_PACKS


@dataclass(frozen=True)
class Place:
    """Where a list goes on. window: its number; told: which of its images were told, a bit for each slot of each pack,
    so 800 bytes at most.
    """

    window: int = 0
    told: int = 0

    def to_text(self) -> str:
        told = self.told.to_bytes((self.told.bit_length() + 7) // 8)
        return f"{self.window}|{urlsafe_b64encode(told).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """The place behind a text; None where it is none."""
        window, bar, told = text.partition("|")
        if not (bar and window.isascii() and window.isdecimal() and len(window) <= 6 and told.isascii()):
            return None
        try:
            place = cls(int(window), int.from_bytes(b64decode(told, altchars="-_", validate=True)))
        except ValueError:
            return None
        return place if place.told.bit_length() <= WINDOW * PACK_SIZE else None

    def after(self, window: int, shown: Sequence[Found]) -> "Place":
        """The place in a window once these of its images were told."""
        told = self.told if window == self.window else 0
        return Place(window, told | sum(1 << _number(found) for found in shown))

    def has_told(self, found: Found) -> bool:
        return found.pack // WINDOW == self.window and bool(self.told >> _number(found) & 1)


START = Place()


def _number(found: Found) -> int:
    """Of an image within its window."""
    return found.pack % WINDOW * PACK_SIZE + found.slot


async def list_unsure(
    board: Board, project: Project, wanted: Filter, adviser: Adviser, place: Place, limit: int, now: int
) -> tuple[list[Found], Place | None]:
    """At most `limit` images from a place on, window after window, and where to go on: None at the end. Reads so many
    packs at most as the list by packs, and suggestions only of those with images that match.
    """
    listed: list[Found] = []
    read = 0
    packs = await packs_of(board, wanted, place.window * WINDOW)
    for window, some in groupby(packs, lambda pack: pack // WINDOW):
        within = list(some)
        if len(listed) == limit or read + len(within) > MOST_PACKS:
            return listed, Place(window)
        read += len(within)
        found = [one async for one in matching(board, wanted, within, now) if not place.has_told(one)]
        shown = (await _least_sure_first(board, project, adviser, found))[: limit - len(listed)]
        listed += shown
        if len(shown) < len(found):
            return listed, place.after(window, shown)
    return listed, None


async def _least_sure_first(board: Board, project: Project, adviser: Adviser, found: Sequence[Found]) -> list[Found]:
    packs = sorted({one.pack for one in found})
    suggested: dict[int, Mapping[int, AnySuggestion]] = {}
    for first in range(0, len(packs), AT_ONCE):
        some = packs[first : first + AT_ONCE]
        read = await asyncio.gather(*(board.suggestions.shown(pack, project) for pack in some))
        suggested.update(zip(some, read, strict=True))

    def key(one: Found) -> tuple[float, int, int]:
        heard = [(opinion.by, opinion.said) for opinion in one.opinions]
        return adviser.certainty(heard, suggested[one.pack].get(one.slot)), one.pack, one.slot

    # Of a whole window they take a tenth of a second.
    return await asyncio.to_thread(sorted, found, key=key)
