"""Decoding files within the budgets of the process."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from functions.refresh.budget import Budgets

if TYPE_CHECKING:
    from functions.refresh.imaging import Rendered

T = TypeVar("T")


async def decode(budgets: Budgets, data: bytes) -> "Rendered":
    """An image's size, preview and thumbnail. Raises Unreadable."""
    from functions.refresh.imaging import memory_needed, render

    async with budgets.decoders.taking(1):
        needed = await asyncio.to_thread(memory_needed, data)
        async with budgets.decoded.taking(needed):
            return await in_thread(render, data)


async def in_thread(work: Callable[[bytes], T], data: bytes) -> T:
    """What a thread makes of some bytes.

    Whoever gives up meanwhile waits for the end of what the thread has begun: until then it takes its memory.
    """
    working = asyncio.create_task(asyncio.to_thread(work, data))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.gather(working, return_exceptions=True)
        raise
