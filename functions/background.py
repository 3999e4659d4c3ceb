"""What runs with nobody waiting: messages of queues, and the rounds of one timer. Each run has its line in the log.

There is one timer, since the platform starts an instance for each run of each timer function.

While the data are of a newer version, messages are put back for later: failing, they would be given up after some
tries.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import azure.functions as func
from pydantic import BaseModel

from functions import logs
from functions.outside import Bounds, read_model
from functions.problems import NewerData
from functions.settings import DATA_STORAGE, timer_schedule
from functions.storage import MOST_DELIVERIES, storage

SECONDS_PUT_BACK = 300
# What the lines of the rounds say; an alert looks for them (infra/alerts.bicep).
TIMER = "timer"

# A queue takes no more than 64 KiB.
MOST_MESSAGE = Bounds(64 * 1024, values=100, depth=4)

M = TypeVar("M", bound=BaseModel)
OnMessage = Callable[[func.QueueMessage], Awaitable[None]]
Work = Callable[[], Awaitable[None]]

log = logging.getLogger(__name__)

blueprint = func.Blueprint()


@dataclass(frozen=True)
class Round:
    """Work that nobody waits for, done again and again."""

    name: str
    work: Work
    is_daily: bool


ROUNDS: list[Round] = []


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def giving_up(message: func.QueueMessage, give_up: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Where what is inside fails at a message's last delivery, gives up what the message is about, before the message
    becomes poison.
    """
    try:
        yield
    except Exception:
        if (message.dequeue_count or 1) >= MOST_DELIVERIES:
            await give_up()
        raise


def read_message(model: type[M], message: func.QueueMessage) -> M:
    """Raises ValueError for garbage, which so ends among the poison."""
    return read_model(model, message.get_body(), MOST_MESSAGE)


def on_message(blueprint: func.Blueprint, name: str, queue: str) -> Callable[[OnMessage], OnMessage]:
    """Registers the decorated function as the one that works on a queue's messages."""

    def declare(work: OnMessage) -> OnMessage:
        async def handle(message: func.QueueMessage) -> None:
            identity = message.id or logs.new_id()
            with logs.line("message", identity, function=name, delivery=message.dequeue_count) as told:
                told.note(outcome="failed")
                try:
                    await storage().prepare()
                except NewerData:
                    await storage().send_text(queue, message.get_body().decode(), delay=SECONDS_PUT_BACK)
                    told.note(outcome="put back")
                    return
                await work(message)
                told.note(outcome="done")

        handle.__name__ = name
        trigger = blueprint.queue_trigger(arg_name="message", queue_name=queue, connection=DATA_STORAGE)
        blueprint.function_name(name)(trigger(handle))
        return work

    return declare


def on_round(name: str, *, is_daily: bool = False) -> Callable[[Work], Work]:
    """Registers the decorated function as work of the timer's rounds: of each, or of the first one of a day (UTC)."""

    def declare(work: Work) -> Work:
        ROUNDS.append(Round(name, work, is_daily))
        return work

    return declare


@blueprint.function_name("make_rounds")
@blueprint.timer_trigger(arg_name="timer", schedule=timer_schedule())
async def make_rounds(timer: func.TimerRequest) -> None:
    """Does what is due in this round. Work that fails keeps no other from being done."""
    # The library has the status, its interface does not.
    is_first = is_first_of_day(getattr(timer, "schedule_status", {}), now())
    failures = [failure for one in ROUNDS if is_first or not one.is_daily if (failure := await _do(one))]
    if failures:
        raise failures[0]


def is_first_of_day(status: Mapping[str, str], at: datetime) -> bool:
    """Whether the timer has not run on this day (UTC) before, or nothing is known of that. status: as the host gives
    it, with the time of the last run.
    """
    try:
        last = datetime.fromisoformat(str(status["Last"]))
    except (KeyError, ValueError):
        return True
    return last.replace(tzinfo=last.tzinfo or UTC).astimezone(UTC).date() < at.date()


async def _do(one: Round) -> Exception | None:
    with logs.line(TIMER, logs.new_id(), function=one.name) as told:
        told.note(outcome="failed")
        try:
            await storage().prepare()
            await one.work()
        except NewerData:
            told.note(outcome="put off")
        except Exception as failure:
            log.exception("%s failed", one.name)
            return failure
        else:
            told.note(outcome="done")
    return None
