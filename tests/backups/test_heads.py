"""Heads as they are put back, and the letters under which the directory names them."""

import pytest

from functions.backups.heads import as_restored, letter_of
from functions.labeling.directory import CLOSED, DONE, NEW, OPEN, PREPARING, REOPENED
from functions.labeling.head import Head, Lease, Slot

PREPARED, TO_PREPARE, BROKEN = Slot("w"), Slot("p"), Slot("u")
LABELED = Slot("l", (1,), 0, 1)
GONE = Slot("l", (1,), 0, 1, missing=True)
REJECTED = Slot("w", rejection="abc")

CASES = {
    "nothing was prepared yet": ((TO_PREPARE, TO_PREPARE), NEW),
    "one has vanished before it was prepared": ((Slot("p", missing=True), TO_PREPARE), PREPARING),
    "all wait": ((PREPARED, PREPARED), PREPARING),
    "all are labeled": ((LABELED, LABELED), PREPARING),
    "one was rejected": ((LABELED, REJECTED), REOPENED),
    "none can be read": ((BROKEN, BROKEN), DONE),
    "all have vanished": ((GONE, GONE), DONE),
    "there are none": ((), DONE),
}


@pytest.mark.parametrize(("slots", "letter"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("was_frozen", [False, True])
def test_a_head_is_frozen_exactly_when_the_directory_counts_it(
    slots: tuple[Slot, ...], letter: str, was_frozen: bool
) -> None:
    labelers = ("hanna",) if any(slot.labeler >= 0 for slot in slots) else ()
    head = Head(slots, labelers, rejected=(0,) * len(labelers), frozen=was_frozen)
    put_back = as_restored(head)
    assert letter_of(put_back, 1) == letter
    assert put_back.frozen == (letter in CLOSED)
    assert put_back.counts() == head.counts()


def test_leases_are_over_and_may_be_submitted_late() -> None:
    lease = Lease("000000-a", "hanna", 10**15, (0,), (0,))
    put_back = as_restored(Head((PREPARED, PREPARED), leases=(lease,)))
    assert (put_back.leases, put_back.ended) == ((), (lease,))
    assert letter_of(put_back, 1) == PREPARING


def test_what_is_in_work_and_needs_no_preview_is_open() -> None:
    waiting_and_seen = Head((PREPARED, LABELED), ("hanna",), rejected=(0,))
    assert letter_of(waiting_and_seen, 1) == OPEN
