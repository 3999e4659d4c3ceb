"""What runs with nobody waiting: messages of queues, and timers. Each run has its line in the log.

While the data are of a newer version, messages are put back for later: failing, they would be given up after some
tries.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import azure.functions as func

from functions import logs
from functions.problems import NewerData
from functions.settings import DATA_STORAGE
from functions.storage import MOST_DELIVERIES, storage

SECONDS_PUT_BACK = 300

OnMessage = Callable[[func.QueueMessage], Awaitable[None]]
OnTimer = Callable[[func.TimerRequest], Awaitable[None]]


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


def on_timer(blueprint: func.Blueprint, name: str, schedule: str) -> Callable[[OnTimer], OnTimer]:
    """Registers the decorated function as one that runs by a schedule (NCRONTAB, with seconds)."""

    def declare(work: OnTimer) -> OnTimer:
        async def handle(timer: func.TimerRequest) -> None:
            with logs.line("timer", logs.new_id(), function=name) as told:
                told.note(outcome="failed")
                try:
                    await storage().prepare()
                except NewerData:
                    told.note(outcome="put off")
                    return
                await work(timer)
                told.note(outcome="done")

        handle.__name__ = name
        blueprint.function_name(name)(blueprint.timer_trigger(arg_name="timer", schedule=schedule)(handle))
        return work

    return declare
