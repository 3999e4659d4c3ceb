"""The tagging page by mouse and by fingers."""

from playwright.sync_api import Locator, expect

from tests.browser.tagging.conftest import Enter
from tests.browser.tagging.sheet import Sheet
from tests.running import until

TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}


def middle(tile: Locator) -> tuple[float, float]:
    box = tile.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def start_drag(sheet: Sheet, start: int, end: int) -> None:
    """From the middle of one tile to that of another; the button stays down."""
    sheet.page.mouse.move(*middle(sheet.tile(start)))
    sheet.page.mouse.down()
    sheet.page.mouse.move(*middle(sheet.tile(end)), steps=4)


def drag(sheet: Sheet, start: int, end: int) -> None:
    start_drag(sheet, start, end)
    sheet.page.mouse.up()


def test_clicks_select_and_shift_extends(enter: Enter) -> None:
    sheet = enter()
    sheet.tile(2).click()
    sheet.tile(6).click(modifiers=["Shift"])
    sheet.expect_selected(2, 3, 4, 5, 6)
    sheet.press("Escape")
    sheet.tile(9).click()
    sheet.tile(1).click()
    sheet.expect_selected(1, 9)
    sheet.tile(9).click()
    sheet.expect_selected(1)
    sheet.press("2")
    sheet.expect_tags({1: "Dog"})


def test_a_rectangle_selects_what_it_touches(enter: Enter) -> None:
    sheet = enter()
    drag(sheet, 1, 5)
    sheet.expect_selected(1, 2, 4, 5)
    # What is dragged anew replaces it, with Shift or Ctrl it adds.
    drag(sheet, 6, 3)
    sheet.expect_selected(3, 6)
    for key, end, selected in (("Shift", 9, (3, 6, 7, 8, 9)), ("Control", 1, (1, 3, 4, 6, 7, 8, 9))):
        sheet.page.keyboard.down(key)
        drag(sheet, 7, end)
        sheet.page.keyboard.up(key)
        sheet.expect_selected(*selected)
    sheet.press("1")
    sheet.expect_tags(dict.fromkeys((1, 3, 4, 6, 7, 8, 9), "Cat"))


def test_escape_leaves_a_dragged_rectangle_and_the_selection_as_it_was(enter: Enter) -> None:
    sheet = enter()
    sheet.tile(9).click()
    start_drag(sheet, 1, 5)
    sheet.expect_selected(1, 2, 4, 5)
    sheet.press("Escape")
    sheet.expect_selected(9)
    sheet.page.mouse.up()
    sheet.expect_selected(9)


def test_a_rectangle_ends_where_a_menu_opens(enter: Enter) -> None:
    """As Ctrl and a click do it on macOS, after which no pointer is told to be up."""
    sheet = enter()
    sheet.page.mouse.move(*middle(sheet.tile(1)))
    sheet.page.mouse.down()
    sheet.images.dispatch_event("contextmenu", {"bubbles": True})
    sheet.page.mouse.move(*middle(sheet.tile(5)), steps=4)
    sheet.expect_selected()
    sheet.page.mouse.up()


def test_what_scrolls_follows_a_rectangle_to_its_end(enter: Enter) -> None:
    sheet = enter(99, viewport={"width": 1000, "height": 600})
    count = sheet.tiles.count()
    assert sheet.images.evaluate("(grid) => grid.scrollHeight > grid.clientHeight * 1.3")
    sheet.page.mouse.move(*middle(sheet.tile(1)))
    sheet.page.mouse.down()
    box = sheet.images.bounding_box()
    assert box
    sheet.page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] - 4, steps=4)
    expect(sheet.images.get_by_role("option", selected=True)).to_have_count(count)
    sheet.page.mouse.up()
    expect(sheet.images.get_by_role("option", selected=True)).to_have_count(count)


def test_a_double_click_opens_the_large_view_and_selects_nothing(enter: Enter) -> None:
    sheet = enter()
    sheet.tile(5).dblclick()
    expect(sheet.large).to_be_visible()
    sheet.press("Escape")
    expect(sheet.large).to_be_hidden()
    sheet.expect_selected()
    sheet.expect_focused(5)


def test_a_tap_selects_two_taps_open_and_so_does_a_finger_that_rests(enter: Enter) -> None:
    sheet = enter(**TABLET)
    sheet.tile(3).tap()
    sheet.expect_selected(3)
    finger = sheet.page.context.new_cdp_session(sheet.page)
    x, y = middle(sheet.tile(6))
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(sheet.large).to_be_visible()
    expect(sheet.large.get_by_text("6 of 9")).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    sheet.large.get_by_role("button", name="Close large view").tap()
    expect(sheet.large).to_be_hidden()
    sheet.expect_selected(3)
    sheet.tile(7).tap()
    sheet.tile(7).tap()
    expect(sheet.large.get_by_text("7 of 9")).to_be_visible()


def test_a_finger_scrolls_and_selects_nothing(enter: Enter) -> None:
    sheet = enter(99, viewport={"width": 768, "height": 700}, has_touch=True)
    finger = sheet.page.context.new_cdp_session(sheet.page)
    x, y = middle(sheet.tile(sheet.tiles.count() // 4))
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        moved = {"x": x, "y": y - 20 * step}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(lambda: sheet.images.evaluate("(grid) => grid.scrollTop") > 100, "nothing was scrolled")
    sheet.expect_selected()
    expect(sheet.large).to_be_hidden()
