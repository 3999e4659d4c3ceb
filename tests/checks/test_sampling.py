"""The sample is a simple random one, however many images the packs have, and few packs are read."""

from collections import Counter
from collections.abc import Generator, Mapping
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from functions.checks.sampling import Part, allot, sample
from functions.checks.store import Place
from functions.labeling.head import PACK_SIZE

Packs = Mapping[int, Mapping[int, Place | None]]

DRAWS = 10_000
FEWER = 3_000
# Of fair draws one in a thousand fails; the seeds are fixed.
SURE = 0.999


def packs_of(*sizes: int, first: int = 0) -> dict[int, dict[int, Place | None]]:
    """Packs with so many labeled images, here and there among their 99."""
    return {
        pack: {slot * 97 % PACK_SIZE: (pack, slot * 97 % PACK_SIZE) for slot in range(size)}
        for pack, size in enumerate(sizes, first)
    }


def counted(packs: Packs) -> Part:
    return Part(list(packs), sum(map(len, packs.values())))


def drawn(
    parts: list[Part], held: Packs, size: int, random: Random, without: frozenset[Place] = frozenset()
) -> tuple[list[Place], list[set[int]]]:
    """The sample, and the packs that were asked for, each time."""
    steps: Generator[set[int], Packs, list[Place]] = sample(parts, size, random, without)
    asked: list[set[int]] = []
    try:
        asked.append(next(steps))
        while True:
            asked.append(steps.send({pack: held[pack] for pack in asked[-1] if pack in held}))
    except StopIteration as ended:
        return ended.value, asked


def places(packs: Packs) -> list[Place]:
    return [place for held in packs.values() for place in held.values() if place]


UNEVEN = [packs_of(99, 1, 40, 0, 7), packs_of(3, 3, first=256), packs_of(60, first=512)]


def test_every_image_is_drawn_as_often_as_every_other_from_packs_of_different_sizes() -> None:
    """Chi-square over 10,000 draws: in a sample without replacement an image's count varies by N/(N-1) less."""
    random, size, held = Random(7), 12, {pack: some for packs in UNEVEN for pack, some in packs.items()}
    parts = [counted(packs) for packs in UNEVEN]
    counts = Counter(place for _ in range(DRAWS) for place in drawn(parts, held, size, random)[0])
    all_places = places(held)
    expected, share = DRAWS * size / len(all_places), size / len(all_places)
    squares = sum((counts[place] - expected) ** 2 for place in all_places) / (expected * (1 - share))
    assert counts.keys() <= set(all_places)
    assert squares * (len(all_places) - 1) / len(all_places) < chi2.ppf(SURE, len(all_places) - 1)


def test_every_pair_is_drawn_as_often_as_every_other() -> None:
    """Nor do images of one pack, or of one part, come together more often than others."""
    random, parts = Random(8), [packs_of(1, 3), packs_of(2, first=256)]
    held = {pack: some for packs in parts for pack, some in packs.items()}
    counts = Counter(frozenset(drawn([counted(packs) for packs in parts], held, 2, random)[0]) for _ in range(FEWER))
    pairs = [frozenset(pair) for pair in combinations(places(held), 2)]
    assert counts.keys() <= set(pairs)
    squares = sum((counts[pair] - FEWER / len(pairs)) ** 2 for pair in pairs) / (FEWER / len(pairs))
    assert squares < chi2.ppf(SURE, len(pairs) - 1)


def test_every_image_comes_first_as_often_as_every_other() -> None:
    """So those that were judged first are a sample, too."""
    random, parts = Random(9), [packs_of(1, 3), packs_of(2, first=256)]
    held = {pack: some for packs in parts for pack, some in packs.items()}
    counts = Counter(drawn([counted(packs) for packs in parts], held, 4, random)[0][0] for _ in range(FEWER))
    squares = sum((counts[place] - FEWER / 6) ** 2 for place in places(held)) / (FEWER / 6)
    assert squares < chi2.ppf(SURE, 5)


def test_images_that_are_counted_and_cannot_be_drawn_change_nothing_for_the_others() -> None:
    """As missing ones are that a labeler's figures count, and those of a sample that others are drawn for."""
    random, packs = Random(10), packs_of(6, 2)
    packs[0] = {slot: None if index < 4 else place for index, (slot, place) in enumerate(packs[0].items())}
    without = frozenset([places(packs)[-1]])
    counts = Counter(drawn([counted(packs)], packs, 1, random, without)[0][0] for _ in range(FEWER))
    left = [place for place in places(packs) if place not in without]
    assert set(counts) == set(left)
    squares = sum((counts[place] - FEWER / 3) ** 2 for place in left) / (FEWER / 3)
    assert squares < chi2.ppf(SURE, 2)


sizes = st.lists(st.integers(0, PACK_SIZE), min_size=1, max_size=6)


@given(sizes=sizes, others=sizes, size=st.integers(1, 400), seed=st.integers(), off=st.integers(-3, 3))
def test_as_many_are_drawn_as_there_are_each_once_though_the_figures_are_a_little_old(
    sizes: list[int], others: list[int], size: int, seed: int, off: int
) -> None:
    """off: how many images more or fewer a part has had when it was counted; a pack may be gone, too."""
    one, other = packs_of(*sizes), packs_of(*others, first=256)
    parts = [counted(one)._replace(images=max(0, sum(sizes) + off)), counted(other)]
    parts[1] = parts[1]._replace(packs=[*parts[1].packs, 999])
    found, asked = drawn(parts, {**one, **other}, size, Random(seed))
    there = min(sum(sizes), parts[0].images) + sum(others)
    assert len(set(found)) == len(found) == min(size, there)
    assert set(found) <= set(places({**one, **other}))
    read = [pack for some in asked for pack in some]
    assert len(set(read)) == len(read)


@given(images=st.lists(st.integers(0, 50), min_size=1, max_size=5), size=st.integers(0, 300), seed=st.integers())
def test_parts_give_no_more_than_they_have(images: list[int], size: int, seed: int) -> None:
    counts = allot(images, size, Random(seed))
    assert sum(counts) == min(size, sum(images))
    assert all(count <= there for count, there in zip(counts, images, strict=True))


@pytest.mark.parametrize(("size", "most"), [(10, 12), (200, 220), (1000, 1060)])
def test_of_a_million_images_few_packs_are_read(size: int, most: int) -> None:
    """10,101 packs in 40 ranges, in which all but one in twenty images are labeled."""
    labeled = {pack: packs_of(94, first=pack)[pack] for pack in range(256)}
    parts = [
        Part(range(first, min(first + 256, 10_101)), 94 * min(256, 10_101 - first)) for first in range(0, 10_101, 256)
    ]
    found, asked = drawn(parts, Alike(labeled), size, Random(11))
    assert len(found) == size
    assert len(set().union(*asked)) <= most
    assert len(asked) <= 12


class Alike(dict[int, Mapping[int, Place | None]]):
    """Ranges of packs that are all like the first one."""

    def __contains__(self, pack: object) -> bool:
        return True

    def __missing__(self, pack: int) -> Mapping[int, Place | None]:
        return {slot: (pack, slot) for slot in self[pack % 256]}
