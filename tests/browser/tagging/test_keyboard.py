"""Everything on the tagging page by keys alone, and by its buttons."""

import re

import pytest
from playwright.sync_api import expect

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.browser.tagging.conftest import Enter
from tests.running import until

MANY_LABELS = [f"Label {number:02}" for number in range(1, 41)]


@pytest.fixture(scope="module")
def many(people: People) -> Project:
    return new_project(people, Folder(people, pictures(40)), labels=MANY_LABELS)


def test_arrows_move_the_focus_and_space_selects(enter: Enter) -> None:
    sheet = enter()
    sheet.expect_focused(1)
    sheet.press("ArrowRight", "ArrowDown")
    sheet.expect_focused(5)
    sheet.press("Space", "ArrowLeft", "Space")
    sheet.expect_selected(4, 5)
    sheet.press("Space")
    sheet.expect_selected(5)
    sheet.press("End")
    sheet.expect_focused(9)
    sheet.press("ArrowRight", "ArrowDown")
    sheet.expect_focused(9)
    sheet.press("Home")
    sheet.expect_focused(1)


def test_shift_and_arrows_select_a_range_and_ctrl_a_all(enter: Enter) -> None:
    sheet = enter()
    sheet.press("Shift+ArrowRight", "Shift+ArrowDown")
    sheet.expect_selected(1, 2, 3, 4, 5)
    sheet.press("Shift+ArrowUp")
    sheet.expect_selected(1, 2)
    sheet.press("Escape")
    sheet.expect_selected()
    sheet.press("Control+a")
    sheet.expect_selected(*range(1, 10))


def test_a_digit_tags_the_focused_image_and_goes_on_to_the_next_one_without_a_tag(enter: Enter) -> None:
    sheet = enter()
    sheet.press("2", "ArrowRight")
    sheet.images.dispatch_event("keydown", {"key": "1", "code": "Numpad1", "bubbles": True})
    sheet.expect_tags({1: "Dog", 3: "Cat"})
    sheet.expect_focused(4)
    sheet.press("ArrowLeft", "ArrowLeft", "3")
    sheet.expect_tags({1: "Dog", 2: "Uncertain", 3: "Cat"})
    sheet.expect_focused(4)


def test_a_digit_tags_the_selection_if_there_is_one(enter: Enter) -> None:
    sheet = enter()
    sheet.press("ArrowRight", "Space", "End", "Space", "Home", "1")
    sheet.expect_tags({2: "Cat", 9: "Cat"})
    sheet.expect_selected()


def test_shift_and_a_digit_tag_all_that_has_no_tag(enter: Enter) -> None:
    sheet = enter()
    sheet.press("2", "Shift+Digit1")
    sheet.expect_tags({1: "Dog", **dict.fromkeys(range(2, 10), "Cat")})


def test_a_key_that_is_held_down_tags_one_image_and_an_arrow_moves_on(enter: Enter) -> None:
    sheet = enter()
    for _ in range(5):
        sheet.page.keyboard.down("1")
    sheet.page.keyboard.up("1")
    sheet.expect_tags({1: "Cat"})
    for _ in range(3):
        sheet.page.keyboard.down("ArrowRight")
    sheet.expect_focused(5)


def test_letters_work_with_caps_lock_and_in_other_scripts(enter: Enter) -> None:
    sheet = enter()
    sheet.press("1", "1", "ArrowLeft")
    sheet.images.dispatch_event("keydown", {"key": "X", "code": "KeyX", "bubbles": True})
    sheet.expect_tags({1: "Cat"})
    sheet.press("Home")
    sheet.images.dispatch_event("keydown", {"key": "ч", "code": "KeyX", "bubbles": True})
    sheet.expect_tags({})


def test_what_was_done_is_undone_and_redone(enter: Enter) -> None:
    sheet = enter()
    sheet.press("1", "2", "u")
    sheet.expect_tags({1: "Cat"})
    sheet.expect_focused(2)
    sheet.press("Control+z")
    sheet.expect_tags({})
    sheet.press("Control+y", "Control+Shift+z")
    sheet.expect_tags({1: "Cat", 2: "Dog"})


def test_a_skip_offers_the_reasons_given_before(enter: Enter) -> None:
    sheet = enter()
    sheet.press("s")
    dialog = sheet.page.get_by_role("dialog", name="Skip 1 image")
    expect(dialog.get_by_role("textbox", name="Reason")).to_be_focused()
    # Letters that would be keys of the page.
    sheet.page.keyboard.type("1 fox, sunk")
    sheet.press("Enter")
    sheet.expect_tags({1: "Skipped: 1 fox, sunk"})
    sheet.press("s")
    expect(dialog).to_be_visible()
    sheet.press("ArrowDown", "Enter")
    sheet.expect_tags({1: "Skipped: 1 fox, sunk", 2: "Skipped: 1 fox, sunk"})
    sheet.press("s")
    dialog.get_by_role("button", name="1 fox, sunk").click()
    expect(dialog).to_be_hidden()
    expect(sheet.images).to_be_focused()
    sheet.expect_tags(dict.fromkeys((1, 2, 3), "Skipped: 1 fox, sunk"))
    sheet.expect_focused(4)


