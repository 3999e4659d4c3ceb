"""Going through a project's packs, some at a time. How far it is is saved each second, and when the time is over."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

from functions.labeling.board import Board
from functions.longwork import Later, LongWork

SAVE_EVERY_SECONDS = 1.0
PACKS_AT_ONCE = 8

T = TypeVar("T")


async def through_packs(
    work: LongWork[Any],
    total: int,
    found: AsyncGenerator[tuple[Sequence[T], int], None],
    do: Callable[[T], Awaitable[None]],
    save: Callable[[int, float], Awaitable[None]],
) -> None:
    """Raises Later, for what the time of the invocation is too short for.

    total: of packs. found: what is to be done at a time, a pack each, with the number of the pack after them. save: is
    told that number, and the share of all that is done.
    """
    saved_at = time.monotonic()
    async with aclosing(found):
        async for some, next_pack in found:
            await asyncio.gather(*map(do, some))
            is_late = work.is_late
            if is_late or time.monotonic() - saved_at > SAVE_EVERY_SECONDS:
                saved_at = time.monotonic()
                await save(next_pack, round(min(next_pack / max(total, 1), 0.99), 3))
            if is_late:
                raise Later


async def count_packs(board: Board) -> int:
    return sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
