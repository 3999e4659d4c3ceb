"""From a pack as it is stored to the images that an export holds."""

from collections.abc import Iterator, Mapping, Sequence

from functions.exports.formats.base import ExportedImage, ExportedOpinion
from functions.exports.options import ExportOptions
from functions.exports.sides import Sides, counting_as
from functions.labeling.columns import Columns
from functions.labeling.head import LABELED, SKIPPED, moment
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Label

MOST_TIMES = 10_000
# A suggestion may have been imported as if it were certain; only labels that people set are told as that.
SUREST = 0.9999


class Wanted:
    """The images that the options ask for."""

    def __init__(self, options: ExportOptions) -> None:
        self._states = frozenset(options.states)
        self._labels = None if options.labels is None else frozenset(options.labels)
        self._since = int(options.since.timestamp() * 1000) if options.since else 0

    def slots(self, pack: Columns, suggested: Mapping[int, AnySuggestion]) -> Iterator[tuple[int, Sequence[int]]]:
        """The slots of a pack in their order, each with its label ids. Which labels are wanted, nobody asks of images
        that are not labeled. suggested: what is suggested for images that wait; those for which a label is are wanted
        whatever their state and time.
        """
        labels: Sequence[int]
        for slot, (state, labels, at) in enumerate(zip(pack.states, pack.labels, pack.at, strict=True)):
            suggestion = suggested.get(slot)
            if suggestion and suggestion.said.labels:
                labels = suggestion.said.labels
            elif state not in self._states or at < self._since:
                continue
            if (
                self._labels is None
                or not self._labels.isdisjoint(labels)
                or not (labels or pack.letters[slot] == LABELED)
            ):
                yield slot, labels


class Selection:
    """Makes what a format gets of the images that are wanted.

    labels: all that images may have, removed ones too. names: sign-in names by user id. sides: of the split, if there
    is one. has_opinions: they come with all opinions on them.
    """

    def __init__(
        self,
        wanted: Wanted,
        labels: Sequence[Label],
        names: Mapping[str, str],
        sides: Sides | None,
        *,
        has_opinions: bool = False,
    ) -> None:
        self._wanted = wanted
        self._has_opinions = has_opinions
        self._sides = sides
        self._labels = {label.id: label for label in labels}
        self._alone = {label.id: (label,) for label in labels}
        self._names = names
        self._times: dict[int, str] = {0: ""}

    def images(self, pack: Columns, suggested: Mapping[int, AnySuggestion]) -> list[ExportedImage]:
        """The wanted images of a pack, in the order of their slots."""
        who = [self._names.get(user, user) for user in pack.labelers] + [""]
        found = []
        for slot, labels in self._wanted.slots(pack, suggested):
            image, at, suggestion = pack.images[slot], pack.at[slot], suggested.get(slot)
            name, is_labeled = image[0], pack.letters[slot] == LABELED
            found.append(
                ExportedImage(
                    pack.pack,
                    slot,
                    name,
                    image[3],
                    image[4],
                    self._of(labels),
                    who[pack.by[slot]],
                    self._times.get(at) or self._time(at),
                    pack.states[slot],
                    is_labeled,
                    self._sides.of(name, counting_as(labels, is_labeled)) if self._sides else "",
                    suggested=_confidences(suggestion, labels) if suggestion and labels else None,
                    opinions=self._opinions(pack, slot, who) if self._has_opinions else (),
                )
            )
        return found

    def _opinions(self, pack: Columns, slot: int, who: Sequence[str]) -> list[ExportedOpinion]:
        """What each says of an image, and what was decided where that is somebody else's."""
        is_decided, stands = pack.letters[slot] in (LABELED, SKIPPED), self._stands(pack, slot)
        found = [
            ExportedOpinion(
                None if labels is None else self._of(labels),
                who[labeler],
                self._time(at),
                labels == stands if is_decided else None,
            )
            for labeler, at, labels in pack.opinions.get(slot, ())
        ]
        others = {labeler for labeler, _, _ in pack.opinions.get(slot, ())}
        # Of sets of labels nobody may have said what was decided label by label.
        if is_decided and (pack.by[slot] not in others or not any(one.is_decided for one in found)):
            said = None if stands is None else self._of(stands)
            found.append(ExportedOpinion(said, who[pack.by[slot]], self._time(pack.at[slot]), True, bool(others)))
        return found

    @staticmethod
    def _stands(pack: Columns, slot: int) -> list[int] | None:
        return pack.labels[slot] if pack.letters[slot] == LABELED else None

    def _of(self, ids: Sequence[int]) -> Sequence[Label]:
        return self._alone[ids[0]] if len(ids) == 1 else tuple(self._labels[label] for label in ids)

    def _time(self, at: int) -> str:
        """Images of one submission share their time."""
        if not at:
            return ""
        if len(self._times) > MOST_TIMES:
            self._times.clear()
        told = moment(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._times[at] = told
        return told


def _confidences(suggestion: AnySuggestion, labels: Sequence[int]) -> Sequence[float]:
    """How likely each of these labels is, of all that are listed."""
    known = {one.label: one.confidence for one in suggestion.listed}
    return tuple(min(known[label], SUREST) for label in labels)
