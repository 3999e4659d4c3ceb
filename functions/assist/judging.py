"""What is said of images that may have any number of labels, by how likely each label is there: which are, and of which
of that it is sure.

Labels are judged together: one wrong label makes an image's annotation wrong. So an image is sure where all that is
said of it is right together as often as was asked for; and elsewhere those of its labels are sure of which that can be
said, the clearest first.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from functions.labeling.suggestions import Several, Suggestion

# Of an image so many labels are told at most.
MOST_TOLD = 10


class Judged(NamedTuple):
    """A row for each image, a column for each label. there: the label is said to be there; clear: how likely that is
    right, by itself; sure: that it is there, or that it is not, is sure. whole: of each image how likely all that is
    said of it is right together.
    """

    there: NDArray[np.bool_]
    clear: NDArray[np.float64]
    sure: NDArray[np.bool_]
    whole: NDArray[np.float64]


def judge(likely: NDArray[np.float64], sure_from: float, likely_from: float) -> Judged:
    """likely: how likely each label is there, of four digits. sure_from: how likely it must be that what is said of
    labels is right together; likely_from: from which confidence a label is said to be there.
    """
    there = likely >= likely_from
    clear = np.where(there, likely, 1 - likely)
    order = np.argsort(-clear, axis=1, kind="stable")
    together = np.cumprod(np.take_along_axis(clear, order, axis=1), axis=1).round(4)
    sure = np.zeros_like(there)
    np.put_along_axis(sure, order, together >= sure_from, axis=1)
    return Judged(there, clear, sure, together[:, -1])


def several(labels: Sequence[int], likely: NDArray[np.float64], judged: Judged, row: int) -> Several:
    """What is suggested for one of the images. labels: ids, one for each column. Where more are possible than can be
    told, the last of these is not sure, as nothing is said of the others.
    """
    there, sure = judged.there[row], judged.sure[row]
    possible = np.flatnonzero(there | ~sure)
    possible = possible[np.argsort(-likely[row, possible], kind="stable")]
    listed = [
        Suggestion(labels[at], float(likely[row, at]), bool(sure[at]), likely=bool(there[at]))
        for at in possible[:MOST_TOLD].tolist()
    ]
    if len(possible) > MOST_TOLD:
        listed[-1] = listed[-1]._replace(sure=False)
    return Several(tuple(listed))
