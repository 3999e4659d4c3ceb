"""How far people agree on the images that several of them looked at, as sums: what Krippendorff's alpha, its interval
and what is taken for what follow from (functions/agreement/), without a look at the images.

All of that follows from how many images have which opinions, whoever gave which: the patterns. As a row of the
directory holds only so much, a pack keeps so many of them and counts the rest coarsely. What is kept is settled within
the pack, by the order of its images; so adding and taking away undo each other exactly, whatever else a sum holds.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from functions.tasks.annotation import Annotation

K = TypeVar("K")

# Of the JSON of a pack's patterns, without those of one label on which all agree: of these a project has few.
MOST_CHARACTERS = 1100
# Around a pattern in JSON: quotes, a colon, the number of the pack's images that have it, a comma.
_AROUND = 6
# A property of a row holds 32 K characters.
PIECE = 32_000
PROPERTY = "agreement"

Pattern = Mapping[Annotation, int]


@dataclass
class Agreement:
    """Of images with two or more opinions, skips left out; all ids of labels as they are stored.

    patterns: images by what is said of them, as `_key` writes it. The other two are of the images whose pattern did
    not fit. alike: by their number of opinions and how many pairs of these differ. votes: by their number of opinions,
    a label, and how many of them give it, if any does.

    spent: characters of the patterns that one pack has noted; of no meaning in a sum.
    """

    patterns: Counter[str] = field(default_factory=Counter)
    alike: Counter[tuple[int, int]] = field(default_factory=Counter)
    votes: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    spent: int = field(default=0, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.patterns or self.alike)

    def note(self, opinions: Sequence[Annotation]) -> None:
        """Counts one image of a pack with all its opinions, skips left out; fewer than two say nothing."""
        if len(opinions) < 2:
            return
        pattern = Counter(opinions)
        key = _key(pattern)
        size = 0 if is_always_kept(pattern) else len(key) + _AROUND
        if key in self.patterns or not size or self.spent + size <= MOST_CHARACTERS:
            self.spent += size if key not in self.patterns else 0
            self.patterns[key] += 1
            return
        count = len(opinions)
        self.alike[count, differing(pattern)] += 1
        for label, times in Counter(label for said in opinions for label in said.labels).items():
            self.votes[count, label, times] += 1

    def add(self, other: "Agreement", sign: int) -> None:
        """Adds the other's images (sign 1) or takes them away again (sign -1)."""
        _add(self.patterns, other.patterns, sign)
        _add(self.alike, other.alike, sign)
        _add(self.votes, other.votes, sign)

    def images(self, aliases: Mapping[int, int]) -> Iterator[tuple[Pattern, int]]:
        """What is said of images whose pattern is kept, and of how many. Merged labels are those as which they count;
        one pattern may come twice, then.
        """
        for key, count in self.patterns.items():
            yield _pattern(key, aliases), count

    def to_json(self) -> dict[str, Any]:
        """Short: see `_run` for the votes."""
        return {
            "patterns": self.patterns,
            "alike": [[*key, count] for key, count in self.alike.items()],
            "votes": {label: _run(votes) for label, votes in _by_label(self.votes).items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Agreement":
        """As `to_json` gives it, or nothing, as sums have it that were written before there were opinions."""
        return cls(
            Counter(data.get("patterns", {})),
            Counter({(opinions, pairs): count for opinions, pairs, count in data.get("alike", [])}),
            Counter(
                {
                    (opinions, int(label), times): count
                    for label, run in data.get("votes", {}).items()
                    for (opinions, times), count in zip(_places(), run, strict=False)
                    if count
                }
            ),
        )

    def to_properties(self) -> dict[str, str]:
        """As properties of a row: none where nothing is counted, one or two as a rule, 12 at the worst."""
        if not self:
            return {}
        text = json.dumps(self.to_json(), separators=(",", ":"))
        return {_name(start // PIECE): text[start : start + PIECE] for start in range(0, len(text), PIECE)}

    @classmethod
    def from_properties(cls, row: Mapping[str, Any]) -> "Agreement":
        return cls.from_json(json.loads("".join(_pieces(row)) or "{}"))


def is_always_kept(pattern: Pattern) -> bool:
    """All give the same one label, or none: there are few such patterns."""
    return len(pattern) == 1 and all(len(said.labels) <= 1 for said in pattern)


def differing(pattern: Pattern) -> int:
    """How many pairs of an image's opinions say different things."""
    return (sum(pattern.values()) ** 2 - sum(times * times for times in pattern.values())) // 2


def _key(pattern: Pattern) -> str:
    """What is said, by its labels and how often, in one order: "3,7*2|5" for twice 3 and 7, and once 5; "*2" for twice
    none of the labels.
    """
    said = sorted((one.labels, times) for one, times in pattern.items())
    return "|".join(",".join(map(str, labels)) + (f"*{times}" if times > 1 else "") for labels, times in said)


def _pattern(key: str, aliases: Mapping[int, int]) -> Pattern:
    pattern: Counter[Annotation] = Counter()
    for part in key.split("|"):
        labels, _, times = part.partition("*")
        said = Annotation(tuple(int(label) for label in labels.split(",") if label))
        pattern[said.counted(aliases)] += int(times or 1)
    return pattern


def _by_label(votes: Mapping[tuple[int, int, int], int]) -> dict[int, dict[tuple[int, int], int]]:
    found: dict[int, dict[tuple[int, int], int]] = {}
    for (opinions, label, times), count in votes.items():
        found.setdefault(label, {})[opinions, times] = count
    return found


def _run(votes: Mapping[tuple[int, int], int]) -> list[int]:
    """One number of images for each of `_places`, up to the last that has any."""
    run, left = [], len(votes)
    for place in _places():
        if not left:
            break
        run.append(votes.get(place, 0))
        left -= place in votes
    return run


def _places() -> Iterator[tuple[int, int]]:
    """(2, 1), (2, 2), (3, 1), (3, 2), (3, 3), ...: numbers of opinions, and of those that give a label."""
    opinions = 2
    while True:
        yield from ((opinions, times) for times in range(1, opinions + 1))
        opinions += 1


def _pieces(row: Mapping[str, Any]) -> Iterable[str]:
    number = 0
    while (piece := row.get(_name(number))) is not None:
        yield piece
        number += 1


def _name(number: int) -> str:
    return f"{PROPERTY}{number or ''}"


def _add(mine: Counter[K], theirs: Mapping[K, int], sign: int) -> None:
    for key, count in theirs.items():
        mine[key] += sign * count
        if not mine[key]:
            del mine[key]
