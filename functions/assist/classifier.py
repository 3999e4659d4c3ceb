"""What a training has learned: which label an image most likely has, told by the features of its picture."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from functions.assist.judging import judge, several
from functions.assist.model import FEATURES
from functions.labeling.suggestions import HALF, AnySuggestion, Several, Suggestion

# No confidence is as high.
NEVER_SURE = 2.0
FORMER_PARTS = ["labels", "weights", "bias", "sure_from"]
PARTS = [*FORMER_PARTS, "likely_from"]


class Unusable(Exception):
    """These bytes are no classifier, or one for other features. Says why in words."""


@dataclass(frozen=True, eq=False)
class Classifier:
    """Of images with one label each. labels: ids. For each a column of weights (FEATURES, labels), and a bias.
    sure_from: the confidence from which suggestions are right as often as was asked for; NEVER_SURE where there is
    none. likely_from: from which each is at least as likely right as wrong.
    """

    labels: tuple[int, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    sure_from: float
    likely_from: float = HALF

    # As its bytes name it.
    kind: ClassVar[str | None] = None

    def suggest(
        self, features: NDArray[np.float16], aliases: Mapping[int, int], allowed: Collection[int]
    ) -> list[AnySuggestion | None]:
        """What is suggested for each row of features. aliases: for merged labels those as which they count. What is
        said of labels that are not allowed goes to nobody. None where nothing can be said: the features are no numbers
        or all zero, or no label is left.
        """
        counted = [aliases.get(label, label) for label in self.labels]
        targets = sorted(set(counted).intersection(allowed))
        if not targets:
            return [None] * len(features)
        rows = unit(features)
        known: NDArray[np.bool_] = np.any(rows != 0, axis=1)
        said = self._said(rows @ self.weights + self.bias, counted, targets)
        return [one if is_known else None for one, is_known in zip(said, known.tolist(), strict=True)]

    def _said(
        self, logits: NDArray[np.float32], counted: Sequence[int], targets: Sequence[int]
    ) -> Sequence[AnySuggestion]:
        """counted: as which of the targets each column counts, if any. Of those that count as one, the shares are added
        up.
        """
        belongs = np.array([[label == target for target in targets] for label in counted], np.float32)
        together = shares(logits) @ belongs
        order = np.argsort(-together, axis=1, kind="stable")[:, :2]
        confidences = rounded(np.take_along_axis(together, order, axis=1))
        return [
            self._suggestion([targets[at] for at in places], some)
            for places, some in zip(order.tolist(), confidences.tolist(), strict=True)
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
        parts: dict[str, Any] = {
            "labels": np.array(self.labels, np.int64),
            "weights": self.weights,
            "bias": self.bias,
            "sure_from": np.float64(self.sure_from),
            "likely_from": np.float64(self.likely_from),
        }
        if self.kind:
            parts["kind"] = np.array(self.kind)
        np.savez(out, **parts)
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
                kind = str(arrays["kind"]) if len(arrays.files) > len(PARTS) else None
        except Exception as error:
            # numpy and zipfile raise what they like for damaged bytes.
            raise Unusable("The file with what was learned is damaged.") from error
        parts = (labels, weights, bias, sure_from, likely_from)
        kinds = [np.int64, np.float32, np.float32, np.float64, np.float64]
        shapes = [(len(bias),) if bias.ndim else (), (FEATURES, bias.size), (bias.size,), (), ()]
        if [part.dtype for part in parts] != kinds or [part.shape for part in parts] != shapes or not bias.size:
            raise Unusable("The file with what was learned is of another version.")
        if kind not in KINDS:
            raise Unusable("The file with what was learned is of another version.")
        if not all(np.isfinite(part).all() for part in parts):
            raise Unusable("The file with what was learned has values that are no numbers.")
        return KINDS[kind](tuple(labels.tolist()), weights, bias, float(sure_from), float(likely_from))


class EachClassifier(Classifier):
    """Of images with any number of labels: each label against all others, so the columns know nothing of each other.
    sure_from: how likely what is said of labels must be right together; likely_from: the confidence from which a label
    is said to be there.
    """

    kind: ClassVar[str | None] = "each"

    def _said(self, logits: NDArray[np.float32], counted: Sequence[int], targets: Sequence[int]) -> Sequence[Several]:
        """Of columns that count as one label the likeliest tells how likely that is."""
        columns = np.array(counted)
        each = chances(logits)
        likely = rounded(np.stack([each[:, columns == target].max(axis=1) for target in targets], axis=1))
        judged = judge(likely, self.sure_from, self.likely_from)
        return [several(targets, likely, judged, row) for row in range(len(likely))]


KINDS: Mapping[str | None, type[Classifier]] = {made.kind: made for made in (Classifier, EachClassifier)}


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


def chances(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logistic function of each."""
    said: NDArray[np.float32] = 1 / (1 + np.exp(-logits.clip(-30, 30)))
    return said


def rounded(confidences: NDArray[np.float32]) -> NDArray[np.float64]:
    """Confidences as they are stored and compared: with four digits."""
    return confidences.astype(np.float64).round(4)
