"""Which images come without their suggestion, how many of them, and how they are counted."""

import secrets
from collections import Counter
from itertools import pairwise
from math import e, sqrt

import pytest

from functions.intervals import wilson
from functions.labeling import hiding
from functions.labeling.head import PACK_SIZE
from functions.labeling.hiding import hidden_slots, needed, new_lease_id, one_in
from functions.labeling.record import Guess, Record
from functions.labeling.rows import pack_key
from functions.labeling.suggestions import NOTHING_SUGGESTED, PackSuggestions, Suggestion, arranged
from functions.labeling.work_queue import LEASE_ID, Page
from functions.tasks.annotation import Annotation
from tests.labeling.heads import CAT, DOG, only
from tests.labeling.project import CATS_AND_DOGS, LEASE_MS, NOW, Instance, Project

LEASES = 2_000
ALL = range(PACK_SIZE)
ASSISTED = CATS_AND_DOGS.model_copy(update={"ml_assist": True})
# Leases of the version that hid whole pages: one whose page came without suggestions, and one whose page showed them.
FORMER_BLIND, FORMER_SHOWN = "000003-0000000000000006", "000003-0000000000000002"


def a_lease(rate: int, pack: int = 3) -> str:
    return new_lease_id(pack_key(pack), secrets.token_hex(6), rate)


def half_width(share: float, count: float) -> float:
    low, high = wilson(share, count)
    return (high - low) / 2


@pytest.mark.parametrize("rate", [10, 16, 50])
def test_one_image_in_so_many_is_hidden_wherever_it_is_and_whichever_others_are(rate: int) -> None:
    drawn = [hidden_slots(a_lease(rate, number % 50), ALL) for number in range(LEASES)]
    # Five standard deviations, here and below.
    count, deviation = LEASES * PACK_SIZE / rate, sqrt(LEASES * PACK_SIZE / rate * (1 - 1 / rate))
    assert abs(sum(map(len, drawn)) - count) < 5 * deviation
    # Neither does one image of a page tell of the next one.
    pairs = sum(one + 1 in slots for slots in drawn for one in slots)
    expected = LEASES * (PACK_SIZE - 1) / rate**2
    assert abs(pairs - expected) < 5 * sqrt(expected)
    each = Counter(slot for slots in drawn for slot in slots)
    assert max(each.values()) < LEASES / rate + 6 * sqrt(LEASES / rate)


def test_a_lease_hides_the_same_images_however_often_and_among_whatever_it_is_asked() -> None:
    lease = a_lease(10)
    everything = hidden_slots(lease, ALL)
    assert LEASE_ID.fullmatch(lease)
    assert hidden_slots(lease, ALL[::-1]) == everything
    assert hidden_slots(lease, range(40)) == {slot for slot in everything if slot < 40}
    assert hidden_slots(a_lease(0), ALL) == set()
    assert hidden_slots(a_lease(1), [4, 7]) == {4, 7}


def test_a_lease_of_the_former_version_hides_all_of_its_page_or_nothing() -> None:
    assert hidden_slots(FORMER_BLIND, [4, 7]) == {4, 7}
    assert hidden_slots(FORMER_SHOWN, [4, 7]) == set()
    ids = [f"{pack_key(number % 50)}-{secrets.token_hex(8)}" for number in range(5_000)]
    sizes = Counter(len(hidden_slots(one, ALL)) for one in ids)
    assert 500 - 5 * sqrt(450) < sizes[PACK_SIZE] < 500 + 5 * sqrt(450)
    # Hardly any looks like one of today.
    assert 5_000 - sizes[0] - sizes[PACK_SIZE] < 20


@pytest.mark.parametrize("right", [0, 0.5, 0.8, 0.9, 0.95, 1])
def test_as_many_are_needed_as_make_the_interval_three_points_wide_on_either_side(right: float) -> None:
    assert half_width(right, needed(right)) == pytest.approx(0.03, abs=1e-6)
    assert needed(right) == pytest.approx(needed(1 - right))


def test_how_many_are_needed_is_told_by_how_many_are_right() -> None:
    assert [round(needed(right)) for right in (0.5, 0.9, 0.95, 1)] == [1063, 387, 214, 60]


