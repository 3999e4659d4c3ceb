"""A first model: from the labels of a project to a classifier, and its predictions back as suggestions.

    python samples/train.py --project "Cats and dogs"

Label some images in the browser, run this, and go on labeling: the images come with what the model says. Then run it
again: with more labels it is right more often.

It learns from features, 1,280 numbers that the service has of each image of a project with suggestions on. So it takes
seconds, on two cores, and no image is downloaded. It needs `pip install ./client scikit-learn`, and to know where the
service is: `image-labeling login`, or LABELING_URL and LABELING_TOKEN.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from image_labeling import Labeling, LabelingError, Project
from image_labeling.options import State

Numbers = NDArray[np.float32]
Chances = Callable[[Numbers], Numbers]
"""From features (images, 1280) to how likely each image has each label (images, labels)."""
Learn = Callable[[Numbers, NDArray[np.bool_], bool], Chances]
"""From features, which labels the images have (images, labels), and whether each has exactly one."""

SPLIT = (0.8, 0, 0.2)
# In so many directions in which the features differ most, a fit takes seconds where it takes minutes in all 1,280.
DIRECTIONS = 256
# How much a fit may follow the examples. Features have one scale; to bring each to the same spread makes it worse.
FREEDOM = 0.05


@dataclass(frozen=True)
class Images:
    """paths: in the container. features: a row for each. labels: None for images that nobody labeled."""

    paths: list[str]
    features: Numbers
    labels: list[list[str] | None]

    def where(self, *, labeled: bool) -> "Images":
        rows = [row for row, labels in enumerate(self.labels) if (labels is not None) == labeled]
        return Images([self.paths[row] for row in rows], self.features[rows], [self.labels[row] for row in rows])

    def marks(self, classes: Sequence[str]) -> NDArray[np.bool_]:
        """Which of these labels each image has (images, classes); of labeled images."""
        return np.array([[name in (labels or ()) for name in classes] for labels in self.labels], bool).reshape(
            len(self.labels), len(classes)
        )


def read(folder: Path, side: str) -> Images:
    """The images of one side of an export of features."""
    with (folder / f"images-{side}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    features = np.load(folder / f"features-{side}.npy").astype(np.float32)
    return Images([row["image"] for row in rows], features, [_labels(row) for row in rows])


def _labels(row: dict[str, str]) -> list[str] | None:
    """Where images may have several labels, they are a list, which may be empty; nothing where nobody labeled."""
    if "labels" in row:
        return list(json.loads(row["labels"])) if row["labels"] else None
    return [row["label"]] if row["label"] else None


def learn(features: Numbers, marks: NDArray[np.bool_], has_one: bool) -> Chances:
    """Logistic regression: over all labels together where an image has one, else each label against the rest."""
    directions = PCA(min(DIRECTIONS, *features.shape), random_state=0).fit(features)
    regression = LogisticRegression(C=FREEDOM, max_iter=1000)
    model = regression if has_one else OneVsRestClassifier(regression)
    model.fit(directions.transform(features), marks.argmax(axis=1) if has_one else marks.astype(int))
    return lambda others: np.asarray(model.predict_proba(directions.transform(others)), np.float32)


def said(chances: Numbers, classes: Sequence[str], has_one: bool) -> list[list[tuple[str, float]]]:
    """For each image the labels that the model says it has, and how likely each is."""
    if has_one:
        return [[(classes[best], row[best])] for row, best in zip(chances.tolist(), chances.argmax(1), strict=True)]
    return [[one for one in zip(classes, row, strict=True) if one[1] >= 0.5] for row in chances.tolist()]


def interval(right: int, of: int) -> tuple[float, float]:
    """Where a share that was counted in a sample lies with 95 % certainty (E. B. Wilson, 1927)."""
    share, spread = right / of, 1.96**2 / of
    center, half = share + spread / 2, 1.96 * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max((center - half) / (1 + spread), 0), min((center + half) / (1 + spread), 1)


def judge(told: Sequence[Sequence[tuple[str, float]]], test: Images) -> str:
    """How often the model is right of images that it has not seen: in all their labels, where they have several."""
    right = sum({name for name, _ in one} == set(had or ()) for one, had in zip(told, test.labels, strict=True))
    if not test.paths:
        return "accuracy: unknown, as no image is left to test it on"
    low, high = interval(right, len(test.paths))
    return (
        f"accuracy: {right / len(test.paths):.2f} ({right} of {len(test.paths)} images that it had not seen; "
        f"with 95% certainty between {low:.2f} and {high:.2f})"
    )


def sides_of(project: Project) -> tuple[Images, Images]:
    """The labeled and unlabeled images to learn from, and those to test the model on."""
    with tempfile.TemporaryDirectory() as folder:
        states: list[State] = ["labeled", "waiting"]
        done = project.export("features", to=folder, states=states, split=SPLIT, guard_formulas=False)
        if done.export.left_out.count:
            print(f"left out, without features as yet: {done.export.left_out.count} images; run this again later")
        return read(Path(folder), "train"), read(Path(folder), "test")


def predictions(
    model: Chances, sides: Sequence[Images], classes: Sequence[str], has_one: bool
) -> dict[str, list[tuple[str, float]]]:
    """What the model says of the images that nobody has labeled, by their paths."""
    found: dict[str, list[tuple[str, float]]] = {}
    for waiting in (side.where(labeled=False) for side in sides):
        if waiting.paths:
            told = said(model(waiting.features), classes, has_one)
            found |= {path: one for path, one in zip(waiting.paths, told, strict=True) if one}
    return found


def run(project: Project, name: str | None = None, learn: Learn = learn) -> None:
    """Learns from a project's labels, says how right it is, and suggests labels for the images that have none.

    name: of the run, by which the service tells how right it is. Raises LabelingError.
    """
    sides, has_one = sides_of(project), project.task_type == "multiClass"
    train, test = (side.where(labeled=True) for side in sides)
    classes = sorted({name for labels in train.labels for name in labels or ()})
    if len(classes) < (2 if has_one else 1):
        raise LabelingError(f"Label images with {'two labels' if has_one else 'a label'} or more first.")
    model = learn(train.features, train.marks(classes), has_one)
    print(f"learned {', '.join(classes)} from {len(train.paths)} images")
    print(judge(said(model(test.features), classes, has_one) if test.paths else [], test))
    suggested = predictions(model, sides, classes, has_one)
    if not suggested:
        print("suggested nothing: no unlabeled image is left, or none is likely to have a label")
        return
    name = name or f"first model, {len(train.paths)} labels"
    sent = project.suggest(suggested, name=name)
    print(f"suggested labels for {sent.labeled + sent.unchanged} images, as {name!r}: {project.url}")


def main(learn: Learn = learn) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--project", required=True, help="its name or id")
    parser.add_argument("--name", help="of the run, as the model and its version")
    asked = parser.parse_args()
    try:
        with Labeling() as labeling:
            run(labeling.project(asked.project), asked.name, learn)
    except LabelingError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
