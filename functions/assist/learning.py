"""Learns from labeled images which label an image has, and how right that is.

Each fifth of the images in turn is held out, and learned from the others what it is: these suggestions alone say how
right suggestions are, from which confidence on they are sure, and which labels they doubt. What is used afterwards
learns from all images.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from functions.assist.classifier import Classifier, rounded, shares, unit
from functions.assist.fitting import Line, Space, fit, sharpness
from functions.assist.schedule import FEWEST_LABELS, FEWEST_OF_A_LABEL
from functions.assist.sureness import likely_from, sure_from
from functions.labeling.suggestions import AnySuggestion, Suggestion
from functions.tasks.annotation import Annotation

T = TypeVar("T", bound=np.generic)

FOLDS = 5
MOST_PAIRS = 100
MOST_IMAGES = 20
MOST_DOUBTS = 1000


class NotEnough(Exception):
    """Fewer than FEWEST_LABELS labels have FEWEST_OF_A_LABEL images. counts: images by label id."""

    def __init__(self, counts: Mapping[int, int]) -> None:
        super().__init__(f"At least {FEWEST_LABELS} labels must have {FEWEST_OF_A_LABEL} images each.")
        self.counts = dict(counts)


@dataclass(frozen=True)
class LabelScore:
    """count: images with the label. right: the share of them for which it was suggested while they were held out; None
    for a label with too few images. precision: the share of the images for which it was suggested that have it; None
    where there were none.
    """

    count: int
    right: float | None
    precision: float | None


@dataclass(frozen=True)
class Confusion:
    """How many held-out images with a label were said to have another; images: indexes, surest first, some of them."""

    label: int
    suggested: int
    count: int
    images: list[int]


@dataclass(frozen=True)
class Together:
    """How many of the images have both labels."""

    labels: tuple[int, int]
    count: int


@dataclass(frozen=True)
class Doubt:
    """A held-out image, by its index, for which something else than its own labels was suggested. against: the labels
    by which that contradicts them. own: how likely its own are, by what was said.
    """

    index: int
    said: AnySuggestion
    against: tuple[int, ...]
    own: float


@dataclass(frozen=True, eq=False)
class Learned:
    """classifier: learned from all images. The rest is told by suggestions for held-out images: right: the share that
    was; sure_right: the same of the sure ones, None where none is. confusion: largest first. doubts: those first whose
    own labels are the least likely, without images of labels that have too few images to be suggested; reviewed ones
    last, as they are shown only if their review is undone. together: pairs of labels that images have together, most
    frequent first.
    """

    classifier: Classifier
    right: float
    by_label: dict[int, LabelScore]
    sure_right: float | None
    confusion: list[Confusion]
    doubts: list[Doubt]
    together: list[Together]


def fold_of(project_id: str, image_id: str) -> int:
    """Which fifth of its project an image belongs to; the same at every training."""
    return sha256(f"{project_id}/{image_id}".encode()).digest()[0] % FOLDS


def learnable(counts: Mapping[int, int]) -> NDArray[np.int64]:
    """The labels that have images enough to be learned, in order. Raises NotEnough for too few of them."""
    known = np.array(sorted(label for label, count in counts.items() if count >= FEWEST_OF_A_LABEL), np.int64)
    if len(known) < FEWEST_LABELS:
        raise NotEnough(counts)
    return known


def learn(
    features: NDArray[np.float16],
    given: Sequence[Annotation],
    folds: Sequence[int],
    *,
    precision: float,
    reviewed: Sequence[int] = (),
) -> Learned:
    """features: a row for each image; given: its label; folds: its fifth. precision: how often sure suggestions
    are to be right, 0 to 1. reviewed: indexes of images whose labels are doubted last. Labels with fewer than
    FEWEST_OF_A_LABEL images are not learned. Raises NotEnough.
    """
    labels = np.array([one.labels[0] for one in given], np.int64)
    counts = Counter(labels.tolist())
    known = learnable(counts)
    columns = np.where(np.isin(labels, known), np.searchsorted(known, labels), -1)
    # More threads than that wait for each other as soon as the process has anything else to do: ten times as long.
    with threadpool_limits(1):
        space = Space.of(unit(features))
        held, logits = hold_out(space.points, columns, np.array(folds), partial(fit, labels=len(known)))
        scale = np.float32(sharpness(logits, columns[held]))
        line = space.back(fit(space.points, columns, len(known)))
    told = _Told.of(held, labels[held], known, shares(logits * scale))
    threshold = sure_from(told.confidences, told.right, precision)
    likely = likely_from(told.confidences, told.right)
    return Learned(
        Classifier(tuple(known.tolist()), line.weights * scale, line.bias * scale, threshold, likely),
        float(told.right.mean()),
        {
            label: LabelScore(count, told.right_of(label), told.precision_of(label))
            for label, count in sorted(counts.items())
        },
        told.sure_right(threshold),
        told.confusion(),
        told.doubts(reviewed, threshold),
        [],
    )


def hold_out(
    points: NDArray[np.float32],
    given: NDArray[T],
    folds: NDArray[np.int64],
    fit: Callable[[NDArray[np.float32], NDArray[T]], Line],
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The images that were held out, by index, and what was said of them. given: a row for each image, of what people
    say of it.
    """
    present = np.unique(folds)
    held = [np.flatnonzero(folds == fold) for fold in present]
    lines = [fit(points[folds != fold], given[folds != fold]) for fold in present]
    said = [points[indexes] @ line.weights + line.bias for indexes, line in zip(held, lines, strict=True)]
    return np.concatenate(held), np.concatenate(said)


