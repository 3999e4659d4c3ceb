"""What a process keeps: bounded, read by one for all, and never older than what the process itself has changed."""

import asyncio
import gc
from collections.abc import Awaitable, Callable

import pytest

from functions.kept import Kept


class Source:
    """What is read, each time as it was when the reading began, once the test lets it come."""

    def __init__(self) -> None:
        self.value = "old"
        self.reads: list[asyncio.Future[None]] = []

    async def read(self) -> str:
        value, turn = self.value, asyncio.get_running_loop().create_future()
        self.reads.append(turn)
        await turn
        return value

    def come(self) -> None:
        self.reads[0].set_result(None)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(clock: Clock) -> Kept[str, str]:
    return Kept(2, 10, clock)


async def ask(kept: Kept[str, str], source: Source, times: int = 1) -> list[asyncio.Task[str]]:
    """Callers who have asked, and wait."""
    asking = [asyncio.create_task(kept.get("key", source.read)) for _ in range(times)]
    for _ in range(3):
        await asyncio.sleep(0)
    return asking


def saying(value: str) -> Callable[[], Awaitable[str]]:
    async def read() -> str:
        return value

    return read


async def test_one_reads_for_all_and_for_those_who_come_later(kept: Kept[str, str], source: Source) -> None:
    asking = await ask(kept, source, 3)
    source.come()
    assert await asyncio.gather(*asking, kept.get("key", source.read)) == ["old"] * 4
    assert (len(source.reads), kept.known("key")) == (1, "old")


async def test_the_age_counts_from_when_the_reading_began(kept: Kept[str, str], source: Source, clock: Clock) -> None:
    (asking,) = await ask(kept, source)
    clock.now = 9
    source.come()
    await asking
    assert await kept.get("key", saying("new")) == "old"
    clock.now = 10
    assert (kept.known("key"), kept.known("key", at_any_age=True)) == (None, "old")
    assert await kept.get("key", saying("new")) == "new"


async def test_what_fails_fails_for_all_who_wait_and_is_not_kept(kept: Kept[str, str], source: Source) -> None:
    asking = await ask(kept, source, 2)
    source.reads[0].set_exception(OSError("no answer"))
    for one in asking:
        with pytest.raises(OSError, match="no answer"):
            await one
    assert len(kept) == 0
    assert await kept.get("key", saying("new")) == "new"


async def test_who_goes_away_takes_nothing_from_the_others(kept: Kept[str, str], source: Source) -> None:
    first, second = await ask(kept, source, 2)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    source.come()
    assert await second == "old"
    assert kept.known("key") == "old"


async def test_a_failure_that_nobody_waits_for_any_more_is_no_matter(kept: Kept[str, str], source: Source) -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    (asking,) = await ask(kept, source)
    asking.cancel()
    kept.forget("key")
    source.reads[0].set_exception(OSError("no answer"))
    for _ in range(3):
        await asyncio.sleep(0)
    del asking, source
    gc.collect()
    assert told == []


@pytest.mark.parametrize("change", ["put", "forget", "clear", "amend"])
async def test_an_older_read_does_not_hide_what_was_changed_meanwhile(
    kept: Kept[str, str], source: Source, change: str
) -> None:
    early = await ask(kept, source)
    source.value = "new"
    changes: dict[str, Callable[[], None]] = {
        "put": lambda: kept.put("key", "new"),
        "forget": lambda: kept.forget("key"),
        "clear": kept.clear,
        "amend": lambda: kept.amend("key", lambda _: "new"),
    }
    changes[change]()
    late = await ask(kept, source)
    for turn in reversed(source.reads):
        turn.set_result(None)
    assert (await late[0], await early[0]) == ("new", "old")
    assert kept.known("key") == "new"


async def test_a_part_that_was_written_makes_the_whole_no_younger(kept: Kept[str, str], clock: Clock) -> None:
    await kept.get("key", saying("old"))
    clock.now = 5
    kept.amend("key", lambda value: f"{value}, and more")
    kept.amend("another", str)
    assert kept.known("key") == "old, and more"
    clock.now = 10
    assert (kept.known("key"), kept.known("another")) == (None, None)


def test_what_was_used_least_lately_goes(kept: Kept[str, str]) -> None:
    kept.put("a", "1")
    kept.put("b", "2")
    kept.known("a")
    kept.put("c", "3")
    assert [kept.known(key) for key in "abc"] == ["1", None, "3"]
    assert len(kept) == 2


def test_what_can_be_made_at_once_is_made_once(clock: Clock) -> None:
    kept, made = Kept[str, list[int]](2, 10, clock), []

    def make() -> list[int]:
        made.append(1)
        return []

    assert kept.made("a", make) is kept.made("a", make)
    clock.now = 10
    kept.made("a", make)
    assert len(made) == 2
