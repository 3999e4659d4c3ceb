"""Small builders of heads, and what the tests say about them."""

from collections.abc import Collection, Iterable, Mapping

from functions.labeling import blobs, leases, submissions
from functions.labeling.head import Head, Lease, new_head
from functions.labeling.opinions import Asking
from functions.labeling.relabeling import Say
from functions.labeling.submissions import Submitted
from functions.projects.model import Label, Project
from functions.tasks.annotation import Annotation

MINUTE = 60_000
CAT, DOG = 1, 2
LABELS = (Label(id=CAT, name="Cat"), Label(id=DOG, name="Dog"))
ONE_LABEL = Project.model_construct(task_type="multiClass", labels=LABELS)
# One person an image.
ALONE = Asking(0, ONE_LABEL)


def only(label: int) -> Annotation:
    """An annotation that is one label."""
    return Annotation((label,))


def saying(label: int | None) -> Say:
    """What a correction says of an image, whatever was said before; None: it is skipped."""
    said = None if label is None else only(label)
    return lambda _before: said


def ready(count: int) -> Head:
    """A pack of that many images, all waiting."""
    return blobs.prepare(new_head(count), readable=dict.fromkeys(range(count), True))


def handed(
    head: Head, labeler: str, count: int, *, now: int = 0, minutes: int = 15, name: str | None = None
) -> tuple[Head, Lease]:
    """The head with a lease more, and that lease. Its id is the labeler's name unless another is given."""
    known = [item.id for item in head.leases]
    until = now + minutes * MINUTE
    head, lease = leases.hand_out(
        head, lease_id=name or labeler, labeler=labeler, count=count, until=until, now=now, known=known
    )
    assert lease is not None
    return head, lease


def submitted(
    head: Head,
    lease: Lease,
    *,
    labels: Mapping[int, int] | None = None,
    skipped: Collection[int] = (),
    now: int = 0,
) -> Submitted:
    """A page as its labeler submits it; what is neither labeled nor skipped here is a cat."""
    given = {slot: None if slot in skipped else only((labels or {}).get(slot, CAT)) for slot in lease.slots}
    return submissions.submit(head, lease_id=lease.id, labeler=lease.labeler, given=given, now=now, asking=ALONE)


def labeled(count: int, by: str = "ann", *, now: int = 0) -> Head:
    """A pack whose images one labeler has labeled, all at once."""
    return submitted(*handed(ready(count), by, count, now=now), now=now).head


def states(head: Head) -> str:
    return "".join(slot.state for slot in head.slots)


def leased_slots(head: Head, now: int) -> list[int]:
    return sorted(head.leased(now))


def seen(head: Head, slots: Iterable[int]) -> dict[int, int | None]:
    """Slots for a rejection, as a reviewer sees them now."""
    return {slot: head.slots[slot].at for slot in slots}
