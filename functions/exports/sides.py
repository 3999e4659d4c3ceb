"""The sides of a split: each label's images in the order of their hashes, cut where the fractions have it.

A hash as a number between 0 and 1 would put an image on a side by itself, but of n images of a label a side would get
its share give or take the root of n. So the images of a label are counted first, and its borders are moved past the
images nearest to them until no side is more than one image off its share, and none is empty that could have one. Where
borders need not move they stay, and where they must they move as little as possible: so images keep their sides while
a project grows.

An image with several labels counts as one of its rarest label, which has the fewest images to come out right with.
Images that have none, by what people said, are cut apart from those of which nobody said anything.
"""

from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, product
from math import ceil, floor

from functions.exports.options import Side, Split

END = 2**64
# What counts as the label of images without one; label ids count from 1.
UNLABELED, NO_LABEL = (0,), (-1,)
# In what is saved of a survey, the images that have several.
SEVERAL = -2

# The places before which images are on the side train, and then validation.
Borders = tuple[int, int]


def place_of(seed: int, name: str) -> int:
    """Where an image stands among all that there could be, from 0 to END."""
    return int.from_bytes(blake2b(f"{seed}\0{name}".encode("utf-8", "surrogatepass"), digest_size=8).digest())


def counting_as(labels: Sequence[int], is_labeled: bool) -> Sequence[int]:
    """The labels of an image, or what counts as one."""
    return labels or (NO_LABEL if is_labeled else UNLABELED)


class Sides:
    """Which side an image is on. borders: by label id, the rarest label first; a label without stands where the
    fractions alone have it.
    """

    def __init__(self, split: Split, borders: Mapping[int, Borders]) -> None:
        self._seed = split.seed
        self._borders = borders
        self._rarity = {label: place for place, label in enumerate(borders)}
        self._unmoved = _unmoved(split)

    def of(self, name: str, labels: Sequence[int]) -> Side:
        """labels: one at least."""
        place = place_of(self._seed, name)
        label = labels[0] if len(labels) == 1 else min(labels, key=lambda one: self._rarity.get(one, END))
        first, second = self._borders.get(label, self._unmoved)
        if place < first:
            return "train"
        return "validation" if place < second else "test"


class Survey:
    """The places of a project's images, by label: eight bytes each. Those of images with several labels wait for all to
    be counted, with how many labels each has, and these.

    saved: what `state` gave to a build that was cut off.
    """

    def __init__(self, split: Split, saved: Mapping[int, str]) -> None:
        self._split = split
        kept = {label: array("Q", b64decode(places)) for label, places in saved.items()}
        self._several = kept.pop(SEVERAL, array("Q"))
        self._places = kept

    def add(self, name: str, labels: Sequence[int]) -> None:
        """labels: one at least."""
        place = place_of(self._split.seed, name)
        if len(labels) > 1:
            self._several.extend((place, len(labels), *labels))
        else:
            self._put(self._places, labels[0], place)

    def state(self) -> dict[int, str]:
        places = {**self._places, **({SEVERAL: self._several} if self._several else {})}
        return {label: b64encode(some).decode() for label, some in places.items()}

    def borders(self) -> dict[int, Borders]:
        """The rarest label first."""
        counts = Counter({label: len(some) for label, some in self._places.items()})
        for _, labels in self._with_several():
            counts.update(labels)
        places = {label: some[:] for label, some in self._places.items()}
        for place, labels in self._with_several():
            self._put(places, min(labels, key=lambda one: (counts[one], one)), place)
        rarest_first = sorted(places, key=lambda one: (counts[one], one))
        return {label: borders_of(self._split, sorted(places[label])) for label in rarest_first}

    @staticmethod
    def _put(places: dict[int, "array[int]"], label: int, place: int) -> None:
        if label not in places:
            places[label] = array("Q")
        places[label].append(place)

    def _with_several(self) -> Iterator[tuple[int, Sequence[int]]]:
        at, told = 0, self._several
        while at < len(told):
            end = at + 2 + told[at + 1]
            yield told[at], told[at + 2 : end]
            at = end


def borders_of(split: Split, places: Sequence[int]) -> Borders:
    """The borders for the images of one label, whose places are in order."""
    unmoved = _unmoved(split)
    before = bisect_left(places, unmoved[0]), bisect_left(places, unmoved[1])
    counts = _nearest(split, len(places), before)
    first, second = (_border(places, *one) for one in zip(unmoved, before, counts, strict=True))
    return first, second


def _unmoved(split: Split) -> Borders:
    """With the last side that can have images everything ends."""
    first = END if split.sides == ("train",) else int(split.train * END)
    return first, int((split.train + split.validation) * END) if split.test > 0 else END


def _nearest(split: Split, total: int, before: tuple[int, int]) -> tuple[int, int]:
    """How many images shall stand before each border: as near as can be to how many stand before the unmoved one."""
    fractions = (split.train, split.validation, split.test)
    least = 1 if total >= len(split.sides) else 0

    def fault(counts: tuple[int, int]) -> tuple[int, float, int, tuple[int, int]]:
        first, second = counts
        held = (first, second - first, total - second)
        pairs = list(zip(held, fractions, strict=True))
        wrong = sum(count < least if fraction > 0 else count != 0 for count, fraction in pairs)
        off = max(abs(count - fraction * total) for count, fraction in pairs)
        moved = abs(first - before[0]) + abs(second - before[1])
        # A sum of fractions may be off by less than an image can be.
        return wrong + (second < first), max(round(off - 1, 6), 0), moved, counts

    shares = [share * total for share in accumulate(fractions[:2])]
    firsts, seconds = (range(max(floor(share) - 1, 0), min(ceil(share) + 1, total) + 1) for share in shares)
    return min(product(firsts, seconds), key=fault)


def _border(places: Sequence[int], unmoved: int, before: int, wanted: int) -> int:
    """The border nearest to the unmoved one that has so many images before it."""
    if wanted < before:
        return places[wanted]
    return places[wanted - 1] + 1 if wanted > before else unmoved
