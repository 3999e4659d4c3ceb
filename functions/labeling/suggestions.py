"""Labels that are suggested for a pack's images: which of them are made and shown, and in which order images are handed
out by them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import NamedTuple

from functions.labeling.head import DISPUTED, LABELED, SKIPPED, UNREADABLE, Head
from functions.labeling.hiding import hidden_slots
from functions.labeling.record import Guess, Predicted
from functions.projects.model import Project, SuggestionOrder
from functions.tasks.annotation import Annotation, of_labels
from functions.tasks.base import Choice

HALF = 0.5
# What people said of these images stays, whatever is suggested for them.
DONE = (LABELED, SKIPPED, DISPUTED)


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

    def merged(self, aliases: Mapping[int, int]) -> "Suggestion":
        return self._replace(label=aliases.get(self.label, self.label))

    def counted(self, labels: Collection[int], aliases: Mapping[int, int]) -> "Suggestion | None":
        """With merged labels as what they count; there is no second label if that is no other one, or is gone. None:
        the label itself is.
        """
        counted = self.merged(aliases)
        if counted.label not in labels:
            return None
        second = None if counted.second is None else aliases.get(counted.second, counted.second)
        if second is None or second not in labels or second == counted.label:
            return counted._replace(second=None, second_confidence=None)
        return counted._replace(second=second)

    def against(self, had: Annotation) -> frozenset[int]:
        """The label by which it contradicts what somebody says."""
        return frozenset({self.label}.difference(had.labels))


@dataclass(frozen=True, slots=True)
class Several:
    """What is suggested for an image that may have any number of labels. listed: all but those that it surely does not
    have, likeliest first; where that is none, it surely has none.
    """

    listed: tuple[Suggestion, ...]

    @property
    def said(self) -> Annotation:
        return of_labels(one.label for one in self.listed if one.is_likely)

    @property
    def sure(self) -> bool:
        """So that the page labels the image by itself: each label is surely there or surely not."""
        return all(one.sure for one in self.listed)

    @property
    def confidence(self) -> float:
        """How likely it is right as a whole."""
        return prod(one.confidence if one.is_likely else 1 - one.confidence for one in self.listed)

    def counted(self, labels: Collection[int], aliases: Mapping[int, int]) -> "Several":
        """With merged labels as what they count - one of them is enough - and without those that are gone."""
        found: dict[int, Suggestion] = {}
        for one in (one.merged(aliases) for one in self.listed):
            other = found.get(one.label, one)
            found[one.label] = other._replace(sure=other.sure or one.sure, likely=other.is_likely or one.is_likely)
        return Several(tuple(one for label, one in found.items() if label in labels))

    def among(self, choices: Mapping[int, Choice]) -> "Several":
        """Of an exclusive group an image has one label at most: beside the likeliest that is likely, the others are
        not; and surely not where that one is sure.
        """
        owners: dict[str, Suggestion] = {}
        kept = []
        for one in self.listed:
            groups = choices[one.label].exclusive if one.label in choices else ()
            rivals = [owners[group] for group in groups if group in owners]
            if any(rival.sure for rival in rivals):
                continue
            kept.append(one._replace(sure=False, likely=False) if rivals else one)
            if one.is_likely and not rivals:
                owners.update(dict.fromkeys(groups, one))
        return Several(tuple(kept))

    def against(self, had: Annotation) -> frozenset[int]:
        """The labels by which it contradicts what somebody says: surely there and not given, or given and surely not
        there.
        """
        sure = {one.label for one in self.listed if one.sure}
        possible = {one.label for one in self.listed}
        return frozenset(sure.difference(had.labels) | set(had.labels).difference(possible))


AnySuggestion = Suggestion | Several


@dataclass(frozen=True)
class Suggested:
    """What becomes of suggestions for a pack. slots: those that are made, also where an earlier import made the same;
    unchanged: images that are labeled so; kept: that are labeled otherwise or skipped, unless just this was suggested
    for them; not_ready: that cannot be read.
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
    project: Project,
) -> Suggested:
    """Which of the wanted suggestions are to be made, in place of those that are known."""
    new: dict[int, Suggestion] = {}
    unchanged, kept, not_ready = [], [], []
    for index, suggestion in wanted.items():
        slot = head.slots[index]
        is_done = slot.state in DONE
        if slot.state == UNREADABLE:
            not_ready.append(index)
        elif project.is_same(slot.annotation, suggestion.said) or (
            is_done and index in known and known[index].merged(project.aliases) == suggestion
        ):
            unchanged.append(index)
        elif is_done:
            kept.append(index)
        else:
            new[index] = suggestion
    return Suggested(new, tuple(unchanged), tuple(kept), tuple(not_ready))


