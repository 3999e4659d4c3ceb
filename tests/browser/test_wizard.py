"""Making a project step by step, as an administrator does it, with all that can go wrong on the way."""

import json
import re
from pathlib import Path

import httpx
import pytest
from azure.storage.blob import ContainerClient
from playwright.sync_api import BrowserContext, Dialog, FilePayload, Locator, Page, Request, Route, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, picture, pictures
from tests.browser.accessibility import assert_accessible
from tests.running import Service, until

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

STEPS = (
    "Project details",
    "Select or create a dataset",
    "Incremental refresh",
    "Labels",
    "Labeling instructions",
    "ML assisted labeling",
    "People per image",
    "Review and create",
)


def begin(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/projects/new")
    expect(page.get_by_role("heading", name=STEPS[0])).to_be_visible()


def go_on(page: Page, step: str) -> None:
    """To the next step, which must be this one."""
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name=step)).to_be_visible()


def go_to(page: Page, step: str) -> None:
    page.get_by_role("list", name="Steps").get_by_role("button", name=step).click()
    expect(page.get_by_role("heading", name=step)).to_be_visible()


def choose_folder(page: Page, folder: Folder, name: str) -> None:
    page.get_by_role("radio", name="Create a dataset").check()
    page.get_by_label("Dataset name").fill(name)
    page.get_by_role("combobox", name="Datastore").select_option("workspace")
    page.get_by_role("button", name=folder.prefix.rstrip("/")).click()


def sample(page: Page) -> Locator:
    return page.get_by_role("group", name="First images in the folder")


def fill_all(page: Page, folder: Folder, name: str) -> None:
    """Up to the last step."""
    page.get_by_label("Project name").fill(name)
    go_on(page, STEPS[1])
    choose_folder(page, folder, name)
    go_on(page, STEPS[2])
    page.get_by_role("checkbox", name="Enable incremental refresh").check()
    go_on(page, STEPS[3])
    for label in ("Animal/Cat", "Dog"):
        page.get_by_label("New label").fill(label)
        page.keyboard.press("Enter")
    go_on(page, STEPS[4])
    page.get_by_role("textbox", name="Instructions", exact=True).fill("Look at the **ears**.")
    for step in STEPS[5:]:
        go_on(page, step)


def test_a_summary_says_everything_before_the_project_is_made(service: Service, people: People, page: Page) -> None:
    folder, name = Folder(people, pictures(3)), new_name("project")
    begin(page, service)
    fill_all(page, folder, name)
    main = page.get_by_role("main")
    for text in (
        name,
        f"workspace / {folder.prefix}",
        "On: the service checks the folder every 10 minutes.",
        "Animal › Cat",
        "Dog",
        "One person looks at each image.",
    ):
        expect(main.get_by_text(text).first).to_be_visible()
    expect(main.get_by_role("strong")).to_have_text("ears")
    expect(sample(page).get_by_role("img")).to_have_count(3)
    assert all(project["name"] != name for project in good(people().get("/api/projects?limit=200"))["items"])

    page.get_by_role("button", name="Change: Incremental refresh").click()
    page.get_by_role("checkbox", name="Enable incremental refresh").uncheck()
    go_to(page, STEPS[-1])
    expect(main.get_by_text("Off: the folder is checked only when you refresh.")).to_be_visible()
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    made = next(one for one in good(people().get("/api/projects?limit=200"))["items"] if one["name"] == name)
    assert [(label["name"], label["group"]) for label in made["labels"]] == [("Cat", "Animal"), ("Dog", "")]
    assert made["incrementalRefresh"] is False
    # Its draft is gone with it.
    begin(page, service)
    expect(page.get_by_text("Your draft is restored")).to_have_count(0)
    expect(page.get_by_label("Project name")).to_have_value("")


