"""Sorting more than memory should hold: sorted runs are put aside in temporary files, and merged when they are read
(an external merge sort).
"""

import heapq
import json
import tempfile
import weakref
from collections.abc import Callable, Iterator
from itertools import chain
from operator import itemgetter
from typing import IO, Any, Generic, NamedTuple, TypeVar

RUN = 50_000
# So many are read from a run at a time.
BATCH = 1_000

T = TypeVar("T", bound=NamedTuple)


class Sorter(Generic[T]):
    """Named tuples of texts and numbers by their first field, a name. Of several with one name the last is kept."""

    def __init__(self, kind: Callable[..., T], run: int = RUN) -> None:
        self._kind = kind
        self._run = run
        self._runs: list[IO[bytes]] = []
        self._latest: list[T] = []
        self._greatest = ""
        self._is_ascending = True
        self._added = 0
        weakref.finalize(self, _close, self._runs)

    def add(self, item: T) -> None:
        self._added += 1
        self._is_ascending &= item[0] > self._greatest
        self._greatest = item[0]
        self._latest.append(item)
        if len(self._latest) == self._run:
            self._put_aside()

    def __len__(self) -> int:
        """How many were added, those of the same name too."""
        return self._added

    def __iter__(self) -> Iterator[T]:
        runs = [*(self._read(file) for file in self._runs), iter(sorted(self._latest, key=itemgetter(0)))]
        if self._is_ascending:
            yield from chain.from_iterable(runs)
            return
        last: T | None = None
        for item in heapq.merge(*runs, key=itemgetter(0)):
            if last is not None and last[0] != item[0]:
                yield last
            last = item
        if last is not None:
            yield last

    def _put_aside(self) -> None:
        self._latest.sort(key=itemgetter(0))
        file = tempfile.TemporaryFile()  # noqa: SIM115
        for start in range(0, len(self._latest), BATCH):
            file.write(json.dumps(self._latest[start : start + BATCH]).encode() + b"\n")
        self._runs.append(file)
        self._latest = []

    def _read(self, file: IO[bytes]) -> Iterator[T]:
        file.seek(0)
        for line in file:
            items: list[list[Any]] = json.loads(line)
            yield from (self._kind(*item) for item in items)


def _close(files: list[IO[bytes]]) -> None:
    for file in files:
        file.close()
