"""A proxy before storage that answers some calls wrongly, late, or not at all: what a network and a busy account do."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from types import TracebackType
from typing import Self

from localhost.settings import LOOPBACK


class Fault(Enum):
    """What becomes of one call. Those AFTER are carried out by storage, and its answer is lost."""

    ERROR = "500"
    BUSY = "503"
    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    SILENT_BEFORE = "silent before"
    SILENT_AFTER = "silent after"


SILENT = (Fault.SILENT_BEFORE, Fault.SILENT_AFTER)
AFTER = (Fault.CUT_AFTER, Fault.SILENT_AFTER)
QUICK = (Fault.ERROR, Fault.BUSY, Fault.CUT_BEFORE, Fault.CUT_AFTER)
ANSWERS = {Fault.ERROR: ("500 Internal Server Error", "InternalError"), Fault.BUSY: ("503 Server Busy", "ServerBusy")}


class FaultProxy:
    """Hands each call on to storage, but for the share of them that a fault befalls while it is `bad`.

    most_silent: to how many calls nothing is answered until the caller gives up; further ones are cut instead.
    befell: how often each fault came.
    """

    def __init__(self, to: int, dice: random.Random, *, share: float, most_silent: int) -> None:
        self._to = to
        self._dice = dice
        self._share = share
        self._silent_left = most_silent
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.is_bad = False
        self.calls = 0
        self.befell = Counter[Fault]()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(asyncio.IncompleteReadError, OSError):
                await self._relay(reader, writer)
        except asyncio.CancelledError:
            # The server's own callback would report a cancelled connection as an error.
            pass
        finally:
            writer.close()
            self._open.discard(task)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One call after the other, until either side closes or a fault cuts the connection."""
        from_storage, to_storage = await asyncio.open_connection(LOOPBACK, self._to)
        try:
            while True:
                call = await _message(reader)
                self.calls += 1
                fault = self._fault()
                if fault in ANSWERS:
                    writer.write(_failure(*ANSWERS[fault]))
                    continue
                if fault is None or fault in AFTER:
                    to_storage.write(call)
                    answer = await _message(from_storage)
                if fault is None:
                    writer.write(answer)
                    continue
                if fault in SILENT:
                    await reader.read()
                return
        finally:
            to_storage.close()

    def _fault(self) -> Fault | None:
        if not self.is_bad or self._dice.random() >= self._share:
            return None
        kinds: Sequence[Fault] = QUICK
        # Early ones, so that a short test has them too.
        if self._silent_left and self._dice.random() < 0.1:
            self._silent_left -= 1
            kinds = SILENT
        fault = self._dice.choice(kinds)
        self.befell[fault] += 1
        return fault


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or answer, as it was sent."""
    head = await reader.readuntil(b"\r\n\r\n")
    headers = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if line)
    if b"chunked" in headers.get(b"transfer-encoding", b""):
        return head + await _chunks(reader)
    return head + await reader.readexactly(int(headers.get(b"content-length", 0)))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        size = await reader.readline()
        chunk = await reader.readexactly(int(size.split(b";")[0], 16) + 2)
        body += size + chunk
        if len(chunk) == 2:
            return body


def _failure(status: str, code: str) -> bytes:
    body = f'{{"odata.error":{{"code":"{code}","message":{{"lang":"en-US","value":"The proxy says so."}}}}}}'
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json;odata=minimalmetadata\r\nx-ms-error-code: {code}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
