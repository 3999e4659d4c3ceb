"""The rules of leases: which images of a pack are free, and who holds which until when.

Like all rules over a pack, pure functions from a head to a head: they read no clock and draw no random numbers, both
are handed in. Times are milliseconds since the epoch. What a rule does not allow it raises (refusals.py).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from functions.labeling.head import WAITING, Head, Lease, Slot
from functions.labeling.refusals import UnknownLease, UnknownToCaller, refuse_frozen

# Leases that are over are kept for late submissions; more of them than this in one pack come from a client that
# takes and gives back all the time, and the oldest go.
MOST_ENDED = 64

SMALLEST_LAYOUT = 9

# What is left of the pack is divided; rejected images come first, however few; or these are the last ones of the pack.
Short = Literal["divided", "rejected", "rest"]

# The order in which some slots are handed out.
Arrange = Callable[[Sequence[int]], Sequence[int]]


def waiting_slots(head: Head) -> list[int]:
    """The slots whose images wait to be labeled, those that somebody holds too."""
    return [
        index
        for index, slot in enumerate(head.slots)
        if slot.state == WAITING and not slot.missing and not slot.outdated
    ]


def free_slots(head: Head, now: int, labeler: str | None = None) -> list[int]:
    """The slots that may be handed out, in the order of the queue: rejected images first, then those on which others
    have given their opinions. labeler: only those at which this one has not looked yet.
    """
    leased, who = head.leased(now), head.index_of(labeler)
    free = [index for index in waiting_slots(head) if index not in leased and not head.slots[index].has_opinion_of(who)]
    return sorted(free, key=lambda index: _place(head.slots[index]))


def _place(slot: Slot) -> tuple[bool, bool]:
    return slot.rejection is None, not slot.opinions


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


def hand_out(
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
    order images are handed out; rejected ones, and then those on which there are opinions, come before all others.
    """
    for item in head.leases:
        if item.id == lease_id:
            return head, item
    if any(item.labeler == labeler and item.until > now and item.id not in known for item in head.leases):
        raise UnknownToCaller
    refuse_frozen(head)
    head = expire(head, now)
    free = free_slots(head, now, labeler)
    if arrange:
        parts = groupby(free, key=lambda index: _place(head.slots[index]))
        free = [index for (is_new, _), part in parts for index in (arrange(list(part)) if is_new else part)]
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
    free = set(free_slots(head, now, labeler))
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


def expire(head: Head, now: int) -> Head:
    """Ends the leases whose time is over; exactly their slots are free again."""
    over = [lease for lease in head.leases if lease.until <= now]
    return end_leases(head, over) if over else head


def end_leases(head: Head, leases: Collection[Lease]) -> Head:
    """Ends leases; what they have may be submitted late."""
    return replace(
        head,
        leases=tuple(lease for lease in head.leases if lease not in leases),
        ended=(*head.ended, *(lease for lease in leases if lease.open))[-MOST_ENDED:],
    )


def strike(head: Head, slots: Collection[int], labeler: str | None = None) -> Head:
    """Strikes slots from the leases, and forgets those of which none is left. labeler: only from this one's."""

    def struck(leases: Iterable[Lease]) -> tuple[Lease, ...]:
        left = (
            replace(item, open=tuple(slot for slot in item.open if slot not in slots))
            if labeler in (None, item.labeler)
            else item
            for item in leases
        )
        return tuple(item for item in left if item.open)

    return replace(head, leases=struck(head.leases), ended=struck(head.ended))
