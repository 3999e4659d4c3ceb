"""When it is learned again, and what is lacking before the first time."""

import math
from collections.abc import Mapping, Sequence

from functions.assist.store import Training
from functions.projects.model import Project

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


def is_due(labeled: int, trainings: Sequence[Training]) -> bool:
    """Labels have grown by enough since the last training, or as many were taken back. trainings: newest first."""
    last = next((one.labeled for one in trainings if one.is_over), 0)
    return abs(labeled - last) >= grown(last)


def what_lacks(project: Project, counts: Mapping[int, int]) -> str | None:
    """What is lacking before anything can be learned, in words; None when there is enough. counts: labeled images per
    label, merged ones among those that they count as.
    """
    enough = [label for label in project.labels if counts.get(label.id, 0) >= FEWEST_OF_A_LABEL]
    if len(enough) >= FEWEST_LABELS:
        return None
    rest = sorted(
        (label for label in project.labels if label not in enough), key=lambda label: -counts.get(label.id, 0)
    )
    told = [f"{label.name!r} has {counts.get(label.id, 0)}" for label in rest[:MOST_NAMED]]
    more = f" and {len(rest) - MOST_NAMED} others have fewer" if len(rest) > MOST_NAMED else ""
    return (
        f"Suggestions need {FEWEST_OF_A_LABEL} labeled images of at least {FEWEST_LABELS} labels: "
        f"{', '.join(told)}{more}. Until then labeling goes on without them."
    )
