"""Learns from images with any number of labels which of them an image has, each label against the rest, and how right
that is; in the same way as of images with one label (learning.py).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from functions.assist.classifier import NEVER_SURE, EachClassifier, chances, rounded, unit
from functions.assist.fitting import Space, fit_each, tempered
from functions.assist.judging import Judged, judge, several
from functions.assist.learning import (
    MOST_DOUBTS,
    MOST_PAIRS,
    Doubt,
    LabelScore,
    Learned,
    Together,
    hold_out,
    learnable,
)
from functions.assist.sureness import likely_from, sure_from
from functions.tasks.annotation import Annotation

# A label that is less likely is said of no image, whatever the others show.
LEAST_LIKELY = 0.1


def learn_each(
    features: NDArray[np.float16],
    given: Sequence[Annotation],
    folds: Sequence[int],
    *,
    precision: float,
    reviewed: Sequence[int] = (),
) -> Learned:
    """As `learn`. given: what people say of each image. precision: how often all that is said of a sure image is to be
    right. Labels with fewer than FEWEST_OF_A_LABEL images are not learned, and nothing that is said of their images
    counts as right. Raises NotEnough.
    """
    counts = Counter(label for one in given for label in one.labels)
    known = learnable(counts)
    has, is_whole = _given(given, known)
    with threadpool_limits(1):
        space = Space.of(unit(features))
        held, logits = hold_out(space.points, has, np.array(folds), fit_each)
        scale, shift = tempered(logits, has[held])
        line = space.back(fit_each(space.points, has))
    told = _Told.of(held, known, has[held], is_whole[held], rounded(chances(logits * scale + shift)), precision)
    classifier = EachClassifier(
        tuple(known.tolist()), line.weights * scale, line.bias * scale + shift, told.sure_from, told.likely_from
    )
    scores = told.scores()
    return Learned(
        classifier,
        float(told.right.mean()),
        {label: scores.get(label, LabelScore(count, None, None)) for label, count in sorted(counts.items())},
        told.sure_right(),
        [],
        told.doubts(reviewed),
        _together(known, has),
    )


def _given(given: Sequence[Annotation], known: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of the known labels each image has, and of which images these are all that they have."""
    columns = {label: at for at, label in enumerate(known.tolist())}
    has = np.zeros((len(given), len(known)), np.bool_)
    for row, one in enumerate(given):
        has[row, [columns[label] for label in one.labels if label in columns]] = True
    return has, has.sum(axis=1) == [len(one.labels) for one in given]


def _together(known: NDArray[np.int64], has: NDArray[np.bool_]) -> list[Together]:
    """The most frequent pairs of labels."""
    own = has.astype(np.float32)
    counts = np.triu(own.T @ own, 1).astype(np.int64)
    rows, columns = np.nonzero(counts)
    order = np.argsort(-counts[rows, columns], kind="stable")[:MOST_PAIRS]
    return [
        Together((int(known[row]), int(known[column])), int(counts[row, column]))
        for row, column in zip(rows[order], columns[order], strict=True)
    ]


@dataclass(frozen=True, eq=False)
class _Told:
    """What was said of held-out images, a row for each. indexes: theirs; has: which of the known labels they have;
    is_whole: they have no others; likely: how likely each label was said to be; right: all that was said was.
    """

    indexes: NDArray[np.int64]
    known: NDArray[np.int64]
    has: NDArray[np.bool_]
    is_whole: NDArray[np.bool_]
    likely: NDArray[np.float64]
    judged: Judged
    right: NDArray[np.bool_]
    sure_from: float
    likely_from: float

    @classmethod
    def of(
        cls,
        indexes: NDArray[np.int64],
        known: NDArray[np.int64],
        has: NDArray[np.bool_],
        is_whole: NDArray[np.bool_],
        likely: NDArray[np.float64],
        precision: float,
    ) -> "_Told":
        near = likely >= LEAST_LIKELY
        likely_threshold = likely_from(likely[near], has[near])
        judged = judge(likely, NEVER_SURE, likely_threshold)
        right = (judged.there == has).all(axis=1) & is_whole
        sure_threshold = sure_from(judged.whole, right, precision)
        judged = judge(likely, sure_threshold, likely_threshold)
        return cls(indexes, known, has, is_whole, likely, judged, right, sure_threshold, likely_threshold)

    def scores(self) -> dict[int, LabelScore]:
        there, both = self.judged.there.sum(axis=0), (self.judged.there & self.has).sum(axis=0)
        counts = self.has.sum(axis=0)
        return {
            label: LabelScore(count, right / count, right / said if said else None)
            for label, count, said, right in zip(
                self.known.tolist(), counts.tolist(), there.tolist(), both.tolist(), strict=True
            )
        }

    def sure_right(self) -> float | None:
        sure = self.right[self.judged.sure.all(axis=1)]
        return float(sure.mean()) if len(sure) else None

    def doubts(self, reviewed: Sequence[int]) -> list[Doubt]:
        # Each label by itself: what is said of the others makes a wrong one no less wrong.
        judged = self.judged._replace(sure=self.judged.clear >= self.sure_from)
        against = judged.sure & (judged.there != self.has) & self.is_whole[:, np.newaxis]
        own = np.where(against, 1 - judged.clear, 1).min(axis=1).round(4)
        doubted = np.flatnonzero(against.any(axis=1))
        is_reviewed = np.isin(self.indexes[doubted], np.array(reviewed, np.int64))
        doubted = doubted[np.lexsort((self.indexes[doubted], own[doubted], is_reviewed))][:MOST_DOUBTS]
        labels = self.known.tolist()
        return [
            Doubt(
                int(self.indexes[row]),
                several(labels, self.likely, judged, row),
                tuple(self.known[against[row]].tolist()),
                float(own[row]),
            )
            for row in doubted.tolist()
        ]
