"""Simulated labelers. Each asks for a page, labels it and submits it, again and again, over HTTP and as the page in the
browser does it: what may pass is tried again, with what storage or the service said about when.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from zlib import crc32

import aiohttp

from bench.measures import Measures
from functions.labeling.opinions import place_of
from functions.projects.model import ONE_OPINION, Opinions
from localhost import sign_in

PATIENCE_SECONDS = 60.0
CONFLICTS = (409, 412)
PASSING = (408, 429)
# Where several people are asked about an image, each errs at one in so many, and skips every second of these.
ERRS_ONE_IN = 8

Labels = tuple[int, ...]
# What people said of images, by the image's id and then by user id; None where they skipped it.
Said = Mapping[str, Mapping[str, Labels | None]]


def one_label(image: str) -> Labels:
    """The label that the simulated labelers find right, 1 or 2."""
    return (1 + _number(image) % 2,)


def some_labels(image: str) -> Labels:
    """The labels that they find right where an image may have several: none, 1, 2 or both."""
    return ((), (1,), (2,), (1, 2))[_number(image) % 4]


def _number(image: str) -> int:
    return int(image[-2:]) + int(image[:6])


def said_by(labeler: str, image: str, labels_of: Callable[[str], Labels], wants: Opinions) -> Labels | None:
    """What a labeler says of an image, always the same; None: they skip it. Where several people are asked, they err
    now and then: they skip it, or take it for the next one.
    """
    chance = crc32(f"{image} {labeler}".encode()) % (2 * ERRS_ONE_IN) if wants.most > 1 else None
    if chance == 0:
        return None
    return labels_of(f"{image[:-2]}{int(image[-2:]) + 1}" if chance == 1 else image)


def submission_of(said: Mapping[str, Labels | None]) -> dict[str, Any]:
    """A page as it is sent."""
    skipped = [{"id": image} for image, labels in said.items() if labels is None]
    return {"labels": {image: labels for image, labels in said.items() if labels is not None}, "skipped": skipped}


def user_id(name: str) -> str:
    found: str = sign_in.principal(name)["userId"]
    return found


@dataclass
class Account:
    """What the labelers were told, to be compared with what storage holds.

    wants: how many people look at an image. held: by whom and until when (seconds since the epoch) an image is
    leased. accepted: what each labeler said of each image, where the submission was answered; opinions: how many these
    are. twice: images that were handed out while somebody else held them, or handed to or accepted from one person
    twice, or more people than are asked. refused: submissions that were not accepted, with the status, though their
    labeler held the lease.
    """

    wants: Opinions = ONE_OPINION
    held: dict[str, tuple[str, float]] = field(default_factory=dict)
    accepted: defaultdict[str, dict[str, Labels | None]] = field(default_factory=lambda: defaultdict(dict))
    opinions: int = 0
    twice: list[str] = field(default_factory=list)
    refused: list[tuple[str, int]] = field(default_factory=list)

    def handed(self, labeler: str, images: list[str], until: float) -> None:
        now = time.time()
        for image in images:
            holder, their_end = self.held.get(image, (labeler, 0.0))
            if not self._may_look(labeler, image) or (holder != labeler and their_end > now):
                self.twice.append(image)
            self.held[image] = (labeler, until)

    def _may_look(self, labeler: str, image: str) -> bool:
        said = self.accepted.get(image, {})
        return labeler not in said and len(said) < self.most_at(image)

    def most_at(self, image: str) -> int:
        return self.wants.most if place_of(int(image[:6]), int(image[-2:])) < self.wants.share else 1

    def least_at(self, image: str) -> int:
        return min(self.wants.least, self.most_at(image))

    def sent(self, labeler: str, images: Iterable[str]) -> None:
        """A page is on its way: once it is saved, others may be handed its images before the answer is here."""
        if self.wants.most > 1:
            self.dropped(labeler, images)

    def saved(self, labeler: str, said: Mapping[str, Labels | None]) -> None:
        self.twice += [image for image in said if not self._may_look(labeler, image)]
        for image, labels in said.items():
            self.accepted[image][labeler] = labels
        self.opinions += len(said)
        self.dropped(labeler, said)

    def dropped(self, labeler: str, images: Iterable[str]) -> None:
        for image in images:
            if self.held.get(image, (None,))[0] == labeler:
                del self.held[image]


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
        enough: int | None = None,
    ) -> None:
        """enough: so many opinions, after which they stop; None: all that are to be given."""
        self._labels_of = labels_of
        self._path = f"{url}/api/projects/{project}"
        self._measures = measures
        self.account = account
        self._sessions = {
            user_id(name): aiohttp.ClientSession(
                cookies={sign_in.COOKIE: sign_in.encoded(sign_in.principal(name))},
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS),
            )
            for name in names
        }
        self._enough = measures.images * account.wants.most if enough is None else enough
        self._stop_at = float("inf")
        self._saved_at = time.monotonic()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(session.close() for session in self._sessions.values()))

    async def work(self, seconds: float = float("inf")) -> None:
        """Labels for so long; pages that are on screen then are still submitted, but not measured."""
        begun = self._saved_at = time.monotonic()
        self._stop_at = begun + seconds
        await asyncio.gather(*(self._label(session, labeler) for labeler, session in self._sessions.items()))
        self._measures.seconds += min(seconds, time.monotonic() - begun)

    def stop(self) -> None:
        """Pages that are on screen are still submitted."""
        self._stop_at = min(self._stop_at, time.monotonic())

    async def warm_up(self) -> None:
        """Everybody asks for a page and gives it back: the first call of each writes who they are."""
        await asyncio.gather(*(self._warm_up(session) for session in self._sessions.values()))

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
        return time.monotonic() >= self._stop_at or self.account.opinions >= self._enough

    async def _label(self, session: aiohttp.ClientSession, labeler: str) -> None:
        while not self._is_over:
            status, page = await self._call(
                session, "leases", {"count": self._measures.page, "holding": []}, self._measures.lease_ms
            )
            if status == 201:
                await self._submit(session, labeler, page)
            elif status == 200 and page["leasedByOthers"] + page["awaitingOthers"]:
                if time.monotonic() - self._saved_at > PATIENCE_SECONDS:
                    raise RuntimeError(f"nobody is given the rest: {page}")
                await asyncio.sleep(random.uniform(0.05, 0.2))  # noqa: S311
            elif status == 200:
                # What is lacking then never comes any more.
                self.stop()
            else:
                raise RuntimeError(f"a labeler was refused a page: {status} {page}")

    async def _submit(self, session: aiohttp.ClientSession, labeler: str, page: Any) -> None:
        wants = self.account.wants
        said = {one["id"]: said_by(labeler, one["id"], self._labels_of, wants) for one in page["images"]}
        self.account.handed(labeler, list(said), datetime.fromisoformat(page["expiresAt"]).timestamp())
        self.account.sent(labeler, said)
        status, answer = await self._call(
            session, f"leases/{page['id']}/submission", submission_of(said), self._measures.submission_ms
        )
        taken = answer.get("imageIds", []) if status == 409 else said
        if status == 200 or status == 409:
            saved = {image: one for image, one in said.items() if status == 200 or image not in taken}
            self._measures.pages += 1
            if time.monotonic() < self._stop_at:
                self._measures.labels += len(saved)
            self.account.saved(labeler, saved)
            self._saved_at = time.monotonic()
        if status != 200:
            self.account.refused.append((page["id"], status))
            self.account.dropped(labeler, said)

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
