"""What is said of an image by what was learned, and how that is kept."""

import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from functions.assist.classifier import NEVER_SURE, Classifier, EachClassifier, Unusable
from functions.assist.model import FEATURES
from functions.labeling.suggestions import Several, Suggestion

CAT, DOG, PUPPY = 3, 5, 9


def classifier(sure_from: float = 0.9) -> Classifier:
    """The first three features are those of cats, dogs and puppies."""
    weights, bias = np.eye(FEATURES, 3, dtype=np.float32) * 10, np.zeros(3, np.float32)
    return Classifier((CAT, DOG, PUPPY), weights, bias, sure_from, likely_from=0.6)


def seen(*of_each: float) -> NDArray[np.float16]:
    """Features of an image that is so much of a cat, a dog and a puppy."""
    row = np.zeros((1, FEATURES), np.float16)
    row[0, : len(of_each)] = of_each
    return row


def says(features: NDArray[np.float16], *, aliases: dict[int, int] | None = None, allowed: set[int]) -> object:
    [suggestion] = classifier().suggest(features, aliases or {}, allowed)
    return suggestion


def test_the_likeliest_label_is_suggested_and_is_sure_from_its_confidence_on() -> None:
    several = np.concatenate([seen(1), seen(0, 3), seen(1, 1.1)])
    clear_cat, clear_dog, rather_a_dog = classifier().suggest(several, {}, {CAT, DOG, PUPPY})
    assert clear_cat == Suggestion(CAT, 0.9999, sure=True, second=DOG, likely=True, second_confidence=0)
    assert clear_dog == Suggestion(DOG, 0.9999, sure=True, second=CAT, likely=True, second_confidence=0)
    assert isinstance(rather_a_dog, Suggestion)
    assert (rather_a_dog.label, rather_a_dog.sure) == (DOG, False)
    assert (rather_a_dog.likely, rather_a_dog.confidence > 0.6) == (True, True)
    exactly = replace(classifier(), sure_from=rather_a_dog.confidence).suggest(several, {}, {CAT, DOG, PUPPY})
    assert exactly[2] == rather_a_dog._replace(sure=True)


def test_how_bright_an_image_is_does_not_matter() -> None:
    assert says(seen(1, 2), allowed={CAT, DOG}) == says(seen(100, 200), allowed={CAT, DOG})


def test_shares_of_merged_labels_are_added_up() -> None:
    assert says(seen(1.1, 1, 1), allowed={CAT, DOG, PUPPY}) == Suggestion(
        CAT, 0.4658, second=DOG, likely=False, second_confidence=0.2671
    )
    assert says(seen(1.1, 1, 1), aliases={PUPPY: DOG}, allowed={CAT, DOG}) == Suggestion(
        DOG, 0.5342, second=CAT, likely=False, second_confidence=0.4658
    )
    assert says(seen(0, 0, 1), aliases={PUPPY: 12}, allowed={CAT, 12}) == Suggestion(
        12, 0.9999, sure=True, second=CAT, likely=True, second_confidence=0
    )


def test_what_a_removed_label_had_goes_to_nobody() -> None:
    assert says(seen(1), allowed={DOG, PUPPY}) == Suggestion(DOG, 0.0, second=PUPPY, likely=False, second_confidence=0)
    assert says(seen(1, 2), allowed={DOG}) == Suggestion(DOG, 0.9886, sure=True, likely=True)
    assert says(seen(1), allowed=set()) is None
    assert says(seen(1), allowed={77}) is None


def each(sure_from: float = 0.9) -> EachClassifier:
    """Of images that may have any of the labels."""
    known = classifier()
    return EachClassifier(known.labels, known.weights, known.bias - 4, sure_from, likely_from=0.6)


