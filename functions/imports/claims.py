"""Which image a path means that is none's whole name: the one that ends like it."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from functions.imports.ends import SEVERAL, Ends
from functions.imports.spelling import Reading

ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}\Z")

# By what an image is found: a whole name, or an end.
Rule = Literal[Reading, "folder", "end", "name", "no_ending"]


class Claim(NamedTuple):
    """What ends like a path, by which rule; no parts: nothing does."""

    path: str = ""
    parts: int = 0
    name: str = SEVERAL
    rule: Rule = "end"


class Claims:
    """The ends of paths; of those without a file's ending also as such."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._whole, self._stems = Ends(), Ends()
        for path in paths:
            self._whole.add(path)
            if not ENDING.search(path):
                self._stems.add(path)

    def show(self, name: str) -> None:
        self._whole.show(name)
        self._stems.show(ENDING.sub("", name), name)

    def claim(self, path: str) -> Claim:
        found = self._whole.find(path)
        if found:
            return Claim(path, *found, "end" if found.parts > 1 else "name")
        found = None if ENDING.search(path) else self._stems.find(path)
        return Claim(path, *found, "no_ending") if found else Claim()
