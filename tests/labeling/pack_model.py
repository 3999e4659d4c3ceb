"""A pack as a model knows it that knows only what was asked and answered, and what always holds between the two: for
state machines, whose rules say what happens.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from functions.labeling import leases
from functions.labeling import opinions as opinions_
from functions.labeling.head import DISPUTED, LABELED, SKIPPED, WAITING, Head, Lease, new_head
from functions.labeling.head_rows import head_of, head_to_row
from functions.labeling.opinions import Asking, place_of
from functions.labeling.record import Heard, Record
from functions.projects.model import Opinions, Project
from functions.tasks.annotation import Annotation, Given
from tests.labeling.ledger import Ledger, by_most

LABELERS = st.sampled_from(["ann", "bob", "cleo"])
# What is said of an image in a project of the type that is tried.
SAID = st.runner().flatmap(lambda pack: pack.said)


def sure_of(opinions: Sequence[Heard], _suggested: object) -> float:
    """The more people say the same, the surer; less so with ann among them."""
    said = [one.said for one in opinions]
    return 1 - 0.5 ** max(said.count(one) for one in said) - 0.1 * any(one.by == "ann" for one in opinions)


@dataclass
class Handed:
    """A lease as its labeler knows it. lost: those of its images that others have labeled or whose file changed."""

    lease: Lease
    until: int
    lost: set[int] = field(default_factory=set)
    is_gone: bool = False

    @property
    def slots(self) -> set[int]:
        return set(self.lease.slots)

    @property
    def left(self) -> set[int]:
        return self.slots - self.lost


class Model(RuleBasedStateMachine):
    said: ClassVar[st.SearchStrategy[Annotation]]
    project: ClassVar[Project]
    one_label: ClassVar[bool]

    def __init__(self) -> None:
        super().__init__()
        self.head = new_head(0)
        self.ledger = Ledger(0, self.one_label)
        self.wants = Opinions()
        self.records: list[Record] = []
        self.left_by: defaultdict[int, list[Record]] = defaultdict(list)
        self.now = 1_000_000
        self.handed: list[Handed] = []
        self.outdated: set[int] = set()
        self.first_in_line: set[int] = set()

    # What the model knows

    def running(self) -> list[Handed]:
        return [item for item in self.handed if not item.is_gone and item.until > self.now and item.left]

    def out(self) -> set[int]:
        return {slot for item in self.running() for slot in item.left}

    def is_labeled_so(self, slot: int, said: Annotation | None) -> bool:
        entry = self.ledger.entries[slot]
        return entry.work is not None and entry.said == said and not entry.changed

    def is_waiting(self, slot: int) -> bool:
        entry = self.ledger.entries[slot]
        return entry.work is None and not entry.disputed and slot not in self.ledger.unprepared

    def is_unready(self, slot: int) -> bool:
        entry = self.ledger.entries[slot]
        return entry.work is None and not entry.disputed and slot in self.ledger.unprepared

    def asking(self) -> Asking:
        return Asking(0, self.project.model_copy(update={"opinions": self.wants}), sure_of)

    def has_opinion(self, slot: int, labeler: str) -> bool:
        return any(one.by == labeler for one in self.ledger.entries[slot].opinions)

    def expected(self, slot: int, opinions: Sequence[Heard], asked: int) -> tuple[str, Annotation | None]:
        """How an image stands after the last of these opinions, by what is wanted now."""
        least = max(asked, self.wants.least if place_of(0, slot) < self.wants.share else 1)
        decided = by_most([one.said for one in opinions], one_label=self.one_label)
        is_sure = bool(decided) and (self.wants.until is None or sure_of(opinions, None) >= self.wants.until)
        if len(opinions) < least or (not is_sure and len(opinions) < max(least, self.wants.most)):
            return WAITING, None
        if not decided:
            return DISPUTED, None
        return (SKIPPED, None) if decided[0] is None else (LABELED, decided[0])

    def free(self, labeler: str | None = None) -> list[int]:
        free = [
            slot
            for slot in range(self.ledger.size)
            if self.is_waiting(slot)
            and not self.ledger.entries[slot].missing
            and slot not in self.outdated | self.out()
            and not (labeler and self.has_opinion(slot, labeler))
        ]
        return sorted(free, key=lambda slot: (slot not in self.first_in_line, not self.ledger.entries[slot].opinions))

    def write(self, head: Head, action: str, by: str, given: Given, **more: Any) -> None:
        self.head = head
        number = len(self.records)
        self.records.append(Record(f"r|{number}", action, by, self.now, given, number=number, **more))
        self.ledger.add(self.records[-1])
        for slot in given if action not in ("missing", "back", "changed", "restored") else ():
            self.left_by[slot].append(self.records[-1])

    def worked_on(self, slots: set[int], by: Handed | None) -> None:
        """Slots got labels: they are lost for everybody else who had them."""
        self.first_in_line -= slots
        for item in self.handed:
            if item is not by:
                item.lost |= item.slots & slots

    # What always holds

    @invariant()
    def no_image_is_with_two_labelers(self) -> None:
        slots = [slot for lease in self.head.leases if lease.until > self.now for slot in lease.open]
        assert len(slots) == len(set(slots))
        assert set(slots) == self.out()

    @invariant()
    def what_is_free_is_free_by_the_model(self) -> None:
        assert leases.free_slots(self.head, self.now) == self.free()

    @invariant()
    def the_figures_are_those_of_the_records(self) -> None:
        counts = self.head.counts()
        assert counts == self.ledger.counts()
        assert counts.total == self.ledger.size

    @invariant()
    def who_labeled_an_image_when_and_what_became_of_it_since_is_as_the_records_tell(self) -> None:
        for slot, entry in self.ledger.entries.items():
            known = self.head.slots[slot]
            is_disputed = known.state == DISPUTED
            work = (known.annotation, self.head.labeler_of(known), known.at) if known.at and not is_disputed else None
            assert (work, known.changed, known.reviewed) == (entry.work, entry.changed, entry.reviewed)
            assert (opinions_.heard_of(self.head, known), known.asked) == (entry.opinions, entry.asked)
            assert (known.at if is_disputed else 0) == entry.disputed

    @invariant()
    def the_head_is_read_as_it_was_written(self) -> None:
        assert head_of(head_to_row(self.head)) == self.head
