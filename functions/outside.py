"""JSON that somebody else has written: bodies of calls, sign-ins, messages, imports, backups.

How much of it there is is counted before anything is made of it, in time that grows with its length alone; and what is
long is read in a thread, so that no other call waits for it.
"""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field

from functions.wording import shortened

# What is as long as this takes about a millisecond.
READ_AT_ONCE = 64 * 1024
# A run of more digits is no number that anybody means, and reading one takes time by the square of its length.
MOST_DIGITS = 80

# As much as storage takes for a whole number.
MOST_WHOLE = 2**31 - 1
Whole = Annotated[int, Field(ge=0, le=MOST_WHOLE)]

OPENING = b"[{"
BRACKETS = OPENING + b"]}"
NO_BRACKETS = bytes(set(range(256)) - set(BRACKETS))
LONG_NUMBER = b"0" * (MOST_DIGITS + 1)
ANY_DIGIT = bytes.maketrans(b"123456789", b"0" * 9)

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True)
class Bounds:
    """How much there may be. values: keys, and items of lists, all together."""

    bytes: int
    values: int
    depth: int = 32


class NotJson(ValueError):
    """line, column: where that shows; None where it does not at one place."""

    def __init__(self, line: int | None = None, column: int | None = None) -> None:
        super().__init__("This is not JSON.")
        self.line = line
        self.column = column


class TooMuch(ValueError):
    """More than is taken. The text says of what."""


class Twice(ValueError):
    """A key that an object has twice."""

    def __init__(self, key: str) -> None:
        self.key = shortened(key)
        super().__init__(f"{self.key!r} is there twice.")


def once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these keys. Raises Twice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Twice(key)
        found[key] = value
    return found


DECODER = json.JSONDecoder(object_pairs_hook=once)


def read_json(given: str | bytes, bounds: Bounds) -> Any:
    """What the text says. Raises NotJson, TooMuch, Twice."""
    text = _within(given, bounds)
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno, error.colno) from None


def read_model(model: type[M], given: bytes, bounds: Bounds) -> M:
    """The model that the text says. Raises NotJson, TooMuch, Twice and ValidationError."""
    read_json(given, bounds)
    return model.model_validate_json(given)


async def by_length(length: int, read: Callable[[], T]) -> T:
    """Reads what is so long: at once, or in a thread."""
    return await asyncio.to_thread(read) if length > READ_AT_ONCE else read()


def _within(given: str | bytes, bounds: Bounds) -> str:
    """The text, once it is found not to be more than there may be."""
    if len(given) > bounds.bytes:
        raise TooMuch(f"It is longer than {bounds.bytes:,} bytes.")
    try:
        text, raw = (
            (given, given.encode("utf-8", "surrogatepass")) if isinstance(given, str) else (given.decode(), given)
        )
    except UnicodeDecodeError:
        raise NotJson from None
    # Most is so little that it may all be structure.
    if _openings(raw) > bounds.depth or _values(raw) > bounds.values or _has_long_number(raw):
        _count(_without_texts(raw), bounds)
    return text


def _without_texts(raw: bytes) -> bytes:
    """What is not between quotes; what is escaped there goes first. Of what is no JSON, more may go."""
    if b"\\" in raw:
        raw = raw.replace(rb"\\", b"").replace(rb"\"", b"")
    return b"".join(raw.split(b'"')[::2])


def _count(structure: bytes, bounds: Bounds) -> None:
    if _values(structure) > bounds.values:
        raise TooMuch(f"It has more than {bounds.values:,} keys and items.")
    if _has_long_number(structure):
        raise TooMuch(f"It has a number of more than {MOST_DIGITS} digits.")
    depth = 0
    for bracket in structure.translate(None, NO_BRACKETS) if _openings(structure) > bounds.depth else b"":
        depth += 1 if bracket in OPENING else -1
        if depth > bounds.depth:
            raise TooMuch(f"It is nested more than {bounds.depth} levels deep.")


def _openings(structure: bytes) -> int:
    return structure.count(b"[") + structure.count(b"{")


def _values(structure: bytes) -> int:
    """No fewer than there are keys and items."""
    return structure.count(b",") + _openings(structure)


def _has_long_number(structure: bytes) -> bool:
    return LONG_NUMBER in structure.translate(ANY_DIGIT)
