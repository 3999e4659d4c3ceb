"""However a dialog is opened and closed, the focus is back where it was, and the keys go on working there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.engines.conftest import Visitor
from tests.engines.page import Name


@dataclass(frozen=True)
class Opened:
    """A dialog: its name, the key and the button that open it, the button in it that closes it, and where it leads to
    if not to where it came from.
    """

    dialog: Name
    key: str | None = None
    button: Name | None = None
    closed_by: str = "Cancel"
    leads_to: tuple[str, ...] = ()


def _large(button: Name) -> Opened:
    return Opened(re.compile("^Large view, image"), "z", button, "Close large view", ("listbox: Images",))


TAGGING = [
    Opened("Instructions", "i", "Instructions", "Close"),
    Opened("Keys", "?", "Keys", "Close"),
    Opened("What the labels mean", "e", closed_by="Close"),
    Opened("Skip 1 image", "s", "Skip"),
    _large("Large view"),
]
DATA = [
    Opened("Keys", "?", re.compile("^Keys"), "Close"),
    Opened("Reject 1 image", "r", re.compile("^Reject")),
    _large(re.compile("^Enlarge")),
]
DETAILS = [
    Opened(re.compile("token", re.I), button="New token"),
    Opened("Merge Cat into another label", button="Merge Cat into another label"),
    Opened(re.compile("Cat"), button="Key, description, and examples of Cat"),
    Opened(re.compile("^Delete "), button="Delete project"),
]


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    made = new_project(people, Folder(people, pictures(24)))
    made.label(made.invite("labeler"), 9)
    return made


def test_on_the_labeling_page(visitor: Visitor, project: Project) -> None:
    visitor.start(project)
    visitor.is_focused("listbox: Images")
    for opened in TAGGING:
        _open_and_close(visitor, opened)
    # The search has no button: it is left by a label, too.
    before = visitor.focused()
    visitor.press("/")
    visitor.is_in_dialog("Search labels")
    visitor.press("Escape")
    _is_back(visitor, before)
    visitor.press("/")
    visitor.is_in_dialog("Search labels")
    visitor.click("option", "Dog")
    _is_back(visitor, before)
    visitor.is_labeled("Dog")


def test_on_the_data_page(visitor: Visitor, project: Project) -> None:
    visitor.sign_in()
    visitor.go(f"/projects/{project.id}/data")
    visitor.click("option", re.compile("00.png"))
    visitor.is_focused("listbox: Images")
    for opened in DATA:
        _open_and_close(visitor, opened)
    visitor.press("/")
    visitor.is_in_dialog("Change the label of 1 image")
    visitor.press("Escape")
    _is_back(visitor, "listbox: Images")


def test_on_the_pages_of_administrators(visitor: Visitor, project: Project) -> None:
    visitor.sign_in()
    visitor.go(f"/projects/{project.id}/details")
    for opened in DETAILS:
        _open_and_close(visitor, opened)
    visitor.go("/datastores")
    _open_and_close(visitor, Opened("New datastore", button="New datastore"))
    visitor.go("/projects")
    _open_and_close(visitor, Opened("Restore a backup", button="Restore a backup"))


def test_a_dialog_that_a_menu_opens_leads_back_to_the_menu_s_button(visitor: Visitor) -> None:
    visitor.sign_in()
    visitor.go("/datastores")
    ways: list[Callable[[], None]] = [lambda: visitor.press("Escape"), lambda: visitor.click("button", "Close")]
    for close in ways:
        visitor.click("button", "Actions for workspace")
        visitor.click("menuitem", re.compile("^Browse"))
        visitor.is_in_dialog("workspace")
        close()
        _is_back(visitor, "button: Actions for workspace")


def _open_and_close(visitor: Visitor, opened: Opened) -> None:
    """By its key and by its button; each time by Escape, by the mouse, and by Enter."""

    def close_by_enter() -> None:
        visitor.tab_to(f"button: {opened.closed_by}")
        visitor.press("Enter")

    ways: list[Callable[[], None]] = [
        lambda: visitor.press("Escape"),
        lambda: visitor.click("button", opened.closed_by),
        close_by_enter,
    ]
    for close in ways:
        if opened.key:
            before = visitor.focused()
            assert before != "body"
            visitor.press(opened.key)
            visitor.is_in_dialog(opened.dialog)
            close()
            _is_back(visitor, before, *opened.leads_to)
        if opened.button:
            # Some buttons take the focus, others leave it where it was.
            before, button = visitor.focused(), visitor.one("button", opened.button)
            visitor.click("button", opened.button)
            visitor.is_in_dialog(opened.dialog)
            close()
            _is_back(visitor, f"button: {button.name}", before, *opened.leads_to)


def _is_back(visitor: Visitor, *places: str) -> None:
    visitor.sees_no("dialog")
    allowed = {*places} - {"body"}
    visitor.until(lambda: visitor.focused() in allowed, f"the focus is on one of {allowed}", visitor.focused)