@dataclass(frozen=True)
class PageSuggestions:
    """What is suggested for the images of a page's pack, by slot. hidden: the slots of which its labeler does not see
    it; predicted: of these what an import suggests.
    """

    by_slot: Mapping[int, AnySuggestion]
    hidden: frozenset[int] = frozenset()
    predicted: Mapping[int, Predicted] = field(default_factory=dict)

    def shown(self, slot: int) -> AnySuggestion | None:
        return None if slot in self.hidden else self.by_slot.get(slot)

    @property
    def guesses(self) -> dict[int, Guess]:
        """As the page's record keeps them."""
        return {slot: Guess(one.said, one.sure) for slot, one in self.by_slot.items()}


NOTHING_SUGGESTED = PageSuggestions({})


class PackSuggestions(NamedTuple):
    """What is suggested for a pack's images, by slot. imported: by an import; learned: by the training of that id, from
    the project's own labels. For an image that is labeled since, it is what was last suggested for it. importers: the
    ids of the imports; of those lacking it was not written down.
    """

    imported: Mapping[int, Suggestion]
    learned: Mapping[int, AnySuggestion]
    training: str | None
    importers: Mapping[int, str] = {}

    def shown(self, project: Project) -> dict[int, AnySuggestion]:
        """What labelers see: an imported suggestion where the learned one is not sure, and nothing of labels that are
        removed. Merged labels are those as which they count.
        """
        counted = self if project.ml_assist else self._replace(learned={})
        choices = project.choices
        return counted.chosen(choices, project.aliases, choices)

    def on_page(self, lease_id: str, project: Project) -> PageSuggestions:
        suggested = self.shown(project)
        hidden = hidden_slots(lease_id, suggested)
        return PageSuggestions(suggested, hidden, self._predicted(hidden, project))

    def _predicted(self, hidden: Collection[int], project: Project) -> dict[int, Predicted]:
        """What imports say of hidden images, also where something surer is learned: an import is judged by all images
        for which it suggests something, and so is what is learned beside it.
        """
        imported = {slot: self.imported[slot] for slot in hidden if slot in self.imported and slot in self.importers}
        if not imported:
            return {}
        theirs = self._replace(imported=imported, learned={}).shown(project)
        own = self._replace(
            imported={}, learned={slot: self.learned[slot] for slot in imported if slot in self.learned}
        )
        learned = own.shown(project)
        return {
            slot: Predicted(self.importers[slot], one.said, learned[slot].said if slot in learned else None)
            for slot, one in theirs.items()
        }

    def chosen(
        self, labels: Collection[int], aliases: Mapping[int, int], choices: Mapping[int, Choice]
    ) -> dict[int, AnySuggestion]:
        """As `shown`, with these labels and merged ones. choices: which of them rule each other out."""
        better = {slot: one for slot, one in self.learned.items() if self._is_better(slot, one)}
        all_: dict[int, AnySuggestion] = {**self.imported, **better}
        counted = ((slot, one.counted(labels, aliases)) for slot, one in all_.items())
        return {slot: one.among(choices) if isinstance(one, Several) else one for slot, one in counted if one}

    def _is_better(self, slot: int, learned: AnySuggestion) -> bool:
        return learned.sure or slot not in self.imported


def arranged(slots: Sequence[int], suggestions: Mapping[int, AnySuggestion], order: SuggestionOrder) -> Sequence[int]:
    """Slots in the order in which they are handed out; those without a suggestion come last.

    surest: those of which the same is said together, so that a page is mostly one label - that of the most sure ones
    first - and of these the surest. leastSure: what teaches most, whatever is said.
    """
    some = [slot for slot in slots if slot in suggestions]
    others = [slot for slot in slots if slot not in suggestions]
    if order == "leastSure":
        return sorted(some, key=lambda slot: suggestions[slot].confidence) + others
    said = {slot: suggestions[slot].said.labels for slot in some}
    sure = Counter(said[slot] for slot in some if suggestions[slot].sure)
    alike = Counter(said.values())

    def place(slot: int) -> tuple[int, int, tuple[int, ...], float]:
        return -sure[said[slot]], -alike[said[slot]], said[slot], -suggestions[slot].confidence

    return sorted(some, key=place) + others
