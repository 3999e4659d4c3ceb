"""What is said of images that may have any number of labels, by how likely each label is there."""

import numpy as np

from functions.assist.classifier import NEVER_SURE
from functions.assist.judging import MOST_TOLD, judge, several
from functions.labeling.suggestions import Several, Suggestion

CAT, DOG, OWL = 3, 5, 9
LABELS = (CAT, DOG, OWL)


def says(*likely: float, sure_from: float = 0.9, likely_from: float = 0.5) -> Several:
    labels = LABELS if len(likely) == len(LABELS) else range(1, len(likely) + 1)
    row = np.array([likely])
    return several(labels, row, judge(row, sure_from, likely_from), 0)


def sure(label: int, confidence: float) -> Suggestion:
    return Suggestion(label, confidence, sure=True, likely=True)


def unsure(label: int, confidence: float) -> Suggestion:
    return Suggestion(label, confidence, likely=confidence >= 0.5)


def test_an_image_is_sure_where_all_that_is_said_of_it_is_right_together() -> None:
    assert says(0.01, 0.99, 0.97) == Several((sure(DOG, 0.99), sure(OWL, 0.97)))
    assert not says(0.01, 0.99, 0.97, sure_from=0.96).sure
    assert says(0.02, 0.01, 0.03) == Several(())
    assert Several(()).sure


def test_elsewhere_the_clearest_labels_are_sure_and_the_others_are_listed_however_unlikely() -> None:
    assert says(0.98, 0.2, 0.01) == Several((sure(CAT, 0.98), unsure(DOG, 0.2)))
    # Together these three are not sure: the last of them is left to people.
    assert says(0.97, 0.04, 0.96) == Several((sure(CAT, 0.97), unsure(OWL, 0.96)))
    assert says(0.9, 0.6, 0.3, sure_from=NEVER_SURE) == Several((unsure(CAT, 0.9), unsure(DOG, 0.6), unsure(OWL, 0.3)))


def test_a_label_is_said_to_be_there_from_the_confidence_on_that_was_measured() -> None:
    assert says(0.4, 0.3, 0.01, likely_from=0.35).said.labels == (CAT,)
    assert says(0.9, 0.8, 0.7, likely_from=NEVER_SURE).said.labels == ()


def test_more_labels_than_can_be_told_are_never_sure() -> None:
    assert len(says(*[0.9999] * 10).listed) == 10
    assert says(*[0.9999] * 10).sure
    many = says(*[0.9999] * 12)
    assert len(many.listed) == MOST_TOLD
    assert not many.sure
    assert [one.sure for one in many.listed] == [True] * 9 + [False]
