"""Which labels are learned from where there are more than can be."""

from collections import Counter
from collections.abc import Sequence

import pytest

from functions.assist.sampling import FEWEST_OF_EACH, MOST_LABELS, MOST_WORK, Labeled, most_learned_from, stratified
from functions.projects.model import Project
from functions.tasks.annotation import Annotation

CAT, DOG, OWL = 1, 2, 3


def labeled(pack: int, slot: int, *labels: int) -> Labeled:
    return Labeled(pack, slot, Annotation(labels))


def labels_of(images: Sequence[Labeled]) -> Counter[int]:
    return Counter(label for one in images for label in one.said.labels)


PROJECT = Project.model_construct(task_type="multiClass", id="a" * 12)
# In packs of 90: of ten images nine are cats; an owl is in every thirtieth pack.
MANY = [
    labeled(pack, slot, DOG if slot % 10 == 0 else OWL if (pack % 30, slot) == (7, 1) else CAT)
    for pack in range(300)
    for slot in range(90)
]


def test_few_are_all_learned_from() -> None:
    assert stratified(PROJECT, MANY[:500], 500) == MANY[:500]


def test_of_many_each_label_has_its_share_and_rare_ones_are_all_there() -> None:
    chosen = stratified(PROJECT, MANY, 3_000)
    counts, all_ = labels_of(chosen), labels_of(MANY)
    assert 2_990 < len(chosen) == len(set(chosen)) <= 3_000
    assert all_[OWL] == counts[OWL] == 10 < FEWEST_OF_EACH
    assert 8.5 < counts[CAT] / counts[DOG] < 9.1
    assert [one.pack for one in chosen] == sorted(one.pack for one in chosen)


def test_a_few_more_labels_change_little_of_what_is_learned_from() -> None:
    before, after = (set(stratified(PROJECT, MANY[:size], 3_000)) for size in (20_000, 20_500))
    assert len(before & after) > 0.95 * len(before)


def test_many_different_labels_are_learned_from_fewer_images() -> None:
    assert most_learned_from(2) == most_learned_from(100) == MOST_LABELS
    assert most_learned_from(500) == MOST_WORK // 500 < MOST_LABELS
    every = [labeled(number // 99, number % 99, number % 500 + 1) for number in range(30_000)]
    counts = labels_of(stratified(PROJECT, every, most_learned_from(500)))
    assert set(counts.values()) == {20}


def test_an_image_of_several_labels_goes_by_the_rarest_and_one_of_none_by_that_it_has_none() -> None:
    """Of a hundred images ten have no label, and all others are cats; one of these is a dog, too, and one an owl."""
    also = {1: (DOG,), 2: (OWL,)}
    images = [
        labeled(pack, slot, CAT, *(also.get(slot, ()) if pack % 10 == 0 else ()))
        if slot >= 10 or slot in also
        else labeled(pack, slot)
        for pack in range(300)
        for slot in range(90)
    ]
    chosen = stratified(PROJECT, images, 3_000)
    assert 2_990 < len(chosen) <= 3_000
    counts = labels_of(chosen)
    assert counts[DOG] >= FEWEST_OF_EACH <= counts[OWL]
    nothing = sum(not one.said.labels for one in chosen)
    assert nothing / len(chosen) == pytest.approx(sum(not one.said.labels for one in images) / len(images), rel=0.1)
