"""Decoding files within the budgets of the process."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from functions.imaging.budget import Budgets
from functions.imaging.memory import memory_needed, plan_detail

if TYPE_CHECKING:
    from functions.imaging.rendering import Detail, Rendered

T = TypeVar("T")


async def decode(budgets: Budgets, data: bytes) -> "Rendered":
    """An image's size, preview and thumbnail. Raises Unreadable."""
    from functions.imaging.rendering import render

    async with budgets.decoders.taking(1):
        needed = await asyncio.to_thread(memory_needed, data)
        async with budgets.decoded.taking(needed):
            return await in_thread(render, data)


async def decode_detail(budgets: Budgets, data: bytes) -> "Detail | None":
    """An image with as many of its own pixels as memory allows; None where those are no more than its preview's.
    Raises Unreadable.
    """
    from functions.imaging.rendering import render_detail

    async with budgets.decoders.taking(1):
        plan = await asyncio.to_thread(plan_detail, data)
        if plan is None:
            return None
        async with budgets.decoded.taking(plan.memory):
            return await in_thread(partial(render_detail, plan=plan), data)


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
