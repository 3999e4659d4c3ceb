"""What the rules over a pack do not allow. The head is then unchanged."""

from collections.abc import Collection

from functions.labeling.head import Head

# What is told where others are quicker again and again: in one pack, in the directory.
MANY_AT_WORK = "Many people are working on the same images. Try again."
PROJECT_BUSY = "The project is busy. Try again."


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


class OldRecords(Refused):
    """The pack has other records than those by which somebody wants to change it."""


class WrongImages(Refused):
    """A submission does not name every image of its lease exactly once. Those that others have labeled since may be
    left out.
    """

    def __init__(self, lacking: Collection[int], foreign: Collection[int]) -> None:
        super().__init__("the submission does not name every image of its lease exactly once")
        self.lacking = sorted(lacking)
        self.foreign = sorted(foreign)


def refuse_frozen(head: Head) -> None:
    """Whatever changes what the directory counts begins with this."""
    if head.frozen:
        raise Frozen