@dataclass(frozen=True, eq=False)
class _Told:
    """What was said of held-out images, surest first. indexes: theirs; labels and suggested: ids; own: how likely the
    image's own label is, 0 where that could not be suggested; right: label and suggested are the same; known: the
    labels that could be suggested.
    """

    indexes: NDArray[np.int64]
    labels: NDArray[np.int64]
    suggested: NDArray[np.int64]
    confidences: NDArray[np.float64]
    own: NDArray[np.float64]
    right: NDArray[np.bool_]
    known: NDArray[np.int64]

    @classmethod
    def of(
        cls, held: NDArray[np.int64], labels: NDArray[np.int64], known: NDArray[np.int64], said: NDArray[np.float32]
    ) -> "_Told":
        best = said.argmax(axis=1)
        confidences = rounded(said[np.arange(len(said)), best])
        order = np.lexsort((held, -confidences))
        columns = np.searchsorted(known, labels).clip(max=len(known) - 1)
        own = np.where(known[columns] == labels, rounded(said[np.arange(len(said)), columns]), 0.0)
        labels, suggested = labels[order], known[best[order]]
        return cls(held[order], labels, suggested, confidences[order], own[order], suggested == labels, known)

    def right_of(self, label: int) -> float | None:
        its = self.right[self.labels == label]
        return float(its.mean()) if len(its) and label in self.known else None

    def precision_of(self, label: int) -> float | None:
        its = self.right[self.suggested == label]
        return float(its.mean()) if len(its) else None

    def sure_right(self, threshold: float) -> float | None:
        sure = self.right[self.confidences >= threshold]
        return float(sure.mean()) if len(sure) else None

    def confusion(self) -> list[Confusion]:
        images: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for at in np.flatnonzero(self._contradicted()):
            images[int(self.labels[at]), int(self.suggested[at])].append(int(self.indexes[at]))
        pairs = sorted(images.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return [Confusion(*pair, len(its), its[:MOST_IMAGES]) for pair, its in pairs[:MOST_PAIRS]]

    def doubts(self, reviewed: Sequence[int], threshold: float) -> list[Doubt]:
        doubted = np.flatnonzero(self._contradicted() & np.isin(self.labels, self.known))
        is_reviewed = np.isin(self.indexes[doubted], np.array(reviewed, np.int64))
        # Of those whose own labels are as unlikely, the surest contradiction first.
        doubted = doubted[np.lexsort((self.own[doubted], is_reviewed))][:MOST_DOUBTS]
        parts = (self.indexes[doubted], self.suggested[doubted], self.confidences[doubted], self.own[doubted])
        return [
            Doubt(index, Suggestion(suggested, confidence, sure=confidence >= threshold), (suggested,), own)
            for index, suggested, confidence, own in zip(*(part.tolist() for part in parts), strict=True)
        ]

    def _contradicted(self) -> NDArray[np.bool_]:
        """Another label was suggested, and not merely because all of them are as likely."""
        return ~self.right & (self.confidences > 1 / len(self.known) + 1e-4)
