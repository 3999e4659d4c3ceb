"""The wire between the functions and storage, for tests: it counts what goes over it and can be cut."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from azure.core.exceptions import ServiceResponseError
from azure.core.pipeline.transport import AioHttpTransport


class HostDied(BaseException):
    """Nothing of the host runs on after this; no handler of errors may catch it."""


@dataclass(frozen=True)
class Request:
    """One HTTP request. rows: row keys named in the address, or in each part of a transaction."""

    method: str
    rows: tuple[str, ...]
    operations: int

    @property
    def is_write(self) -> bool:
        return self.method != "GET"

    def touches(self, prefix: str) -> bool:
        return any(row.startswith(prefix) for row in self.rows)


Fault = Callable[[Request], bool]


class Wire(AioHttpTransport):  # type: ignore[misc] # the SDK imports it late, without its types
    """A transport that tells its requests, and fails where it is told to.

    before, after: what happens elsewhere before a request is sent, and before its answer is read.
    lose: requests that never reach storage. lose_answer: requests that storage carries out without the client getting
    an answer. dies: the host is killed instead, and every later request fails too.
    """

    def __init__(self) -> None:
        super().__init__(use_env_settings=False)
        self.requests: list[Request] = []
        self.before: Callable[[Request], Awaitable[None]] | None = None
        self.after: Callable[[Request], Awaitable[None]] | None = None
        self.lose: Fault = never
        self.lose_answer: Fault = never
        self.dies = False
        self._is_dead = False

    async def send(self, request: Any, **kwargs: Any) -> Any:
        sent = _describe(request)
        if self.before:
            await self.before(sent)
        if self._is_dead or self.lose(sent):
            self._fail()
        answer = await super().send(request, **kwargs)
        if sent.method == "GET":
            await answer.read()
            sent = Request(sent.method, sent.rows, _rows_of(answer))
        self.requests.append(sent)
        if self.lose_answer(sent):
            self._fail()
        if self.after:
            await self.after(sent)
        return answer

    def _fail(self) -> None:
        if self.dies:
            self._is_dead = True
            raise HostDied
        raise ServiceResponseError("the connection was cut")

    def reset(self) -> None:
        self.requests.clear()


def never(request: Request) -> bool:
    return False


@dataclass
class NthWrite:
    """The n-th write from now on, from 1; only that one."""

    left: int

    def __call__(self, request: Request) -> bool:
        self.left -= request.is_write
        return request.is_write and self.left == 0

    @property
    def has_come(self) -> bool:
        return self.left <= 0


def _describe(request: Any) -> Request:
    content = request.content if hasattr(request, "content") else request.data
    if request.url.endswith("$batch"):
        rows = tuple(json.loads(line)["RowKey"] for line in content.splitlines() if line.startswith(b"{"))
        return Request(request.method, rows, len(rows))
    row = request.url.partition("RowKey='")[2].partition("'")[0].replace("%7C", "|")
    return Request(request.method, (row or str(json.loads(content or "{}").get("RowKey", "")),), 1)


def _rows_of(answer: Any) -> int:
    """A query costs the rows that it returns, a point read one, found or not."""
    content = json.loads(answer.content) if answer.content else {}
    return len(content["value"]) if "value" in content else 1
