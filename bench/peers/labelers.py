"""Simulated labelers in Label Studio: each asks for the next task and submits an annotation of it, again and again.

Every request has a connection of its own, which suits Label Studio's server best. A call that gets an answer 5xx
("database is locked") or none is sent again.
"""

import asyncio
import random
import time
from types import TracebackType
from typing import Any, Self

import aiohttp

from bench.measures import Measures

CHOICES = ("Cat", "Dog")
CONFLICTS = (409, 412)
NOTHING_LEFT = 404
PATIENCE_SECONDS = 60.0
WARM_UP_ROUNDS = 3


def result_of(choice: str) -> dict[str, Any]:
    """An annotation's one result, as Label Studio has it."""
    return {"from_name": "label", "to_name": "image", "type": "choices", "value": {"choices": [choice]}}


class Labelers:
    """Labelers at work in one project."""

    def __init__(self, url: str, project: int, tokens: list[str], measures: Measures) -> None:
        self._project = project
        self._measures = measures
        self._begun = self._stop_at = 0.0
        self._sessions = [
            aiohttp.ClientSession(
                url,
                headers={"Authorization": f"Token {token}"},
                connector=aiohttp.TCPConnector(force_close=True),
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS),
            )
            for token in tokens
        ]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(session.close() for session in self._sessions))

    async def warm_up(self) -> None:
        """A few rounds of everybody that are not measured: its first calls of each kind are slow."""
        await asyncio.gather(*(self._warm_up(session) for session in self._sessions))

    async def work(self, seconds: float) -> None:
        """Labels for so long; what is on screen then is still submitted, but not measured."""
        self._begun = time.monotonic()
        self._stop_at = self._begun + seconds
        await asyncio.gather(*(self._work(session) for session in self._sessions))
        self._measures.seconds = min(seconds, time.monotonic() - self._begun)

    async def _warm_up(self, session: aiohttp.ClientSession) -> None:
        for _ in range(WARM_UP_ROUNDS):
            await self._label(session)

    async def _work(self, session: aiohttp.ClientSession) -> None:
        while self._is_measured and await self._label(session):
            pass

    @property
    def _is_measured(self) -> bool:
        return self._begun <= time.monotonic() < self._stop_at

    async def _label(self, session: aiohttp.ClientSession) -> bool:
        """Labels one task. False if there was none."""
        status, task = await self._call(
            session, "GET", f"/api/projects/{self._project}/next/", None, self._measures.lease_ms
        )
        if status == NOTHING_LEFT:
            return False
        annotation = {"result": [result_of(CHOICES[task["id"] % len(CHOICES)])]}
        status, _ = await self._call(
            session, "POST", f"/api/tasks/{task['id']}/annotations/", annotation, self._measures.submission_ms
        )
        if status == 201 and self._is_measured:
            self._measures.labels += 1
        return True

    async def _call(
        self, session: aiohttp.ClientSession, method: str, path: str, body: Any, took_ms: list[float]
    ) -> tuple[int, Any]:
        """The answer's status and content; sent again as long as what is wrong may pass."""
        begun = time.monotonic()
        for attempt in range(100):
            status, content = await self._send(session, method, path, body)
            if status in CONFLICTS and self._is_measured:
                self._measures.conflicts += 1
            if status and status < 500 and status != 429:
                if status >= 400 and status != NOTHING_LEFT and status not in CONFLICTS:
                    raise RuntimeError(f"Label Studio answered {path} with {status}: {content}")
                if self._is_measured:
                    took_ms.append((time.monotonic() - begun) * 1000)
                return status, content
            if self._is_measured:
                self._measures.retries += 1
            await asyncio.sleep(random.uniform(0, min(0.05 * 2**attempt, 1)))  # noqa: S311
        raise RuntimeError(f"Label Studio does not answer {path}")

    async def _send(self, session: aiohttp.ClientSession, method: str, path: str, body: Any) -> tuple[int, Any]:
        """The status (0 = no answer) and the content."""
        try:
            async with session.request(method, path, json=body) as answer:
                is_json = answer.content_type == "application/json"
                return answer.status, await answer.json() if is_json else await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return 0, None
