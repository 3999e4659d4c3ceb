"""How a head is stored."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from functions.labeling import blobs, leases
from functions.labeling.head import (
    LABELED,
    NOBODY,
    PACK_SIZE,
    PREPARING,
    SKIPPED,
    UNREADABLE,
    WAITING,
    Head,
    Lease,
    Opinion,
    Slot,
    new_head,
)
from functions.labeling.head_rows import head_of, head_to_row
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import MOST_LABELS

MOST_CHARACTERS = 32 * 1024
# The platform's user ids have 32 or 36 characters.
LONG_USER = "a long user id of the platform's".ljust(64, ".")


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def stored(head: Head) -> Head:
    return head_of(head_to_row(head))


def some_opinions() -> st.SearchStrategy[Opinion]:
    said = st.none() | st.lists(st.integers(1, 500), max_size=2).map(lambda labels: Annotation(tuple(labels)))
    return st.builds(Opinion, st.integers(0, 1), st.integers(0, 2**42), said)


def slots() -> st.SearchStrategy[Slot]:
    return st.builds(
        Slot,
        state=st.sampled_from([PREPARING, WAITING, LABELED, SKIPPED, UNREADABLE]),
        labels=st.lists(st.integers(1, 500), max_size=2).map(tuple),
        labeler=st.integers(NOBODY, 1),
        at=st.integers(0, 2**42),
        opinions=st.lists(some_opinions(), max_size=9).map(tuple),
        asked=st.integers(0, 9),
        rejection=st.none() | st.text("0123456789abcdef", min_size=1, max_size=16),
        reviewed=st.none() | st.text("0123456789abcdef", min_size=1, max_size=16),
        missing=st.booleans(),
        changed=st.booleans(),
        outdated=st.booleans(),
        deferred=st.booleans(),
    )


@st.composite
def some_leases(draw: st.DrawFn) -> Lease:
    taken = tuple(draw(st.lists(st.integers(0, PACK_SIZE - 1), unique=True, min_size=1)))
    still_open = tuple(slot for slot in taken if draw(st.booleans()))
    return Lease(
        draw(st.text(min_size=1, max_size=5)), draw(st.text(max_size=5)), draw(st.integers(0)), taken, still_open
    )


@st.composite
def heads(draw: st.DrawFn) -> Head:
    return Head(
        slots=tuple(draw(st.lists(slots(), max_size=20))),
        labelers=("ann", draw(st.text(min_size=1, max_size=5))),
        leases=tuple(draw(st.lists(some_leases(), max_size=3))),
        ended=tuple(draw(st.lists(some_leases(), max_size=3))),
        rejected=(0, draw(st.integers(0, 9))),
        frozen=draw(st.booleans()),
        revision=draw(st.integers(0, 9)),
        records=draw(st.integers(0, 9)),
    )


@given(heads())
def test_a_head_is_read_as_it_was_written(head: Head) -> None:
    assert stored(head) == head


def test_the_fullest_head_fits_into_a_row() -> None:
    labelers = tuple(f"{index:03}{LONG_USER[3:]}" for index in range(300))
    everything = tuple(range(PACK_SIZE))

    def lease(index: int, taken: tuple[int, ...], still_open: tuple[int, ...]) -> Lease:
        return Lease(f"999999-{index:016x}", labelers[index], 2**42, taken, still_open)

    head = Head(
        slots=tuple(
            Slot(
                LABELED,
                (499,),
                299 - slot,
                2**42 + slot * 3_600_000,
                tuple(Opinion(200 + n, 2**42 + n, of_labels(range(451, 451 + MOST_LABELS))) for n in range(9)),
                9,
                "f" * 16,
                "f" * 16,
                missing=True,
                changed=True,
                outdated=True,
            )
            for slot in everything
        ),
        labelers=labelers,
        rejected=(99_999,) * 300,
        leases=tuple(lease(slot, (slot,), (slot,)) for slot in everything),
        ended=tuple(lease(index, everything, everything[1:]) for index in range(leases.MOST_ENDED)),
    )
    row = head_to_row(head)
    assert {name: utf16_units(text) for name, text in row.items() if isinstance(text, str)} == {
        name: units
        for name, text in row.items()
        if isinstance(text, str) and (units := utf16_units(text)) < MOST_CHARACTERS
    }
    assert stored(head) == head


def test_only_the_last_ended_leases_are_kept() -> None:
    head = blobs.prepare(new_head(1), readable={0: True})
    for index in range(leases.MOST_ENDED + 2):
        head, _ = leases.hand_out(head, lease_id=str(index), labeler="ann", count=1, until=9, now=0, known=())
        head = leases.release(head, lease_id=str(index), labeler="ann")
    assert [lease.id for lease in head.ended] == [str(index) for index in range(2, leases.MOST_ENDED + 2)]
    assert replace(head, ended=()).leases == ()


def test_a_pack_of_images_with_as_many_labels_as_can_be_fits_into_its_row() -> None:
    labels = tuple(range(99_900, 99_900 + MOST_LABELS))
    slot = Slot(LABELED, labels, 0, 1_796_018_058_262, reviewed="0123456789abcdef")
    head = Head((slot,) * PACK_SIZE, (LONG_USER,), rejected=(0,))
    assert stored(head) == head
    assert all(utf16_units(text) < MOST_CHARACTERS for text in head_to_row(head).values() if isinstance(text, str))
