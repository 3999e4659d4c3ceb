"""How far people agree: by the sums as by the opinions themselves, beside another implementation and the bootstrap."""

from collections import Counter
from math import sqrt
from random import Random
from statistics import stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.agreement import alpha
from functions.agreement.alpha import Confused, Measure, by_label, confused, overall
from functions.intervals import Z, wilson
from functions.labeling import agreeing
from functions.tasks.annotation import Annotation, of_labels
from tests.agreement.saying import Images, of_label, one, opinions, reference, said_of, sets

MANY = (0, 1, 2, 2, 3, 5, 9)
LABELS = range(4)

ONE_LABEL = st.lists(st.lists(st.sampled_from(one(*LABELS)), max_size=5), max_size=12)
ANY_LABELS = st.lists(st.lists(st.sets(st.sampled_from(LABELS), max_size=3).map(of_labels), max_size=5), max_size=12)


def agree(images: Images) -> float:
    """1 - Do, each pair of opinions looked at."""
    several = [given for given in images if len(given) > 1]
    pairs = [[one != other for i, one in enumerate(given) for other in given[:i]] for given in several]
    differs = [2 * sum(each) / (len(given) - 1) for each, given in zip(pairs, several, strict=True)]
    return 1 - sum(differs) / sum(map(len, several))


def is_as_reference(measure: Measure, images: Images) -> bool:
    several = [given for given in images if len(given) > 1]
    if not several:
        return measure == Measure()
    if len({said for given in several for said in given}) < 2:
        return (measure.agreement, measure.alpha, measure.alpha_interval) == (1, None, None)
    counted = (measure.images, measure.opinions) == (len(several), sum(map(len, several)))
    return (
        counted
        and measure.alpha == pytest.approx(reference(images))
        and measure.agreement == pytest.approx(agree(images))
    )


@given(ONE_LABEL)
def test_it_is_as_the_other_implementation_has_it(images: Images) -> None:
    assert is_as_reference(overall(said_of(images), one_label=True), images)


@given(ANY_LABELS)
def test_several_labels_are_compared_as_sets(images: Images) -> None:
    assert is_as_reference(overall(said_of(images), one_label=False), images)


@given(ANY_LABELS)
def test_each_label_is_there_or_not(images: Images) -> None:
    measures = by_label(said_of(images))
    used = {label for given in images if len(given) > 1 for said in given for label in said.labels}
    assert set(measures) == used
    assert all(is_as_reference(measures[label], of_label(images, label)) for label in used)


@pytest.mark.parametrize("characters", [0, 200])
def test_one_label_an_image_is_exact_also_where_a_pack_keeps_less_than_is_said(
    characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = opinions(Random(2), 400, labels=40, right=0.7, many=MANY)
    full = overall(said_of(images), one_label=True)
    by_each = by_label(said_of(images))
    monkeypatch.setattr(agreeing, "MOST_CHARACTERS", characters)
    said = said_of(images)
    assert sum(said.alike.values()) > 50
    measure = overall(said, one_label=True)
    assert is_as_reference(measure, images)
    assert measure.agreement_interval == pytest.approx(full.agreement_interval)
    assert measure.alpha_interval == pytest.approx(full.alpha_interval, abs=0.002)
    assert list(by_label(said)) == list(by_each)
    for label, measured in by_label(said).items():
        expected = by_each[label]
        assert measured.alpha == pytest.approx(expected.alpha)
        assert measured.alpha_interval == pytest.approx(expected.alpha_interval)
        assert measured.agreement_interval == pytest.approx(expected.agreement_interval)


@pytest.mark.parametrize(("characters", "near"), [(600, 0.002), (300, 0.0015), (100, 0.01), (0, 0.04)])
def test_sets_are_near_where_a_pack_keeps_less_than_is_said(
    characters: int, near: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreeing, "MOST_CHARACTERS", characters)
    random = Random(3)
    empty = [[Annotation()] * 2] * 60
    images = random.sample([*empty, *sets(random, 138, labels=20, right=0.97, many=(2, 3))], k=198)
    said = said_of(images)
    assert sum(said.alike.values()) > 30
    measure = overall(said, one_label=False)
    assert measure.agreement == pytest.approx(agree(images))
    assert measure.alpha == pytest.approx(reference(images), abs=near)


def test_the_interval_stays_above_minus_one_where_next_to_all_have_one_label() -> None:
    measure = overall(said_of([*[one(1, 1)] * 20, one(1, 2)]), one_label=True)
    assert measure.alpha == pytest.approx(0)
    assert measure.alpha_interval
    assert measure.alpha_interval[0] == -1


def test_nothing_is_known_without_images_of_two_opinions() -> None:
    assert overall(said_of([[], one(1), one(2)]), one_label=True) == Measure()
    assert by_label(said_of([one(1)])) == {}
    assert confused(said_of([one(1)])) == []


def test_where_all_say_the_same_label_everywhere_alpha_is_not_defined() -> None:
    measure = overall(said_of([one(1, 1)] * 40), one_label=True)
    assert (measure.agreement, measure.alpha, measure.alpha_interval) == (1, None, None)
    assert measure.agreement_interval == pytest.approx((0.9124, 1), abs=1e-4)


def test_a_single_image_has_no_interval() -> None:
    measure = overall(said_of([one(1, 1, 2)]), one_label=True)
    assert measure.agreement == pytest.approx(1 / 3)
    assert (measure.agreement_interval, measure.alpha_interval) == (None, None)


def test_where_nobody_differs_the_intervals_are_wider_the_fewer_the_images() -> None:
    few, more = (overall(said_of([one(1, 1), one(2, 2)] * count), one_label=True) for count in (5, 50))
    assert few.alpha == more.alpha == 1
    assert few.alpha_interval
    assert more.alpha_interval
    assert few.alpha_interval[1] == more.alpha_interval[1] == 1
    assert 0.4 < few.alpha_interval[0] < more.alpha_interval[0] < 0.95


def test_merged_labels_count_as_what_they_were_merged_into() -> None:
    images = [one(1, 2), one(3, 3), one(2, 2), one(1, 3), [of_labels((1, 3)), of_labels((2, 3))]]
    merged = [[said.counted({1: 2}) for said in given] for given in images]
    said = said_of(images, {1: 2})
    assert overall(said, one_label=False) == overall(said_of(merged), one_label=False)
    assert by_label(said) == by_label(said_of(merged))
    assert confused(said) == confused(said_of(merged)) == [Confused((2, 3), 1)]


def test_votes_that_are_kept_by_themselves_are_merged_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "MOST_CHARACTERS", 0)
    images = [one(1, 3), one(2, 3), one(2, 4), one(3, 3)]
    merged = [[said.counted({1: 2}) for said in given] for given in images]
    assert is_as_reference(overall(said_of(images, {1: 2}), one_label=True), merged)
    assert set(by_label(said_of(images, {1: 2}))) == {2, 3, 4}


