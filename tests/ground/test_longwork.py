"""The frame of all long work: what becomes of a message, however the work ends."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import azure.functions as func
import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from pydantic import BaseModel

from functions import longwork
from functions.locks import LockedByOther
from functions.longwork import Failed, Later, LongWork, work_on
from functions.problems import NotFound
from functions.storage import MOST_DELIVERIES, Storage

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Message(BaseModel):
    number: int


class Queue:
    """Of a storage account, what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, int]] = []

    async def send(self, queue: str, message: Message, *, delay: int = 0) -> None:
        assert queue == "numbers"
        self.sent.append((message.number, delay))


class Numbers(LongWork[Message]):
    """Does as it is told. loads: what each look at it finds; does: how the work ends."""

    queue, lock, retry_seconds, given_up = "numbers", "numbers.lock", 7, "It was tried too often."
    loads: list[bool | Exception]
    does: Exception | None
    told: list[str]

    async def load(self) -> bool:
        self.project = cast("Any", SimpleNamespace(id="abc"))
        found = self.loads.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    async def work(self) -> None:
        self.told.append("late" if self.is_late else "work")
        if self.does:
            raise self.does

    async def fail(self, reason: str) -> None:
        self.told.append(reason)

    async def clear(self) -> None:
        self.told.append("cleared")


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    @asynccontextmanager
    async def locked(name: str) -> AsyncIterator[None]:
        assert name == "abc numbers.lock"
        yield

    queue = Queue()
    monkeypatch.setattr(longwork, "lock_of", lambda _, project, name: f"{project} {name}")
    monkeypatch.setattr(longwork, "locked", locked)
    monkeypatch.setattr(longwork, "storage", lambda: queue)
    return queue


def numbers(queue: Queue, *loads: bool | Exception, does: Exception | None = None, limit: float = 60) -> Numbers:
    work = Numbers(cast("Storage", queue), Message(number=3), lambda: NOW, limit)
    work.loads, work.does, work.told = list(loads), does, []
    return work


GONE, NO_DATASTORE = NotFound("There is no such thing."), NotFound("There is no such datastore.")


@pytest.mark.parametrize(
    ("loads", "does", "told", "sent"),
    [
        pytest.param([True], None, ["work"], [], id="done"),
        pytest.param([False], None, [], [], id="over"),
        pytest.param([GONE], None, [], [], id="gone"),
        pytest.param([Failed("Its project is gone.")], None, ["Its project is gone."], [], id="of no use any more"),
        pytest.param([True], Later(), ["work"], [(3, 0)], id="goes on at once"),
        pytest.param([True], Later(15), ["work"], [(3, 15)], id="goes on later"),
        pytest.param([True], Failed("No access."), ["work", "No access."], [], id="failed"),
        pytest.param([True, True], LockedByOther(), ["work"], [(3, 7)], id="another works on it"),
        pytest.param([True, False], LockedByOther(), ["work"], [], id="another has ended it"),
        pytest.param([True, GONE], LockedByOther(), ["work", "cleared"], [], id="gone with its lock"),
        pytest.param([True, GONE], ResourceNotFoundError(), ["work", "cleared"], [], id="gone meanwhile"),
        pytest.param([True, True], NO_DATASTORE, ["work", "There is no such datastore."], [], id="something else gone"),
    ],
)
async def test_a_message_comes_to_its_end(
    queue: Queue, loads: list[bool | Exception], does: Exception | None, told: list[str], sent: list[tuple[int, int]]
) -> None:
    work = numbers(queue, *loads, does=does)
    await work.run()
    assert (work.told, queue.sent) == (told, sent)


async def test_what_fails_for_another_reason_comes_again_with_its_message(queue: Queue) -> None:
    work = numbers(queue, True, True, does=HttpResponseError("storage is busy"))
    with pytest.raises(HttpResponseError, match="busy"):
        await work.run()
    assert (work.told, queue.sent) == (["work"], [])


async def test_work_is_late_when_its_time_is_over(queue: Queue) -> None:
    work = numbers(queue, True, limit=-1)
    await work.run()
    assert work.told == ["late"]


@pytest.mark.parametrize(
    ("delivery", "loads", "told"),
    [
        (MOST_DELIVERIES - 1, [True, True], ["work"]),
        (MOST_DELIVERIES, [True, True, True], ["work", Numbers.given_up]),
        (MOST_DELIVERIES, [True, True, False], ["work"]),
        (MOST_DELIVERIES, [True, True, GONE], ["work"]),
        (MOST_DELIVERIES, [True, True, Failed("Its project is gone.")], ["work", "Its project is gone."]),
    ],
)
async def test_it_is_given_up_in_words_at_the_last_delivery(
    queue: Queue, delivery: int, loads: list[bool | Exception], told: list[str]
) -> None:
    made: list[Numbers] = []

    def make(*args: Any) -> Numbers:
        made.append(numbers(queue, *loads, does=HttpResponseError("storage is busy")))
        return made[0]

    message = func.queue.QueueMessage(id="one", body='{"number": 3}', dequeue_count=delivery)
    kind = cast("type[LongWork[Message]]", cast("Callable[..., Numbers]", make))
    with pytest.raises(HttpResponseError, match="busy"):
        await work_on(message, Message, kind)
    assert made[0].told == told