def test_suggestions_are_switched_on_with_an_order_and_a_precision(
    service: Service, people: People, page: Page
) -> None:
    name = new_name("project")
    begin(page, service)
    fill_all(page, Folder(people, pictures(1)), name)
    expect(page.get_by_text("Off: no suggestions.")).to_be_visible()
    page.get_by_role("button", name=f"Change: {STEPS[5]}").click()
    expect(page.get_by_text("It never labels anything on its own")).to_be_visible()
    precision = page.get_by_role("spinbutton", name="Pre-label when at least")
    expect(precision).to_have_count(0)
    page.get_by_role("switch", name="Suggest labels").check()
    expect(page.get_by_role("radio", name="Easy images first")).to_be_checked()
    page.get_by_role("radio", name="Hard images first").check()
    expect(precision).to_have_value("95")
    precision.fill("100")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Enter a number from 50 to 99.9.")).to_be_visible()
    precision.fill("97.5")
    page.reload()
    expect(precision).to_have_value("97.5")
    go_to(page, STEPS[-1])
    for text in ("On: the service suggests labels.", "Hard images first", "at least 97.5% accurate"):
        expect(page.get_by_text(text)).to_be_visible()
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    made = next(one for one in good(people().get("/api/projects?limit=200"))["items"] if one["name"] == name)
    settings = {key: made[key] for key in ("mlAssist", "suggestionOrder", "suggestionPrecision")}
    assert settings == {"mlAssist": True, "suggestionOrder": "leastSure", "suggestionPrecision": 0.975}


def test_fields_say_what_is_wrong_when_they_are_left_or_after_a_moment(
    service: Service, people: People, page: Page
) -> None:
    taken = new_project(people, Folder(people, pictures(1))).get()["name"]
    begin(page, service)
    name = page.get_by_label("Project name")
    expect(page.get_by_text("Enter a project name.")).to_have_count(0)
    name.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Enter a project name.")).to_be_visible()
    # A name that is taken is told while it is typed, whatever its case.
    name.fill(taken.upper())
    expect(page.get_by_text("A project with this name already exists.")).to_be_visible()
    name.fill(taken + "-2")
    expect(page.get_by_text("A project with this name already exists.")).to_have_count(0)
    go_on(page, STEPS[1])
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Select or create a dataset.").last).to_be_visible()
    choose_folder(page, Folder(people, pictures(1)), taken)
    expect(page.get_by_text("A dataset with this name already exists.")).to_be_visible()
    page.get_by_label("Dataset name").fill(new_name("dataset"))
    go_on(page, STEPS[2])
    go_on(page, STEPS[3])
    page.get_by_label("New label").fill("Cat")
    page.keyboard.press("Enter")
    # Nothing is left, nothing is asked: it is said after a moment.
    expect(page.get_by_text("A project needs at least two labels.")).to_be_visible()
    # A label that is typed and not added keeps from going on where it cannot be one, and else goes along.
    page.get_by_label("New label").fill("Cat")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("A label named Cat already exists.")).to_be_visible()
    page.get_by_label("New label").fill("Dog")
    expect(page.get_by_text("A project needs at least two labels.")).to_have_count(0)
    go_on(page, STEPS[4])
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("textbox", name="Label 2")).to_have_value("Dog")
    expect(page.get_by_label("New label")).to_have_value("")
    go_on(page, STEPS[4])
    page.get_by_label("Link to detailed instructions").fill("not an address")
    expect(page.get_by_text("Enter a valid web address.")).to_be_visible()


def test_a_draft_survives_a_reload_and_leaving(service: Service, people: People, page: Page) -> None:
    folder = Folder(people, pictures(1))
    begin(page, service)
    page.get_by_label("Project name").fill("Half a thought")
    go_on(page, STEPS[1])
    choose_folder(page, folder, "half-a-dataset")
    page.reload()
    expect(page.get_by_role("heading", name=STEPS[1])).to_be_visible()
    expect(page.get_by_text("Your draft is restored")).to_be_visible()
    expect(page.get_by_label("Dataset name")).to_have_value("half-a-dataset")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    page.get_by_role("link", name="New project").first.click()
    expect(page.get_by_label("Dataset name")).to_have_value("half-a-dataset")

    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_label("Project name")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    go_to(page, STEPS[0])
    expect(page.get_by_label("Project name")).to_have_value("Half a thought")


