"""What was loaded is kept where the person wants it, for as long as it is used."""

import os
import threading
import time
from pathlib import Path

import pytest

from image_labeling.loading.cache import INDEX, UNUSED_SECONDS, Shelf, cache_folder


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache", "p1")


def keep(shelf: Shelf, key: str) -> Path:
    whole = shelf.aside(key) / "whole"
    whole.mkdir()
    (whole / INDEX).write_text(key)
    return shelf.keep(key, whole)


def age(path: Path) -> None:
    long_ago = time.time() - UNUSED_SECONDS - 1
    os.utime(path, (long_ago, long_ago))


def test_what_is_kept_is_found_and_what_it_was_made_from_is_gone(shelf: Shelf) -> None:
    assert shelf.find("a") is None
    folder = keep(shelf, "a")
    assert shelf.find("a") == folder
    assert [path.name for path in folder.parent.iterdir()] == ["a"]
    assert folder.parent.stat().st_mode & 0o077 == 0


def test_what_has_no_index_is_not_found_and_makes_way(shelf: Shelf) -> None:
    folder = keep(shelf, "a")
    (folder / INDEX).rename(folder / "other")
    assert shelf.find("a") is None
    assert shelf.find(keep(shelf, "a").name)


def test_what_nobody_has_loaded_for_long_is_dropped(shelf: Shelf) -> None:
    old, used = keep(shelf, "old"), keep(shelf, "used")
    cut_off = shelf.aside("cut off")
    for path in (old / INDEX, used / INDEX, cut_off):
        age(path)
    shelf.find("used")
    new = keep(shelf, "new")
    assert [path.exists() for path in (old, used, cut_off, new)] == [False, True, False, True]


def test_one_at_a_time_works_on_it(shelf: Shelf) -> None:
    has_it = threading.Event()

    def take() -> None:
        with shelf.locked():
            has_it.set()

    other = threading.Thread(target=take)
    with shelf.locked():
        other.start()
        assert not has_it.wait(0.2)
    other.join()
    assert has_it.is_set()


def test_the_cache_is_where_the_person_wants_it(tmp_path: Path) -> None:
    environment = {"LABELING_CACHE": "/c", "XDG_CACHE_HOME": "/x"}
    assert cache_folder(tmp_path, environment) == tmp_path
    assert cache_folder(None, environment) == Path("/c")
    assert cache_folder(None, {"XDG_CACHE_HOME": "/x"}) == Path("/x/image-labeling")
    assert cache_folder(None, {}) == Path.home() / ".cache" / "image-labeling"
