"""The rules over a pack: pure functions from a head to a head. They read no clock and draw no random numbers: both
are handed in.

Times are milliseconds since the epoch. What a rule refuses it raises as a `Refused`; the head is then unchanged.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from functions.labeling.head import (
    LABELED,
    PACK_SIZE,
    PREPARING,
    SKIPPED,
    UNREADABLE,
    WAITING,
    Guided,
    Head,
    Lease,
    Slot,
)

# Leases that are over are kept for late submissions; more of them than this in one pack come from a client that
# takes and gives back all the time, and the oldest go.
MOST_ENDED = 64


SMALLEST_LAYOUT = 9

# What is left of the pack is divided; rejected images come first, however few; or these are the last ones of the pack.
Short = Literal["divided", "rejected", "rest"]

# The order in which some slots are handed out.
Arrange = Callable[[Sequence[int]], Sequence[int]]


class Guess(NamedTuple):
    """What was suggested for an image. label: its id. sure: so that the page pre-labeled it."""

    label: int
    sure: bool


NO_GUESSES: Mapping[int, Guess] = {}


class Refused(Exception):
    """A rule does not allow it."""


class Frozen(Refused):
    """The pack is frozen: it must be opened in the directory first."""


class UnknownLease(Refused):
    """No lease of this id and labeler can be submitted or renewed (any more)."""


class OldProject(Refused):
    """What the caller knows of the project may be so no more: a label or a person was removed since, or one of these
    labels is about to be. edition: that of the project of which the pack knows.
    """

    def __init__(self, edition: int, labels: Collection[int] = ()) -> None:
        super().__init__("the project was changed since the caller read it")
        self.edition = edition
        self.labels = labels


class UnknownToCaller(Refused):
    """The labeler holds a lease here of which the caller does not know."""


class WrongImages(Refused):
    """A submission does not name every image of its lease exactly once. Those that others have labeled since may be
    left out.
    """

    def __init__(self, lacking: Collection[int], foreign: Collection[int]) -> None:
        super().__init__("the submission does not name every image of its lease exactly once")
        self.lacking = sorted(lacking)
        self.foreign = sorted(foreign)


@dataclass(frozen=True)
class Submitted:
    """What a submission saved; taken: the slots that it names and that are not the labeler's any more."""

    head: Head
    labels: dict[int, int]
    skipped: tuple[int, ...]
    taken: tuple[int, ...]


def new_head(count: int) -> Head:
    """The head of a new pack of that many images, all to be prepared."""
    return Head(slots=(Slot(),) * count)


def expire(head: Head, now: int) -> Head:
    """Ends the leases whose time is over; exactly their slots are free again."""
    over = [lease for lease in head.leases if lease.until <= now]
    return end_leases(head, over) if over else head


def waiting_slots(head: Head) -> list[int]:
    """The slots whose images wait to be labeled, those that somebody holds too."""
    return [
        index
        for index, slot in enumerate(head.slots)
        if slot.state == WAITING and not slot.missing and not slot.outdated
    ]


def free_slots(head: Head, now: int) -> list[int]:
    """The slots that may be handed out, in the order of the queue: rejected images first."""
    leased = head.leased(now)
    free = [index for index in waiting_slots(head) if index not in leased]
    return sorted(free, key=lambda index: head.slots[index].rejection is None)


