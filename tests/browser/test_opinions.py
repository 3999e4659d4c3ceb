"""Several people an image, from the wizard to the export: three labelers who do not always agree, and a reviewer."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.api.builders import Folder, People, Project, new_name, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.signing import sign_in_as
from tests.browser.test_data_page import expect_notice
from tests.browser.test_data_page import tiles as found_images
from tests.browser.test_tutorial import name_of, tiles
from tests.browser.test_wizard import begin, fill_all, go_to
from tests.running import Service, get, until

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

KEYS = {"Cat": "1", "Dog": "2"}
# The first two say the same of three images, the third one settles one of the others, and skips the last.
FIRST: dict[str, str | None] = {f"0{number}.png": "Cat" for number in range(5)}
SECOND: dict[str, str | None] = {**FIRST, "03.png": "Dog", "04.png": "Dog"}
THIRD: dict[str, str | None] = {"03.png": "Cat", "04.png": None}
AWAITING = "Other people have yet to look at"


@pytest.fixture
def open_as(browser: Browser, service: Service) -> Iterator[Callable[[str], Page]]:
    """A page of somebody of this name, in a browser of their own."""
    contexts: list[BrowserContext] = []

    def opened(name: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}))
        sign_in_as(contexts[-1], service, name)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def make_project(service: Service, people: People, page: Page) -> Project:
    """Two people look at each image, and a third one where they disagree."""
    begin(page, service)
    fill_all(page, Folder(people, pictures(len(FIRST))), new_name("opinions"))
    go_to(page, "People per image")
    expect(page.get_by_text("1 label an image: 10,000 for 10,000 images.")).to_be_visible()
    page.get_by_role("radio", name="Several, at each image").check()
    expect(page.get_by_role("spinbutton", name="People")).to_have_value("2")
    expect(page.get_by_role("spinbutton", name="While they disagree, up to")).to_have_value("3")
    expect(page.get_by_text("About 2.1 labels an image: 21,000 for 10,000 images.")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("2 people look at each image, up to 3 while they disagree.")).to_be_visible()
    page.get_by_role("button", name="Create project").click()
    page.wait_for_url(re.compile("/projects/[a-z2-9]{12}$"))
    project = Project(people, page.url.split("/")[-1])
    project.wait_until_ready()
    assert project.get()["opinions"] == {"least": 2, "most": 3, "share": 1, "until": None}
    return project


def label(page: Page, said: Mapping[str, str | None]) -> None:
    """Labels or skips the images of a page, which must be these, and submits it."""
    expect(tiles(page)).to_have_count(len(said))
    expect(page.get_by_role("option", name="no label")).to_have_count(len(said))
    for name in [name_of(tile) for tile in tiles(page).all()]:
        answer = said[name]
        if answer is not None:
            page.keyboard.press(KEYS[answer])
            expect(page.get_by_role("option", name=f"{name}, {answer}")).to_have_count(1)
            continue
        page.keyboard.press("s")
        page.keyboard.press("Enter")
        expect(page.get_by_role("option", name=f"{name}, Skipped")).to_have_count(1)
    page.keyboard.press("Enter")


def opinions(page: Page) -> Locator:
    return page.get_by_role("list", name="Opinions").get_by_role("listitem")


def test_three_labelers_and_a_reviewer_from_the_wizard_to_the_export(
    service: Service, people: People, page: Page, open_as: Callable[[str], Page]
) -> None:
    project = make_project(service, people, page)
    names = [new_name("labeler") for _ in range(3)]
    pages = [open_as(name) for name in names]
    answers: list[Mapping[str, str | None]] = [FIRST, SECOND, THIRD]
    for name, own, said in zip(names, pages, answers, strict=True):
        project.invite("labeler", name)
        own.goto(f"{service.url}/labeling/{project.id}/tasks")
        label(own, said)
        if said is FIRST:
            expect(own.get_by_text("Nothing left for you right now")).to_be_visible()
            expect(own.get_by_text(f"{AWAITING} 5 images that you have labeled.")).to_be_visible()
            assert project.progress()["awaitingOpinions"] == len(FIRST)
            assert_accessible(own)
        elif said is SECOND:
            # What is still on its way is nobody else's yet: the third one would be told so, and ask again much later.
            until(lambda: project.progress()["awaitingOpinions"] == len(THIRD), "what the second one said is not there")
    expect(pages[2].get_by_text("4 labeled, on 1 image people disagree, and a reviewer decides.")).to_be_visible()
    expect(pages[2].get_by_text("4 of 5 images labeled, 1 disputed").first).to_be_visible()

    name = new_name("reviewer")
    project.invite("reviewer", name)
    reviewer = open_as(name)
    decide(service, project, reviewer, names)
    ask_again(service, project, reviewer, pages[2])

    assert project.progress()["labeled"] == len(FIRST)
    assert {row["image"].rpartition("/")[2]: row["label"] for row in exported(project)} == FIRST
    # What the labelers said, the one who was asked once more too, and what the reviewer decided.
    assert len(list(exported(project, opinions=True))) == len(FIRST) + len(SECOND) + len(THIRD) + 1 + 1


def exported(project: Project, opinions: bool = False) -> Iterator[dict[str, str]]:
    (file,) = (file for file in project.export("csv", opinions=opinions)["files"] if file["name"] == "labels.csv")
    return csv.DictReader(io.StringIO(get(file["url"]).text))


def decide(service: Service, project: Project, page: Page, names: list[str]) -> None:
    """By a key, by an opinion, and each is undone or stands; who said what is told afterwards."""
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_role("definition").filter(has_text=re.compile("^1$")).first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_text("People disagree on 1 image.").get_by_role("link", name="Decide").click()
    expect(found_images(page)).to_have_count(1)
    assert any("state=disputed&order=unsure" in url for url in asked)
    expect(page.get_by_text("People disagree on these images.")).to_be_visible()
    page.keyboard.press("d")
    expect(opinions(page)).to_have_text(
        [re.compile("^Cat1 person"), re.compile("^Dog1 person"), re.compile("^Skipped1 person")]
    )
    panel = page.get_by_role("region", name="Details of the image")
    for name in names:
        expect(panel).not_to_contain_text(name)
    assert_accessible(page)
    page.keyboard.press("c")
    expect_notice(page, "1 image has no label.")

    page.keyboard.press("z")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(opinions(page)).to_have_count(3)
    assert_accessible(page)
    page.keyboard.press("2")
    expect_notice(page, "1 image is labeled Dog now.")
    expect(opinions(page).filter(has_text=names[1])).to_contain_text("Dog")
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    expect(opinions(page).first).to_contain_text("1 person")
    page.keyboard.press("Shift+1")
    expect_notice(page, "1 image is labeled Cat now.")
    page.keyboard.press("Escape")
    for name in names:
        expect(opinions(page).filter(has_text=name)).to_have_count(1)
    assert project.progress()["disputed"] == 0


def ask_again(service: Service, project: Project, page: Page, labeler: Page) -> None:
    """One more opinion on an image on which two agreed: it goes by itself to who has not seen it yet."""
    page.goto(f"{service.url}/projects/{project.id}/data?name=00.png")
    expect(found_images(page)).to_have_count(1)
    page.keyboard.press("o")
    expect_notice(page, "1 image waits for one more opinion.")
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    page.keyboard.press("o")
    expect_notice(page, "1 image waits for one more opinion.")
    until(lambda: project.progress()["labeled"] == len(FIRST) - 1, "nobody is asked")
    label(labeler, {"00.png": "Cat"})
    until(lambda: project.progress()["labeled"] == len(FIRST), "the opinion does not arrive")
    assert len(project.image("00.png")["opinions"]) == 3
