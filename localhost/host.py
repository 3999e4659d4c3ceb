"""The Functions host, as far as this service needs it: its functions, called over HTTP, by queues and by timers."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from azure.storage.blob.aio import ContainerClient
from starlette.requests import Request
from starlette.responses import Response

from localhost import host_json, loading
from localhost.errors import StartError
from localhost.http_functions import HttpFunctions
from localhost.invocation import Failed, Invoker
from localhost.queues import QueueFunction
from localhost.timers import CONTAINER, Schedule, TimerFunction

SECONDS_TO_FINISH = 10.0

log = logging.getLogger(__name__)


class Host:
    def __init__(self, app_dir: Path, environment: Mapping[str, str], arrived: Callable[[str], asyncio.Event]) -> None:
        """`arrived` gives what is set whenever the queue of this name may have a message."""
        settings = host_json.read(app_dir / "host.json")
        self._threads = ThreadPoolExecutor(thread_name_prefix="function")
        invoke = Invoker(settings.function_timeout, self._threads)
        self._functions = loading.load(app_dir, environment)
        self._container = ContainerClient.from_connection_string(
            _connection("AzureWebJobsStorage", environment),
            CONTAINER,
            initial_backoff=1,
            retry_total=2,
        )
        self.http = HttpFunctions(self._functions, settings.extensions.http.route_prefix, invoke)
        self._timers = {
            function.name.lower(): TimerFunction(
                function, Schedule(function.name, str(function.trigger["schedule"])), invoke, self._container
            )
            for function in self._functions
            if function.kind == "timerTrigger"
        }
        self._queues = {
            function.name.lower(): QueueFunction(
                function,
                _connection(str(function.trigger.get("connection") or "AzureWebJobsStorage"), environment),
                settings.extensions.queues,
                invoke,
                arrived(str(function.trigger["queueName"])),
            )
            for function in self._functions
            if function.kind == "queueTrigger"
        }
        self._asked_for: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Timers tick and queues are listened to until this ends."""
        async with self._container, contextlib.AsyncExitStack() as stack:
            ticking = [asyncio.create_task(timer.tick()) for timer in self._timers.values()]
            for queue in self._queues.values():
                await stack.enter_async_context(queue.listening(SECONDS_TO_FINISH))
            try:
                yield
            finally:
                await self._stop(ticking)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _stop(self, ticking: list[asyncio.Task[None]]) -> None:
        """A timer's run that has begun gets a moment, as every run does."""
        running = [timer.lock.acquire() for timer in self._timers.values()]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_FINISH):
                await asyncio.gather(*running)
        for task in (*ticking, *self._asked_for):
            task.cancel()
        await asyncio.gather(*ticking, *self._asked_for, return_exceptions=True)

    async def run_now(self, request: Request) -> Response:
        """POST /admin/functions/<name> {"input": ...}: run a timer or queue function, and do not wait for it."""
        name = str(request.path_params["name"]).lower()
        try:
            body = json.loads(await request.body() or b"{}")
            given = body.get("input", "")
        except (ValueError, AttributeError):
            return Response(status_code=400)
        if name in self._timers:
            run = self._timers[name].run()
        elif name in self._queues:
            run = self._queues[name].run(given if isinstance(given, str) else json.dumps(given))
        else:
            return Response(status_code=404)
        task = asyncio.create_task(_quietly(run))
        self._asked_for.add(task)
        task.add_done_callback(self._asked_for.discard)
        return Response(status_code=202)


async def _quietly(run: Coroutine[None, None, None]) -> None:
    with contextlib.suppress(Failed):
        await run


def _connection(setting: str, environment: Mapping[str, str]) -> str:
    try:
        return environment[setting]
    except KeyError as error:
        raise StartError(f"A trigger's connection {setting!r} is not among the settings.") from error