def test_each_label_is_said_to_be_there_or_not_whatever_the_others_are() -> None:
    cat, both, nothing = each(0.85).suggest(
        np.concatenate([seen(1), seen(1, 1), seen(0, 0, 0, 1)]), {}, {CAT, DOG, PUPPY}
    )
    assert cat == Several((Suggestion(CAT, 0.9975, sure=True, likely=True),))
    certain = Suggestion(DOG, 0.9557, sure=True, likely=True)
    assert both == Several((certain._replace(label=CAT), certain))
    assert nothing == Several(())
    unsure = each(NEVER_SURE).suggest(seen(0, 1), {}, {CAT, DOG})
    assert unsure == [Several((Suggestion(DOG, 0.9975, likely=True), Suggestion(CAT, 0.018, likely=False)))]


def test_a_merged_label_is_there_where_one_of_them_is() -> None:
    [puppy] = each().suggest(seen(0, 0, 1), {PUPPY: DOG}, {CAT, DOG})
    assert puppy == Several((Suggestion(DOG, 0.9975, sure=True, likely=True),))
    assert each().suggest(seen(0, 0, 1), {}, {CAT, DOG}) == [Several(())]
    assert each().suggest(seen(0, 0, 1), {}, {77}) == [None]


@pytest.mark.parametrize("value", [0, np.nan, np.inf, -np.inf])
def test_nothing_is_said_of_features_that_are_none(value: float) -> None:
    assert says(seen(value), allowed={CAT, DOG}) is None
    assert classifier().suggest(seen()[:0], {}, {CAT}) == []


def test_it_is_kept_as_bytes() -> None:
    kept = replace(classifier(NEVER_SURE), bias=np.array([0.5, 0, -0.25], np.float32))
    read = Classifier.from_bytes(kept.to_bytes())
    assert (read.labels, read.sure_from, read.likely_from) == (kept.labels, kept.sure_from, 0.6)
    assert read.suggest(seen(1, 1), {}, {CAT, DOG}) == kept.suggest(seen(1, 1), {}, {CAT, DOG})
    assert read.to_bytes() == kept.to_bytes()


def test_what_was_learned_before_it_was_measured_goes_by_the_confidences() -> None:
    kept, out = classifier(), io.BytesIO()
    sure_from = np.float64(kept.sure_from)
    np.savez(out, labels=np.array(kept.labels, np.int64), weights=kept.weights, bias=kept.bias, sure_from=sure_from)
    assert Classifier.from_bytes(out.getvalue()).likely_from == 0.5


@pytest.mark.parametrize(
    "other",
    [
        replace(classifier(), labels=(CAT, DOG)),
        replace(classifier(), weights=np.zeros((FEATURES - 1, 3), np.float32)),
        replace(classifier(), weights=np.zeros((FEATURES, 3))),  # type: ignore[arg-type]
        replace(classifier(), weights=np.full((FEATURES, 3), np.nan, np.float32)),
        replace(classifier(), bias=np.zeros((), np.float32)),
        replace(classifier(), weights=np.array([[{}]])),
        Classifier((), np.zeros((FEATURES, 0), np.float32), np.zeros(0, np.float32), 0.5),
    ],
    ids=["labels", "features", "kind", "no numbers", "no labels' bias", "objects", "no labels"],
)
def test_what_is_no_classifier_for_these_features_is_unusable(other: Classifier) -> None:
    with pytest.raises(Unusable):
        Classifier.from_bytes(other.to_bytes())


@pytest.mark.parametrize("made", [classifier(), each()], ids=["one label", "each label"])
def test_damaged_bytes_are_unusable_wherever_they_are_damaged(made: Classifier) -> None:
    whole = made.to_bytes()
    for data in [b"", b"not at all", *(whole[:end] for end in range(0, len(whole), 997))]:
        with pytest.raises(Unusable):
            Classifier.from_bytes(data)
    for at in range(0, len(whole), 401):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        try:
            Classifier.from_bytes(bytes(damaged))
        except Unusable:
            continue
        # What is left are dates, flags and the like, which say nothing.
        assert Classifier.from_bytes(bytes(damaged)).to_bytes() == whole
