"""Projects, their labels and how far they are."""

from datetime import datetime

from image_labeling.answers.base import Answer


class DatasetReference(Answer):
    """Which images a project has: those of a folder (prefix) of a datastore."""

    name: str
    datastore: str
    prefix: str


class Label(Answer):
    """group: the path of the group that it is in, "" for none. key: what gives it on the labeling page."""

    id: int
    name: str
    group: str
    key: str
    description: str


class ProjectAnswer(Answer):
    """A project as the caller may see it. etag: what changes go by (If-Match). task_type: multiClass or multiLabel.
    dataset: None for labelers. status: creating, created, paused or failed. role: the caller's.
    """

    etag: str
    id: str
    name: str
    task_type: str
    dataset: DatasetReference | None
    labels: list[Label]
    ml_assist: bool
    status: str
    status_detail: str | None
    created_at: datetime
    role: str


class LabelCount(Answer):
    label: str
    count: int


class Progress(Answer):
    """How far a project is. The states add up to the total."""

    total: int
    preparing: int
    waiting: int
    leased: int
    labeled: int
    skipped: int
    disputed: int
    unreadable: int
    missing: int
    awaiting_opinions: int
    reviewed: int
    by_label: list[LabelCount]
    labeled_per_hour: float

    @property
    def share_labeled(self) -> float:
        """Of the images that can be labeled, the share that is: 0 to 1; 0 where there are none."""
        can_be = self.total - self.unreadable - self.missing
        return self.labeled / can_be if can_be else 0.0