def test_the_folder_shows_its_images_and_their_problems(service: Service, people: People, page: Page) -> None:
    others = {"notes.txt": b"hello", "a.jxl": b"?", "b.jxl": b"?"}
    folder = Folder(people, {**pictures(2), "deeper/03.png": b"this is no image", **others})
    begin(page, service)
    page.get_by_label("Project name").fill(new_name("project"))
    go_on(page, STEPS[1])
    choose_folder(page, folder, new_name("dataset"))
    expect(sample(page).get_by_text("The folder has 3 images")).to_be_visible()
    expect(sample(page).get_by_role("img", name="Sample 00.png")).to_be_visible()
    broken = sample(page).get_by_role("listitem").filter(has_text="03.png")
    problem = good(people().get("/api/datastores/workspace/sample", params={"prefix": folder.prefix}))["images"][2]
    expect(broken).to_contain_text(problem["problem"])
    expect(broken.get_by_role("img")).to_have_count(0)
    told = "Images of these types cannot be shown and are ignored: 2 JPEG XL."
    expect(sample(page).get_by_text(told)).to_be_visible()


def drop(page: Page, target: Locator, *paths: Path) -> None:
    """Drags files and folders from outside the browser, and drops them."""
    box = target.bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + 20, "y": box["y"] + 10}
        session.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})


