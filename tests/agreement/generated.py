"""Opinions that are made up, of people of whom it is known how often they err, and a model that knows how sure it may
be.
"""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from functions.agreement.weighing import Crowd, Voice
from functions.tasks.annotation import Annotation, of_labels


@dataclass(frozen=True)
class Image:
    """truth: its label. opinions: by whom, and which label. model: the likeliest two labels, each with how likely."""

    truth: int
    opinions: tuple[tuple[int, int], ...]
    model: dict[int, float]

    @property
    def said(self) -> list[int]:
        return [label for _, label in self.opinions]

    @property
    def majority(self) -> int | None:
        label, votes = Counter(self.said).most_common(1)[0]
        return label if 2 * votes > len(self.said) else None

    def right_by_majority(self) -> float:
        """A tie is right as often as drawing lots makes it."""
        votes = Counter(self.said)
        first = [label for label in votes if votes[label] == max(votes.values())]
        return (self.truth in first) / len(first)


def images(
    dice: random.Random, count: int, labels: int, right: Sequence[float], opinions: int, *, confused: bool
) -> list[Image]:
    """right: how often each labeler is. confused: most errors turn a label into one that is like it, and some labels
    are harder than others.
    """
    harder = [(-0.08, 0.08)[label % 2] if confused else 0.0 for label in range(labels)]
    made = []
    for _ in range(count):
        truth = dice.randrange(labels)
        given = []
        for who in dice.sample(range(len(right)), opinions):
            is_right = dice.random() < right[who] - harder[truth]
            given.append((who, truth if is_right else _error(dice, truth, labels, confused=confused)))
        made.append(Image(truth, tuple(given), _model(dice, truth, labels)))
    return made


def _error(dice: random.Random, truth: int, labels: int, *, confused: bool) -> int:
    like = truth ^ 1
    if confused and like < labels and dice.random() < 0.7:
        return like
    return dice.choice([label for label in range(labels) if label != truth])


def _model(dice: random.Random, truth: int, labels: int, distance: float = 1.8) -> dict[int, float]:
    """The label shows as a value that is higher by so many standard deviations; of that the shares follow."""
    shown = [dice.gauss(distance if label == truth else 0.0, 1) for label in range(labels)]
    powers = [math.exp(distance * value) for value in shown]
    likeliest = sorted(range(labels), key=lambda label: -powers[label])[:2]
    return {label: powers[label] / sum(powers) for label in likeliest}


def sums(made: Sequence[Image], labels: int, people: int) -> tuple[Crowd, list[tuple[int, int]]]:
    """What the service has of these images: of all, and (decided, agreed) of each labeler."""
    work = [[0, 0] for _ in range(people)]
    for image in made:
        if image.majority is not None:
            for who, label in image.opinions:
                work[who][0] += 1
                work[who][1] += label == image.majority
    pairs = [one == other for image in made for one, other in combinations(image.said, 2)]
    right = sum(max(image.model, key=image.model.__getitem__) == image.truth for image in made)
    crowd = Crowd(
        labels,
        decided=sum(decided for decided, _ in work),
        agreed=sum(agreed for _, agreed in work),
        images=len(made),
        alike=sum(pairs) / len(pairs),
        model_right=right / len(made),
    )
    return crowd, [(decided, agreed) for decided, agreed in work]


def voices(image: Image, work: Sequence[tuple[int, int]]) -> list[Voice]:
    return [Voice(Annotation((label,)), *work[who]) for who, label in image.opinions]


ANY_LABELS = range(1, 5)


@dataclass(frozen=True)
class ImageOfAnyLabels:
    """truth: its labels. model: how likely each is."""

    truth: Annotation
    opinions: tuple[tuple[int, Annotation], ...]
    model: dict[int, float]

    @property
    def majority(self) -> Annotation:
        votes = Counter(label for _, said in self.opinions for label in said.labels)
        return of_labels(label for label, count in votes.items() if 2 * count > len(self.opinions))


def images_of_any_labels(dice: random.Random, count: int, errs: Sequence[float]) -> list[ImageOfAnyLabels]:
    """Three opinions each. errs: of each label, how often a labeler says the contrary."""
    made = []
    for _ in range(count):
        truth = of_labels(label for label in ANY_LABELS if dice.random() < 0.3)
        given = tuple(
            (who, of_labels(label for label in ANY_LABELS if (dice.random() < errs[who]) != (label in truth.labels)))
            for who in dice.sample(range(len(errs)), 3)
        )
        shown = {label: dice.gauss(1.2 if label in truth.labels else -1.2, 1) for label in ANY_LABELS}
        # As likely as what shows makes it, where three of ten images have a label.
        model = {label: 1 / (1 + math.exp(-2.4 * value) * 7 / 3) for label, value in shown.items()}
        made.append(ImageOfAnyLabels(truth, given, model))
    return made


def sums_of_any_labels(made: Sequence[ImageOfAnyLabels], people: int) -> tuple[Crowd, list[tuple[int, int]]]:
    """As `sums`."""
    given = [(who, said, image.majority) for image in made for who, said in image.opinions]
    work = [
        (sum(one == who for one, _, _ in given), sum(one == who and said == decision for one, said, decision in given))
        for who in range(people)
    ]
    pairs = [one == other for image in made for (_, one), (_, other) in combinations(image.opinions, 2)]
    right = [of_labels(label for label, share in image.model.items() if share >= 0.5) == image.truth for image in made]
    crowd = Crowd(
        len(ANY_LABELS),
        one_label=False,
        decided=len(given),
        agreed=sum(agreed for _, agreed in work),
        images=len(made),
        alike=sum(pairs) / len(pairs),
        model_right=sum(right) / len(right),
    )
    return crowd, work
