"""What is learned from images with any number of labels, and what is said of how right it is."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from functions.assist.classifier import NEVER_SURE, Classifier, EachClassifier, chances
from functions.assist.fitting import fit, fit_each, tempered
from functions.assist.learning import FOLDS, Learned, NotEnough, fold_of
from functions.assist.learning_each import learn_each
from functions.assist.model import FEATURES
from functions.labeling.suggestions import Several
from functions.tasks.annotation import Annotation, of_labels

CAT, DOG, OWL, DAY = 3, 5, 8, 9
LABELS = (CAT, DOG, OWL, DAY)


def drawn(count: int, labels: Sequence[int] = LABELS, *, share: float = 0.3, seed: int = 0) -> list[Annotation]:
    dice = np.random.default_rng(seed)
    return [of_labels(label for label in labels if dice.random() < share) for _ in range(count)]


def images(shown: Sequence[Annotation], *, noise: float = 1.0, seed: int = 0) -> NDArray[np.float16]:
    """Features that have something of each label that is shown, and the more of nothing the more noise there is."""
    rows = noise * np.abs(np.random.default_rng([seed, 7]).standard_normal((len(shown), FEATURES))) / 8
    for row, one in zip(rows, shown, strict=True):
        for label in one.labels:
            row[label * 2 : label * 2 + 20] += 1
    return rows.astype(np.float16)


def learned(
    given: Sequence[Annotation],
    *,
    noise: float = 1.0,
    precision: float = 0.95,
    shown: Sequence[Annotation] = (),
    reviewed: Sequence[int] = (),
) -> Learned:
    folds = [fold_of("project", f"{index:06}-00") for index in range(len(given))]
    features = images(shown or given, noise=noise)
    return learn_each(features, given, folds, precision=precision, reviewed=reviewed)


def said_of(model: Learned, shown: Sequence[Annotation], *, noise: float = 1.0) -> list[Several]:
    """What is suggested for images that it has not learned from."""
    found = model.classifier.suggest(images(shown, noise=noise, seed=1), {}, set(range(600)))
    return [one for one in found if isinstance(one, Several)]


def right_and_sure(model: Learned, shown: Sequence[Annotation], *, noise: float) -> tuple[float, float, float]:
    """Of images that it has not learned from: the share of which all is right, that of sure ones, and how right these
    are.
    """
    said = said_of(model, shown, noise=noise)
    right = np.array([one.said == truth for one, truth in zip(said, shown, strict=True)])
    sure = np.array([one.sure for one in said])
    return float(right.mean()), float(sure.mean()), float(right[sure].mean()) if sure.any() else 1.0


def test_it_says_of_unseen_images_which_labels_they_have_and_how_right_that_is() -> None:
    model, others = learned(drawn(300), noise=6), drawn(900, seed=5)
    right, sure, sure_right = right_and_sure(model, others, noise=6)
    assert 0.6 < right < 0.95
    assert model.right == pytest.approx(right, abs=0.06)
    assert 0.1 < sure < 0.9
    assert sure_right >= 0.93
    assert model.sure_right is not None
    assert model.sure_right >= 0.95
    said = said_of(model, others, noise=6)
    for label, score in model.by_label.items():
        has = np.array([label in one.labels for one in others])
        there = np.array([label in one.said.labels for one in said])
        assert score.right == pytest.approx(there[has].mean(), abs=0.1)
        assert score.precision == pytest.approx(has[there].mean(), abs=0.1)


def test_the_more_often_it_is_to_be_right_the_less_it_is_sure_of() -> None:
    given = drawn(300)
    shares = [
        right_and_sure(learned(given, noise=6, precision=precision), given, noise=6)[1]
        for precision in (0.8, 0.95, 0.999)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


@pytest.mark.parametrize("count", [36, 100, 600])
def test_it_is_never_sure_of_labels_that_have_nothing_to_do_with_the_images(count: int) -> None:
    for seed in range(3):
        model = learned(drawn(count, seed=seed), shown=[Annotation()] * count)
        assert model.classifier.sure_from == NEVER_SURE
        assert model.sure_right is None
        assert model.doubts == []


def test_none_of_the_labels_is_learned_as_well_as_any() -> None:
    given = drawn(200, [CAT, DOG], share=0.2)
    assert Counter(given)[Annotation()] > 100
    (nothing,) = said_of(learned(given), [Annotation()])
    assert nothing == Several(())


def test_a_label_that_is_missing_and_one_that_is_too_many_are_doubted_before_what_is_merely_unclear() -> None:
    shown = drawn(200)
    lacking = next(index for index, one in enumerate(shown) if DOG in one.labels)
    has_more = next(index for index, one in enumerate(shown) if OWL not in one.labels and index != lacking)
    given = [*shown]
    given[lacking] = of_labels(label for label in shown[lacking].labels if label != DOG)
    given[has_more] = of_labels([*shown[has_more].labels, OWL])
    model = learned(given, noise=1.5, shown=shown)
    first, second, *others = model.doubts
    assert {(doubt.index, doubt.against) for doubt in (first, second)} == {(lacking, (DOG,)), (has_more, (OWL,))}
    for doubt in model.doubts:
        assert doubt.said.against(given[doubt.index]) == set(doubt.against)
    own = [doubt.own for doubt in model.doubts]
    assert own == sorted(own)
    assert own[0] < 0.5
    # What a reviewer found right takes no room from the others.
    assert learned(given, noise=1.5, shown=shown, reviewed=[first.index]).doubts == [second, *others, first]


def test_labels_with_too_few_images_are_not_suggested_and_their_images_count_as_wrong() -> None:
    others = drawn(96, [CAT, DOG])
    given = others + [of_labels([CAT, OWL])] * 4
    # Whoever labeled them was not mistaken, even if the model surely says something else.
    model = learned(given, shown=others + [of_labels([DOG])] * 4)
    assert model.classifier.sure_from < NEVER_SURE
    assert model.classifier.labels == (CAT, DOG)
    assert model.right <= 0.96
    assert (model.by_label[OWL].count, model.by_label[OWL].right, model.by_label[OWL].precision) == (4, None, None)
    assert all(doubt.index < 96 for doubt in model.doubts)
    assert all(OWL not in pair.labels for pair in model.together)


def test_a_label_that_all_images_have_is_said_of_all() -> None:
    given = [of_labels([*one.labels, DAY]) for one in drawn(100, [CAT, DOG])]
    assert all(DAY in one.said.labels for one in said_of(learned(given), given))


@pytest.mark.parametrize(
    "given", [[], [Annotation()] * 50, [of_labels([CAT])] * 50, [of_labels([CAT])] * 50 + [of_labels([CAT, DOG])] * 4]
)
def test_too_few_labels_are_told_by_how_many_there_are_of_each(given: list[Annotation]) -> None:
    with pytest.raises(NotEnough) as lacking:
        learned(given)
    assert lacking.value.counts == Counter(label for one in given for label in one.labels)


def test_pairs_of_labels_are_counted_as_often_as_images_have_both() -> None:
    given = [of_labels([CAT, DOG])] * 12 + [of_labels([CAT, DOG, OWL])] * 5 + [of_labels([DAY])] * 20
    together = learned(given).together
    assert [(one.labels, one.count) for one in together] == [((CAT, DOG), 17), ((CAT, OWL), 5), ((DOG, OWL), 5)]
    many = learned(drawn(200, range(10, 35), share=0.5)).together
    assert len(many) == 100
    assert [one.count for one in many] == sorted([one.count for one in many], reverse=True)


def test_images_of_one_fifth_alone_are_learned_without_saying_how_right_that_is() -> None:
    given = drawn(30, [CAT, DOG])
    model = learn_each(images(given), given, [2] * 30, precision=0.95)
    assert (model.classifier.sure_from, model.doubts) == (NEVER_SURE, [])


def test_features_that_are_no_numbers_harm_nobody() -> None:
    given = drawn(100)
    features = images(given)
    features[0], features[1, 7], features[2] = np.nan, np.inf, 0
    model = learn_each(features, given, [index % FOLDS for index in range(100)], precision=0.95)
    said = model.classifier.suggest(features, {}, set(LABELS))
    assert [at for at, one in enumerate(said) if one is None] == [0, 1, 2]
    nothing = learn_each(np.zeros_like(features), given, [index % FOLDS for index in range(100)], precision=0.9)
    assert nothing.classifier.sure_from == NEVER_SURE


def test_the_same_labels_teach_the_same_and_are_kept_as_bytes() -> None:
    one, other = learned(drawn(60), noise=2.0), learned(drawn(60), noise=2.0)
    assert one.classifier.to_bytes() == other.classifier.to_bytes()
    assert (one.right, one.doubts, one.together) == (other.right, other.doubts, other.together)
    read = Classifier.from_bytes(one.classifier.to_bytes())
    assert isinstance(read, EachClassifier)
    assert read.to_bytes() == one.classifier.to_bytes()


def test_each_label_is_told_from_the_rest_as_two_labels_are_from_each_other() -> None:
    points = np.random.default_rng(1).standard_normal((200, 5)).astype(np.float32)
    has = np.stack([points[:, 0] + points[:, 1] > 0.3, points[:, 2] > 1, points[:, 3] > 9], axis=1)
    line = fit_each(points, has)
    for label in range(2):
        two = fit(points, has[:, label].astype(np.int64), 2)
        assert line.weights[:, label] == pytest.approx(two.weights[:, 1] - two.weights[:, 0], abs=0.03)
        assert line.bias[label] == pytest.approx(two.bias[1] - two.bias[0], abs=0.03)
    # Of what nobody has it is known only that.
    assert (line.weights[:, 2] == 0).all()
    assert line.bias[2] == pytest.approx(np.log(0.5 / 200.5))


def test_chances_come_to_be_right_as_often_as_they_say() -> None:
    dice = np.random.default_rng(3)
    truth = (dice.normal(size=(4000, 2)) * 2 - [0, 3]).astype(np.float32)
    has = dice.random(truth.shape) < chances(truth)
    scale, shift = tempered(truth * 2.5 + 1, has)
    assert scale == pytest.approx(0.4, rel=0.1)
    assert chances((truth * 2.5 + 1) * scale + shift).mean(axis=0) == pytest.approx(has.mean(axis=0), abs=0.005)
