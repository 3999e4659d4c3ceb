"""The rules of what refreshing and preparing find: new images, blobs that vanished or changed, previews."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from functions.labeling.head import DISPUTED, LABELED, PACK_SIZE, PREPARING, UNREADABLE, WAITING, Head, Slot
from functions.labeling.leases import strike
from functions.labeling.refusals import refuse_frozen


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
        slot = slots[index]
        if slot.state in (WAITING, DISPUTED) and slot.opinions:
            # What people said of another picture decides nothing about this one.
            slot = replace(slot, state=WAITING, at=0, opinions=(), asked=0)
        is_labeled = slot.state == LABELED
        slots[index] = replace(slot, outdated=True, deferred=False, changed=is_labeled, reviewed=None)
    return strike(replace(head, slots=tuple(slots)), changed)


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
