"""Queues in the running host, and one queue function by itself where the host's own times are too long to wait for."""

import asyncio
import base64
import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import azure.functions as func
import pytest
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.queue import QueueClient
from azure.storage.queue.aio import QueueClient as AsyncQueueClient

from localhost import queues, settings
from localhost.azurite import Azurite
from localhost.host_json import Queues
from localhost.invocation import Invoker
from localhost.loading import Function
from localhost.queues import QueueFunction
from tests.localhost.conftest import Toy
from tests.running import PATIENCE, Storage, free_port, until


def send(toy: Toy, text: str) -> QueueClient:
    queue = QueueClient.from_connection_string(toy.service.data_storage, "toys")
    # The host makes it too, a moment after it answers.
    with contextlib.suppress(ResourceExistsError):
        queue.create_queue()
    queue.send_message(base64.b64encode(text.encode()).decode())
    return queue


def is_empty(queue: QueueClient) -> bool:
    """Hidden messages count too."""
    return queue.get_queue_properties().approximate_message_count == 0


def poisoned(toy: Toy) -> list[str]:
    queue = QueueClient.from_connection_string(toy.service.data_storage, "toys-poison")
    return [message.content for message in queue.peek_messages(32)]


def test_a_message_is_handed_in_decoded_and_deleted_when_it_is_done(toy: Toy) -> None:
    with send(toy, "héllo") as queue:
        until(lambda: is_empty(queue), "the message is still there")
    (note,) = [note for note in toy.notes() if note.get("message") == "héllo"]
    assert note["dequeue_count"] == 1
    assert note["id"]
    assert note["inserted"].startswith("20")


def test_a_message_that_fails_comes_again_and_then_goes_to_poison_as_it_was(toy: Toy) -> None:
    bad = base64.b64encode(b"bad").decode()
    with send(toy, "bad") as queue:
        until(lambda: is_empty(queue), "the message is still there")
    assert [note["dequeue_count"] for note in toy.notes() if note.get("message") == "bad"] == [1, 2, 3]
    assert bad in poisoned(toy)


def test_a_message_that_is_not_base64_goes_to_poison_uncalled(toy: Toy) -> None:
    before = len(toy.notes())
    with QueueClient.from_connection_string(toy.service.data_storage, "toys") as queue:
        queue.send_message("*not base64*")
        until(lambda: is_empty(queue), "the message is still there")
    assert "*not base64*" in poisoned(toy)
    assert len(toy.notes()) == before


def test_a_message_being_worked_on_is_finished_before_the_service_ends(own_toy: Toy) -> None:
    own_toy.service.start()
    with send(own_toy, "slow"):
        until(lambda: bool(own_toy.notes()) and own_toy.notes()[-1].get("message") == "slow", "not begun")
    own_toy.service.restart()
    with QueueClient.from_connection_string(own_toy.service.data_storage, "toys") as queue:
        assert is_empty(queue)
    assert [note["message"] for note in own_toy.notes() if "message" in note] == ["slow", "slow, done"]


async def test_a_message_is_kept_hidden_for_as_long_as_its_function_runs(azurite: Storage) -> None:
    calls = 0
    hidden = timedelta(seconds=3)
    done = asyncio.Event()

    async def longer_than_hidden(message: func.QueueMessage) -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(hidden.total_seconds() * 2)
        done.set()

    function = Function(
        "f", longer_than_hidden, {"type": "queueTrigger", "name": "message", "queueName": "long"}, False
    )
    with ThreadPoolExecutor() as threads, QueueClient.from_connection_string(azurite.data_storage, "long") as queue:
        queue.create_queue()
        queue.send_message(base64.b64encode(b"x").decode())
        invoke = Invoker(timedelta(minutes=1), threads)
        async with QueueFunction(function, azurite.data_storage, Queues(), invoke, asyncio.Event(), hidden).listening(
            30
        ):
            await done.wait()
        assert calls == 1
        assert is_empty(queue)


async def test_a_message_whose_function_is_cut_off_at_the_end_is_there_again_at_once(azurite: Storage) -> None:
    begun = asyncio.Event()

    async def endless(message: func.QueueMessage) -> None:
        begun.set()
        await asyncio.Event().wait()

    function = Function("f", endless, {"type": "queueTrigger", "name": "message", "queueName": "cut"}, False)
    with ThreadPoolExecutor() as threads, QueueClient.from_connection_string(azurite.data_storage, "cut") as queue:
        queue.create_queue()
        queue.send_message(base64.b64encode(b"x").decode())
        invoke = Invoker(timedelta(minutes=1), threads)
        async with QueueFunction(function, azurite.data_storage, Queues(), invoke, asyncio.Event()).listening(0):
            await begun.wait()
        assert len(queue.peek_messages()) == 1


async def test_a_message_is_told_when_it_can_be_received_so_that_nobody_has_to_look_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = timedelta(hours=1)
    monkeypatch.setattr(queues, "SHORTEST_PAUSE", hour.total_seconds())
    received: asyncio.Queue[bytes] = asyncio.Queue()
    arrived = asyncio.Event()
    told: list[str] = []

    async def note(message: func.QueueMessage) -> None:
        await received.put(message.get_body())

    def ring(queue: str) -> None:
        told.append(queue)
        arrived.set()

    config = settings.read({"PORT": str(free_port()), "DATA_DIR": str(tmp_path)}, tmp_path)
    function = Function("f", note, {"type": "queueTrigger", "name": "message", "queueName": "told"}, False)
    with ThreadPoolExecutor() as threads:
        invoke = Invoker(timedelta(minutes=1), threads)
        async with (
            Azurite(config, ring).running(),
            AsyncQueueClient.from_connection_string(config.data_storage, "told") as queue,
            QueueFunction(function, config.data_storage, watched_each("01:00:00"), invoke, arrived).listening(30),
        ):
            while not await exists(queue):
                await asyncio.sleep(0.05)
            for text, later in ((b"now", 0), (b"soon", 1)):
                await queue.send_message(base64.b64encode(text).decode(), visibility_timeout=later)
                async with asyncio.timeout(PATIENCE):
                    assert await received.get() == text
    assert set(told) == {"told"}


def watched_each(span: str) -> Queues:
    """As host.json says it."""
    return Queues.model_validate({"maxPollingInterval": span})


def test_a_queue_is_looked_at_often_while_a_killed_service_may_have_hidden_something_in_it() -> None:
    often = watched_each("00:00:02")
    assert queues.longest_pause(often, queues.HIDDEN) == often.max_polling_interval
    assert queues.longest_pause(often, timedelta(minutes=2)) > queues.HIDDEN / 2
    rarely = watched_each("01:00:00")
    assert queues.longest_pause(rarely, timedelta(minutes=2)) == rarely.max_polling_interval


async def exists(queue: AsyncQueueClient) -> bool:
    try:
        await queue.get_queue_properties()
    except ResourceNotFoundError:
        return False
    return True
