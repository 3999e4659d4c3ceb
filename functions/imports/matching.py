"""Which image of a project a line of an import is about, and which label it gives it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from functions.imports.claims import Claim, Claims, Rule
from functions.imports.ends import SEVERAL
from functions.imports.lines import SENSELESS, Grouped, InFile, Line, Loose, Region, Said, Unreadable
from functions.imports.saying import Meant
from functions.imports.spelling import BLANKS, composed, names_in, told
from functions.imports.store import MOST_UNMATCHED, Duplicates, Named
from functions.imports.wholes import Wholes
from functions.labeling.suggestions import Suggestion

# What an import can be about without filling the memory of the process.
MOST_IMAGES = 1_000_000
MOST_LABELS = 10_000
MOST_KEPT = 20_000
NOT_THERE = "The project has no such image."
SEVERAL_IMAGES = "Several images of the project end like this."
SEVERAL_NAMES = "Other rows name the same image in another way."
UNKNOWN_LABEL = "The project has no such label."
DISAGREE = "Other rows give this image another label."
NO_CONFIDENCE = "The confidence is no number from 0 to 1."

Places = tuple[str, ...]
Look = Callable[[str], None]
K = TypeVar("K")


class Unused(NamedTuple):
    """A row that could not be used."""

    row: int
    image: str
    label: str
    reason: str


class Matching:
    """The labels that an import gives to images, found by the images' names.

    A line means the image that its path or address names: as it stands, as a whole path in the container or as one in
    the project's folder; then in its plain spelling; then by the end of the path, or its name alone, where exactly one
    image ends like it and no other line is closer to that image; then the same without the file's ending. All lines of
    an image together say what labels it has. If they give it several where an image has one, it gets none, unless
    `duplicates` says which.

    The lines are kept, the images' names go by: `take_in` the lines, show all names to each of `looks`, then ask for
    `meant`.

    container_url: the container's address. prefix: of the project's folder. labels: ids by name. left_out: labels
    that are passed over. one_label: an image has one label. takes_suggested: labels are wanted that were only
    suggested, too. duplicates: which label an image gets if lines give it different ones.

    lines: how many there were; suggested: how many of them are passed over as only suggested; loose: what could not be
    used, in words; regions: how many boxes and polygons are passed over; labels: how many lines have each label, as it
    stands there, and groups: in which group it is there; left_out: how many lines are passed over for their labels;
    unknown: how many for labels that the project has not, by label.

    meant: by the images' names the labels that the lines give, and how sure they are; None where they do not agree.
    matched: images by the rule that found them. unmatched, unclear: what the lines call images that the project has
    not, and those of which it cannot be told which one it is.
    """

    def __init__(
        self,
        container_url: str,
        prefix: str,
        labels: Mapping[str, int],
        *,
        one_label: bool,
        takes_suggested: bool,
        left_out: Collection[str] = (),
        duplicates: Duplicates = "leave",
    ) -> None:
        self._container_path = f"{urlsplit(container_url).path.lstrip('/')}/"
        self._prefix = prefix
        self._composed_prefix = composed(prefix)
        self._labels = labels
        self._one_label = one_label
        self._takes_suggested = takes_suggested
        self._left_out = left_out
        self._duplicates = duplicates
        self._given: dict[Places, Meant | None] = {}
        self._meant_by: dict[tuple[str | None, float], Meant | None] = {}
        self.meant: dict[str, Meant | None] = {}
        self.lines = self.suggested = self.regions = self.left_out = 0
        self.loose = Named()
        # Of several files the one that is read, before what is said of its rows.
        self._file = ""
        self.labels: Counter[str] = Counter()
        self.groups: dict[str, str] = {}
        self.unknown: Counter[str] = Counter()
        self.matched: Counter[str] = Counter()
        self.unmatched = Named()
        self.unclear = Named()
        self._unfound: dict[Places, str] = {}
        # What names an image to which others give another label.
        self._apart: set[Places] = set()

    def take_in(self, said: Iterable[Said]) -> None:
        """Raises Unreadable."""
        given, labels, meant_by = self._given, self.labels, self._meant_by
        for one in said:
            if not isinstance(one, Line):
                self._note(one)
                continue
            self.lines += 1
            if one.suggested and not self._takes_suggested:
                self.suggested += 1
                continue
            places, label, confidence = one[:3]
            if label is not None:
                labels[label] += 1
            key = (label, confidence)
            meant = meant_by[key] if key in meant_by else self._meant(label, confidence)
            if meant is None:
                if self._makes_no_sense(one):
                    self.loose.add(f"{self._file}Row {one.row:,} has a confidence that is no number from 0 to 1.")
                continue
            if places in given:
                self._give(given, places, meant)
            else:
                given[places] = meant
            if len(given) > MOST_IMAGES:
                raise Unreadable(f"This has more than {MOST_IMAGES:,} images. Import it in parts.")
        self._sort_labels()

    def _sort_labels(self) -> None:
        for name, count in self.labels.items():
            if name in self._left_out:
                self.left_out += count
            elif self._label(name) is None:
                self.unknown[told(name)] += count

    def _note(self, one: Loose | Region | Grouped | InFile) -> None:
        match one:
            case Region():
                self.regions += 1
            case Grouped():
                self.groups[one.label] = one.group
            case Loose():
                self.loose.add(one.reason)
            case InFile():
                self._file = f"{one.name}: "

    def _meant(self, label: str | None, confidence: float) -> Meant | None:
        """What a line with a label means, kept for the next ones; None where the project has no such label."""
        if len(self.labels) > MOST_LABELS:
            raise Unreadable(f"This has more than {MOST_LABELS:,} labels. Is it the right column?")
        found = None if label is None or label in self._left_out or self._is_odd(confidence) else self._label(label)
        meant = () if label is None else None if found is None else (Suggestion(found, max(confidence, 0.0)),)
        if len(self._meant_by) < MOST_KEPT:
            self._meant_by[label, confidence] = meant
        return meant

    def _is_odd(self, confidence: float) -> bool:
        """Labels that people set need none."""
        return confidence == SENSELESS and self._takes_suggested

    def _makes_no_sense(self, line: Line) -> bool:
        """Whether its confidence alone is why it means nothing."""
        label = line.label
        return (
            self._is_odd(line.confidence)
            and label is not None
            and label not in self._left_out
            and self._label(label) is not None
        )

    def _label(self, name: str) -> int | None:
        """As it stands, or as projects keep names."""
        found = self._labels.get(name)
        return found if found is not None else self._labels.get(composed(name.strip(BLANKS)))

    @property
    def is_empty(self) -> bool:
        """Nothing was said."""
        return not (self.lines or self.regions or self.loose.count)

    @property
    def one_each(self) -> bool:
        """Each image has one label, no more and no less."""
        return all(some is not None and len(some) == 1 for some in self._given.values())

    @property
    def images(self) -> int:
        """How many images the lines are about, by the names they give."""
        return len(self._given)

    def looks(self) -> Iterator[Look]:
        """One, or two if not all is found by whole names. Each is to be shown the names of all images, before the next
        is asked for.
        """
        there = Wholes(name for places in self._given for _, name in self._whole_names(places))
        yield there.show
        left = [places for places in self._given if not self._is_settled(places, there)]
        apart = {image for image, some in self.meant.items() if some is None}
        if apart:
            self._apart.update(places for places in self._given if self._found(places, there)[0] in apart)
        del there
        if left:
            ends = Claims(path for places in left for path in self._paths(places))
            yield ends.show
            self._settle(left, ends)

    def _whole_names(self, places: Places) -> list[tuple[Rule, str]]:
        """What the places may be called in the container; the literal names before those in another spelling."""
        found: list[tuple[Rule, str]] = []
        for place in places:
            for reading, name in names_in(place, self._container_path):
                if composed(name).startswith(self._composed_prefix):
                    found.append((reading, name))
                if name and self._prefix:
                    found.append(("folder" if reading == "path" else reading, self._prefix + name))
        return found if len(found) == 1 else sorted(found, key=lambda one: one[0] == "spelling")

    def _is_settled(self, places: Places, there: Wholes) -> bool:
        image, rule = self._found(places, there)
        if image is not None:
            self._mean(image, places, rule)
        return image is not None

    def _found(self, places: Places, there: Wholes) -> tuple[str | None, Rule]:
        """The image that has one of their whole names, and by which rule."""
        for reading, name in self._whole_names(places):
            image = there.find(name)
            if image is not None:
                return image, reading
        return None, "path"

    def _mean(self, image: str, places: Places, rule: Rule) -> None:
        if image not in self.meant:
            self.matched[rule] += 1
        self._give(self.meant, image, self._given[places])

    def _paths(self, places: Places) -> list[str]:
        """Of which the ends are looked for: the freest reading of each place."""
        readings = ([name for _, name in names_in(place, self._container_path)] for place in places)
        return [names[-1] for names in readings if names[-1]]

    def _settle(self, left: Iterable[Places], ends: Claims) -> None:
        """An image is meant by the path that is closest to it."""
        claims: dict[str, list[tuple[Places, Claim]]] = {}
        for places in left:
            claim = max(map(ends.claim, self._paths(places)), key=lambda one: one.parts, default=Claim())
            if not claim.parts or claim.name in self.meant:
                self._name(self.unmatched, places, NOT_THERE)
            elif claim.name == SEVERAL:
                self._name(self.unclear, places, SEVERAL_IMAGES)
            else:
                claims.setdefault(claim.name, []).append((places, claim))
        for image, some in claims.items():
            most = max(claim.parts for _, claim in some)
            is_clear = len({claim.path for _, claim in some if claim.parts == most}) == 1
            for places, claim in some:
                if claim.parts < most:
                    self._name(self.unmatched, places, NOT_THERE)
                elif is_clear:
                    self._mean(image, places, claim.rule)
                else:
                    self._name(self.unclear, places, SEVERAL_NAMES)
            if image in self.meant and self.meant[image] is None:
                self._apart.update(places for places, _ in some)

    def _give(self, given: dict[K, Meant | None], key: K, some: Meant | None) -> None:
        """None is for several labels where there can be one."""
        known = given.get(key, ())
        if known is None or some is None:
            given[key] = None
            return
        new = {one.label for one in some}
        together = (*(one for one in known if one.label not in new), *some)
        if not self._one_label or len(together) <= 1:
            given[key] = together
        elif self._duplicates == "leave":
            given[key] = None
        elif self._duplicates == "last":
            # What is last in the file is last here, too, whatever else names the same image.
            del given[key]
            given[key] = some

    def _name(self, named: Named, places: Places, reason: str) -> None:
        named.add(told(places[0]), MOST_UNMATCHED)
        self._unfound[places] = reason

    @property
    def has_unused(self) -> bool:
        """Whether there is any such row; to be asked when all is settled."""
        is_apart = bool(self._apart) or any(some is None for some in self._given.values())
        return bool(self.loose.count or self.unknown or self._unfound) or is_apart

    def unused(self, said: Iterable[Said]) -> Iterator[Unused]:
        """The rows of the file, or of several by their names, that could not be used, when all is settled."""
        file = ""
        for one in said:
            if isinstance(one, InFile):
                file = f"{one.name}: "
            elif isinstance(one, Loose):
                yield Unused(one.row, "", "", one.reason)
            elif isinstance(one, Line) and not (one.suggested and not self._takes_suggested):
                reason = self._unfound.get(one.places) or self._why_unused(one)
                if reason:
                    yield Unused(one.row, told(one.places[0]), told(one.label or ""), f"{file}{reason}")

    def _why_unused(self, line: Line) -> str | None:
        if line.label is not None and line.label not in self._left_out and self._label(line.label) is None:
            return UNKNOWN_LABEL
        if self._makes_no_sense(line):
            return NO_CONFIDENCE
        is_apart = line.places in self._apart or (line.places in self._given and self._given[line.places] is None)
        return DISAGREE if is_apart else None
