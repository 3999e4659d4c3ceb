"""Any sequence of submissions, reviews, opinions, imports of labels and of suggestions, and undoing these: what nobody
has touched since an import stands as before it once that is undone, all else stays, and every figure of the project is
the fold of its records.

What is expected is told by how images were seen to stand, not by their records.
"""

from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple

import pytest

from functions.imports.run import ImportWork
from functions.imports.store import IMPORTS, Import, ImportMessage, Undone
from functions.labeling.board import Board, board_of
from functions.labeling.counts import Counts
from functions.labeling.head import WAITING, Head
from functions.labeling.opinions import heard_of
from functions.labeling.progress import read_progress
from functions.labeling.work_queue import Page
from functions.projects.model import Opinions, Project
from functions.projects.store import change_project, load_project
from functions.review.actions import Action, ask, confirm, correct, reject
from functions.review.undoing import undo
from functions.storage import Storage
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.types import TaskTypeName
from tests.exports.scene import AT, CAT, DOG, Picture, project_of
from tests.imports.importing import HostDied, dying_at, table
from tests.imports.importing import ask as ask_for_import
from tests.imports.undoing import asked_to_undo, go_on
from tests.labeling.ledger import Ledger
from tests.labeling.project import assert_alike

IMAGES, PACK, PACKS, STEPS = 14, 5, 3, 40
PEOPLE = ("ann", "bob", "cleo", "boss")
Place = tuple[int, int]


class Seen(NamedTuple):
    """How something was seen to stand, and what left it so."""

    by: str
    standing: Any


