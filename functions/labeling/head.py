"""The head of a pack: what is known of its images' labels and of who works on them.

A pack is up to 99 images that are stored and locked together (docs/packs.md).
Positions in a pack are called slots. This module only describes; how a head is stored is in head_rows.py, the rules
that change one are in leases.py, submissions.py, opinions.py, relabeling.py and blobs.py.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from functions.labeling.counts import HOUR_MS, Counts, Judged, Work
from functions.tasks.annotation import Annotation

PACK_SIZE = 99

PREPARING, WAITING, LABELED, SKIPPED, DISPUTED, UNREADABLE = "p", "w", "l", "s", "d", "u"
STATE_NAMES = {
    PREPARING: "preparing",
    WAITING: "waiting",
    LABELED: "labeled",
    SKIPPED: "skipped",
    DISPUTED: "disputed",
    UNREADABLE: "unreadable",
}
MISSING = "missing"
LEASED = "leased"

NOBODY = -1


def moment(milliseconds: int) -> datetime:
    """A time of a head or a record, which are milliseconds since the epoch."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person says of an image at which several look. labeler: index into the head's labelers. at: when,
    milliseconds since the epoch. said: None where they skipped it.
    """

    labeler: int
    at: int
    said: Annotation | None


@dataclass(frozen=True, slots=True)
class Slot:
    """One image in the head.

    state: one of the letters above. labels: label ids. labeler: index into the head's labelers, or NOBODY: who gave
    the label or, where several looked at it, the opinion by which it was decided. at: when it was labeled, skipped or
    disputed, milliseconds since the epoch, 0 if it was not. opinions: each of another person, in the order in which
    they came; none where the label itself is the only one. asked: so many a reviewer wants at least, until there are
    so many; 0 where it is as the project has it. rejection: the id of the review action that put it back in the queue,
    until it is labeled again. reviewed: the id of the review action by which a reviewer confirmed or set the label,
    until it is labeled again or its blob changes. missing: its blob has vanished. changed: its blob has changed since
    it was labeled. outdated: its previews are those of an earlier blob. deferred: its blob could not be read for a
    reason that may pass, so it is tried again.
    """

    state: str = PREPARING
    labels: tuple[int, ...] = ()
    labeler: int = NOBODY
    at: int = 0
    opinions: tuple[Opinion, ...] = ()
    asked: int = 0
    rejection: str | None = None
    reviewed: str | None = None
    missing: bool = False
    changed: bool = False
    outdated: bool = False
    deferred: bool = False

    @property
    def state_name(self) -> str:
        """The state as the API names it, leases aside."""
        return MISSING if self.missing else STATE_NAMES[self.state]

    @property
    def annotation(self) -> Annotation | None:
        """What is said of the image; None where nothing is, as it waits or was skipped."""
        return Annotation(self.labels) if self.state == LABELED else None

    @property
    def heard(self) -> tuple[Opinion, ...]:
        """All opinions on it, also where the label itself is the only one."""
        if self.opinions or self.state not in (LABELED, SKIPPED):
            return self.opinions
        return (Opinion(self.labeler, self.at, self.annotation),)

    @property
    def answerable(self) -> frozenset[int]:
        """Who said what stands, by index into the head's labelers: nobody where it is disputed."""
        if self.state not in (LABELED, SKIPPED):
            return frozenset()
        agreed = (opinion.labeler for opinion in self.opinions if opinion.said == self.annotation)
        return frozenset([self.labeler, *agreed])

    def has_opinion_of(self, labeler: int) -> bool:
        return any(opinion.labeler == labeler for opinion in self.heard)

    def annotated(self, said: Annotation | None, labeler: int, at: int, review: str | None = None) -> "Slot":
        """With what stands from now on; None: it is skipped. Opinions stay beside it. review: the action by which it
        is reviewed.
        """
        return replace(
            self,
            state=SKIPPED if said is None else LABELED,
            labels=said.labels if said else (),
            labeler=labeler,
            at=at,
            asked=0,
            rejection=None,
            reviewed=None if said is None else review,
            changed=False,
        )

    @property
    def is_awaiting(self) -> bool:
        """It waits, and somebody has given their opinion already."""
        return self.state == WAITING and bool(self.opinions) and not self.missing

    @property
    def is_returned(self) -> bool:
        """It waits because it was rejected."""
        return self.rejection is not None and self.state == WAITING and not self.missing


@dataclass(frozen=True, slots=True)
class Lease:
    """Images handed to one labeler. until: milliseconds since the epoch.

    open: those of its slots that are still the labeler's to label: nobody else has labeled them since, and their files
    have not changed.
    """

    id: str
    labeler: str
    until: int
    slots: tuple[int, ...]
    open: tuple[int, ...]


class Run(NamedTuple):
    """What people said of the images of a pack by which an import of suggestions is judged."""

    import_id: str
    judged: Judged


class Guided(NamedTuple):
    """What one labeler did where labels were suggested, ever: see Work."""

    accepted: int = 0
    changed: int = 0
    blind: int = 0
    blind_right: int = 0


