"""What changes labels but a submission: reviewers reject and correct, imports take labels over. Pure functions from a
head to a head, as in rules.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from functions.labeling.head import LABELED, NOBODY, PREPARING, SKIPPED, UNREADABLE, WAITING, Head, Slot
from functions.labeling.rules import Refused, end_leases, intern, refuse_frozen, strike


class NotCorrectable(Refused):
    """The image cannot be labeled: it is still prepared, or it cannot be read."""


class Changed(Refused):
    """The image was labeled again since the caller looked."""


@dataclass(frozen=True)
class Rejection:
    """What a rejection took back: the labels and the labeler that each slot had; stale slots stayed as they are."""

    head: Head
    former: dict[int, Slot]
    stale: tuple[int, ...]


@dataclass(frozen=True)
class Imported:
    """What an import did to a pack. labeled: slots that got a label; unchanged: those that had it already; kept: those
    whose other label, or skipping, stayed; not_ready: those without a preview.
    """

    head: Head
    labeled: tuple[int, ...]
    unchanged: tuple[int, ...]
    kept: tuple[int, ...]
    not_ready: tuple[int, ...]


def reject(head: Head, *, slots: Mapping[int, int | None], action_id: str) -> Rejection:
    """Takes the labels from images and puts them first in line again.

    slots: each slot with the time at which the reviewer saw it labeled, or None. One that is not labeled or skipped,
    or was labeled at another time, is stale and stays.
    """
    rejected = {
        index: head.slots[index]
        for index, seen_at in slots.items()
        if head.slots[index].state in (LABELED, SKIPPED) and seen_at in (None, head.slots[index].at)
    }
    stale = tuple(index for index in slots if index not in rejected)
    if not rejected:
        return Rejection(head, {}, stale)
    refuse_frozen(head)
    tally = list(head.rejected)
    for slot in rejected.values():
        tally[slot.labeler] += 1
    changes = {
        index: replace(slot, state=WAITING, labels=(), labeler=NOBODY, at=0, rejection=action_id, changed=False)
        for index, slot in rejected.items()
    }
    return Rejection(replace(head, rejected=tuple(tally)).with_slots(changes), rejected, stale)


def correct(head: Head, *, slot: int, label: int, labeler: str, now: int, seen_at: int | None) -> Head:
    """Sets the label of one image, whatever was there, and ends a lease on it."""
    image = head.slots[slot]
    if image.state in (PREPARING, UNREADABLE):
        raise NotCorrectable(slot)
    if seen_at is not None and seen_at != image.at:
        raise Changed(slot)
    refuse_frozen(head)
    head = end_leases(head, [item for item in head.leases if slot in item.slots])
    head, who = intern(head, labeler)
    corrected = replace(image, state=LABELED, labels=(label,), labeler=who, at=now, rejection=None, changed=False)
    return strike(head.with_slots({slot: corrected}), {slot})


def take_over(head: Head, *, labels: Mapping[int, int], labeler: str, now: int, replace_others: bool) -> Imported:
    """Sets the labels that images have elsewhere, and ends the leases on them.

    labels: a label id per slot. replace_others: whether what somebody labeled otherwise or skipped is changed too.
    """
    slots = {index: head.slots[index] for index in labels}
    not_ready = tuple(index for index, slot in slots.items() if slot.state in (PREPARING, UNREADABLE))
    unchanged = tuple(index for index, slot in slots.items() if slot.labels == (labels[index],))
    worked_on = (index for index, slot in slots.items() if slot.state in (LABELED, SKIPPED) and index not in unchanged)
    kept = () if replace_others else tuple(worked_on)
    left = {index: slot for index, slot in slots.items() if index not in {*not_ready, *unchanged, *kept}}
    if not left:
        return Imported(head, (), unchanged, kept, not_ready)
    refuse_frozen(head)
    head = end_leases(head, [item for item in head.leases if not left.keys().isdisjoint(item.slots)])
    head, who = intern(head, labeler)
    changes = {
        index: replace(slot, state=LABELED, labels=(labels[index],), labeler=who, at=now, rejection=None, changed=False)
        for index, slot in left.items()
    }
    return Imported(strike(head.with_slots(changes), left), tuple(left), unchanged, kept, not_ready)
