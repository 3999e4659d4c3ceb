"""The labels that the model doubts, as a reviewer works through them: the quickest way to find mistakes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.api.test_suggestions import kind_of, look_alikes, other_than, wait_for_training
from tests.browser.accessibility import assert_accessible
from tests.browser.test_data_page import expect_focus, expect_notice, grid, open_data, tiles
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

IMAGES = 60
WRONG = ("005.png", "010.png", "011.png")
DOUBTED = "?doubted=true"


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """All its images are labeled rightly but three, of two labels; that was learned from."""
    project = new_project(people, Folder(people, look_alikes(IMAGES)), mlAssist=True)
    lease = project.lease(project.boss, IMAGES)
    labels = {image["id"]: [said_of(image["name"])] for image in lease["images"]}
    good(project.submit(project.boss, lease, labels))
    wait_for_training(project, IMAGES)
    return project


def said_of(name: str) -> str:
    """The label that was given to an image."""
    kind = kind_of(name)
    return other_than(kind) if name.endswith(WRONG) else kind


def labels_of(project: Project) -> dict[str, str]:
    return {image["name"].rpartition("/")[2]: image["labels"][0] for image in project.images()}


def test_the_models_label_is_taken_and_undone(service: Service, page: Page, project: Project) -> None:
    before, listed = labels_of(project), project.images(doubted=True)
    names = [image["name"].rpartition("/")[2] for image in listed]
    assert set(names[: len(WRONG)]) == set(WRONG)
    open_data(page, service, project.id)
    expect(page.get_by_text(f"{IMAGES} images", exact=True)).to_be_visible()
    page.get_by_role("combobox", name="Review").select_option("Possible mistakes")
    expect(page).to_have_url(re.compile(r"\?doubted=true$"))
    expect(page.get_by_text("C says that the label is right")).to_be_visible()
    expect(tiles(page)).to_have_count(len(listed))
    for at, (name, image) in enumerate(zip(names, listed, strict=True)):
        [instead] = image["suggestions"]
        said = f"{instead['label']}? {min(round(instead['confidence'] * 100), 99)}%"
        expect(tiles(page).nth(at)).to_contain_text(f"{name}{image['labels'][0]}{said}")

    page.keyboard.press("d")
    first = listed[0]["suggestions"][0]["label"]
    told = rf"The model, which has not learned from this image, says {first}, \d\d percent\."
    expect(page.get_by_role("region", name="Details of the image").get_by_text(re.compile(told))).to_be_visible()
    page.keyboard.press("d")
    page.keyboard.press("y")
    expect_notice(page, "1 image has the model’s label now.")
    expect(tiles(page)).to_have_count(len(listed))
    expect(tiles(page).first).to_contain_text(re.compile(rf"{first}$"))
    expect_focus(page, names[1])
    assert labels_of(project) == before | {names[0]: first}
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    expect(tiles(page).first).to_contain_text(re.compile(rf"{first}\? \d\d%$"))
    assert labels_of(project) == before

    # Or its own is right: it is no possible mistake any more, and counts as reviewed.
    page.keyboard.press("Home")
    page.keyboard.press("c")
    expect_notice(page, "1 label is marked as right.")
    expect(tiles(page).first).not_to_contain_text("?")
    expect(tiles(page).first.get_by_role("img", name="Reviewed")).to_be_visible()
    expect_focus(page, names[1])
    assert [image["id"] for image in project.images(doubted=True)] == [image["id"] for image in listed[1:]]
    assert (labels_of(project), project.progress()["reviewed"]) == (before, 1)
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    expect(tiles(page).first).to_contain_text(re.compile(rf"{first}\? \d\d%$"))
    assert project.progress()["reviewed"] == 0

    # Of two labels, by one press, and undone by another.
    many = f"{len(listed)} images"
    page.keyboard.press("Control+a")
    bar = page.get_by_role("toolbar", name="Review")
    take = bar.get_by_role("button", name="Take the model’s label")
    for width in (1024, 1366, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [button.bounding_box() for button in bar.get_by_role("button").all()]
        assert len({box["y"] for box in boxes if box}) == 1, f"the bar has more than one line at {width}"
    take.click()
    expect_notice(page, f"{many} have the model’s label now.")
    taken = {name: image["suggestions"][0]["label"] for name, image in zip(names, listed, strict=True)}
    assert set(taken.values()) == {"Cat", "Dog"}
    assert labels_of(project) == before | taken
    expect(tiles(page, re.compile(r"\?"))).to_have_count(0)
    page.keyboard.press("u")
    expect_notice(page, f"Undone: {many} are as before.")
    expect(tiles(page, re.compile(r"\?"))).to_have_count(len(listed))
    assert labels_of(project) == before


def test_the_doubts_are_filtered_by_both_labels(service: Service, page: Page, project: Project) -> None:
    cat, dog = ({"label": label, "suggested": other_than(label)} for label in ("Cat", "Dog"))
    ids = {label["name"]: label["id"] for label in project.get()["labels"]}
    open_data(page, service, project.id, f"{DOUBTED}&label={ids['Cat']}&suggested={ids['Dog']}")
    expect(tiles(page)).to_have_count(len(project.images(doubted=True, **cat)))
    expect(tiles(page, "005.png")).to_contain_text("CatDog?")
    expect(page.get_by_label("The model says")).to_have_value("Dog")
    page.get_by_label("Label", exact=True).select_option("Dog")
    expect(page.get_by_text("No possible mistake matches these filters.")).to_be_visible()
    page.get_by_label("The model says").select_option("Cat")
    expect(tiles(page)).to_have_count(len(project.images(doubted=True, **dog)))
    # What is labeled by a usual key is a doubt no more; it stays in its place, and the next one has the focus.
    page.keyboard.press("z")
    large = page.get_by_role("dialog", name="Image 1 of")
    expect(large.get_by_text(re.compile(r"Cat\? \d\d%"))).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    expect_notice(page, "1 image is labeled Uncertain now.")
    expect(tiles(page).first).to_contain_text(re.compile("Uncertain$"))
    page.keyboard.press("u")
    expect_notice(page, "Undone: 1 image is as before.")
    page.get_by_role("combobox", name="Review").select_option("Any")
    expect(page).to_have_url(re.compile(r"/data\?label=Dog$"))
    expect(page.get_by_label("The model says")).to_have_count(0)


def test_why_no_label_is_doubted_is_told(service: Service, page: Page, people: People, project: Project) -> None:
    open_data(page, service, project.id, DOUBTED)
    expect(grid(page)).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_role("list", name="History")).to_be_visible()
    assert_accessible(page)

    fresh = new_project(people, Folder(people, pictures(2)), mlAssist=True)
    open_data(page, service, fresh.id, DOUBTED)
    expect(page.get_by_role("heading", name="Nothing learned yet")).to_be_visible()
    expect(page.get_by_text("Suggestions need 5 labeled images of at least 2 labels")).to_be_visible()
    assert_accessible(page)

    good(fresh.boss.patch(fresh.path, json={"mlAssist": False}))
    page.reload()
    expect(page.get_by_role("heading", name="Suggestions are off")).to_be_visible()
    page.get_by_role("button", name="Show all labeled images").click()
    review = page.get_by_role("combobox", name="Review")
    choices = ["Any", "Image changed after labeling", "Not reviewed", "Reviewed", "Rejected"]
    expect(review.get_by_role("option")).to_have_text(choices)


def test_when_all_doubts_are_settled_that_is_said(service: Service, page: Page, project: Project) -> None:
    """The last one, as it leaves no doubt."""
    open_data(page, service, project.id, DOUBTED)
    expect(tiles(page).first).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.press("y")
    expect_notice(page, "have the model’s label now.")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("heading", name="No possible mistakes")).to_be_visible()
    expect(page.get_by_text(f"The model learned from {IMAGES} labels")).to_be_visible()
