"""What the tagging page looks like: on every screen, in both themes, while images load and when they do not."""

import re
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Route, expect

from functions.imaging.rendering import THUMBNAIL_SIDE
from tests.api.builders import Folder, People, Project, good, new_project, picture
from tests.browser.accessibility import assert_accessible
from tests.browser.tagging.conftest import Enter
from tests.browser.tagging.sheet import Sheet
from tests.running import until

LONG = "A label of one hundred characters that somebody gave who wanted to say all of it in the label itself."[:100]
LABELS = ["Cat", "Dog", LONG, *(f"Label {number:02}" for number in range(4, 41))]
SIZES = ((900, 600), (600, 900), (400, 400), (1200, 300))
SCREENS: dict[str, dict[str, Any]] = {
    "a window": {"viewport": {"width": 1280, "height": 800}},
    "a window at 200%": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "a tablet": {"viewport": {"width": 768, "height": 1024}, "has_touch": True, "is_mobile": True},
    "a tablet on its side": {"viewport": {"width": 1024, "height": 768}, "has_touch": True, "is_mobile": True},
    "a phone": {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True},
}
ZOOMED_OR_TABLET = ["a window", "a window at 200%", "a tablet", "a tablet on its side"]
FINGER = 40
PICTURES = re.compile(r"\.webp\?")
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries())
    window.shifts.push(...shift.sources.map((source) => [shift.value, source.node?.outerHTML?.slice(0, 200)]));
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """Large images of several shapes, forty labels, one of them explained, some images rejected."""
    files = {
        f"{number:02}-with a long name, as cameras give them.png": picture(size=SIZES[number % len(SIZES)])
        for number in range(99)
    }
    made = new_project(people, Folder(people, files), labels=LABELS)
    shown = made.label(made.invite("labeler"), 2, "Cat")
    cat, *others = made.get()["labels"]
    good(made.change(labels=[{**cat, "description": "Also young ones.", "examples": shown}, *others]))
    rejected = [{"id": image} for image in shown]
    reason = "This is no cat. Look at the ears and the tail, and skip what is too blurred to tell."
    good(made.boss.post(f"{made.path}/rejections", json={"images": rejected, "reason": reason}))
    return made


