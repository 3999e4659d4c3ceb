"""An image as large as the window."""

import re

from playwright.sync_api import Locator, expect

from tests.api.builders import Folder, People, new_project, picture
from tests.browser.tagging.conftest import Enter
from tests.browser.tagging.sheet import Sheet
from tests.running import until


def opened(sheet: Sheet, place: int, count: int = 9) -> Locator:
    view = sheet.page.get_by_role("dialog", name=f"Large view, image {place} of {count}")
    expect(view).to_be_visible()
    return view


def width(view: Locator) -> float:
    """Of the image as it is drawn."""
    box = view.locator("img").bounding_box()
    assert box
    return box["width"]


def test_it_opens_by_z_and_closes_by_z_or_escape(enter: Enter) -> None:
    sheet = enter()
    for closes in ("z", "Escape"):
        sheet.press("ArrowRight", "z")
        expect(sheet.large).to_be_visible()
        sheet.press(closes)
        expect(sheet.large).to_be_hidden()
        expect(sheet.images).to_be_focused()
    sheet.expect_focused(3)


def test_it_says_what_it_shows_and_leafs(enter: Enter) -> None:
    sheet = enter()
    names = sheet.names()
    sheet.press("z")
    view = opened(sheet, 1)
    expect(view.get_by_text(names[0], exact=True)).to_be_visible()
    expect(view.get_by_text("32 × 24 pixels")).to_be_visible()
    expect(view.get_by_text("1 of 9")).to_be_visible()
    sheet.press("ArrowRight")
    view = opened(sheet, 2)
    expect(view.get_by_text(names[1], exact=True)).to_be_visible()
    view.get_by_role("button", name="Next image").click()
    opened(sheet, 3).get_by_role("button", name="Previous image").click()
    opened(sheet, 2)
    sheet.press("End")
    expect(opened(sheet, 9).get_by_role("button", name="Next image")).to_be_disabled()
    sheet.press("ArrowRight")
    opened(sheet, 9)
    sheet.press("Escape")
    sheet.expect_focused(9)


def test_it_tags_with_the_same_keys_and_goes_on_to_the_next_without_a_tag(enter: Enter) -> None:
    sheet = enter()
    # A selection stays as it is: only what fills the window is tagged.
    sheet.press("End", "Space", "Home", "z")
    opened(sheet, 1)
    # As a Czech keyboard writes it: by its place it is a digit, by its sign it would zoom.
    whole = width(view := opened(sheet, 1))
    view.get_by_role("group").dispatch_event("keydown", {"key": "+", "code": "Digit1", "bubbles": True})
    opened(sheet, 2)
    sheet.press("ArrowLeft", "2")
    assert abs(width(opened(sheet, 2)) - whole) < 1
    sheet.press("s")
    skip = sheet.page.get_by_role("dialog", name="Skip 1 image")
    expect(skip.get_by_role("textbox", name="Reason")).to_be_focused()
    sheet.page.keyboard.type("2 blurred")
    sheet.press("Enter")
    opened(sheet, 3).get_by_role("button", name="Cat").click()
    opened(sheet, 4)
    sheet.press("/")
    expect(sheet.page.get_by_role("combobox", name="Label")).to_be_focused()
    sheet.page.keyboard.type("unc")
    sheet.press("Enter")
    opened(sheet, 5)
    sheet.press("ArrowLeft")
    expect(opened(sheet, 4).get_by_role("status").filter(has_text="Uncertain")).to_be_visible()
    sheet.press("x")
    expect(opened(sheet, 4).get_by_role("status").filter(has_text="no label")).to_be_visible()
    sheet.press("Escape")
    expect(sheet.large).to_be_hidden()
    sheet.expect_tags({1: "Dog", 2: "Skipped: 2 blurred", 3: "Cat"})
    sheet.expect_selected(9)
    sheet.press("z", "u", "u")
    opened(sheet, 4)
    sheet.press("Escape")
    sheet.expect_tags({1: "Dog", 2: "Skipped: 2 blurred", 3: "Cat"})


def test_undo_in_it_shows_what_was_undone(enter: Enter) -> None:
    sheet = enter()
    sheet.press("z")
    opened(sheet, 1)
    sheet.press("1", "1", "u")
    expect(opened(sheet, 2).get_by_role("status").filter(has_text="no label")).to_be_visible()


def test_a_page_is_submitted_from_it_and_the_next_one_begins_in_it(enter: Enter) -> None:
    sheet = enter(4)
    first = sheet.names()
    sheet.press("z")
    opened(sheet, 1, 4)
    sheet.press("1", "2", "1", "ArrowLeft", "Enter")
    opened(sheet, 4, 4)
    sheet.press("3")
    view = opened(sheet, 4, 4)
    expect(view.get_by_role("button", name="Submit")).to_be_enabled()
    sheet.press("Enter")
    view = opened(sheet, 1, 4)
    expect(view.get_by_role("status").filter(has_text="no label")).to_be_visible()
    sheet.press("Escape")
    expect(sheet.tile(1)).not_to_have_accessible_name(re.compile(re.escape(first[0])))


