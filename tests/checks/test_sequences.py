"""Any sequence of verdicts, taken back and changed, while others correct, reject, undo and label anew: no verdict is
lost or made up, no image is in the sample twice, and every figure of the project is the fold of its records.
"""

from random import Random

import pytest

from functions.checks.figures import figures_of
from functions.checks.judging import Judge, judge
from functions.checks.listing import Listed, list_sample
from functions.checks.store import CHECKS, Check, Drawn, Verdict
from functions.checks.verdicts import Said, standing_of
from functions.labeling.board import Board, board_of
from functions.labeling.counts import Counts
from functions.labeling.head import WAITING
from functions.labeling.progress import read_progress
from functions.labeling.work_queue import Page
from functions.projects.model import Project
from functions.review.actions import Action, correct, reject
from functions.review.undoing import undo
from functions.storage import Storage
from functions.tasks.annotation import Annotation
from tests.checks.test_judging import checked
from tests.exports.scene import AT, CAT, DOG, NOW, Picture, project_of
from tests.labeling.heads import saying
from tests.labeling.ledger import Ledger
from tests.labeling.project import assert_alike

IMAGES, PACK, SIZE, STEPS = 24, 7, 12, 60
VERDICTS: tuple[Verdict | None, ...] = ("right", "wrong", "unclear", None)


class World:
    """A project at work, and what its reviewers were told that was saved."""

    def __init__(self, storage: Storage, project: Project, seed: int) -> None:
        self.storage, self.project, self.random = storage, project, Random(seed)
        self.said: dict[tuple[str, int], Verdict] = {}
        self.known: dict[tuple[str, int], Drawn] = {}
        self.time = AT
        self.check: Check

    @property
    def board(self) -> Board:
        return board_of(self.storage, self.project)

    @property
    def now(self) -> int:
        """Later each time."""
        self.time += 1
        return self.time

    async def label_what_waits(self) -> None:
        while isinstance(page := await self.board.queue.lease(self.project, "ann", 99, [], now=self.now), Page):
            given = {slot: Annotation((self.random.choice([CAT.id, DOG.id]),)) for slot in page.lease.slots}
            await self.board.queue.submit(self.project, "ann", page.lease.id, given, {}, now=self.now)

    async def look(self) -> Listed:
        """As a reviewer does who goes on: what is seen is what was said, each image once, and fits."""
        seed = Random(self.random.random())
        listed = await list_sample(self.storage, self.project, self.check.id, None, 0, SIZE, seed, now=NOW)
        drawn = [one.drawn for one in listed.seen]
        assert len({one.image for one in drawn}) == len(drawn)
        for one in drawn:
            assert one.verdict == self.said.get((one.image, one.at))
            if one.verdict is None:
                head = (await self.board.rows.read_head(one.place[0])).head
                assert standing_of(head, one, self.project) != "other"
            self.known[one.image, one.at] = one
        return listed

    async def judge(self) -> None:
        """Some images, also such as are not in the sample any more."""
        some = self.random.sample(sorted(self.known), min(len(self.known), self.random.randint(1, 4)))
        said = [self._said(self.known[key]) for key in some]
        said = list({one.image: one for one in said}.values())
        before = {one.image: await self._standing(one.image, one.at) for one in said}
        by = Judge(self.random.choice(["rita", "rudi"]), self.now)
        done = await judge(self.storage, self.project, self.check.id, by, said)
        assert done.saved == [
            one.image
            for one in said
            if before[one.image] in ("drawn", "reviewed")
            or (before[one.image] == "other" and (one.image, one.at) in self.said)
        ]
        assert sorted([*done.saved, *done.stale]) == sorted(one.image for one in said)
        for one in said:
            if one.image not in done.saved:
                continue
            self.said.pop((one.image, one.at), None)
            if one.verdict:
                self.said[one.image, one.at] = one.verdict
            if before[one.image] != "other":
                # What others have reviewed before it was drawn stays as it is, if it is right.
                left = ["reviewed"] if one.right else ["reviewed", "drawn"] if one.verdict == "right" else ["drawn"]
                assert await self._standing(one.image, one.at) in left

    async def _standing(self, image: str, at: int) -> str:
        """How an image of the sample stands; "gone" where it is not in the sample as it was at this time."""
        check = await CHECKS.load(self.storage, self.project.id, self.check.id)
        drawn = next((one for one in check.images if (one.image, one.at) == (image, at)), None)
        if drawn is None:
            return "gone"
        return standing_of((await self.board.rows.read_head(drawn.place[0])).head, drawn, self.project)

    def _said(self, drawn: Drawn) -> Said:
        verdict = self.random.choice(VERDICTS)
        other = DOG.id if drawn.labels == (CAT.id,) else CAT.id
        is_corrected = verdict == "wrong" and self.random.random() < 0.7
        return Said(drawn.image, drawn.at, verdict, Annotation((other,)) if is_corrected else None)

    async def disturb(self) -> None:
        """Somebody else corrects an image, sends it back, or undoes what was done to it."""
        pack = self.random.randrange((IMAGES + PACK - 1) // PACK)
        head = (await self.board.rows.read_head(pack)).head
        slot, by = self.random.randrange(len(head.slots)), Action("boss", self.now)
        match self.random.randrange(3):
            case 0:
                label = self.random.choice([CAT.id, DOG.id])
                await correct(self.board, pack, {slot: None}, by, self.project, saying(label))
            case 1:
                await reject(self.board, pack, {slot: None}, by, "no")
            case _:
                if review := head.slots[slot].reviewed:
                    await undo(self.board, pack, [slot], review, by, self.project)

    async def prove(self) -> None:
        kept = (await CHECKS.load(self.storage, self.project.id, self.check.id)).images
        assert {(one.image, one.at): one.verdict for one in kept if one.verdict} == self.said
        assert figures_of(kept).judged == len(self.said)
        figures = Counts()
        for pack in range((IMAGES + PACK - 1) // PACK):
            size = len((await self.board.rows.read_head(pack)).head.slots)
            figures.add(Ledger.of(size, await self.board.records.of_pack(pack)).counts())
        assert_alike((await read_progress(self.board, self.now)).counts, figures)


@pytest.mark.parametrize("seed", range(2))
async def test_no_verdict_is_lost_or_made_up_and_every_figure_stays_exact(storage: Storage, seed: int) -> None:
    waiting = [Picture(f"{number:02}.png", label=None, state=WAITING) for number in range(IMAGES)]
    world = World(storage, await project_of(storage, waiting, pack_size=PACK), seed)
    await world.label_what_waits()
    world.check = await checked(storage, world.project, SIZE)
    replaced = 0
    for _ in range(STEPS):
        replaced += len((await world.look()).replaced)
        if world.random.random() < 0.5:
            await world.disturb()
        await world.judge()
        if world.random.random() < 0.3:
            await world.label_what_waits()
    await world.prove()
    assert replaced
