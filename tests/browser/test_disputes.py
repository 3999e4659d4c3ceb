"""Disputed images on the Data page: where images may have several labels, and where somebody skipped them."""

import re
from collections.abc import Mapping, Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.test_data_page import expect_notice, tiles
from tests.running import Service

expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

ALL_LOOK = {"least": 4, "most": 4, "share": 1}
LABELS = [{"name": "Cat", "group": ""}, {"name": "Day", "group": "Time"}, {"name": "Night", "group": "Time"}]
# Most of those who did not skip the first image say Cat and Day, but not most of all; on the second image all disagree.
SAID: Sequence[Mapping[str, list[str] | None]] = (
    {"00.png": ["Cat", "Day"], "01.png": ["Cat"], "02.png": ["Cat"]},
    {"00.png": ["Cat", "Night"], "01.png": ["Day"], "02.png": ["Cat"]},
    {"00.png": ["Day"], "01.png": None, "02.png": ["Cat"]},
    {"00.png": None, "01.png": ["Night"], "02.png": ["Cat"]},
)
REASON = "too dark"


def opinions_of(said: Mapping[str, list[str] | None], project: Project) -> None:
    """Somebody says this of the images."""
    who = project.invite("labeler", new_name("labeler"))
    lease = project.lease(who, len(said))
    ids = {str(image["name"]): image["id"] for image in lease["images"]}
    labels = {ids[name]: given for name, given in said.items() if given is not None}
    skipped = [{"id": ids[name], "reason": REASON} for name, given in said.items() if given is None]
    good(project.submit(who, lease, labels, skipped))


@pytest.fixture
def project(people: People) -> Project:
    groups = [{"path": "Time", "exclusive": True}]
    more = {"taskType": "multiLabel", "labels": LABELS, "groups": groups, "opinions": ALL_LOOK}
    made = new_project(people, Folder(people, pictures(3)), **more)
    for said in SAID:
        opinions_of(said, made)
    assert [str(image["name"])[-6:] for image in made.images(state="disputed")] == ["00.png", "01.png"]
    return made


def open_disputed(page: Page, service: Service, project: Project, count: int) -> None:
    page.goto(f"{service.url}/projects/{project.id}/data?state=disputed")
    expect(tiles(page)).to_have_count(count)


