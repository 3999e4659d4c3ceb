"""Decoding files within the budgets of the process."""

import asyncio
from typing import TYPE_CHECKING

from functions.refresh.budget import Budgets

if TYPE_CHECKING:
    from functions.refresh.imaging import Rendered


async def decode(budgets: Budgets, data: bytes) -> "Rendered":
    """An image's size, preview and thumbnail. Raises Unreadable.

    Whoever gives up meanwhile waits for the end of what a thread has begun: until then it takes its memory.
    """
    from functions.refresh.imaging import memory_needed, render

    async with budgets.decoders.taking(1):
        needed = await asyncio.to_thread(memory_needed, data)
        async with budgets.decoded.taking(needed):
            rendering = asyncio.create_task(asyncio.to_thread(render, data))
            try:
                return await asyncio.shield(rendering)
            except asyncio.CancelledError:
                await asyncio.gather(rendering, return_exceptions=True)
                raise
