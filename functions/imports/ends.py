"""Which of many names ends like which path of a list: a tree of the paths' parts, read from their ends.

The names go by once and are not kept; the tree grows with the paths alone. Case does not matter.
"""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from functions.imports.spelling import composed, tidy

# So many parts from the end are compared.
MOST_PARTS = 8
# Keys of a node that no part of a path has: where a path begins, and which name comes by.
START, MARK = "", "/"
# In the place of a name: more than one comes by.
SEVERAL = ""


class Alike(NamedTuple):
    """What ends like a path. parts: how many of its last parts are the same; name: SEVERAL where it is not just one."""

    parts: int
    name: str


@dataclass(slots=True)
class _Leaf:
    """A path that is alone in its branch, and what came closest to it."""

    path: str
    parts: int = 0
    name: str = SEVERAL

    def meet(self, name: str, parts: int) -> None:
        if parts > self.parts:
            self.parts, self.name = parts, name
        elif parts == self.parts:
            self.name = SEVERAL


class Ends:
    """Add all paths, then show all names, then ask."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, path: str) -> None:
        node, parts = self._root, _parts(path)
        for depth, part in enumerate(parts, 1):
            child = node.get(part)
            if child is None:
                node[part] = _Leaf(path)
                return
            if isinstance(child, _Leaf):
                other = _parts(child.path)
                if other == parts:
                    return
                child = node[part] = {other[depth]: child}
            node = child

    def show(self, path: str, name: str | None = None) -> None:
        """name: what it is called, if not so."""
        if not self._root:
            return
        name = path if name is None else name
        node, parts = self._root, _parts(path)
        for depth, part in enumerate(parts, 1):
            child = node.get(part)
            if child is None or part == START:
                return
            if isinstance(child, _Leaf):
                child.meet(name, depth + _shared(parts[depth:-1], _parts(child.path)[depth:-1]))
                return
            child[MARK] = SEVERAL if MARK in child else name
            node = child

    def find(self, path: str) -> Alike | None:
        """What shares the longest end with a path that was added."""
        node, found = self._root, None
        for depth, part in enumerate(_parts(path), 1):
            child = node[part]
            if isinstance(child, _Leaf):
                return Alike(child.parts, child.name) if child.parts else found
            if MARK in child:
                found = Alike(depth, child[MARK])
            node = child
        return found


def _shared(some: list[str], others: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def _parts(path: str) -> list[str]:
    """From the end."""
    parts = tidy(composed(path)).casefold().split("/")
    return [*parts[: -MOST_PARTS - 1 : -1], START]
