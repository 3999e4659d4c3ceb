"""What a project's sums say of who is right on one of its images."""

from collections import Counter

import pytest

from functions.agreement.advice import Adviser
from functions.agreement.weighing import Crowd, Voice, probabilities
from functions.labeling.agreeing import Agreement
from functions.labeling.counts import Counts, Work
from functions.labeling.suggestions import Several, Suggestion
from functions.projects.model import Merged, Project
from functions.tasks.annotation import Annotation
from tests.projects.building import make

CAT, DOG, KITTEN = Annotation((1,)), Annotation((2,)), Annotation((3,))
PETS = make(next_label=4, ml_assist=True)
SEVERAL = PETS.model_copy(update={"task_type": "multiLabel"})
WITH_KITTENS = PETS.model_copy(update={"merged": (Merged(id=3, name="Kitten", into=1),)})


def counts_of(*images: list[Annotation]) -> Counts:
    """Anna mostly says what is decided, Ben and Cleo do not."""
    agreement = Agreement()
    for said in images:
        agreement.note(said)
    work = {
        "anna": Work(decided=100, agreed=98, blind=30, blind_right=27),
        "ben": Work(decided=100, agreed=80, blind=10, blind_right=9),
        "cleo": Work(decided=100, agreed=80),
    }
    return Counts(labels=Counter({1: 50, 2: 40, 3: 10}), work=work, agreement=agreement)


COUNTS = counts_of(*[[CAT, CAT, CAT]] * 60, *[[CAT, CAT, DOG]] * 30, *[[DOG, DOG]] * 10)


def adviser(project: Project = PETS, held_out: float | None = None) -> Adviser:
    return Adviser.of(project, COUNTS, held_out)


def test_the_crowd_is_what_the_sums_say() -> None:
    crowd = Adviser.of(PETS, COUNTS, 0.8).crowd
    # Of 290 opinions those on the images with a dissenter are alike in one of three pairs.
    alike = (180 * 1 + 90 / 3 + 20 * 1) / 290
    assert crowd == Crowd(
        2, True, 300, 258, 100, alike=crowd.alike, model_right=(36 + 20 * 0.8) / (40 + 20), commonest=0.5
    )
    assert crowd.alike == pytest.approx(alike)


def test_people_are_weighed_by_what_they_did_and_new_ones_as_the_average() -> None:
    likely = adviser().probabilities([("anna", CAT), ("dora", DOG)], None)
    assert likely == probabilities([Voice(CAT, 100, 98), Voice(DOG)], None, adviser().crowd)
    assert likely[1] > 0.75


def test_the_decision_is_as_likely_right_as_its_label() -> None:
    heard = [("anna", CAT), ("ben", CAT), ("cleo", DOG)]
    assert adviser().sureness(heard, None) == adviser().probabilities(heard, None)[1]
    assert adviser().sureness([("anna", CAT), ("ben", DOG)], None) == 0
    assert adviser().sureness([], None) == 0
    assert adviser().sureness([("anna", None)], None) == 1


def test_how_sure_one_can_be_is_told_of_what_is_disputed_too() -> None:
    heard = [("anna", CAT), ("ben", DOG)]
    assert adviser().certainty(heard, None) == adviser().probabilities(heard, None)[1] > 0.5
    assert adviser().certainty([("ben", CAT), ("cleo", DOG)], None) == pytest.approx(0.5)
    assert adviser().certainty([("anna", None)], None) == 0


def test_of_any_labels_one_is_sure_where_each_is_surely_there_or_not() -> None:
    heard = [("ben", Annotation((1, 2))), ("cleo", CAT)]
    likely = adviser(SEVERAL).probabilities(heard, None)
    assert adviser(SEVERAL).certainty(heard, None) == pytest.approx(likely[1] * max(likely[2], 1 - likely[2]))
    absent = adviser(SEVERAL, 0.9).certainty([("anna", Annotation(()))], Several((Suggestion(1, 0.02),)))
    assert absent > 0.9


def test_what_is_suggested_is_a_voice() -> None:
    suggested = Suggestion(1, 0.95, sure=True, second=2, second_confidence=0.05)
    heard = [("ben", CAT)]
    alone, beside = adviser().sureness(heard, None), adviser().sureness(heard, suggested)
    contradicted = adviser().sureness([("ben", DOG)], suggested)
    assert contradicted < alone < beside


def test_of_any_labels_each_confidence_counts() -> None:
    suggested = Several((Suggestion(1, 0.95, sure=True), Suggestion(2, 0.4)))
    likely = adviser(SEVERAL, 0.9).probabilities([("ben", Annotation((1, 2)))], suggested)
    assert likely[1] > likely[2] > 0.5


def test_merged_labels_are_those_as_which_they_count() -> None:
    merged = Adviser.of(WITH_KITTENS, COUNTS, None)
    assert merged.crowd.commonest == 0.6
    assert Adviser.of(WITH_KITTENS, counts_of([CAT, KITTEN]), None).crowd.alike == 1
    heard = [("anna", CAT), ("ben", KITTEN), ("cleo", DOG)]
    assert merged.probabilities(heard, None) == adviser(WITH_KITTENS).probabilities(
        [("anna", CAT), ("ben", CAT), ("cleo", DOG)], None
    )
    assert merged.sureness(heard, None) > 0.9


def test_a_new_project_knows_nobody() -> None:
    new = Adviser.of(PETS, Counts(), None)
    assert new.sureness([("anna", CAT)], None) == pytest.approx(0.7, abs=0.01)
