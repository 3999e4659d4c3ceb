"""Labels and people that are removed while two instances of the service go by what they knew before: any two acts, cut
into each other between any two requests to storage.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from functions import conflicts
from functions.labeling import blobs, merging, removing
from functions.labeling.board import Board, make_board
from functions.labeling.head import Head, new_head
from functions.labeling.head_rows import head_of
from functions.labeling.packs import Change
from functions.labeling.progress import read_progress
from functions.labeling.refusals import OldProject
from functions.labeling.rows import Image, image_id
from functions.labeling.work_queue import Page
from functions.problems import Busy, Conflict, NotFound, Problem
from functions.projects.labels import Wanted, annotation_of, merge, relabel
from functions.projects.model import Label, Project
from functions.review import actions, undoing
from functions.review.actions import Action
from tests.labeling.heads import only, saying
from tests.labeling.memory import Gate, MemoryTable

NOW = 1_750_000_000_000
LEASE_MINUTES = 10**4
SIZES = (5, 4)
NAMES = {1: "Cat", 2: "Dog", 3: "Bird"}
PEOPLE = frozenset(("ann", "bob"))
MOST_UNDERWAY = 4

Act = Callable[[Project], Coroutine[Any, Any, None]]

INSTANCE = st.integers(0, 1)
PERSON = st.sampled_from(sorted(PEOPLE))
LABEL = st.sampled_from(sorted(NAMES))


@dataclass
class Catalog:
    """The project's row and its members, as storage has them."""

    gate: Gate
    project: Project
    members: set[str] = field(default_factory=lambda: set(PEOPLE))
    version: int = 0

    async def change(self, _storage: Any, _id: str, change: Callable[[Project], Project]) -> Project:
        """As change_project does it."""
        while True:
            await self.gate()
            current, version = self.project, self.version
            changed = change(current)
            if changed == current:
                return current
            await self.gate()
            if self.version == version:
                self.project, self.version = changed, version + 1
                return changed

    async def load(self, _storage: Any, _id: str) -> Project:
        """As load_project does it."""
        return (await self.read())[0]

    async def read(self) -> tuple[Project, frozenset[str]]:
        await self.gate()
        project = self.project
        await self.gate()
        return project, frozenset(self.members)


@dataclass
class Instance:
    """One process, and what it knows of the project: as old as it may be."""

    board: Board
    project: Project
    members: frozenset[str]


