"""Who is right when labelers disagree, and how many labels an image takes where more people are asked only as long as
it is not sure enough: the same photographs for labelers who err in different ways, some seeds each.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from statistics import mean

from bench.assist.cifar import KINDS, photos
from bench.assist.opinions import DIRECTIONS, Asked, Done, Matrix, Project, Sums, few, label, with_model, without_model
from bench.assist.people import Errors, Person, crowd_of
from bench.assist.several import webp
from bench.results import table
from functions.agreement.weighing import Crowd
from functions.assist.extractor import features_of

PEOPLE: Mapping[str, Sequence[float]] = {
    "70%": [0.7] * 8,
    "80%": [0.8] * 8,
    "90%": [0.9] * 8,
    "70 to 95%": [0.7, 0.73, 0.77, 0.8, 0.84, 0.88, 0.91, 0.95],
}
ERRORS: Mapping[Errors, str] = {"any": "any kind", "alike": "what is alike"}
EACH = (2, 3)
THREE = Asked(3, 3)
BOUNDS = (0.8, 0.85, 0.9, 0.95, 0.98)
MOST_LABELS = 2.1
SEEDS = 3

Weighed = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """Labelers, means over the seeds. majority: the share that is right of so many opinions each. Of the likeliest
    labels the share that is right and that is said to be: people weighed alone, with the model, and averaged as in the
    paper. worse: seeds in which weighing was right no more often than the majority.
    """

    people: str
    errors: Errors
    opinions: int
    majority: float
    alone: Weighed
    weighed: Weighed
    averaged: Weighed
    worse: int


@dataclass(frozen=True)
class Adaptive:
    """The same labelers. three, bounds: labels an image, the share that is right, and that is disputed."""

    people: str
    errors: Errors
    three: tuple[float, float, float]
    bounds: Mapping[float, tuple[float, float, float]]

    @property
    def fewest(self) -> float | None:
        """Labels an image where at least as many are right as with three for each."""
        enough = [labels for labels, right, _ in self.bounds.values() if right >= self.three[1]]
        return min(enough, default=None)

    def is_reached(self, bound: float) -> bool:
        """As many are right, with at least 30% fewer labels."""
        labels, right, _ = self.bounds[bound]
        return right >= self.three[1] and round(labels, 2) <= MOST_LABELS


@dataclass(frozen=True)
class Measured:
    images: int
    rows: list[Row]
    adaptive: list[Adaptive]


def measure(tell: Callable[[str], None], count: int) -> Measured:
    found = photos(count, KINDS)
    kinds = {kind: number for number, kind in KINDS.items()}
    features = few(features_of([webp(photo.content) for photo in found]))
    truth = [kinds[photo.label] for photo in found]
    rows, adaptive = [], []
    for people, rights in PEOPLE.items():
        for errors in ERRORS:
            run = partial(_runs, features, truth, crowd_of(rights, errors))
            fixed = {each: run(Asked(each, each)) for each in EACH}
            rows += [_row(people, errors, each, made) for each, made in fixed.items()]
            bounds = {bound: _told(run(Asked(1, THREE.most, bound))) for bound in BOUNDS}
            adaptive.append(Adaptive(people, errors, _told(fixed[THREE.least]), bounds))
            tell(f"weighing, labelers right in {people}, errors: {ERRORS[errors]}")
    return Measured(count, rows, adaptive)


def _runs(features: Matrix, truth: Sequence[int], people: Sequence[Person], asked: Asked) -> list[Project]:
    """Each seed has the photographs in another order."""
    made = []
    for seed in range(SEEDS):
        order = random.Random(seed).sample(range(len(truth)), len(truth))  # noqa: S311
        made.append(label(features[order], [truth[index] for index in order], people, asked, seed))
    return made


def _row(people: str, errors: Errors, opinions: int, made: Sequence[Project]) -> Row:
    def over_seeds(how: Callable[[Done, Sums, Crowd], dict[int, float]]) -> list[Weighed]:
        return [one.weighed(how) for one in made]

    weighed = over_seeds(with_model)
    return Row(
        people,
        errors,
        opinions,
        majority=mean(one.right for one in made),
        alone=_mean(over_seeds(without_model)),
        weighed=_mean(weighed),
        averaged=_mean(over_seeds(averaged)),
        worse=sum(right <= one.right for (right, _), one in zip(weighed, made, strict=True)),
    )


def _mean(some: Sequence[Weighed]) -> Weighed:
    return mean(right for right, _ in some), mean(said for _, said in some)


def _told(made: Sequence[Project]) -> tuple[float, float, float]:
    return mean(one.labels for one in made), mean(one.right for one in made), mean(one.disputed for one in made)


def averaged(image: Done, sums: Sums, crowd: Crowd) -> dict[int, float]:
    """As the paper does it (arXiv 2210.06812, section 3): the voices' shares, each times its weight. Weights are how
    much better than always the most frequent label somebody is, the model's times the root of the number of opinions.
    """
    dull = 1 - max(crowd.commonest, 1 / crowd.labels)
    agreed = crowd.agreed / crowd.decided if crowd.decided else 1 - crowd.error
    voices = [
        (max(1 - crowd.error_of(voice) / dull, 0.0), label, agreed)
        for voice, (_, label) in zip(sums.voices(image.given), image.given, strict=True)
    ]
    model = image.model or {}
    of_model = sqrt(len(voices)) * crowd.trust if model else 0.0
    total = sum(weight for weight, _, _ in voices) + of_model
    rest = (1 - sum(model.values())) / max(crowd.labels - len(model), 1)
    return {
        label: (
            of_model * model.get(label, rest)
            + sum(
                weight * (right if label == said else (1 - right) / (crowd.labels - 1))
                for weight, said, right in voices
            )
        )
        / (total or 1)
        for label in KINDS
    }


def report(measured: Measured) -> str:
    """As a part of bench/RESULTS.md."""
    return "\n\n".join([_who_is_right(measured), _how_many(measured)])


def _who_is_right(measured: Measured) -> str:
    head = (
        f"Eight simulated labelers look at {measured.images:,} photographs of {len(KINDS)} kinds (CIFAR-10), 2 or 3 at "
        f"each; means of {SEEDS} seeds. They are right in the share of cases that the first column says; their errors "
        "are any kind, or mostly what is alike (cats and dogs, ships and airplanes), where some kinds are harder, too. "
        f"The model learns from what was decided so far, in {DIRECTIONS} directions of its features. Right: by "
        "majority, where a tie is drawn by lot; the likeliest label, people weighed alone and with the model "
        "(functions/agreement/weighing.py); and averaged as in the paper from which that is taken. Said: how likely "
        "that label is said to be, on average.\n\n"
    )
    lines = [
        [
            *(row.people, ERRORS[row.errors], str(row.opinions), f"{row.majority:.1%}"),
            *(f"{share:.1%}" for pair in (row.alone, row.weighed, row.averaged) for share in pair),
        ]
        for row in measured.rows
    ]
    columns = ["labelers right", "errors", "opinions", "majority", "people alone", "said", "with the model", "said"]
    more = [row.weighed[0] - row.majority for row in measured.rows]
    runs, worse = SEEDS * len(measured.rows), sum(row.worse for row in measured.rows)
    return (
        f"{head}{table([*columns, 'averaged', 'said'], lines)}\n\n"
        f"**Right more often than the majority** in {runs - worse} of {runs} runs, by {100 * min(more):.1f} to "
        f"{100 * max(more):.1f} points of 100."
    )


def _how_many(measured: Measured) -> str:
    head = (
        "The same labelers, and one opinion for each image; another one while what is decided is less likely right "
        f"than `until`, up to {THREE.most}, beside three for each. The decision is the majority's in both, and a "
        "disputed image counts as drawn by lot. Labels: for each image.\n\n"
    )
    lines = [
        [
            *(one.people, ERRORS[one.errors], *_cell(one.three)),
            *(part for bound in BOUNDS for part in _cell(one.bounds[bound])),
            "none" if one.fewest is None else f"{one.fewest:.2f} ({1 - one.fewest / THREE.least:.0%} fewer)",
        ]
        for one in measured.adaptive
    ]
    columns = ["labelers right", "errors", "three: labels", "right"]
    columns += [part for bound in BOUNDS for part in (f"{bound}: labels", "right")]
    told = [
        f"with {bound} for all of them, for {sum(one.is_reached(bound) for one in measured.adaptive)}"
        for bound in BOUNDS
    ]
    fewest = [one.fewest for one in measured.adaptive if one.fewest is not None]
    reached = sum(labels <= MOST_LABELS for labels in fewest)
    return (
        f"{head}{table([*columns, 'as many right'], lines)}\n\n"
        f"**At least 30% fewer labels than three for each, and at least as many right**: for {reached} of "
        f"{len(measured.adaptive)} kinds of labelers, each with the bound that suits it "
        f"({min(fewest, default=0):.2f} to {max(fewest, default=0):.2f} labels an image); {'; '.join(told)}."
    )


def _cell(told: tuple[float, float, float]) -> list[str]:
    labels, right, _ = told
    return [f"{labels:.2f}", f"{right:.1%}"]
