"""What a process keeps between calls: so many values, each so old at most. docs/settings.md lists all of it.

A value that is missing or too old is read by one caller, and the others wait for that read. What the process itself
changes is seen by whoever asks afterwards, also where an older read is still on its way.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by their keys; what was used least lately goes first."""

    def __init__(self, most: int, max_age: float = math.inf, clock: Callable[[], float] = time.monotonic) -> None:
        """most: how many are kept. max_age: for how many seconds from when their reading began."""
        self._max_age = max_age
        self._clock = clock
        self._values: LRUCache[K, tuple[V, float]] = LRUCache(most)
        self._reads: dict[K, asyncio.Task[V]] = {}

    def __len__(self) -> int:
        """How many values are kept or being read."""
        return len(self._values.keys() | self._reads.keys())

    async def get(self, key: K, read: Callable[[], Awaitable[V]]) -> V:
        """The value; read where it is missing or too old. What reading raises is raised to all who wait, and not kept.
        A caller who goes away takes nothing from the others.
        """
        kept = self._values.get(key)
        if kept and self._is_fresh(kept[1]):
            return kept[0]
        coming = self._reads.get(key)
        if coming is None:
            coming = self._reads[key] = asyncio.ensure_future(_awaited(read))
            coming.add_done_callback(partial(self._keep, key, self._clock()))
        return await asyncio.shield(coming)

    def made(self, key: K, make: Callable[[], V]) -> V:
        """The value; made where it is missing or too old."""
        kept = self._values.get(key)
        if kept is None or not self._is_fresh(kept[1]):
            kept = self._values[key] = make(), self._clock()
        return kept[0]

    def known(self, key: K, *, at_any_age: bool = False) -> V | None:
        """The value, unless it is missing or too old."""
        kept = self._values.get(key)
        return kept[0] if kept and (at_any_age or self._is_fresh(kept[1])) else None

    def put(self, key: K, value: V) -> None:
        """To be called after the value was written."""
        self._reads.pop(key, None)
        self._values[key] = value, self._clock()

    def amend(self, key: K, change: Callable[[V], V]) -> None:
        """To be called after a part of the value was written: the whole gets no younger by that."""
        self._reads.pop(key, None)
        if kept := self._values.get(key):
            self._values[key] = change(kept[0]), kept[1]

    def forget(self, key: K) -> None:
        """To be called after the value was changed: whoever asks from now on reads it."""
        self._reads.pop(key, None)
        self._values.pop(key, None)

    def clear(self) -> None:
        """Forgets all values."""
        self._reads.clear()
        self._values.clear()

    def _is_fresh(self, since: float) -> bool:
        return self._clock() - since < self._max_age

    def _keep(self, key: K, began: float, read: "asyncio.Task[V]") -> None:
        # A read that is not looked for any more began before a change, and may be without it.
        is_newest = self._reads.get(key) is read
        if is_newest:
            del self._reads[key]
        if not read.cancelled() and read.exception() is None and is_newest:
            self._values[key] = read.result(), began


async def _awaited(read: Callable[[], Awaitable[V]]) -> V:
    return await read()
