"""What of a folder is uploaded."""

import os
from pathlib import Path

import pytest

from functions.datastores.kinds import TAKEN as OF_SERVICE
from functions.datastores.wire import LARGEST_UPLOAD
from image_labeling import LabelingError
from image_labeling.transferring.choosing import MOST_BYTES, TAKEN, choose, kind_left_out
from tests.client.transfers import on_disk


def test_the_kinds_and_the_size_that_are_taken_are_those_of_the_service() -> None:
    assert set(TAKEN) == set(OF_SERVICE)
    assert MOST_BYTES == LARGEST_UPLOAD


def test_images_are_chosen_in_the_order_of_their_names_and_all_else_is_told(tmp_path: Path) -> None:
    images = ("b/2.JPG", "b/1.png", "a.heic", "b-c/3.webp")
    others = ("notes.txt", "b/x.TXT", "Thumbs.db", ".DS_Store", "._a.heic", "license", "strange.thing with spaces")
    on_disk(tmp_path, {**dict.fromkeys((*images, *others), b"12"), "empty.png": b""})
    with (tmp_path / "large.tif").open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    chosen, left_out = choose(tmp_path)
    assert [one.name for one in chosen] == ["a.heic", "b-c/3.webp", "b/1.png", "b/2.JPG"]
    assert {one.bytes for one in chosen} == {2}
    assert left_out.kinds == {".txt": 2, ".db": 1, ".DS_Store": 1, "._*": 1, "other": 2}
    assert (left_out.empty, left_out.too_large, left_out.unreadable) == (("empty.png",), ("large.tif",), ())


def test_links_are_followed_but_not_round_and_round(tmp_path: Path) -> None:
    on_disk(tmp_path, {"other/cat.png": b"1", "mine/dog.png": b"1"})
    (tmp_path / "mine/of other").symlink_to(tmp_path / "other")
    (tmp_path / "other/back").symlink_to(tmp_path / "mine")
    (tmp_path / "mine/gone.png").symlink_to(tmp_path / "nowhere.png")
    chosen, left_out = choose(tmp_path / "mine")
    assert [one.name for one in chosen] == ["dog.png", "of other/cat.png"]
    assert left_out.unreadable == ("gone.png",)


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.png", "wb") as file:
        file.write(b"1")
    chosen, left_out = choose(tmp_path)
    assert (chosen, left_out.unreadable) == ([], ("\\udcff.png",))


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelingError, match="There is no folder"):
        choose(tmp_path / "nowhere")


@pytest.mark.parametrize(("name", "kind"), [("a.PJPEG", None), ("a.b.jpx", None), ("a.jxl", ".jxl"), ("a.", "other")])
def test_kinds(name: str, kind: str | None) -> None:
    assert kind_left_out(name) == kind
