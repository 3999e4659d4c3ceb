"""Opinions as people of different quality give them, and what is counted of them."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import krippendorff
import numpy as np

from functions.agreement.alpha import Said
from functions.labeling.agreeing import Agreement
from functions.labeling.head import PACK_SIZE
from functions.tasks.annotation import Annotation, of_labels

Images = Sequence[Sequence[Annotation]]


def counted(images: Images) -> Agreement:
    """The sums of the packs in which the images are."""
    sums = Agreement()
    for start in range(0, len(images), PACK_SIZE):
        pack = Agreement()
        for opinions in images[start : start + PACK_SIZE]:
            pack.note(opinions)
        sums.add(pack, 1)
    return sums


def said_of(images: Images, aliases: dict[int, int] | None = None) -> Said:
    return Said.of(counted(images), aliases or {})


def one(*labels: int) -> list[Annotation]:
    """Opinions of one label each."""
    return [Annotation((label,)) for label in labels]


def opinions(
    random: Random, images: int, *, labels: int, right: float, many: Sequence[int] = (2,), skew: float = 1.0
) -> list[list[Annotation]]:
    """One label an image. right: how often somebody knows it; else they guess. many: numbers of opinions. skew: how
    much rarer each label is than the one before.
    """
    weights = [skew**label for label in range(labels)]

    def said(truth: int) -> int:
        return truth if random.random() < right else random.randrange(labels)

    truths = random.choices(range(labels), weights, k=images)
    return [one(*(said(truth) for _ in range(random.choice(many)))) for truth in truths]


def sets(random: Random, images: int, *, labels: int, right: float, many: Sequence[int] = (2,)) -> Images:
    """Any number of labels an image, the first ones more often. right: how often a label is seen as it is."""

    def said(truth: set[int]) -> Annotation:
        return of_labels(truth ^ {label for label in range(labels) if random.random() > right})

    truths = [{label for label in range(labels) if random.random() < 0.4 / (label + 1)} for _ in range(images)]
    return [[said(truth) for _ in range(random.choice(many))] for truth in truths]


def reference(images: Images) -> float:
    """Alpha as the package krippendorff has it, by whole annotations. NaN where it is not defined."""
    several = [opinions for opinions in images if len(opinions) > 1]
    numbers = {said: number for number, said in enumerate({said for opinions in several for said in opinions})}
    counts = np.zeros((len(several), max(len(numbers), 2)))
    for row, given in enumerate(several):
        for said, times in Counter(given).items():
            counts[row, numbers[said]] = times
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def of_label(images: Images, label: int) -> list[list[Annotation]]:
    """Whether each opinion gives the label, as annotations of one of two labels."""
    return [one(*(int(label in said.labels) for said in opinions)) for opinions in images]
