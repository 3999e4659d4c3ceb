"""The page of all images where an image has several labels, or none: finding, correcting, and what happened."""

import re
from urllib.parse import unquote_plus, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.test_data_page import expect_notice, open_data, tiles
from tests.running import Service, until

expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

LABELS = [
    {"name": "Cat", "group": "Animal/Pet"},
    {"name": "Dog", "group": "Animal"},
    {"name": "Car", "group": ""},
    {"name": "Day", "group": "Time"},
    {"name": "Night", "group": "Time"},
    *({"name": f"Thing {number}", "group": ""} for number in range(6, 13)),
]
GIVEN = [["Cat", "Dog", "Car", "Day", "Thing 6"], ["Cat"], ["Dog", "Day"], [], ["Car"]]


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """Seven images, each with the labels above; one is skipped, and one waits."""
    made = new_project(
        people,
        Folder(people, pictures(7)),
        taskType="multiLabel",
        labels=LABELS,
        groups=[{"path": "Time", "exclusive": True}],
    )
    lease = made.lease(made.boss, 6)
    ids = [image["id"] for image in lease["images"]]
    given = dict(zip(ids, GIVEN, strict=False))
    good(made.submit(made.boss, lease, given, [{"id": ids[5], "reason": "dark"}]))
    return made


def label_filter(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Label: "))


def asked(address: str) -> list[str]:
    return sorted(unquote_plus(urlsplit(address).query).split("&"))


def expect_found(page: Page, count: int, address: str) -> None:
    """Beside a dialog, which hides from assistive technology what is behind it."""
    expect(page.locator("[role=listbox] [role=option]")).to_have_count(count)
    until(lambda: asked(page.url) == sorted(address.split("&")), f"the address does not become {address}")


def test_images_are_found_by_labels_by_groups_and_without_a_label(
    service: Service, page: Page, project: Project
) -> None:
    open_data(page, service, project.id)
    expect(tiles(page)).to_have_count(5)
    label_filter(page).click()
    wanted = page.get_by_role("dialog", name="Images with")
    for name, count, address in (
        ("Dog", 2, "label=Dog"),
        ("Car", 3, "label=Dog&label=Car"),
        ("All of", 1, "label=Dog&label=Car&match=all"),
        ("None of", 2, "label=Dog&label=Car&match=none"),
        ("No label", 1, "match=none"),
        ("All of Animal", 3, "group=Animal"),
    ):
        wanted.get_by_label(name, exact=True).click()
        expect_found(page, count, address)
        if name == "None of":
            assert_accessible(page)
    wanted.get_by_role("searchbox").fill("thing 6")
    expect(wanted.get_by_role("checkbox")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(wanted).to_have_count(0)
    expect(label_filter(page)).to_have_text("All of Animal")
    page.go_back()
    expect(label_filter(page)).to_have_text("No label")
    page.get_by_role("button", name="Clear 1 filter").click()
    expect(label_filter(page)).to_have_text("Any")
    expect(tiles(page)).to_have_count(5)


def test_labels_of_many_images_are_added_taken_away_and_set_and_that_is_undone(
    service: Service, page: Page, project: Project
) -> None:
    def labels() -> list[list[str]]:
        return [image["labels"] for image in project.images(state="labeled")]

    before = labels()
    open_data(page, service, project.id)
    expect(tiles(page)).to_have_count(5)
    press = page.keyboard.press
    press("Control+a")
    # A label's key turns it on for all that are selected, and they stay so.
    press("2")
    expect_notice(page, "3 images have Dog now. 2 images have Dog already.")
    press("2")
    expect_notice(page, "Dog taken away from 5 images.")
    assert labels() == [[name for name in row if name != "Dog"] for row in before]
    press("u")
    expect_notice(page, "Undone: 5 images are as before.")
    press("u")
    expect_notice(page, "Undone: 3 images are as before.")
    assert labels() == before

    # Of an exclusive group the label that is added takes the other's place.
    press("/")
    dialog = page.get_by_role("dialog", name="Change the labels of 5 images")
    expect(dialog.get_by_label("Add", exact=True)).to_be_checked()
    expect(dialog.get_by_role("button", name="Add labels")).to_be_disabled()
    dialog.get_by_label("Day", exact=True).check()
    dialog.get_by_label("Night", exact=True).check()
    expect(dialog.get_by_label("Day", exact=True)).not_to_be_checked()
    dialog.get_by_label("Thing 7", exact=True).check()
    assert_accessible(page)
    dialog.get_by_role("button", name="Add labels").click()
    expect_notice(page, "5 images have Night, Thing 7 now.")
    expect(tiles(page, "Day")).to_have_count(0)
    assert all("Night" in row and "Day" not in row for row in labels())
    press("u")
    expect_notice(page, "Undone: 5 images are as before.")
    press("0")
    expect_notice(page, "4 images have none of the labels now. 1 image has none of the labels already.")
    expect(tiles(page, "None of these")).to_have_count(5)
    press("u")
    expect_notice(page, "Undone: 4 images are as before.")

    # Of one image its labels are there, to be changed.
    press("Escape")
    press("Home")
    press("/")
    dialog = page.get_by_role("dialog", name="Change the labels of 1 image")
    expect(dialog.get_by_label("Set exactly these")).to_be_checked()
    expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(5)
    dialog.get_by_label("Cat", exact=True).uncheck()
    dialog.get_by_role("button", name="Set labels").click()
    expect_notice(page, "1 image is labeled Dog, Car, Day, Thing 6 now.")
    press("d")
    history = page.get_by_role("list", name="History").get_by_role("listitem")
    expect(history.first).to_contain_text("Corrected to Dog, Car, Day, Thing 6")
    expect(history.first).to_contain_text("Taken away: Cat.")
    press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    expect(history.first).to_contain_text("Added: Cat.")
    assert labels() == before


def test_tiles_and_the_large_view_show_all_labels_and_tell_none_of_these_from_skipped(
    service: Service, page: Page, project: Project
) -> None:
    open_data(page, service, project.id, "?state=all")
    expect(tiles(page)).to_have_count(7)
    expect(tiles(page, re.compile(r"Cat.*Dog.*Car.*\+2"))).to_have_count(1)
    expect(tiles(page, "03.png None of these")).to_have_count(1)
    expect(tiles(page, "05.png Skipped")).to_have_count(1)
    page.keyboard.press("z")
    large = page.get_by_role("dialog", name="Image 1 of 7")
    for name in GIVEN[0]:
        expect(large.get_by_role("status").get_by_text(name, exact=True)).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("0")
    expect(large.get_by_role("status").filter(has_text="None of these")).to_be_visible()
    page.keyboard.press("u")
    expect(large.get_by_role("status").get_by_text("Dog", exact=True)).to_be_visible()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog").get_by_role("status").filter(has_text="None of these")).to_be_visible()


def test_the_dashboard_counts_images_by_label_and_those_without_one(
    service: Service, page: Page, project: Project
) -> None:
    page.goto(f"{service.url}/projects/{project.id}")
    labels = page.get_by_role("region", name="By label", exact=True)
    expect(labels.get_by_role("img", name="Bar chart: 5 labeled images with 9 labels in all")).to_contain_text(
        "No label1"
    )
    labels.get_by_role("button", name="Show as table: By label").click()
    rows = labels.get_by_role("table", name="By label").get_by_role("row")
    for name, count, share in (("Cat", "2", "40%"), ("Day", "2", "40%"), ("No label", "1", "20%")):
        row = rows.filter(has=page.get_by_role("cell", name=name, exact=True))
        expect(row.get_by_role("cell")).to_have_text([name, count, share])
