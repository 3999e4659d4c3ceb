"""The rules of several people an image: how many are asked, and what becomes of what they say.

Pure functions from a head to a head, as all rules. An image waits until enough people have given their opinions; then
it is decided, or disputed. Whoever asks for an image never sees the opinions of others.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b

from functions.labeling.head import DISPUTED, LABELED, NOBODY, SKIPPED, WAITING, Head, Opinion, Slot
from functions.labeling.leases import strike
from functions.labeling.record import Heard, Outcome
from functions.labeling.refusals import refuse_frozen
from functions.labeling.rows import image_id
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import MOST_OPINIONS, Opinions, Project
from functions.tasks.annotation import Annotation
from functions.tasks.base import Decision

# How likely it is right what these people decide about an image, by what is suggested for it, if anything.
Sure = Callable[[Sequence[Heard], AnySuggestion | None], float]


@dataclass(frozen=True)
class Asking:
    """How many people are asked about the images of a pack, by what the project wants. sure: of projects that want
    another opinion only where one is not sure enough; with what is suggested for the pack's images, by slot. labelers:
    the head's.
    """

    pack: int
    project: Project
    sure: Sure | None = None
    suggested: Mapping[int, AnySuggestion] = field(default_factory=dict)
    labelers: tuple[str, ...] = ()

    def among(self, labelers: tuple[str, ...]) -> "Asking":
        return replace(self, labelers=labelers)

    @property
    def wants(self) -> Opinions:
        return self.project.opinions

    def least(self, slot: int) -> int:
        """How many are asked at least."""
        return self.wants.least if self.wants.share > place_of(self.pack, slot) else 1

    def is_alone(self, index: int, slot: Slot) -> bool:
        """One opinion is enough, and there is no other."""
        return not slot.opinions and not slot.asked and self.least(index) == 1 and self.wants.until is None

    def is_enough(self, index: int, slot: Slot, decision: Decision | None) -> bool:
        """Nobody more is asked."""
        count, least = len(slot.opinions), max(self.least(index), slot.asked)
        if count < least:
            return False
        if count >= max(least, self.wants.most):
            return True
        return decision is not None and self._is_sure(index, slot)

    def _is_sure(self, index: int, slot: Slot) -> bool:
        if self.wants.until is None or self.sure is None:
            return True
        return self.sure(_heard(self.labelers, slot), self.suggested.get(index)) >= self.wants.until

    def settled(self, index: int, slot: Slot, now: int) -> Slot:
        """What becomes of an image by the opinions on it, of which one was given now: it waits on, is decided, or is
        disputed. Merged labels are from now on those as which they count.
        """
        slot = replace(slot, opinions=tuple(self._counted(one) for one in slot.opinions))
        decision = self.project.task.decide([one.said for one in slot.opinions])
        if not self.is_enough(index, slot, decision):
            return replace(slot, state=WAITING, labels=(), labeler=NOBODY, at=0, reviewed=None)
        if decision is None:
            return replace(
                slot, state=DISPUTED, labels=(), labeler=NOBODY, at=now, asked=0, rejection=None, reviewed=None
            )
        alike = [one.labeler for one in slot.opinions if one.said == decision.said]
        # Of sets of labels nobody may have said what comes out label by label.
        labelers = alike or [one.labeler for one in slot.opinions if one.said is not None]
        decided = slot.annotated(decision.said, labelers[-1], now)
        return replace(decided, opinions=()) if len(slot.opinions) == 1 else decided

    def is_open(self, slot: Slot) -> bool:
        """What is said of an image still decides about it: no reviewer and no import has, and it is still the picture
        that people saw.
        """
        if slot.changed or slot.reviewed:
            return False
        if slot.state in (WAITING, DISPUTED):
            return True
        decision = self.project.task.decide([one.said for one in slot.opinions])
        return slot.has_opinion_of(slot.labeler) and decision == Decision(slot.annotation)

    def merged(self, index: int, slot: Slot, now: int) -> Slot:
        """An image after labels were merged by which something was said of it."""
        if slot.state in (WAITING, DISPUTED):
            return self.settled(index, slot, now)
        said = slot.annotation and slot.annotation.counted(self.project.aliases)
        opinions = tuple(self._counted(one) for one in slot.opinions)
        return replace(slot, labels=said.labels if said else (), opinions=opinions)

    def _counted(self, opinion: Opinion) -> Opinion:
        if not opinion.said or not self.project.merged:
            return opinion
        return replace(opinion, said=opinion.said.counted(self.project.aliases))

    def given(self, index: int, slot: Slot, opinion: Opinion) -> Slot:
        """An image with an opinion more."""
        if self.is_alone(index, slot):
            return slot.annotated(opinion.said, opinion.labeler, opinion.at)
        return self.settled(index, replace(slot, opinions=(*slot.opinions, opinion)), opinion.at)


def outcomes_of(head: Head, slots: Iterable[int]) -> dict[int, Outcome]:
    """For a record: how those of the slots stand at which several people look."""
    return {index: _outcome(head, slot) for index in slots if (slot := head.slots[index]).opinions}


def _outcome(head: Head, slot: Slot) -> Outcome:
    by = head.labeler_of(slot) or ""
    return Outcome(slot.state, slot.annotation, by, slot.at, slot.asked, heard_of(head, slot))


def heard_of(head: Head, slot: Slot) -> tuple[Heard, ...]:
    """The opinions on an image at which several people look, with who gave them."""
    return _heard(head.labelers, slot)


def _heard(labelers: Sequence[str], slot: Slot) -> tuple[Heard, ...]:
    return tuple(Heard(labelers[one.labeler], one.at, one.said) for one in slot.opinions)


@lru_cache(maxsize=65_536)
def place_of(pack: int, slot: int) -> float:
    """Where an image stands between 0 and 1, always the same: a share of the images are those that stand below it, so
    that a larger share contains a smaller one.
    """
    digest = blake2b(image_id(pack, slot).encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32


@dataclass(frozen=True)
class Asked:
    """What asking for one more opinion did to a pack: how the slots stood that wait now. stale: those that have no
    label, another one since the caller looked, as many opinions as an image may have, or a file that has changed;
    spent: those that the caller may not change any more. Both stayed as they are.
    """

    head: Head
    former: dict[int, Slot]
    stale: tuple[int, ...]
    spent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Amended:
    """What became of an opinion that somebody changes. stale: it stays, as it does not count any more, or is another
    one than they saw; spent: as they may not change the image any more.
    """

    head: Head
    stale: bool = False
    spent: bool = False


def ask(head: Head, *, slots: Mapping[int, int | None], spent: Collection[int] = ()) -> Asked:
    """Asks for one more opinion on images. Their labels stay as opinions, and stand again as soon as they are
    confirmed.

    slots: each slot with the time at which the caller saw it labeled, or None. spent: slots that the caller may not
    change any more.
    """
    found = {
        index: slot
        for index, seen_at in slots.items()
        if (slot := head.slots[index]).state in (LABELED, SKIPPED, DISPUTED)
        and seen_at in (None, slot.at)
        and len(slot.heard) < MOST_OPINIONS
        and not (slot.changed or slot.outdated or slot.missing)
    }
    stale = tuple(index for index in slots if index not in found)
    kept = tuple(index for index in found if index in spent)
    former = {index: slot for index, slot in found.items() if index not in kept}
    if not former:
        return Asked(head, {}, stale, kept)
    refuse_frozen(head)
    changes = {
        index: replace(
            slot,
            state=WAITING,
            labels=(),
            labeler=NOBODY,
            at=0,
            opinions=slot.heard,
            asked=len(slot.heard) + 1,
            reviewed=None,
        )
        for index, slot in former.items()
    }
    return Asked(head.with_slots(changes), former, stale, kept)


def merged_slots(head: Head, asking: Asking) -> list[int]:
    """The slots on which something was said, or stands, by two labels that are one since labels were merged."""
    aliases = asking.project.aliases

    def is_closer(slot: Slot) -> bool:
        said = (slot.annotation, *(one.said for one in slot.opinions))
        named = {label for one in said if one for label in one.labels}
        return bool(slot.opinions) and len({aliases.get(label, label) for label in named}) < len(named)

    return [index for index, slot in enumerate(head.slots) if is_closer(slot)]


def merge(head: Head, *, now: int, asking: Asking) -> tuple[Head, list[int]]:
    """The head in which those slots are settled, with their indexes. What was decided stays decided."""
    slots = merged_slots(head, asking)
    if not slots:
        return head, slots
    refuse_frozen(head)
    asking = asking.among(head.labelers)
    changes = {index: asking.merged(index, head.slots[index], now) for index in slots}
    over = [index for index, slot in changes.items() if slot.state not in (WAITING, head.slots[index].state)]
    return strike(head.with_slots(changes), over), slots


def amend(
    head: Head,
    *,
    slot: int,
    labeler: str,
    said: Annotation | None,
    seen_at: int | None,
    now: int,
    asking: Asking,
    spent: Collection[int] = (),
) -> Amended:
    """Puts what a labeler says now in place of their opinion. seen_at: when they gave it, as far as they know, or None.
    spent: slots that they may not change any more.
    """
    before, who = head.slots[slot], head.index_of(labeler)
    given_at = next((one.at for one in before.opinions if one.labeler == who), None)
    if given_at is None or seen_at not in (None, given_at) or not asking.is_open(before):
        return Amended(head, stale=True)
    if slot in spent:
        return Amended(head, spent=True)
    refuse_frozen(head)
    opinion = Opinion(who, now, said)
    opinions = tuple(opinion if one.labeler == who else one for one in before.opinions)
    settled = asking.among(head.labelers).settled(slot, replace(before, opinions=opinions), now)
    changed = head.with_slots({slot: settled})
    return Amended(changed if settled.state == WAITING else strike(changed, [slot]))
