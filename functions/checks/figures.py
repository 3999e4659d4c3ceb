"""What a check says: the share that was right, with its interval, of all, by label and by labeler."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from functions.checks.store import Drawn
from functions.intervals import wilson


@dataclass(frozen=True)
class Figures:
    """size: images; right, wrong, unclear: those with this verdict."""

    size: int
    right: int
    wrong: int
    unclear: int

    @property
    def judged(self) -> int:
        """Images with any verdict."""
        return self.right + self.wrong + self.unclear

    @property
    def share(self) -> float | None:
        """Of those that were clear the share that was right; None where none was."""
        clear = self.right + self.wrong
        return self.right / clear if clear else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The share's 95 % interval."""
        return None if self.share is None else wilson(self.share, self.right + self.wrong)


def figures_of(images: Iterable[Drawn]) -> Figures:
    counted = Counter(drawn.verdict for drawn in images)
    return Figures(counted.total(), counted["right"], counted["wrong"], counted["unclear"])


def by_label(images: Iterable[Drawn], aliases: Mapping[int, int]) -> dict[int | None, Figures]:
    """By what images were labeled as when they were drawn, merged labels as those as which they count; None: those
    without any label. An image with several labels is among those of each: its verdict is about all of them together.
    """
    groups: defaultdict[int | None, list[Drawn]] = defaultdict(list)
    for drawn in images:
        counted: set[int | None] = {aliases.get(label, label) for label in drawn.labels}
        for label in counted or {None}:
            groups[label].append(drawn)
    return {label: figures_of(some) for label, some in groups.items()}


def by_labeler(images: Iterable[Drawn]) -> dict[str, Figures]:
    """By whose label it was when they were drawn, user ids; a correction that followed changes nothing of that."""
    groups: defaultdict[str, list[Drawn]] = defaultdict(list)
    for drawn in images:
        groups[drawn.labeler].append(drawn)
    return {labeler: figures_of(some) for labeler, some in groups.items()}
