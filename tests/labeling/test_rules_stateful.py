"""What holds for the rules over a pack in any order, against a model that knows only what was asked and answered."""

import operator
from collections.abc import Collection
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from functions.labeling import blobs, leases, relabeling, submissions
from functions.labeling import opinions as opinions_
from functions.labeling.head import PACK_SIZE, new_head
from functions.labeling.record import Guess, Heard, Predicted
from functions.labeling.refusals import Frozen, UnknownLease, WrongImages
from functions.labeling.undoing import IMPORTED, REVIEWS, undoable
from functions.tasks.annotation import Annotation, of_labels
from tests.labeling.heads import ONE_LABEL
from tests.labeling.opinion_rules import OpinionRules
from tests.labeling.pack_model import LABELERS, SAID, Handed

LEASE_MS = 100
UNDOABLE = (*REVIEWS, *IMPORTED)
PREDICTED = st.none() | st.builds(Predicted, st.sampled_from(["1", "2"]), SAID, st.none() | SAID)
SUGGESTED = st.dictionaries(st.integers(0, 11), st.builds(Guess, SAID, st.booleans()), max_size=6)


class Pack(OpinionRules):
    @initialize(count=st.integers(1, 12), is_prepared=st.booleans())
    def start(self, count: int, is_prepared: bool) -> None:
        self.head = new_head(count)
        self.ledger.grow(count)
        if is_prepared:
            self.prepare_all()

    @rule(
        readable=st.dictionaries(st.integers(0, 15), st.booleans().map(lambda no: not no), max_size=16),
        deferred=st.sets(st.integers(0, 15)),
    )
    def prepare(self, readable: dict[int, bool], deferred: Collection[int] = ()) -> None:
        readable = {slot: is_readable for slot, is_readable in readable.items() if slot < self.ledger.size}
        deferred = {slot for slot in deferred if not readable.get(slot, True)}
        self.head = blobs.prepare(self.head, readable=readable, deferred=deferred)
        self.ledger.deferred = (self.ledger.deferred - readable.keys()) | deferred
        for slot, is_readable in readable.items():
            self.outdated.discard(slot)
            if self.ledger.entries[slot].work is None and not self.ledger.entries[slot].disputed:
                self.ledger.unprepared.pop(slot, None)
                if not is_readable:
                    self.ledger.unprepared[slot] = "unreadable"

    @rule()
    def prepare_all(self) -> None:
        self.prepare(dict.fromkeys(range(self.ledger.size), True))

    @rule(milliseconds=st.integers(1, LEASE_MS + 1))
    def let_time_pass(self, milliseconds: int) -> None:
        self.now += milliseconds
        before = self.head
        self.head = leases.expire(self.head, self.now)
        assert {lease.id for lease in self.head.leases} == {item.lease.id for item in self.running()}
        assert self.head.slots == before.slots

    @rule(labeler=LABELERS, count=st.integers(1, 5))
    def lease(self, labeler: str, count: int) -> None:
        free, lease_id, known = self.free(labeler), f"{len(self.handed)}", [item.lease.id for item in self.handed]
        until, now = self.now + LEASE_MS, self.now
        head, lease = leases.hand_out(
            self.head, lease_id=lease_id, labeler=labeler, count=count, until=until, now=now, known=known
        )
        assert (lease.slots if lease else ()) == tuple(free[:count])
        if lease is None:
            return
        again = leases.hand_out(head, lease_id=lease_id, labeler=labeler, count=9, until=0, now=now, known=())
        assert again == (head, lease)
        self.head = head
        self.handed.append(Handed(lease, lease.until))

    @precondition(lambda self: self.handed)
    @rule(
        data=st.data(),
        said=SAID,
        skips=st.booleans(),
        suggested=SUGGESTED,
        hidden=st.sets(st.integers(0, 11)),
        imported=PREDICTED,
    )
    def submit(
        self,
        data: st.DataObject,
        said: Annotation,
        skips: bool,
        suggested: dict[int, Guess],
        hidden: set[int],
        imported: Predicted | None,
    ) -> None:
        predicted = dict.fromkeys(hidden & suggested.keys(), imported) if imported else {}
        item = data.draw(st.sampled_from(self.handed))
        given: dict[int, Annotation | None] = dict.fromkeys(item.slots, said)
        if skips:
            given[item.lease.slots[0]] = None
        others = {slot for other in self.running() if other.lease.labeler != item.lease.labeler for slot in other.left}
        labeler, before = item.lease.labeler, deepcopy(self.ledger.entries)
        expected = {
            slot for slot in item.left - others if self.is_waiting(slot) and not self.has_opinion(slot, labeler)
        }
        try:
            done = submissions.submit(
                self.head,
                lease_id=item.lease.id,
                labeler=item.lease.labeler,
                given=given,
                now=self.now,
                asking=self.asking(),
                suggested=suggested,
                hidden=hidden,
                predicted=predicted,
            )
        except UnknownLease:
            assert item.is_gone or not item.left
            item.is_gone = True
            return
        assert not item.is_gone
        assert item.left
        assert done.given == {slot: given[slot] for slot in expected}
        assert set(done.taken) == item.slots - expected
        judged = {slot: guess for slot, guess in suggested.items() if slot in expected}
        unseen, outcomes = tuple(hidden & judged.keys()), opinions_.outcomes_of(done.head, done.given)
        self.write(
            done.head,
            "submitted",
            labeler,
            done.given,
            suggested=judged,
            hidden=unseen,
            predicted={slot: one for slot, one in predicted.items() if slot in judged},
            outcomes=outcomes,
        )
        for slot in expected:
            opinions = (*before[slot].opinions, Heard(labeler, self.now, given[slot]))
            stands = done.head.slots[slot].state, done.head.slots[slot].annotation
            assert stands == self.expected(slot, opinions, before[slot].asked)
        self.worked_on({slot for slot in expected if not self.is_waiting(slot)}, item)
        for other in self.handed:
            if other is not item and other.lease.labeler == labeler:
                other.lost |= other.slots & expected
        item.is_gone = True

    @precondition(lambda self: self.handed)
    @rule(data=st.data(), wrong=st.sampled_from(["lacking", "foreign", "not theirs"]))
    def submit_wrongly(self, data: st.DataObject, wrong: str) -> None:
        item = data.draw(st.sampled_from(self.handed))
        lease = item.lease
        given: dict[int, Annotation | None] = dict.fromkeys(lease.slots)
        match wrong:
            case "lacking":
                for slot in item.left or lease.slots:
                    del given[slot]
            case "foreign":
                given[PACK_SIZE] = None
        labeler = "somebody else" if wrong == "not theirs" else lease.labeler
        asking = self.asking()
        with pytest.raises(UnknownLease if wrong == "not theirs" else (WrongImages, UnknownLease)):
            submissions.submit(self.head, lease_id=lease.id, labeler=labeler, given=given, now=self.now, asking=asking)

    @precondition(lambda self: self.handed)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from(self.handed))
        self.head = leases.release(self.head, lease_id=item.lease.id, labeler=item.lease.labeler)
        item.until = min(item.until, self.now)

    @precondition(lambda self: self.handed)
    @rule(data=st.data())
    def renew(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from(self.handed))
        is_free = bool(item.left) and item.left <= set(self.free(item.lease.labeler))
        is_running = item in self.running()
        try:
            self.head, renewed = leases.renew(
                self.head,
                lease_id=item.lease.id,
                labeler=item.lease.labeler,
                until=self.now + LEASE_MS,
                now=self.now,
            )
        except UnknownLease:
            assert item.is_gone or not (is_running or is_free)
            return
        assert not item.is_gone
        assert is_running or is_free
        still_open = tuple(slot for slot in item.lease.slots if slot not in item.lost)
        until = max(item.until if is_running else 0, self.now + LEASE_MS)
        assert renewed == replace(item.lease, until=until, open=still_open)
        item.until = renewed.until

    @rule(slots=st.sets(st.integers(0, 11), max_size=4), seen_earlier=st.booleans())
    def reject(self, slots: set[int], seen_earlier: bool) -> None:
        slots = {slot for slot in slots if slot < self.ledger.size}
        worked = {slot for slot in slots if self.ledger.entries[slot].work or self.ledger.entries[slot].disputed}
        done = relabeling.reject(
            self.head,
            slots=dict.fromkeys(slots, self.now + 1 if seen_earlier else None),
            action_id=str(len(self.records)),
        )
        rejected = set() if seen_earlier else worked
        assert (set(done.former), set(done.stale)) == (rejected, slots - rejected)
        former = {slot: status.annotation for slot, status in done.former.items()}
        self.write(done.head, "rejected", "rita", former)
        self.first_in_line |= rejected

    @rule(
        slots=st.sets(st.integers(0, 11), max_size=4),
        said=SAID | st.none(),
        labeler=LABELERS,
        stale=st.booleans(),
        reviews=st.booleans(),
    )
    def correct(self, slots: set[int], said: Annotation | None, labeler: str, stale: bool, reviews: bool) -> None:
        slots = {slot for slot in slots if slot < self.ledger.size}
        work = {slot: self.ledger.entries[slot].work for slot in slots}
        unready = {slot for slot in slots if self.is_unready(slot)}
        seen = {slot: self.now + 1 if stale else (known[2] if (known := work[slot]) else None) for slot in slots}
        review = str(len(self.records)) if reviews else None
        done = relabeling.correct(
            self.head, slots=seen, say=lambda _: said, labeler=labeler, now=self.now, review=review
        )
        same = {slot for slot in slots - unready if not stale and self.is_labeled_so(slot, said)}
        changed = set() if stale else slots - unready - same
        assert (set(done.corrected), set(done.not_ready), set(done.unchanged)) == (changed, unready, same)
        assert set(done.stale) == slots - unready - changed - same
        self.write(done.head, "corrected", labeler, dict.fromkeys(changed, said), reviews=reviews)
        self.worked_on(changed, None)

    @rule(slots=st.sets(st.integers(0, 11), max_size=4), seen_earlier=st.booleans())
    def confirm(self, slots: set[int], seen_earlier: bool) -> None:
        slots = {slot for slot in slots if slot < self.ledger.size}
        seen = dict.fromkeys(slots, self.now + 1 if seen_earlier else None)
        done = relabeling.confirm(self.head, slots=seen, action_id=str(len(self.records)))
        said = {slot: said for slot in slots if (said := self.ledger.entries[slot].said) is not None}
        shown = set() if seen_earlier else said.keys() - self.outdated
        reviewed = {slot for slot in shown if self.ledger.entries[slot].reviewed}
        assert (set(done.confirmed), set(done.unchanged)) == (shown - reviewed, reviewed)
        assert set(done.stale) == slots - shown
        self.write(done.head, "confirmed", "rita", {slot: said[slot] for slot in shown - reviewed})

    @precondition(lambda self: any(record.action in UNDOABLE for record in self.records))
    @rule(data=st.data(), is_tidied=st.booleans())
    def undo(self, data: st.DataObject, is_tidied: bool) -> None:
        record = data.draw(st.sampled_from([one for one in self.records if one.action in UNDOABLE]))
        action = record.key.removeprefix("r|")
        found = undoable(self.records, action, UNDOABLE)
        assert found is not None
        as_left = {slot for slot in record.given if self.left_by[slot][-1:] == [record]}
        assert set(found.before) == as_left
        done = relabeling.restore(
            self.head, standings=found.before, is_rejection=record.action == "rejected", now=self.now
        )
        restored = as_left - self.out()
        assert set(done.restored) == restored
        given = {slot: found.before[slot].said for slot in restored}
        self.write(done.head.without_idle() if is_tidied else done.head, "restored", "rudi", given, undoes=action)
        again = undoable(self.records, action, UNDOABLE)
        assert again is not None
        assert again.undone >= restored
        self.worked_on(restored, None)
        self.first_in_line |= {slot for slot in restored if found.before[slot].rejection}
        for slot in restored:
            self.left_by[slot].pop()
            # A label stays though the file cannot be read any more.
            self.ledger.unprepared.pop(slot, None)

    @rule(said=st.dictionaries(st.integers(0, 11), SAID, max_size=5), labeler=LABELERS, replaces=st.booleans())
    def take_over(self, said: dict[int, Annotation], labeler: str, replaces: bool) -> None:
        said = {slot: one for slot, one in said.items() if slot < self.ledger.size}
        work = {slot: self.ledger.entries[slot].work for slot in said}
        unready = {slot for slot in said if self.is_unready(slot)}
        same = {slot for slot, one in said.items() if (known := work[slot]) and known[0] == one}
        looked_at = {slot for slot in said if work[slot] or self.ledger.entries[slot].opinions}
        kept = set() if replaces else looked_at - same
        done = relabeling.take_over(
            self.head, said=said, labeler=labeler, now=self.now, replace_others=replaces, is_same=operator.eq
        )
        assert (set(done.not_ready), set(done.unchanged), set(done.kept)) == (unready, same, kept)
        changed = set(said) - unready - same - kept
        assert set(done.labeled) == changed
        self.write(done.head, "imported", labeler, {slot: said[slot] for slot in changed})
        self.worked_on(changed, None)

    @rule(action=st.sampled_from(["missing", "back", "changed"]), slots=st.sets(st.integers(0, 11), max_size=4))
    def refresh(self, action: str, slots: set[int]) -> None:
        known = dict.fromkeys(slot for slot in slots if slot < self.ledger.size)
        found = {name: tuple(known) if name == action else () for name in ("missing", "back", "changed")}
        head = blobs.refresh(self.head, missing=found["missing"], back=found["back"], changed=found["changed"])
        self.outdated |= set(found["changed"])
        self.ledger.deferred -= set(found["changed"])
        for item in self.handed:
            item.lost |= item.slots & set(found["changed"])
        self.write(head, action, "refresh", known)

    @rule(count=st.integers(1, 4))
    def append(self, count: int) -> None:
        if self.ledger.size + count <= 16:
            self.head = blobs.append(self.head, count)
            self.ledger.grow(count)

    @rule()
    def freeze_and_thaw(self) -> None:
        frozen = self.head.freeze()
        assert frozen.counts() == self.head.counts()
        if self.free():
            with pytest.raises(Frozen):
                leases.hand_out(frozen, lease_id="new", labeler="dora", count=1, until=0, now=self.now, known=())
        with pytest.raises(Frozen):
            blobs.append(frozen, 1) if self.ledger.size < PACK_SIZE else blobs.prepare(frozen, readable={})
        assert frozen.thaw() == self.head


class OneLabel(Pack):
    project, one_label = ONE_LABEL, True
    said = st.integers(1, 3).map(lambda label: Annotation((label,)))


class AnyLabels(Pack):
    project, one_label = ONE_LABEL.model_copy(update={"task_type": "multiLabel"}), False
    said = st.sets(st.integers(1, 3)).map(of_labels)


OneLabel.TestCase.settings = AnyLabels.TestCase.settings = settings(max_examples=200, stateful_step_count=40)
TestOneLabel = OneLabel.TestCase
TestAnyLabels = AnyLabels.TestCase
