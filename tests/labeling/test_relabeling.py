"""The rules of rejections, corrections, confirmations and undoing, one by one."""

import operator
from dataclasses import replace

import pytest

from functions.labeling import blobs, leases, relabeling, submissions
from functions.labeling.head import LABELED, SKIPPED, Guided
from functions.labeling.record import Record
from functions.labeling.refusals import UnknownLease
from functions.labeling.relabeling import Standing
from functions.labeling.undoing import undoable
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
    states,
    submitted,
)


def test_a_rejection_takes_labels_back_and_counts_for_the_labeler() -> None:
    done = relabeling.reject(labeled(3, "ann"), slots={0: None, 2: None}, action_id="a")
    assert states(done.head) == "wlw"
    assert {slot: status.annotation for slot, status in done.former.items()} == {0: only(CAT), 2: only(CAT)}
    counts = done.head.counts()
    assert (counts.work["ann"].labeled, counts.work["ann"].rejected, counts.labels[CAT]) == (1, 2, 1)


def test_only_what_the_reviewer_saw_is_rejected() -> None:
    head = submitted(*handed(ready(4), "ann", 3), skipped=[1], now=9).head
    done = relabeling.reject(head, slots={0: 9, 1: 9, 2: 8, 3: None}, action_id="a")
    assert (sorted(done.former), done.stale) == ([0, 1], (2, 3))
    assert relabeling.reject(head, slots={3: None}, action_id="a").head == head


def test_a_correction_labels_an_image_and_strikes_it_alone_from_its_lease() -> None:
    head, ann = handed(ready(4), "ann", 3)
    head = relabeling.correct(head, slots={1: None}, say=saying(DOG), labeler="rita", now=5).head
    assert (states(head), head.slots[1].labels, head.labeler_of(head.slots[1])) == ("wlww", (DOG,), "rita")
    assert (leased_slots(head, 5), leases.free_slots(head, 5)) == ([0, 2], [3])
    done = submitted(head, ann, now=6)
    assert (sorted(done.given), done.taken) == ([0, 2], (1,))


def test_what_is_left_of_a_lease_may_be_submitted_alone() -> None:
    head, _ = handed(ready(3), "ann", 3)
    head = relabeling.correct(head, slots={1: None}, say=saying(DOG), labeler="rita", now=5).head
    done = submissions.submit(
        head, lease_id="ann", labeler="ann", given={0: only(CAT), 2: only(CAT)}, now=6, asking=ALONE
    )
    assert (sorted(done.given), done.taken) == ([0, 2], ())


def test_a_lease_is_over_when_nothing_is_left_of_it() -> None:
    head, ann = handed(ready(2), "ann", 2)
    said = {0: only(CAT), 1: only(DOG)}
    done = relabeling.take_over(head, said=said, labeler="ivan", now=5, replace_others=False, is_same=operator.eq)
    assert (done.head.leases, done.head.ended) == ((), ())
    with pytest.raises(UnknownLease):
        submitted(done.head, ann, now=6)


def test_another_lease_of_the_same_labeler_keeps_nothing_from_them() -> None:
    later = 16 * MINUTE
    head, first = handed(ready(3), "ann", 3)
    head, second = handed(head, "ann", 2, now=later, name="second")
    done = submitted(head, first, now=later)
    assert (sorted(done.given), done.taken, done.head.leases) == ([0, 1, 2], (), ())
    assert leases.free_slots(done.head, later) == []
    with pytest.raises(UnknownLease):
        submitted(done.head, second, now=later)


def test_only_what_the_reviewer_saw_and_what_has_a_preview_is_corrected() -> None:
    head = blobs.prepare(blobs.append(labeled(3, now=9), 2), readable={4: False})
    slots = {0: 9, 1: 8, 2: None, 3: None, 4: 0}
    done = relabeling.correct(head, slots=slots, say=saying(DOG), labeler="rita", now=10)
    assert (tuple(done.corrected), done.stale, done.not_ready) == ((0, 2), (1,), (3, 4))
    assert [(slot.labels, slot.at) for slot in done.head.slots[:3]] == [((DOG,), 10), ((CAT,), 9), ((DOG,), 10)]
    assert states(done.head) == "lllpu"
    assert relabeling.correct(head, slots={1: 8, 4: None}, say=saying(DOG), labeler="rita", now=10).head == head


def test_only_the_label_that_the_reviewer_saw_is_confirmed_and_it_stays_its_labelers() -> None:
    head = blobs.append(submitted(*handed(ready(4), "ann", 4), skipped=[3], now=9).head, 1)
    done = relabeling.confirm(head, slots={0: 9, 1: 8, 2: None, 3: None, 4: None}, action_id="a")
    assert (done.confirmed, done.stale) == ({0: only(CAT), 2: only(CAT)}, (1, 3, 4))
    assert [(slot.reviewed, slot.labeler, slot.at) for slot in done.head.slots[:2]] == [("a", 0, 9), (None, 0, 9)]
    assert done.head.counts().reviewed == {"ann": 2}
    again = relabeling.confirm(done.head, slots={0: None, 1: None, 2: None}, action_id="b", spent=[0, 1])
    assert (again.unchanged, again.spent, again.head) == ((0, 2), (1,), done.head)