def test_it_zooms_by_keys_buttons_and_wheel_and_the_arrows_then_move_the_image(enter: Enter, people: People) -> None:
    files = {f"{number}.png": picture(size=(600, 400)) for number in range(4)}
    sheet = enter(4, of=new_project(people, Folder(people, files)))
    sheet.press("z")
    view = opened(sheet, 1, 4)
    whole = width(view)
    sheet.press("+")
    until(lambda: width(view) > whole, "the image is not larger")
    expect(view.get_by_role("button", name="Zoom out")).to_be_visible()
    view.get_by_role("button", name="Zoom in").click()
    until(lambda: width(view) > 1.6 * whole, "the image is not larger")
    image = view.locator("img")
    view.get_by_role("group").focus()
    before = image.bounding_box()
    sheet.press("ArrowLeft")
    after = image.bounding_box()
    assert before
    assert after
    assert after["x"] > before["x"]
    opened(sheet, 1, 4)
    sheet.press("0")
    until(lambda: abs(width(view) - whole) < 1, "the image is not whole")
    sheet.page.mouse.move(640, 350)
    sheet.page.mouse.wheel(0, -300)
    until(lambda: width(view) > whole, "the image is not larger")
    box = image.bounding_box()
    assert box
    sheet.page.mouse.down()
    sheet.page.mouse.move(600, 330, steps=4)
    sheet.page.mouse.up()
    dragged = image.bounding_box()
    assert dragged
    assert (dragged["x"], dragged["y"]) != (box["x"], box["y"])
    # Each image begins whole.
    sheet.press("0")
    until(lambda: abs(width(view) - whole) < 1, "the image is not whole")
    sheet.press("+")
    until(lambda: width(view) > whole, "the image is not larger")
    view.get_by_role("button", name="Next image").click()
    assert abs(width(opened(sheet, 2, 4)) - whole) < 1


def test_the_next_image_is_loaded_ahead(enter: Enter, people: People) -> None:
    files = {f"{number}.png": picture(size=(600, 400)) for number in range(99)}
    asked: list[str] = []
    sheet = enter(99, of=new_project(people, Folder(people, files)))
    count = sheet.tiles.count()
    sheet.page.on("request", lambda request: asked.append(request.url))
    sheet.press("z")
    opened(sheet, 1, count)
    until(lambda: len(asked) >= 2, "the next image is not loaded ahead")
    before = len(asked)
    sheet.press("ArrowRight")
    view = opened(sheet, 2, count)
    shown = view.locator("img").get_attribute("src")
    assert shown in asked[:before]


def pixels(view: Locator) -> list[int]:
    """How wide the pictures are that lie over each other, in their own pixels."""
    return [image.evaluate("image => image.naturalWidth") for image in view.locator("img").all()]


def test_who_zooms_in_beyond_the_preview_sees_the_images_own_pixels(enter: Enter, people: People) -> None:
    files = {f"{number}.png": picture(size=(3000, 2000)) for number in range(4)}
    asked: list[str] = []
    sheet = enter(4, of=new_project(people, Folder(people, files)))
    sheet.page.on("request", lambda request: asked.extend([request.url] * request.url.endswith("/detail")))
    sheet.press("z")
    view = opened(sheet, 1, 4)
    until(lambda: pixels(view) == [1024], "the preview is not there")
    assert asked == []
    sheet.press("+", "+")
    until(lambda: pixels(view) == [1024, 3000], "the image's own pixels are not there")
    preview, detail = view.locator("img").all()
    expect(detail).to_be_visible()
    assert detail.bounding_box() == preview.bounding_box()
    # It cannot be had of the next one, whose preview stays.
    sheet.page.route("**/detail", lambda route: route.fulfill(status=409, json={}))
    sheet.press("0", "ArrowRight")
    view = opened(sheet, 2, 4)
    until(lambda: pixels(view) == [1024], "the preview is not there")
    expect(view.get_by_text("Only the preview can be shown")).to_be_hidden()
    sheet.press("+", "+")
    expect(view.get_by_text("Only the preview can be shown")).to_be_visible()
    assert pixels(view) == [1024]
    # What has come is not asked for again.
    before = len(asked)
    sheet.press("0", "ArrowLeft", "+", "+")
    view = opened(sheet, 1, 4)
    until(lambda: pixels(view) == [1024, 3000], "the image's own pixels are not there")
    assert len(asked) == before
