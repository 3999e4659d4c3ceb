"""Writes that somebody else may come before: what is there is read, changed, and written over the version that was
read; where that is refused, because another version is there by now, it is all done again.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from azure.core.exceptions import AzureError, HttpResponseError

from functions.problems import Busy

ATTEMPTS = 10

T = TypeVar("T")
E = TypeVar("E")


class Lost(Exception):
    """Somebody else was quicker."""


def is_conflict(error: HttpResponseError) -> bool:
    """The write lost a race: the row has changed (412), is there already (409), or is gone (404)."""
    return error.status_code in (404, 409, 412)


@contextmanager
def conditional() -> Iterator[None]:
    """For a write on condition. Raises Lost where it was refused for that."""
    try:
        yield
    except HttpResponseError as error:
        if not is_conflict(error):
            raise
        raise Lost from error


@contextmanager
def unproved() -> Iterator[None]:
    """As `conditional`, for a write after which it is looked again what there is. Raises Lost also where nobody knows
    whether it was written.
    """
    try:
        yield
    except AzureError as error:
        if is_refused(error):
            raise
        raise Lost from error


def is_refused(error: AzureError) -> bool:
    """The write is not there, and that not because somebody was quicker."""
    return isinstance(error, HttpResponseError) and not is_conflict(error) and (error.status_code or 500) < 500


async def change(
    read: Callable[[], Awaitable[tuple[T, E]]],
    rule: Callable[[T], T],
    write: Callable[[T, T, E], Awaitable[object]],
    busy: str,
) -> T:
    """Changes what is kept, and gives it as it is then.

    read: what is there, with its ETag. rule: what is to be there; what it refuses, it raises. write: puts the second in
    the place of the first, of which that is the ETag. Nothing is written where nothing changes. Raises Busy.
    """
    tried: list[T] = []

    async def attempt(_number: int) -> T:
        known, etag = await read()
        if known in tried:
            # Storage said that it was not written, and it is there: the answer to a first try was lost. A rule that
            # looks at what was there before would refuse it now.
            return known
        wanted = rule(known)
        if wanted != known:
            tried.append(wanted)
            with conditional():
                await write(known, wanted, etag)
        return wanted

    return await until_written(attempt, busy)


async def until_written(
    attempt: Callable[[int], Awaitable[T]], busy: str, *, seconds: int = 2, most: int = ATTEMPTS
) -> T:
    """What the first attempt gives that does not raise Lost. Each is told its number, from 0; the later ones must read
    everything again.

    busy: what is told after so many, with the advice to come back in so many seconds. Raises Busy.
    """
    for number in range(most):
        try:
            return await attempt(number)
        except Lost:
            await pause(number)
    raise Busy(busy, headers={"Retry-After": str(seconds)})


async def pause(attempt: int) -> None:
    """Before the next attempt at a write: none after the first, which may have failed by an old copy alone."""
    if attempt:
        await asyncio.sleep(random.uniform(0, min(0.02 * 2**attempt, 1)))  # noqa: S311
