"""A project as the packs see it: its table, instances of the service that work on it, and the proof of its figures."""

import operator
import secrets
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from functions.labeling import blobs, opinions, relabeling
from functions.labeling.board import Board, make_board
from functions.labeling.choice import NothingLeft
from functions.labeling.counts import Counts
from functions.labeling.directory import CLOSED, OPEN, PREPARING, REOPENED
from functions.labeling.head import Head, new_head
from functions.labeling.packs import Change
from functions.labeling.progress import Progress, read_progress
from functions.labeling.record import Record
from functions.labeling.rows import Image, image_id
from functions.labeling.undoing import REVIEWS
from functions.labeling.work_queue import Page
from functions.projects.model import Label
from functions.projects.model import Project as Stored
from functions.review import actions, undoing
from functions.review.actions import Action
from functions.tables import Tables
from tests.labeling.heads import CAT, DOG, MINUTE, only, saying
from tests.labeling.ledger import Ledger
from tests.labeling.wire import Wire

NOW = 1_750_000_000_000
LEASE_MS = 15 * MINUTE
CATS_AND_DOGS = Stored.model_construct(
    task_type="multiClass",
    labels=(Label(id=CAT, name="Cat"), Label(id=DOG, name="Dog")),
    ml_assist=False,
    lease_minutes=LEASE_MS // MINUTE,
    status="created",
)


@dataclass
class Instance:
    """One process of the service: its board, with caches of its own, and its wire to storage."""

    board: Board
    wire: Wire

    async def ask(
        self,
        user: str,
        count: int = 9,
        *,
        holding: Sequence[str] = (),
        now: int = NOW,
        project: Stored = CATS_AND_DOGS,
    ) -> Page | NothingLeft:
        return await self.board.queue.lease(project, user, count, holding, now=now)

    async def page(
        self,
        user: str,
        count: int = 9,
        *,
        holding: Sequence[str] = (),
        now: int = NOW,
        project: Stored = CATS_AND_DOGS,
    ) -> Page:
        """Images for a labeler, of which there must be some."""
        page = await self.ask(user, count, holding=holding, now=now, project=project)
        assert isinstance(page, Page), "nothing was left"
        return page

    async def submit(
        self, user: str, page: Page, *, label: int = CAT, now: int = NOW, project: Stored = CATS_AND_DOGS
    ) -> Record:
        given = dict.fromkeys(page.lease.slots, only(label))
        return await self.board.queue.submit(project, user, page.lease.id, given, {}, now=now)

    async def label(
        self, user: str, count: int = 9, *, label: int = CAT, now: int = NOW, project: Stored = CATS_AND_DOGS
    ) -> Page:
        """A page, fetched and submitted."""
        page = await self.page(user, count, now=now, project=project)
        await self.submit(user, page, label=label, now=now, project=project)
        return page

    async def label_all(self, user: str, *, label: int = CAT, now: int = NOW, project: Stored = CATS_AND_DOGS) -> None:
        while isinstance(page := await self.ask(user, 99, now=now, project=project), Page):
            await self.submit(user, page, label=label, now=now, project=project)

    async def ask_again(self, pack: int, slots: Sequence[int], *, now: int = NOW) -> opinions.Asked:
        """For one more opinion on images."""
        return await actions.ask(self.board, pack, dict.fromkeys(slots), Action("rita", now))

    async def amend(
        self, user: str, pack: int, slot: int, label: int, *, now: int = NOW, project: Stored = CATS_AND_DOGS
    ) -> opinions.Amended:
        return await actions.amend(self.board, pack, slot, None, Action(user, now), project, only(label), None)

    async def reject(
        self, pack: int, slots: Sequence[int], *, reason: str | None = None, now: int = NOW
    ) -> relabeling.Rejection:
        return await actions.reject(self.board, pack, dict.fromkeys(slots), Action("rita", now), reason)

    async def correct(
        self, pack: int, slots: Sequence[int], label: int | None, *, now: int = NOW
    ) -> relabeling.Correction:
        slots_, by = dict.fromkeys(slots), Action("rita", now)
        return await actions.correct(self.board, pack, slots_, by, CATS_AND_DOGS, saying(label))

    async def confirm(self, pack: int, slots: Sequence[int], *, now: int = NOW) -> relabeling.Confirmation:
        return await actions.confirm(self.board, pack, dict.fromkeys(slots), Action("rita", now))

    async def undo(self, pack: int, slots: Sequence[int], *, action: str, now: int = NOW) -> set[int]:
        """Undoes a review action, of which there must be one with this id."""
        done = await undoing.undo(self.board, pack, slots, action, Action("rudi", now), CATS_AND_DOGS)
        assert done is not None, "there is no such action"
        return done.restored

    async def reviews(self, pack: int) -> list[str]:
        """The ids of the review actions in a pack, oldest first."""
        records = await self.board.records.of_pack(pack)
        return [record.key.removeprefix("r|") for record in records if record.action in REVIEWS]

    async def take_over(self, pack: int, labels: dict[int, int], *, now: int = NOW) -> relabeling.Imported:
        """As an import does it."""
        key, said = f"r|{secrets.token_hex(8)}", {slot: only(label) for slot, label in labels.items()}

        def rule(head: Head) -> Change[relabeling.Imported]:
            done = relabeling.take_over(
                head, said=said, labeler="ivan", now=now, replace_others=True, is_same=operator.eq
            )
            record = Record(key, "imported", "ivan", now, {slot: said[slot] for slot in done.labeled})
            return Change(done.head, done, (record,) if done.labeled else ())

        return (await self.board.packs.change(pack, rule, now=now)).result

    async def mend(self, now: int = NOW) -> None:
        """As the timer does it."""
        for known in await self.board.directory.ranges(fresh=True):
            for pack in known.packs(PREPARING, OPEN, REOPENED):
                await self.board.packs.close(pack, now)

    async def letters(self) -> str:
        return "".join(known.letters for known in await self.board.directory.ranges(fresh=True))

    async def progress(self, now: int = NOW) -> Progress:
        return await read_progress(self.board, now)


