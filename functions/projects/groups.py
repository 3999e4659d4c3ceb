"""Groups of labels: folders, named by paths, that order a project's labels. Only labels are given to images.

A group is there as long as a label is in it, or in a group below it. So nothing but its path, which its labels hold,
and whether it is exclusive has to be kept.
"""

from collections.abc import Iterable
from typing import NamedTuple

from functions.names import clean

SEPARATOR, NO_GROUP = "/", ""
MOST_LEVELS = 6
LONGEST_NAME = 100
LONGEST_PATH = MOST_LEVELS * (LONGEST_NAME + 1)
# Of all paths that the project's row holds.
MOST_CHARACTERS = 100_000


class Group(NamedTuple):
    """exclusive: an image gets at most one of the labels in it and below it."""

    path: str
    exclusive: bool = False


def paths_to(path: str) -> list[str]:
    """The groups above this one, outermost first, and this one; none for no group."""
    names = path.split(SEPARATOR) if path else []
    return [SEPARATOR.join(names[:count]) for count in range(1, len(names) + 1)]


def paths_of(groups: Iterable[str]) -> list[str]:
    """These groups and those above them, each once, each after those above it."""
    return list(dict.fromkeys(path for group in groups for path in paths_to(group)))


def names_in(path: str) -> list[str]:
    """The names in a path, as they are kept. Raises ValueError for what is no path."""
    names = [name.strip() for name in path.split(SEPARATOR)] if path.strip() else []
    if not all(names):
        raise ValueError(f"{path!r} has an empty name in it; write the names with one slash between them")
    if len(names) > MOST_LEVELS:
        raise ValueError(f"{path!r} has {len(names)} names; a group is at most {MOST_LEVELS} deep")
    if any(len(name) > LONGEST_NAME for name in map(clean, names)):
        raise ValueError(f"each name in a path must have {LONGEST_NAME} characters at most")
    return list(map(clean, names))
