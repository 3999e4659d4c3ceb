"""From a pack as it is stored to the images that an export holds."""

from collections.abc import Mapping, Sequence

from functions.exports.formats.base import ExportedImage
from functions.exports.options import ExportOptions
from functions.labeling.columns import Columns
from functions.labeling.head import moment
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Label

MOST_TIMES = 10_000
# A suggestion may have been imported as if it were certain; only labels that people set are told as that.
SUREST = 0.9999


class Selection:
    """Picks the images that the options ask for.

    labels: all that images may have, removed ones too. names: sign-in names by user id.
    """

    def __init__(self, options: ExportOptions, labels: Sequence[Label], names: Mapping[str, str]) -> None:
        self._states = frozenset(options.states)
        self._wanted = None if options.labels is None else frozenset(options.labels)
        self._since = int(options.since.timestamp() * 1000) if options.since else 0
        self._split = options.split
        self._labels = {label.id: label for label in labels}
        self._alone = {label.id: (label,) for label in labels}
        self._names = names
        self._times: dict[int, str] = {0: ""}

    def images(self, pack: Columns, suggested: Mapping[int, Suggestion]) -> list[ExportedImage]:
        """The wanted images of a pack, in the order of their slots. suggested: what is suggested for those that wait;
        they are wanted whatever their state and time.
        """
        number = pack.pack
        who = [self._names.get(user, user) for user in pack.labelers] + [""]
        found = []
        rows = zip(pack.states, pack.labels, pack.by, pack.at, pack.images, strict=True)
        for slot, (state, labels, by, at, image) in enumerate(rows):
            suggestion = suggested.get(slot)
            if suggestion:
                labels = [suggestion.label]
            elif state not in self._states or at < self._since:
                continue
            if labels and self._wanted is not None and self._wanted.isdisjoint(labels):
                continue
            name = image[0]
            found.append(
                ExportedImage(
                    number,
                    slot,
                    name,
                    image[3],
                    image[4],
                    self._of(labels),
                    who[by],
                    self._times.get(at) or self._time(at),
                    state,
                    self._split.side_of(name) if self._split else "",
                    suggested=min(suggestion.confidence, SUREST) if suggestion else None,
                )
            )
        return found

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
