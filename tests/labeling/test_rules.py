"""The rules of leases, submissions and blobs, one by one. What holds for any order of rules is in
test_rules_stateful.py.
"""

import operator
from collections.abc import Callable
from dataclasses import replace

import pytest

from functions.labeling import blobs, leases, relabeling, submissions
from functions.labeling.head import Head, Lease, new_head
from functions.labeling.refusals import Frozen, UnknownLease, UnknownToCaller, WrongImages
from functions.labeling.relabeling import Standing
from functions.tasks.annotation import Given
from tests.labeling.heads import (
    ALONE,
    CAT,
    DOG,
    MINUTE,
    handed,
    labeled,
    leased_slots,
    only,
    ready,
    saying,
    seen,
    states,
    submitted,
)


def test_a_new_pack_hands_out_nothing_until_it_is_prepared() -> None:
    head, lease = leases.hand_out(new_head(4), lease_id="1", labeler="ann", count=4, until=MINUTE, now=0, known=())
    assert lease is None
    assert head == new_head(4)


def test_preparing_makes_images_waiting_or_unreadable() -> None:
    head = blobs.prepare(new_head(3), readable={0: True, 2: False})
    assert states(head) == "wpu"
    assert blobs.needs_preparing(head) == [1]


def test_images_are_handed_out_once_and_in_order() -> None:
    head, ann = handed(ready(5), "ann", 3)
    head, bob = handed(head, "bob", 3)
    assert (ann.slots, bob.slots) == ((0, 1, 2), (3, 4))
    assert leases.hand_out(head, lease_id="3", labeler="cleo", count=1, until=MINUTE, now=0, known=()) == (head, None)


def test_the_same_lease_asked_for_again_is_given_again() -> None:
    head, lease = handed(ready(5), "ann", 3)
    assert handed(head, "ann", 3) == (head, lease)


def test_a_labeler_who_holds_more_than_the_caller_knows_gets_nothing() -> None:
    head, _ = handed(ready(5), "ann", 1, name="1")

    def ask(known: list[str], now: int) -> Lease | None:
        return leases.hand_out(head, lease_id="2", labeler="ann", count=1, until=99 * MINUTE, now=now, known=known)[1]

    with pytest.raises(UnknownToCaller):
        ask([], 0)
    assert ask(["1"], 0)
    assert ask([], 15 * MINUTE)


def test_rejected_images_are_handed_out_first() -> None:
    head = submitted(*handed(ready(5), "ann", 3)).head
    head = relabeling.reject(head, slots=seen(head, [1, 2]), action_id="a").head
    assert handed(head, "bob", 3)[1].slots == (1, 2, 3)


@pytest.mark.parametrize(
    "noted", [{"missing": [0]}, {"changed": [0]}], ids=["whose blob is missing", "whose preview is old"]
)
def test_an_image_is_not_handed_out(noted: dict[str, list[int]]) -> None:
    assert handed(blobs.refresh(ready(2), **noted), "ann", 2)[1].slots == (1,)


def test_a_lease_ends_at_its_time_and_not_before() -> None:
    head, _ = handed(ready(3), "ann", 2)
    head, _ = handed(head, "bob", 1, minutes=20)
    assert leases.expire(head, 15 * MINUTE - 1) == head
    over = leases.expire(head, 15 * MINUTE)
    assert [lease.id for lease in over.leases] == ["bob"]
    assert leased_slots(over, 15 * MINUTE) == [2]
    assert leases.free_slots(over, 15 * MINUTE) == [0, 1]


@pytest.mark.parametrize(
    ("free", "count", "sizes"),
    [
        (48, 36, [24, 24]),
        (72, 36, [36, 36]),
        (99, 36, [36, 36, 27]),
        (54, 36, [27, 27]),
        (60, 36, [36, 24]),
        (10, 9, [5, 5]),
        (99, 99, [99]),
        (8, 5, [5, 3]),
        (3, 9, [3]),
    ],
)
def test_a_pack_is_handed_out_in_full_pages_and_what_is_left_in_even_ones(
    free: int, count: int, sizes: list[int]
) -> None:
    handed = []
    while free:
        handed.append(leases.page_size(free, count))
        free -= handed[-1]
    assert handed == sizes


