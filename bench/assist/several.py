"""What it costs to learn several labels an image, beside one: the same photographs in turns, as one of ten kinds each,
and with any number of five labels that are made up of these kinds and of their colors.
"""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
from PIL import Image

from bench.assist.cifar import KINDS, Photo, photos
from bench.results import table
from functions.assist.extractor import features_of
from functions.assist.learning import Learned, fold_of, learn
from functions.assist.learning_each import learn_each
from functions.tasks.annotation import Annotation, of_labels

PRECISION = 0.95
SIZES = (100, 500, 2_000)
# Photographs that nothing is learned from.
UNSEEN = 1_000
TURNS = 5
ANIMALS, FLYING = {"Bird", "Cat", "Deer", "Dog", "Frog", "Horse"}, {"Airplane", "Bird"}
ANIMAL, FLIES, FIRST_COLOR = 1, 2, 3
NAMES = ("Animal", "Flies", "Red", "Green", "Blue")
# Pixels whose channels differ by less are gray.
COLORED = 25


@dataclass(frozen=True)
class Cost:
    """Learning from so many photographs. seconds: of each turn, of one core. unseen: of photographs that it has not
    learned from, the share of which all is right, of sure ones, and of those the share that is right.
    """

    size: int
    seconds: list[float]
    learned: Learned
    unseen: tuple[float, float, float | None]


@dataclass(frozen=True)
class Costs:
    """Of one label an image, and of several; smallest sizes first. labels: how many an image of the latter has."""

    one: list[Cost]
    several: list[Cost]
    labels: float


def measure(tell: Callable[[str], None], sizes: Sequence[int] = SIZES) -> Costs:
    """Each pair of turns begins with the other of the two, so that neither has the better half of the time."""
    found = photos(max(sizes) + UNSEEN, KINDS)
    features = features_of([webp(photo.content) for photo in found])
    kinds = {kind: number for number, kind in KINDS.items()}
    one = [Annotation((kinds[photo.label],)) for photo in found]
    several = [labels_of(photo) for photo in found]
    folds = [fold_of("bench", photo.name) for photo in found]
    costs = Costs([], [], sum(len(said.labels) for said in several) / len(several))
    for size in sizes:
        ways = [
            (costs.one, one, partial(learn, features[:size], one[:size])),
            (costs.several, several, partial(learn_each, features[:size], several[:size])),
        ]
        made = [Cost(size, [], way(folds[:size], precision=PRECISION), (0, 0, None)) for _, _, way in ways]
        for turn in range(TURNS):
            for at in (0, 1) if turn % 2 == 0 else (1, 0):
                began = time.process_time()
                ways[at][2](folds[:size], precision=PRECISION)
                made[at].seconds.append(time.process_time() - began)
        for cost, (kept, truth, _) in zip(made, ways, strict=True):
            unseen = _unseen(cost.learned, features[-UNSEEN:], truth[-UNSEEN:])
            kept.append(Cost(size, cost.seconds, cost.learned, unseen))
        tell(f"several labels, {size:,} photographs: {_ratio(costs.several[-1], costs.one[-1]):.1f} times one label")
    return costs


def labels_of(photo: Photo) -> Annotation:
    """Whether it shows an animal, and what flies; and the color that most of its colored pixels have."""
    with Image.open(io.BytesIO(photo.content)) as image:
        pixels = np.asarray(image.convert("RGB"), np.int16).reshape(-1, 3)
    colored = pixels[np.ptp(pixels, axis=1) >= COLORED]
    color = np.bincount(colored.argmax(axis=1), minlength=3)
    return of_labels(
        [
            *([ANIMAL] if photo.label in ANIMALS else []),
            *([FLIES] if photo.label in FLYING else []),
            *([FIRST_COLOR + int(color.argmax())] if len(colored) > len(pixels) / 2 else []),
        ]
    )


def webp(content: bytes) -> bytes:
    """As thumbnails are stored."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.save(out, "WEBP")
    return out.getvalue()


def _unseen(
    learned: Learned, features: "np.ndarray[tuple[int, ...], np.dtype[np.float16]]", truth: Sequence[Annotation]
) -> tuple[float, float, float | None]:
    said = learned.classifier.suggest(features, {}, set(range(len(KINDS))))
    right = np.array([one is not None and one.said == given for one, given in zip(said, truth, strict=True)])
    sure = np.array([one is not None and one.sure for one in said])
    return float(right.mean()), float(sure.mean()), float(right[sure].mean()) if sure.any() else None


def _ratio(several: Cost, one: Cost) -> float:
    return median(several.seconds) / median(one.seconds)


def report(costs: Costs) -> str:
    """As a part of bench/RESULTS.md."""
    head = (
        f"Learning several labels an image, beside one: the same photographs (CIFAR-10) in turns, as one of "
        f"{len(KINDS)} kinds each, and with any number of the labels {', '.join(NAMES)} ({costs.labels:.1f} an image), "
        f"which are made up of the kinds and of the color of most pixels. Seconds of one core, the median of {TURNS} "
        f"turns. Unseen: {UNSEEN:,} photographs that it has not learned from; right is an image of which all labels "
        "are.\n\n"
    )
    rows = [
        [
            *(words, f"{cost.size:,}", f"{median(cost.seconds):.2f}", f"{cost.learned.right:.0%}"),
            *(
                _share(cost.learned.sure_right),
                f"{cost.unseen[0]:.0%}",
                f"{cost.unseen[1]:.0%}",
                _share(cost.unseen[2]),
            ),
        ]
        for pair in zip(costs.one, costs.several, strict=True)
        for words, cost in zip(("one label", "several"), pair, strict=True)
    ]
    columns = ["", "learned from", "seconds", "right", "right where sure"]
    lines = table([*columns, "unseen: right", "unseen: sure", "unseen: right where sure"], rows)
    ratios = [_ratio(several, one) for several, one in zip(costs.several, costs.one, strict=True)]
    return f"{head}{lines}\n\n**Several labels take {min(ratios):.1f} to {max(ratios):.1f} times as long as one.**"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
