"""Names of folders in archives: classes stay apart on every disk, and keep their names while labels are added."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.exports.formats.names import folder_names
from functions.projects.model import Label

# What disks take for the same: each of these, and any two after one another.
FOLDS: tuple[Callable[[str], str], ...] = (
    str.lower,
    str.upper,
    str.casefold,
    lambda name: unicodedata.normalize("NFC", name),
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.rstrip(" ."),
    lambda name: name.replace("\u200d", "").replace("\ufe0f", ""),
)
RESERVED = {"con", "prn", "aux", "nul", "com1", "com\u00b9", "lpt9", "conin$", "clock$"}
PIECES = [
    *"aAbK_:/?~1. ()",
    "ab",
    "\u00e9",
    "e\u0301",
    "E\u0301",
    "\u00df",
    "ss",
    "\u017f",
    "\u212a",
    "\u0131",
    "con",
    "2",
]
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join) | st.text(min_size=1, max_size=200)


def folders_of(*names: str) -> list[str]:
    return list(folder_names([Label(id=number, name=name) for number, name in enumerate(names, 1)]).values())


@pytest.mark.parametrize(
    ("names", "folders"),
    [
        (("Cat", "Dog"), ["Cat", "Dog"]),
        (("a/b", "a:b", "a_b (1)"), ["a_b", "a_b (2)", "a_b (1)"]),
        (("a/b", "a_b (2)", "a:b"), ["a_b", "a_b (2)", "a_b (3)"]),
        (("x", "x (3)", "X"), ["x", "x (3)", "X (3-1)"]),
        (("cat", "Cat", "cat (1)"), ["cat", "Cat (2)", "cat (1)"]),
        (("\u00e9", "e\u0301"), ["\u00e9", "\u00e9 (2)"]),
        (("resume", "r\u00e9sum\u00e9"), ["resume", "r\u00e9sum\u00e9"]),
        (("\u2764", "\u2764\ufe0f"), ["\u2764", "\u2764\ufe0f (2)"]),
        (("STRASSE", "stra\u00dfe"), ["STRASSE", "stra\u00dfe (2)"]),
        (("Cat.", "Cat"), ["Cat", "Cat (2)"]),
        (("..", "con", "aux.txt", "COM\u00b9", "nul .x"), ["_", "_con", "_aux.txt", "_COM\u00b9", "_nul .x"]),
        (("LONGNA~1", "longname of a label"), ["LONGNA_1", "longname of a label"]),
        (("+", "-"), ["+", "-"]),
    ],
)
def test_a_folder_is_named_like_its_label_where_no_other_has_the_name(names: list[str], folders: list[str]) -> None:
    assert folders_of(*names) == folders


@given(st.lists(NAMES, min_size=1, max_size=8))
def test_no_two_labels_share_a_folder_on_any_disk(names: list[str]) -> None:
    folders = folders_of(*names)
    for one in FOLDS:
        for other in FOLDS:
            assert len({other(one(folder)) for folder in folders}) == len(names)
    for folder in folders:
        assert folder
        assert folder.strip(" .") == folder
        assert not set(folder) & set('/\\:*?"<>|\n')
        assert folder.partition(".")[0].rstrip().casefold() not in RESERVED
        assert len(folder.encode()) <= 255


@given(st.lists(NAMES, min_size=2, max_size=8))
def test_folders_keep_their_names_while_labels_are_added(names: list[str]) -> None:
    assert folders_of(*names)[:-1] == folders_of(*names[:-1])