class Removing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.patch = pytest.MonkeyPatch()
        self.gate = Gate()
        self.table = MemoryTable(self.gate)
        labels = tuple(Label(id=label, name=name) for label, name in NAMES.items())
        project = Project.model_construct(
            task_type="multiClass",
            id="p",
            labels=labels,
            next_label=4,
            ml_assist=False,
            lease_minutes=LEASE_MINUTES,
            status="created",
        )
        self.catalog = Catalog(self.gate, project)
        self.instances = [Instance(make_board(self.table), project, PEOPLE) for _ in range(2)]
        self.underway: list[asyncio.Task[None]] = []
        self.pages: list[tuple[str, Page]] = []
        self.corrections: list[tuple[int, str]] = []
        self.out: set[str] = set()
        self.actions = 0

    def teardown(self) -> None:
        try:
            self.finish()
            self.every_label_of_an_image_is_one_of_the_projects()
            self.who_was_removed_holds_nothing()
            self.the_figures_add_up()
        finally:
            self.patch.undo()
            self.loop.close()

    # The loop

    def settle(self) -> None:
        """Until every task waits at the gate, or is done."""

        async def idle() -> None:
            for _ in range(40):
                await asyncio.sleep(0)

        self.loop.run_until_complete(idle())
        for task in [task for task in self.underway if task.done()]:
            self.underway.remove(task)
            task.result()

    def begin(self, act: Coroutine[Any, Any, None]) -> None:
        self.underway.append(self.loop.create_task(act))
        self.settle()

    def finish(self) -> None:
        while self.gate.waiting:
            self.gate.let_through(0)
            self.settle()
        assert not self.underway

    def now(self, act: Coroutine[Any, Any, Any]) -> Any:
        """Something done without anybody else's coming between."""
        task = self.loop.create_task(act)
        while not task.done():
            self.settle()
            if self.gate.waiting and not task.done():
                self.gate.let_through(len(self.gate.waiting) - 1)
        return task.result()

    # What the service does

    async def by_newest(self, at: Instance, user: str | None, act: Act) -> None:
        """As labeling.newest does it; what it refuses in words is done with."""
        try:
            for _ in range(5):
                if user is not None and user not in at.members:
                    raise NotFound("There is no such project.")
                try:
                    return await act(at.project)
                except OldProject as old:
                    await removing.newest_project(None, "p", old)  # type: ignore[arg-type] # the catalog stands for it
                    at.project, at.members = await self.catalog.read()
            raise Busy("")
        except Problem:
            return None

    def find(self, project: Project, label: int) -> int:
        found = project.find_label(label)
        if found is None:
            raise NotFound("The project has no such label.")
        return found.id

    @initialize()
    def start(self) -> None:
        async def no_pause(_attempt: int) -> None:
            await asyncio.sleep(0)

        self.patch.setattr(conflicts, "pause", no_pause)
        self.patch.setattr(removing, "change_project", self.catalog.change)
        self.patch.setattr(merging, "load_project", self.catalog.load)
        self.patch.setattr(removing, "forget", lambda _id: None)
        board = self.instances[0].board
        self.patch.setattr(removing, "board_of", lambda *_: board)
        self.patch.setattr(merging, "board_of", lambda *_: board)

        async def fill() -> None:
            for pack, size in enumerate(SIZES):
                images = [Image(f"{image_id(pack, slot)}.png", "etag", 1000) for slot in range(size)]
                await board.rows.insert(pack, new_head(size).freeze(), images)
            await board.packs.register(dict(enumerate(SIZES)), NOW)
            for pack, size in enumerate(SIZES):

                def prepare(head: Head, size: int = size) -> Change[None]:
                    return Change(blobs.prepare(head, readable=dict.fromkeys(range(size), True)), None)

                await board.packs.change(pack, prepare, now=NOW)

        self.now(fill())

    @rule(at=INSTANCE)
    def know(self, at: int) -> None:
        """An instance reads the project anew: what it knows has aged."""
        self.instances[at].project, self.instances[at].members = self.now(self.catalog.read())

    @precondition(lambda self: self.gate.waiting)
    @rule(place=st.integers(0, 20), times=st.integers(1, 4))
    def go_on(self, place: int, times: int) -> None:
        for _ in range(times):
            if self.gate.waiting:
                self.gate.let_through(place % len(self.gate.waiting))
                self.settle()

    @precondition(lambda self: len(self.underway) < MOST_UNDERWAY)
    @rule(at=INSTANCE, user=PERSON)
    def lease(self, at: int, user: str) -> None:
        here = self.instances[at]

        async def act(project: Project) -> None:
            page = await here.board.queue.lease(project, user, 2, (), now=NOW)
            if isinstance(page, Page):
                self.pages.append((user, page))

        self.begin(self.by_newest(here, user, act))

    @precondition(lambda self: self.pages and len(self.underway) < MOST_UNDERWAY)
    @rule(at=INSTANCE, data=st.data(), label=LABEL)
    def submit(self, at: int, data: st.DataObject, label: int) -> None:
        here = self.instances[at]
        user, page = data.draw(st.sampled_from(self.pages))

        async def act(project: Project) -> None:
            given = dict.fromkeys(page.lease.slots, only(self.find(project, label)))
            await here.board.queue.submit(project, user, page.lease.id, given, {}, now=NOW)

        self.begin(self.by_newest(here, user, act))

    @precondition(lambda self: len(self.underway) < MOST_UNDERWAY)
    @rule(at=INSTANCE, pack=st.integers(0, 1), slots=st.sets(st.integers(0, 3), min_size=1), label=LABEL)
    def correct(self, at: int, pack: int, slots: set[int], label: int) -> None:
        here, self.actions = self.instances[at], self.actions + 1
        action = Action("rita", NOW + self.actions)

        async def act(project: Project) -> None:
            say = saying(self.find(project, label))
            await actions.correct(here.board, pack, dict.fromkeys(slots), action, project, say)
            self.corrections.append((pack, action.id))

        self.begin(self.by_newest(here, None, act))

    @precondition(lambda self: self.catalog.project.leaving and len(self.underway) < MOST_UNDERWAY)
    @rule(at=INSTANCE, pack=st.integers(0, 1), slot=st.integers(0, 3))
    def use_what_leaves(self, at: int, pack: int, slot: int) -> None:
        """By an instance that has just read it."""
        self.know(at)
        leaving = sorted(self.catalog.project.leaving)
        if leaving:
            self.correct(at, pack, {slot}, leaving[0])

    @precondition(lambda self: self.corrections and len(self.underway) < MOST_UNDERWAY)
    @rule(at=INSTANCE, data=st.data())
    def undo(self, at: int, data: st.DataObject) -> None:
        here, self.actions = self.instances[at], self.actions + 1
        pack, former = data.draw(st.sampled_from(self.corrections))
        action = Action("rudi", NOW + self.actions)

        async def act(project: Project) -> None:
            await undoing.undo(here.board, pack, range(SIZES[pack]), former, action, project)

        self.begin(self.by_newest(here, None, act))

    @precondition(lambda self: len(self.underway) < MOST_UNDERWAY)
    @rule(label=LABEL)
    def remove_label(self, label: int) -> None:
        def change(project: Project, used: Any) -> Project:
            kept = [Wanted(one.id, one.name) for one in project.labels if one.id != label]
            return relabel(project, kept, used)

        async def act() -> None:
            try:
                await removing.change_labels(None, self.catalog.project, change, NOW)  # type: ignore[arg-type]
            except Conflict:
                return

        self.begin(act())

    def merge(self, label: int, into: int) -> None:
        async def act() -> None:
            def change(project: Project) -> Project:
                return merge(project, label, into)

            try:
                await merging.merge_labels(None, self.catalog.project, label, change, NOW)  # type: ignore[arg-type]
            except Conflict:
                return

        self.begin(act())

    def give_both(self, at: int, label: int, other: int) -> None:
        here = self.instances[at]

        async def act(project: Project) -> None:
            said = annotation_of(project, [label, other], "labels")
            await actions.correct(here.board, 0, {0: None}, Action("rita", NOW), project, lambda _: said)

        self.begin(self.by_newest(here, None, act))

    @precondition(lambda self: len(self.catalog.members) > 1 and len(self.underway) < MOST_UNDERWAY)
    @rule(user=PERSON)
    def remove_person(self, user: str) -> None:
        async def act() -> None:
            await self.gate()
            self.catalog.members.discard(user)
            await removing.end_leases_of(None, self.catalog.project, user, NOW)  # type: ignore[arg-type]
            self.out.add(user)

        self.begin(act())

    # What always holds

    def heads(self) -> Iterator[Head]:
        for (_, key), row in self.table.rows.items():
            if key.startswith("head|"):
                yield head_of(row)

    @invariant()
    def every_label_of_an_image_is_one_of_the_projects(self) -> None:
        project = self.catalog.project
        known = {label.id for label in (*project.labels, *project.merged)}
        assert {label for head in self.heads() for slot in head.slots for label in slot.labels} <= known

    @invariant()
    def who_was_removed_holds_nothing(self) -> None:
        assert not {lease.labeler for head in self.heads() for lease in head.leases} & self.out

    def the_figures_add_up(self) -> None:
        progress = self.now(read_progress(make_board(self.table), NOW))
        labels = Counter(label for head in self.heads() for slot in head.slots for label in slot.labels)
        assert progress.counts.labels == labels
        aliases = self.catalog.project.aliases
        counted = Counter(
            label
            for head in self.heads()
            for slot in head.slots
            if slot.annotation
            for label in slot.annotation.counted(aliases).labels
        )
        assert progress.by_label(aliases) == counted


