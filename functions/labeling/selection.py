"""The images that a call names, by pack; and what is done in each pack, some packs at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from azure.core.exceptions import ResourceNotFoundError

from functions.labeling.board import Board
from functions.labeling.rows import image_id, parse_image_id
from functions.problems import FieldError, Invalid

PACKS_AT_ONCE = 32

P = TypeVar("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Selection:
    """Images named in a call. ids: in its order. packs: their slots, each with the time at which the caller saw it
    labeled (milliseconds since the epoch), or None.
    """

    ids: tuple[str, ...]
    packs: Mapping[int, Mapping[int, int | None]]

    async def in_each_pack(self, act: Callable[[int, Mapping[int, int | None]], Awaitable[T]]) -> dict[int, T]:
        """What an act on a pack and the named slots of it gives, for each pack."""
        return await in_each(self.packs, lambda pack: act(pack, self.packs[pack]))

    def parted(self, done: Mapping[int, Collection[int]]) -> tuple[list[str], list[str]]:
        """The ids of the slots that are named by pack, and those of all others."""
        named = {image_id(pack, slot) for pack, slots in done.items() for slot in slots}
        return [one for one in self.ids if one in named], [one for one in self.ids if one not in named]


async def in_each(packs: Collection[P], act: Callable[[P], Awaitable[T]]) -> dict[P, T]:
    """What an act gives for each pack, or for each of what is named by its pack: some at a time."""
    gate = asyncio.Semaphore(PACKS_AT_ONCE)

    async def act_in(pack: P) -> T:
        async with gate:
            return await act(pack)

    return dict(zip(packs, await asyncio.gather(*map(act_in, packs)), strict=True))


async def select(board: Board, images: Sequence[tuple[str, int | None]], field: str) -> Selection:
    """Images by their ids, each with the time at which the caller saw it labeled. Raises Invalid when one is named
    twice, or the project does not have it.

    field: where the id is in the input, {} standing for the image's place.
    """
    packs: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    for index, (named, seen_at) in enumerate(images):
        parsed = parse_image_id(named)
        if parsed is None:
            raise _unknown({index: named}, field)
        pack, slot = parsed
        if slot in packs[pack]:
            raise Invalid(
                f"The image {named} is named twice.",
                errors=[FieldError(field.format(index), "This image is named twice.")],
                image_ids=[named],
            )
        packs[pack][slot] = seen_at
    selection = Selection(tuple(named for named, _ in images), packs)

    async def unknown_in(pack: int, slots: Collection[int]) -> set[int]:
        try:
            size = len((await board.rows.read_head(pack)).head.slots)
        except ResourceNotFoundError:
            size = 0
        return {slot for slot in slots if slot >= size}

    unknown, _ = selection.parted(await selection.in_each_pack(unknown_in))
    if unknown:
        raise _unknown({selection.ids.index(named): named for named in unknown}, field)
    return selection


def _unknown(unknown: Mapping[int, str], field: str) -> Invalid:
    return Invalid(
        "The project has no such images. Nothing was changed.",
        errors=[FieldError(field.format(index), "The project has no such image.") for index in unknown],
        image_ids=list(unknown.values()),
    )
