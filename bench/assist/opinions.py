"""A project of ten kinds of photographs in which several labelers who err look at an image, as the service would go on:
opinion after opinion, with the sums of that moment, and a model that learns from what was decided.

Without the service: suggestions and probabilities are what `functions/` makes of such sums, and there is no clock.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bench.assist.cifar import KINDS
from bench.assist.people import Person
from functions.agreement.weighing import Crowd, Voice, model_right, probabilities, sureness
from functions.assist.classifier import unit
from functions.assist.fitting import Space
from functions.assist.learning import NotEnough, fold_of, learn
from functions.labeling.suggestions import Suggestion
from functions.projects.model import SUGGESTION_PRECISION
from functions.tasks.annotation import Annotation

Matrix = NDArray[np.float16]

# It learns again when there are so many times as many labels; the service learns more often.
FIRST_LEARNED, GROWN = 60, 1.6
HIDDEN_ONE_IN = 10
# So much of the features makes learning quick, and hardly worse.
DIRECTIONS = 96


@dataclass(frozen=True)
class Asked:
    """How many opinions an image gets; until: more, up to most, while its decision is less likely right than this."""

    least: int
    most: int
    until: float | None = None


@dataclass
class Sums:
    """What the service has of a project, live."""

    work: list[list[int]]
    images: int = 0
    opinions: int = 0
    alike: float = 0.0
    hidden: int = 0
    hidden_right: int = 0
    held_out: float | None = None
    labels: Counter[int] = field(default_factory=Counter)

    def note(self, given: Sequence[tuple[int, int]], decision: int | None) -> None:
        """Of an image that has all its opinions."""
        if decision is not None:
            self.labels[decision] += 1
        count = len(given)
        if count < 2:
            return
        votes = Counter(label for _, label in given)
        self.images += 1
        self.opinions += count
        self.alike += count * sum(some * (some - 1) for some in votes.values()) / (count * (count - 1))
        if decision is not None:
            for who, label in given:
                self.work[who][0] += 1
                self.work[who][1] += label == decision

    def crowd(self) -> Crowd:
        return Crowd(
            len(KINDS),
            decided=sum(decided for decided, _ in self.work),
            agreed=sum(agreed for _, agreed in self.work),
            images=self.images,
            alike=self.alike / self.opinions if self.opinions else 0.0,
            model_right=model_right(self.hidden, self.hidden_right, self.held_out),
            commonest=max(self.labels.values(), default=0) / max(self.labels.total(), 1),
        )

    def voices(self, given: Sequence[tuple[int, int]]) -> list[Voice]:
        return [Voice(Annotation((label,)), *self.work[who]) for who, label in given]


@dataclass(frozen=True)
class Done:
    """An image that nobody more is asked about. given: by whom, and what. model: what was suggested for it before."""

    truth: int
    given: tuple[tuple[int, int], ...]
    model: dict[int, float] | None

    @property
    def decision(self) -> int | None:
        return decided([label for _, label in self.given])

    @property
    def right(self) -> float:
        """How often what the most say is right; between equals it is drawn by lot."""
        votes = Counter(label for _, label in self.given)
        first = [label for label, count in votes.items() if count == max(votes.values())]
        return (self.truth in first) / len(first)


@dataclass(frozen=True)
class Project:
    """All its images, and the sums at its end."""

    done: list[Done]
    sums: Sums

    @property
    def right(self) -> float:
        return sum(image.right for image in self.done) / len(self.done)

    @property
    def labels(self) -> float:
        """For each image."""
        return sum(len(image.given) for image in self.done) / len(self.done)

    @property
    def disputed(self) -> float:
        return sum(image.decision is None for image in self.done) / len(self.done)

    def weighed(self, how: Callable[[Done, Sums, Crowd], dict[int, float]]) -> tuple[float, float]:
        """How often the likeliest label is right, and how often it is said to be."""
        crowd, right, said = self.sums.crowd(), 0, 0.0
        for image in self.done:
            likely = how(image, self.sums, crowd)
            best = max(likely, key=likely.__getitem__)
            right += best == image.truth
            said += likely[best]
        return right / len(self.done), said / len(self.done)


def with_model(image: Done, sums: Sums, crowd: Crowd) -> dict[int, float]:
    return probabilities(sums.voices(image.given), image.model, crowd)


def without_model(image: Done, sums: Sums, crowd: Crowd) -> dict[int, float]:
    return probabilities(sums.voices(image.given), None, crowd)


def decided(labels: Sequence[int]) -> int | None:
    """What more than half say, as the task type decides."""
    label, votes = Counter(labels).most_common(1)[0]
    return label if 2 * votes > len(labels) else None


def few(features: Matrix) -> Matrix:
    """In the directions in which they differ most."""
    with threadpool_limits(1):
        return Space.of(unit(features)).points[:, -DIRECTIONS:].astype(np.float16)


def label(features: Matrix, truth: Sequence[int], people: Sequence[Person], asked: Asked, seed: int) -> Project:
    """features: a row for each image."""
    dice = random.Random(seed)  # noqa: S311
    sums, done = Sums([[0, 0] for _ in people]), list[Done]()
    for begin, end in _learned_at(len(truth)):
        models = _suggested(features, done, sums, range(begin, end))
        for index, model in zip(range(begin, end), models, strict=True):
            done.append(_image(truth[index], model, people, asked, sums, dice))
    return Project(done, sums)


def _image(
    truth: int,
    model: dict[int, float] | None,
    people: Sequence[Person],
    asked: Asked,
    sums: Sums,
    dice: random.Random,
) -> Done:
    given: list[tuple[int, int]] = []
    crowd = sums.crowd()
    for who in dice.sample(range(len(people)), asked.most):
        given.append((who, people[who].says(truth, dice)))
        decision = decided([label for _, label in given])
        if len(given) < asked.least or decision is None:
            continue
        said = Annotation((decision,))
        if asked.until is None or sureness(sums.voices(given), model, crowd, decision=said) >= asked.until:
            break
    if model and dice.randrange(HIDDEN_ONE_IN) == 0:
        sums.hidden += 1
        sums.hidden_right += max(model, key=model.__getitem__) == given[0][1]
    sums.note(given, decided([label for _, label in given]))
    return Done(truth, tuple(given), model)


def _learned_at(count: int) -> Iterator[tuple[int, int]]:
    """Which images are labeled between two trainings."""
    begin, end = 0, FIRST_LEARNED
    while begin < count:
        yield begin, min(end, count)
        begin, end = end, round(end * GROWN)


def _suggested(features: Matrix, done: Sequence[Done], sums: Sums, wanted: range) -> list[dict[int, float] | None]:
    """What is suggested for these images by what was decided of the others."""
    rows = [row for row, image in enumerate(done) if image.decision is not None]
    given = [Annotation((decision,)) for image in done if (decision := image.decision) is not None]
    try:
        learned = learn(
            features[rows], given, [fold_of("bench", str(row)) for row in rows], precision=SUGGESTION_PRECISION
        )
    except NotEnough:
        return [None for _ in wanted]
    sums.held_out = learned.right
    said = learned.classifier.suggest(features[wanted.start : wanted.stop], {}, set(KINDS))
    return [
        {part.label: part.confidence for part in one.listed} if isinstance(one, Suggestion) else None for one in said
    ]
