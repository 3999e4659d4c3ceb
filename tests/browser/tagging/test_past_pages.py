"""B goes back to the pages submitted in this sitting: to look at them, and to correct them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.browser.tagging.labelers import Enter, Labeler, entering
from tests.browser.tagging.sheet import file_name
from tests.running import Service, until

IMAGES = 12
LAYOUT = 4
CURRENT = "Back to the current page"


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(IMAGES)))


@pytest.fixture
def enter(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    with entering(service, browser, project) as let_in:
        yield let_in


def past(labeler: Labeler, title: str) -> Locator:
    return labeler.page.get_by_role("region", name=title)


def submit_pages(labeler: Labeler, *digits: int) -> list[list[str]]:
    """Labels a page with each of these; gives the names of the images of each."""
    pages = []
    for digit in digits:
        expect(labeler.untagged).to_have_count(LAYOUT)
        pages.append(labeler.names())
        labeler.tag_all(digit)
        labeler.submit()
    return pages


def labels_of(project: Project, names: list[str]) -> list[str]:
    labels = {file_name(image): ", ".join(image["labels"]) or image["state"] for image in project.images()}
    return [labels[name] for name in names]


def test_what_was_submitted_is_corrected_and_the_current_page_is_as_it_was(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    first, second = submit_pages(labeler, 1, 2)
    expect(labeler.untagged).to_have_count(LAYOUT)
    current = labeler.names()
    labeler.press("3", "ArrowRight", "Space")
    labeler.expect_tags({1: "Uncertain"})
    labeler.expect_selected(3)

    labeler.press("b")
    expect(past(labeler, "The last page you submitted")).to_be_visible()
    assert labeler.names() == second
    labeler.expect_tags(dict.fromkeys(range(1, 5), "Dog"))
    labeler.press("b")
    expect(past(labeler, "2 pages back")).to_be_visible()
    assert labeler.names() == first
    labeler.expect_tags(dict.fromkeys(range(1, 5), "Cat"))
    labeler.press("3", "ArrowRight", "s")
    labeler.page.get_by_role("dialog").get_by_label("Reason").fill("blurred")
    labeler.press("Enter")
    labeler.button("Save changes").click()
    expect(past(labeler, "2 pages back")).to_have_count(0)

    assert labeler.names() == current
    labeler.expect_tags({1: "Uncertain"})
    labeler.expect_focused(3)
    labeler.expect_selected(3)
    until(lambda: labels_of(project, first) == ["Uncertain", "skipped", "Cat", "Cat"], "it is not corrected")
    assert labels_of(project, second) == ["Dog"] * LAYOUT
    history = project.image(first[1])["history"]
    assert sorted((entry["action"], entry["byName"]) for entry in history) == [
        ("labeled", labeler.name),
        ("skipped", labeler.name),
    ]
    # Only what was changed was sent.
    assert [entry["action"] for entry in project.image(first[2])["history"]] == ["labeled"]
    # What was corrected is shown as it is now.
    labeler.press("Escape", "b", "b")
    labeler.expect_tags({1: "Uncertain", 2: "Skipped: blurred", 3: "Cat", 4: "Cat"})


def test_a_correction_made_without_a_connection_follows_its_page(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    until(lambda: project.progress()["leased"] == 2 * LAYOUT, "no page was fetched ahead")
    labeler.page.wait_for_load_state("networkidle")
    labeler.context.set_offline(True)
    (names,) = submit_pages(labeler, 1)
    labeler.press("b")
    expect(past(labeler, "The last page you submitted")).to_be_visible()
    labeler.press("2")
    labeler.submit()
    expect(past(labeler, "The last page you submitted")).to_have_count(0)
    expect(labeler.page.get_by_text("2 pages are kept in this browser")).to_be_visible()
    labeler.context.set_offline(False)
    # What tells it was never loaded before.
    expect(labeler.page.get_by_text("1 image is changed.").first).to_be_visible()
    until(lambda: labels_of(project, names) == ["Dog", "Cat", "Cat", "Cat"], "it is not corrected")


def test_what_a_reviewer_has_changed_since_stays_and_is_told(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    (names,) = submit_pages(labeler, 1)
    until(lambda: labels_of(project, names) == ["Cat"] * LAYOUT, "the page has not arrived")
    for name, label in ((names[0], "Dog"), (names[1], "Uncertain")):
        image = project.image(name)
        good(project.boss.put(f"{project.path}/images/{image['id']}/labels", json={"labels": [label]}))
    labeler.press("b")
    labeler.press("3", "ArrowRight", "ArrowRight", "2")
    labeler.submit()
    told = labeler.page.get_by_role("status").filter(
        has_text="1 image was changed by others meanwhile and stays as it is"
    )
    expect(told).to_be_visible()
    assert labels_of(project, names) == ["Dog", "Uncertain", "Dog", "Cat"]


def test_changes_that_are_not_saved_are_there_when_one_comes_back(enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    submit_pages(labeler, 1)
    expect(labeler.untagged).to_have_count(LAYOUT)
    labeler.press("b", "2", "Escape")
    expect(labeler.page.get_by_text("Your changes to that page are not saved.").first).to_be_visible()
    expect(labeler.untagged).to_have_count(LAYOUT)
    labeler.press("b")
    labeler.expect_tags({1: "Dog", 2: "Cat", 3: "Cat", 4: "Cat"})
    labeler.page.get_by_role("button", name=CURRENT).click()
    expect(labeler.untagged).to_have_count(LAYOUT)


def test_the_last_page_can_be_corrected_when_all_is_done(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    submit_pages(labeler, 1, 1)
    expect(labeler.untagged).to_have_count(LAYOUT)
    names = labeler.names()
    labeler.finish()
    labeler.page.get_by_role("button", name="Correct the last page").click()
    assert labeler.names() == names
    labeler.press("2")
    labeler.submit()
    expect(labeler.page.get_by_role("heading", name="All done. Thank you!")).to_be_visible()
    until(lambda: labels_of(project, names) == ["Dog", "Cat", "Cat", "Cat"], "it is not corrected")
    labeler.press("b", "b", "b", "b")
    expect(
        labeler.page.get_by_text("This is the first page that you submitted since you opened this page.").first
    ).to_be_visible()


def test_pictures_whose_addresses_have_expired_are_asked_for_anew(enter: Enter) -> None:
    labeler = enter(LAYOUT)
    is_first = True

    def lease(route: Route) -> None:
        nonlocal is_first
        answer = route.fetch()
        body = answer.json()
        for image in body["images"] if is_first else []:
            image["previewUrl"] += "&expired=1"
        is_first = False
        route.fulfill(response=answer, json=body)

    labeler.page.route("**/leases", lease)
    # As storage answers when the time of a signature is over.
    labeler.page.route("**/*expired=1", lambda route: route.fulfill(status=403))
    labeler.start(LAYOUT)
    submit_pages(labeler, 1)
    expect(labeler.untagged).to_have_count(LAYOUT)
    labeler.page.wait_for_load_state("networkidle")
    labeler.press("b")
    expect(past(labeler, "The last page you submitted")).to_be_visible()
    pictures_shown = labeler.tiles.locator("img")
    expect(pictures_shown).to_have_count(LAYOUT)
    labeler.sees_all_pictures()
    assert not any("expired" in url for url in pictures_shown.evaluate_all("all => all.map((one) => one.src)"))
    expect(labeler.page.get_by_text("could not be loaded")).to_have_count(0)
