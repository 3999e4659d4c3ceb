"""Which image a path or an address from elsewhere means."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.imports import matching as matching_module
from functions.imports.ends import SEVERAL, Alike, Ends
from functions.imports.lines import Line, Unreadable
from functions.imports.matching import Matching
from functions.imports.spelling import told
from functions.labeling.suggestions import Suggestion

LABELS = {"Cat": 1, "Dog": 2, "Säule": 3}
CONTAINER = "https://account.blob.core.windows.net/images"


def matched(names: Sequence[str], *lines: Line, prefix: str = "", container: str = CONTAINER) -> Matching:
    matching = Matching(container, prefix, LABELS, one_label=True, takes_suggested=False)
    matching.take_in(lines)
    for look in matching.looks():
        for name in names:
            look(name)
    return matching


def found(names: Sequence[str], *places: str, prefix: str = "") -> list[str]:
    """The images that one line's places mean."""
    return list(matched(names, Line(places, "Cat"), prefix=prefix).meant)


NAMES = ("p/train/a.jpg", "p/train/b c.jpg", "p/test/a.jpg", "p/é.png", "p/50%.png")


@pytest.mark.parametrize(
    ("place", "name", "rule"),
    [
        ("p/train/a.jpg", "p/train/a.jpg", "path"),
        ("train/a.jpg", "p/train/a.jpg", "folder"),
        ("/train/a.jpg", "p/train/a.jpg", "folder"),
        ("50%.png", "p/50%.png", "folder"),
        ("e\u0301.png", "p/é.png", "folder"),
        ("train\\a.jpg", "p/train/a.jpg", "spelling"),
        ("./train//a.jpg", "p/train/a.jpg", "spelling"),
        ("x/../train/a.jpg", "p/train/a.jpg", "spelling"),
        (" train/a.jpg\n", "p/train/a.jpg", "spelling"),
        ("\ufefftrain/a.jpg", "p/train/a.jpg", "spelling"),
        ("train/b%20c.jpg", "p/train/b c.jpg", "spelling"),
        ("train%5Cb%20c.jpg", "p/train/b c.jpg", "spelling"),
        ("C:\\train\\a.jpg", "p/train/a.jpg", "spelling"),
        ("train/a.jpg?sv=1&sig=x", "p/train/a.jpg", "spelling"),
        ("https://account.blob.core.windows.net/images/p/train/b%20c.jpg", "p/train/b c.jpg", "address"),
        ("https://account.blob.core.windows.net/images/p/train/a.jpg?sv=1&sig=x", "p/train/a.jpg", "address"),
        ("https://other.dfs.core.windows.net/copy/p/train/a.jpg", "p/train/a.jpg", "address"),
        ("https://example.org/train/b c.jpg", "p/train/b c.jpg", "address"),
        ("AmlDatastore://images/p/train/a.jpg", "p/train/a.jpg", "address"),
        ("azureml://datastores/images/paths/p/train/b%20c.jpg", "p/train/b c.jpg", "address"),
        (
            "azureml://subscriptions/0/resourcegroups/g/workspaces/w/datastores/images/paths/p/train/a.jpg",
            "p/train/a.jpg",
            "address",
        ),
        ("wasbs://images@account.blob.core.windows.net/p/train/b c.jpg", "p/train/b c.jpg", "address"),
        ("wasbs://images@account.blob.core.windows.net/p/train/b%20c.jpg", "p/train/b c.jpg", "address"),
        ("abfss://images@account.dfs.core.windows.net/p/50%.png", "p/50%.png", "address"),
        ("s3://bucket/train/a.jpg", "p/train/a.jpg", "address"),
        ("gs://bucket/train/a.jpg", "p/train/a.jpg", "address"),
        ("file:///train/a.jpg", "p/train/a.jpg", "spelling"),
        ("file:///D:/train/b%20c.jpg", "p/train/b c.jpg", "spelling"),
        ("file:train/a.jpg", "p/train/a.jpg", "address"),
        ("https://example.org/x//train/./a.jpg", "p/train/a.jpg", "end"),
        ("s3://bucket/data/train/a.jpg", "p/train/a.jpg", "end"),
        ("/home/me/data/train/a.jpg", "p/train/a.jpg", "end"),
        ("C:\\Users\\me\\TRAIN\\A.JPG", "p/train/a.jpg", "end"),
        ("b c.jpg", "p/train/b c.jpg", "name"),
        ("b%20c.jpg", "p/train/b c.jpg", "name"),
        ("train/a", "p/train/a.jpg", "no_ending"),
        ("x\\b c", "p/train/b c.jpg", "no_ending"),
    ],
)
def test_an_image_is_found_however_others_write_its_place(place: str, name: str, rule: str) -> None:
    done = matched(NAMES, Line((place,), "Cat"), prefix="p/")
    assert (list(done.meant), done.matched) == ([name], {rule: 1})


@pytest.mark.parametrize("place", ["a.jpg", "x/a.jpg", "a", "A.JPG"])
def test_what_several_images_end_like_names_none_of_them(place: str) -> None:
    done = matched(NAMES, Line((place,), "Cat"), prefix="p/")
    assert (done.meant, done.unclear.first, done.unmatched.count) == ({}, [place], 0)


