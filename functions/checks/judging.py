"""Saving verdicts: the check keeps them, and the images that they are about are confirmed or corrected.

A check keeps a verdict before the image is changed, with the id of the review action that changes it; and it is undone
before the check forgets it. So a call that was cut off is simply made again, and does what is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from secrets import token_hex

from azure.core.exceptions import ResourceNotFoundError

from functions.checks.newest import note_newest
from functions.checks.store import CHECK_BUSY, CHECKS, Drawn, save_over
from functions.checks.verdicts import Plan, Said, plan
from functions.conflicts import until_written
from functions.hooks import review_undone
from functions.labeling import relabeling
from functions.labeling.board import board_of
from functions.labeling.head import Head, moment
from functions.labeling.limits import change_within_limit
from functions.labeling.packs import Change
from functions.labeling.record import Record
from functions.labeling.selection import in_each
from functions.problems import Invalid
from functions.projects.model import Project
from functions.storage import Storage
from functions.tasks.annotation import Annotation


@dataclass(frozen=True)
class Judge:
    """Who judges, and when (milliseconds since the epoch)."""

    by: str
    at: int


@dataclass(frozen=True)
class Judged:
    """What became of verdicts: the ids of the images of which they were saved, and of the others. has_relabeled: labels
    were set or put back.
    """

    saved: list[str]
    stale: list[str]
    has_relabeled: bool


async def judge(storage: Storage, project: Project, check_id: str, judge: Judge, said: Sequence[Said]) -> Judged:
    """Saves verdicts on different images of a check. Raises NotFound, OldProject and Busy; it may be done again."""

    async def attempt(_number: int) -> Judged:
        return await _Judging(storage, project, judge).judge(check_id, said)

    return await until_written(attempt, CHECK_BUSY)


class _Judging:
    def __init__(self, storage: Storage, project: Project, judge: Judge) -> None:
        self._storage = storage
        self._board = board_of(storage, project)
        self._project = project
        self._judge = judge

    async def judge(self, check_id: str, said: Sequence[Said]) -> Judged:
        """Raises Lost where somebody else has judged images of the check meanwhile."""
        check, etag = await CHECKS.load_with_etag(self._storage, self._project.id, check_id)
        sample = {drawn.image: drawn for drawn in check.images}
        named = [(one, sample[one.image]) for one in said if one.image in sample]
        self._require_other_labels(named)
        made = await self._plans(named)
        plans = {one.drawn.image: one for one in await self._undo(made)}
        images = tuple(plans[one.image].wanted if one.image in plans else one for one in check.images)
        judged = check.model_copy(update={"images": images})
        if images != check.images:
            await save_over(self._storage, judged, etag, moment(self._judge.at))
        packs = _by_pack(one for one in plans.values() if one.acts)
        await in_each(packs, lambda pack: self._act(pack, packs[pack]))
        # A call that was cut off before this comes again, and then finds nothing to save.
        if check.is_done or judged.is_done:
            await note_newest(self._storage, judged)
        return Judged(
            saved=[one.image for one in said if one.image in plans],
            stale=[one.image for one in said if one.image not in plans],
            has_relabeled=any(one.right or one.undoes for one in plans.values()),
        )

    def _require_other_labels(self, named: Sequence[tuple[Said, Drawn]]) -> None:
        same = [
            drawn.image
            for said, drawn in named
            if said.right is not None and self._project.is_same(said.right, Annotation(drawn.labels))
        ]
        if same:
            raise Invalid("These images have the labels that are said to be right. Nothing was saved.", image_ids=same)

    async def _plans(self, named: Sequence[tuple[Said, Drawn]]) -> list[Plan]:
        """Those of the verdicts that fit."""

        async def read(pack: int) -> Head | None:
            try:
                return (await self._board.rows.read_head(pack)).head
            except ResourceNotFoundError:
                return None

        # Before the heads: one that has its record, and is not in the head that is read then, was undone.
        written = {
            drawn.image
            for said, drawn in named
            if drawn.review and said.verdict == drawn.verdict and await self._is_written(drawn.place[0], drawn.review)
        }
        heads = await in_each({drawn.place[0] for _, drawn in named}, read)
        # One action for all that are right, one for all that are wrong: a record each in a pack.
        reviews = {"right": token_hex(8), "wrong": token_hex(8)}
        made = []
        for said, drawn in named:
            head, review = heads[drawn.place[0]], reviews.get(said.verdict or "", "")
            made.append(plan(drawn, said, head, self._project, review, is_written=drawn.image in written))
        return [one for one in made if one]

    async def _is_written(self, pack: int, review: str) -> bool:
        return await self._board.records.get(pack, f"r|{review}") is not None

    async def _undo(self, plans: Sequence[Plan]) -> list[Plan]:
        """Undoes former reviews; gives the plans without those of which that could not be done."""
        reviews: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        for one in plans:
            if one.undoes and one.drawn.review:
                pack, slot = one.drawn.place
                reviews[pack, one.drawn.review].add(slot)

        async def undo(named: tuple[int, str]) -> Collection[int]:
            (pack, review), slots = named, reviews[named]
            by, at = self._judge.by, self._judge.at
            return await review_undone.ask(self._storage, self._project, pack, slots, review, by, at)

        undone = await in_each(reviews, undo)
        restored = {(pack, slot) for (pack, _), slots in undone.items() for slot in slots}
        return [one for one in plans if not one.undoes or one.drawn.place in restored]

    async def _act(self, pack: int, plans: Sequence[Plan]) -> None:
        """Confirms and corrects images of one pack. One that was labeled anew at this very moment stays as it is, as
        one does that the judge has changed too often: its verdict is saved, and true of what it said.
        """

        def rule(head: Head, spent: frozenset[int]) -> Change[None]:
            records: list[Record] = []
            for review, some in _by_review(plans).items():
                head, record = self._reviewed(head, review, some, spent)
                records += [record] if record.given else []
            return Change(head, None, tuple(records))

        by, at = self._judge.by, self._judge.at
        await change_within_limit(self._board, pack, rule, by=by, now=at, project=self._project)

    def _reviewed(self, head: Head, review: str, plans: Sequence[Plan], spent: frozenset[int]) -> tuple[Head, Record]:
        """The head after one review action, and its record: the images of one are all right, or all wrong."""
        key, by, at = f"r|{review}", self._judge.by, self._judge.at
        if plans[0].right is None:
            slots = {one.drawn.place[1]: one.drawn.at for one in plans}
            done = relabeling.confirm(head, slots=slots, action_id=review, spent=spent)
            return done.head, Record(key, "confirmed", by, at, done.confirmed)
        given: dict[int, Annotation | None] = {}
        for one in plans:
            corrected = relabeling.correct(
                head,
                slots={one.drawn.place[1]: one.drawn.at},
                say=_saying(one.right),
                labeler=by,
                now=at,
                is_same=self._project.is_same,
                spent=spent,
                review=review,
            )
            head = corrected.head
            given.update(corrected.corrected)
        return head, Record(key, "corrected", by, at, given, reviews=True)


def _saying(said: Annotation | None) -> relabeling.Say:
    return lambda _before: said


def _by_pack(plans: Iterable[Plan]) -> dict[int, list[Plan]]:
    found: defaultdict[int, list[Plan]] = defaultdict(list)
    for one in plans:
        found[one.drawn.place[0]].append(one)
    return found


def _by_review(plans: Iterable[Plan]) -> dict[str, list[Plan]]:
    found: defaultdict[str, list[Plan]] = defaultdict(list)
    for one in plans:
        if one.wanted.review:
            found[one.wanted.review].append(one)
    return found
