"""A simple random sample of images that lie in packs of different sizes, without reading all packs.

Known are the numbers of images in some parts, each of many packs, but not how many each pack has. So first it is drawn
how many images each part gives: that many of all images' numbers, mixed, lie in it. Then, within a part, places are
drawn, a pack and a slot of it, in an order in which every order is as likely: the first ones that hold an image are a
simple random sample of the part's images, since no image's place comes earlier more often than another's. Only packs of
which places are drawn are read: one an image where packs are full, more where few of their images are wanted.

Pure: the random source is passed in, and packs are asked for by `yield`.
"""

from bisect import bisect_right
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from random import Random
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from functions.checks.store import Place
from functions.labeling.head import PACK_SIZE

T = TypeVar("T")

# What packs hold: by slot the images that the part's number counts, None for those that cannot be drawn all the same.
Held = Mapping[int, Mapping[int, T | None]]


class Part(NamedTuple):
    """Packs that have so many images together, some of which perhaps cannot be drawn."""

    packs: Sequence[int]
    images: int


def sample(
    parts: Sequence[Part],
    size: int,
    random: Random,
    without: Collection[Place] = (),
    known: Held[T] = MappingProxyType({}),
) -> Generator[set[int], Held[T], list[T]]:
    """Draws so many images, or all if there are fewer, in random order. It asks for packs that are not known, and is to
    be sent what they hold; packs that are gone hold nothing. without: places that are not drawn.
    """
    rests: list[_Rest[T]] = [_Rest(part, random, without) for part in parts]
    held = dict(known)
    found: list[T] = []
    while (lacking := size - len(found)) > 0 and any(rest.images for rest in rests):
        wanted = allot([rest.images for rest in rests], lacking, random)
        while unread := {pack for rest, count in zip(rests, wanted, strict=True) for pack in rest.unread(count, held)}:
            sent = yield unread
            held.update({pack: sent.get(pack, {}) for pack in unread})
        for rest, count in zip(rests, wanted, strict=True):
            found += rest.take(count, held)
    random.shuffle(found)
    return found


def allot(images: Sequence[int], size: int, random: Random) -> list[int]:
    """How many of so many images, or of all if there are fewer, lie in each part, of which that are the numbers of
    images: as if each image had been drawn by itself (a multivariate hypergeometric distribution).
    """
    ends = list(accumulate(images))
    counts = [0] * len(images)
    for number in random.sample(range(ends[-1]), min(size, ends[-1])):
        counts[bisect_right(ends, number)] += 1
    return counts


class _Rest(Generic[T]):
    """What is left of a part: `images` that have not been drawn, and the places in an order of their own."""

    def __init__(self, part: Part, random: Random, without: Collection[Place]) -> None:
        self.images = part.images
        self._packs = part.packs
        self._without = without
        self._order = _shuffled(len(part.packs) * PACK_SIZE, random)
        self._left = len(part.packs) * PACK_SIZE
        # Places that come next: they were looked up ahead.
        self._next: list[Place] = []

    def unread(self, count: int, held: Held[T]) -> set[int]:
        """Packs that must be read before so many images can be taken; none if they can, or nothing is left."""
        while True:
            missing = {pack for pack, _ in self._next if pack not in held}
            there = sum(slot in held[pack] for pack, slot in self._next if pack in held)
            if missing or there >= count or not self._left:
                return missing
            self._look_ahead(count - there)

    def _look_ahead(self, count: int) -> None:
        """As many places as hold so many images on average."""
        average = count * (self._left + len(self._next)) / max(self.images, 1)
        ahead = min(max(round(average), 1), self._left)
        places = islice(self._order, ahead)
        self._next += [(self._packs[place // PACK_SIZE], place % PACK_SIZE) for place in places]
        self._left -= ahead

    def take(self, count: int, held: Held[T]) -> Iterator[T]:
        """The next images, so many of them, without those that cannot be drawn."""
        taken = 0
        for position, (pack, slot) in enumerate(self._next):
            if taken == count:
                del self._next[:position]
                return
            if slot in held[pack]:
                taken += 1
                self.images -= 1
                image = held[pack][slot]
                if image is not None and (pack, slot) not in self._without:
                    yield image
        self._next.clear()
        if taken < count:
            # Some have gone since they were counted.
            self.images = 0


def _shuffled(count: int, random: Random) -> Iterator[int]:
    """The numbers below this in random order (R. A. Fisher, F. Yates); only those that have moved are kept."""
    moved: dict[int, int] = {}
    for last in range(count - 1, -1, -1):
        place = random.randrange(last + 1)
        number = moved.get(place, place)
        moved[place] = moved.pop(last, last)
        yield number
