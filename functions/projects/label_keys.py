"""The keys that give images their labels, one for each label as far as there are enough.

Digits come first, then the letters that do nothing else on the labeling page.
"""

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

# What these letters do: back, examples, instructions, next suggestion, skip, undo, clear, accept, enlarge.
ACTIONS = "beiosuxyz"
LABEL_KEYS = (*"123456789", *(letter for letter in ascii_lowercase if letter not in ACTIONS))
NO_KEY = ""


def free_keys(taken: Iterable[str]) -> Iterator[str]:
    """The keys that are left, in their order."""
    used = frozenset(taken)
    return (key for key in LABEL_KEYS if key not in used)


def label_key(text: str) -> str:
    """A key as it is kept; none stays none. Raises ValueError for what cannot be a label's key."""
    key = text.strip().lower()
    if key == NO_KEY or key in LABEL_KEYS:
        return key
    if key in ACTIONS:
        raise ValueError(f"{key.upper()} does something else on the labeling page")
    raise ValueError("must be a digit from 1 to 9, or a letter from A to Z")