def box(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found
    return found


def assert_accessible_now(sheet: Sheet) -> None:
    sheet.page.mouse.move(0, 0)
    assert_accessible(sheet.page)


def test_axe_finds_nothing(enter: Enter) -> None:
    sheet = enter()
    sheet.press("1", "2", "3", "Shift+ArrowRight")
    assert_accessible_now(sheet)
    sheet.press("Escape")
    dialogs = {
        "?": "Keys",
        "s": "Skip 1 image",
        "/": "Search labels",
        "e": "What the labels mean",
        "i": "Instructions",
    }
    for key, dialog in dialogs.items():
        sheet.press(key)
        expect(sheet.page.get_by_role("dialog", name=dialog)).to_be_visible()
        assert_accessible_now(sheet)
        sheet.press("Escape")
        expect(sheet.page.get_by_role("dialog")).to_have_count(0)
    sheet.panel.get_by_role("button", name="Cat").hover()
    expect(sheet.page.get_by_role("tooltip").get_by_role("img").nth(1)).to_be_visible()
    assert_accessible(sheet.page)
    sheet.press("z")
    expect(sheet.large).to_be_visible()
    assert_accessible_now(sheet)
    sheet.press("1")
    expect(sheet.large.get_by_text("6 of 9")).to_be_visible()
    assert_accessible_now(sheet)


@pytest.mark.parametrize("layout", [1, 16, 99])
def test_axe_finds_nothing_in_other_layouts(enter: Enter, layout: int) -> None:
    sheet = enter(layout)
    sheet.press("Shift+Digit3")
    assert_accessible_now(sheet)


@pytest.mark.parametrize("layout", [1, 4, 9, 99])
def test_nothing_moves_while_images_load_and_are_tagged(enter: Enter, layout: int) -> None:
    held: list[Route] = []

    def watch(page: Page) -> None:
        page.add_init_script(WATCH_SHIFTS)
        page.route(PICTURES, lambda route: held.append(route))

    sheet = enter(layout, first=watch)
    image = sheet.tiles.first.locator("img")
    assert not image.evaluate("(image) => image.complete && image.naturalWidth > 0")
    before = box(image)
    for route in held:
        route.continue_()
    sheet.page.unroute_all(behavior="ignoreErrors")
    expect(image).to_have_js_property("complete", True)
    sheet.page.wait_for_load_state("networkidle")
    assert image.evaluate("(image) => image.naturalWidth") > 0
    assert box(image) == before
    assert sheet.page.evaluate("window.shifts") == []
    # What follows a key is no shift, and what is said of the next image may need another room: looked at all the same.
    first = box(sheet.tiles.first)
    submit = box(sheet.button("Submit"))
    sheet.press("3")
    assert box(sheet.tiles.first) == first
    assert box(sheet.button("Submit")) == submit


def test_tiles_keep_the_images_proportions(enter: Enter) -> None:
    sheet = enter(16)
    sheet.page.wait_for_load_state("networkidle")
    shapes = set()
    for image in sheet.tiles.locator("img").all():
        drawn = box(image)
        width, height = image.evaluate("(image) => [image.naturalWidth, image.naturalHeight]")
        assert abs(drawn["width"] / drawn["height"] - width / height) < 0.05 * width / height
        shapes.add(round(width / height, 1))
    assert len(shapes) == len(SIZES)


def sides_of_all(sheet: Sheet) -> list[int]:
    """The longer side of each picture in its file, once all have come."""
    images = sheet.tiles.locator("img")
    until(
        lambda: bool(images.evaluate_all("(all) => all.every((one) => one.complete && one.naturalWidth > 0)")),
        "the pictures do not come",
    )
    sides = "(all) => all.map((one) => Math.max(one.naturalWidth, one.naturalHeight))"
    return [int(side) for side in images.evaluate_all(sides)]


def test_large_tiles_show_the_preview_and_small_ones_the_thumbnail(enter: Enter) -> None:
    has_previews = {}
    for density in (1, 2):
        # A page of 36 is shown in parts in the smaller layouts, which are then full however few images are left.
        sheet = enter(36, device_scale_factor=density)
        for layout in (36, 16, 4):
            if layout < 36:
                sheet.panel.get_by_role("button", name=f"{layout} images").click()
                expect(sheet.tiles).to_have_count(layout)
            has_previews[layout, density] = max(sides_of_all(sheet)) > THUMBNAIL_SIDE
    assert has_previews == {
        (36, 1): False,
        (16, 1): False,
        (4, 1): True,
        (36, 2): False,
        (16, 2): True,
        (4, 2): True,
    }


def test_a_picture_that_does_not_come_is_said_and_loaded_again(enter: Enter) -> None:
    sheet = enter(4, first=lambda page: page.route(PICTURES, lambda route: route.abort()))
    expect(sheet.tiles.first).to_have_accessible_description(re.compile("Could not be loaded$"))
    expect(sheet.panel.get_by_text("4 images could not be loaded.")).to_be_visible()
    sheet.press("1")
    assert_accessible_now(sheet)
    sheet.page.unroute_all(behavior="ignoreErrors")
    sheet.button("Load again").click()
    expect(sheet.button("Load again")).to_be_hidden()
    image = sheet.tiles.first.locator("img")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("(image) => image.naturalWidth") > 0
    sheet.expect_tags({1: "Cat"})


# What of these is not whole in the window, or lies under something, once it is scrolled to.
OUT_OF_REACH = """
(elements) => elements.filter((element) => {
  element.scrollIntoView({block: "center"});
  const box = element.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const inWindow = box.left >= 0 && box.top >= 0 && box.right <= width + 0.5 && box.bottom <= height + 0.5;
  return !inWindow || !element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}).map((element) => element.ariaLabel ?? element.innerText)
"""
TOO_SMALL = """
(elements, finger) => elements.filter((element) => {
  const { width, height } = element.getBoundingClientRect();
  return Math.min(width, height) < finger;
}).map((element) => element.ariaLabel ?? element.innerText)
"""


@pytest.mark.parametrize("screen", SCREENS)
def test_the_images_are_the_most_of_the_page_and_nothing_is_cut_off_or_out_of_reach(enter: Enter, screen: str) -> None:
    options = SCREENS[screen]
    sheet = enter(**options)
    if screen in ZOOMED_OR_TABLET:
        images, panel = box(sheet.images), box(sheet.panel)
        assert images["width"] * images["height"] > panel["width"] * panel["height"]
    assert sheet.page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    buttons = sheet.panel.get_by_role("button")
    assert buttons.evaluate_all(OUT_OF_REACH) == []
    assert sheet.tiles.evaluate_all(OUT_OF_REACH) == []
    if options.get("has_touch"):
        assert buttons.evaluate_all(TOO_SMALL, FINGER) == []
    sheet.button("Large view").click()
    expect(sheet.large).to_be_visible()
    assert sheet.large.get_by_role("button").evaluate_all(OUT_OF_REACH) == []


def test_groups_fold_stay_folded_and_are_searched_along(enter: Enter, project: Project) -> None:
    """The last test of this project: its labels are in groups from now on."""
    groups = ["Animal/Domestic", "Animal/Domestic", "", *["Animal"] * 7, *["Things/Of every day/In a kitchen"] * 30]
    labels = zip(project.get()["labels"], groups, strict=True)
    good(project.change(labels=[{"id": label["id"], "name": label["name"], "group": group} for label, group in labels]))
    sheet = enter(**SCREENS["a tablet"])
    assert sheet.panel.get_by_role("button").evaluate_all(TOO_SMALL, FINGER) == []
    animals = sheet.button("Animal 9")
    expect(sheet.button("Label 04")).to_be_visible()
    animals.click()
    expect(animals).to_have_attribute("aria-expanded", "false")
    for hidden in ("Cat", "Label 04", "Domestic 2"):
        expect(sheet.button(hidden)).to_have_count(0)
    expect(sheet.button("Of every day 30")).to_be_visible()
    assert_accessible_now(sheet)
    sheet.page.reload()
    expect(sheet.tiles.first).to_be_visible()
    expect(animals).to_have_attribute("aria-expanded", "false")
    sheet.press("2")
    sheet.expect_tags({1: "Dog"})
    sheet.press("/")
    search = sheet.page.get_by_role("dialog", name="Search labels")
    sheet.page.keyboard.type("ani dom")
    expect(search.get_by_role("option")).to_have_text(["CatAnimal › Domestic", "DogAnimal › Domestic"])
    assert_accessible_now(sheet)
    sheet.press("Enter")
    sheet.expect_tags({1: "Dog", 2: "Cat"})
