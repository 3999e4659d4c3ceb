"""What the call about labelers gets."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from functions.checks.labelers import Counted, Labeler
from functions.http.wire import Interval, Output, Share
from functions.labeling.counts import DAY_HOURS


class CountedAnswer(Output):
    """So many of so many. share, and its 95 % interval: null of none."""

    count: int
    of: int
    share: Share | None
    interval: Interval | None


class LabelerAnswer(Output):
    """labeled, skipped: as images stand now. reviewed: how many of the labeled ones a reviewer has confirmed or set.
    labeledPerHour: labels set in the last 60 minutes. lastHours: labels that stand, by the clock hour (UTC) in which
    they were set; the last one is the current hour.

    rejected: of the labels that stand and of those that were rejected. agreement: on how many decided images at which
    others looked, too, they said what was decided. checked: how many were right, of those that were right or wrong, in
    the newest check, of the ten newest that are done, in which some of theirs were; checks of one label do not count.
    """

    user_id: str
    name: str
    labeled: int
    skipped: int
    reviewed: int
    labeled_per_hour: float
    last_hours: Annotated[list[int], Field(min_length=DAY_HOURS, max_length=DAY_HOURS)]
    rejected: CountedAnswer
    agreement: CountedAnswer
    checked: CountedAnswer


class LabelersAnswer(Output):
    """Those who have labeled most come first."""

    items: list[LabelerAnswer]


def labeler_answer(labeler: Labeler, names: Mapping[str, str]) -> LabelerAnswer:
    """names: sign-in names by user id."""
    return LabelerAnswer(
        user_id=labeler.user_id,
        name=names.get(labeler.user_id, labeler.user_id),
        labeled=labeler.work.labeled,
        skipped=labeler.work.skipped,
        reviewed=labeler.reviewed,
        labeled_per_hour=labeler.per_hour,
        last_hours=labeler.last_hours,
        rejected=_told(labeler.rejected),
        agreement=_told(labeler.agreement),
        checked=_told(labeler.accuracy),
    )


def _told(counted: Counted) -> CountedAnswer:
    return CountedAnswer(count=counted.count, of=counted.of, share=counted.share, interval=counted.interval)
