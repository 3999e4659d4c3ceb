"""How likely each label is, of what several people and the model say."""

import random
from collections.abc import Mapping
from dataclasses import replace
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.agreement.weighing import Crowd, Voice, model_right, probabilities, sureness
from functions.tasks.annotation import Annotation
from tests.agreement.generated import (
    ANY_LABELS,
    images,
    images_of_any_labels,
    sums,
    sums_of_any_labels,
    voices,
)

CAT, DOG, FOX = 1, 2, 3
# Pairs are alike in 0.7: with four labels labelers err in a sixth of cases or so.
CROWD = Crowd(4, decided=900, agreed=840, images=300, alike=0.7)
EACH = replace(CROWD, one_label=False)
TRUSTED = replace(CROWD, model_right=0.9)


def says(*labels: int, decided: int = 0, agreed: int = 0) -> Voice:
    return Voice(Annotation(labels), decided, agreed)


SKIPS = Voice(None, 50, 50)

people = st.lists(
    st.builds(
        lambda label, decided, wrong: says(label, decided=decided, agreed=max(decided - wrong, 0)),
        st.integers(1, 6),
        st.integers(0, 500),
        st.integers(0, 200),
    ),
    max_size=9,
)
models = st.none() | st.dictionaries(st.integers(1, 6), st.floats(0, 0.5), max_size=2)
crowds = st.builds(
    lambda labels, decided, agreed, images, alike, right, commonest: Crowd(
        labels, True, decided, min(agreed, decided), images, alike, right, commonest
    ),
    st.integers(1, 500),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.floats(0, 1),
    st.none() | st.floats(0, 1),
    st.floats(0, 1) | st.just(1.0),
)


@given(people, models, crowds)
def test_probabilities_are_shares_of_one(some: list[Voice], model: Mapping[int, float] | None, crowd: Crowd) -> None:
    likely = probabilities(some, model, crowd)
    assert all(0 <= one <= 1 for one in likely.values())
    assert sum(likely.values()) <= 1 + 1e-9
    if len(likely) >= crowd.labels:
        assert sum(likely.values()) == pytest.approx(1)


@given(people, models, crowds)
def test_of_any_labels_each_is_a_probability_of_its_own(
    some: list[Voice], model: Mapping[int, float] | None, crowd: Crowd
) -> None:
    crowd = replace(crowd, one_label=False)
    likely = probabilities(some, model, crowd)
    assert all(0 <= one <= 1 for one in likely.values())
    assert 0 <= sureness(some, model, crowd, decision=Annotation((CAT,))) <= 1


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_opinions_does_not_matter(some: list[Voice], dice: random.Random) -> None:
    other = dice.sample(some, len(some))
    for crowd in (CROWD, EACH):
        assert probabilities(other, None, crowd) == pytest.approx(probabilities(some, None, crowd))


def test_what_labels_are_called_does_not_matter() -> None:
    before = probabilities([says(CAT), says(CAT), says(DOG)], {CAT: 0.6, DOG: 0.3}, TRUSTED)
    after = probabilities([says(DOG), says(DOG), says(CAT)], {DOG: 0.6, CAT: 0.3}, TRUSTED)
    assert before[CAT] == pytest.approx(after[DOG])
    assert before[DOG] == pytest.approx(after[CAT])


def test_what_nobody_gives_has_the_rest() -> None:
    likely = probabilities([says(CAT)], None, replace(CROWD, labels=2))
    assert likely.keys() == {CAT}
    both = probabilities([says(CAT)], {CAT: 0.5, DOG: 0.5}, replace(CROWD, labels=2))
    assert both == pytest.approx({CAT: likely[CAT], DOG: 1 - likely[CAT]})


@given(st.integers(1, 400), st.integers(0, 399))
def test_the_better_somebody_is_the_likelier_is_what_they_say(decided: int, agreed: int) -> None:
    agreed = min(agreed, decided - 1)
    for crowd in (CROWD, EACH):
        worse, better = (
            probabilities([says(CAT, decided=decided, agreed=right), says(DOG)], None, crowd)[CAT]
            for right in (agreed, agreed + 1)
        )
        assert worse <= better


def test_of_two_the_one_who_is_mostly_right_is() -> None:
    good, bad = says(CAT, decided=200, agreed=198), says(DOG, decided=200, agreed=150)
    likely = probabilities([good, bad], None, CROWD)
    assert likely[CAT] > 0.9 > 0.1 > likely[DOG]


