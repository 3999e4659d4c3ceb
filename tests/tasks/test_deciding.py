"""How what several people say of one image becomes a decision, or none."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import MOST_LABELS, Decision, TaskType
from functions.tasks.types import TASK_TYPES

ONE, SEVERAL = TASK_TYPES["multiClass"], TASK_TYPES["multiLabel"]
CAT, DOG, OWL = (Annotation((label,)) for label in (1, 2, 3))
NONE, BOTH, SKIP = Annotation(), Annotation((1, 2)), None

Opinions = Sequence[Annotation | None]
ONE_SAID = st.sampled_from([CAT, DOG, OWL, SKIP])
SOME_SAID = st.none() | st.sets(st.integers(1, 3)).map(of_labels)


@pytest.mark.parametrize(
    ("opinions", "decision"),
    [
        ([CAT], Decision(CAT)),
        ([CAT, CAT], Decision(CAT)),
        ([CAT, DOG], None),
        ([CAT, DOG, CAT], Decision(CAT)),
        ([CAT, DOG, OWL], None),
        ([CAT, CAT, DOG, OWL], None),
        ([CAT, CAT, CAT, DOG, OWL], Decision(CAT)),
        ([SKIP], Decision(SKIP)),
        ([SKIP, CAT], None),
        ([SKIP, CAT, SKIP], Decision(SKIP)),
        ([SKIP, CAT, DOG], None),
    ],
)
def test_of_one_label_what_more_than_half_say_is_decided_and_skipping_is_a_thing_to_say(
    opinions: Opinions, decision: Decision | None
) -> None:
    assert {ONE.decide(order) for order in permutations(opinions)} == {decision}


@pytest.mark.parametrize(
    ("opinions", "decision"),
    [
        ([BOTH], Decision(BOTH)),
        ([NONE, NONE], Decision(NONE)),
        ([NONE, CAT], None),
        # Nobody said so, and of each label more than half did.
        ([BOTH, Annotation((1, 3)), Annotation((2, 3))], Decision(Annotation((1, 2, 3)))),
        ([CAT, DOG, OWL], Decision(NONE)),
        ([CAT, BOTH], None),
        ([CAT, BOTH, CAT], Decision(CAT)),
        ([CAT, BOTH, DOG, DOG], None),
        ([SKIP, SKIP, BOTH], Decision(SKIP)),
        ([SKIP, CAT], None),
        ([SKIP, CAT, CAT], Decision(CAT)),
        # Of dog two of three say neither that it is there nor that it is not.
        ([SKIP, CAT, BOTH], None),
        ([SKIP, SKIP, CAT, CAT], None),
    ],
)
def test_of_any_labels_each_is_there_or_not_as_more_than_half_say(
    opinions: Opinions, decision: Decision | None
) -> None:
    assert {SEVERAL.decide(order) for order in permutations(opinions)} == {decision}


def test_no_more_labels_are_decided_than_an_image_may_have() -> None:
    third = (MOST_LABELS + 3) // 3
    parts = [range(third * place, third * (place + 1)) for place in range(3)]
    opinions = [of_labels([*parts[place], *parts[place - 1]]) for place in range(3)]
    assert all(SEVERAL.is_sound(said) for said in opinions)
    assert len({label for said in opinions for label in said.labels}) > MOST_LABELS
    assert SEVERAL.decide(opinions) is None


@given(st.lists(ONE_SAID, min_size=1, max_size=9))
def test_one_label_is_decided_exactly_where_one_thing_outnumbers_all_others_together(opinions: Opinions) -> None:
    ahead = [said for said in {*opinions} if 2 * opinions.count(said) > len(opinions)]
    assert ONE.decide(opinions) == (Decision(ahead[0]) if ahead else None)


@pytest.mark.parametrize(("task", "said"), [(ONE, ONE_SAID), (SEVERAL, SOME_SAID)], ids=["one", "several"])
@pytest.mark.parametrize("more", [1, 2])
@given(data=st.data())
def test_who_agrees_with_a_decision_never_undoes_it(
    task: TaskType, said: st.SearchStrategy[Annotation | None], more: int, data: st.DataObject
) -> None:
    opinions = data.draw(st.lists(said, min_size=1, max_size=8))
    decision = task.decide(opinions)
    if decision is not None:
        assert task.decide([*opinions, *[decision.said] * more]) == decision


@given(st.lists(SOME_SAID, min_size=1, max_size=9), st.integers(1, 3))
def test_a_label_is_decided_as_those_who_say_so_outnumber_all_others(opinions: Opinions, label: int) -> None:
    decision = SEVERAL.decide(opinions)
    if decision is None:
        return
    if decision.said is None:
        assert 2 * opinions.count(None) > len(opinions)
        return
    alike = [said for said in opinions if said and (label in said.labels) == (label in decision.said.labels)]
    assert 2 * len(alike) > len(opinions)


@given(st.permutations([SKIP, NONE, CAT, DOG, BOTH]), st.integers(1, 5))
def test_a_decision_does_not_depend_on_who_spoke_first(opinions: list[Annotation | None], count: int) -> None:
    for task in (ONE, SEVERAL):
        assert task.decide(opinions[:count]) == task.decide(sorted(opinions[:count], key=str))
