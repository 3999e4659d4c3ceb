"""Checks: random samples of the labeled images, and what reviewers found of them."""

from datetime import datetime

from image_labeling.answers.base import Answer


class Figures(Answer):
    """size: how many images were drawn; judged: those with a verdict. share: of the right and wrong ones those that are
    right, with its 95 % interval; None where there are none.
    """

    size: int
    judged: int
    right: int
    wrong: int
    unclear: int
    share: float | None
    interval: tuple[float, float] | None


class CheckedLabel(Figures):
    """Of the images that had this label when they were drawn; None: that had none."""

    label: str | None


class CheckedLabeler(Figures):
    user_id: str
    name: str


class Check(Figures):
    """status: open or done. labeler, label: None where the sample is of all labelers, of all labels."""

    id: str
    status: str
    created_at: datetime
    finished_at: datetime | None
    by: str | None
    by_name: str | None
    labeler: str | None
    labeler_name: str | None
    label: str | None
    by_label: list[CheckedLabel]
    by_labeler: list[CheckedLabeler]


class CheckedImage(Answer):
    """An image of the sample. labels, labeler, labeled_at: what is judged; labels_now: what it is labeled as now.
    verdict: right, wrong or unclear. review: the confirmation or correction that the verdict led to.
    """

    id: str
    name: str
    labels: list[str]
    labels_now: list[str] | None
    labeler: str
    labeler_name: str
    labeled_at: datetime
    verdict: str | None
    review: str | None
    width: int
    height: int
    preview_url: str | None
    thumbnail_url: str | None


class Verdicts(Answer):
    """The ids of images whose verdicts were saved; stale: of those that are not in the sample any more, or cannot be
    changed.
    """

    saved: list[str]
    stale: list[str]
