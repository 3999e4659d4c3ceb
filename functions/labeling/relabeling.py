"""What changes labels but a submission: reviewers reject, correct, confirm and undo that, imports take labels over.

Pure functions from a head to a head, as all rules.
"""

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from functions.labeling.head import (
    DISPUTED,
    LABELED,
    NOBODY,
    PREPARING,
    SKIPPED,
    UNREADABLE,
    WAITING,
    Head,
    Opinion,
    Slot,
)
from functions.labeling.leases import strike
from functions.labeling.record import Heard
from functions.labeling.refusals import refuse_frozen
from functions.tasks.annotation import Annotation, Given

# What is said of an image, by what was said before; None: it is skipped, or nothing was said.
Say = Callable[[Annotation | None], Annotation | None]
# Two say the same; None: the image is skipped.
Same = Callable[[Annotation | None, Annotation | None], bool]


@dataclass(frozen=True)
class Rejection:
    """What a rejection took back: the labels, the labeler and the opinions that each slot had; stale and spent slots
    stayed as they are.
    """

    head: Head
    former: dict[int, Slot]
    stale: tuple[int, ...]
    spent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Correction:
    """What a correction did to a pack. corrected: what is said now. stale: slots that were labeled again since the
    caller looked; not_ready: those without a preview; unchanged: those that were so already; spent: those that the
    caller may not change any more. All of these stayed as they are.
    """

    head: Head
    corrected: dict[int, Annotation | None]
    stale: tuple[int, ...]
    not_ready: tuple[int, ...]
    unchanged: tuple[int, ...] = ()
    spent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation did to a pack: what it confirmed, by slot. stale: slots that have no label, or another one
    since the caller looked, or no preview of their file; unchanged: those that were reviewed already; spent: those that
    the caller may not change any more. All of these stayed as they are.
    """

    head: Head
    confirmed: dict[int, Annotation | None]
    stale: tuple[int, ...]
    unchanged: tuple[int, ...] = ()
    spent: tuple[int, ...] = ()


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


class Standing(NamedTuple):
    """How an image stood before a review action, or an import.

    state: labeled, skipped, disputed or waiting. said: of a labeled one, what. labeler: the user id, "" for nobody. at:
    when it was labeled, skipped or disputed, milliseconds since the epoch, or 0. since: the number of the record of
    that, or of the confirmation that followed. opinions: where several people looked at it; asked: so many a reviewer
    wanted. rejection: the action for which it waited; reviewed: the one that confirmed or set its label. changed: its
    file has changed since it was labeled.
    """

    state: str = WAITING
    said: Annotation | None = None
    labeler: str = ""
    at: int = 0
    since: int = 0
    opinions: tuple[Heard, ...] = ()
    asked: int = 0
    rejection: str | None = None
    reviewed: str | None = None
    changed: bool = False

    @property
    def people(self) -> list[str]:
        """Those who said something of it that stood then."""
        return [*([self.labeler] if self.labeler else []), *(one.by for one in self.opinions)]


@dataclass(frozen=True)
class Restoration:
    """What an undo put back. Slots that somebody holds stayed as they are."""

    head: Head
    restored: tuple[int, ...]


def reject(head: Head, *, slots: Mapping[int, int | None], action_id: str, spent: Collection[int] = ()) -> Rejection:
    """Rejects images: removes their labels, with all opinions on them, and puts them at the front of the queue. It is
    counted for those who said what stood there.

    slots: each slot with the time at which the reviewer saw it labeled, or None. One that is not labeled or skipped,
    or was labeled at another time, is stale and stays. spent: slots that the reviewer may not change any more.
    """
    found = {
        index: head.slots[index]
        for index, seen_at in slots.items()
        if head.slots[index].state in (LABELED, SKIPPED, DISPUTED) and seen_at in (None, head.slots[index].at)
    }
    stale = tuple(index for index in slots if index not in found)
    kept = tuple(index for index in found if index in spent)
    rejected = {index: slot for index, slot in found.items() if index not in kept}
    if not rejected:
        return Rejection(head, {}, stale, kept)
    refuse_frozen(head)
    tally = list(head.rejected)
    for slot in rejected.values():
        for labeler in slot.answerable:
            tally[labeler] += 1
    changes = {
        index: replace(
            slot,
            state=WAITING,
            labels=(),
            labeler=NOBODY,
            at=0,
            opinions=(),
            rejection=action_id,
            reviewed=None,
            changed=False,
        )
        for index, slot in rejected.items()
    }
    return Rejection(replace(head, rejected=tuple(tally)).with_slots(changes), rejected, stale, kept)


def correct(
    head: Head,
    *,
    slots: Mapping[int, int | None],
    say: Say,
    labeler: str,
    now: int,
    is_same: Same = operator.eq,
    has_reason: bool = False,
    labeled_only: bool = False,
    spent: Collection[int] = (),
    review: str | None = None,
) -> Correction:
    """Sets what is said of images, whatever was said before (None: they are skipped), and strikes them from their
    leases.

    slots: each slot with the time at which the caller saw it labeled, or None. say: what is said, by what was. is_same:
    two say the same. has_reason: skipping says more than that they are skipped. labeled_only: all others stay as they
    are, and count as unchanged. spent: slots that the caller may not
    change any more. review: the action's id where a reviewer corrects, so that the labels count as reviewed.
    """
    not_ready = tuple(index for index in slots if not _is_ready(head.slots[index]))
    stale = tuple(
        index
        for index, seen_at in slots.items()
        if index not in not_ready and seen_at not in (None, head.slots[index].at)
    )
    others = [index for index in slots if index not in {*not_ready, *stale}]
    passed_over = {index for index in others if labeled_only and head.slots[index].state != LABELED}
    said = {index: say(head.slots[index].annotation) for index in others if index not in passed_over}
    same = {index for index in said if not has_reason and _stands(head.slots[index], said[index], is_same)}
    unchanged = tuple(index for index in others if index in passed_over | same)
    kept = tuple(index for index in others if index in spent and index not in unchanged)
    left = {index: said[index] for index in others if index not in {*unchanged, *kept}}
    return Correction(_with_labels(head, left, labeler, now, review), left, stale, not_ready, unchanged, kept)


def confirm(
    head: Head, *, slots: Mapping[int, int | None], action_id: str, spent: Collection[int] = ()
) -> Confirmation:
    """Notes that a reviewer found the labels of images right, for their files as they are now; who set them, and when,
    stays.

    slots: each slot with the time at which the reviewer saw it labeled, or None. spent: slots that the reviewer may not
    change any more.
    """
    found = {
        index: head.slots[index]
        for index, seen_at in slots.items()
        if head.slots[index].state == LABELED and not head.slots[index].outdated
        if seen_at in (None, head.slots[index].at)
    }
    stale = tuple(index for index in slots if index not in found)
    unchanged = tuple(index for index, slot in found.items() if slot.reviewed)
    kept = tuple(index for index in found if index in spent and index not in unchanged)
    confirmed = {index: slot for index, slot in found.items() if index not in {*unchanged, *kept}}
    if not confirmed:
        return Confirmation(head, {}, stale, unchanged, kept)
    refuse_frozen(head)
    changes = {index: replace(slot, reviewed=action_id, changed=False) for index, slot in confirmed.items()}
    said = {index: slot.annotation for index, slot in confirmed.items()}
    return Confirmation(head.with_slots(changes), said, stale, unchanged, kept)


def _stands(slot: Slot, said: Annotation | None, is_same: Same) -> bool:
    """The same is said of the image (None: it is skipped), and of the file that it has now."""
    return slot.state in (LABELED, SKIPPED) and not slot.changed and is_same(slot.annotation, said)


def restore(head: Head, *, standings: Mapping[int, Standing], is_rejection: bool, now: int) -> Restoration:
    """Puts images back to how they stood before an action, but for those that are handed out.

    standings: of slots that are as the action left them. is_rejection: the action was counted for their labelers.
    """
    leased = head.leased(now)
    left = {index: standing for index, standing in standings.items() if index not in leased}
    if not left:
        return Restoration(head, ())
    refuse_frozen(head)
    for name in dict.fromkeys(name for standing in left.values() for name in standing.people):
        head, _ = head.with_labeler(name)
    changes, tally = {}, list(head.rejected)
    for index, standing in left.items():
        changes[index] = replace(
            head.slots[index],
            state=standing.state,
            labels=standing.said.labels if standing.said else (),
            labeler=head.index_of(standing.labeler),
            at=standing.at,
            opinions=tuple(Opinion(head.index_of(one.by), one.at, one.said) for one in standing.opinions),
            asked=standing.asked,
            rejection=standing.rejection,
            reviewed=standing.reviewed,
            changed=standing.changed,
        )
        for labeler in changes[index].answerable if is_rejection else ():
            tally[labeler] -= 1
    return Restoration(strike(replace(head, rejected=tuple(tally)).with_slots(changes), left), tuple(left))


def take_over(
    head: Head,
    *,
    said: Mapping[int, Annotation],
    labeler: str,
    now: int,
    replace_others: bool,
    is_same: Same,
) -> Imported:
    """Sets what is said of images elsewhere, and strikes them from their leases.

    said: by slot. replace_others: whether what somebody labeled otherwise or skipped, or on which there are opinions,
    is changed too. is_same: two say the same.
    """
    slots = {index: head.slots[index] for index in said}
    not_ready = tuple(index for index, slot in slots.items() if not _is_ready(slot))
    unchanged = tuple(index for index, slot in slots.items() if is_same(slot.annotation, said[index]))
    worked_on = (
        index
        for index, slot in slots.items()
        if (slot.opinions or slot.state in (LABELED, SKIPPED)) and index not in unchanged
    )
    kept = () if replace_others else tuple(worked_on)
    left = {index: one for index, one in said.items() if index not in {*not_ready, *unchanged, *kept}}
    return Imported(_with_labels(head, left, labeler, now), tuple(left), unchanged, kept, not_ready)


def _is_ready(slot: Slot) -> bool:
    return slot.state not in (PREPARING, UNREADABLE)


def _with_labels(head: Head, given: Given, labeler: str, now: int, review: str | None = None) -> Head:
    """The head in which this labeler says so of images (None: they are skipped); they are in no lease any more. review:
    the action by which that is reviewed.
    """
    if not given:
        return head
    refuse_frozen(head)
    head, who = head.with_labeler(labeler)
    changes = {index: head.slots[index].annotated(said, who, now, review) for index, said in given.items()}
    return strike(head.with_slots(changes), given)
