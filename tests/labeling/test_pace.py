"""Each labeler's labels of the last hours, which sums take in, drop and give back in any order."""

from collections import Counter
from json import dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.labeling.counts import DAY_HOURS, HOUR_MS, Counts
from functions.labeling.directory import Directory, Edit, Range
from functions.labeling.head import LABELED, Head, Slot
from functions.labeling.pace import HOURS_KEPT, Pace, labeled_per_hour
from tests.labeling.project import NOW, Project

HOURS = st.integers(0, 12)
MOST_CHARACTERS = 32 * 1024
THIS_HOUR = NOW // HOUR_MS


def paces() -> st.SearchStrategy[Pace]:
    """What the head of one pack gives: all its hours, none dropped."""
    counters = st.dictionaries(HOURS, st.integers(1, 9), min_size=1, max_size=4).map(Counter)
    return st.dictionaries(st.sampled_from(["ann", "bob"]), counters).map(lambda hours: Pace(0, hours))


def kept(packs: list[Pace], since: int) -> dict[tuple[str, int], int]:
    """Cell by cell what the packs have from an hour on."""
    cells: Counter[tuple[str, int]] = Counter()
    for pack in packs:
        cells.update({(user, at): n for user, hours in pack.hours.items() for at, n in hours.items() if at >= since})
    return dict(cells)


@given(st.lists(paces(), max_size=5), st.data())
def test_a_sum_is_exact_from_its_first_hour_on_whatever_is_added_taken_away_and_dropped(
    packs: list[Pace], data: st.DataObject
) -> None:
    sums, closed, opened, first = Pace(), list[Pace](), [*packs], 0
    for _ in range(data.draw(st.integers(0, 12))):
        match data.draw(st.sampled_from(["close", "open", "drop"])):
            case "close" if opened:
                closed.append(opened.pop(data.draw(st.integers(0, len(opened) - 1))))
                sums.add(closed[-1], 1)
            case "open" if closed:
                opened.append(closed.pop(data.draw(st.integers(0, len(closed) - 1))))
                sums.add(opened[-1], -1)
            case "drop":
                hour = data.draw(HOURS)
                first = max(first, hour)
                sums.drop_before(hour)
        assert sums.since == first
        assert kept([sums], 0) == kept(closed, first)
        assert Pace.from_json(sums.to_json()) == sums


@given(st.lists(st.tuples(st.lists(paces(), max_size=3), HOURS), max_size=4))
def test_sums_with_different_first_hours_are_exact_together_from_the_last_of_them_on(
    ranges: list[tuple[list[Pace], int]],
) -> None:
    together = Pace()
    for packs, since in ranges:
        sums = Pace()
        for pack in packs:
            sums.add(pack, 1)
        sums.drop_before(since)
        together.add(sums, 1)
    last = max((since for _, since in ranges), default=0)
    assert kept([together], 0) == kept([pack for packs, _ in ranges for pack in packs], last)


@given(st.lists(paces(), min_size=1, max_size=4), st.data())
def test_packs_that_were_summed_up_before_there_was_a_pace_can_be_taken_away(
    packs: list[Pace], data: st.DataObject
) -> None:
    sums = Counts()
    for pack in packs:
        sums.add(counts_of(pack))
    sums.fold(data.draw(st.integers(0, 1)))
    written = sums.to_json()
    del written["pace"]
    read = Counts.from_json(written)
    assert not read.pace.hours
    for pack in data.draw(st.permutations(packs)):
        read.add(counts_of(pack), -1)
        assert not read.pace.hours
    assert not read.hours
    assert not read.days


def counts_of(pace: Pace) -> Counts:
    hours: Counter[int] = Counter()
    for mine in pace.hours.values():
        hours.update(mine)
    return Counts(hours=hours, pace=pace)


def test_the_hour_before_counts_by_the_share_of_it_that_lies_within_60_minutes() -> None:
    assert labeled_per_hour({9: 100, 10: 7, 8: 1000}, 10.25) == 82.0
    assert labeled_per_hour({}, 10.25) == 0