def test_a_folder_whose_upload_was_cut_off_goes_on_with_what_is_missing_and_more_is_added_later(
    service: Service, people: People, page: Page, tmp_path: Path
) -> None:
    photos, names = tmp_path / "photos", [f"{label}/{n}.png" for label in ("cat", "dog") for n in range(6)]
    left_out = {".DS_Store": b"?", "cat/a.jxl": b"?", "cat/b.jxl": b"?", "dog/empty.png": b""}
    for name, content in {**dict.fromkeys(names, picture()), **left_out}.items():
        (photos / name).parent.mkdir(parents=True, exist_ok=True)
        (photos / name).write_bytes(content)
    begin(page, service)
    page.get_by_label("Project name").fill(new_name("project"))
    go_on(page, STEPS[1])
    page.get_by_role("radio", name="Create a dataset").check()
    page.get_by_label("Dataset name").fill(new_name("dataset"))
    page.get_by_role("radio", name="Upload files").check()
    sent: list[str] = []
    folders: set[str] = set()
    asked: list[str] = []

    def send_some(route: Route) -> None:
        if len(sent) == 5:
            return route.abort()
        if route.request.method == "PUT":
            sent.append(route.request.url)
        return route.continue_()

    def note(request: Request) -> None:
        if request.url.endswith("/workspace/uploads"):
            folders.add(json.loads(request.post_data or "")["prefix"])

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    for calls in ("**/workspace/*/photos/**", "**/workspace/uploads"):
        page.route(calls, send_some)
    page.on("request", note)
    drop(page, page.get_by_role("group", name="Files"), photos)
    expect(page.get_by_text("No connection. The upload continues when it is back.")).to_be_visible()
    expect(page.get_by_text("5 of 12 files")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    assert_accessible(page)
    # Whoever leaves now is asked first.
    page.once("dialog", leave)
    page.reload()
    assert asked == ["beforeunload"]
    page.unroute_all(behavior="ignoreErrors")
    expect(page.get_by_text("An upload was not finished.")).to_be_visible()
    page.locator("input[webkitdirectory]").set_input_files(photos)
    expect(page.get_by_text("7 files uploaded. 5 files were there already.")).to_be_visible()
    told = "Left out: 3 files of other types (2 .jxl, 1 .DS_Store), 1 empty file."
    expect(page.get_by_text(told)).to_be_visible()
    expect(sample(page).get_by_role("img")).to_have_count(12)
    (folder,) = folders
    with ContainerClient.from_connection_string(service.data_storage, "workspace") as workspace:
        there = [name.removeprefix(folder) for name in workspace.list_blob_names(name_starts_with=folder)]
    assert sorted(there) == sorted(f"photos/{name}" for name in names)

    page.get_by_role("button", name="Use folder names as labels").click()
    expect(page.get_by_text("The folder names are in the list of labels.")).to_be_visible()
    go_on(page, STEPS[2])
    go_on(page, STEPS[3])
    expect(page.get_by_role("textbox", name="Label 1")).to_have_value("cat")
    expect(page.get_by_role("textbox", name="Label 2")).to_have_value("dog")
    for step in STEPS[4:]:
        go_on(page, step)
    page.get_by_role("button", name="Create project").click()
    page.wait_for_url(re.compile("/projects/[a-z2-9]{12}$"))
    project = Project(people, page.url.split("/")[-1])
    project.wait_until_ready()
    assert project.progress()["waiting"] == 12
    add_later(page, project)
    until(lambda: project.progress()["waiting"] == 13, "the new image is not found")


def add_later(page: Page, project: Project) -> None:
    """Two more files on the Data page, one of which is there with another content."""
    page.goto(f"{page.url}/data?state=all")
    page.get_by_role("button", name="Add images").click()
    dialog = page.get_by_role("dialog", name="Add images")
    files: list[FilePayload] = [
        {"name": "new.png", "mimeType": "image/png", "buffer": picture("blue")},
        {"name": "there.png", "mimeType": "image/png", "buffer": picture("blue")},
    ]
    asked = {"files": [{"name": "there.png", "bytes": 1}]}
    url = good(project.boss.post(f"{project.path}/uploads", json=asked))["uploads"][0]["url"]
    httpx.put(url, content=b"1", headers={"x-ms-blob-type": "BlockBlob"}).raise_for_status()
    # Who is signed out meanwhile keeps the page, and goes on once they are back.
    page.route("**/uploads", lambda route: route.fulfill(status=401, json={"title": "Sign in"}))
    dialog.locator("input[accept]").set_input_files(files)
    expect(dialog.get_by_role("link", name="Open a new tab to sign in")).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_disabled()
    page.unroute("**/uploads")
    expect(dialog.get_by_text("1 file uploaded.")).to_be_visible()
    expect(dialog.get_by_text("a file of another size has the same name: there.png")).to_be_visible()
    expect(dialog.get_by_text("The folder is being checked.")).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Add images")).to_be_focused()


def test_an_empty_folder_is_told_plainly(service: Service, people: People, page: Page) -> None:
    folder = Folder(people, {"notes.txt": b"hello"})
    begin(page, service)
    page.get_by_label("Project name").fill(new_name("project"))
    go_on(page, STEPS[1])
    choose_folder(page, folder, new_name("dataset"))
    expect(sample(page).get_by_text("There are no images in this folder")).to_be_visible()


def test_a_pasted_list_of_labels_is_added_line_by_line(
    service: Service, people: People, page: Page, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page, service)
    page.get_by_label("Project name").fill(new_name("project"))
    go_on(page, STEPS[1])
    choose_folder(page, Folder(people, pictures(1)), new_name("dataset"))
    go_on(page, STEPS[2])
    go_on(page, STEPS[3])
    page.evaluate("navigator.clipboard.writeText('Cat\\n Dog \\n\\nFox\\nCat\\n')")
    page.get_by_label("New label").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_text("3 labels added, 1 line left out")).to_be_visible()
    names = page.get_by_role("list", name="Labels").get_by_role("textbox")
    expect(names).to_have_count(3)
    # The label is moved by the keyboard, and the focus goes along with it.
    names.nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    expect(names.nth(0)).to_have_value("Fox")
    expect(names.nth(0)).to_be_focused()
    page.get_by_role("button", name="Move Fox down").press("Enter")
    expect(names.nth(1)).to_have_value("Fox")
    expect(page.get_by_role("button", name="Move Fox down")).to_be_focused()


def test_each_step_is_accessible(service: Service, people: People, page: Page) -> None:
    begin(page, service)
    fill_all(page, Folder(people, {**pictures(2), "broken.png": b"no image"}), new_name("project"))
    go_to(page, STEPS[5])
    page.get_by_role("switch", name="Suggest labels").check()
    go_to(page, STEPS[6])
    page.get_by_role("radio", name="Several, at a share of the images").check()
    for step in STEPS:
        go_to(page, step)
        expect(page.get_by_role("progressbar")).to_have_count(0)
        assert_accessible(page)


def test_what_is_wrong_is_told_accessibly(service: Service, page: Page) -> None:
    begin(page, service)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Enter a project name.")).to_be_visible()
    assert_accessible(page)
