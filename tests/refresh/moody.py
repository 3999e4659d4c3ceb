"""A container whose blobs do not all come as they should."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import Enum

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.refresh.container import ACCOUNT, CONTAINER, Container, Names
from localhost.settings import LOOPBACK
from tests.running import free_port


class _Server(uvicorn.Server):
    """In a task of the test's own loop, which keeps its signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Mood(Enum):
    """What becomes of the reading of a blob."""

    BUSY = "busy"
    SILENT = "silent"
    DENIED = "denied"
    ARCHIVED = "archived"


REFUSALS = {
    Mood.BUSY: (503, "ServerBusy"),
    Mood.SILENT: (503, "ServerBusy"),
    Mood.DENIED: (403, "AuthorizationPermissionMismatch"),
    Mood.ARCHIVED: (409, "BlobArchived"),
}


class MoodyContainer(Container):
    """moods: by name, for so many readings. all_moods: for each name. reads: how often each was tried. damaged: names
    of what is no image.
    """

    def __init__(self, names: int) -> None:
        super().__init__()
        self.names = Names(names)
        self.moods: dict[str, tuple[Mood, int]] = {}
        self.all_moods: Mood | None = None
        self.list_mood: Mood | None = None
        self.reads: Counter[str] = Counter()
        self.damaged: set[str] = set()
        self.url = ""
        self._closing = asyncio.Event()

    async def list(self, request: Request) -> Response:
        return refusal(self.list_mood) if self.list_mood else await super().list(request)

    async def blob(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.reads[name] += 1
        mood, times = self.moods.get(name, (self.all_moods, 1))
        if mood is None or self.reads[name] > times:
            answer = await super().blob(request)
            return _scrambled(answer) if name in self.damaged else answer
        if mood is Mood.SILENT:
            await self._closing.wait()
        return refusal(mood)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["MoodyContainer"]:
        port = free_port()
        path = f"/{ACCOUNT}/{CONTAINER}"
        routes = [Route(path, self.list), Route(path + "/{name:path}", self.blob, methods=["GET", "HEAD"])]
        config = uvicorn.Config(
            Starlette(routes=routes), host=LOOPBACK, port=port, log_config=None, timeout_graceful_shutdown=1
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        self.url = f"http://{LOOPBACK}:{port}{path}"
        yield self
        self._closing.set()
        server.should_exit = True
        await serving


def _scrambled(answer: Response) -> Response:
    """As many bytes, of no image."""
    answer.body = bytes(len(answer.body))
    return answer


def refusal(mood: Mood) -> Response:
    status, code = REFUSALS[mood]
    return Response(status_code=status, headers={"x-ms-error-code": code})
