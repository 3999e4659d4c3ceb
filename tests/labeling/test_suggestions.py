"""Which suggestions are shown, and in which order images are handed out by them."""

from dataclasses import replace

import pytest

from functions.labeling import leases
from functions.labeling.head import WAITING
from functions.labeling.rows import pack_key
from functions.labeling.suggestion_rows import Suggestions
from functions.labeling.suggestions import PackSuggestions, Suggestion, arranged
from functions.projects.labels import merge
from functions.projects.model import Label, Project
from tests.labeling.heads import CAT, DOG, MINUTE, ready
from tests.labeling.project import Project as Images

BIRD = 3


def sure(label: int, confidence: float) -> Suggestion:
    return Suggestion(label, confidence, sure=True)


def project_with(*labels: int, ml_assist: bool = True) -> Project:
    named = tuple(Label(id=label, name=str(label)) for label in labels)
    return Project.model_construct(task_type="multiClass", labels=named, merged=(), retired=(), ml_assist=ml_assist)


def test_a_page_is_mostly_one_label_that_of_the_most_sure_ones_and_the_surest_come_first() -> None:
    suggestions = {
        0: Suggestion(CAT, 0.7),
        1: sure(DOG, 0.96),
        2: sure(CAT, 0.99),
        4: sure(DOG, 0.98),
        5: Suggestion(DOG, 0.5),
    }
    assert arranged(range(6), suggestions, "surest") == [4, 1, 5, 2, 0, 3]


def test_what_teaches_most_comes_first_where_that_is_wanted() -> None:
    suggestions = {0: sure(CAT, 0.99), 1: Suggestion(DOG, 0.6), 2: Suggestion(CAT, 0.8)}
    assert arranged(range(4), suggestions, "leastSure") == [1, 2, 0, 3]


def test_rejected_images_come_before_the_surest() -> None:
    head = ready(4)
    head = head.with_slots({2: replace(head.slots[2], rejection="r1")})
    given, lease = leases.hand_out(
        head,
        lease_id="1",
        labeler="ann",
        count=3,
        until=MINUTE,
        now=0,
        known=(),
        arrange=lambda slots: sorted(slots, reverse=True),
    )
    assert lease is not None
    assert lease.slots == (2, 3, 1)
    assert all(slot.state == WAITING for slot in given.slots)


def test_an_imported_suggestion_stands_until_a_sure_one_was_learned() -> None:
    imported = {0: Suggestion(CAT, 0.6), 1: Suggestion(CAT, 0.6), 3: Suggestion(CAT, 0.6)}
    learned = {0: Suggestion(DOG, 0.7), 1: sure(DOG, 0.99), 2: Suggestion(DOG, 0.5)}
    known = PackSuggestions(imported, learned, "t1")
    shown = {0: imported[0], 1: learned[1], 2: learned[2], 3: imported[3]}
    assert known.shown(project_with(CAT, DOG)) == shown
    assert known.shown(project_with(CAT, DOG, ml_assist=False)) == imported


def test_nothing_is_suggested_of_removed_labels_and_merged_ones_are_what_they_count_as() -> None:
    learned = {
        0: Suggestion(CAT, 0.6, second=4, second_confidence=0.3),
        1: Suggestion(DOG, 0.6, second=CAT, second_confidence=0.3),
        2: Suggestion(BIRD, 0.6, second=CAT, second_confidence=0.3),
        3: Suggestion(4, 0.6, second=BIRD, second_confidence=0.3),
        4: Suggestion(4, 0.6, second=DOG, second_confidence=0.3),
    }
    merged = merge(project_with(CAT, DOG, 4), DOG, CAT)
    assert PackSuggestions({}, learned, "t1").shown(merged) == {
        0: Suggestion(CAT, 0.6, second=4, second_confidence=0.3),
        1: Suggestion(CAT, 0.6),
        3: Suggestion(4, 0.6),
        4: Suggestion(4, 0.6, second=CAT, second_confidence=0.3),
    }


def test_the_label_that_it_has_if_not_the_likeliest_is_named_next_where_it_is_known_how_likely_that_is() -> None:
    one = Suggestion(CAT, 0.6, second=DOG, second_confidence=0.3)
    assert one.listed == (one, Suggestion(DOG, 0.3, likely=False))
    assert sure(CAT, 0.99).listed == (sure(CAT, 0.99),)
    of_before = Suggestion(CAT, 0.6, second=DOG)
    assert of_before.listed == (of_before,)


