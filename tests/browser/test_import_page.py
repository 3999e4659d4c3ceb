"""The tab Import: a file is dropped, looked at, and imported; and what is told of imports afterwards."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.api.builders import Folder, People, Project, new_name, new_project, picture, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.label_files import azure_ml_coco, drop, drop_all
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

LABELS = ("Cat", "Dog", "Dog", "Bird")


@pytest.fixture
def project(people: People) -> Project:
    """Eight images, nothing labeled."""
    return new_project(people, Folder(people, pictures(8)))


def open_imports(page: Page, service: Service, project: Project) -> None:
    page.goto(f"{service.url}/projects/{project.id}/import")
    expect(page.get_by_role("heading", name="Import labels")).to_be_visible()


def test_an_azure_ml_export_is_dropped_onto_a_new_project_which_labels_on(
    service: Service, page: Page, project: Project
) -> None:
    open_imports(page, service, project)
    drop(page, "export.json", azure_ml_coco((f"pets/{number:02}.png", label) for number, label in enumerate(LABELS)))
    expect(page.get_by_text("COCO: 4 lines with labels.")).to_be_visible()
    would = page.get_by_role("list", name="What would change")
    expect(would.get_by_role("listitem").first).to_have_text("3Labeled")
    assert_accessible(page)
    start = page.get_by_role("button", name="Import 3 labels")
    expect(start).to_be_disabled()
    page.get_by_role("button", name="Create 1 label").click()
    expect(would.get_by_role("listitem").first).to_have_text("4Labeled")
    assert project.progress()["labeled"] == 0
    page.get_by_role("button", name="Import 4 labels").click()
    card = page.get_by_role("list", name="Imports").get_by_role("listitem").first
    expect(card.get_by_text("4 images got labels.")).to_be_visible()
    expect(card.get_by_text("export.json")).to_be_focused()
    assert_accessible(page)
    assert {one["label"]: one["count"] for one in project.progress()["byLabel"]} == {
        "Cat": 1,
        "Dog": 2,
        "Bird": 1,
        "Uncertain": 0,
    }
    tab = page.url
    page.get_by_role("link", name=f"Label {project.get()['name']}").click()
    page.get_by_role("link", name="Start labeling").click()
    expect(page.get_by_role("option", name="Image ")).to_have_count(4)
    page.goto(tab)
    page.get_by_role("button", name="Undo the import of export.json").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("4 images stand as before.")).to_be_visible()
    assert project.progress()["labeled"] == 0


def test_files_that_are_dropped_together_are_one_import(service: Service, page: Page, project: Project) -> None:
    open_imports(page, service, project)
    drop_all(page, {"train.json": azure_ml_coco([("00.png", "Cat")]), "labels.csv": b"image,label\n01.png,Dog\n"})
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("These files are of several formats: train.json is coco, labels.csv is csv.")
    page.get_by_role("button", name="Choose another file").click()
    sides = {
        f"{side}.json": azure_ml_coco([(f"{at:02}.png", "Cat")]) for at, side in enumerate(("train", "val", "test"))
    }
    drop_all(page, sides)
    expect(page.get_by_role("heading", name="train.json and 2 more files")).to_be_focused()
    expect(page.get_by_text("COCO: 3 lines with labels.")).to_be_visible()
    page.get_by_role("button", name="Import 3 labels").click()
    expect(page.get_by_text("3 images got labels.")).to_be_visible()
    expect(page.get_by_role("list", name="Imports").get_by_text("train.json and 2 more files")).to_be_visible()
    assert project.progress()["labeled"] == 3


def test_a_reviewer_looks_at_a_file_and_imports_suggestions_only(
    service: Service, page: Page, context: BrowserContext, project: Project, tmp_path: Path
) -> None:
    name = new_name("reviewer")
    project.invite("reviewer", name)
    sign_in_as(context, service, name)
    open_imports(page, service, project)
    file = tmp_path / "labels.csv"
    file.write_text("image,label\n00.png,Cat\n01.png,Bird\n")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("button", name="Import 1 suggestion")).to_be_enabled()
    expect(page.get_by_text("Only administrators create labels.")).to_be_visible()
    page.get_by_role("radio", name="Labels").check()
    expect(page.get_by_text("Only the project’s administrators import labels.")).to_be_visible()
    expect(page.get_by_role("button", name="Import 1 label")).to_be_disabled()
    page.get_by_role("radio", name="Suggestions").check()
    page.get_by_label("Name", exact=True).fill("model v2")
    page.get_by_role("button", name="Import 1 suggestion").click()
    expect(page.get_by_text("1 image got suggestions.")).to_be_visible()
    expect(page.get_by_role("list", name="Imports").get_by_text("model v2")).to_be_visible()


def test_what_is_wrong_with_a_file_is_told_and_nothing_is_done(service: Service, page: Page, project: Project) -> None:
    open_imports(page, service, project)
    drop(page, "broken.json", b'{"images": [\n{"id": 1,,}')
    expect(page.get_by_role("alert")).to_contain_text("line 2")
    page.get_by_role("button", name="Choose another file").click()
    expect(page.get_by_role("button", name="Choose files")).to_be_focused()
    drop(page, "empty.json", b"")
    expect(page.get_by_role("alert")).to_have_text("empty.json is empty.")
    page.get_by_role("button", name="Use a file in the project’s folder").click()
    page.get_by_label("Path in the folder").fill("/nowhere.csv")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="nowhere.csv")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("The file is no longer there.")


def test_labels_with_other_names_are_asked_about_and_lines_that_disagree_are_decided(
    service: Service, page: Page, project: Project
) -> None:
    open_imports(page, service, project)
    drop(page, "labels.csv", b"image,label\n00.png,cat\n01.png,Hund\n02.png,Cat\n02.png,Dog\n03.png,Cat\n99.png,Cat\n")
    would = page.get_by_role("list", name="What would change")
    start = page.get_by_role("button", name="Import ")
    expect(page.get_by_text("Choose what becomes of 1 label that differs only by case.")).to_be_visible()
    expect(start).to_be_disabled()
    page.get_by_label("cat in this project", exact=True).select_option("Cat")
    page.get_by_label("Hund in this project").select_option("Dog")
    expect(would.get_by_role("listitem").first).to_have_text("3Labeled")
    page.get_by_role("radio", name="Use the last label").check()
    expect(would.get_by_role("listitem").first).to_have_text("4Labeled")
    expect(page.get_by_role("list", name="Examples").locator("img")).to_have_count(4)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these lines").click()
    assert "99.png" in download.value.path().read_text()
    page.get_by_role("button", name="Import 4 labels").click()
    expect(page.get_by_text("4 images got labels.")).to_be_visible()
    assert {one["label"]: one["count"] for one in project.progress()["byLabel"]} == {"Cat": 2, "Dog": 2, "Uncertain": 0}


def test_the_columns_of_a_table_are_chosen_where_they_are_unknown_or_guessed_wrong(
    service: Service, page: Page, project: Project
) -> None:
    open_imports(page, service, project)
    drop(page, "verdicts.csv", b"photo,verdict,class\n00.png,Cat,1\n01.png,Dog,2\n")
    expect(page.get_by_role("alert")).to_contain_text("The first line must name a column for the image")
    columns = page.get_by_role("group", name="Columns of the file")
    assert_accessible(page)
    label = columns.get_by_label("Column of the label")
    expect(label).to_have_value("class")
    columns.get_by_label("Column of the image").select_option("photo")
    expect(page.get_by_text("Table: 2 lines with labels.")).to_be_visible()
    expect(page.get_by_label("1 in this project")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    label.focus()
    label.select_option("verdict")
    expect(page.get_by_label("Cat in this project")).to_be_visible()
    expect(label).to_be_focused()
    assert_accessible(page)
    page.get_by_role("button", name="Import 2 labels").click()
    expect(page.get_by_text("2 images got labels.")).to_be_visible()
    assert [project.image(f"{number:02}.png")["labels"] for number in (0, 1)] == [["Cat"], ["Dog"]]


def test_a_column_that_only_looks_like_a_confidence_is_left_out(service: Service, page: Page, project: Project) -> None:
    open_imports(page, service, project)
    drop(page, "scores.csv", b"image,label,score\n00.png,Cat,7\n01.png,Dog,9\n")
    page.get_by_role("radio", name="Suggestions").check()
    confidence = page.get_by_label("Column of the confidence")
    expect(confidence).to_have_value("score")
    expect(page.get_by_role("button", name="Import ")).to_be_disabled()
    confidence.select_option("None")
    expect(page.get_by_role("button", name="Import 2 suggestions")).to_be_enabled()
    expect(confidence).to_have_value("")


def test_the_folders_of_images_become_their_labels(service: Service, page: Page, people: People) -> None:
    project = new_project(people, Folder(people, {f"train/{label}/{label}.png": picture() for label in ("Cat", "Dog")}))
    open_imports(page, service, project)
    page.get_by_role("button", name="Use the images’ folders as labels").click()
    expect(page.get_by_role("list", name="Examples")).to_contain_text("train/Cat/Cat.png")
    page.get_by_label("Which folder is the label").select_option("The folder above that")
    expect(page.get_by_label("train in this project")).to_be_visible()
    page.get_by_label("Which folder is the label").select_option("The folder that the image is in")
    page.get_by_role("button", name="Import 2 labels").click()
    expect(page.get_by_text("2 images got labels.")).to_be_visible()
    expect(page.get_by_role("list", name="Imports")).to_contain_text("Folders of the images")
    assert [project.image(f"{label}.png")["labels"] for label in ("Cat", "Dog")] == [["Cat"], ["Dog"]]


def test_a_look_that_gets_no_answer_says_so_and_is_taken_again(service: Service, page: Page, project: Project) -> None:
    open_imports(page, service, project)
    failing = {"fails": True}

    def fail(route: Route) -> None:
        if failing["fails"] and route.request.method == "POST":
            route.fulfill(status=500, json={"title": "Broken"}, content_type="application/problem+json")
        else:
            route.fallback()

    page.route("**/api/projects/*/imports", fail)
    drop(page, "labels.csv", b"image,label\n00.png,Cat\n")
    expect(page.get_by_role("alert")).to_contain_text("Broken")
    failing["fails"] = False
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Import 1 label")).to_be_enabled()


def test_a_label_is_chosen_among_many_by_keys(service: Service, page: Page, people: People) -> None:
    many = [f"label {number:02}" for number in range(60)]
    project = new_project(people, Folder(people, pictures(1)), labels=many)
    open_imports(page, service, project)
    drop(page, "labels.csv", b"image,label\n00.png,other\n")
    choice = page.get_by_label("other in this project")
    expect(choice.get_by_role("option")).to_have_text(["New label", "Leave out"])
    choice.focus()
    page.keyboard.type("label 5")
    expect(choice).to_have_value("label label 50")
    expect(page.get_by_role("button", name="Import 1 label")).to_be_enabled()
