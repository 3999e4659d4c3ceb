"""Queue-triggered functions: polling, retries and poison as the WebJobs SDK's QueueListener does them.

Three differences. A message that is being worked on is hidden for half a minute and renewed, where that host hides it
for ten minutes and renews: whoever kills the service on their own machine and starts it again does not wait for ten.
A queue that has got a message is looked at at once. So it need not be looked at as often as host.json says, but in the
first minute after a start or a trouble of storage: what a killed service has hidden shows again without a word.
"""

import asyncio
import base64
import binascii
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from azure.core.exceptions import AzureError, ResourceExistsError, ResourceNotFoundError
from azure.functions.queue import QueueMessage
from azure.storage.queue import QueueMessage as StoredMessage
from azure.storage.queue.aio import QueueClient

from localhost.host_json import Queues
from localhost.invocation import Failed, Invoker
from localhost.loading import Function

HIDDEN = timedelta(seconds=30)
SHORTEST_PAUSE = 0.1
# How long a queue is looked at as often as host.json says, and the pause from then on.
WATCHED = 2 * HIDDEN
PAUSE_AFTERWARDS = timedelta(seconds=30)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class QueueFunction:
    """One function and the queue that it listens to."""

    function: Function
    connection: str
    settings: Queues
    invoke: Invoker
    # Set whenever there may be a message.
    arrived: asyncio.Event
    hidden: timedelta = HIDDEN

    @property
    def queue(self) -> str:
        return str(self.function.trigger["queueName"])

    @contextlib.asynccontextmanager
    async def listening(self, patience: float) -> AsyncIterator[None]:
        """Messages are worked on until this ends; those begun then get `patience` seconds to finish."""
        async with self._client(self.queue) as queue, self._client(f"{self.queue}-poison") as poison:
            listener = Listener(self, queue, poison)
            polling = asyncio.create_task(listener.poll())
            try:
                yield
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
                await listener.finish(patience)

    async def run(self, text: str) -> None:
        """Call the function with this text, as if it were a message."""
        await self.invoke(self.function, QueueMessage(id="", body=text, dequeue_count=1, pop_receipt=""))

    def _client(self, name: str) -> QueueClient:
        # The SDK's own waits, of 15 seconds and more, are longer than storage on this machine is ever away.
        return QueueClient.from_connection_string(self.connection, name, initial_backoff=1, retry_total=2)


class Listener:
    def __init__(self, of: QueueFunction, queue: QueueClient, poison: QueueClient) -> None:
        self._of = of
        self._queue = queue
        self._poison = poison
        self._working: set[asyncio.Task[None]] = set()

    async def poll(self) -> None:
        settings = self._of.settings
        pause, troubled = 0.0, False
        begun = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._of.arrived.wait()
            self._of.arrived.clear()
            try:
                found = await self._receive()
                troubled = False
            except AzureError as error:
                if not troubled:
                    log.warning("The queue %s does not answer: %s", self._of.queue, type(error).__name__)
                found, troubled = False, True
                begun = time.monotonic()
            longest = longest_pause(settings, timedelta(seconds=time.monotonic() - begun)).total_seconds()
            pause = 0.0 if found else min(max(pause * 2, SHORTEST_PAUSE), longest)
            while len(self._working) > settings.threshold:
                await asyncio.wait(self._working, return_when=asyncio.FIRST_COMPLETED)

    async def finish(self, patience: float) -> None:
        """Wait for what has begun; what does not end in time goes back to the queue."""
        if not self._working:
            return
        _, late = await asyncio.wait(self._working, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _receive(self) -> bool:
        batch = self._queue.receive_messages(
            max_messages=self._of.settings.batch_size, visibility_timeout=int(self._of.hidden.total_seconds())
        )
        try:
            messages = await anext(batch.by_page())
        except ResourceNotFoundError:
            await create(self._queue)
            return False
        except StopAsyncIteration:
            return False
        found = False
        async for message in messages:
            found = True
            task = asyncio.create_task(self._work_on(message))
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return found

    async def _work_on(self, message: StoredMessage) -> None:
        hold = Hold(self._queue, message, self._of.hidden)
        try:
            if (message.dequeue_count or 0) > self._of.settings.max_dequeue_count:
                await self._to_poison(hold)
                return
            await self._call(hold)
        except AzureError as error:
            log.warning("A message of %s could not be settled: %s", self._of.queue, type(error).__name__)

    async def _call(self, hold: "Hold") -> None:
        try:
            body = decode(hold.message.content, self._of.settings.message_encoding)
        except ValueError:
            log.error("A message of %s is not %s.", self._of.queue, self._of.settings.message_encoding)  # noqa: TRY400
            await self._to_poison(hold)
            return
        try:
            async with hold.renewed():
                await self._of.invoke(self._of.function, _handed_in(hold.message, body))
        except Failed:
            if (hold.message.dequeue_count or 0) >= self._of.settings.max_dequeue_count:
                await self._to_poison(hold)
            else:
                await hold.hide(self._of.settings.visibility_timeout)
        except asyncio.CancelledError:
            await hold.hide(timedelta(0))
            raise
        else:
            await hold.delete()

    async def _to_poison(self, hold: "Hold") -> None:
        log.error("A message of %s goes to %s-poison.", self._of.queue, self._of.queue)
        try:
            await self._poison.send_message(hold.message.content, time_to_live=-1)
        except ResourceNotFoundError:
            await create(self._poison)
            await self._poison.send_message(hold.message.content, time_to_live=-1)
        await hold.delete()


class Hold:
    """A received message, hidden from others for as long as it is worked on."""

    def __init__(self, queue: QueueClient, message: StoredMessage, hidden: timedelta) -> None:
        self.message = message
        self._queue = queue
        self._hidden = hidden
        self._receipt = message.pop_receipt

    @contextlib.asynccontextmanager
    async def renewed(self) -> AsyncIterator[None]:
        done = asyncio.Event()
        renewing = asyncio.create_task(self._renew_until(done))
        try:
            yield
        finally:
            # Not cancelled: a renewal cut off halfway would leave a receipt that nobody knows.
            done.set()
            await renewing

    async def hide(self, time: timedelta) -> None:
        update = await self._queue.update_message(
            self.message.id, self._receipt, visibility_timeout=int(time.total_seconds()), content=self.message.content
        )
        self._receipt = update.pop_receipt

    async def delete(self) -> None:
        await self._queue.delete_message(self.message.id, self._receipt)

    async def _renew_until(self, done: asyncio.Event) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._hidden.total_seconds() / 3):
                    await done.wait()
                    return
            try:
                await self.hide(self._hidden)
            except AzureError as error:
                log.warning("A message could not be renewed: %s", type(error).__name__)


def longest_pause(settings: Queues, watched: timedelta) -> timedelta:
    """Between two looks at an empty queue that has been watched for so long, without trouble."""
    often = settings.max_polling_interval
    return often if watched < WATCHED else max(often, PAUSE_AFTERWARDS)


async def create(queue: QueueClient) -> None:
    with contextlib.suppress(ResourceExistsError):
        await queue.create_queue()


def decode(content: str, encoding: str) -> bytes:
    if encoding == "none":
        return content.encode()
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error


def _handed_in(message: StoredMessage, body: bytes) -> QueueMessage:
    return QueueMessage(
        id=message.id,
        body=body,
        dequeue_count=message.dequeue_count,
        expiration_time=message.expires_on,
        insertion_time=message.inserted_on,
        time_next_visible=message.next_visible_on,
        pop_receipt=message.pop_receipt,
    )
