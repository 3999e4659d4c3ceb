"""Figures of a project: who labeled how much and how well, and how far people agree."""

from datetime import date, datetime

from image_labeling.answers.base import Answer


class Counted(Answer):
    """So many of so many. share, and its 95 % interval: None of none."""

    count: int
    of: int
    share: float | None
    interval: tuple[float, float] | None


class Labeler(Answer):
    """labeled, skipped: as images stand now. reviewed: how many of the labeled ones a reviewer has confirmed or set.
    labeled_per_hour: in the last 60 minutes; last_hours: by the clock hour (UTC), the last one is the current hour.
    rejected: of their labels. agreement: on how many decided images, at which others looked, too, they said what was
    decided. checked: how many were right in the newest check in which some of theirs were.
    """

    user_id: str
    name: str
    labeled: int
    skipped: int
    reviewed: int
    labeled_per_hour: float
    last_hours: list[int]
    rejected: Counted
    agreement: Counted
    checked: Counted


class Labelers(Answer):
    items: list[Labeler]


class HourCount(Answer):
    """Labels set in one clock hour. at: its beginning (UTC)."""

    at: datetime
    labeled: int


class DayCount(Answer):
    """Labels set on one day (UTC)."""

    date: date
    labeled: int


class Activity(Answer):
    """Labels that stand, by when they were set, oldest first. hours: of the last 48; days: all."""

    hours: list[HourCount]
    days: list[DayCount]


class LabelAgreement(Answer):
    """Whether images have the label or not: what the figures of the whole say, of that alone."""

    label: str
    agreement: float | None
    agreement_interval: tuple[float, float] | None
    alpha: float | None
    interval: tuple[float, float] | None


class LabelerAgreement(Answer):
    """images: with others' opinions beside theirs, and decided. agreed: on how many they said what was decided."""

    user_id: str
    name: str
    images: int
    agreed: int
    interval: tuple[float, float] | None


class Confused(Answer):
    """On how many images one said the first label where another said the second."""

    labels: tuple[str, str]
    count: int


class Agreement(Answer):
    """images: with two or more opinions. agreement: of two opinions on an image, how often they are the same, 0 to 1.
    alpha: Krippendorff's, nominal: 1 where all agree, 0 where they agree as often as by chance. The intervals: 95 %, of
    alpha (interval) and of the agreement. disputed: images that wait for a reviewer. confusion: the commonest 50.
    """

    images: int
    opinions: int
    agreement: float | None
    agreement_interval: tuple[float, float] | None
    alpha: float | None
    interval: tuple[float, float] | None
    disputed: int
    by_label: list[LabelAgreement]
    by_labeler: list[LabelerAgreement]
    confusion: list[Confused]
