"""The head of a pack: what is known of its images' labels and of who works on them, and how it is stored.

A pack is up to 99 images that are stored and locked together (docs/packs.md).
Positions in a pack are called slots. This module only describes and stores; the rules that change a head are in
leases.py, submissions.py, relabeling.py and blobs.py.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from functions.labeling.counts import HOUR_MS, Counts, Work
from functions.tasks.annotation import Annotation

PACK_SIZE = 99

PREPARING, WAITING, LABELED, SKIPPED, UNREADABLE = "p", "w", "l", "s", "u"
STATE_NAMES = {
    PREPARING: "preparing",
    WAITING: "waiting",
    LABELED: "labeled",
    SKIPPED: "skipped",
    UNREADABLE: "unreadable",
}
MISSING = "missing"
LEASED = "leased"

NOBODY = -1


def moment(milliseconds: int) -> datetime:
    """A time of a head or a record, which are milliseconds since the epoch."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Slot:
    """One image in the head.

    state: one of the letters above. labels: label ids. labeler: index into the head's labelers, or NOBODY. at: when
    it was labeled or skipped, milliseconds since the epoch, 0 if it was not. rejection: the id of the review action
    that put it back in the queue, until it is labeled again. reviewed: the id of the review action by which a reviewer
    confirmed or set the label, until it is labeled again or its blob changes. missing: its blob has vanished. changed:
    its blob has changed since it was labeled. outdated: its previews are those of an earlier blob. deferred: its blob
    could not be read for a reason that may pass, so it is tried again.
    """

    state: str = PREPARING
    labels: tuple[int, ...] = ()
    labeler: int = NOBODY
    at: int = 0
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

    def annotated(self, said: Annotation | None, labeler: int, at: int, review: str | None = None) -> "Slot":
        """With what somebody says of the image; None: it is skipped. review: the action by which that is reviewed."""
        return replace(
            self,
            state=SKIPPED if said is None else LABELED,
            labels=said.labels if said else (),
            labeler=labeler,
            at=at,
            rejection=None,
            reviewed=None if said is None else review,
            changed=False,
        )

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
    ever were. frozen: the pack's counts are in its directory range, so nothing here may change. revision: grows with
    each change of the pack's images row, so that a copy of that row can be told to be old. records: how many records
    were written with this head; it numbers them. edition: the newest of the project of which the pack knows.
    """

    slots: tuple[Slot, ...]
    labelers: tuple[str, ...] = ()
    leases: tuple[Lease, ...] = ()
    ended: tuple[Lease, ...] = ()
    rejected: tuple[int, ...] = ()
    guided: tuple[Guided, ...] = ()
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

    def guided_by_labeler(self) -> tuple[Guided, ...]:
        return self.guided + (Guided(),) * (len(self.labelers) - len(self.guided))

    def counts(self) -> Counts:
        """What the pack adds to its project's figures."""
        counts = Counts()
        for user, rejected, guided in zip(self.labelers, self.rejected, self.guided_by_labeler(), strict=True):
            counts.work[user] = Work(rejected=rejected, **guided._asdict())
        for slot in self.slots:
            counts.states[slot.state_name] += 1
            counts.deferred += slot.deferred and not slot.missing
            for label in slot.labels:
                (counts.kept if slot.missing else counts.labels)[label] += 1
            labeler = self.labeler_of(slot)
            if labeler is None:
                continue
            if slot.state == LABELED:
                counts.work[labeler].labeled += 1
                hour = slot.at // HOUR_MS
                counts.hours[hour] += 1
                counts.pace.note(labeler, hour)
                counts.reviewed[labeler] += bool(slot.reviewed) and not slot.missing
                counts.empty += not (slot.labels or slot.missing)
            elif slot.state == SKIPPED:
                counts.work[labeler].skipped += 1
        counts.work = {user: work for user, work in counts.work.items() if work != Work()}
        counts.reviewed = +counts.reviewed
        return counts

    def to_row(self) -> dict[str, Any]:
        """The head as properties of a table row: one letter a slot, and short lists of numbers, so that it is cheap
        to send and to read.
        """
        slots = self.slots
        return {
            "states": "".join(slot.state for slot in slots),
            "labels": _pack([slot.labels for slot in slots]),
            "by": _pack([slot.labeler for slot in slots]),
            "at": _pack([slot.at for slot in slots]),
            "rejections": _pack({index: slot.rejection for index, slot in enumerate(slots) if slot.rejection}),
            "reviewed": _pack({index: slot.reviewed for index, slot in enumerate(slots) if slot.reviewed}),
            "missing": _pack([index for index, slot in enumerate(slots) if slot.missing]),
            "changed": _pack([index for index, slot in enumerate(slots) if slot.changed]),
            "outdated": _pack([index for index, slot in enumerate(slots) if slot.outdated]),
            "deferred": _pack([index for index, slot in enumerate(slots) if slot.deferred]),
            "labelers": _pack(self.labelers),
            "rejected": _pack(self.rejected),
            "guided": _pack(self.guided),
            "leases": _pack([_lease_to_json(lease) for lease in self.leases]),
            "ended": _pack([_lease_to_json(lease) for lease in self.ended]),
            "frozen": self.frozen,
            "revision": self.revision,
            "records": self.records,
            "edition": self.edition,
        }

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Head":
        def read(name: str) -> Any:
            return json.loads(row[name])

        missing, changed, outdated = set(read("missing")), set(read("changed")), set(read("outdated"))
        deferred = set(json.loads(row.get("deferred", "[]")))
        rejections, reviewed = read("rejections"), json.loads(row.get("reviewed", "{}"))
        slots = tuple(
            Slot(
                state=state,
                labels=tuple(labels),
                labeler=labeler,
                at=at,
                rejection=rejections.get(str(index)),
                reviewed=reviewed.get(str(index)),
                missing=index in missing,
                changed=index in changed,
                outdated=index in outdated,
                deferred=index in deferred,
            )
            for index, (state, labels, labeler, at) in enumerate(
                zip(row["states"], read("labels"), read("by"), read("at"), strict=True)
            )
        )
        return cls(
            slots=slots,
            labelers=tuple(read("labelers")),
            leases=tuple(_lease_from_json(item) for item in read("leases")),
            ended=tuple(_lease_from_json(item) for item in read("ended")),
            rejected=tuple(read("rejected")),
            guided=tuple(Guided(*figures) for figures in json.loads(row.get("guided", "[]"))),
            frozen=row["frozen"],
            revision=row["revision"],
            records=row["records"],
            edition=row.get("edition", 0),
        )


def new_head(count: int) -> Head:
    """The head of a new pack of that many images, all to be prepared."""
    return Head(slots=(Slot(),) * count)


def _pack(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _lease_to_json(lease: Lease) -> list[Any]:
    """Two digits a slot: a head keeps many leases, and a property of a row holds 32 K characters."""
    still_open = sum(1 << index for index, slot in enumerate(lease.slots) if slot in lease.open)
    return [lease.id, lease.labeler, lease.until, "".join(f"{slot:02}" for slot in lease.slots), f"{still_open:x}"]


def _lease_from_json(item: list[Any]) -> Lease:
    lease_id, labeler, until, digits, still_open = item
    slots = tuple(int(digits[start : start + 2]) for start in range(0, len(digits), 2))
    is_open = int(still_open, 16)
    return Lease(
        lease_id, labeler, until, slots, tuple(slot for index, slot in enumerate(slots) if is_open >> index & 1)
    )
