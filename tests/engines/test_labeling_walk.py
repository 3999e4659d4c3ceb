"""From signing in to the end of a project, by mouse and keys, and what is saved of it."""

import re

import pytest

from tests.api.builders import Folder, People, Project, new_name, new_project, picture
from tests.engines.conftest import LAYOUT, Visitor
from tests.running import until

LABELS = ["Cat", "Dog", "Horse", "Cow", "Sheep", "Goat", "Hen", "Duck", "Goose", "Rabbit", "Other", "Other animals"]


@pytest.fixture
def project(people: People) -> Project:
    """Two pages, with more labels than digits."""
    files = {f"{number:02}.png": picture(size=(480, 320)) for number in range(2 * LAYOUT)}
    return new_project(people, Folder(people, files), labels=LABELS)


def test_a_project_is_labeled_from_signing_in_to_its_end(visitor: Visitor, project: Project) -> None:
    name = new_name("labeler")
    project.invite("labeler", name)
    keys = {label["name"]: label["key"] for label in project.get()["labels"]}

    visitor.go("/.auth/logout")
    visitor.go(f"/labeling/{project.id}")
    visitor.click("link", "Sign in")
    visitor.click("textbox", "Or as someone else")
    visitor.type(name)
    visitor.press("Enter")
    visitor.keep("layout", str(LAYOUT))
    visitor.click("link", "Start labeling")
    visitor.until(lambda: len(visitor.tiles()) == LAYOUT, "there is a page of images")
    visitor.is_labeled()

    # By the mouse: one by one, a range, a rectangle, and the button of a label.
    _click_tile(visitor, 1)
    _click_tile(visitor, 3, "Shift")
    _is_selected(visitor, 1, 2, 3)
    visitor.press("Escape")
    _is_selected(visitor)
    _drag(visitor, 4, 5)
    _is_selected(visitor, 4, 5)
    visitor.click("button", re.compile("^Cow"))
    visitor.is_labeled(*["no label"] * 3, "Cow", "Cow")
    # By the keys: a digit, a letter, and the search, whose letters come at once.
    visitor.press("Home", "1", keys["Rabbit"])
    before = visitor.focused()
    visitor.type("/other")
    visitor.press("Enter")
    visitor.is_labeled("Cat", "Rabbit", "Other", "Cow", "Cow")
    visitor.is_focused(before)
    _is_at(visitor, 6)
    # Undone and done again.
    visitor.press("u")
    visitor.is_labeled("Cat", "Rabbit", "no label", "Cow", "Cow")
    visitor.press("Control+y")
    visitor.is_labeled("Cat", "Rabbit", "Other", "Cow", "Cow")
    visitor.press("End", "s")
    visitor.is_focused("textbox: Reason")
    visitor.type("1 blurred")
    visitor.press("Enter")
    rest = ["no label"] * 3
    visitor.is_labeled("Cat", "Rabbit", "Other", "Cow", "Cow", *rest, "Skipped: 1 blurred")

    # The large view: zoom by keys and by its button, and a digit, which goes on to the next image.
    visitor.press("Home", "End", "ArrowUp")
    _is_at(visitor, 6)
    visitor.press("z")
    visitor.sees("dialog", f"Large view, image 6 of {LAYOUT}")
    whole = _width(visitor)
    visitor.press("+")
    visitor.until(lambda: _width(visitor) > 1.3 * whole, "the image is larger")
    visitor.click("button", "Zoom in")
    visitor.until(lambda: _width(visitor) > 2 * whole, "the image is larger still")
    visitor.press("0")
    visitor.until(lambda: abs(_width(visitor) - whole) < 1, "the image is whole again")
    visitor.press("2")
    visitor.sees("dialog", f"Large view, image 7 of {LAYOUT}")
    visitor.press("Escape")
    visitor.sees_no("dialog")
    visitor.is_focused(before)

    # What is left, and the next page, which is labeled by one key.
    visitor.press("Shift+3")
    labels = ["Cat", "Rabbit", "Other", "Cow", "Cow", "Dog", "Horse", "Horse", "Skipped: 1 blurred"]
    visitor.is_labeled(*labels)
    first = visitor.tiles()
    visitor.press("Enter")
    visitor.until(lambda: visitor.tiles() != first and len(visitor.tiles()) == LAYOUT, "the next page is there")
    visitor.is_labeled()
    visitor.press(f"Shift+{keys['Other animals'].upper()}")
    visitor.is_labeled(*["Other animals"] * LAYOUT)
    visitor.press("Control+Enter")
    visitor.sees("heading", "All done. Thank you!")

    until(lambda: project.progress()["waiting"] + project.progress()["leased"] == 0, "the labels do not arrive")
    saved = [", ".join(image["labels"]) or image["state"] for image in project.images()]
    assert saved == [*labels[:-1], "skipped", *["Other animals"] * LAYOUT]
    assert project.image("08.png")["history"][0]["reason"] == "1 blurred"


def _tile(number: int) -> re.Pattern[str]:
    return re.compile(f"^Image {number}: ")


def _click_tile(visitor: Visitor, number: int, *held: str) -> None:
    visitor.click("option", _tile(number), *held)


def _drag(visitor: Visitor, first: int, last: int) -> None:
    start, end = visitor.one("option", _tile(first)), visitor.one("option", _tile(last))
    visitor.drag((start.x, start.y), (end.x, end.y))


def _is_selected(visitor: Visitor, *numbers: int) -> None:
    def selected() -> list[int]:
        tiles = visitor.all("option", re.compile("^Image "))
        return [number for number, tile in enumerate(tiles, 1) if tile.isSelected]

    visitor.until(lambda: selected() == [*numbers], f"{numbers} are selected", lambda: str(selected()))


def _is_at(visitor: Visitor, number: int) -> None:
    visitor.until(lambda: visitor.all("option", _tile(number))[0].isActive, f"image {number} has the focus")


def _width(visitor: Visitor) -> float:
    # Until it is loaded, and what is behind it is hidden.
    visitor.sees("img")
    return visitor.all("img")[0].box[2]
