"""When it is learned again, and what is lacking before the first time."""

import math
from collections.abc import Mapping, Sequence

from functions.assist.store import Training
from functions.projects.model import Label, Project

# It learns again when labels have grown by the larger of these since the last time.
GROWN_BY = 20
GROWN_BY_SHARE = 0.1
FEWEST_OF_A_LABEL = 5
FEWEST_LABELS = 2
MOST_NAMED = 5


def learns_at(trainings: Sequence[Training]) -> int:
    """At how many labels it is learned for the next time. trainings: newest first."""
    last = next((one.labeled for one in trainings if one.is_over), 0)
    return last + grown(last)


def grown(labeled: int) -> int:
    return max(GROWN_BY, math.ceil(labeled * GROWN_BY_SHARE))


def is_due(project: Project, labeled: int, trainings: Sequence[Training]) -> bool:
    """Labels have grown by enough since the last training, or as many were taken back, or sure suggestions are to be
    right in another share of cases than it knew of. trainings: newest first.
    """
    last = next((one for one in trainings if one.is_over), None)
    if last is None:
        return labeled >= grown(0)
    has_other_aim = last.precision not in (None, project.suggestion_precision)
    return has_other_aim or abs(labeled - last.labeled) >= grown(last.labeled)


def what_lacks(project: Project, counts: Mapping[int, int]) -> str | None:
    """What is lacking before anything can be learned, in words; None when there is enough. counts: labeled images per
    label, merged ones among those that they count as.
    """
    few = _few(project.labels, counts)
    if len(project.labels) - len(few) >= FEWEST_LABELS:
        return None
    return f"Suggestions need {FEWEST_OF_A_LABEL} labeled images of at least {FEWEST_LABELS} labels: {_told(few)}."


def too_few(labels: Sequence[Label], counts: Mapping[int, int]) -> str | None:
    """Which of the labels have too few images to be suggested, in words; None when all have enough."""
    few = _few(labels, counts)
    return f"Not suggested before {FEWEST_OF_A_LABEL} images have them: {_told(few)}." if few else None


def not_suggested(project: Project, learned: Training, counts: Mapping[int, int], due_at: int) -> str | None:
    """Which of the project's labels are not suggested by what was learned, in words; None when all are. due_at: the
    count of labels at which it learns again.
    """
    suggested = {project.resolve(one.id) for one in learned.by_label if one.right is not None}
    others = [label for label in project.labels if label.id not in suggested]
    few = too_few(others, counts)
    ripe = [label for label in others if counts.get(label.id, 0) >= FEWEST_OF_A_LABEL]
    told = [f"{_names(ripe)} will be suggested when it is learned again, at {due_at:,} labels."] if ripe else []
    return " ".join([*told, few] if few else told) or None


def _few(labels: Sequence[Label], counts: Mapping[int, int]) -> list[tuple[str, int]]:
    """The labels with too few images, those with most of them first."""
    found = [(label.name, counts.get(label.id, 0)) for label in labels]
    return sorted([one for one in found if one[1] < FEWEST_OF_A_LABEL], key=lambda one: -one[1])


def _names(labels: Sequence[Label]) -> str:
    rest = len(labels) - MOST_NAMED
    return ", ".join(repr(label.name) for label in labels[:MOST_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def _told(few: Sequence[tuple[str, int]]) -> str:
    told = [f"{name!r} has {count}" for name, count in few[:MOST_NAMED]]
    rest = len(few) - MOST_NAMED
    return ", ".join(told) + (f", {rest:,} more have fewer" if rest > 0 else "")
