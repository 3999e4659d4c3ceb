"""More than memory should hold, sorted."""

import random

import pytest

from functions.refresh.snapshot import Entry, with_changes
from functions.refresh.sorting import Sorter


def entry(name: str, pack: int = 0) -> Entry:
    return Entry(name, f"etag of {name}", pack, 0, False)


@pytest.mark.parametrize("run", [1, 7, 100, 10_000])
def test_what_is_added_in_any_order_comes_sorted(run: int) -> None:
    names = [f"{number:05}-\U0001f600\n\u00e9" for number in range(1000)]
    sorter = Sorter(Entry, run)
    for name in random.Random(run).sample(names, len(names)):
        sorter.add(entry(name))
    assert len(sorter) == 1000
    assert list(sorter) == [entry(name) for name in names]
    assert list(sorter) == [entry(name) for name in names]


@pytest.mark.parametrize("run", [1, 2, 3, 100])
def test_of_several_with_one_name_the_last_is_kept(run: int) -> None:
    sorter = Sorter(Entry, run)
    for number, name in enumerate("bcabcac"):
        sorter.add(entry(name, number))
    assert [(one.name, one.pack) for one in sorter] == [("a", 5), ("b", 3), ("c", 6)]


def test_nothing_is_sorted() -> None:
    assert list(Sorter(Entry)) == []
    assert not Sorter(Entry)


def test_changes_replace_what_is_known_and_add_to_it() -> None:
    known = [entry("a"), entry("c"), entry("d")]
    changes = [entry("b", 1), entry("c", 1), entry("e", 1)]
    found = [(one.name, one.pack) for one in with_changes(known, changes)]
    assert found == [("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1)]
