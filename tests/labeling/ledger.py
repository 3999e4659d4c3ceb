"""A second account of a pack, kept from its records alone: what the figures of heads and projects are compared with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from functions.labeling.counts import HOUR_MS, Counts, Judged, Work
from functions.labeling.head import DISPUTED, LABELED, SKIPPED, WAITING
from functions.labeling.record import Heard, Record
from functions.tasks.annotation import Annotation, of_labels


@dataclass
class Entry:
    """One image: what stands of it (None = skipped), by whom and when; None = nothing. opinions: those of several
    people; disputed: when they were found to be so; asked: so many at least. changed: its file, since then; reviewed:
    by which record, since then.
    """

    work: tuple[Annotation | None, str, int] | None = None
    opinions: tuple[Heard, ...] = ()
    disputed: int = 0
    asked: int = 0
    missing: bool = False
    changed: bool = False
    reviewed: str | None = None

    @property
    def said(self) -> Annotation | None:
        return self.work[0] if self.work else None

    @property
    def heard(self) -> tuple[Heard, ...]:
        return self.opinions or ((Heard(self.work[1], self.work[2], self.work[0]),) if self.work else ())

    @property
    def answerable(self) -> set[str]:
        agreed = {one.by for one in self.opinions if one.said == self.said}
        return {self.work[1], *agreed} if self.work else set()

    def note_labeled(self, record: Record, said: Annotation | None) -> None:
        self.work, self.changed, self.disputed, self.asked = (said, record.by, record.at), False, 0, 0
        self.reviewed = record.key[2:] if record.reviews and said is not None else None

    def note_outcome(self, record: Record, slot: int, said: Annotation | None, *, one_label: bool) -> None:
        """What several people say, and what comes of that: nobody twice, and what is decided is what most say."""
        outcome = record.outcomes[slot]
        match record.action:
            case "submitted":
                assert record.by not in [one.by for one in self.heard], "somebody was heard twice"
                assert outcome.opinions == (*self.opinions, Heard(record.by, record.at, said)), "an opinion was lost"
            case "merged":
                assert [(one.by, one.at) for one in outcome.opinions] == [(one.by, one.at) for one in self.opinions]
                if self.work:
                    assert (outcome.by, outcome.at) == self.work[1:], "merging decided anew what was decided"
                    self.work, self.opinions = (outcome.said, outcome.by, outcome.at), outcome.opinions
                    return
            case "amended":
                kept = [one for one in self.opinions if one.by != record.by]
                assert len(kept) == len(self.opinions) - 1
                assert sorted(outcome.opinions) == sorted([*kept, Heard(record.by, record.at, said)])
            case "asked":
                assert self.heard, "an image without a label was asked about"
                assert (outcome.opinions, outcome.asked) == (self.heard, len(self.heard) + 1)
                assert outcome.state == WAITING
        decided = by_most([one.said for one in outcome.opinions], one_label=one_label)
        if outcome.state in (LABELED, SKIPPED):
            assert decided == [outcome.said], "what was decided is not what most say"
        elif outcome.state == DISPUTED:
            assert decided == [], "what most agree on is disputed"
        self.opinions, self.asked, self.changed, self.reviewed = outcome.opinions, outcome.asked, False, None
        self.work = (outcome.said, outcome.by, outcome.at) if outcome.state in (LABELED, SKIPPED) else None
        self.disputed = outcome.at if outcome.state == DISPUTED else 0

    def note_changed(self) -> None:
        self.changed, self.reviewed = self.said is not None, None
        if self.work is None:
            self.opinions, self.disputed, self.asked = (), 0, 0


def by_most(said: Sequence[Annotation | None], *, one_label: bool) -> list[Annotation | None]:
    """What more than half say, counted label by label. Empty where there is no such thing."""
    half, given = len(said) / 2, [one for one in said if one is not None]
    if len(said) - len(given) > half:
        return [None]
    votes = Counter(label for one in given for label in one.labels)
    had = of_labels(label for label, count in votes.items() if count > half)
    if len(given) <= half or any(half >= count >= len(given) - half for count in votes.values()):
        return []
    return [] if one_label and not had.labels else [had]


@dataclass
class Ledger:
    """The images of one pack. one_label: of each exactly one label is said, or that it is skipped. unprepared: the
    state's name of those without a preview, which no record tells; deferred: those whose files are tried again. before:
    what was done to an image by the record of this key, and how it stood until then.
    """

    size: int
    one_label: bool = True
    unprepared: dict[int, str] = field(default_factory=dict)
    deferred: set[int] = field(default_factory=set)
    entries: dict[int, Entry] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)
    guided: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    runs: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
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
            self.note(record, slot, said)
            self.before[record.key, slot] = record.action, former

    def note(self, record: Record, slot: int, said: Annotation | None) -> None:
        entry = self.entries[slot]
        match record.action:
            case "submitted" | "amended" | "asked" | "merged" if slot in record.outcomes:
                entry.note_outcome(record, slot, said, one_label=self.one_label)
            case "submitted" | "amended":
                assert {one.by for one in entry.opinions} <= {record.by}, "an opinion was lost"
                entry.opinions = ()
                entry.note_labeled(record, said)
            case "corrected" | "imported":
                entry.note_labeled(record, said)
            case "confirmed":
                assert said == entry.said is not None
                assert not entry.reviewed, "a label was confirmed twice"
                entry.changed, entry.reviewed = False, record.key[2:]
            case "rejected":
                assert entry.work or entry.disputed, "an image without a label was rejected"
                assert said == entry.said
                self.rejected.update(entry.answerable)
                self.entries[slot] = Entry(missing=entry.missing)
            case "restored":
                action, then = self.before[f"r|{record.undoes}", slot]
                assert said == then.said
                self.rejected.subtract(then.answerable if action == "rejected" else ())
                self.entries[slot] = replace(then, missing=entry.missing)
            case "missing" | "back":
                entry.missing = record.action == "missing"
            case "changed":
                for one in (entry, *(then for (_, other), (_, then) in self.before.items() if other == slot)):
                    one.note_changed()
            case unknown:
                raise AssertionError(f"a record of an unknown action: {unknown}")

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
        if predicted := record.predicted.get(slot):
            assert slot in record.hidden, "an import is judged by what was shown"
            verdict = (True, predicted.said == said, bool(predicted.own), bool(predicted.own) and predicted.own == said)
            run = self.runs[predicted.import_id]
            run[:] = [count + one for count, one in zip(run, verdict, strict=True)]

    def grow(self, count: int) -> None:
        for slot in range(self.size, self.size + count):
            self.entries[slot] = Entry()
            self.unprepared[slot] = "preparing"
        self.size += count

    def state(self, slot: int) -> str:
        entry = self.entries[slot]
        if entry.missing:
            return "missing"
        if entry.disputed:
            return "disputed"
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
        counts.runs = {run: Judged(*figures) for run, figures in self.runs.items()}
        for slot, entry in self.entries.items():
            counts.states[self.state(slot)] += 1
            self.count_people(entry, counts)
            counts.awaiting += self.state(slot) == "waiting" and bool(entry.opinions)
            if entry.work is None or entry.said is None:
                continue
            said, (_, user, at) = entry.said, entry.work
            counts.hours[at // HOUR_MS] += 1
            (counts.kept if entry.missing else counts.labels).update(said.labels)
            counts.empty += not (said.labels or entry.missing)
            if entry.reviewed and not entry.missing:
                counts.reviewed[user] += 1
        return counts

    def count_people(self, entry: Entry, counts: Counts) -> None:
        people = {one.by: one for one in entry.heard}
        if entry.work:
            people[entry.work[1]] = Heard(entry.work[1], entry.work[2], entry.work[0])
        for user, one in people.items():
            work = counts.work.setdefault(user, Work())
            if one.said is None:
                work.skipped += 1
            else:
                work.labeled += 1
                work.beside += not entry.work or user != entry.work[1]
                counts.pace.hours.setdefault(user, Counter())[one.at // HOUR_MS] += 1
        has = set(entry.said.labels) if entry.said else set()
        for one in entry.opinions:
            counts.voiced.update(set(one.said.labels if one.said else ()) - has)
            if len(entry.opinions) > 1 and entry.work:
                counts.work[one.by].decided += 1
                counts.work[one.by].agreed += one.said == entry.said
        counts.agreement.note([one.said for one in entry.opinions if one.said is not None])
