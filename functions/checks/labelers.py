"""Each labeler's figures: how much and how fast they label, and three things that tell how well, each a share with its
interval: what reviewers rejected, how often others agreed, and what was right in checks.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from functions.checks.figures import Figures, by_labeler
from functions.checks.store import Check, done_checks
from functions.intervals import wilson
from functions.labeling.board import board_of
from functions.labeling.counts import Work
from functions.labeling.progress import Progress, read_progress
from functions.projects.model import Project
from functions.storage import Storage

# A labeler of whom none of these tells anything is to be checked again.
MOST_CHECKS = 10

NONE_CHECKED = Figures(size=0, right=0, wrong=0, unclear=0)


@dataclass(frozen=True)
class Counted:
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """None of none."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The share's 95 % interval."""
        return None if self.share is None else wilson(self.share, self.of)


@dataclass(frozen=True)
class Labeler:
    """One labeler's figures. user_id: by which the project's rows name them."""

    user_id: str
    work: Work
    reviewed: int
    per_hour: float
    last_hours: list[int] = field(repr=False)
    checked: Figures

    @property
    def rejected(self) -> Counted:
        """Of the labels that stand and of those that were rejected."""
        return Counted(self.work.rejected, self.work.labeled + self.work.rejected)

    @property
    def agreement(self) -> Counted:
        """On how many decided images at which others looked, too, they said what was decided."""
        return Counted(self.work.agreed, self.work.decided)

    @property
    def accuracy(self) -> Counted:
        """In the newest check that knows something of theirs."""
        return Counted(self.checked.right, self.checked.right + self.checked.wrong)


async def read_labelers(storage: Storage, project: Project, now: int, only: str | None = None) -> list[Labeler]:
    """As `labelers` has it, by one request more than progress takes."""
    progress, checks = await asyncio.gather(
        read_progress(board_of(storage, project), now), done_checks(storage, project.id, MOST_CHECKS)
    )
    return labelers(progress, checks, now, only)


def labelers(progress: Progress, checks: Iterable[Check], now: int, only: str | None = None) -> list[Labeler]:
    """Those who have labeled most come first. checks: done ones, newest first; a check of one label says nothing of a
    person's others, and is passed over. now: milliseconds since the epoch. only: this labeler alone.
    """
    counts, checked = progress.counts, _newest(checks)
    return [
        Labeler(
            user_id=user,
            work=work,
            reviewed=counts.reviewed[user],
            per_hour=progress.labeled_per_hour(now, user),
            last_hours=progress.last_hours(now, user),
            checked=checked.get(user, NONE_CHECKED),
        )
        for user, work in sorted(counts.work.items(), key=lambda item: (-item[1].labeled, item[0]))
        if only in (None, user)
    ]


def _newest(checks: Iterable[Check]) -> dict[str, Figures]:
    """Of each labeler what the newest check found in which something of theirs is right or wrong."""
    found: dict[str, Figures] = {}
    for check in checks:
        if check.label is None:
            found = {user: told for user, told in by_labeler(check.images).items() if told.right + told.wrong} | found
    return found