@pytest.mark.parametrize(
    "place", ["c.jpg", "train/a.png", "a.jpg/x", "train", "/", "..", "https://example.org", "azureml://x"]
)
def test_what_no_image_ends_like_is_not_found(place: str) -> None:
    done = matched(NAMES, Line((place,), "Cat"), prefix="p/")
    assert (done.meant, done.unclear.count, done.unmatched.first) == ({}, 0, [place])


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("a%20b.jpg", "a b.jpg"), "a%20b.jpg"),
        (("back\\slash.jpg", "back/slash.jpg"), "back\\slash.jpg"),
        ((" a.jpg", "a.jpg"), " a.jpg"),
        (("A.jpg", "a.jpg"), "A.jpg"),
        (("a//b.jpg", "a/b.jpg"), "a//b.jpg"),
        (("./a.jpg", "a.jpg"), "./a.jpg"),
        (("e\u0301.jpg", "é.jpg"), "e\u0301.jpg"),
        (("é.jpg", "e\u0301.jpg"), "é.jpg"),
        (("s3://b/a.jpg", "a.jpg"), "s3://b/a.jpg"),
    ],
)
def test_a_name_as_it_stands_comes_before_every_other_reading(names: Sequence[str], place: str) -> None:
    assert found(names, place) == [place]
    assert found(names[::-1], place) == [place]


def test_a_whole_path_comes_before_one_in_the_folder() -> None:
    assert found(["a/b.png", "a/a/b.png"], "a/b.png", prefix="a/") == ["a/b.png"]


def test_an_address_helps_where_the_path_means_nothing() -> None:
    assert found(NAMES, "1", "https://example.org/train/a.jpg", prefix="p/") == ["p/train/a.jpg"]


def test_an_image_is_meant_by_the_path_that_is_closest_to_it() -> None:
    lines = [Line((place,), label) for place, label in (("x/a.jpg", "Cat"), ("data/y/a.jpg", "Dog"))]
    done = matched(["p/y/a.jpg"], *lines)
    assert (done.meant, done.unmatched.first) == ({"p/y/a.jpg": (Suggestion(2, 1.0),)}, ["x/a.jpg"])
    exact = matched(["y/a.jpg"], Line(("y/a.jpg",), "Dog"), *lines[:1])
    assert (exact.meant, exact.unmatched.first) == ({"y/a.jpg": (Suggestion(2, 1.0),)}, ["x/a.jpg"])


def test_two_paths_that_are_as_close_to_one_image_are_unclear() -> None:
    done = matched(["p/a.jpg"], Line(("x/a.jpg",), "Cat"), Line(("y/a.jpg",), "Cat"))
    assert (done.meant, done.unclear.first) == ({}, ["x/a.jpg", "y/a.jpg"])


def test_lines_that_spell_one_image_differently_must_agree() -> None:
    places = ("x\\y/a.jpg", "./x/y/a.jpg", "s3://bucket/x/y/a.jpg?sig=1", "s3://bucket/x/y/a.jpg?sig=2")
    done = matched(["p/y/a.jpg"], *(Line((place,), "Cat") for place in places))
    assert (done.meant, done.matched, done.images) == ({"p/y/a.jpg": (Suggestion(1, 1.0),)}, {"end": 1}, 4)
    done = matched(["x/a.jpg"], Line(("x/a.jpg",), "Cat"), Line(("x\\a.jpg",), "Dog"))
    assert done.meant == {"x/a.jpg": None}


def test_labels_are_compared_as_projects_keep_them() -> None:
    names = [" Cat", "Cat\ufeff", "Sa\u0308ule", "cat", "https://example.org/?sig=secret"]
    done = matched(NAMES, *(Line((NAMES[index],), name) for index, name in enumerate(names)))
    assert [some and some[0].label for some in done.meant.values()] == [1, 1, 3]
    assert done.unknown == {"cat": 1, "https://example.org/": 1}


def test_more_than_the_memory_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_module, "MOST_IMAGES", 2)
    lines = [Line((name,), "Cat") for name in "aabbc"]
    assert matched([], *lines[:4]).images == 2
    with pytest.raises(Unreadable, match="more than 2 images"):
        matched([], *lines)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("https://a.blob.core.windows.net/c/a.jpg?sv=1&sig=secret", "https://a.blob.core.windows.net/c/a.jpg"),
        ("https://me:secret@example.org/a.jpg", "https://example.org/a.jpg"),
        ("s3://bucket/a.jpg?X-Amz-Signature=secret", "s3://bucket/a.jpg"),
        ("c/a.jpg?sv=1&SIG=secret", "c/a.jpg"),
        ("why?.jpg", "why?.jpg"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_place_is_told_without_what_opens_it(place: str, said: str) -> None:
    assert told(place) == said


def alike(names: Sequence[str], path: str) -> Alike | None:
    """As one would say it, at any cost."""

    def shared(name: str) -> int:
        parts = 0
        for one, other in zip(name.split("/")[::-1], path.split("/")[::-1], strict=False):
            if one != other:
                break
            parts += 1
        return parts

    most = max(map(shared, names), default=0)
    closest = [name for name in names if shared(name) == most]
    return Alike(most, closest[0] if len(closest) == 1 else SEVERAL) if most else None


some_paths = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join), unique=True, max_size=9)


@given(names=some_paths, paths=some_paths)
def test_the_longest_end_is_found_among_all_names(names: list[str], paths: list[str]) -> None:
    ends = Ends()
    for path in paths:
        ends.add(path)
    for name in names:
        ends.show(name)
    assert [ends.find(path) for path in paths] == [alike(names, path) for path in paths]


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1), unique=True, min_size=1), st.data())
def test_every_name_finds_itself_whatever_else_there_is(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    assert found(names, name) == [name]
    if unicodedata.is_normalized("NFC", name):
        assert found([f"p/{one}" for one in names], name, prefix="p/") == [f"p/{name}"]
