"""What callers say of images by their paths, as the lines of an import: JSON Lines, in which every name and label can
stand as it is.

https://learn.microsoft.com/azure/machine-learning/reference-automl-images-schema
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from image_labeling.errors import LabelingError

FORMAT: Literal["azureml"] = "azureml"
Sure = tuple[str, float]


def label_lines(labels: Mapping[str, str | Sequence[str]]) -> Iterator[str]:
    for path, said in labels.items():
        if not isinstance(said, Iterable):
            raise LabelingError(f"{path}: a label is a name, or several, not {said!r}.", type="invalid")
        yield _line(path, [said] if isinstance(said, str) else list(said))


def suggestion_lines(suggestions: Mapping[str, Sure | Iterable[Sure]], one_each: bool) -> Iterator[str]:
    """one_each: an image has one label, so that only the surest can be suggested. Raises LabelingError for what is no
    confidence.
    """
    for path, said in suggestions.items():
        each = sorted(_each(path, said), key=lambda one: -one[1])
        if one_each:
            del each[1:]
        yield _line(path, [label for label, _ in each], [confidence for _, confidence in each])


def _each(path: str, said: Sure | Iterable[Sure]) -> list[Sure]:
    is_one = isinstance(said, tuple) and len(said) == 2 and not isinstance(said[0], tuple)
    each: Any = [said] if is_one else said
    try:
        return [(label, _confidence(path, given)) for label, given in each]
    except (TypeError, ValueError) as error:
        raise LabelingError(
            f'{path}: what is suggested is like ("Cat", 0.93), not {said!r}.', type="invalid"
        ) from error


def _confidence(path: str, given: float) -> float:
    """Numbers of other libraries, too."""
    confidence = float(given)
    if math.isnan(confidence) or not 0 <= confidence <= 1:
        raise LabelingError(f"{path}: a confidence is between 0 and 1, not {given}.", type="invalid")
    return confidence


def _line(path: str, labels: Sequence[str], confidences: Sequence[float] | None = None) -> str:
    for label in labels:
        if not isinstance(label, str):
            # Ids of labels are easily taken for the places of classes in a model.
            raise LabelingError(f"{path}: labels are named here, and {label!r} is no name.", type="invalid")
    said = {"path": path, "label": [str(label) for label in labels]}
    return json.dumps(said if confidences is None else {**said, "label_confidence": confidences}) + "\n"
