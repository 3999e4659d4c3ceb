"""What one instance takes upon itself at a time while it prepares images: it is busy, and its memory has room."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from functions.storage import Storage

MIB = 1024 * 1024
# Files that are held in memory, and what decoding them takes; with the idle process it stays under 600 MB.
DOWNLOADED_BYTES = 96 * MIB
DECODED_BYTES = 256 * MIB
IMAGES_AT_ONCE = 16
DECODERS = max(2, os.cpu_count() or 2)


class Budget:
    """Lets in what fits into a total, in the order of arrival."""

    def __init__(self, total: int) -> None:
        self._total = self._left = total
        self._queue: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def taking(self, amount: int) -> AsyncIterator[None]:
        """Waits until there is room. More than the total is as much as the total."""
        amount = min(amount, self._total)
        await self._take(amount)
        try:
            yield
        finally:
            self._give(amount)

    async def _take(self, amount: int) -> None:
        if not self._queue and amount <= self._left:
            self._left -= amount
            return
        turn = asyncio.get_running_loop().create_future()
        self._queue.append((amount, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give(amount)
            else:
                self._queue.remove((amount, turn))
                self._let_in()
            raise

    def _give(self, amount: int) -> None:
        self._left += amount
        self._let_in()

    def _let_in(self) -> None:
        while self._queue and self._queue[0][0] <= self._left:
            amount, turn = self._queue.popleft()
            if turn.cancelled():
                continue
            self._left -= amount
            turn.set_result(None)


class Budgets:
    """Of one process, for all the packs that it prepares. Whoever holds one takes only those named after it."""

    def __init__(self) -> None:
        self.images = Budget(IMAGES_AT_ONCE)
        self.downloads = Budget(DOWNLOADED_BYTES)
        self.decoders = Budget(DECODERS)
        self.decoded = Budget(DECODED_BYTES)


_budgets: WeakKeyDictionary[Storage, Budgets] = WeakKeyDictionary()


def budgets_of(storage: Storage) -> Budgets:
    return _budgets.setdefault(storage, Budgets())
