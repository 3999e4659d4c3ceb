"""From which confidence on suggestions are right as often as was asked for, and from which each is rather right than
wrong.

Some fifty held-out images prove little: of thirty right ones in a row, the next may be wrong. So confidences have
their say, too, as though they were some images more, and the share that is right must lie above what was asked for by
as much as it may be off.
"""

import numpy as np
from numpy.typing import NDArray

from functions.assist.classifier import NEVER_SURE

# As though the confidences were so many images of which they tell how often they are right.
WEIGHT_OF_CONFIDENCE = 40


def sure_from(confidences: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest of the confidences from which on suggestions are right in the share `precision` of cases, or
    NEVER_SURE. right: whether a suggestion with that confidence was.
    """
    order = np.argsort(-confidences, kind="stable")
    falling, counts = confidences[order], np.arange(1, len(order) + 1)
    expected = falling.cumsum() / counts
    trials = counts + WEIGHT_OF_CONFIDENCE
    share = (right[order].cumsum() + WEIGHT_OF_CONFIDENCE * expected) / trials
    # One standard error below; the share may be 1 by rounding more.
    surely = share - np.sqrt(np.maximum(share * (1 - share), 0) / trials)
    is_last_of_its_kind = np.append(falling[1:] < falling[:-1], True)
    enough = np.flatnonzero((surely >= precision) & is_last_of_its_kind)
    return float(falling[enough[-1]]) if len(enough) else NEVER_SURE


def likely_from(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The lowest of the confidences at which a suggestion is at least as likely right as wrong, or NEVER_SURE: whoever
    takes all from there on takes the most right ones beyond wrong ones.
    """
    order = np.argsort(-confidences, kind="stable")
    falling, weight = confidences[order], WEIGHT_OF_CONFIDENCE / max(len(order), 1)
    gains = (2.0 * right[order] - 1 + weight * (2 * falling - 1)).cumsum()
    is_last_of_its_kind = np.append(falling[1:] < falling[:-1], True)[: len(order)]
    gains[~is_last_of_its_kind] = -np.inf
    if not len(order) or gains.max() < 0:
        return NEVER_SURE
    return float(falling[np.flatnonzero(gains == gains.max())[-1]])