@pytest.mark.parametrize("hours_later", [0, 1, DAY_HOURS - 1, DAY_HOURS])
async def test_a_labelers_hours_are_told_for_a_day_wherever_their_labels_are(
    project: Project, hours_later: int
) -> None:
    """One pack is closed, one open; the directory is written again later."""
    one = await project.packs(4, 4)
    await one.label("ann", 4)
    await one.label("ann", 3)
    await one.label("bob", 1)
    later = NOW + hours_later * HOUR_MS
    await project.packs(2)
    await one.page("cleo", 2, now=later)
    progress = await one.progress(later)
    expected = [0] * DAY_HOURS
    if hours_later < DAY_HOURS:
        expected[-1 - hours_later] = 7
    assert progress.last_hours(later, "ann") == expected
    assert sum(progress.last_hours(later, "bob")) == (hours_later < DAY_HOURS)
    assert progress.last_hours(later, "cleo") == [0] * DAY_HOURS
    assert progress.labeled_per_hour(NOW, "ann") == 7
    await project.prove(now=later)


async def test_a_pack_whose_hours_were_dropped_is_reopened_and_closed_again(project: Project) -> None:
    one = await project.packs(4, 4)
    labeled = await one.label("ann", 4)
    later = NOW + 2 * HOURS_KEPT * HOUR_MS
    await one.label("ann", 4, now=later)
    await one.reject(labeled.pack, [0], now=later)
    await project.prove(now=later)
    assert (await one.progress(later)).last_hours(later, "ann")[-1] == 4
    await one.label("bob", 1, now=later)
    assert await one.letters() == "dd"
    await project.prove(now=later)
    assert (await one.progress(later)).last_hours(later, "bob")[-1] == 1


async def test_a_row_that_was_written_without_a_pace_is_read_and_written_on(project: Project) -> None:
    one = await project.packs(4, 4)
    labeled = await one.label("ann", 4)
    row = dict(await one.board.table.get("dir", "dir|0000"))
    del row["pace"]
    await one.board.table.replace(row, (await one.board.table.get("dir", "dir|0000")).etag)
    here = await project.instance()
    assert (await here.progress()).last_hours(NOW, "ann") == [0] * DAY_HOURS
    await here.reject(labeled.pack, [0, 1])
    await here.label_all("bob", now=NOW + HOUR_MS)
    assert await here.letters() == "dd"
    assert (await here.progress()).last_hours(NOW + HOUR_MS, "bob")[-1] == 6
    await project.prove_directory()


async def test_a_row_stays_well_under_its_limits_with_two_hundred_labelers_who_work_day_and_night(
    project: Project,
) -> None:
    one = await project.packs(1)
    directory = Directory(one.board.table)
    for hour in range(THIS_HOUR - 3 * HOURS_KEPT, THIS_HOUR + 1):
        head = _an_hour_of_everybody(hour, images=99 * 256 // HOURS_KEPT)

        async def add(_: Range, figures: Counts = head.counts()) -> Edit:  # noqa: B008
            return Edit({}, figures)

        assert await directory.edit(0, add, hour * HOUR_MS)
    row = await one.board.table.get("dir", "dir|0000")
    assert len(row["pace"]) < MOST_CHARACTERS * 3 / 4
    assert len(row["sums"]) < MOST_CHARACTERS * 3 / 4
    assert len(dumps(row)) < MOST_CHARACTERS * 2


def _an_hour_of_everybody(hour: int, images: int) -> Head:
    """As a range has that all label at the same pace; labelers are named as Entra ID names them."""
    people = tuple(f"{number:08x}-9c1b-4a5e-8a52-7d1a2f0c4b9e" for number in range(200))
    slots = (Slot(state=LABELED, labels=(1,), labeler=number % 200, at=hour * HOUR_MS) for number in range(images))
    return Head(slots=tuple(slots), labelers=people, rejected=(0,) * len(people))
