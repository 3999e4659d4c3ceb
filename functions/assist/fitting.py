"""Logistic regression, multinomial or each label against the rest, in the few directions in which the features of a
project's images differ most.

In so few directions a fit takes milliseconds where it would take seconds, and says the same. The directions are those
of all images, held-out ones too: they tell nothing of labels.
"""

import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.optimize import minimize, minimize_scalar
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from functions.assist.classifier import chances, shares

MOST_DIRECTIONS = 256
# How much a fit may follow the examples, for points at a mean distance of 1 from their middle.
FREEDOM = 8.0
# Of the gradient, for one label; each of many has a share of it.
TOLERANCE = 1e-3
ROUNDS = 100
# The bias of a label that was not among the examples.
UNSEEN = -1e4
# Sharper or flatter than this, confidences say nothing.
MOST_SHARPNESS = 8.0
# As though so many examples had said that confidences are right as they are.
TRUST = 5.0
LEAST_SHARE = 1e-6
# Of Newton's method, which is near enough by then.
STEPS = 6


class Line(NamedTuple):
    """For each label a column of weights, and a bias: a row of features times weights, plus bias, are its logits."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Space:
    """points: the images in these directions (images, directions). axes: features times axes, less those of the middle,
    are points.
    """

    points: NDArray[np.float32]
    axes: NDArray[np.float32]
    middle: NDArray[np.float32]

    @classmethod
    def of(cls, features: NDArray[np.float32]) -> "Space":
        """features: (images, features); they are overwritten."""
        middle = features.mean(axis=0)
        features -= middle
        spread = features.T @ features
        size = len(spread)
        directions = min(MOST_DIRECTIONS, size, len(features) - 1)
        _, axes = eigh(spread, subset_by_index=[size - directions, size - 1], overwrite_a=True)
        distance = np.sqrt(np.trace(spread) / len(features))
        axes = (axes / (distance or 1)).astype(np.float32)
        return cls(features @ axes, axes, middle)

    def back(self, line: Line) -> Line:
        """A line for points as one for features."""
        weights = self.axes @ line.weights
        return Line(weights, line.bias - self.middle @ weights)


def fit(points: NDArray[np.float32], columns: NDArray[np.int64], labels: int) -> Line:
    """columns: for each point which of the labels it has; -1: none of them, it is left out. Where the points have fewer
    than two labels, the line says nothing: all labels are as likely.
    """
    line = Line(np.zeros((points.shape[1], labels), np.float32), np.full(labels, UNSEEN, np.float32))
    seen = np.unique(columns[columns >= 0])
    if len(seen) < 2:
        return line
    model = LogisticRegression(C=FREEDOM, tol=TOLERANCE / len(seen), max_iter=ROUNDS)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        model.fit(points[columns >= 0], columns[columns >= 0])
    weights, bias = model.coef_.T, model.intercept_
    if len(seen) == 2:
        # Of two labels the model says how the second differs from the first.
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    line.weights[:, seen], line.bias[seen] = weights, bias
    return line


def sharpness(logits: NDArray[np.float32], columns: NDArray[np.int64]) -> float:
    """By what logits are to be multiplied for their shares to be as often right as they say; columns: what is true, -1
    where it is no label of them.
    """
    known = columns >= 0
    if not known.any():
        return 1.0
    rows, true = logits[known], columns[known]

    def surprise(log_scale: float) -> float:
        said = shares(rows * np.float32(np.exp(log_scale)))[np.arange(len(rows)), true]
        return float(-np.log(np.maximum(said, LEAST_SHARE)).sum(dtype=np.float64)) + TRUST * log_scale**2

    most = np.log(MOST_SHARPNESS)
    return float(np.exp(minimize_scalar(surprise, bounds=(-most, most), method="bounded").x))


def fit_each(points: NDArray[np.float32], has: NDArray[np.bool_]) -> Line:
    """has: for each point which of the labels it has (points, labels). Each label is told from the rest, as `fit` tells
    two labels from each other. Of one that all or none of the points have, its share alone is known.
    """
    (count, size), labels = points.shape, has.shape[1]
    signs, with_it = np.where(has, np.float32(1), np.float32(-1)), has.sum(axis=0)
    is_open = (with_it > 0) & (with_it < count)
    start = np.zeros((size + 1, labels))
    start[size] = np.log((with_it + 0.5) / (count - with_it + 0.5))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        line = flat.reshape(size + 1, labels).astype(np.float32)
        margins = signs * (points @ line[:size] + line[size])
        # In this way nothing overflows.
        small = np.exp(-np.abs(margins))
        surprise = np.log1p(small) - np.minimum(margins, 0)
        slopes = -signs * np.where(margins > 0, small, 1) / (1 + small) * is_open / count
        slope = np.vstack([points.T @ slopes + line[:size] / (FREEDOM * count), slopes.sum(axis=0)])
        stiffness = np.square(line[:size], dtype=np.float64).sum() / (2 * FREEDOM * count)
        return float(surprise.sum(dtype=np.float64) / max(count, 1) + stiffness), slope.astype(np.float64).ravel()

    if is_open.any():
        options = {"maxiter": ROUNDS, "gtol": TOLERANCE / labels, "ftol": 0}
        found = minimize(loss, start.ravel(), method="L-BFGS-B", jac=True, options=options).x.reshape(start.shape)
    else:
        found = start
    return Line(found[:size].astype(np.float32), found[size].astype(np.float32))


def tempered(logits: NDArray[np.float32], has: NDArray[np.bool_]) -> tuple[np.float32, NDArray[np.float32]]:
    """By what logits are to be multiplied, and what is then to be added for each label, for their chances to be as
    often right as they say, and each label to be said as often as it is there.
    """
    share = (has.sum(axis=0) + 0.5) / (len(has) + 1)

    def shifts(scale: np.float32) -> NDArray[np.float32]:
        """By Newton's method."""
        shift = np.zeros(has.shape[1], np.float32)
        for _ in range(STEPS):
            said = chances(logits * scale + shift)
            slope = (said * (1 - said)).mean(axis=0) + LEAST_SHARE
            shift += ((share - said.mean(axis=0)) / slope).clip(-1, 1).astype(np.float32)
        return shift

    def surprise(log_scale: float) -> float:
        scale = np.float32(np.exp(log_scale))
        said = chances(logits * scale + shifts(scale))
        missed = np.maximum(np.where(has, said, 1 - said), LEAST_SHARE)
        return float(-np.log(missed).sum(dtype=np.float64)) + TRUST * log_scale**2

    most = np.log(MOST_SHARPNESS)
    scale = np.float32(np.exp(minimize_scalar(surprise, bounds=(-most, most), method="bounded").x))
    return scale, shifts(scale)
