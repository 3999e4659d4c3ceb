"""Simulated labelers. Each asks for a page, labels it and submits it, again and again, over HTTP and as the page in the
browser does it: what may pass is tried again, with what storage or the service said about when.
"""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

from bench.measures import Measures
from localhost import sign_in

PATIENCE_SECONDS = 60.0
CONFLICTS = (409, 412)
PASSING = (408, 429)


Labels = tuple[int, ...]


def one_label(image: str) -> Labels:
    """The label that the simulated labelers find right, 1 or 2."""
    return (1 + _number(image) % 2,)


def some_labels(image: str) -> Labels:
    """The labels that they find right where an image may have several: none, 1, 2 or both."""
    return ((), (1,), (2,), (1, 2))[_number(image) % 4]


def _number(image: str) -> int:
    return int(image[-2:]) + int(image[:6])


@dataclass
class Account:
    """What the labelers were told, to be compared with what storage holds.

    held: by whom and until when (seconds since the epoch) an image is leased. accepted: the labels of each image whose
    submission was answered. twice: images that were handed out while somebody else held them, or accepted twice.
    refused: submissions that were not accepted, with the status, though their labeler held the lease.
    """

    held: dict[str, tuple[str, float]] = field(default_factory=dict)
    accepted: dict[str, Labels] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    refused: list[tuple[str, int]] = field(default_factory=list)

    def handed(self, labeler: str, images: list[str], until: float) -> None:
        now = time.time()
        for image in images:
            holder, their_end = self.held.get(image, (labeler, 0.0))
            if image in self.accepted or (holder != labeler and their_end > now):
                self.twice.append(image)
            self.held[image] = (labeler, until)

    def saved(self, labels: Mapping[str, Labels]) -> None:
        self.twice += [image for image in labels if image in self.accepted]
        self.accepted.update(labels)
        self.dropped(labels)

    def dropped(self, images: Mapping[str, Labels]) -> None:
        for image in images:
            self.held.pop(image, None)


class Crowd:
    """Labelers at work in one project until it is finished, or until their time is up."""

    def __init__(
        self,
        url: str,
        project: str,
        names: list[str],
        measures: Measures,
        account: Account,
        labels_of: Callable[[str], Labels] = one_label,
    ) -> None:
        self._labels_of = labels_of
        self._path = f"{url}/api/projects/{project}"
        self._measures = measures
        self.account = account
        self._sessions = [
            aiohttp.ClientSession(
                cookies={sign_in.COOKIE: sign_in.encoded(sign_in.principal(name))},
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS),
            )
            for name in names
        ]
        self._stop_at = float("inf")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(session.close() for session in self._sessions))

    async def work(self, seconds: float = float("inf")) -> None:
        """Labels for so long; pages that are on screen then are still submitted, but not measured."""
        begun = time.monotonic()
        self._stop_at = begun + seconds
        await asyncio.gather(*(self._label(session, number) for number, session in enumerate(self._sessions)))
        self._measures.seconds += min(seconds, time.monotonic() - begun)

    def stop(self) -> None:
        """Pages that are on screen are still submitted."""
        self._stop_at = min(self._stop_at, time.monotonic())

    async def warm_up(self) -> None:
        """Everybody asks for a page and gives it back: the first call of each writes who they are."""
        await asyncio.gather(*(self._warm_up(session) for session in self._sessions))

    async def _warm_up(self, session: aiohttp.ClientSession) -> None:
        for attempt in range(100):
            status, page, wait = await self._send(session, "leases", {"count": self._measures.page, "holding": []})
            if status == 201:
                async with session.delete(f"{self._path}/leases/{page['id']}"):
                    return
            if status == 200:
                return
            await asyncio.sleep(max(wait, 0.05 * attempt))

    @property
    def _is_over(self) -> bool:
        return time.monotonic() >= self._stop_at or len(self.account.accepted) >= self._measures.images

    async def _label(self, session: aiohttp.ClientSession, number: int) -> None:
        while not self._is_over:
            status, page = await self._call(
                session, "leases", {"count": self._measures.page, "holding": []}, self._measures.lease_ms
            )
            if status == 201:
                await self._submit(session, f"labeler {number}", page)
            elif status == 200 and page["leasedByOthers"]:
                await asyncio.sleep(random.uniform(0.05, 0.2))  # noqa: S311
            elif status == 200:
                # What is lacking then never comes any more.
                self.stop()
            else:
                raise RuntimeError(f"a labeler was refused a page: {status} {page}")

    async def _submit(self, session: aiohttp.ClientSession, labeler: str, page: Any) -> None:
        labels = {image["id"]: self._labels_of(image["id"]) for image in page["images"]}
        self.account.handed(labeler, list(labels), datetime.fromisoformat(page["expiresAt"]).timestamp())
        body = {"labels": labels, "skipped": []}
        status, answer = await self._call(
            session, f"leases/{page['id']}/submission", body, self._measures.submission_ms
        )
        taken = answer.get("imageIds", []) if status == 409 else labels
        if status == 200 or status == 409:
            saved = {image: label for image, label in labels.items() if status == 200 or image not in taken}
            self._measures.pages += 1
            if time.monotonic() < self._stop_at:
                self._measures.labels += len(saved)
            self.account.saved(saved)
        if status != 200:
            self.account.refused.append((page["id"], status))
            self.account.dropped(labels)

    async def _call(
        self, session: aiohttp.ClientSession, path: str, body: Any, took_ms: list[float]
    ) -> tuple[int, Any]:
        """The answer's status and content; sent again as long as what is wrong may pass."""
        begun = time.monotonic()
        for attempt in range(1_000):
            status, content, wait = await self._send(session, path, body)
            if status in CONFLICTS:
                self._measures.conflicts += 1
            if status and status < 500 and status not in PASSING:
                if begun < self._stop_at and time.monotonic() < self._stop_at:
                    took_ms.append((time.monotonic() - begun) * 1000)
                return status, content
            self._measures.retries += 1
            await asyncio.sleep(max(wait, random.uniform(0, min(0.05 * 2**attempt, 1))))  # noqa: S311
        raise RuntimeError(f"{path} was not answered")

    async def _send(self, session: aiohttp.ClientSession, path: str, body: Any) -> tuple[int, Any, float]:
        """The status (0 = no answer), the content, and how long to wait before it is tried again."""
        try:
            async with session.post(f"{self._path}/{path}", json=body) as answer:
                wait = float(answer.headers.get("Retry-After", 0))
                is_json = "json" in answer.headers.get("Content-Type", "")
                return answer.status, await answer.json(content_type=None) if is_json else {}, wait
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, {}, 0.0
