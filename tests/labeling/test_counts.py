"""The sums of packs' figures, which are added to and taken from for years."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from functions.labeling.counts import DAY_HOURS, Counts, Work
from functions.labeling.pace import Pace

LAST_HOUR = 4 * DAY_HOURS - 1

figures = st.integers(0, 99)


def few(keys: st.SearchStrategy[int]) -> st.SearchStrategy[dict[int, int]]:
    return st.dictionaries(keys, st.integers(1, 99), max_size=4)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """The figures of one pack, whose labels were set within four days."""
    paces = draw(st.dictionaries(st.sampled_from(["ann", "bob"]), few(st.integers(0, LAST_HOUR)).filter(bool)))
    work = draw(st.dictionaries(st.sampled_from(["ann", "bob"]), st.builds(Work, figures, figures, figures)))
    return Counts.from_json(
        {
            "states": draw(st.dictionaries(st.sampled_from(["waiting", "labeled"]), st.integers(1, 99))),
            "labels": draw(few(st.integers(1, 3))),
            "kept": draw(few(st.integers(1, 3))),
            "work": {user: (one.labeled, one.skipped, one.rejected) for user, one in work.items() if one != Work()},
            "hours": sum((Counter(hours) for hours in paces.values()), Counter[int]()),
            "days": {},
            "deferred": draw(figures),
            "reviewed": draw(st.dictionaries(st.sampled_from(["ann", "bob"]), st.integers(1, 99))),
            "pace": Pace(0, {user: Counter(hours) for user, hours in paces.items()}).to_json(),
        }
    )


def copy(of: Counts) -> Counts:
    return Counts.from_json(of.to_json())


def summed(many: list[Counts]) -> Counts:
    sums = Counts()
    for each in many:
        sums.add(each)
    return sums


@given(st.lists(counts(), max_size=4), counts(), st.integers(0, 4), st.integers(0, LAST_HOUR + 1))
def test_adding_and_taking_away_undo_each_other_whatever_is_folded_and_dropped_between(
    others: list[Counts], one: Counts, before_day: int, before_hour: int
) -> None:
    sums = summed(others)
    sums.add(one)
    sums.fold(before_day)
    sums.pace.drop_before(before_hour)
    sums.add(one, -1)
    expected = summed(others)
    sums.fold(4)
    expected.fold(4)
    expected.pace.drop_before(before_hour)
    assert sums == expected


@given(st.lists(counts(), max_size=4), st.data())
def test_packs_taken_away_in_any_order_and_at_any_time_leave_nothing(packs: list[Counts], data: st.DataObject) -> None:
    sums = Counts()
    for pack in packs:
        sums.add(pack)
        sums.fold(data.draw(st.integers(0, 4)))
        sums.pace.drop_before(data.draw(st.integers(0, LAST_HOUR + 1)))
    for pack in data.draw(st.permutations(packs)):
        sums.add(pack, -1)
        sums.fold(data.draw(st.integers(0, 4)))
    assert sums == Counts(pace=Pace(sums.pace.since))


@given(st.lists(counts(), min_size=1, max_size=4), st.integers(0, 4))
def test_folding_keeps_every_label_of_a_day(packs: list[Counts], before_day: int) -> None:
    def per_day(sums: Counts) -> dict[int, int]:
        whole = copy(sums)
        whole.fold(4)
        assert not whole.hours
        return dict(whole.days)

    sums = summed(packs)
    folded = copy(sums)
    folded.fold(before_day)
    assert per_day(folded) == per_day(sums)
    assert folded.hours == {hour: count for hour, count in sums.hours.items() if hour >= before_day * DAY_HOURS}
    assert folded.total == sums.total


@given(counts(), st.integers(0, 4))
def test_sums_are_read_as_they_were_written(one: Counts, before_day: int) -> None:
    one.fold(before_day)
    assert copy(one) == one
