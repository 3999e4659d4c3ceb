"""When the labels that stand were set: by the hour for two days, by the day for good."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.labeling.counts import HOUR_MS
from functions.labeling.head import moment
from functions.labeling.progress import Progress
from tests.labeling.heads import MINUTE
from tests.labeling.project import CATS_AND_DOGS, NOW, Project

AN_HOUR = moment(NOW // HOUR_MS * HOUR_MS)


def told(progress: Progress, now: int) -> tuple[dict[datetime, int], dict[str, int]]:
    hours, days = progress.recent_hours(now), progress.days()
    assert hours == sorted(hours)
    assert days == sorted(days)
    by_day = {str(moment(day * 24 * HOUR_MS).date()): count for day, count in days}
    return {moment(hour * HOUR_MS): count for hour, count in hours}, by_day


@pytest.mark.parametrize("sizes", [(4,) * 6, (30,)], ids=["in closed packs", "in an open pack"])
async def test_labels_are_told_by_hour_for_48_hours_and_by_day_for_good(
    project: Project, sizes: tuple[int, ...]
) -> None:
    one = await project.packs(*sizes)
    expected: dict[str, int] = {}
    for hours_ago in (1000, 400, 48, 47, 1, 0):
        await one.label("ann", 4, now=NOW - hours_ago * HOUR_MS)
        day = str((AN_HOUR - timedelta(hours=hours_ago)).date())
        expected[day] = expected.get(day, 0) + 4
    hours, days = told(await one.progress(NOW), NOW)
    assert hours == {AN_HOUR - timedelta(hours=ago): 4 for ago in (47, 1, 0)}
    assert days == expected


async def test_labels_that_were_taken_back_or_set_anew_are_told_as_they_stand(project: Project) -> None:
    one = await project.packs(4)
    long_ago = NOW - 1000 * HOUR_MS
    await one.label("ann", 4, now=long_ago)
    await one.reject(0, [0], now=NOW)
    await one.correct(0, [1], 2, now=NOW)
    hours, days = told(await one.progress(NOW), NOW)
    assert hours == {AN_HOUR: 1}
    assert days == {str(moment(long_ago).date()): 2, str(AN_HOUR.date()): 1}


async def test_skipped_images_are_no_labels(project: Project) -> None:
    one = await project.packs(4)
    page = await one.page("ann", 4)
    await one.board.queue.submit(CATS_AND_DOGS, "ann", page.lease.id, dict.fromkeys(page.lease.slots), {}, now=NOW)
    assert told(await one.progress(NOW), NOW) == ({}, {})


async def test_the_current_hour_is_told_from_its_beginning_to_its_end(project: Project) -> None:
    one = await project.packs(4, 4)
    start = NOW // HOUR_MS * HOUR_MS
    await one.label("ann", 1, now=start)
    await one.label("ann", 2, now=start - 1)
    hours, days = told(await one.progress(start), start + 59 * MINUTE)
    assert hours == {AN_HOUR: 1, AN_HOUR - timedelta(hours=1): 2}
    assert AN_HOUR.tzinfo is UTC
    assert sum(days.values()) == 3
