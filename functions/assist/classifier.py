"""What a training has learned: which label an image most likely has, told by the features of its picture."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from functions.assist.model import FEATURES
from functions.labeling.suggestions import HALF, Suggestion

# No confidence is as high.
NEVER_SURE = 2.0
FORMER_PARTS = ["labels", "weights", "bias", "sure_from"]


class Unusable(Exception):
    """These bytes are no classifier, or one for other features. Says why in words."""


@dataclass(frozen=True, eq=False)
class Classifier:
    """labels: ids. For each a column of weights (FEATURES, labels), and a bias. sure_from: the confidence from which
    suggestions are right as often as was asked for; NEVER_SURE where there is none. likely_from: from which each is at
    least as likely right as wrong.
    """

    labels: tuple[int, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    sure_from: float
    likely_from: float = HALF

    def suggest(
        self, features: NDArray[np.float16], aliases: Mapping[int, int], allowed: Collection[int]
    ) -> list[Suggestion | None]:
        """The likeliest allowed label for each row of features. aliases: for merged labels those as which they count;
        their shares are added up. Those of labels that are not allowed go to nobody. None where nothing can be said:
        the features are no numbers or all zero, or no label is left.
        """
        counted = [aliases.get(label, label) for label in self.labels]
        targets = sorted(set(counted).intersection(allowed))
        if not targets:
            return [None] * len(features)
        rows = unit(features)
        belongs = np.array([[label == target for target in targets] for label in counted], np.float32)
        together = shares(rows @ self.weights + self.bias) @ belongs
        order = np.argsort(-together, axis=1, kind="stable")[:, :2]
        confidences = rounded(np.take_along_axis(together, order, axis=1))
        known: NDArray[np.bool_] = np.any(rows != 0, axis=1)
        return [
            self._suggestion([targets[at] for at in places], some) if said else None
            for places, some, said in zip(order.tolist(), confidences.tolist(), known.tolist(), strict=True)
        ]

    def _suggestion(self, labels: Sequence[int], confidences: Sequence[float]) -> Suggestion:
        """The likeliest label, and what it is if not that; labels: one of a project that has no other."""
        (label, *others), (confidence, *others_confidences) = labels, confidences
        return Suggestion(
            label,
            confidence,
            sure=confidence >= self.sure_from,
            second=next(iter(others), None),
            likely=confidence >= min(self.sure_from, self.likely_from),
            second_confidence=next(iter(others_confidences), None),
        )

    def to_bytes(self) -> bytes:
        """The same classifier makes the same bytes."""
        out = io.BytesIO()
        labels = np.array(self.labels, np.int64)
        np.savez(
            out,
            labels=labels,
            weights=self.weights,
            bias=self.bias,
            sure_from=np.float64(self.sure_from),
            likely_from=np.float64(self.likely_from),
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Classifier":
        """Raises Unusable."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                labels, weights, bias = arrays["labels"], arrays["weights"], arrays["bias"]
                sure_from = arrays["sure_from"]
                # What was learned before it was kept goes by the confidences themselves.
                is_of_before = arrays.files == FORMER_PARTS
                likely_from = np.float64(HALF) if is_of_before else arrays["likely_from"]
        except Exception as error:
            # numpy and zipfile raise what they like for damaged bytes.
            raise Unusable("The file with what was learned is damaged.") from error
        parts = (labels, weights, bias, sure_from, likely_from)
        kinds = [np.int64, np.float32, np.float32, np.float64, np.float64]
        shapes = [(len(bias),) if bias.ndim else (), (FEATURES, bias.size), (bias.size,), (), ()]
        if [part.dtype for part in parts] != kinds or [part.shape for part in parts] != shapes or not bias.size:
            raise Unusable("The file with what was learned is of another version.")
        if not all(np.isfinite(part).all() for part in parts):
            raise Unusable("The file with what was learned has values that are no numbers.")
        return cls(tuple(labels.tolist()), weights, bias, float(sure_from), float(likely_from))


def unit(features: NDArray[np.float16]) -> NDArray[np.float32]:
    """Each row with length 1; all zero where it is that or has a value that is no number."""
    rows = features.astype(np.float32)
    rows[~np.isfinite(rows).all(axis=1)] = 0
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(lengths > 0, lengths, 1)
    return rows


def shares(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The softmax of each row."""
    powers: NDArray[np.float32] = np.exp(logits - logits.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers


def rounded(confidences: NDArray[np.float32]) -> NDArray[np.float64]:
    """Confidences as they are stored and compared: with four digits."""
    return confidences.astype(np.float64).round(4)
