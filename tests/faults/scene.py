"""A project with a crowd of labelers at work in it, and the proof of what they did."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bench.labeling.labelers import Account, Crowd, Labels, Said, one_label, said_by, some_labels
from bench.labeling.proof import prove
from bench.labeling.seeding import Seeded, seed
from bench.measures import Measures
from functions.labeling.board import Board, make_board
from functions.projects.model import ONE_OPINION, Opinions
from functions.storage import transport
from functions.tables import Tables
from functions.tasks.annotation import Annotation
from functions.tasks.types import TaskTypeName
from tests.labeling.ledger import by_most
from tests.running import PATIENCE, Service

LABELERS = 16


LABELS_OF: Mapping[TaskTypeName, Callable[[str], Labels]] = {"multiClass": one_label, "multiLabel": some_labels}
# Where an image may have several labels, several people look at half of the images: each form has both.
OPINIONS: Mapping[TaskTypeName, Opinions] = {
    "multiClass": ONE_OPINION,
    "multiLabel": Opinions(least=2, most=3, share=0.5),
}


def short_and_full(short: int, full: int) -> pytest.MarkDecorator:
    """How many `times` something happens in each form of a test."""
    forms = [pytest.param(short, id="short"), pytest.param(full, id="full", marks=pytest.mark.full)]
    return pytest.mark.parametrize("times", forms)


def of_each_type(short: int, full: int) -> pytest.MarkDecorator:
    """The same in projects of each task type, of which one asks several people. In the short form each type has its
    share, the first one more; where that is none, several labels an image stand for all, as one of them is among these,
    and so is one person.
    """
    types = list(LABELS_OF)[::-1]
    shares = {one: share for place, one in enumerate(types) if (share := len(range(place, short, len(types))))}
    forms = [pytest.param(times, one, id=f"short-{one}") for one, times in shares.items()]
    forms += [pytest.param(full, one, id=f"full-{one}", marks=pytest.mark.full) for one in types]
    return pytest.mark.parametrize(("times", "task_type"), forms)


@dataclass
class Told(Account):
    """first: when the label of each image was first accepted from each labeler, in seconds since the epoch."""

    first: dict[tuple[str, str], float] = field(default_factory=dict)

    def saved(self, labeler: str, said: Mapping[str, Labels | None]) -> None:
        super().saved(labeler, said)
        self.first = {**{(image, labeler): time.time() for image in said}, **self.first}


@dataclass(frozen=True)
class Scene:
    """A project in a running service. labelers: the names of its members."""

    service: Service
    project: Seeded
    images: int
    labelers: list[str]
    task_type: TaskTypeName

    @classmethod
    async def make(
        cls, service: Service, images: int, labelers: int = LABELERS, *, task_type: TaskTypeName = "multiClass"
    ) -> "Scene":
        names = [f"{secrets.token_hex(2)}-{number}" for number in range(labelers)]
        with service.client() as client:
            project = await seed(
                client, service.data_storage, images, names, task_type=task_type, opinions=OPINIONS[task_type]
            )
        return cls(service, project, images, names, task_type)

    def crowd(
        self,
        page: int,
        *,
        enough: int | None = None,
        names: Sequence[str] = (),
        kind: type[Crowd] = Crowd,
        account: Account | None = None,
    ) -> Crowd:
        """Labelers who stop when they have labeled images so many times; if nothing else is said, all of them, and all
        that is to be labeled. account: of what was labeled before.
        """
        names = list(names or self.labelers)
        measures, account = Measures("this", self.images, len(names), page), account or self.account()
        return kind(self.service.url, self.project.id, names, measures, account, self.labels_of, enough)

    def account(self) -> Told:
        return Told(OPINIONS[self.task_type])

    def said_by(self, labeler: str, image: str) -> Labels | None:
        return said_by(labeler, image, self.labels_of, OPINIONS[self.task_type])

    def is_settled(self, account: Account, image: str) -> bool:
        """Nobody more is asked about it, by what was accepted."""
        heard = account.accepted.get(image, {}).values()
        said = [None if labels is None else Annotation(labels) for labels in heard]
        if account.least_at(image) <= len(said) < account.most_at(image):
            return bool(by_most(said, one_label=self.task_type == "multiClass"))
        return len(said) == account.most_at(image)

    @property
    def labels_of(self) -> Callable[[str], Labels]:
        return LABELS_OF[self.task_type]

    @asynccontextmanager
    async def board(self) -> AsyncIterator[Board]:
        """The project as another instance of the service sees it."""
        async with aclosing(Tables.by_connection_string(self.service.data_storage, transport())) as tables:
            yield make_board(tables.table(self.project.table))

    def progress(self) -> dict[str, Any]:
        with self.service.client() as client:
            answer = client.get(f"/api/projects/{self.project.id}/progress")
            figures: dict[str, Any] = answer.raise_for_status().json()
            return figures

    async def prove(self, accepted: Said) -> dict[str, Any]:
        """Proves that figures, heads and directory are what the audit rows tell; gives the figures."""
        figures = await asyncio.to_thread(self.progress)
        proof = await prove(self.service.data_storage, self.project.table, figures, accepted, task_type=self.task_type)
        assert proof.wrong == ()
        return figures

    async def prove_finished(self, account: Account) -> None:
        """Proves that every image was labeled, each as often as is asked, and that no labeler was told anything
        else.
        """
        assert account.twice == [], "handed out or accepted twice"
        assert account.refused == [], "submissions of running leases were refused"
        figures = await self.prove(account.accepted)
        assert self.is_finished(figures)
        assert (figures["leased"], len(account.accepted)) == (0, self.images)
        for image, said in account.accepted.items():
            assert account.least_at(image) <= len(said) <= account.most_at(image)

    def is_finished(self, figures: Mapping[str, Any]) -> bool:
        """Nobody is asked about any image any more."""
        return bool(figures["labeled"] + figures["skipped"] + figures["disputed"] == self.images)


async def befall(
    crowd: Crowd, dice: random.Random, times: int, images: int, fault: Callable[[], Awaitable[None]]
) -> None:
    """The crowd labels; so many times, at random numbers of accepted labels, the fault comes."""
    working = asyncio.create_task(crowd.work())
    for accepted in sorted(dice.sample(range(1, images - images // 10), times)):
        await until(lambda enough=accepted: crowd.account.opinions >= enough or working.done())  # type: ignore[misc]
        # At any moment, not only just after an answer.
        await asyncio.sleep(dice.uniform(0, 0.03))
        await fault()
    await working


async def until(condition: Callable[[], bool]) -> None:
    """Waits until this holds, while others go on."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)
