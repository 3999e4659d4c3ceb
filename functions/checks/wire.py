"""What calls about checks send and get."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from functions.checks.figures import Figures, by_label, by_labeler, figures_of
from functions.checks.store import MOST_IMAGES, Check, Verdict
from functions.http.wire import Input, Moment, Output, Page, PageQuery, Share
from functions.identity import LONGEST_NAME
from functions.projects.label_wire import ImageId, LabelName
from functions.projects.model import Project
from functions.tasks.base import MOST_LABELS

FEWEST_IMAGES = 10
MOST_VERDICTS = 100


class CheckRequest(Input):
    """size: how many images are drawn; all, if there are fewer. labeler: user id or sign-in name; label: id or name:
    only images whose label is of this person, or that have this label; one of the two at most.
    """

    size: int = Field(ge=FEWEST_IMAGES, le=MOST_IMAGES)
    labeler: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)
    label: LabelName | None = None


class FiguresAnswer(Output):
    """size: how many images were drawn; judged: those with a verdict. share: of the right and wrong ones the share that
    is right; interval: its 95 % interval, low and high; both null where there are none.
    """

    size: int
    judged: int
    right: int
    wrong: int
    unclear: int
    share: Share | None
    interval: tuple[Share, Share] | None


class CheckedLabel(FiguresAnswer):
    """Of the images that had this label when they were drawn; null: that had none. An image with several labels is
    right if all of them are.
    """

    label: str | None


class CheckedLabeler(FiguresAnswer):
    """Of the images whose label was this person's when they were drawn."""

    user_id: str
    name: str


class CheckAnswer(FiguresAnswer):
    """A random sample of the labeled images, and what reviewers found of it. status: done when all have a verdict.
    finishedAt: when the last one was given; null in open checks. labeler, label: null where the sample is of all
    labelers, of all labels. by, byName: who had it drawn. byLabel: in
    the order of the project's labels; byLabeler: those first of whom the sample has most.
    """

    id: str
    status: Literal["open", "done"]
    created_at: datetime
    finished_at: datetime | None
    by: str | None
    by_name: str | None
    labeler: str | None
    labeler_name: str | None
    label: str | None
    by_label: Sequence[CheckedLabel]
    by_labeler: Sequence[CheckedLabeler]


class CheckImagesQuery(PageQuery):
    """verdict: only images with this one; none: only those that have yet to be judged."""

    verdict: Literal["none", "right", "wrong", "unclear"] | None = None


class CheckedImage(Output):
    """An image of the sample. labels, labeler, labeledAt: what it was labeled as when it was drawn, by whom and when,
    which is what is judged; labelsNow: what it is labeled as now, which differs once it was corrected; null while it is
    not labeled. review: the confirmation or correction that the verdict led to. The addresses are null where an image
    that was judged has no preview any more.
    """

    id: str
    name: str
    labels: list[str]
    labels_now: list[str] | None
    labeler: str
    labeler_name: str
    labeled_at: datetime
    verdict: Verdict | None
    review: str | None
    width: int
    height: int
    preview_url: str | None
    thumbnail_url: str | None


class CheckImagesAnswer(Page[CheckedImage]):
    """The images in the order in which they were drawn. replaced: the ids of those that this call has taken out of the
    sample, as they were labeled anew or cannot be seen any more before they were judged; others were drawn instead, in
    their places, as long as there are others.
    """

    replaced: list[str]


class VerdictInput(Input):
    """labeledAt: of the image as the check gave it. verdict: null takes it back, with the confirmation or correction
    that it led to. labels: of a wrong one, what is right: the image is corrected on the spot.
    """

    id: ImageId
    labeled_at: Moment
    verdict: Verdict | None
    labels: list[LabelName] | None = Field(default=None, max_length=MOST_LABELS)


class VerdictsRequest(Input):
    verdicts: list[VerdictInput] = Field(min_length=1, max_length=MOST_VERDICTS)


class VerdictsAnswer(Output):
    """stale: images that are not in the sample, or were labeled anew before they were judged; and those of which a
    verdict cannot be taken back or changed, as the label that it has set is with a labeler, or the caller has changed
    the image 50 times within 24 hours. Nothing was saved of them. The next call for the check's images has others in
    place of those that were labeled anew.
    """

    saved: list[str]
    stale: list[str]


def check_answer(check: Check, project: Project, names: Mapping[str, str]) -> CheckAnswer:
    """names: sign-in names by user id."""
    places: dict[int | None, int] = {label.id: place for place, label in enumerate(project.all_labels)}
    labels = sorted(by_label(check.images, project.aliases).items(), key=lambda item: places.get(item[0], len(places)))
    labelers = sorted(by_labeler(check.images).items(), key=lambda item: (-item[1].size, item[0]))
    return CheckAnswer(
        id=check.id,
        status="done" if check.is_done else "open",
        created_at=check.asked_at,
        finished_at=check.finished_at,
        by=check.by,
        by_name=check.by_name,
        labeler=check.labeler,
        labeler_name=names.get(check.labeler, check.labeler) if check.labeler else None,
        label=project.label_name(project.resolve(check.label)) if check.label is not None else None,
        by_label=[
            CheckedLabel(label=None if label is None else project.label_name(label), **_told(figures))
            for label, figures in labels
        ],
        by_labeler=[
            CheckedLabeler(user_id=user, name=names.get(user, user), **_told(figures)) for user, figures in labelers
        ],
        **_told(figures_of(check.images)),
    )


def _told(figures: Figures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in FiguresAnswer.model_fields}
