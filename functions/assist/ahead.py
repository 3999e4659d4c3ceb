"""Suggestions for the packs that come next: those that are in work, and the waiting ones that will be opened first. So
learning again costs the same in a project of a million images.

Images that somebody looks at, or has labeled, keep what was suggested for them: that is what they were judged by.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from azure.core.exceptions import ResourceNotFoundError

from functions.assist.classifier import Classifier
from functions.assist.features import read_features
from functions.kept import Kept
from functions.labeling import leases
from functions.labeling.board import Board, board_of
from functions.labeling.directory import AWAITING, OPEN, REOPENED, WAITING, Range
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Project
from functions.storage import Storage

# A hundred labelers have some 200 packs in work; an import may leave thousands open.
MOST_OPEN = 256
# Waiting packs are opened in their order (labeling/choice.py); as many as are open may be opened at once.
FEWEST_WAITING, MOST_WAITING = 6, 64
# What it says of so many packs that nobody has begun with tells how sure it is of the rest.
SAMPLED = 8
PACKS_AT_ONCE = 8


@dataclass
class _Written:
    """By which training the suggestions of each pack were written, as far as this process knows."""

    training: str
    packs: set[int]


_written: Kept[tuple[Storage, str], _Written] = Kept(50)


class Ahead:
    """Suggests by what one training has learned."""

    def __init__(self, storage: Storage, project: Project, training: str, classifier: Classifier) -> None:
        self._storage = storage
        self._project = project
        self._training = training
        self._classifier = classifier
        self._board: Board = board_of(storage, project)
        self._aliases = project.aliases
        self._labels: Collection[int] = {label.id for label in project.labels}

    async def write(self, now: int, named: int | None = None) -> None:
        """Writes the suggestions of the packs that come next and have none of this training yet, and those of the named
        pack.
        """
        known = self._known()
        wanted = [
            pack for pack in self._next(await self._board.directory.ranges(fresh=True)) if pack not in known.packs
        ]
        if named is not None and named not in wanted:
            wanted.insert(0, named)
        gate = asyncio.Semaphore(PACKS_AT_ONCE)

        async def write(pack: int) -> None:
            async with gate:
                if await self._write(pack, now):
                    known.packs.add(pack)

        await asyncio.gather(*map(write, wanted))

    async def sure_share(self) -> float | None:
        """The share of waiting images of which it is sure, by those of some packs; None where there are none."""
        ranges = await self._board.directory.ranges()
        waiting = [pack for known in ranges for pack in known.packs(WAITING)]
        step = max(1, len(waiting) // SAMPLED)
        packs = waiting[::step][:SAMPLED] or self._next(ranges)[:SAMPLED]
        said: list[AnySuggestion] = []
        for pack in packs:
            try:
                head = (await self._board.rows.read_head(pack)).head
            except ResourceNotFoundError:
                continue
            suggested = await self._suggested(pack)
            said += [suggested[slot] for slot in leases.waiting_slots(head) if slot in suggested]
        return sum(one.sure for one in said) / len(said) if said else None

    def _known(self) -> _Written:
        key = self._storage, self._project.id
        known = _written.known(key)
        if known is None or known.training != self._training:
            known = _Written(self._training, set())
            _written.put(key, known)
        return known

    @staticmethod
    def _next(ranges: Sequence[Range]) -> list[int]:
        opened = [pack for known in ranges for pack in known.packs(OPEN, REOPENED)][:MOST_OPEN]
        # In the order in which they are handed out.
        waiting = (pack for letter in (AWAITING, WAITING) for known in ranges for pack in known.packs(letter))
        return [*opened, *islice(waiting, min(max(FEWEST_WAITING, len(opened)), MOST_WAITING))]

    async def _write(self, pack: int, now: int) -> bool:
        """False: the pack is not there, or has no features yet."""
        suggested = await self._suggested(pack)
        try:
            # Last before the writing: who takes images meanwhile is judged by what they have not seen.
            head = (await self._board.rows.read_head(pack)).head
        except ResourceNotFoundError:
            return False
        slots = leases.free_slots(head, now)
        new = {slot: suggested[slot] for slot in slots if slot in suggested}
        if new:
            await self._board.suggestions.put_learned(pack, slots, new, self._training)
        return bool(new) or not slots

    async def _suggested(self, pack: int) -> dict[int, AnySuggestion]:
        """What it says of the pack's images, whatever became of them."""
        features = await read_features(self._storage, self._project, pack)
        if features is None:
            return {}
        slots = list(features.rows)
        said = self._classifier.suggest(features.of(slots), self._aliases, self._labels)
        return {slot: one for slot, one in zip(slots, said, strict=True) if one}