class Project:
    """A fresh table. Every instance of the service that works on it is closed at the end."""

    def __init__(self, connection: str) -> None:
        self._connection = connection
        self._table = f"t{secrets.token_hex(8)}"
        self._stack = AsyncExitStack()
        self.sizes: list[int] = []

    async def __aenter__(self) -> Self:
        await self._stack.__aenter__()
        table = self._tables(Wire(), 4).table(self._table)
        await table.create()
        self._stack.push_async_callback(table.drop)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    def _tables(self, wire: Wire, retries: int) -> Tables:
        tables = Tables.by_connection_string(self._connection, wire, retry_total=retries, retry_backoff_factor=0.01)
        self._stack.push_async_callback(tables.aclose)
        return tables

    async def instance(self, *, retries: int = 4) -> Instance:
        """A new process of the service, which has read nothing yet. retries: of the SDK, at each request."""
        wire = Wire()
        return Instance(make_board(self._tables(wire, retries).table(self._table)), wire)

    async def packs(self, *sizes: int) -> Instance:
        """Adds packs of these sizes, and prepares them; gives the instance that did it."""
        first = len(self.sizes)
        one = await self.unprepared(*sizes)
        for pack, size in enumerate(sizes, first):
            await prepare(one, pack, size)
        return one

    async def unprepared(self, *sizes: int) -> Instance:
        one, first = await self.instance(), len(self.sizes)
        self.sizes += sizes
        for pack, size in enumerate(sizes, first):
            images = [Image(f"{image_id(pack, slot)}.png", "etag", 1000) for slot in range(size)]
            await one.board.rows.insert(pack, new_head(size).freeze(), images)
        await one.board.packs.register(dict(enumerate(sizes, first)), NOW)
        return one

    async def figures(self, one: Instance | None = None) -> Counts:
        """The project's figures by its records alone."""
        one, counts = one or await self.instance(), Counts()
        for pack, size in enumerate(self.sizes):
            counts.add(Ledger.of(size, await one.board.records.of_pack(pack)).counts())
        return counts

    async def prove(self, *, now: int = NOW, is_mended: bool = False) -> Counts:
        """Proves that every figure is exact, and with is_mended that nothing is half closed; gives the figures."""
        # One that has read nothing yet: what it is told first is what storage has.
        one = await self.instance()
        progress = await one.progress(now)
        figures = await self.figures(one)
        await self.prove_directory(one, is_mended=is_mended)
        assert_alike(progress.counts, figures)
        assert figures.total == sum(self.sizes)
        return figures

    async def prove_mended(self) -> None:
        """Nothing is half closed: frozen <=> closed."""
        await self.prove_directory(is_mended=True)

    async def prove_directory(self, one: Instance | None = None, *, is_mended: bool = False) -> None:
        """The one rule: closed by its letter <=> frozen and in the sums. is_mended: and the others are not frozen."""
        one = one or await self.instance()
        for known in await one.board.directory.ranges(fresh=True):
            sums, closed = Counts(), set(known.packs(*CLOSED))
            for pack in known.packs(*(known.letters if is_mended else CLOSED)):
                head = (await one.board.rows.read_head(pack)).head
                if pack in closed:
                    assert head.frozen, f"pack {pack} is closed in the directory, and its head is not frozen"
                    sums.add(head.counts())
                else:
                    assert not head.frozen, f"pack {pack} is frozen, and not closed in the directory"
            assert_alike(sums, known.sums)


def assert_alike(one: Counts, other: Counts) -> None:
    """The same figures, whether their hours are summed up, and the labelers' dropped, yet or not."""

    def folded(counts: Counts) -> Counts:
        copy = Counts.from_json(counts.to_json())
        copy.fold(10**9)
        copy.pace.drop_before(max(one.pace.since, other.pace.since))
        return copy

    assert folded(one) == folded(other)


async def prepare(one: Instance, pack: int, size: int) -> None:
    def rule(head: Head) -> Change[None]:
        return Change(blobs.prepare(head, readable=dict.fromkeys(range(size), True)), None)

    await one.board.packs.change(pack, rule, now=NOW)
