"""The page of all images, as a reviewer works with it: finding, rejecting, changing labels, and undoing that."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from bench.labeling.seeding import Seeded, seed
from functions.labeling.limits import MOST_CHANGES
from tests.api.builders import Folder, People, Project, good, new_name, new_project, picture, pictures, user_id
from tests.browser.accessibility import assert_accessible
from tests.running import Service, until

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

# More than one answer looks through.
MANY = 7_000
# Far more than fit on a screen.
LONG = 1_200
# More than one call takes.
SOME = 600


@pytest.fixture(scope="module")
def cats_and_dogs(people: People) -> Project:
    """Twelve images: anna labeled three Cat and one Dog, bert three Cat and skipped one. Tests only look."""
    project = new_project(people, Folder(people, pictures(12)))
    anna, bert = (project.invite("labeler", name) for name in ("anna", "bert"))
    project.label(anna, 3, "Cat")
    project.label(anna, 1, "Dog")
    project.label(bert, 3, "Cat")
    lease = project.lease(bert, 1)
    good(project.submit(bert, lease, {}, [{"id": lease["images"][0]["id"], "reason": "blurred"}]))
    return project


def labeled_project(people: People, images: int, labeler: str = "labeler") -> tuple[Project, str]:
    """A project whose images somebody of this role has labeled Cat; with their name."""
    project, name = new_project(people, Folder(people, pictures(images))), new_name(labeler)
    project.label(project.invite(labeler, name), images)
    return project, name


def seeded(people: People, service: Service, images: int) -> Seeded:
    """A project of many labeled images, without files."""
    made = seed(people(), service.data_storage, images, [], labeled_by=user_id("anna"))
    # Playwright has an event loop in this thread.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, made).result()


@pytest.fixture(scope="module")
def many(people: People, service: Service) -> Seeded:
    return seeded(people, service, MANY)


def with_thumbnails(page: Page) -> None:
    """Lets images without files have a picture."""
    page.route("**/thumbnail/**", lambda route: route.fulfill(body=picture(), content_type="image/png"))


def open_data(page: Page, service: Service, project: str, search: str = "") -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{service.url}/projects/{project}/data{search}")


def grid(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Images")


def tiles(page: Page, name: str | re.Pattern[str] = "") -> Locator:
    return grid(page).get_by_role("option", name=name)


def expect_focus(page: Page, name: str) -> None:
    """The active tile is that of the image with this in its name, and it is drawn."""
    tile = tiles(page, name)
    expect(tile).to_have_count(1)
    expect(grid(page)).to_have_attribute("aria-activedescendant", tile.get_attribute("id") or "")


def counts(project: Project) -> dict[str, int]:
    return {entry["label"]: entry["count"] for entry in project.progress()["byLabel"]}


def expect_notice(page: Page, words: str) -> None:
    """It is shown, beside being read out."""
    expect(page.get_by_text(words).first).to_be_visible()


def load_all(page: Page, count: str) -> None:
    """End goes to the last image of all, which is loaded first."""
    expect(tiles(page).first).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_text(f"{count} images", exact=True)).to_be_visible()
    last = grid(page).locator(f'[aria-posinset="{count.replace(",", "")}"]')
    expect(last).to_be_in_viewport()
    expect(grid(page)).to_have_attribute("aria-activedescendant", last.get_attribute("id") or "")


def test_the_filters_are_in_the_address_and_the_way_back_leads_through_them(
    service: Service, page: Page, cats_and_dogs: Project
) -> None:
    open_data(page, service, cats_and_dogs.id)
    expect(tiles(page)).to_have_count(7)
    page.get_by_label("Labeler").select_option(label="anna")
    expect(tiles(page)).to_have_count(4)
    page.get_by_label("Label", exact=True).select_option("Dog")
    expect(tiles(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"labeler={user_id('anna')}&label=Dog$"))
    expect(page.get_by_role("button", name="Clear 2 filters")).to_be_visible()

    page.reload()
    expect(tiles(page, "Dog")).to_have_count(1)
    expect(page.get_by_label("Label", exact=True)).to_have_value("Dog")

    page.go_back()
    expect(tiles(page)).to_have_count(4)
    expect(page.get_by_label("Label", exact=True)).to_have_value("")
    page.go_forward()
    expect(tiles(page)).to_have_count(1)
    page.get_by_role("button", name="Clear 2 filters").click()
    expect(tiles(page)).to_have_count(7)
    expect(page).to_have_url(re.compile(r"/data$"))

    page.get_by_label("State").select_option(label="Skipped")
    expect(tiles(page, "Skipped")).to_have_count(1)
    page.get_by_label("State").select_option(label="All")
    expect(tiles(page)).to_have_count(12)


def test_a_name_that_is_typed_is_not_looked_for_letter_by_letter(
    service: Service, page: Page, cats_and_dogs: Project
) -> None:
    open_data(page, service, cats_and_dogs.id)
    expect(tiles(page)).to_have_count(7)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/images?" in request.url else None)
    page.get_by_label("File name contains").press_sequentially("03.png", delay=60)
    expect(tiles(page)).to_have_count(1)
    expect_focus(page, "03.png")
    # Where the machine halts for a moment, that is a pause.
    assert 0 < len(asked) <= 3
    expect(page).to_have_url(re.compile(r"name=03.png$"))
    page.go_back()
    expect(tiles(page)).to_have_count(7)
    expect(page.get_by_label("File name contains")).to_have_value("")


def test_what_the_address_asks_for_and_there_is_not_is_told(
    service: Service, page: Page, cats_and_dogs: Project
) -> None:
    open_data(page, service, cats_and_dogs.id, "?state=lost&label=Cow&labeler=nobody&name=0")
    expect(page.get_by_role("heading", name="Some filters in this address do not exist")).to_be_visible()
    for words in ("no state “lost”", "no label “Cow”", "Nobody called “nobody”"):
        expect(page.get_by_text(words)).to_be_visible()
    expect(tiles(page)).to_have_count(0)
    page.get_by_role("button", name="Clear 3 filters").click()
    expect(tiles(page)).to_have_count(7)
    expect(page.get_by_label("File name contains")).to_have_value("0")


def test_no_images_and_no_answer_say_what_to_do(service: Service, page: Page, cats_and_dogs: Project) -> None:
    open_data(page, service, cats_and_dogs.id, "?name=nothing-like-it")
    expect(page.get_by_text("No image matches these filters.")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").click()
    expect(tiles(page)).to_have_count(7)

    page.route("**/images?*", lambda route: route.fulfill(status=400, json={"title": "Bad", "detail": "It is broken."}))
    page.get_by_label("State").select_option(label="All")
    expect(page.get_by_role("alert")).to_contain_text("It is broken.")
    page.unroute("**/images?*")
    page.get_by_role("button", name="Try again").click()
    expect(tiles(page)).to_have_count(12)


def test_the_keys_move_and_select_as_in_tagging(service: Service, page: Page, cats_and_dogs: Project) -> None:
    open_data(page, service, cats_and_dogs.id, "?state=all")
    expect(tiles(page)).to_have_count(12)
    expect_focus(page, "00.png")
    press = page.keyboard.press
    press("ArrowRight")
    expect_focus(page, "01.png")
    press("ArrowDown")
    expect_focus(page, "07.png")
    press("Space")
    press("Shift+ArrowRight")
    expect(grid(page).get_by_role("option", selected=True)).to_have_count(2)
    expect(page.get_by_text("2 images selected")).to_be_visible()
    tiles(page, "10.png").click(modifiers=["Shift"])
    expect(page.get_by_text("4 images selected")).to_be_visible()
    press("Control+a")
    expect(page.get_by_text("12 images selected")).to_be_visible()
    press("Escape")
    expect(grid(page).get_by_role("option", selected=True)).to_have_count(0)
    press("End")
    expect_focus(page, "11.png")
    press("Home")
    expect_focus(page, "00.png")
    press("PageDown")
    expect_focus(page, "06.png")
    press("PageUp")
    expect_focus(page, "00.png")
    press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Undo what was done last")
    press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    press("ArrowRight")
    expect_focus(page, "01.png")


def test_a_rejection_has_a_reason_can_be_undone_and_is_seen_by_who_gets_the_image(
    service: Service, people: People, page: Page
) -> None:
    project, labeler = labeled_project(people, 4)
    open_data(page, service, project.id)
    expect(tiles(page, "Cat")).to_have_count(4)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    reason = page.get_by_role("dialog", name="Reject 1 image").get_by_label("Reason")
    expect(reason).to_be_focused()
    page.keyboard.type("look at the ears")
    page.keyboard.press("Enter")
    expect_notice(page, "1 image is rejected.")
    # It stays in its place, and the next one has the focus.
    expect(tiles(page, "01.png Waiting")).to_have_count(1)
    expect_focus(page, "02.png")

    page.get_by_role("button", name="Undo (U)").last.click()
    expect_notice(page, "Undone: 1 image is as before.")
    expect(tiles(page, "01.png Cat")).to_have_count(1)
    assert project.image("01.png")["labels"] == ["Cat"]

    # A reason that was given before is offered.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    page.get_by_role("dialog").get_by_role("button", name="look at the ears").click()
    expect(tiles(page, "01.png Waiting")).to_have_count(1)
    lease = project.lease(people(labeler))
    assert [image["rejected"] for image in lease["images"]] == [
        {"reason": "look at the ears", "labels": ["Cat"], "skipped": False}
    ]

    # Who holds it keeps it.
    page.get_by_role("combobox", name="Review").select_option("Rejected")
    expect(page).to_have_url(re.compile(r"\?rejected=true$"))
    expect(tiles(page)).to_have_count(1)
    expect(page.get_by_text("1 image", exact=True)).to_be_visible()
    page.keyboard.press("u")
    expect_notice(page, "1 image had been changed again meanwhile and stays as it is.")
    expect(tiles(page, "01.png Being labeled")).to_have_count(1)


def test_what_is_not_labeled_cannot_be_rejected_and_that_is_told(
    service: Service, page: Page, cats_and_dogs: Project
) -> None:
    open_data(page, service, cats_and_dogs.id, "?state=all")
    expect(tiles(page)).to_have_count(12)
    page.keyboard.press("End")
    page.keyboard.press("r")
    expect_notice(page, "1 image is not labeled and stays as it is.")
    page.keyboard.press("Control+a")
    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="Reject 8 images")).to_be_visible()


def test_what_was_labeled_again_meanwhile_stays_and_is_told(service: Service, people: People, page: Page) -> None:
    project, _ = labeled_project(people, 3)
    open_data(page, service, project.id)
    expect(tiles(page, "Cat")).to_have_count(3)
    other = project.image("01.png")
    good(project.boss.put(f"{project.path}/images/{other['id']}/labels", json={"labels": ["Uncertain"]}))
    page.keyboard.press("Control+a")
    page.keyboard.press("2")
    expect_notice(page, "2 images are labeled Dog now. 1 image had been labeled again meanwhile")
    expect(tiles(page, "Dog")).to_have_count(2)
    expect(tiles(page, "01.png Uncertain")).to_have_count(1)


def test_what_fails_leaves_the_images_as_they_were(service: Service, people: People, page: Page) -> None:
    project, _ = labeled_project(people, 3)
    open_data(page, service, project.id)
    expect(tiles(page, "Cat")).to_have_count(3)
    page.route("**/corrections", lambda route: route.fulfill(status=503, json={"title": "Busy", "detail": "Not now."}))
    page.keyboard.press("2")
    expect_notice(page, "Not now.")
    expect(tiles(page, "Cat")).to_have_count(3)
    page.unroute("**/corrections")
    page.keyboard.press("Home")
    page.keyboard.press("2")
    expect(tiles(page, "00.png Dog")).to_have_count(1)
    expect_notice(page, "1 image is labeled Dog now.")


def test_the_labels_of_many_images_change_in_few_calls_and_are_undone(
    service: Service, people: People, page: Page
) -> None:
    project = seeded(people, service, SOME)
    whole = Project(people, project.id)
    former = counts(whole)
    with_thumbnails(page)
    open_data(page, service, project.id)
    load_all(page, f"{SOME}")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.method != "GET" else None)
    listed: list[Request] = []
    page.on("request", lambda request: listed.append(request) if "/images?" in request.url else None)
    page.keyboard.press("Control+a")
    page.keyboard.press("2")
    # Who has labeled an image so already, stays its labeler.
    expect_notice(page, f"{former['Cat']} images are labeled Dog now. {former['Dog']} images are labeled Dog already.")
    for key, label, other in (("1", "Cat", "Dog"), ("2", "Dog", "Cat")):
        page.keyboard.press("Control+a")
        page.keyboard.press(key)
        expect_notice(page, f"{SOME} images are labeled {label} now.")
        expect(tiles(page, re.compile(f"{other}$"))).to_have_count(0)
    assert len(asked) <= 10
    assert counts(whole) == {"Cat": 0, "Dog": SOME}

    page.keyboard.press("Control+z")
    expect_notice(page, f"Undone: {SOME} images are as before.")
    assert counts(whole) == {"Cat": SOME, "Dog": 0}
    expect(tiles(page, re.compile("Dog$"))).to_have_count(0)
    # What is on screen is changed in its place, not loaded again.
    assert listed == []


def test_with_many_labels_one_searches_for_the_label(service: Service, people: People, page: Page) -> None:
    labels = [f"Label {number}" for number in range(1, 13)]
    project = new_project(people, Folder(people, pictures(2)), labels=labels)
    project.label(project.invite("labeler"), 2, "Label 1")
    open_data(page, service, project.id)
    expect(tiles(page)).to_have_count(2)
    page.keyboard.press("/")
    expect(page.get_by_role("dialog").get_by_role("combobox", name="Label")).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect_notice(page, "1 image is labeled Label 12 now.")
    assert project.image("00.png")["labels"] == ["Label 12"]


def test_a_long_history_shows_its_newest_part_and_more_when_asked(service: Service, people: People, page: Page) -> None:
    project, labeler = labeled_project(people, 1)
    [image] = project.images()
    for number in range(MOST_CHANGES):
        body = {"labels": [("Uncertain", "Dog")[number % 2]]}
        good(project.boss.put(f"{project.path}/images/{image['id']}/labels", json=body))
    open_data(page, service, project.id)
    expect(tiles(page)).to_have_count(1)
    page.keyboard.press("d")
    details = page.get_by_role("region", name="Details of the image")
    events = details.get_by_role("list", name="History").get_by_role("listitem")
    expect(events).to_have_count(50)
    details.get_by_role("button", name="Show earlier").click()
    expect(events).to_have_count(51)
    expect(events.last).to_contain_text(labeler)
    expect(details.get_by_role("button", name="Show earlier")).to_have_count(0)
    label = project.get()["labels"].index(next(one for one in project.get()["labels"] if one["name"] == "Dog"))
    details.get_by_role("button", name="Use as an example of Dog").click()
    expect(details.get_by_role("button", name="Remove from the examples of Dog")).to_be_visible()
    assert project.get()["labels"][label]["examples"] == [image["id"]]


def test_an_image_and_its_history_stand_beside_the_grid_and_follow_the_focus(
    service: Service, people: People, page: Page
) -> None:
    project, labeler = labeled_project(people, 3)
    open_data(page, service, project.id)
    expect(tiles(page)).to_have_count(3)
    page.keyboard.press("d")
    details = page.get_by_role("region", name="Details of the image")
    expect(details).to_contain_text("00.png")
    events = details.get_by_role("list", name="History").get_by_role("listitem")
    expect(events).to_have_count(1)
    expect(events.first).to_contain_text(labeler)
    page.keyboard.press("ArrowRight")
    expect(details).to_contain_text("01.png")
    page.keyboard.press("r")
    page.get_by_role("dialog").get_by_label("Reason").fill("look again")
    page.keyboard.press("Enter")
    expect_notice(page, "1 image is rejected.")
    page.keyboard.press("ArrowLeft")
    expect(events).to_have_count(2)
    expect(events.first).to_contain_text("Rejected, was Cat")
    expect(events.first).to_contain_text("look again")
    page.keyboard.press("u")
    expect(events).to_have_count(3)
    page.keyboard.press("i")
    expect(details).to_have_count(0)


def test_side_by_side_shows_what_one_labeler_gave_one_label(
    service: Service, page: Page, cats_and_dogs: Project
) -> None:
    anna = user_id("anna")
    open_data(page, service, cats_and_dogs.id, f"?view=side-by-side&labeler={anna}&label=Cat")
    expect(tiles(page)).to_have_count(3)
    page.keyboard.press("n")
    expect(tiles(page, "Dog")).to_have_count(1)
    page.keyboard.press("p")
    expect(tiles(page)).to_have_count(3)
    page.keyboard.press("Shift+N")
    expect(page).to_have_url(re.compile(rf"labeler={user_id('bert')}&label=Cat$"))
    expect(tiles(page)).to_have_count(3)
    page.get_by_role("button", name="Next label (N)").click()
    expect(page.get_by_text("This labeler gave no image this label.")).to_be_visible()
    page.get_by_role("button", name="Previous labeler").click()
    expect(tiles(page, "Dog")).to_have_count(1)

    before = tiles(page).first.bounding_box()
    page.get_by_role("button", name="Large", exact=True).click()
    after = tiles(page).first.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"]
    page.get_by_role("button", name="Back to the grid").click()
    expect(tiles(page, "Dog")).to_have_count(1)


def test_few_tiles_are_drawn_and_the_focus_is_never_lost(service: Service, people: People, page: Page) -> None:
    with_thumbnails(page)
    open_data(page, service, seeded(people, service, LONG).id)
    load_all(page, f"{LONG:,}")
    last = "000012-11"
    expect_focus(page, last)
    assert 20 < tiles(page).count() < 150
    page.mouse.move(700, 400)
    for _ in range(10):
        page.mouse.wheel(0, -5_000)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect_focus(page, last)
    expect(grid(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(tiles(page, "000012-05")).to_be_in_viewport()


def test_the_place_is_kept_when_room_is_taken_and_when_one_comes_back(
    service: Service, page: Page, many: Seeded
) -> None:
    with_thumbnails(page)
    open_data(page, service, many.id, "?label=Cat")
    expect(tiles(page).first).to_be_visible()
    for _ in range(8):
        page.keyboard.press("PageDown")
    focused = page.locator(f"[id='{grid(page).get_attribute('aria-activedescendant')}']")
    name = focused.get_attribute("title") or ""
    expect(focused).to_be_in_viewport()
    page.keyboard.press("d")
    expect(page.get_by_role("region", name="Details of the image")).to_contain_text(name)
    expect(focused).to_be_in_viewport()
    page.set_viewport_size({"width": 900, "height": 700})
    expect(focused).to_be_in_viewport()
    page.keyboard.press("d")
    page.get_by_role("tab", name="Dashboard").click()
    expect(page.get_by_role("tab", name="Dashboard")).to_be_in_viewport()
    page.get_by_role("tab", name="Data").click()
    expect(page).to_have_url(re.compile(r"\?label=Cat$"))
    expect(focused).to_be_in_viewport()
    expect_focus(page, name)


def test_an_image_is_enlarged_and_reviewed_there(service: Service, people: People, page: Page) -> None:
    project, _ = labeled_project(people, 3)
    open_data(page, service, project.id)
    expect(tiles(page)).to_have_count(3)
    page.keyboard.press("Control+a")
    page.keyboard.press("Enter")
    large = page.get_by_role("dialog", name="Image 1 of 3")
    expect(large).to_contain_text("00.png")
    # There it is the image that one sees, whatever is selected; then comes the next.
    page.keyboard.press("2")
    expect_notice(page, "1 image is labeled Dog now.")
    large = page.get_by_role("dialog", name="Image 2 of 3")
    expect(large.get_by_role("status").filter(has_text="Cat")).to_be_visible()
    page.keyboard.press("r")
    page.get_by_role("dialog", name="Reject 1 image").get_by_label("Reason").fill("dark")
    page.keyboard.press("Enter")
    expect_notice(page, "1 image is rejected.")
    expect(page.get_by_role("dialog", name="Image 3 of 3")).to_be_visible()
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    page.keyboard.press("c")
    expect_notice(page, "1 label is marked as right.")
    expect(page.get_by_role("dialog", name="Image 3 of 3").get_by_role("img", name="Reviewed")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.get_by_role("dialog", name="Image 3 of 3")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_focus(page, "02.png")
    # The first was corrected, the last confirmed.
    page.get_by_role("combobox", name="Review").select_option("Reviewed")
    expect(page).to_have_url(re.compile(r"\?reviewed=true$"))
    expect(tiles(page, re.compile(r"(00|02)\.png.*Reviewed|Reviewed.*(00|02)\.png"))).to_have_count(2)
    expect(page.get_by_text("2 images", exact=True)).to_be_visible()
    assert [image["labels"] for image in project.images()] == [["Dog"], ["Cat"], ["Cat"]]


def test_an_empty_page_of_the_list_is_not_its_end(service: Service, page: Page, many: Seeded) -> None:
    open_data(page, service, many.id, "?name=000070-05")
    expect(tiles(page)).to_have_count(1)
    expect(page.get_by_text("1 image", exact=True)).to_be_visible()


def test_thumbnails_whose_addresses_have_expired_are_asked_for_anew(
    service: Service, page: Page, cats_and_dogs: Project
) -> None:
    refused: set[str] = set()

    def refuse_once(route: Route) -> None:
        if route.request.url in refused:
            route.continue_()
        else:
            refused.add(route.request.url)
            route.fulfill(status=403)

    page.route("**/thumbnail/**", refuse_once)
    listed: list[Request] = []
    page.on("request", lambda request: listed.append(request) if "/images?" in request.url else None)
    open_data(page, service, cats_and_dogs.id)
    expect(tiles(page)).to_have_count(7)
    loaded = "() => [...document.querySelectorAll('[role=option] img')].filter((one) => one.naturalWidth > 0).length"
    until(lambda: page.evaluate(loaded) == 7, "the thumbnails do not come")
    assert len(refused) == 7
    # All that failed at a time is asked for at once.
    assert len(listed) < 7


def test_the_page_of_all_images_is_accessible(service: Service, page: Page, cats_and_dogs: Project) -> None:
    for search in ("", "?state=all", "?state=lost", "?name=nothing-like-it", "?view=side-by-side&label=Cat"):
        open_data(page, service, cats_and_dogs.id, search)
        expect(page.get_by_text("Loading images")).to_have_count(0)
        expect(page.get_by_label("Labeler").get_by_role("option", name="anna")).to_have_count(1)
        assert_accessible(page)
    for key, name in (
        ("r", "Reject 1 image"),
        ("/", "Change the label of 1 image"),
        ("?", "Keys"),
        ("z", "Image 1 of"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        assert_accessible(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("d")
    expect(page.get_by_role("list", name="History")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("size", [(768, 1024), (640, 400)])
def test_there_is_room_for_all_on_a_tablet_and_at_twice_the_size(
    service: Service, page: Page, cats_and_dogs: Project, size: tuple[int, int]
) -> None:
    width, height = size
    open_data(page, service, cats_and_dogs.id)
    page.set_viewport_size({"width": width, "height": height})
    expect(tiles(page)).to_have_count(7)
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")
    page.keyboard.press("End")
    page.keyboard.press("d")
    details = page.get_by_role("region", name="Details of the image")
    expect(details.get_by_role("list", name="History")).to_be_visible()
    expect(details).to_be_in_viewport(ratio=1)
    for button in page.get_by_role("toolbar", name="Review").get_by_role("button").all():
        expect(button).to_be_in_viewport(ratio=1)
    assert_accessible(page)
    details.get_by_role("button", name="Close").click()
    expect(details).to_have_count(0)
    expect(tiles(page).last).to_be_in_viewport()