def test_a_submission_sets_labels_and_skips() -> None:
    head, lease = handed(ready(3), "ann", 3)
    done = submitted(head, lease, labels={0: DOG}, skipped=[2], now=7)
    assert (done.given, done.taken) == ({0: only(DOG), 1: only(CAT), 2: None}, ())
    assert states(done.head) == "lls"
    assert [slot.at for slot in done.head.slots] == [7, 7, 7]
    assert done.head.leases == ()


@pytest.mark.parametrize(
    ("given", "lacking", "foreign"),
    [
        ({0: only(CAT)}, [1], []),
        ({0: only(CAT), 1: only(CAT), 2: only(CAT)}, [], [2]),
        ({0: only(CAT), 3: None}, [1], [3]),
        ({}, [0, 1], []),
    ],
)
def test_a_submission_that_does_not_name_each_image_once_is_refused(
    given: Given, lacking: list[int], foreign: list[int]
) -> None:
    head, _ = handed(ready(4), "ann", 2)
    with pytest.raises(WrongImages) as refused:
        submissions.submit(head, lease_id="ann", labeler="ann", given=given, now=0, asking=ALONE)
    assert (refused.value.lacking, refused.value.foreign) == (lacking, foreign)


def test_nobody_submits_or_renews_the_lease_of_another() -> None:
    head, lease = handed(ready(2), "ann", 2)
    with pytest.raises(UnknownLease):
        submitted(head, replace(lease, labeler="bob"))
    with pytest.raises(UnknownLease):
        leases.renew(head, lease_id="ann", labeler="bob", until=MINUTE, now=0)
    assert leases.release(head, lease_id="ann", labeler="bob") == head


def test_a_late_submission_is_saved_for_what_nobody_took_meanwhile() -> None:
    later = 16 * MINUTE
    head, ann = handed(ready(4), "ann", 4)
    head, bob = handed(head, "bob", 2, now=later, name="labeled by bob")
    head = submitted(head, bob, now=later).head
    head, _ = handed(head, "cleo", 1, now=later, name="still with cleo")
    done = submitted(head, ann, labels={3: DOG}, now=later)
    assert (done.given, done.taken) == ({3: only(DOG)}, (0, 1, 2))
    assert [done.head.labeler_of(slot) for slot in done.head.slots] == ["bob", "bob", None, "ann"]


def test_a_lease_is_submitted_once_even_where_some_of_its_images_were_with_others() -> None:
    later = 16 * MINUTE
    head, ann = handed(ready(3), "ann", 3)
    head, _ = handed(head, "bob", 1, now=later)
    head = submitted(head, ann, now=later).head
    with pytest.raises(UnknownLease):
        submitted(leases.release(head, lease_id="bob", labeler="bob"), ann, now=later)


def test_a_late_submission_takes_no_image_that_was_labeled_and_rejected_meanwhile() -> None:
    later = 16 * MINUTE
    head, ann = handed(ready(2), "ann", 2)
    head, bob = handed(head, "bob", 1, now=later)
    head = submitted(head, bob, now=later).head
    head = relabeling.reject(head, slots={0: None}, action_id="a").head
    assert submitted(head, ann, now=later).taken == (0,)


def test_a_released_lease_frees_its_images() -> None:
    head, _ = handed(ready(3), "ann", 2)
    assert leases.free_slots(leases.release(head, lease_id="ann", labeler="ann"), 0) == [0, 1, 2]


def test_a_renewal_prolongs_a_lease_and_never_shortens_it() -> None:
    head, lease = handed(ready(2), "ann", 2)
    longer, renewed = leases.renew(head, lease_id="ann", labeler="ann", until=30 * MINUTE, now=MINUTE)
    assert (renewed.until, leased_slots(longer, 29 * MINUTE)) == (30 * MINUTE, [0, 1])
    assert leases.renew(longer, lease_id="ann", labeler="ann", until=20 * MINUTE, now=MINUTE)[1].until == 30 * MINUTE
    assert lease.slots == renewed.slots


