"""What people may say of an image in projects of each task type."""

from typing import Any

import pytest

from functions.problems import Invalid
from functions.tasks.annotation import Annotation, from_document, of_labels, to_document
from functions.tasks.base import MOST_LABELS, Change, Choice
from functions.tasks.types import TASK_TYPES

ONE, SEVERAL = TASK_TYPES["multiClass"], TASK_TYPES["multiLabel"]
RED, BLUE = Choice(1, "Red", ("Color",)), Choice(2, "Blue", ("Color",))
CAT, DOG = Choice(3, "Cat", ("Animal/Pet",)), Choice(4, "Dog", ("Animal/Pet", "Animal"))
SHINY, OLD = Choice(5, "Shiny"), Choice(6, "Old", ("Animal",))
KNOWN = {choice.id: choice for choice in (RED, BLUE, CAT, DOG, SHINY, OLD)}


@pytest.mark.parametrize("labels", [[], [RED, CAT]])
def test_an_image_gets_exactly_one_label_where_the_type_says_so(labels: list[Choice]) -> None:
    assert ONE.annotation([CAT], "labels") == Annotation((3,))
    with pytest.raises(Invalid, match="exactly one label") as refused:
        ONE.annotation(labels, "labels.000000-00")
    assert refused.value.errors[0].field == "labels.000000-00"


def test_several_labels_are_a_set_and_may_be_none() -> None:
    assert SEVERAL.annotation([SHINY, CAT, RED], "labels") == Annotation((1, 3, 5))
    assert SEVERAL.annotation([], "labels") == Annotation()


@pytest.mark.parametrize(
    ("labels", "group"), [([RED, BLUE], "Color"), ([CAT, SHINY, DOG], "Animal/Pet"), ([DOG, OLD], "Animal")]
)
def test_two_labels_of_an_exclusive_group_are_refused_by_their_names(labels: list[Choice], group: str) -> None:
    with pytest.raises(Invalid) as refused:
        SEVERAL.annotation(labels, "labels")
    assert str(refused.value) == (
        f"{labels[0].name!r} and {labels[-1].name!r} are both of the group {group!r}, of which an image gets one label "
        "at most."
    )


def test_an_image_gets_no_more_labels_than_a_head_can_hold() -> None:
    many = [Choice(number, f"label {number}") for number in range(1, MOST_LABELS + 2)]
    assert len(SEVERAL.annotation(many[1:], "labels").labels) == MOST_LABELS
    with pytest.raises(Invalid, match="at most 50 labels"):
        SEVERAL.annotation(many, "labels")


@pytest.mark.parametrize(
    ("before", "change", "labels", "after"),
    [
        ((3,), "set", [RED, SHINY], (1, 5)),
        ((3,), "add", [RED, CAT], (1, 3)),
        (None, "add", [RED], (1,)),
        ((1, 5), "add", [BLUE], (2, 5)),
        ((3, 5), "add", [DOG], (4, 5)),
        ((5, 6), "add", [DOG], (4, 5)),
        ((1, 3), "remove", [RED, BLUE], (3,)),
        ((1,), "remove", [RED], ()),
    ],
)
def test_labels_are_set_added_and_taken_away(
    before: Any, change: Change, labels: list[Choice], after: tuple[int, ...]
) -> None:
    had = None if before is None else Annotation(before)
    assert SEVERAL.changed(had, change, labels, KNOWN) == Annotation(after)


@pytest.mark.parametrize("change", ["add", "remove"])
def test_where_an_image_has_one_label_it_can_only_be_set(change: Change) -> None:
    assert ONE.changed(Annotation((3,)), "set", [DOG], KNOWN) == Annotation((4,))
    with pytest.raises(Invalid, match="can only be set"):
        ONE.changed(Annotation((3,)), change, [DOG], KNOWN)


def test_the_same_is_said_by_labels_that_count_as_the_same_and_an_empty_annotation_is_no_skip() -> None:
    for task in (ONE, SEVERAL):
        assert task.is_same(Annotation((1, 3)), Annotation((2, 3)), {1: 2})
        assert not task.is_same(Annotation((1, 3)), Annotation((2, 3)), {})
        assert task.is_same(None, None, {})
        assert not task.is_same(Annotation(), None, {})


def test_documents_tell_skipped_from_empty_and_those_of_before_had_no_empty_ones() -> None:
    given = {0: of_labels([3, 1]), 1: Annotation(), 2: None}
    document = to_document(given)
    assert document == {"labels": {0: [1, 3], 1: [], 2: []}, "skipped": [2]}
    assert from_document(document) == given
    assert from_document({"labels": {"0": [1], "1": []}}) == {0: Annotation((1,)), 1: None}
