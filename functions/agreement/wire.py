"""What the call about agreement gets."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from functions.http.wire import Interval, Output, Share

Alpha = Annotated[float, Field(ge=-1, le=1)]
AlphaInterval = Annotated[Sequence[Alpha], Field(min_length=2, max_length=2)]


class LabelAgreement(Output):
    """Whether images have the label or not: what the figures of the whole say, of that alone."""

    label: str
    agreement: Share | None
    agreement_interval: Interval | None
    alpha: Alpha | None
    interval: AlphaInterval | None


class LabelerAgreement(Output):
    """images: with others' opinions beside theirs, and decided. agreed: on how many of these they said what was
    decided. interval: in which the share of these is.
    """

    user_id: str
    name: str
    images: int
    agreed: int
    interval: Interval | None


class ConfusedAnswer(Output):
    """On how many images one said the first label where another said the second."""

    labels: Annotated[Sequence[str], Field(min_length=2, max_length=2)]
    count: int


class AgreementAnswer(Output):
    """images: with two or more opinions, skips left out; opinions: on these. agreement: of two opinions on an image,
    how often they are the same in all labels, 0 to 1. alpha: Krippendorff's, nominal: 1 where all agree, 0 where they
    agree as often as by chance; null where all opinions are the same label. interval: in which alpha is, at 95 %;
    agreementInterval: in which the agreement is; both null for fewer than two images. disputed: images that wait for a
    reviewer to decide. byLabel: of each label that somebody gave. byLabeler: most images first. confusion: the
    commonest 50, commonest first.
    """

    images: int
    opinions: int
    agreement: Share | None
    agreement_interval: Interval | None
    alpha: Alpha | None
    interval: AlphaInterval | None
    disputed: int
    by_label: list[LabelAgreement]
    by_labeler: list[LabelerAgreement]
    confusion: list[ConfusedAnswer]