def page_size(free: int, count: int) -> int:
    """How many of a pack's free images a page of `count` takes. If less than two thirds of a page were left by it, what
    there is becomes two even pages; pages of less than the smallest layout's are as they are asked for.
    """
    is_crumb = 0 < free - count < count * 2 / 3
    return -(-free // 2) if is_crumb and count >= SMALLEST_LAYOUT else min(free, count)


def why_short(head: Head, handed: Sequence[int], free: int, count: int) -> Short | None:
    """Why a page of `count` has these slots only, of so many that were free; None where it is full."""
    if len(handed) >= count:
        return None
    if len(handed) < free:
        return "divided"
    return "rejected" if head.slots[handed[0]].rejection else "rest"


def lease(
    head: Head,
    *,
    lease_id: str,
    labeler: str,
    count: int,
    until: int,
    now: int,
    known: Collection[str],
    arrange: Arrange | None = None,
) -> tuple[Head, Lease | None]:
    """Hands out up to `count` images; None when there is none to hand out. A lease of this id that is already there
    is given again.

    known: the leases that the labeler is known to hold. With another one running here, it is refused. arrange: in which
    order images are handed out; rejected ones come before all others.
    """
    for item in head.leases:
        if item.id == lease_id:
            return head, item
    if any(item.labeler == labeler and item.until > now and item.id not in known for item in head.leases):
        raise UnknownToCaller
    refuse_frozen(head)
    head = expire(head, now)
    free = free_slots(head, now)
    if arrange:
        rejected = sum(head.slots[index].rejection is not None for index in free)
        free[rejected:] = arrange(free[rejected:])
    slots = tuple(free[:count])
    if not slots:
        return head, None
    handed = Lease(lease_id, labeler, until, slots, slots)
    return replace(head, leases=(*head.leases, handed)), handed


def renew(head: Head, *, lease_id: str, labeler: str, until: int, now: int) -> tuple[Head, Lease]:
    """Prolongs a lease. One that is over starts again if all that is left of it is still free."""
    for known in head.leases:
        if known.id == lease_id and known.labeler == labeler and known.until > now:
            renewed = replace(known, until=max(until, known.until))
            return replace(head, leases=tuple(renewed if item is known else item for item in head.leases)), renewed
    head = expire(head, now)
    free = set(free_slots(head, now))
    for known in head.ended:
        if known.id == lease_id and known.labeler == labeler and free.issuperset(known.open):
            refuse_frozen(head)
            renewed = replace(known, until=until)
            ended = tuple(item for item in head.ended if item is not known)
            return replace(head, ended=ended, leases=(*head.leases, renewed)), renewed
    raise UnknownLease(lease_id)


def release(head: Head, *, lease_id: str, labeler: str) -> Head:
    """Gives a lease's images back. Nothing changes when it is over already."""
    given_back = [known for known in head.leases if known.id == lease_id and known.labeler == labeler]
    return end_leases(head, given_back) if given_back else head


def submit(
    head: Head,
    *,
    lease_id: str,
    labeler: str,
    labels: Mapping[int, int],
    skipped: Collection[int],
    now: int,
    suggested: Mapping[int, Guess] = NO_GUESSES,
    is_blind: bool = False,
) -> Submitted:
    """Saves a page: a label id per slot, and the slots that were skipped.

    It is saved for every slot that nobody else has labeled or been handed meanwhile, also when its lease is over.
    suggested: what was suggested for its slots; is_blind: and was not shown.
    """
    head = expire(head, now)
    known = next(
        (item for item in (*head.leases, *head.ended) if item.id == lease_id and item.labeler == labeler), None
    )
    if known is None:
        raise UnknownLease(lease_id)
    named = {*labels, *skipped}
    lacking, foreign = set(known.open) - named, named - set(known.slots)
    if lacking or foreign or len(labels) + len(skipped) != len(named):
        raise WrongImages(lacking, foreign)
    refuse_frozen(head)
    with_others = {slot for item in head.leases if item.labeler != labeler for slot in item.open}
    accepted = {index for index in known.open if head.slots[index].state == WAITING and index not in with_others}
    # A lease is submitted once: what it did not get now it never gets, so that the same submission again is known.
    head = replace(
        head,
        leases=tuple(item for item in head.leases if item is not known),
        ended=tuple(item for item in head.ended if item is not known),
    )
    if not accepted:
        return Submitted(head, {}, (), tuple(sorted(named)))
    head, who = intern(head, labeler)
    changes = {
        index: replace(
            head.slots[index],
            state=LABELED if index in labels else SKIPPED,
            labels=(labels[index],) if index in labels else (),
            labeler=who,
            at=now,
            rejection=None,
            reviewed=None,
            changed=False,
        )
        for index in accepted
    }
    head = strike(head.with_slots(changes), accepted)
    judged = [(guess, labels.get(index)) for index, guess in suggested.items() if index in accepted]
    return Submitted(
        head=_guided(head, who, judged, is_blind=is_blind),
        labels={index: label for index, label in labels.items() if index in accepted},
        skipped=tuple(index for index in skipped if index in accepted),
        taken=tuple(sorted(named - accepted)),
    )


def _guided(head: Head, who: int, judged: Sequence[tuple[Guess, int | None]], *, is_blind: bool) -> Head:
    """The head that counts what a labeler made of suggestions: each with the label that was set, None of a skipped
    image.
    """
    if not judged:
        return head
    guided = list(head.guided_by_labeler())
    accepted, changed, blind, blind_right = guided[who]
    for guess, label in judged:
        is_same = guess.label == label
        if is_blind:
            blind, blind_right = blind + 1, blind_right + is_same
        elif guess.sure:
            accepted, changed = accepted + is_same, changed + (not is_same)
    guided[who] = Guided(accepted, changed, blind, blind_right)
    return replace(head, guided=tuple(guided))


def prepare(head: Head, *, readable: Mapping[int, bool], deferred: Collection[int] = ()) -> Head:
    """Notes which images have their previews now, and which cannot be read. Labels that an image has are kept.
    deferred: those that could not be read for a reason that may pass.
    """
    changes = {}
    for index, is_readable in readable.items():
        slot = replace(head.slots[index], outdated=False, deferred=index in deferred)
        if slot.state in (PREPARING, WAITING, UNREADABLE):
            slot = replace(slot, state=WAITING if is_readable else UNREADABLE)
        changes[index] = slot
    refuse_frozen(head)
    return head.with_slots(changes)


def append(head: Head, count: int) -> Head:
    """Makes room for more images at the end of the pack."""
    if len(head.slots) + count > PACK_SIZE:
        raise ValueError(f"a pack holds {PACK_SIZE} images")
    refuse_frozen(head)
    return replace(head, slots=head.slots + (Slot(),) * count)


def refresh(head: Head, *, missing: Iterable[int] = (), back: Iterable[int] = (), changed: Iterable[int] = ()) -> Head:
    """Notes what a refresh found: blobs that vanished, that are there again, and that changed (their previews are to
    be made anew).

    Who holds a changed image sees what it was: a submission of theirs does not label it.
    """
    refuse_frozen(head)
    changed = set(changed)
    slots = list(head.slots)
    for index in missing:
        slots[index] = replace(slots[index], missing=True)
    for index in back:
        slots[index] = replace(slots[index], missing=False)
    for index in changed:
        is_labeled = slots[index].state == LABELED
        slots[index] = replace(slots[index], outdated=True, deferred=False, changed=is_labeled, reviewed=None)
    return strike(replace(head, slots=tuple(slots)), changed)


def is_untouched(head: Head) -> bool:
    """Nobody has worked on the pack yet."""
    return not (head.leases or head.ended or head.labelers) and all(slot.rejection is None for slot in head.slots)


def needs_preparing(head: Head) -> list[int]:
    """The slots whose previews are to be made."""
    return [
        index
        for index, slot in enumerate(head.slots)
        if (slot.state == PREPARING or slot.outdated) and not slot.missing
    ]


def deferred_slots(head: Head) -> list[int]:
    """The slots whose blobs are to be tried again."""
    return [index for index, slot in enumerate(head.slots) if slot.deferred and not slot.missing]


def freeze(head: Head) -> Head:
    """Fixes the head while its counts are in the directory. Leases are over by then, and what they left is nobody's."""
    return replace(head, frozen=True)


def thaw(head: Head) -> Head:
    return replace(head, frozen=False)


def end_leases(head: Head, leases: Collection[Lease]) -> Head:
    """Ends leases; what they have may be submitted late."""
    return replace(
        head,
        leases=tuple(lease for lease in head.leases if lease not in leases),
        ended=(*head.ended, *(lease for lease in leases if lease.open))[-MOST_ENDED:],
    )


def strike(head: Head, slots: Collection[int]) -> Head:
    """Strikes slots from the leases, and forgets those of which none is left."""

    def struck(leases: Iterable[Lease]) -> tuple[Lease, ...]:
        left = (replace(item, open=tuple(slot for slot in item.open if slot not in slots)) for item in leases)
        return tuple(item for item in left if item.open)

    return replace(head, leases=struck(head.leases), ended=struck(head.ended))


def intern(head: Head, labeler: str) -> tuple[Head, int]:
    """The head that knows the labeler, and their index among its labelers."""
    if labeler in head.labelers:
        return head, head.labelers.index(labeler)
    return replace(head, labelers=(*head.labelers, labeler), rejected=(*head.rejected, 0)), len(head.labelers)


def refuse_frozen(head: Head) -> None:
    if head.frozen:
        raise Frozen