def test_a_file_that_changes_is_yet_to_be_reviewed_and_undoing_knows_that() -> None:
    def record(key: str, action: str, number: int) -> Record:
        return Record(key, action, "ann", 9, {0: only(CAT)}, number=number)

    head = relabeling.confirm(labeled(1, now=9), slots={0: None}, action_id="a").head
    head = blobs.refresh(head, changed=[0])
    assert (head.slots[0].reviewed, head.slots[0].changed) == (None, True)
    assert relabeling.confirm(head, slots={0: None}, action_id="b").stale == (0,)
    head = relabeling.confirm(blobs.prepare(head, readable={0: True}), slots={0: None}, action_id="b").head
    assert (head.slots[0].reviewed, head.slots[0].changed) == ("b", False)
    records = [
        *(record("s|1", "submitted", 0), record("r|a", "confirmed", 1), record("r|x", "changed", 2)),
        *(record("r|b", "confirmed", 3), record("r|c", "rejected", 4), record("r|y", "changed", 5)),
    ]
    label = Standing(LABELED, only(CAT), "ann", 9)
    for many, action, standing in (
        (2, "a", label),
        (4, "b", label._replace(since=1, changed=True)),
        (5, "c", label._replace(since=3, reviewed="b")),
        (6, "c", label._replace(since=3, changed=True)),
    ):
        found = undoable(records[:many], action)
        assert found is not None
        assert found.before == {0: standing}


def test_an_undone_rejection_gives_the_labeler_back_what_was_theirs() -> None:
    head = submitted(*handed(ready(3), "ann", 3, now=9), skipped=[1], now=9).head
    rejected = relabeling.reject(head, slots={0: None, 1: None}, action_id="a").head
    before = {0: Standing(LABELED, only(CAT), "ann", 9), 1: Standing(SKIPPED, None, "ann", 9)}
    done = relabeling.restore(rejected, standings=before, is_rejection=True, now=10)
    assert done.restored == (0, 1)
    assert done.head == head


def test_an_image_that_was_handed_out_again_is_not_put_back() -> None:
    head = relabeling.reject(labeled(2, now=9), slots={0: None, 1: None}, action_id="a").head
    head, bob = handed(head, "bob", 1, now=10)
    before = dict.fromkeys((0, 1), Standing(LABELED, only(CAT), "ann", 9))
    done = relabeling.restore(head, standings=before, is_rejection=True, now=10)
    assert (done.restored, states(done.head)) == ((1,), "wl")
    assert submitted(done.head, bob, now=11).taken == ()


def test_a_lease_that_is_over_takes_no_image_that_was_put_back_and_rejected_again() -> None:
    later = 16 * MINUTE
    head = relabeling.reject(labeled(1), slots={0: None}, action_id="a").head
    head, bob = handed(head, "bob", 1)
    before = {0: Standing(LABELED, only(CAT), "ann", 0)}
    head = relabeling.restore(leases.expire(head, later), standings=before, is_rejection=True, now=later).head
    head = relabeling.reject(head, slots={0: None}, action_id="b").head
    with pytest.raises(UnknownLease):
        submitted(head, bob, now=later)


def test_a_labeler_of_whom_nothing_is_left_is_forgotten_and_known_again_where_their_label_comes_back() -> None:
    head = submitted(*handed(ready(3), "ann", 1), now=1).head
    for by, slot, label in (("ivan", 1, DOG), ("ann", 1, CAT), ("rita", 2, DOG)):
        head = relabeling.correct(head, slots={slot: None}, say=saying(label), labeler=by, now=2).head
    head = relabeling.restore(head, standings={2: Standing()}, is_rejection=False, now=3).head
    assert (head.labelers, head.without_idle().labelers) == (("ann", "ivan", "rita"), ("ann",))
    assert head.without_idle().counts() == head.counts()
    was = {1: Standing(LABELED, only(DOG), "ivan", 2)}
    head = relabeling.restore(head.without_idle(), standings=was, is_rejection=False, now=4).head
    assert (head.labelers, head.rejected, head.labeler_of(head.slots[1])) == (("ann", "ivan"), (0, 0), "ivan")


def test_a_labeler_for_whom_something_was_counted_is_not_forgotten() -> None:
    head = relabeling.reject(labeled(1), slots={0: None}, action_id="a").head
    assert head.without_idle() == head
    head = replace(ready(1), labelers=("ann",), rejected=(0,), guided=(Guided(accepted=1),))
    assert head.without_idle() == head