def test_what_is_left_of_a_lease_can_be_renewed_after_its_end() -> None:
    later = 16 * MINUTE
    head, _ = handed(ready(3), "ann", 3)
    head = relabeling.correct(head, slots={1: None}, say=saying(DOG), labeler="rita", now=later).head
    again, renewed = leases.renew(head, lease_id="ann", labeler="ann", until=later + MINUTE, now=later)
    assert leased_slots(again, later) == [0, 2]
    assert submitted(again, renewed, now=later).taken == (1,)


def test_a_lease_that_is_over_can_be_renewed_while_all_its_images_are_free() -> None:
    later = 16 * MINUTE
    head, _ = handed(ready(2), "ann", 2)
    again, renewed = leases.renew(head, lease_id="ann", labeler="ann", until=later + MINUTE, now=later)
    assert leased_slots(again, later) == [0, 1]
    assert submitted(again, renewed, now=later).taken == ()
    taken, _ = handed(head, "bob", 1, now=later)
    with pytest.raises(UnknownLease):
        leases.renew(taken, lease_id="ann", labeler="ann", until=later + MINUTE, now=later)


def test_labels_survive_a_blob_that_vanishes_changes_or_cannot_be_read_any_more() -> None:
    head = labeled(2)
    gone = blobs.refresh(head, missing=[0], changed=[1])
    assert (gone.counts().states, gone.counts().kept[CAT]) == ({"missing": 1, "labeled": 1}, 1)
    assert gone.slots[1].changed
    back = blobs.prepare(blobs.refresh(gone, back=[0]), readable={1: False})
    assert [slot.labels for slot in back.slots] == [(CAT,), (CAT,)]
    assert back.counts().states == {"labeled": 2}


def test_an_image_that_changes_while_it_is_held_is_not_labeled_by_who_saw_what_it_was() -> None:
    head, lease = handed(ready(3), "ann", 2)
    head = blobs.prepare(blobs.refresh(head, changed=[1]), readable={1: True})
    done = submitted(head, lease)
    assert (sorted(done.given), done.taken) == ([0], (1,))
    assert states(done.head) == "lww"
    assert handed(done.head, "bob", 9)[1].slots == (1, 2)


def test_an_image_that_changes_after_its_lease_was_over_is_not_labeled_by_a_late_submission() -> None:
    head, lease = handed(ready(2), "ann", 2)
    head = blobs.refresh(leases.expire(head, 15 * MINUTE), changed=[0])
    done = submitted(head, lease, now=16 * MINUTE)
    assert (sorted(done.given), done.taken) == ([1], (0,))


def test_a_pack_grows_up_to_its_size() -> None:
    assert states(blobs.append(ready(2), 2)) == "wwpp"
    with pytest.raises(ValueError, match="99"):
        blobs.append(ready(98), 2)


FROZEN_OUT: dict[str, Callable[[Head], object]] = {
    "lease": lambda head: leases.hand_out(head, lease_id="new", labeler="bob", count=1, until=MINUTE, now=0, known=()),
    "reject": lambda head: relabeling.reject(head, slots={0: None}, action_id="a"),
    "correct": lambda head: relabeling.correct(head, slots={0: None}, say=saying(DOG), labeler="bob", now=1),
    "take over": lambda head: relabeling.take_over(
        head, said={0: only(DOG)}, labeler="bob", now=1, replace_others=True, is_same=operator.eq
    ),
    "restore": lambda head: relabeling.restore(head, standings={0: Standing()}, is_rejection=False, now=1),
    "prepare": lambda head: blobs.prepare(head, readable={0: True}),
    "append": lambda head: blobs.append(head, 1),
    "refresh": lambda head: blobs.refresh(head, missing=[0]),
}


@pytest.mark.parametrize("rule", FROZEN_OUT.values(), ids=FROZEN_OUT)
def test_nothing_changes_a_frozen_pack(rule: Callable[[Head], object]) -> None:
    head = submitted(*handed(ready(3), "ann", 2)).head
    with pytest.raises(Frozen):
        rule(head.freeze())
    rule(head.freeze().thaw())
