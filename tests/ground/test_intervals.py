"""The interval of a share that was counted in a sample."""

import pytest
from scipy.stats import binom, binomtest

from functions.intervals import margin, wilson


@pytest.mark.parametrize(("right", "of"), [(190, 200), (5, 10), (0, 10), (10, 10), (1, 1), (949, 1000)])
def test_it_is_the_one_that_scipy_gives(right: int, of: int) -> None:
    theirs = binomtest(right, of).proportion_ci(method="wilson")
    assert wilson(right / of, of) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize("truth", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("size", [50, 200, 1000])
def test_it_holds_the_truth_in_about_95_of_100_samples(truth: float, size: int) -> None:
    intervals = ((right, wilson(right / size, size)) for right in range(size + 1))
    held = sum(binom.pmf(right, size, truth) for right, (low, high) in intervals if low <= truth <= high)
    assert 0.93 < held < 0.97


def test_a_larger_sample_is_surer() -> None:
    margins = [margin(size) for size in (10, 50, 200, 500, 1000)]
    assert margins == sorted(margins, reverse=True)


def test_200_images_are_within_about_3_points_at_95_percent_right() -> None:
    assert margin(200) == pytest.approx(0.031, abs=0.0005)
    assert margin(1000) == pytest.approx(0.0136, abs=0.0005)
