"""What happens to the opinions on a pack's images beside pages of them: more are wanted, asked for, or changed."""

from copy import deepcopy

from hypothesis import strategies as st
from hypothesis.stateful import rule

from functions.labeling import opinions as opinions_
from functions.labeling.record import Heard
from functions.projects.model import Opinions
from functions.tasks.annotation import Annotation
from tests.labeling.ledger import by_most
from tests.labeling.pack_model import LABELERS, SAID, Model


class OpinionRules(Model):
    @rule(
        least=st.integers(1, 3),
        more=st.integers(0, 2),
        share=st.sampled_from([0, 0.5, 1]),
        until=st.sampled_from([None, 0.6, 0.7]),
    )
    def want_opinions(self, least: int, more: int, share: float, until: float | None) -> None:
        self.wants = Opinions(least=least, most=least + more, share=share, until=until)

    @rule(slots=st.sets(st.integers(0, 11), max_size=4), seen_earlier=st.booleans())
    def ask(self, slots: set[int], seen_earlier: bool) -> None:
        slots = {slot for slot in slots if slot < self.ledger.size}
        done = opinions_.ask(self.head, slots=dict.fromkeys(slots, self.now + 1 if seen_earlier else None))
        entries = {slot: self.ledger.entries[slot] for slot in slots}
        asked = {
            slot
            for slot, entry in entries.items()
            if (entry.work or entry.disputed)
            and not (seen_earlier or entry.changed or entry.missing or slot in self.outdated)
        }
        assert (set(done.former), set(done.stale)) == (asked, slots - asked)
        former = {slot: status.annotation for slot, status in done.former.items()}
        self.write(done.head, "asked", "rita", former, outcomes=opinions_.outcomes_of(done.head, former))

    @rule(slot=st.integers(0, 11), labeler=LABELERS, said=SAID | st.none(), seen_earlier=st.booleans())
    def amend(self, slot: int, labeler: str, said: Annotation | None, seen_earlier: bool) -> None:
        if slot >= self.ledger.size:
            return
        entry = deepcopy(self.ledger.entries[slot])
        known = [one for one in entry.opinions if one.by == labeler]
        decided = by_most([one.said for one in entry.opinions], one_label=self.one_label) if known else []
        is_author = entry.work is not None and entry.work[1] in [one.by for one in entry.opinions]
        by_opinions = not entry.work or (is_author and not entry.reviewed and decided == [entry.said])
        seen_at = known[0].at - 1 if known and seen_earlier else None
        done = opinions_.amend(
            self.head, slot=slot, labeler=labeler, said=said, seen_at=seen_at, now=self.now, asking=self.asking()
        )
        assert done.stale == (not known or not by_opinions or seen_earlier)
        if done.stale:
            assert done.head == self.head
            return
        self.write(done.head, "amended", labeler, {slot: said}, outcomes=opinions_.outcomes_of(done.head, [slot]))
        opinions = [Heard(labeler, self.now, said) if one.by == labeler else one for one in entry.opinions]
        stands = done.head.slots[slot].state, done.head.slots[slot].annotation
        assert stands == self.expected(slot, opinions, entry.asked)
        self.ledger.unprepared.pop(slot, None)
        if not self.is_waiting(slot):
            self.worked_on({slot}, None)