def test_what_nobody_has_measured_is_likely_from_half_on() -> None:
    assert [Suggestion(CAT, at).is_likely for at in (0.49, 0.5, 1)] == [False, True, True]
    assert not Suggestion(CAT, 0.9, likely=False).is_likely
    assert Suggestion(CAT, 0.3, likely=True).is_likely
    assert sure(CAT, 0.3).is_likely


@pytest.mark.parametrize("is_first", [True, False])
async def test_what_was_learned_takes_the_place_of_what_was_for_its_images_alone(
    project: Images, is_first: bool
) -> None:
    table = (await project.instance()).board.table
    mine, other = Suggestions(table), Suggestions(table)
    if not is_first:
        await other.add_imported(0, {0: Suggestion(DOG, 0.25)}, "some")
    doubtful = Suggestion(DOG, 0.5, second=CAT, likely=False, second_confidence=0.25)
    await mine.put_learned(0, [0, 1], {0: sure(CAT, 0.99), 1: Suggestion(CAT, 0.6, second=DOG)}, "t1")
    await other.put_learned(0, [1, 2], {2: doubtful}, "t2")
    expected = PackSuggestions({}, {0: sure(CAT, 0.99), 2: doubtful}, "t2")
    if not is_first:
        expected = expected._replace(imported={0: Suggestion(DOG, 0.25)}, importers={0: "some"})
    assert await other.of_pack(0) == await Suggestions(table).of_pack(0) == expected


async def test_rows_of_before_are_read_without_what_they_do_not_say(project: Images) -> None:
    table = (await project.instance()).board.table
    await Suggestions(table).put_learned(0, [0], {0: Suggestion(CAT, 0.6, second=DOG, second_confidence=0.3)}, "t1")
    row = await table.find(pack_key(0), f"suggestions|{pack_key(0)}")
    assert row
    former = {name: value for name, value in row.items() if name not in ("likely", "seconds")}
    await table.replace(former, row.etag)
    assert (await Suggestions(table).of_pack(0)).learned == {0: Suggestion(CAT, 0.6, second=DOG)}


async def test_what_an_import_found_first_is_what_comes_back(project: Images) -> None:
    table = (await project.instance()).board.table
    rows = Suggestions(table)
    await rows.add_imported(0, {0: Suggestion(CAT, 0.5), 1: Suggestion(CAT, 0.5)}, "first")
    await rows.add_imported(0, {0: Suggestion(DOG, 0.5)}, "second")
    # Delivered again, it may find other images waiting, and what it has suggested itself.
    await rows.add_imported(0, {0: Suggestion(DOG, 0.6), 2: Suggestion(DOG, 0.6)}, "second")
    assert await Suggestions(table).withdraw(0, "second") == (2, 0)
    assert (await Suggestions(table).of_pack(0)).imported == {0: Suggestion(CAT, 0.5), 1: Suggestion(CAT, 0.5)}
    assert await rows.withdraw(0, "first") == (2, 0)
    assert not await rows.has_imported()


async def test_what_was_learned_stays_where_an_import_is_withdrawn(project: Images) -> None:
    table = (await project.instance()).board.table
    rows = Suggestions(table)
    await rows.add_imported(0, {0: Suggestion(CAT, 0.5)}, "one")
    await rows.put_learned(0, [0], {0: Suggestion(DOG, 0.9, sure=True)}, "t1")
    assert await rows.withdraw(0, "another") == (0, 0)
    assert await rows.withdraw(0, "one") == (1, 0)
    assert await rows.of_pack(0) == PackSuggestions({}, {0: Suggestion(DOG, 0.9, sure=True)}, "t1")


async def test_suggestions_of_which_nobody_wrote_down_whose_they_are_stay(project: Images) -> None:
    table = (await project.instance()).board.table
    await Suggestions(table).add_imported(0, {0: Suggestion(CAT, 0.5)}, "one")
    row = await table.find(pack_key(0), f"suggestions|{pack_key(0)}")
    assert row
    # As a former version writes it.
    await table.replace({name: value for name, value in row.items() if name != "importers"}, row.etag)
    assert await Suggestions(table).withdraw(0, "one") == (0, 1)
    assert (await Suggestions(table).of_pack(0)).imported == {0: Suggestion(CAT, 0.5)}