def test_one_who_never_errs_is_believed_against_two() -> None:
    bad = says(DOG, decided=400, agreed=280)
    likely = probabilities([says(CAT, decided=400, agreed=400), bad, bad], None, CROWD)
    assert likely[CAT] > likely[DOG]


def test_who_was_never_compared_counts_as_the_average() -> None:
    average = says(CAT, decided=90, agreed=84)
    assert probabilities([says(CAT)], None, CROWD) == pytest.approx(probabilities([average], None, CROWD))


def test_a_few_images_say_little_of_somebody() -> None:
    unknown, unlucky, bad = (says(CAT, decided=n, agreed=0) for n in (0, 1, 50))
    likely = [probabilities([one], None, CROWD)[CAT] for one in (unknown, unlucky, bad)]
    assert likely[0] - 0.1 < likely[1] < likely[0]
    assert likely[2] < 0.5


def test_two_who_always_agree_with_each_other_prove_nothing_of_themselves() -> None:
    # With two opinions an image only those are decided that are alike, so all say what was decided.
    pairs = Crowd(4, decided=600, agreed=600, images=400, alike=0.75)
    assert pairs.error == pytest.approx(0.15, abs=0.02)
    assert pairs.error_of(says(CAT, decided=100, agreed=100)) == pytest.approx(pairs.error)


def test_before_anybody_is_compared_nobody_is_sure_alone() -> None:
    new = Crowd(4)
    assert new.error == pytest.approx(0.3)
    assert 0.6 < probabilities([says(CAT)], None, new)[CAT] < 0.8
    assert probabilities([says(CAT), says(CAT)], None, new)[CAT] > 0.9


def test_that_people_err_is_not_the_models_fault() -> None:
    # Of people who err in three of ten even a model that is always right says the same in seven only.
    assert Crowd(4, images=10_000, alike=0.52, model_right=0.7).trust == pytest.approx(1, abs=0.01)
    assert Crowd(4, images=10_000, alike=1, model_right=0.7).trust == pytest.approx(0.6, abs=0.01)


def test_many_labels_are_no_proof_that_two_who_agree_are_right() -> None:
    of_ten, of_500 = (
        probabilities([says(CAT), says(CAT)], None, replace(CROWD, labels=count))[CAT] for count in (10, 500)
    )
    assert of_500 < 0.95 * of_ten + 0.05


def test_skips_are_no_voice() -> None:
    for crowd in (CROWD, EACH):
        assert probabilities([says(CAT), SKIPS], None, crowd) == probabilities([says(CAT)], None, crowd)
    assert probabilities([SKIPS], None, CROWD) == {}
    assert sureness([SKIPS], None, CROWD, decision=None) == 1


def test_the_model_is_a_voice_of_as_much_as_it_is_better_than_guessing() -> None:
    model = {DOG: 0.96, CAT: 0.02}
    likely = [
        probabilities([says(CAT)], model, replace(CROWD, model_right=right))[DOG]
        for right in (None, 0.2, 0.5, 0.7, 0.9)
    ]
    assert likely[0] == pytest.approx(likely[1])
    assert sorted(likely) == pytest.approx(likely)
    assert likely[-1] > 0.7
    # Where nine of ten images have one label, being right in nine of ten is no art.
    dull = replace(CROWD, model_right=0.74, commonest=0.9)
    assert dull.right == pytest.approx(0.9, abs=0.02)
    assert probabilities([says(CAT)], model, dull)[DOG] == pytest.approx(likely[0])


def test_hidden_images_say_how_right_the_model_is_the_more_there_are() -> None:
    assert model_right(0, 0, None) is None
    assert model_right(10, 7, None) == 0.7
    assert model_right(0, 0, 0.9) == 0.9
    assert model_right(20, 10, 0.9) == pytest.approx(0.7)
    assert model_right(20_000, 10_000, 0.9) == pytest.approx(0.5, abs=0.001)


def test_the_model_settles_what_two_people_dispute() -> None:
    likely = probabilities([says(CAT), says(DOG)], {CAT: 0.8, FOX: 0.1}, TRUSTED)
    assert likely[CAT] > 0.9
    assert probabilities([says(CAT), says(DOG)], None, TRUSTED)[CAT] == pytest.approx(likely[CAT], abs=0.5)


