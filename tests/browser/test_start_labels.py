"""A project from labels that people have: from a file and the folder of its images to labeling on."""

import pytest
from playwright.sync_api import Page, expect

from tests.api.builders import Folder, People, Project, good, new_name, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.label_files import azure_ml_coco, drop, drop_all
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

LABELS = ("Cat", "Dog", "Dog", "Bird")
EXPORT = azure_ml_coco((f"pets/{number:02}.png", label) for number, label in enumerate(LABELS))

# Dropping the file, and choosing in a list, which is opened first, included.
MOST_CLICKS = 12
DROPPED, IN_LIST = 1, 2


def count_clicks(page: Page) -> None:
    """Those of the pointer; kept with the tab, whatever pages are loaded."""
    page.add_init_script(
        """addEventListener("pointerdown", () => {
            sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks") ?? 0) + 1);
        }, true);"""
    )


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.getItem('clicks')"))


def to_dataset(page: Page, service: Service, folder: Folder, name: str) -> None:
    page.goto(f"{service.url}/projects")
    page.get_by_role("link", name="New project").first.click()
    page.get_by_label("Project name").fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Create a dataset").check()
    page.get_by_label("Dataset name").click()
    page.keyboard.type(name)
    page.get_by_role("combobox", name="Datastore").select_option("workspace")
    page.get_by_role("button", name=folder.prefix.rstrip("/")).click()


def made(people: People, name: str) -> Project:
    found = next(one for one in good(people().get("/api/projects?limit=200"))["items"] if one["name"] == name)
    return Project(people, found["id"])


def test_an_azure_ml_export_and_its_container_become_a_project_that_labels_on_in_few_clicks(
    service: Service, page: Page, people: People
) -> None:
    folder, name = Folder(people, pictures(6)), new_name("project")
    count_clicks(page)
    to_dataset(page, service, folder, name)
    start = page.get_by_role("region", name="Start from labels you have")
    expect(start.get_by_role("button", name="Choose files")).to_be_enabled()
    drop(page, "export.json", EXPORT)
    will = "4 of 6 images will get the labels of export.json; 2 wait to be labeled."
    expect(start.get_by_text(will)).to_be_visible()
    expect(start.get_by_text("COCO: 4 lines with labels.")).to_be_visible()
    expect(start.get_by_text("export.json (")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("button", name="Go to review and create").click()
    main = page.get_by_role("main")
    expect(main.get_by_text(will)).to_be_visible()
    for label in set(LABELS):
        expect(main.get_by_text(label, exact=True)).to_be_visible()
    page.get_by_role("button", name="Create project").click()
    card = page.get_by_role("list", name="Imports").get_by_role("listitem").first
    expect(card.get_by_text("4 images got labels.")).to_be_visible()
    page.get_by_role("link", name=f"Label {name}").click()
    page.get_by_role("link", name="Start labeling").click()
    expect(page.get_by_role("option", name="Image ")).to_have_count(2)
    assert clicks(page) + DROPPED + IN_LIST <= MOST_CLICKS
    figures = made(people, name).progress()
    assert {one["label"]: one["count"] for one in figures["byLabel"]} == {"Dog": 2, "Cat": 1, "Bird": 1}


def test_what_is_filled_in_can_be_changed_and_a_file_that_cannot_be_read_is_told(
    service: Service, page: Page, people: People
) -> None:
    folder, name = Folder(people, pictures(3)), new_name("project")
    to_dataset(page, service, folder, name)
    start = page.get_by_role("region", name="Start from labels you have")
    drop(page, "broken.json", b'{"images": [\n{"id": 1,,}')
    expect(start.get_by_role("alert")).to_contain_text("line 2")
    start.get_by_role("button", name="Use another file, or none").click()
    expect(start.get_by_role("button", name="Choose files")).to_be_focused()
    files = {
        "train.csv": b"image,label\n00.png,kitty\n99.png,Bird\n",
        "test.csv": b"image,label\n01.png,kitty\n01.png,Dog\n",
    }
    drop_all(page, files)
    expect(start.get_by_text("Image Classification Multi-label")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Label 1", exact=True).fill("Cat")
    page.get_by_role("button", name="Remove Bird").click()
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("1 label of the file is not among the project’s")).to_be_visible()
    expect(page.get_by_text("Up to 2 of 3 images will get the labels of train.csv and test.csv")).to_be_visible()
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_text("2 images got labels.")).to_be_visible()
    project = made(people, name)
    assert [project.image(f"0{number}.png")["labels"] for number in range(3)] == [["Cat"], ["Cat", "Dog"], []]


def test_an_import_that_does_not_start_is_told_in_the_project(service: Service, page: Page, people: People) -> None:
    folder, name = Folder(people, {"notes.txt": b"no image"}), new_name("project")
    to_dataset(page, service, folder, name)
    drop(page, "export.json", EXPORT)
    expect(
        page.get_by_text("There are no images in this folder yet, so none can get labels from export.json")
    ).to_be_visible()
    page.get_by_role("button", name="Go to review and create").click()
    refused = {"title": "Gone", "detail": "The service is not there."}
    page.route(
        "**/api/projects/*/imports",
        lambda route: (
            route.fulfill(status=404, json=refused, content_type="application/problem+json")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    page.get_by_role("button", name="Create project").click()
    told = page.get_by_text("The project is created, but the import of export.json has not started")
    expect(told).to_contain_text("The service is not there.")
    expect(page.get_by_role("heading", name="Import labels")).to_be_visible()
    page.unroute("**/api/projects/*/imports")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="export.json")).to_be_focused()
    expect(told).to_have_count(0)
    expect(page.get_by_text("COCO: 4 lines with labels.")).to_be_visible()
