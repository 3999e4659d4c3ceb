"""What calls about suggestions get."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from functions.assist.store import Training
from functions.http.wire import Output
from functions.projects.model import Project

AssistStatus = Literal["off", "waiting", "learning", "ready", "failed"]
Share = Annotated[float, Field(ge=0, le=1)]


class LatelyAnswer(Output):
    """Of the latest some hundred sure suggestions that people saw, how many they accepted."""

    suggested: int
    right: int


class HiddenAnswer(Output):
    """Images that came without their suggestion on purpose, and for how many of them it was right; interval: the 95%
    interval of that share, low and high.
    """

    images: int
    right: int
    interval: Annotated[list[Share], Field(min_length=2, max_length=2)]


class WaitingAnswer(Output):
    """An estimate of how many waiting images will come with a sure suggestion, and how many are left to people."""

    sure: int
    unsure: int


class LabelerAssistAnswer(Output):
    """What a labeler did with the sure suggestions that they saw."""

    user_id: str
    name: str
    accepted: int
    changed: int


class AssistAnswer(Output):
    """How suggestions stand. detail: what they wait for, or what is wrong, in words. labels: that are set now.
    learnedFrom: how many labels the newest training learned from; 0 before the first. learnsAt: it learns again at so
    many labels. hidden, waiting and byLabeler are for reviewers only.
    """

    enabled: bool
    status: AssistStatus
    detail: str | None
    labels: int
    learned_from: int
    learns_at: int | None
    lately: LatelyAnswer | None
    hidden: HiddenAnswer | None
    waiting: WaitingAnswer | None
    by_labeler: Sequence[LabelerAssistAnswer]


class LabelRightAnswer(Output):
    """count: images with this label that it learned from. right: of what share of them it said so when they were held
    out; null where none was. precision: what share of those of which it said so have it; null where there were none.
    """

    label: str
    count: int
    right: Share | None
    precision: Share | None


class ConfusionAnswer(Output):
    """count: images with this label of which it said the suggested one when they were held out; images: the surest of
    them.
    """

    label: str
    suggested: str
    count: int
    images: Sequence[str]


class TogetherAnswer(Output):
    """count: images that it learned from and that have both labels."""

    labels: Annotated[list[str], Field(min_length=2, max_length=2)]
    count: int


class TrainingAnswer(Output):
    """One run of learning from the project's labels.

    labels: how many it learned from. right: the share of held-out images of which it said their labels. sureFrom: the
    confidence from which suggestions are sure, null where none are; sureRight: the share of those that were right.
    sureShare: the share of waiting images of which it is sure. together: where images have any number of labels, the
    hundred pairs that most images have; confusion: where they have one. waiting: there was too little to learn from;
    detail says what is lacking, or why it failed. by, byName: who asked for it; null where it came by itself.
    """

    id: str
    status: Literal["queued", "running", "completed", "waiting", "failed"]
    by: str | None
    by_name: str | None
    started_at: datetime | None
    finished_at: datetime | None
    seconds: float | None
    labels: int
    right: Share | None
    sure_from: Share | None
    sure_right: Share | None
    sure_share: Share | None
    by_label: Sequence[LabelRightAnswer]
    confusion: Sequence[ConfusionAnswer]
    together: Sequence[TogetherAnswer]
    detail: str | None


def training_answer(training: Training, project: Project) -> TrainingAnswer:
    """Labels by the names that they have now, also those that were removed since."""
    told = training.model_dump(include=TrainingAnswer.model_fields.keys() - {"by_label", "confusion", "together"})
    return TrainingAnswer(
        **told,
        by_label=[
            LabelRightAnswer(
                label=project.label_name(one.id), count=one.count, right=one.right, precision=one.precision
            )
            for one in training.by_label
        ],
        confusion=[
            ConfusionAnswer(
                label=project.label_name(one.label),
                suggested=project.label_name(one.suggested),
                count=one.count,
                images=one.images,
            )
            for one in training.confusion
        ],
        together=[
            TogetherAnswer(labels=[project.label_name(label) for label in one.labels], count=one.count)
            for one in training.together
        ],
    )
