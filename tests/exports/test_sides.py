"""The sides of a split: every label has its fractions on them, and images stay where they are as a project grows."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.exports.options import Side, Split
from functions.exports.sides import Sides, Survey, counting_as

ALL: tuple[Side, ...] = ("train", "validation", "test")
LABEL = 1


def split_of(train: float, validation: float, test: float, seed: int = 0) -> Split:
    return Split(train=train, validation=validation, test=test, seed=seed)


USUAL = split_of(0.8, 0.1, 0.1)


def sides_of(split: Split, names: Sequence[str]) -> list[Side]:
    """Where images of one label fall."""
    survey = Survey(split, {})
    for name in names:
        survey.add(name, [LABEL])
    sides = Sides(split, survey.borders())
    return [sides.of(name, [LABEL]) for name in names]


def named(count: int) -> list[str]:
    return [f"folder/{number:05}.jpg" for number in range(count)]


@st.composite
def splits(draw: st.DrawFn) -> Split:
    parts = draw(st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any))
    train, validation, test = (part / sum(parts) for part in parts)
    return split_of(train, validation, test, draw(st.integers(0, 2**31 - 1)))


@given(splits(), st.sets(st.text(), max_size=60))
def test_each_side_has_its_fraction_of_a_label_and_none_is_empty(split: Split, names: set[str]) -> None:
    held = Counter(sides_of(split, sorted(names)))
    is_enough = len(names) >= len(split.sides)
    for side in ALL:
        share = len(names) * getattr(split, side)
        if side not in split.sides:
            assert held[side] == 0
        elif is_enough and any(len(names) * getattr(split, other) < 1 for other in split.sides):
            assert held[side] >= 1
        else:
            assert abs(held[side] - share) <= 1 + 1e-6
            assert held[side] >= 1 or not is_enough


@pytest.mark.parametrize(("count", "held"), [(3, (1, 1, 1)), (5, (3, 1, 1)), (1000, (799, 100, 101))])
def test_few_images_are_on_every_side_and_many_are_one_off_at_most(count: int, held: tuple[int, int, int]) -> None:
    found = Counter(sides_of(USUAL, named(count)))
    assert tuple(found[side] for side in ALL) == held


def test_one_more_image_moves_one_image_past_each_border_at_most() -> None:
    before = sides_of(USUAL, named(1))
    for count in range(2, 300):
        after = sides_of(USUAL, named(count))
        assert sum(old != new for old, new in zip(before, after, strict=False)) <= 2, count
        before = after


def test_images_keep_their_sides_while_a_label_grows_tenfold() -> None:
    before, after = sides_of(USUAL, named(500)), sides_of(USUAL, named(5000))
    assert sum(old != new for old, new in zip(before, after, strict=False)) < 500 * 0.05


def test_another_seed_is_another_split() -> None:
    assert sides_of(USUAL, named(100)) != sides_of(USUAL.model_copy(update={"seed": 2}), named(100))


def test_labels_are_cut_apart_from_each_other_and_others_where_the_fractions_have_it() -> None:
    half = split_of(0.5, 0, 0.5)
    survey, names = Survey(half, {}), named(80)
    for number, name in enumerate(names):
        survey.add(name, [1 + number % 8])
    again = Survey(half, survey.state())
    assert again.borders() == survey.borders()
    sides = Sides(half, again.borders())
    for label in range(1, 9):
        held = Counter(sides.of(name, [label]) for name in names[label - 1 :: 8])
        assert held["train"] in (4, 5, 6)
    plain = Sides(half, {})
    assert 20 <= sum(plain.of(name, [99]) == "train" for name in names) <= 60


@given(st.text(), st.integers(0, 2**31 - 1))
def test_no_image_falls_on_a_side_that_is_empty(name: str, seed: int) -> None:
    def of(split: Split) -> Side:
        return Sides(split, {}).of(name, counting_as((), False))

    assert of(split_of(0, 1, 0, seed)) == "validation"
    assert of(split_of(0.1 + 0.2, 0, 0.7, seed)) in ("train", "test")
    assert of(split_of(0.1 + 0.2, 0.7, 0, seed)) in ("train", "validation")


def test_an_image_with_several_labels_is_cut_with_those_of_its_rarest_label() -> None:
    half, common, rare, empty = split_of(0.5, 0, 0.5), (1,), (1, 2, 3), counting_as((), True)
    said: dict[str, Sequence[int]] = {f"{number}.png": common for number in range(400)}
    said |= {f"rare {number}.png": rare for number in range(10)} | {f"none {number}.png": empty for number in range(10)}
    # The third label is the rarest by one.
    said["second.png"] = (2,)
    survey = Survey(half, {})
    for name, labels in said.items():
        survey.add(name, labels)
    again = Survey(half, survey.state())
    assert list(again.borders().items()) == list(survey.borders().items())
    assert list(survey.borders()) == [-1, 3, 2, 1]
    sides = Sides(half, survey.borders())
    for labels in (common, rare, empty):
        some = [name for name, one in said.items() if one is labels]
        assert abs(sum(sides.of(name, labels) == "train" for name in some) - len(some) / 2) <= 1


def test_images_without_a_label_are_cut_apart_from_those_of_which_nothing_was_said() -> None:
    assert counting_as((), True) != counting_as((), False)
    assert counting_as((4,), True) == (4,)
