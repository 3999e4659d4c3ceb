"""What is learned from labeled images, and what is said of how right it is."""

from collections import Counter
from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from functions.assist.classifier import NEVER_SURE
from functions.assist.learning import FOLDS, Learned, NotEnough, fold_of, learn
from functions.assist.model import FEATURES
from functions.assist.sureness import likely_from
from functions.labeling.suggestions import Suggestion
from functions.tasks.annotation import Annotation

CAT, DOG, BIRD = 3, 5, 8


def images(labels: Sequence[int], *, noise: float = 1.0, seed: int = 0) -> NDArray[np.float16]:
    """Features in which images with the same label are like each other, the less the more noise there is."""
    random = np.random.default_rng(seed)
    of_label = {label: np.random.default_rng(label).random(FEATURES) for label in set(labels)}
    rows = np.array([of_label[label] for label in labels])
    return np.maximum(rows + noise * random.standard_normal(rows.shape), 0).astype(np.float16)


def said(labels: Sequence[int]) -> list[Annotation]:
    return [Annotation((label,)) for label in labels]


def learned(
    labels: Sequence[int],
    *,
    noise: float = 1.0,
    precision: float = 0.95,
    shown: Sequence[int] = (),
    reviewed: Sequence[int] = (),
) -> Learned:
    """shown: what the images really are, where that is not what they are labeled as."""
    folds = [fold_of("project", f"{index:06}-00") for index in range(len(labels))]
    return learn(images(shown or labels, noise=noise), said(labels), folds, precision=precision, reviewed=reviewed)


def suggested(model: Learned, features: NDArray[np.float16], labels: Sequence[int]) -> list[Suggestion | None]:
    return cast(list[Suggestion | None], model.classifier.suggest(features, {}, set(labels)))


def right_and_sure(model: Learned, labels: Sequence[int], *, noise: float) -> tuple[float, float, float]:
    """Of images that it has not learned from: the share that is right, that of sure ones, and how right these are."""
    suggestions = suggested(model, images(labels, noise=noise, seed=1), labels)
    right = np.array([one is not None and one.label == label for one, label in zip(suggestions, labels, strict=True)])
    sure = np.array([one is not None and one.sure for one in suggestions])
    return float(right.mean()), float(sure.mean()), float(right[sure].mean()) if sure.any() else 1.0


def test_it_says_of_unseen_images_what_it_has_learned_and_how_right_that_is() -> None:
    labels = [CAT, DOG, BIRD] * 100
    model = learned(labels, noise=3.0)
    right, sure, sure_right = right_and_sure(model, labels * 3, noise=3.0)
    assert 0.7 < right < 0.95
    assert model.right == pytest.approx(right, abs=0.06)
    assert model.by_label.keys() == {CAT, DOG, BIRD}
    assert {score.count for score in model.by_label.values()} == {100}
    assert np.mean([score.right for score in model.by_label.values()]) == pytest.approx(model.right)
    assert 0.1 < sure < 0.9
    assert sure_right >= 0.93
    assert model.sure_right is not None
    assert model.sure_right >= 0.95
    # Each image is said to be something, and as often as it is that.
    assert np.mean([score.precision for score in model.by_label.values()]) == pytest.approx(model.right, abs=0.02)


