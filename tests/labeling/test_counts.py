"""The sums of packs' figures, which are added to and taken from for years."""

from hypothesis import given
from hypothesis import strategies as st

from functions.labeling.counts import DAY_HOURS, Counts, Work

figures = st.integers(0, 99)


def few(keys: st.SearchStrategy[int]) -> st.SearchStrategy[dict[int, int]]:
    return st.dictionaries(keys, st.integers(1, 99), max_size=4)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """The figures of one pack, whose labels were set within four days."""
    work = draw(st.dictionaries(st.sampled_from(["ann", "bob"]), st.builds(Work, figures, figures, figures)))
    return Counts.from_json(
        {
            "states": draw(st.dictionaries(st.sampled_from(["waiting", "labeled"]), st.integers(1, 99))),
            "labels": draw(few(st.integers(1, 3))),
            "kept": draw(few(st.integers(1, 3))),
            "work": {user: (one.labeled, one.skipped, one.rejected) for user, one in work.items() if one != Work()},
            "hours": draw(few(st.integers(0, 4 * DAY_HOURS - 1))),
            "days": {},
        }
    )


def copy(of: Counts) -> Counts:
    return Counts.from_json(of.to_json())


def summed(many: list[Counts]) -> Counts:
    sums = Counts()
    for each in many:
        sums.add(each)
    return sums


@given(st.lists(counts(), max_size=4), counts(), st.integers(0, 4))
def test_adding_and_taking_away_undo_each_other_whatever_is_folded_between(
    others: list[Counts], one: Counts, before_day: int
) -> None:
    sums = summed(others)
    sums.add(one)
    sums.fold(before_day)
    sums.add(one, -1)
    expected = summed(others)
    sums.fold(4)
    expected.fold(4)
    assert sums == expected


@given(st.lists(counts(), max_size=4), st.data())
def test_packs_taken_away_in_any_order_and_at_any_time_leave_nothing(packs: list[Counts], data: st.DataObject) -> None:
    sums = Counts()
    for pack in packs:
        sums.add(pack)
        sums.fold(data.draw(st.integers(0, 4)))
    for pack in data.draw(st.permutations(packs)):
        sums.add(pack, -1)
        sums.fold(data.draw(st.integers(0, 4)))
    assert sums == Counts()


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