def test_the_search_tags_by_a_part_of_the_name_and_leads_back_to_the_images(enter: Enter, many: Project) -> None:
    sheet = enter(of=many)
    field = sheet.page.get_by_role("combobox", name="Label")
    # At once, on a page that has just come: nothing that is typed is lost, and no digit is taken for a tag.
    sheet.page.keyboard.type("/label 3")
    expect(field).to_have_value("label 3")
    expect(sheet.page.get_by_role("listbox", name="Labels").get_by_role("option")).to_have_count(13)
    sheet.press("ArrowDown", "ArrowDown", "Enter")
    expect(field).to_be_hidden()
    expect(sheet.images).to_be_focused()
    sheet.expect_tags({1: "Label 32"})
    sheet.expect_focused(2)


def test_each_label_has_a_key_of_its_own_and_one_without_is_found_first_once_it_was_used(
    enter: Enter, many: Project
) -> None:
    sheet = enter(of=many)
    sheet.page.keyboard.type("/40")
    sheet.press("Enter", "a", "w", "5")
    # The last used one without a key comes first.
    sheet.press("/", "Enter")
    sheet.expect_tags({1: "Label 40", 2: "Label 10", 3: "Label 26", 4: "Label 05", 5: "Label 40"})
    expect(sheet.panel.get_by_role("button", name="Label 10")).to_have_attribute("aria-keyshortcuts", "A")
    sheet.press("Shift+W")
    sheet.expect_tags(
        {
            1: "Label 40",
            2: "Label 10",
            4: "Label 05",
            5: "Label 40",
            **dict.fromkeys((3, 6, 7, 8, 9), "Label 26"),
        }
    )
    sheet.press("z")
    expect(sheet.large.get_by_role("button", name=re.compile(r"^Label \d"))).to_have_count(40)


def test_the_search_can_tag_all_that_has_no_tag(enter: Enter, many: Project) -> None:
    sheet = enter(4, of=many)
    sheet.press("1", "/")
    expect(sheet.page.get_by_role("combobox", name="Label")).to_be_focused()
    sheet.page.keyboard.type("17")
    sheet.press("Shift+Enter")
    sheet.expect_tags({1: "Label 01", 2: "Label 17", 3: "Label 17", 4: "Label 17"})


def test_enter_leads_to_what_has_no_label_and_submits_when_all_have_one(enter: Enter, people: People) -> None:
    small = new_project(people, Folder(people, pictures(8)))
    sheet = enter(4, of=small)
    first = sheet.names()
    for key in ("Enter", "Control+Enter"):
        sheet.press("Home", "ArrowRight", "1", key)
        sheet.expect_focused(4)
        sheet.press(key)
        sheet.expect_focused(1)
        sheet.press("u")
    sheet.press("Home", "1", "1", "1", "/")
    # The search needs its own Enter, and one that is held down is for nothing after it.
    expect(sheet.page.get_by_role("combobox", name="Label")).to_be_focused()
    sheet.page.keyboard.type("dog")
    for _ in range(3):
        sheet.page.keyboard.down("Enter")
    sheet.page.keyboard.up("Enter")
    expect(sheet.images).to_be_focused()
    sheet.expect_tags({1: "Cat", 2: "Cat", 3: "Cat", 4: "Dog"})
    # Nor do the next pages follow it.
    for _ in range(3):
        sheet.page.keyboard.down("Enter")
    sheet.page.keyboard.up("Enter")
    sheet.expect_tags({})
    assert sheet.names() != first
    sheet.press("Shift+Digit1", "Control+Enter")
    expect(sheet.page.get_by_role("heading", name="All done. Thank you!")).to_be_visible()
    until(lambda: small.progress()["labeled"] == 8, "the tags did not arrive")


def test_all_keys_can_be_shown(enter: Enter) -> None:
    sheet = enter()
    sheet.press("?")
    dialog = sheet.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    said = (
        "Shift + a label's key",
        "Enter, Ctrl + Enter",
        "Undo",
        "Accept the suggestions that are at least as likely right as wrong",
        "Large view: open and close it",
    )
    for text in said:
        expect(dialog.get_by_text(text).first).to_be_visible()
    sheet.press("1", "Escape")
    expect(dialog).to_be_hidden()
    sheet.expect_tags({})


def test_everything_can_be_done_by_buttons(enter: Enter) -> None:
    sheet = enter(4)
    sheet.panel.get_by_role("button", name="Cat").click()
    sheet.button("Select rest").click()
    sheet.expect_selected(2, 3, 4)
    sheet.panel.get_by_role("button", name="Dog").click()
    sheet.expect_tags({1: "Cat", 2: "Dog", 3: "Dog", 4: "Dog"})
    sheet.button("Undo").click()
    sheet.expect_tags({1: "Cat"})
    sheet.button("Redo").click()
    sheet.expect_tags({1: "Cat", 2: "Dog", 3: "Dog", 4: "Dog"})
    sheet.button("Select all").click()
    sheet.button("Clear label").click()
    sheet.expect_tags({})
    sheet.button("Skip").click()
    skip = sheet.page.get_by_role("dialog", name="Skip 4 images")
    skip.get_by_role("button", name="Skip").click()
    expect(skip).to_be_hidden()
    sheet.expect_tags({1: "Skipped", 2: "Skipped", 3: "Skipped", 4: "Skipped"})
    sheet.button("Search").click()
    sheet.page.get_by_role("listbox", name="Labels").get_by_role("option", name="Uncertain").click()
    sheet.button("Large view").click()
    expect(sheet.large).to_be_visible()
    sheet.large.get_by_role("button", name="Close large view").click()
    expect(sheet.large).to_be_hidden()
    expect(sheet.button("Submit")).to_be_enabled()
