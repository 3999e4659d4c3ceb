"""What labelers' calls send and get."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from functions.http.wire import Input, Output
from functions.labeling.counts import DAY_HOURS
from functions.labeling.head import PACK_SIZE
from functions.labeling.leases import Short
from functions.labeling.suggestions import AnySuggestion
from functions.projects.label_wire import ImageId, LabelName
from functions.projects.model import Project

LONGEST_REASON = 500

LeaseId = Annotated[str, Field(min_length=1, max_length=64)]
Reason = Annotated[str, Field(max_length=LONGEST_REASON)]


class LeaseRequest(Input):
    """count: images on a page. holding: the leases that the page already shows."""

    count: int = Field(ge=1, le=PACK_SIZE)
    holding: list[LeaseId] = Field(default=[], max_length=10)


class SuggestionAnswer(Output):
    """A label that an image may have. confidence: 0 to 1. sure: suggestions of this confidence are right so often that
    the page may label the image so by itself, for the labeler to submit or to change. likely: they are right at least
    as often as wrong, as all sure ones are; measured on images that the last training had not learned from; of imported
    suggestions, told by the confidence that came with them.
    """

    label: str
    confidence: float
    sure: bool
    likely: bool


class Rejected(Output):
    """Why an image came back, and the labels it had; skipped: nothing was said of it, as it had been skipped, or was
    disputed.
    """

    reason: str | None
    labels: list[str]
    skipped: bool


class LeasedImage(Output):
    """name: of the image's file; to a reviewer its blob's, whole. suggestions: likeliest first; null where nothing is
    suggested. Where an image has one label, it is this one, then, where that is known, the one that it has if not that.
    Where it has any number, they are the likeliest ten of those that it may have: it surely has no other, and none if
    the list is empty; the page may label it by itself if each of them is sure.
    """

    id: str
    name: str
    preview_url: str
    thumbnail_url: str
    width: int
    height: int
    suggestions: list[SuggestionAnswer] | None = None
    rejected: Rejected | None = None


class LeaseAnswer(Output):
    """images: in the order in which they are to be shown, all of one pack. short: why there are fewer than were asked
    for: what is left of the pack is divided evenly into two pages; rejected images come first, however few; or these
    are the rest that is free in the pack. null for a full page, and for one that is given back.
    """

    id: str
    expires_at: datetime
    short: Short | None
    images: list[LeasedImage]


class NothingLeftAnswer(Output):
    """Nothing is left to hand out: how many images are with others, and when the first may come free. awaitingOthers:
    images on which the caller has given their opinion, and others have yet to look.
    """

    id: None = None
    images: list[LeasedImage] = Field(default=[])
    leased_by_others: int
    next_free_at: datetime | None
    awaiting_others: int


class RenewalAnswer(Output):
    expires_at: datetime


class Skip(Input):
    id: ImageId
    reason: Reason | None = None


class SubmissionRequest(Input):
    """Every image of the lease exactly once: its labels by ids or names, as the task type has them, or skipped."""

    labels: dict[ImageId, list[LabelName]] = Field(default={}, max_length=PACK_SIZE)
    skipped: list[Skip] = Field(default=[], max_length=PACK_SIZE)


class SubmissionAnswer(Output):
    labeled: int
    skipped: int


class LabelCount(Output):
    label: str
    count: int


class LabelerCount(Output):
    """reviewed: how many of the labeled ones a reviewer has confirmed or set. labeledPerHour: labels set in the last 60
    minutes. lastHours: labels that stand, by the clock hour (UTC) in which they were set; the last one is the current
    hour.
    """

    user_id: str
    name: str
    labeled: int
    skipped: int
    rejected: int
    reviewed: int
    labeled_per_hour: float
    last_hours: Annotated[list[int], Field(min_length=DAY_HOURS, max_length=DAY_HOURS)]


class HourCount(Output):
    """Labels set in one clock hour. at: its beginning (UTC)."""

    at: datetime
    labeled: int


class DayCount(Output):
    """Labels set on one day (UTC)."""

    date: date
    labeled: int


class ActivityAnswer(Output):
    """Labels that stand, by when they were set, oldest first. hours: of the last 48 clock hours those with labels.
    days: all with labels, those of `hours` too.
    """

    hours: list[HourCount]
    days: list[DayCount]


class ProgressAnswer(Output):
    """The states add up to the total. disputed: images of which people say different things, and no more of them are
    asked. awaitingOpinions: those of the waiting on which there are opinions. labeledPerHour: labels set in the last 60
    minutes. deferred: images whose files
    could not be read for a reason that may pass, and are tried again by themselves; most of them are among the
    unreadable ones. returned: images that wait, or are with labelers, because they were rejected. reviewed: labeled
    images whose labels a reviewer has confirmed or set. empty: labeled images that have none of the labels. byLabel: of
    each label the images that have it.
    """

    total: int
    preparing: int
    waiting: int
    leased: int
    labeled: int
    skipped: int
    disputed: int
    unreadable: int
    missing: int
    deferred: int
    returned: int
    awaiting_opinions: int
    reviewed: int
    empty: int
    by_label: list[LabelCount]
    by_labeler: list[LabelerCount]
    labeled_per_hour: float


def suggestion_answers(project: Project, suggested: AnySuggestion) -> list[SuggestionAnswer]:
    """Likeliest first."""
    return [
        SuggestionAnswer(
            label=project.label_name(one.label), confidence=one.confidence, sure=one.sure, likely=one.is_likely
        )
        for one in suggested.listed
    ]
