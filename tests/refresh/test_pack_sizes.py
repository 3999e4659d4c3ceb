"""Into which packs new images are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.labeling.head import PACK_SIZE
from functions.refresh.packing import SMALLEST_PACK, WANTED_PACKS, pack_sizes


@given(st.integers(0, 30_000))
def test_all_images_are_in_packs_none_of_them_small_where_there_are_enough(count: int) -> None:
    sizes = pack_sizes(count)
    assert sum(sizes) == count
    assert all(min(count, SMALLEST_PACK) <= size <= PACK_SIZE for size in sizes)
    assert len(sizes) <= max(WANTED_PACKS, count // PACK_SIZE) + 1


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (20, [20]),
        (162, [36, 36, 36, 54]),
        (576, [36] * 16),
        (700, [72] * 8 + [62, 62]),
        (1_152, [72] * 16),
        (1_000_000, [99] * 10_100 + [50, 50]),
    ],
)
def test_packs_fit_pages_of_9_18_and_36(count: int, sizes: list[int]) -> None:
    assert pack_sizes(count) == sizes
