"""A second account of a pack, kept from its records alone: what the figures of heads and projects are compared with."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from functions.labeling.counts import HOUR_MS, Counts, Work
from functions.labeling.record import Record
from functions.tasks.annotation import Annotation


@dataclass
class Entry:
    """One image: what is said of it (None = skipped), by whom and when; None = not worked on. changed: its file, since
    then; reviewed: by which record, since then.
    """

    work: tuple[Annotation | None, str, int] | None = None
    missing: bool = False
    changed: bool = False
    reviewed: str | None = None

    @property
    def said(self) -> Annotation | None:
        return self.work[0] if self.work else None

    def note_labeled(self, record: Record, said: Annotation | None) -> None:
        self.work, self.changed = (said, record.by, record.at), False
        self.reviewed = record.key[2:] if record.reviews and said is not None else None

    def note_changed(self) -> None:
        self.changed, self.reviewed = self.said is not None, None


@dataclass
class Ledger:
    """The images of one pack. unprepared: the state's name of those without a preview, which no record tells; deferred:
    those whose files are tried again. before:
    what was done to an image by the record of this key, and how it stood until then.
    """

    size: int
    unprepared: dict[int, str] = field(default_factory=dict)
    deferred: set[int] = field(default_factory=set)
    entries: dict[int, Entry] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)
    guided: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    before: dict[tuple[str, int], tuple[str, Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries = {slot: Entry() for slot in range(self.size)}

    @classmethod
    def of(cls, size: int, records: Iterable[Record]) -> "Ledger":
        """The ledger of a pack that is prepared."""
        ledger = cls(size)
        for record in records:
            ledger.add(record)
        return ledger

    def add(self, record: Record) -> None:
        for slot, said in record.given.items():
            entry = self.entries[slot]
            former = replace(entry)
            self.judge(record, slot, said)
            match record.action:
                case "submitted" | "corrected" | "imported":
                    entry.note_labeled(record, said)
                case "confirmed":
                    assert said == entry.said is not None
                    assert not entry.reviewed, "a label was confirmed twice"
                    entry.changed, entry.reviewed = False, record.key[2:]
                case "rejected":
                    assert entry.work is not None, "an image without a label was rejected"
                    assert said == entry.said
                    self.rejected[entry.work[1]] += 1
                    entry.work, entry.changed, entry.reviewed = None, False, None
                case "restored":
                    action, then = self.before[f"r|{record.undoes}", slot]
                    assert said == then.said
                    if action == "rejected" and then.work:
                        self.rejected[then.work[1]] -= 1
                    entry.work, entry.changed, entry.reviewed = then.work, then.changed, then.reviewed
                case "missing" | "back":
                    entry.missing = record.action == "missing"
                case "changed":
                    for one in (entry, *(then for (_, other), (_, then) in self.before.items() if other == slot)):
                        one.note_changed()
                case unknown:
                    raise AssertionError(f"a record of an unknown action: {unknown}")
            self.before[record.key, slot] = record.action, former

    def judge(self, record: Record, slot: int, said: Annotation | None) -> None:
        """What somebody made of a suggestion."""
        guess = record.suggested.get(slot)
        if guess is None:
            return
        is_right, figures = said == guess.said, self.guided[record.by]
        if slot in record.hidden:
            figures.update(["blind", "blind_right"] if is_right else ["blind"])
        elif guess.sure:
            figures.update(["accepted" if is_right else "changed"])

    def grow(self, count: int) -> None:
        for slot in range(self.size, self.size + count):
            self.entries[slot] = Entry()
            self.unprepared[slot] = "preparing"
        self.size += count

    def state(self, slot: int) -> str:
        entry = self.entries[slot]
        if entry.missing:
            return "missing"
        if entry.work is None:
            return self.unprepared.get(slot, "waiting")
        return "skipped" if entry.work[0] is None else "labeled"

    def counts(self) -> Counts:
        counts = Counts(deferred=sum(not self.entries[slot].missing for slot in self.deferred))
        counts.work = {
            user: Work(rejected=self.rejected[user], **self.guided[user])
            for user in {*self.rejected, *self.guided}
            if self.rejected[user] or self.guided[user]
        }
        for slot, entry in self.entries.items():
            counts.states[self.state(slot)] += 1
            if entry.work is None:
                continue
            said, user, at = entry.work
            work = counts.work.setdefault(user, Work())
            if said is None:
                work.skipped += 1
                continue
            work.labeled += 1
            counts.hours[at // HOUR_MS] += 1
            counts.pace.hours.setdefault(user, Counter())[at // HOUR_MS] += 1
            (counts.kept if entry.missing else counts.labels).update(said.labels)
            counts.empty += not (said.labels or entry.missing)
            if entry.reviewed and not entry.missing:
                counts.reviewed[user] += 1
        return counts
