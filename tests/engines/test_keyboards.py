"""The keys of other keyboards, as their layouts tell them: by what they write, and by their place."""

import re

import pytest

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.engines.conftest import LAYOUT, Visitor
from tests.running import until

LABELS = ["Cat", "Dog", "Horse", "Cow", "Sheep", "Goat"]


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(LAYOUT)), labels=LABELS)


def test_while_labeling_and_between_pages(visitor: Visitor, project: Project) -> None:
    visitor.start(project)
    # By their signs the first two would zoom: 6 on a French keyboard, 1 on a Czech one.
    visitor.press("z")
    visitor.is_in_dialog(re.compile("^Large view, image 1 "))
    visitor.press_elsewhere("-", "Digit6")
    visitor.is_in_dialog(re.compile("^Large view, image 2 "))
    visitor.press_elsewhere("+", "Digit1")
    visitor.is_in_dialog(re.compile("^Large view, image 3 "))
    visitor.press("Escape")
    visitor.sees_no("dialog")
    visitor.is_labeled("Goat", "Cat")
    # On a German one it writes /.
    visitor.press_elsewhere("/", "Digit7", shiftKey=True)
    visitor.is_in_dialog("Search labels")
    visitor.press("Escape")
    visitor.sees_no("dialog")
    # A numeric pad writes digits with NumLock only.
    visitor.press_elsewhere("Clear", "Numpad5")
    visitor.press_elsewhere("5", "Numpad5")
    visitor.is_labeled("Goat", "Cat", "Sheep")
    # Letters of a Russian one: u, z.
    visitor.press_elsewhere("г", "KeyU")
    visitor.is_labeled("Goat", "Cat")
    visitor.press_elsewhere("я", "KeyZ")
    visitor.is_in_dialog(re.compile("^Large view, image 3 "))
    visitor.press("Escape")
    visitor.sees_no("dialog")

    visitor.press("Shift+2", "Control+Enter")
    visitor.sees("heading", "All done. Thank you!")
    # Here, too: i, b.
    visitor.press_elsewhere("ш", "KeyI")
    visitor.is_in_dialog("Instructions")
    visitor.press("Escape")
    visitor.sees_no("dialog")
    visitor.press_elsewhere("и", "KeyB")
    visitor.sees("heading", "The last page you submitted")
    visitor.is_labeled("Goat", "Cat", *["Dog"] * (LAYOUT - 2))


def test_on_the_data_page(visitor: Visitor, project: Project) -> None:
    project.label(project.invite("labeler"), 3)
    visitor.sign_in(path=f"/projects/{project.id}/data")
    visitor.click("option", re.compile("00.png"))
    visitor.press_elsewhere("к", "KeyR")
    visitor.is_in_dialog("Reject 1 image")
    visitor.press("Escape")
    visitor.sees_no("dialog")
    visitor.press_elsewhere("/", "Digit7", shiftKey=True)
    visitor.is_in_dialog("Change the label of 1 image")
    visitor.press("Escape")
    visitor.sees_no("dialog")
    visitor.press_elsewhere("Clear", "Numpad5")
    visitor.press_elsewhere("é", "Digit2")
    until(lambda: project.image("00.png")["labels"] == ["Dog"], "the label is not changed by the digit's place")
    assert [image["labels"] for image in project.images(state="labeled")] == [["Dog"], ["Cat"], ["Cat"]]


# As a Mac tells it: Ctrl and a click open a menu, and no pointer is told to be up.
_PRESS = """() => {
    const [first, last] = [0, 4].map((place) => document.querySelectorAll("[role=option]")[place]);
    const tell = (element, type, Kind, more) => {
        const { left, top } = element.getBoundingClientRect();
        const at = { clientX: left + 20, clientY: top + 20, pointerType: "mouse", bubbles: true };
        element.dispatchEvent(new Kind(type, { ...at, ...more }));
    };
    tell(first, "pointerdown", PointerEvent, { button: 0, buttons: 1, ctrlKey: true });
    MENU;
    tell(last, "pointermove", PointerEvent, { buttons: 1, ctrlKey: true });
}"""
_MENU = 'tell(first, "contextmenu", MouseEvent, { ctrlKey: true })'
_UP = '() => window.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }))'


def test_ctrl_and_a_click_on_a_mac_leave_no_rectangle(visitor: Visitor, project: Project) -> None:
    visitor.start(project)

    def selected() -> int:
        return sum(tile.isSelected for tile in visitor.all("option"))

    # What is dragged selects.
    visitor.run(_PRESS.replace("MENU", ""))
    visitor.until(lambda: selected() > 0, "the rectangle selects")
    visitor.press("Escape")
    visitor.until(lambda: selected() == 0, "Escape ends it")
    visitor.run(_UP)
    visitor.run(_PRESS.replace("MENU", _MENU))
    # Whatever is drawn of it is drawn by then.
    visitor.press("1")
    visitor.is_labeled("Cat")
    assert selected() == 0