class World:
    """A project at work. images: of each how it stood, from the beginning on, without what was undone; suggested: what
    imports suggested for it, in the same way. before: by import, how its images stood until then.
    """

    def __init__(self, storage: Storage, project: Project, seed: int) -> None:
        self.storage, self.project, self.random, self.time = storage, project, Random(seed), AT
        self.images: dict[Place, list[Seen]] = {}
        self.suggested: dict[Place, list[Seen]] = {}
        self.before: dict[str, dict[Place, Seen]] = {}
        self.imports: list[Import] = []
        self.reviews: list[tuple[str, int]] = []
        self.undone = 0

    @property
    def board(self) -> Board:
        return board_of(self.storage, self.project)

    @property
    def now(self) -> int:
        """Later each time."""
        self.time += 1
        return self.time

    def clock(self) -> datetime:
        return datetime.fromtimestamp(self.now / 1000, UTC)

    async def heads(self) -> list[Head]:
        return [(await self.board.rows.read_head(pack)).head for pack in range(PACKS)]

    async def look(self) -> tuple[dict[Place, Any], dict[Place, Any]]:
        standings: dict[Place, Any] = {}
        suggested: dict[Place, Any] = {}
        for pack, head in enumerate(await self.heads()):
            known = await self.board.suggestions.read(pack)
            for index, slot in enumerate(head.slots):
                said = slot.state, slot.labels, head.labeler_of(slot), slot.at, heard_of(head, slot)
                standings[pack, index] = (*said, slot.asked, slot.rejection, slot.reviewed, slot.changed)
                suggested[pack, index] = known.imported.get(index), known.importers.get(index)
        return standings, suggested

    async def note(self, by: str) -> dict[Place, Seen]:
        """Something was done: what stands otherwise now, as it stood before."""
        changed: dict[Place, Seen] = {}
        for seen, stacks in zip(await self.look(), (self.images, self.suggested), strict=True):
            for place, standing in seen.items():
                stack = stacks.setdefault(place, [Seen("", standing)])
                if stack[-1].standing != standing:
                    changed[place] = stack[-1]
                    stack.append(Seen(by, standing))
        return changed

    async def note_undone(self, by: str, stacks: dict[Place, list[Seen]], kept: frozenset[Place] = frozenset()) -> None:
        """What was as something had left it is as before that; nothing else has changed. kept: but for these."""
        for place, stack in stacks.items():
            if stack[-1].by == by and place not in kept:
                stack.pop()
        for seen, expected in zip(await self.look(), (self.images, self.suggested), strict=True):
            assert seen == {place: stack[-1].standing for place, stack in expected.items()}

    # What happens

    async def label(self) -> None:
        who = self.random.choice(PEOPLE[:3])
        page = await self.board.queue.lease(self.project, who, self.random.randint(1, 4), [], now=self.now)
        if not isinstance(page, Page) or self.random.random() < 0.15:
            return
        given = {slot: None if self.random.random() < 0.1 else self.said() for slot in page.lease.slots}
        await self.board.queue.submit(self.project, who, page.lease.id, given, {}, now=self.now)
        await self.note(page.lease.id)

    def said(self) -> Annotation:
        if self.project.task.one_label:
            return of_labels([self.random.choice([CAT.id, DOG.id])])
        return of_labels(self.random.sample([CAT.id, DOG.id], self.random.randint(0, 2)))

    async def review(self) -> None:
        pack = self.random.randrange(PACKS)
        size = len((await self.board.rows.read_head(pack)).head.slots)
        slots: dict[int, int | None] = dict.fromkeys(self.random.sample(range(size), 2))
        by, said = Action(self.random.choice(["rita", "ann"]), self.now), self.said()
        match self.random.randrange(4):
            case 0:
                await reject(self.board, pack, slots, by, "no")
            case 1:
                await correct(self.board, pack, slots, by, self.project, lambda _: said)
            case 2:
                await confirm(self.board, pack, slots, by)
            case _:
                await ask(self.board, pack, slots, by)
        self.reviews.append((by.id, pack))
        await self.note(by.id)

    async def undo_review(self) -> None:
        if not self.reviews:
            return
        review, pack = self.random.choice(self.reviews)
        size = len((await self.board.rows.read_head(pack)).head.slots)
        done = await undo(self.board, pack, range(size), review, Action("rudi", self.now), self.project)
        kept = frozenset((pack, slot) for slot in range(size) if done is None or slot not in done.restored)
        await self.note_undone(review, self.images, kept)

    async def take_over(self) -> None:
        numbers = self.random.sample(range(IMAGES), self.random.randint(2, 9))
        content = table(*[(f"{number:02}.png", self.random.choice(["Cat", "Dog"])) for number in numbers])
        use = self.random.choice(["labels", "labels", "suggestions"])
        options: dict[str, Any] = {"who": self.random.choice(PEOPLE), "replace": self.random.random() < 0.6}
        asked = await ask_for_import(self.storage, self.project, content, use=use, **options)
        message = ImportMessage(project_id=asked.project_id, import_id=asked.id)
        await self.cut_off(self.random.randint(1, 5), lambda: ImportWork(self.storage, message, self.clock).run())
        done = await IMPORTS.load(self.storage, self.project.id, asked.id)
        self.before[done.id] = await self.note(done.id)
        assert (done.status, done.outcome.labeled) == ("completed", len(self.before[done.id]))
        self.imports.append(done)
        self.project = await load_project(self.storage, self.project.id)

    async def cut_off(self, at: int, run: Any) -> None:
        """Runs it; it may die after some pack, and is delivered again."""
        with pytest.MonkeyPatch.context() as patch:
            dying_at(at, patch)
            try:
                await run()
                return
            except HostDied:
                pass
        await run()

    async def undo_import(self, done: Import | None = None) -> None:
        if not self.imports:
            return
        done = done or self.random.choice(self.imports)
        known = (await IMPORTS.load(self.storage, self.project.id, done.id)).undone
        if known and not known.left:
            return
        stacks = self.images if done.use == "labels" else self.suggested
        await asked_to_undo(self.storage, done, self.clock)
        await self.cut_off(self.random.randint(1, 5), lambda: go_on(self.storage, done, self.clock))
        came = (await IMPORTS.load(self.storage, self.project.id, done.id)).undone
        await self.note_undone(done.id, stacks)
        restored = [place for place, was in self.before[done.id].items() if stacks[place][-1] is was]
        assert isinstance(came, Undone)
        assert (came.status, came.restored) == ("completed", len(restored))
        assert came.left == done.outcome.labeled - came.restored
        self.project = await load_project(self.storage, self.project.id)
        assert done.use == "labels" or self.project.has_suggestions == await self.board.suggestions.has_imported()
        self.undone += came.restored

    async def prove(self) -> None:
        figures = Counts()
        for pack, head in enumerate(await self.heads()):
            ledger = Ledger(len(head.slots), self.project.task.one_label)
            for record in await self.board.records.of_pack(pack):
                ledger.add(record)
            figures.add(ledger.counts())
        assert_alike((await read_progress(self.board, self.now)).counts, figures)
        assert self.project.has_suggestions or not await self.board.suggestions.has_imported()


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("task_type", ["multiClass", "multiLabel"])
async def test_what_nobody_has_touched_stands_as_before_and_all_else_stays(
    storage: Storage, task_type: TaskTypeName, seed: int
) -> None:
    pictures = [Picture(f"{number:02}.png", None, WAITING) for number in range(IMAGES)]
    project = await project_of(storage, pictures, pack_size=PACK, task_type=task_type)
    wants = Opinions(least=2, most=3, share=0.5) if seed else Opinions()
    project = await change_project(
        storage, project.id, lambda one: one.model_copy(update={"opinions": wants, "has_opinions": True})
    )
    world = World(storage, project, seed)
    await world.note("")
    steps = [world.label, world.review, world.undo_review, *[world.take_over, world.undo_import] * 2]
    for _ in range(STEPS):
        await world.random.choice(steps)()
        await world.prove()
    for done in reversed(world.imports):
        await world.undo_import(done)
    await world.prove()
    assert world.undone > 10