def test_the_more_often_it_is_to_be_right_the_less_it_is_sure_of() -> None:
    labels = [CAT, DOG] * 200
    shares = [
        right_and_sure(learned(labels, noise=4.0, precision=precision), labels, noise=4.0)[1]
        for precision in (0.8, 0.95, 0.999)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


@pytest.mark.parametrize(("labels", "noise"), [([CAT, DOG, BIRD, 20, 21, 22] * 80, 3.0), ([CAT, DOG, BIRD] * 100, 6.0)])
def test_likely_suggestions_are_right_more_often_than_not_and_the_others_wrong(labels: list[int], noise: float) -> None:
    model = learned(labels, noise=noise)
    told = suggested(model, images(labels * 2, noise=noise, seed=1), labels)
    right = {
        is_likely: [
            one.label == label for one, label in zip(told, labels * 2, strict=True) if one and one.likely is is_likely
        ]
        for is_likely in (True, False)
    }
    assert min(len(right[True]), len(right[False])) > 50
    assert np.mean(right[False]) < 0.5 < np.mean(right[True])


def test_nothing_is_likely_where_suggestions_are_wrong_and_everything_where_they_are_right() -> None:
    confidences = np.array([0.9, 0.6, 0.3, 0.2] * 50)
    assert likely_from(confidences, np.zeros(200, np.bool_)) == NEVER_SURE
    assert likely_from(confidences, np.ones(200, np.bool_)) == 0.2
    assert likely_from(confidences, confidences > 0.25) == 0.3
    # One more or less of few images is no matter beside what the confidences say.
    assert likely_from(np.array([0.9, 0.2]), np.array([False, True])) == 0.9
    assert likely_from(np.array([]), np.array([], np.bool_)) == NEVER_SURE


def test_what_is_plain_is_sure_from_some_fifty_labels_on_and_not_from_a_dozen() -> None:
    assert learned([CAT, DOG] * 6, noise=0.3).classifier.sure_from == NEVER_SURE
    assert right_and_sure(learned([CAT, DOG] * 30, noise=0.3), [CAT, DOG] * 50, noise=0.3) == (1, 1, 1)


@pytest.mark.parametrize("count", [36, 100, 600])
def test_it_is_never_sure_of_labels_that_have_nothing_to_do_with_the_images(count: int) -> None:
    for seed in range(3):
        labels = np.random.default_rng(seed).choice([CAT, DOG], count).tolist()
        model = learned(labels, shown=[BIRD] * count)
        assert model.classifier.sure_from == NEVER_SURE
        assert model.sure_right is None
        assert model.right < 0.75


def test_a_wrong_label_is_doubted_before_what_is_merely_unclear() -> None:
    shown = [CAT, DOG] * 60
    labels = [*shown]
    labels[10], labels[33] = DOG, CAT
    model = learned(labels, noise=2.0, shown=shown)
    assert {(doubt.index, doubt.against) for doubt in model.doubts[:2]} == {(10, (CAT,)), (33, (DOG,))}
    assert {pair.label: (pair.suggested, pair.images[0]) for pair in model.confusion} == {
        DOG: (CAT, 10),
        CAT: (DOG, 33),
    }


def test_those_labels_are_doubted_first_that_the_model_finds_least_likely() -> None:
    labels = np.random.default_rng(3).choice([CAT, DOG, BIRD], 300).tolist()
    noisy = [label if at % 9 else CAT for at, label in enumerate(labels)]
    model = learned(noisy, noise=3.0, shown=labels)
    own = [doubt.own for doubt in model.doubts]
    assert own == sorted(own)
    assert len(set(own)) > 10
    assert all(doubt.own < doubt.said.confidence for doubt in model.doubts)
    # That is another order than that of the surest contradictions.
    confidences = [doubt.said.confidence for doubt in model.doubts]
    assert confidences != sorted(confidences, reverse=True)
    # What a reviewer found right takes no room from the others.
    first, *others = model.doubts
    assert learned(noisy, noise=3.0, shown=labels, reviewed=[first.index]).doubts == [*others, first]


def test_all_contradictions_are_counted_and_the_surest_are_named() -> None:
    labels = np.random.default_rng(7).choice([CAT, DOG, BIRD], 3000, p=[0.5, 0.3, 0.2]).tolist()
    model = learned(labels, shown=[CAT] * 3000)
    assert len(model.doubts) == 1000
    counts = [pair.count for pair in model.confusion]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == round(3000 * (1 - model.right))
    told = {doubt.index: doubt.said.confidence for doubt in model.doubts}
    for pair in model.confusion:
        assert len(pair.images) == min(20, pair.count)
        confidences = [told[index] for index in pair.images if index in told]
        assert confidences == sorted(confidences, reverse=True)


def test_labels_with_too_few_images_are_not_suggested_and_count_as_not_right() -> None:
    labels = [CAT] * 40 + [DOG] * 40 + [BIRD] * 4
    model = learned(labels, noise=0.3)
    assert model.classifier.labels == (CAT, DOG)
    assert model.right == pytest.approx(80 / 84)
    assert (model.by_label[BIRD].count, model.by_label[BIRD].right) == (4, None)
    assert (model.by_label[CAT].count, model.by_label[CAT].right) == (40, 1)
    assert sum(pair.count for pair in model.confusion if pair.label == BIRD) == 4
    # Whoever labeled them was not mistaken.
    assert model.doubts == []


@pytest.mark.parametrize("labels", [[], [CAT], [CAT] * 50, [CAT] * 50 + [DOG] * 4, [CAT] * 4 + [DOG] * 4 + [BIRD]])
def test_too_few_labels_are_told_by_how_many_there_are_of_each(labels: list[int]) -> None:
    with pytest.raises(NotEnough) as lacking:
        learned(labels)
    assert lacking.value.counts == Counter(labels)


@pytest.mark.parametrize("others", [0, 30])
def test_a_label_that_is_only_in_one_fifth_is_learned_all_the_same(others: int) -> None:
    labels = [CAT] * 30 + [BIRD] * others + [DOG] * 5
    folds = [index % 4 for index in range(30 + others)] + [4] * 5
    model = learn(images(labels, noise=0.3), said(labels), folds, precision=0.95)
    assert model.by_label[DOG].right == 0
    [dog] = suggested(model, images([DOG], noise=0.3, seed=1), [CAT, DOG, BIRD])
    assert dog is not None
    assert dog.label == DOG


def test_images_of_one_fifth_alone_are_learned_without_saying_how_right_that_is() -> None:
    model = learn(images([CAT, DOG] * 10, noise=0.3), said([CAT, DOG] * 10), [2] * 20, precision=0.95)
    assert (model.classifier.sure_from, model.doubts, model.confusion) == (NEVER_SURE, [], [])


def test_five_hundred_labels_with_few_images_each_are_learned() -> None:
    labels = [*range(1, 501)] * 5
    model = learned(labels, noise=0.3)
    assert len(model.classifier.labels) == 500
    assert model.right > 0.9


def test_features_that_are_no_numbers_harm_nobody() -> None:
    labels = [CAT, DOG] * 50
    features = images(labels, noise=0.3)
    features[0], features[1, 7], features[2] = np.nan, np.inf, 0
    model = learn(features, said(labels), [index % FOLDS for index in range(100)], precision=0.95)
    assert model.right > 0.95
    suggestions = model.classifier.suggest(features, {}, {CAT, DOG})
    assert [at for at, one in enumerate(suggestions) if one is None] == [0, 1, 2]
    nothing = learn(
        np.zeros((100, FEATURES), np.float16), said(labels), [index % FOLDS for index in range(100)], precision=0.9
    )
    assert nothing.classifier.sure_from == NEVER_SURE


def test_the_same_labels_teach_the_same_and_an_image_stays_in_its_fifth() -> None:
    one, other = learned([CAT, DOG, BIRD] * 20, noise=3.0), learned([CAT, DOG, BIRD] * 20, noise=3.0)
    assert one.classifier.to_bytes() == other.classifier.to_bytes()
    assert (one.right, one.doubts, one.confusion) == (other.right, other.doubts, other.confusion)
    folds = [fold_of("project", f"{index:06}-07") for index in range(1000)]
    assert folds[:8] == [fold_of("project", f"{index:06}-07") for index in range(8)]
    assert set(Counter(folds)) == set(range(FOLDS))
    assert min(Counter(folds).values()) > 150
