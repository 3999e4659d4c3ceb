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
from functions.tasks.annotation import Annotation


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
