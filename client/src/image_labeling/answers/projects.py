"""Projects, their labels and how far they are."""

from datetime import datetime

from image_labeling.answers.base import Answer


class DatasetReference(Answer):
    """Which images a project has: those of a folder (prefix) of a datastore."""

    name: str
    datastore: str
    prefix: str


class Label(Answer):
    """group: the path of the group that it is in, "" for none. key: what gives it on the labeling page. examples: ids
    of images that show what it means.
    """

    id: int
    name: str
    group: str
    key: str
    description: str
    examples: list[str]


class Group(Answer):
    """A group that labels are in, it or those below it. exclusive: an image gets at most one of these labels."""

    path: str
    exclusive: bool


class Merged(Answer):
    """A label that was merged. into: the id of the label as which its images count now."""

    id: int
    name: str
    into: int


class Instructions(Answer):
    text: str
    url: str


class Opinions(Answer):
    """How many people look at an image: `least` at each of a share of the images, up to `most` while they disagree.
    until: one more is asked while what was decided is less likely right than this; None where that is not looked at.
    """

    least: int
    most: int
    share: float
    until: float | None


class Checked(Answer):
    """What the newest check of the whole project says. check: its id. share: of the judged labels that were right, with
    its 95 % interval.
    """

    check: str
    share: float
    interval: tuple[float, float]
    judged: int
    finished_at: datetime


class ProjectAnswer(Answer):
    """A project as the caller may see it. etag: what changes go by (If-Match). task_type: multiClass or multiLabel.
    dataset, checked, status_detail, last_refresh_at: None for labelers. status: creating, created, paused or failed.
    in_trouble: status_detail says what is wrong with the folder; it is tried again. role: the caller's.
    """

    etag: str
    id: str
    name: str
    task_type: str
    dataset: DatasetReference | None
    incremental_refresh: bool
    order: str
    labels: list[Label]
    groups: list[Group]
    merged: list[Merged]
    instructions: Instructions
    ml_assist: bool
    suggestion_order: str
    suggestion_precision: float
    lease_minutes: int
    opinions: Opinions
    has_opinions: bool
    labelers_see_figures: bool
    checked: Checked | None
    status: str
    status_detail: str | None
    in_trouble: bool
    created_at: datetime
    last_refresh_at: datetime | None
    role: str


class LabelCount(Answer):
    label: str
    count: int


class LabelerCount(Answer):
    """What somebody has labeled. labeled_per_hour: in the last 60 minutes. last_hours: labels that stand, by the clock
    hour (UTC) in which they were set; the last one is the current hour.
    """

    user_id: str
    name: str
    labeled: int
    skipped: int
    rejected: int
    reviewed: int
    labeled_per_hour: float
    last_hours: list[int]


class Progress(Answer):
    """How far a project is: images in each state, which add up to the total. deferred: their files could not be read
    for a reason that may pass. returned: they wait, or are with labelers, because they were rejected.
    awaiting_opinions: of the waiting those on which there are opinions. reviewed: of the labeled those that a reviewer
    has confirmed or set; empty: those that have none of the labels. labeled_per_hour: labels set in 60 minutes.
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

    @property
    def share_labeled(self) -> float:
        """Of the images that can be labeled, the share that is: 0 to 1; 0 where there are none."""
        can_be = self.total - self.unreadable - self.missing
        return self.labeled / can_be if can_be else 0.0
