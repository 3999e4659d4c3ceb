"""Labels that are suggested for a pack's images: which of them are made and shown, and in which order images are handed
out by them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from functions.labeling.head import LABELED, SKIPPED, UNREADABLE, Head
from functions.labeling.record import Guess
from functions.projects.model import Project, SuggestionOrder
from functions.tasks.annotation import Annotation

BLIND_ONE_IN = 10
HALF = 0.5


class Suggestion(NamedTuple):
    """label: its id. confidence: 0 to 1, of four digits. sure: suggestions of this confidence are right so often that
    the page tags the image so by itself. second: the label that it has if not this one, and second_confidence: how
    likely that is; None where nothing is known of it. likely: suggestions of this confidence were right at least as
    often as wrong; None where nobody has measured it, as of imported ones.
    """

    label: int
    confidence: float
    sure: bool = False
    second: int | None = None
    likely: bool | None = None
    second_confidence: float | None = None

    @property
    def listed(self) -> tuple["Suggestion", ...]:
        """The labels that it names, likeliest first: its own, and what it is if not that."""
        if self.second is None or self.second_confidence is None:
            return (self,)
        return self, Suggestion(self.second, self.second_confidence, likely=False)

    @property
    def said(self) -> Annotation:
        return Annotation((self.label,))

    @property
    def is_likely(self) -> bool:
        """At least as likely right as wrong; where that was not measured, by what the confidence itself says."""
        return self.sure or (self.confidence >= HALF if self.likely is None else self.likely)


@dataclass(frozen=True)
class Suggested:
    """What becomes of suggestions for a pack. slots: those that are new; unchanged: that were suggested, or labeled
    so, already; kept: images that are labeled or skipped, or have another suggestion that is to stay; not_ready: that
    cannot be read.
    """

    slots: dict[int, Suggestion]
    unchanged: tuple[int, ...]
    kept: tuple[int, ...]
    not_ready: tuple[int, ...]


def suggest(
    head: Head,
    known: Mapping[int, Suggestion],
    wanted: Mapping[int, Suggestion],
    *,
    replace_others: bool,
    project: Project,
) -> Suggested:
    """Which of the wanted suggestions are to be made, beside those that are known."""
    new: dict[int, Suggestion] = {}
    unchanged, kept, not_ready = [], [], []
    for index, suggestion in wanted.items():
        slot = head.slots[index]
        if slot.state == UNREADABLE:
            not_ready.append(index)
        elif (index in known and _merged(known[index], project.aliases) == suggestion) or project.is_same(
            slot.annotation, suggestion.said
        ):
            unchanged.append(index)
        elif slot.state in (LABELED, SKIPPED) or (index in known and not replace_others):
            kept.append(index)
        else:
            new[index] = suggestion
    return Suggested(new, tuple(unchanged), tuple(kept), tuple(not_ready))


def _merged(suggestion: Suggestion, aliases: Mapping[int, int]) -> Suggestion:
    return suggestion._replace(label=aliases.get(suggestion.label, suggestion.label))


def _counted(suggestion: Suggestion, labels: Collection[int], aliases: Mapping[int, int]) -> Suggestion:
    """With merged labels as what they count; there is no second label if that is no other one, or is gone."""
    counted = _merged(suggestion, aliases)
    second = None if counted.second is None else aliases.get(counted.second, counted.second)
    if second is None or second not in labels or second == counted.label:
        return counted._replace(second=None, second_confidence=None)
    return counted._replace(second=second)


@dataclass(frozen=True)
class PageSuggestions:
    """What is suggested for the images of a page's pack, by slot. is_blind: the page does not show it."""

    by_slot: Mapping[int, Suggestion]
    is_blind: bool

    @property
    def shown(self) -> Mapping[int, Suggestion]:
        return {} if self.is_blind else self.by_slot

    @property
    def guesses(self) -> dict[int, Guess]:
        """As the page's record keeps them."""
        return {slot: Guess(one.said, one.sure) for slot, one in self.by_slot.items()}


NOTHING_SUGGESTED = PageSuggestions({}, is_blind=False)


class PackSuggestions(NamedTuple):
    """What is suggested for a pack's images, by slot. imported: by an import; learned: by the training of that id, from
    the project's own labels. For an image that is labeled since, it is what was last suggested for it.
    """

    imported: dict[int, Suggestion]
    learned: dict[int, Suggestion]
    training: str | None

    def shown(self, project: Project) -> dict[int, Suggestion]:
        """What labelers see: an imported suggestion where the learned one is not sure, and nothing of labels that are
        removed. Merged labels are those as which they count.
        """
        counted = self if project.ml_assist else self._replace(learned={})
        return counted.chosen({label.id for label in project.labels}, project.aliases)

    def on_page(self, lease_id: str, project: Project) -> PageSuggestions:
        suggested = self.shown(project)
        return PageSuggestions(suggested, project.ml_assist and bool(suggested) and is_blind(lease_id))

    def chosen(self, labels: Collection[int], aliases: Mapping[int, int]) -> dict[int, Suggestion]:
        """As `shown`, with these labels and merged ones."""
        better = {slot: one for slot, one in self.learned.items() if self._is_better(slot, one)}
        all_ = {**self.imported, **better}
        counted = {slot: _counted(one, labels, aliases) for slot, one in all_.items()}
        return {slot: one for slot, one in counted.items() if one.label in labels}

    def _is_better(self, slot: int, learned: Suggestion) -> bool:
        return learned.sure or slot not in self.imported


def arranged(slots: Sequence[int], suggestions: Mapping[int, Suggestion], order: SuggestionOrder) -> Sequence[int]:
    """Slots in the order in which they are handed out; those without a suggestion come last.

    surest: those with the same label together, so that a page is mostly one label - that of the most sure ones first -
    and of these the surest. leastSure: what teaches most, whatever the label.
    """
    some = [slot for slot in slots if slot in suggestions]
    others = [slot for slot in slots if slot not in suggestions]
    if order == "leastSure":
        return sorted(some, key=lambda slot: suggestions[slot].confidence) + others
    sure = Counter(suggestions[slot].label for slot in some if suggestions[slot].sure)
    of_label = Counter(suggestions[slot].label for slot in some)

    def place(slot: int) -> tuple[int, int, int, float]:
        label, confidence, *_ = suggestions[slot]
        return -sure[label], -of_label[label], label, -confidence

    return sorted(some, key=place) + others


def is_blind(lease_id: str) -> bool:
    """One page in ten, at random, is handed out without suggestions: what people label there tells how right
    suggestions are. The lease's id tells it, so nothing else has to.
    """
    return crc32(lease_id.encode()) % BLIND_ONE_IN == 0
