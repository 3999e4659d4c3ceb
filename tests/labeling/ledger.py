"""A second account of a pack, kept from its records alone: what the figures of heads and projects are compared with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from functions.labeling.counts import HOUR_MS, Counts, Work
from functions.labeling.rows import Record


@dataclass
class Entry:
    """One image: its label (None = skipped), by whom and when; None = not worked on."""

    work: tuple[int | None, str, int] | None = None
    missing: bool = False


@dataclass
class Ledger:
    """The images of one pack. unprepared: the state's name of those without a preview, which no record tells."""

    size: int
    unprepared: dict[int, str] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)

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
        for slot, labels in record.labels.items():
            entry = self.entries[slot]
            match record.action:
                case "submitted" | "corrected" | "imported":
                    entry.work = (labels[0] if labels else None, record.by, record.at)
                case "rejected":
                    assert entry.work is not None, "an image without a label was rejected"
                    assert labels == [label for label in (entry.work[0],) if label is not None]
                    self.rejected[entry.work[1]] += 1
                    entry.work = None
                case "missing" | "back":
                    entry.missing = record.action == "missing"
                case "changed":
                    pass
                case unknown:
                    raise AssertionError(f"a record of an unknown action: {unknown}")

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
        counts = Counts()
        counts.work = {user: Work(rejected=count) for user, count in self.rejected.items()}
        for slot, entry in self.entries.items():
            counts.states[self.state(slot)] += 1
            if entry.work is None:
                continue
            label, user, at = entry.work
            work = counts.work.setdefault(user, Work())
            if label is None:
                work.skipped += 1
                continue
            work.labeled += 1
            counts.hours[at // HOUR_MS] += 1
            counts.pace.hours.setdefault(user, Counter())[at // HOUR_MS] += 1
            (counts.kept if entry.missing else counts.labels)[label] += 1
        return counts