def test_one_in_ten_is_hidden_until_the_share_is_known_and_then_fewer_down_to_one_in_fifty() -> None:
    assert one_in(0, 0) == 10
    assert [one_in(count, count) for count in (1, 60, 61, 100, 157, 158, 10**9)] == [10, 10, 10, 19, 49, 50, 50]
    rates = [one_in(count, count * 9 // 10) for count in range(0, 1_030, 10)]
    assert rates[: 380 // 10] == [10] * 38
    assert rates == sorted(rates)
    assert rates[-1] == 50
    # Of suggestions that are right as often as not less is known by as many.
    assert one_in(600, 300) == 10
    # Where they get worse, more of them are hidden again.
    assert one_in(400, 380) > one_in(500, 430)


@pytest.mark.parametrize("right", [0.5, 0.8, 0.9, 0.96, 1])
def test_what_is_hidden_keeps_the_share_known_and_is_no_more_than_that_takes(right: float) -> None:
    """Enough for the interval as soon as one in ten comes to that, and so many again whenever images have become e
    times as many.
    """
    step, most = 10, 200_000
    counted = [0.0]
    for _ in range(most // step):
        counted.append(counted[-1] + step / one_in(round(counted[-1]), round(counted[-1] * right)))
    rates = [(other - one) / step for one, other in pairwise(counted)]
    known = int(10 * needed(right)) // step + 1
    assert half_width(right, counted[known]) < 0.0301
    for at in range(known, int(len(rates) / e), 50):
        later = int(at * e) + 1
        assert half_width(right, counted[later] - counted[at]) < 0.0301
        # One in so many is a whole number, and one in fifty more than a large project needs.
        if rates[later] > 1.001 / hiding.LAST_ONE_IN:
            assert counted[later] - counted[at] < 1.1 * needed(right)


def test_a_record_keeps_what_was_hidden() -> None:
    guesses = {4: Guess(only(CAT), sure=True), 5: Guess(Annotation(), sure=False), 7: Guess(only(DOG), sure=True)}
    record = Record("s|1", "submitted", "ann", NOW, {4: only(CAT), 5: None}, suggested=guesses, hidden=(5, 7))
    assert Record.from_row({"RowKey": "s|1", **record.to_row()}) == record


@pytest.mark.parametrize(("blind", "hidden"), [(True, (4, 7)), (False, ()), (None, ())])
def test_records_of_before_hid_all_suggestions_of_a_page_or_none(blind: bool | None, hidden: tuple[int, ...]) -> None:
    said = "" if blind is None else f', "blind": {str(blind).lower()}'
    document = '{"labels": {"4": [1]}, "reason": null, "taken": [], "reasons": {}, "suggested": {"4": [1, true], '
    row = {"RowKey": "s|1", "action": "submitted", "by": "ann", "at": "1", "number": 0}
    assert Record.from_row({**row, "document00": f'{document}"7": [2, false]}}{said}}}'}).hidden == hidden


def test_hidden_ones_stay_at_their_place_among_the_others() -> None:
    learned = {slot: Suggestion((CAT, DOG)[slot % 2], 1 - slot / 100, sure=True) for slot in range(20)}
    page = PackSuggestions({}, learned, "t").on_page(a_lease(2), ASSISTED)
    assert 0 < len(page.hidden) < 20
    assert arranged(range(20), page.by_slot, "surest") == [*range(0, 20, 2), *range(1, 20, 2)]
    assert [page.shown(slot) for slot in range(20)] == [
        None if slot in page.hidden else learned[slot] for slot in range(20)
    ]
    assert NOTHING_SUGGESTED.shown(3) is None


async def suggested(project: Project, *sizes: int) -> Instance:
    """Every image surely is a cat."""
    one = await project.packs(*sizes)
    for pack, size in enumerate(sizes):
        cats = {slot: Suggestion(CAT, 0.99, sure=True) for slot in range(size)}
        await one.board.suggestions.put_learned(pack, cats, cats, "t")
    return one


async def a_page(one: Instance, count: int = 40) -> Page:
    page = await one.ask("ann", count, project=ASSISTED)
    assert isinstance(page, Page)
    return page


async def test_what_the_page_hid_is_counted_apart_whichever_process_saves_it(project: Project) -> None:
    one, other = await suggested(project, 80), await project.instance()
    counted: Counter[str] = Counter()
    for saving in (one, other):
        page = await a_page(one)
        hidden = page.suggestions.hidden & page.images.keys()
        assert list(page.images) == sorted(page.images), "hidden ones do not stay at their place"
        # The rate of later leases is none of its business.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(hiding, "one_in", lambda *_: 1)
            record = await saving.submit("ann", page, label=DOG if saving is other else CAT, project=ASSISTED)
        assert record.hidden == tuple(sorted(hidden))
        [kept] = [kept for kept in await one.board.records.of_pack(0) if kept.key == record.key]
        assert (kept.hidden, kept.suggested) == (record.hidden, record.suggested)
        counted[record.key] = len(hidden)
        work = (await other.progress()).counts.work["ann"]
        assert work.blind == counted.total()
        assert work.accepted + work.changed == work.labeled - counted.total()
    assert work.blind_right == next(iter(counted.values()))
    await project.prove()


async def test_a_page_that_is_shown_again_hides_the_same_images(project: Project) -> None:
    one = await suggested(project, 40)
    page = await a_page(one)
    for again in (await a_page(one), await a_page(await project.instance())):
        assert again.lease == page.lease
        assert again.suggestions == page.suggestions


async def test_how_many_are_hidden_follows_from_those_that_are_counted(project: Project) -> None:
    one, asked = await suggested(project, 12, 12, 12), []

    def rate(hidden: int, right: int) -> int:
        asked.append((hidden, right))
        return 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hiding, "one_in", rate)
        for label in (CAT, DOG, DOG):
            page = await a_page(one)
            assert page.suggestions.hidden >= page.images.keys()
            await one.submit("ann", page, label=label, project=ASSISTED)
    assert asked == [(0, 0), (12, 12), (24, 12)]


async def test_a_page_of_which_nothing_was_hidden_is_counted_so_when_suggestions_were_switched_on_since(
    project: Project,
) -> None:
    one = await suggested(project, 40)
    page = await one.ask("ann", 40, project=ASSISTED.model_copy(update={"ml_assist": False}))
    assert isinstance(page, Page)
    record = await one.submit("ann", page, project=ASSISTED, now=NOW + LEASE_MS // 2)
    assert record.hidden == ()