@dataclass(frozen=True)
class Head:
    """A pack's head. Changed only by the rules, each of which gives a new one.

    leases: those that run; ended: those that are over but may still be submitted late. rejected: how many images of
    each labeler were rejected, by index into labelers; guided: what each did where labels were suggested, () where none
    ever were. runs: the newest imports of suggestions that were judged here, newest first. frozen: the pack's counts
    are in its directory range, so nothing here may change. revision: grows with each change of the pack's images row,
    so that a copy of that row can be told to be old. records: how many records were written with this head; it numbers
    them. edition: the newest of the project of which the pack knows.
    """

    slots: tuple[Slot, ...]
    labelers: tuple[str, ...] = ()
    leases: tuple[Lease, ...] = ()
    ended: tuple[Lease, ...] = ()
    rejected: tuple[int, ...] = ()
    guided: tuple[Guided, ...] = ()
    runs: tuple[Run, ...] = ()
    frozen: bool = False
    revision: int = 0
    records: int = 0
    edition: int = 0

    def with_slots(self, changes: dict[int, Slot]) -> "Head":
        return replace(self, slots=tuple(changes.get(index, slot) for index, slot in enumerate(self.slots)))

    def with_labeler(self, labeler: str) -> tuple["Head", int]:
        """The head that knows the labeler, and their index among its labelers."""
        if labeler in self.labelers:
            return self, self.labelers.index(labeler)
        return replace(self, labelers=(*self.labelers, labeler), rejected=(*self.rejected, 0)), len(self.labelers)

    def without_idle(self) -> "Head":
        """Without the newest of its labelers of whom nothing is left: neither a label nor an opinion, nor anything that
        was ever counted for them.
        """
        heard = {one.labeler for slot in self.slots for one in slot.heard}
        used = {*heard, *(slot.labeler for slot in self.slots)}
        used |= {index for index, count in enumerate(self.rejected) if count}
        used |= {index for index, guided in enumerate(self.guided) if guided != Guided()}
        count = max(used, default=NOBODY) + 1
        return replace(self, labelers=self.labelers[:count], rejected=self.rejected[:count], guided=self.guided[:count])

    def freeze(self) -> "Head":
        """Fixed while its counts are in the directory. Leases are over by then, and what they left is nobody's."""
        return replace(self, frozen=True)

    def thaw(self) -> "Head":
        return replace(self, frozen=False)

    @property
    def is_untouched(self) -> bool:
        """Nobody has worked on the pack yet."""
        return not (self.leases or self.ended or self.labelers) and all(slot.rejection is None for slot in self.slots)

    def leased(self, now: int) -> dict[int, Lease]:
        """The running lease of each slot that has one."""
        return {slot: lease for lease in self.leases if lease.until > now for slot in lease.open}

    def returned(self) -> int:
        """How many images wait because they were rejected."""
        return sum(slot.is_returned for slot in self.slots)

    def labeler_of(self, slot: Slot) -> str | None:
        return None if slot.labeler == NOBODY else self.labelers[slot.labeler]

    def index_of(self, labeler: str | None) -> int:
        """A labeler's index among the head's, or NOBODY."""
        return self.labelers.index(labeler) if labeler in self.labelers else NOBODY

    def guided_by_labeler(self) -> tuple[Guided, ...]:
        return self.guided + (Guided(),) * (len(self.labelers) - len(self.guided))

    def counts(self) -> Counts:
        """What the pack adds to its project's figures."""
        counts = Counts(runs={run.import_id: run.judged for run in self.runs})
        for user, rejected, guided in zip(self.labelers, self.rejected, self.guided_by_labeler(), strict=True):
            counts.work[user] = Work(rejected=rejected, **guided._asdict())
        for slot in self.slots:
            counts.states[slot.state_name] += 1
            counts.deferred += slot.deferred and not slot.missing
            for label in slot.labels:
                (counts.kept if slot.missing else counts.labels)[label] += 1
            self._count_people(slot, counts)
            if slot.state == LABELED:
                counts.hours[slot.at // HOUR_MS] += 1
                counts.reviewed[self.labelers[slot.labeler]] += bool(slot.reviewed) and not slot.missing
                counts.empty += not (slot.labels or slot.missing)
        counts.work = {user: work for user, work in counts.work.items() if work != Work()}
        counts.reviewed = +counts.reviewed
        return counts

    def _count_people(self, slot: Slot, counts: Counts) -> None:
        """What people said of one image, each once: their opinions, and what somebody set beside them."""
        heard, is_decided = slot.heard, slot.state in (LABELED, SKIPPED)
        counts.awaiting += slot.is_awaiting
        said = [Opinion(slot.labeler, slot.at, slot.annotation)] if is_decided else []
        for opinion in {one.labeler: one for one in (*heard, *said)}.values():
            user = self.labelers[opinion.labeler]
            if opinion.said is None:
                counts.work[user].skipped += 1
                continue
            counts.work[user].labeled += 1
            counts.work[user].beside += opinion.labeler != slot.labeler
            counts.pace.note(user, opinion.at // HOUR_MS)
        if not slot.opinions:
            return
        for opinion in heard:
            if is_decided and len(heard) > 1:
                counts.work[self.labelers[opinion.labeler]].decided += 1
                counts.work[self.labelers[opinion.labeler]].agreed += opinion.said == slot.annotation
            counts.voiced.update(set(opinion.said.labels if opinion.said else ()).difference(slot.labels))
        counts.agreement.note([opinion.said for opinion in heard if opinion.said])


def new_head(count: int) -> Head:
    """The head of a new pack of that many images, all to be prepared."""
    return Head(slots=(Slot(),) * count)
