"""Writes that somebody else comes before are done again, with what is there then."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from azure.core.exceptions import HttpResponseError, ResourceModifiedError, ResourceNotFoundError

from functions import conflicts
from functions.conflicts import ATTEMPTS, Lost, change, until_written
from functions.problems import Busy, PreconditionFailed


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(_attempt: int) -> None:
        pass

    monkeypatch.setattr(conflicts, "pause", nothing)


@dataclass
class Kept:
    """A number with a version, which others write too: theirs come before each write. loses: the answers to these
    writes, counted from 0, are lost.
    """

    number: int = 0
    version: int = 0
    others: list[int] = field(default_factory=list)
    loses: set[int] = field(default_factory=set)
    writes: list[tuple[int, int]] = field(default_factory=list)

    async def read(self) -> tuple[int, int]:
        return self.number, self.version

    async def write(self, known: int, wanted: int, version: int) -> None:
        if self.others:
            self.number, self.version = self.others.pop(0), self.version + 1
        if version != self.version:
            raise _refused(412)
        self.number, self.version = wanted, self.version + 1
        self.writes.append((known, wanted))
        if len(self.writes) - 1 in self.loses:
            raise _refused(412)

    async def change(self, rule: Callable[[int], int]) -> int:
        return await change(self.read, rule, self.write, "Too many write this number.")


def _refused(status: int) -> HttpResponseError:
    error = ResourceModifiedError("refused")
    error.status_code = status
    return error


async def test_what_is_written_rests_on_what_is_there_by_then() -> None:
    kept = Kept(others=[10, 20])
    assert await kept.change(lambda number: number + 1) == 21
    assert kept.writes == [(20, 21)]


async def test_nothing_is_written_where_nothing_changes() -> None:
    kept = Kept(7)
    assert await kept.change(lambda number: number) == 7
    assert kept.version == 0


async def test_a_write_whose_answer_was_lost_is_found_and_the_rule_is_not_asked_about_it() -> None:
    def only_from_nought(number: int) -> int:
        if number:
            raise PreconditionFailed("It is not 0.")
        return 1

    kept = Kept(loses={0})
    assert await kept.change(only_from_nought) == 1
    assert kept.writes == [(0, 1)]


async def test_what_too_many_write_is_told_by_name() -> None:
    kept = Kept(others=list(range(ATTEMPTS)))
    with pytest.raises(Busy, match="Too many write this number") as caught:
        await kept.change(lambda number: number + 100)
    assert caught.value.headers == {"Retry-After": "2"}
    assert (kept.others, kept.writes) == ([], [])


@pytest.mark.parametrize("status", [403, 500])
async def test_what_is_refused_for_another_reason_is_not_asked_again(status: int) -> None:
    kept = Kept()

    async def write(*_: object) -> None:
        kept.version += 1
        raise _refused(status)

    with pytest.raises(HttpResponseError):
        await change(kept.read, lambda number: number + 1, write, "busy")
    assert kept.version == 1


async def test_what_is_not_there_to_be_read_is_no_conflict() -> None:
    async def read() -> tuple[int, int]:
        raise ResourceNotFoundError("gone")

    with pytest.raises(ResourceNotFoundError):
        await change(read, lambda number: number, Kept().write, "busy")


async def test_attempts_are_numbered_and_bounded() -> None:
    numbers: list[int] = []

    async def attempt(number: int) -> int:
        numbers.append(number)
        if number < 2:
            raise Lost
        return number

    assert await until_written(attempt, "busy") == 2
    with pytest.raises(Busy) as caught:
        await until_written(attempt, "busy", seconds=1, most=2)
    assert numbers == [0, 1, 2, 0, 1]
    assert caught.value.headers == {"Retry-After": "1"}