Removing.TestCase.settings = settings(max_examples=100, stateful_step_count=40)
TestRemoving = Removing.TestCase


@pytest.mark.parametrize("after", range(24))
def test_who_sets_a_label_while_it_leaves_comes_before_its_removal_or_is_refused(after: int) -> None:
    """An instance that has just read the project, after so many requests of the removal."""
    scene = Removing()
    scene.start()
    scene.remove_label(3)
    for _ in range(after):
        if scene.gate.waiting:
            scene.gate.let_through(0)
            scene.settle()
    scene.know(0)
    removal = len(scene.gate.waiting)
    scene.correct(0, 0, {0}, 3)
    while len(scene.gate.waiting) > removal:
        scene.gate.let_through(len(scene.gate.waiting) - 1)
        scene.settle()
    scene.teardown()


@pytest.mark.parametrize("after", range(24))
def test_no_image_has_two_labels_that_are_merged_at_any_moment_of_the_merging(after: int) -> None:
    """An instance gives both to an image after so many requests of the merging, by what it knew before or knows now."""
    for is_fresh in (False, True):
        scene = Removing()
        scene.start()
        several = scene.catalog.project.model_copy(update={"task_type": "multiLabel"})
        scene.catalog.project = scene.instances[0].project = several
        scene.merge(3, 2)
        for _ in range(after):
            if scene.gate.waiting:
                scene.gate.let_through(0)
                scene.settle()
        if is_fresh:
            scene.know(0)
        merging = len(scene.gate.waiting)
        scene.give_both(0, 3, 2)
        while len(scene.gate.waiting) > merging:
            scene.gate.let_through(len(scene.gate.waiting) - 1)
            scene.settle()
        scene.finish()
        both = [slot for head in scene.heads() for slot in head.slots if {2, 3} <= set(slot.labels)]
        assert not (both and scene.catalog.project.merged)
        scene.teardown()
