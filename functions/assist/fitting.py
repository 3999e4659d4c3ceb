"""Multinomial logistic regression, in the few directions in which the features of a project's images differ most.

In so few directions a fit takes milliseconds where it would take seconds, and says the same. The directions are those
of all images, held-out ones too: they tell nothing of labels.
"""

import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.optimize import minimize_scalar
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from functions.assist.classifier import shares

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