def test_what_is_taken_for_what_is_counted_once_an_image() -> None:
    images = [one(2, 1), one(1, 2, 2, 1), one(1, 2, 3), one(3, 3), [Annotation(), *one(1)]]
    assert confused(said_of(images)) == [Confused((1, 2), 3), Confused((1, 3), 1), Confused((2, 3), 1)]


def test_of_sets_only_what_differs_is_taken_for_one_another() -> None:
    images = [[of_labels((1, 2, 3)), of_labels((2, 3, 4))], [of_labels((1, 2)), of_labels((1, 2, 3))]]
    assert confused(said_of(images)) == [Confused((1, 4), 1)]


def left_out(images: Images) -> float:
    """The standard error of alpha by leaving out one image at a time."""
    others = [reference([*images[:index], *images[index + 1 :]]) for index in range(len(images))]
    return float(np.std(others)) * (len(images) - 1) / sqrt(len(images))


# The common labels are taken for one another, the rare ones are not.
COMMON_ONES = [
    *[one(1, 1, 1)] * 30,
    *[one(1, 2, 2)] * 60,
    *[one(2, 2)] * 20,
    *[one(label, label) for label in range(3, 13)] * 4,
]


@pytest.mark.parametrize(
    ("images", "near"),
    [
        (opinions(Random(4), 120, labels=2, right=0.85), 0.02),
        (opinions(Random(4), 120, labels=5, right=0.85, many=(2, 3, 4), skew=0.6), 0.05),
        (COMMON_ONES, 0.01),
    ],
    ids=["two labels", "five", "common ones"],
)
def test_the_error_is_as_by_leaving_out_one_image_at_a_time(
    images: Images, near: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alpha, "wilson", lambda share, of: (share - _half(share, of), share + _half(share, of)))
    low, high = overall(said_of(images), one_label=True).alpha_interval or (0, 0)
    assert (high - low) / 2 / Z == pytest.approx(left_out(images), rel=near)


def test_the_error_is_the_same_where_it_is_not_kept_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    full = overall(said_of(COMMON_ONES), one_label=True)
    monkeypatch.setattr(agreeing, "MOST_CHARACTERS", 0)
    assert overall(said_of(COMMON_ONES), one_label=True).alpha_interval == pytest.approx(full.alpha_interval, abs=0.001)


def test_of_two_opinions_each_the_agreement_is_a_share_of_images() -> None:
    measure = overall(said_of([*[one(1, 1)] * 9, one(1, 2)]), one_label=True)
    assert measure.agreement_interval == pytest.approx(wilson(0.9, 9))


def _half(share: float, of: float) -> float:
    return Z * sqrt(share * (1 - share) / of)


def test_the_error_is_as_by_the_bootstrap() -> None:
    random = Random(5)
    images = opinions(random, 250, labels=4, right=0.85, many=(2, 3), skew=0.7)
    drawn = [overall(said_of(random.choices(images, k=250)), one_label=True).alpha or 0 for _ in range(250)]
    low, high = overall(said_of(images), one_label=True).alpha_interval or (0, 0)
    assert (high - low) / 2 / Z == pytest.approx(stdev(drawn), rel=0.12)


SCENES = {
    "two labels": {"labels": 2, "right": 0.9},
    "a rare label": {"labels": 2, "right": 0.9, "skew": 0.1},
    "two to five opinions": {"labels": 5, "right": 0.8, "skew": 0.6, "many": (2, 3, 5)},
    "nearly all agree": {"labels": 3, "right": 0.98, "skew": 0.5},
}


@pytest.mark.parametrize("images", [30, 150])
@pytest.mark.parametrize("scene", SCENES)
def test_intervals_hold_the_truth_19_times_in_20(scene: str, images: int) -> None:
    random, how = Random(6), SCENES[scene]
    truth = overall(said_of(opinions(random, 20_000, **how)), one_label=True)  # type: ignore[arg-type]
    held: Counter[str] = Counter()
    times = 200
    for _ in range(times):
        measure = overall(said_of(opinions(random, images, **how)), one_label=True)  # type: ignore[arg-type]
        for name in ("agreement", "alpha"):
            figure, interval = getattr(truth, name), getattr(measure, f"{name}_interval")
            # Where all say the same nothing is claimed.
            held[name] += interval is None or interval[0] <= figure <= interval[1]
    assert 0.91 <= held["agreement"] / times <= 1
    assert 0.91 <= held["alpha"] / times <= 1