def test_the_decision_is_as_sure_as_its_label() -> None:
    some = [says(CAT), says(CAT), says(DOG)]
    likely = probabilities(some, None, CROWD)
    assert sureness(some, None, CROWD, decision=Annotation((CAT,))) == likely[CAT]
    assert sureness(some, None, CROWD, decision=Annotation((FOX,))) == 0


def test_of_any_labels_each_is_weighed_by_itself() -> None:
    likely = probabilities([says(CAT, DOG), says(CAT), says(CAT, FOX)], None, EACH)
    assert likely[CAT] > 0.99
    assert likely[DOG] == pytest.approx(likely[FOX])
    assert likely[DOG] < 0.1
    sure = sureness([says(CAT, DOG), says(CAT), says(CAT, FOX)], None, EACH, decision=Annotation((CAT,)))
    assert sure == pytest.approx(likely[CAT] * (1 - likely[DOG]) * (1 - likely[FOX]))


def test_of_any_labels_the_model_says_of_each_how_likely_it_is() -> None:
    known = replace(EACH, model_right=0.8)
    some = [says(CAT, DOG), says(CAT)]
    unsure = probabilities(some, None, known)[DOG]
    assert unsure == pytest.approx(0.5)
    assert probabilities(some, {CAT: 0.9, DOG: 0.9}, known)[DOG] > 0.7
    # To be right in all of several labels each must be right more often.
    assert known.trust_of_each(1) == pytest.approx(2 * (known.right or 0) - 1)
    assert known.trust_of_each(1) < known.trust_of_each(4) < 1
    assert probabilities(some, {CAT: 0.9, DOG: 0.1}, known)[DOG] < 0.3
    # What it does not name is rather not there; nothing that it names at all is not the same as nothing said.
    assert probabilities(some, {}, known)[DOG] < 0.45


def test_of_any_labels_none_may_be_the_decision() -> None:
    assert sureness([says(), says()], None, EACH, decision=Annotation()) == 1
    assert sureness([says(), says(), says(CAT)], None, EACH, decision=Annotation()) == pytest.approx(0.83, abs=0.03)


RIGHT = [0.70, 0.74, 0.78, 0.82, 0.86, 0.9, 0.95]


@pytest.mark.parametrize("labels", [2, 10])
@pytest.mark.parametrize("opinions", [2, 3])
@pytest.mark.parametrize("confused", [False, True])
def test_it_is_right_more_often_than_the_majority(labels: int, opinions: int, *, confused: bool) -> None:
    made = images(random.Random(20), 1500, labels, RIGHT, opinions, confused=confused)
    crowd, work = sums(made, labels, len(RIGHT))
    majority = mean(image.right_by_majority() for image in made)
    for is_model_heard, at_least in ((False, 0), (True, 0.02)):
        if opinions == 2 and not is_model_heard:
            # Nothing tells one person from another yet.
            continue
        found = []
        for image in made:
            likely = probabilities(voices(image, work), image.model if is_model_heard else None, crowd)
            best = max(likely, key=likely.__getitem__)
            found.append((best == image.truth, likely[best]))
        right = mean(is_right for is_right, _ in found)
        assert right >= majority + at_least
        # And about as often as it says, rather more.
        assert right - 0.07 < mean(said for _, said in found) < right + 0.03
    assert crowd.error == pytest.approx(1 - mean(RIGHT), abs=0.03)


def test_of_any_labels_it_is_right_more_often_than_the_majority_too() -> None:
    errs = [0.15, 0.12, 0.08, 0.05, 0.02]
    made = images_of_any_labels(random.Random(21), 1500, errs)
    crowd, work = sums_of_any_labels(made, len(errs))
    by_majority, weighed, sure, right = [], [], [], []
    for image in made:
        some = [Voice(said, *work[who]) for who, said in image.opinions]
        likely = probabilities(some, image.model, crowd)
        for label in ANY_LABELS:
            by_majority.append((label in image.majority.labels) == (label in image.truth.labels))
            weighed.append((likely[label] > 0.5) == (label in image.truth.labels))
        sure.append(sureness(some, image.model, crowd, decision=image.majority))
        right.append(image.majority == image.truth)
    assert mean(weighed) > mean(by_majority) + 0.01
    assert mean(sure) == pytest.approx(mean(right), abs=0.02)