def labels(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Your decision").get_by_role("button", name=name)


def expect_marked(page: Page, said: str) -> None:
    expect(page.get_by_role("group", name="Your decision").get_by_role("status")).to_have_text(f"Turned on: {said}")


def labels_of(project: Project, name: str) -> tuple[str, list[str]]:
    found = project.image(name)
    return found["state"], found["labels"]


def test_what_most_people_say_is_turned_on_changed_by_keys_and_decided(
    service: Service, page: Page, project: Project
) -> None:
    open_disputed(page, service, project, 2)
    # The first key shows the opinions: nothing is marked that one does not see.
    page.keyboard.press("3")
    expect_marked(page, "Cat, Day")
    expect(labels(page, "Cat 2 of 3")).to_have_attribute("aria-pressed", "true")
    expect(labels(page, "Night 1 of 3")).to_have_attribute("aria-pressed", "false")
    assert_accessible(page)
    page.keyboard.press("3")
    expect_marked(page, "Cat, Night")
    page.keyboard.press("1")
    expect_marked(page, "Night")
    page.keyboard.press("0")
    expect_marked(page, "None of these")
    labels(page, "Cat 2 of 3").click()
    expect_marked(page, "Cat")
    assert project.progress()["disputed"] == 2
    page.keyboard.press("Enter")
    expect_notice(page, "1 image is labeled Cat now.")
    expect(page.get_by_role("region", name="Details of the image")).to_contain_text("01.png")
    expect_marked(page, "None of these")
    assert labels_of(project, "00.png") == ("labeled", ["Cat"])
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    page.keyboard.press("Home")
    page.keyboard.press("d")
    expect(page.get_by_role("region", name="Details of the image")).to_have_count(0)

    # The large view has them as well, and Enter decides there, too; where there is nothing to decide, it closes.
    page.keyboard.press("z")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_marked(page, "Cat")
    page.keyboard.press("2")
    expect_marked(page, "Cat, Day")
    assert_accessible(page)
    page.get_by_role("button", name="Decide", exact=True).click()
    expect_notice(page, "1 image is labeled Cat, Day now.")
    expect(page.get_by_role("dialog")).to_contain_text("01.png")
    assert labels_of(project, "00.png") == ("labeled", ["Cat", "Day"])
    page.keyboard.press("Shift+2")
    expect_notice(page, "1 image is labeled Day now.")
    assert labels_of(project, "01.png") == ("labeled", ["Day"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_that_somebody_skipped_an_image_is_taken_with_the_reason_and_undone(
    service: Service, page: Page, project: Project
) -> None:
    open_disputed(page, service, project, 2)
    page.keyboard.press("d")
    page.keyboard.press("ArrowRight")
    skipped = page.get_by_role("list", name="Opinions").get_by_role("listitem").filter(has_text="Skipped")
    expect(skipped).to_have_text(re.compile(f"^Skipped“{REASON}”1 person"))
    skipped.get_by_role("button", name="Choose Skipped").click()
    expect_notice(page, "1 image is skipped now.")
    found = project.image("01.png")
    assert (found["state"], found["history"][-1]["reason"]) == ("skipped", REASON)
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    assert labels_of(project, "01.png")[0] == "disputed"


def test_several_images_at_once_are_labeled_but_not_those_on_which_people_disagree(
    service: Service, page: Page, project: Project
) -> None:
    page.goto(f"{service.url}/projects/{project.id}/data?state=all")
    expect(tiles(page)).to_have_count(3)
    page.keyboard.press("Control+a")
    page.keyboard.press("2")
    expect_notice(page, "2 disputed images stay as they are: decide them one by one.")
    expect_notice(page, "1 image has Day now.")
    assert labels_of(project, "02.png") == ("labeled", ["Cat", "Day"])
    assert len(project.images(state="disputed")) == 2
    # One alone by the list of all labels: what most people say is turned on there.
    page.goto(f"{service.url}/projects/{project.id}/data?state=disputed")
    expect(tiles(page)).to_have_count(2)
    page.keyboard.press("d")
    expect_marked(page, "Cat, Day")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox", name="Day")).to_be_checked()
    expect(dialog.get_by_role("radio")).to_have_count(0)
    dialog.get_by_role("checkbox", name="Night").check()
    dialog.get_by_role("button", name="Set labels").click()
    expect_notice(page, "1 image is labeled Cat, Night now.")
    assert labels_of(project, "00.png") == ("labeled", ["Cat", "Night"])


def test_one_more_opinion_is_asked_for_on_all_that_a_filter_shows(
    service: Service, page: Page, project: Project
) -> None:
    page.goto(f"{service.url}/projects/{project.id}/data?label=Cat")
    expect(tiles(page)).to_have_count(1)
    bar = page.get_by_role("toolbar", name="Review")
    bar.get_by_role("button", name="Ask for one more opinion on all that this filter shows (Shift+O)").click()
    dialog = page.get_by_role("dialog", name="One more opinion on all images of this filter")
    expect(dialog).to_contain_text("One more person looks at 1 image that is labeled, skipped or disputed.")
    expect(dialog).to_contain_text("This costs up to 1 label, one an image. Where people then disagree, more may")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert project.progress()["awaitingOpinions"] == 0
    page.keyboard.press("Shift+O")
    dialog.get_by_role("button", name="Ask").click()
    expect_notice(page, "Done: 1 image of this project waits for another opinion.")
    assert project.progress()["awaitingOpinions"] == 1
    page.get_by_role("button", name="Refresh").last.click()
    expect(page.get_by_text("No image matches these filters.")).to_be_visible()
    # Of what waits nobody has said anything that more could be asked about.
    page.goto(f"{service.url}/projects/{project.id}/data?state=waiting")
    expect(tiles(page)).to_have_count(1)
    page.keyboard.press("Shift+O")
    expect_notice(page, "More opinions are asked for on labeled, skipped and disputed images")
    expect(bar.get_by_role("button", name="Ask for one more opinion (O)")).to_be_visible()
