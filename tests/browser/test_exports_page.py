"""Exporting in the browser: the formats, options, progress and history, and the Python that loads each of them."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.api.builders import LABELS, Folder, People, Project, good, new_project, picture, pictures
from tests.api.test_imports import imported
from tests.browser.accessibility import assert_accessible
from tests.browser.signing import sign_in_as
from tests.running import Service, get

# What the snippet of a format needs; `make test-formats` installs what is no part of the project.
READERS = {
    "coco": "pycocotools",
    "csv": "pandas",
    "azureml": "mltable",
    "imagefolder": "torchvision",
    "huggingface": "datasets",
    "webdataset": "webdataset",
    "features": "sklearn",
}
# Where it is not installed, not even a page is opened.
FORMS = [
    pytest.param(form, marks=pytest.mark.skipif(find_spec(library) is None, reason=f"{library} is not installed"))
    for form, library in READERS.items()
]
SPLIT = {"train": 0.5, "validation": 0.25, "test": 0.25, "seed": 3}
IMAGES = 18
COLORS = ("red", "lime", "blue")

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return colors(people)


@pytest.fixture(scope="module")
def featured(people: People) -> Project:
    """The same with suggestions on, and so with features."""
    return colors(people, mlAssist=True)


def colors(people: People, **fields: Any) -> Project:
    """Each label has a color of its own, so that it can be learned."""
    folder = Folder(people, {f"{number:02} ü.png": picture(COLORS[number % 3]) for number in range(IMAGES)})
    project = new_project(people, folder, **fields)
    while (lease := project.boss.post(f"{project.path}/leases", json={"count": 9})).status_code == 201:
        images = lease.json()["images"]
        labels = {image["id"]: [LABELS[int(image["name"].rpartition("/")[2][:2]) % 3]] for image in images}
        good(project.submit(project.boss, lease.json(), labels))
    return project


@pytest.fixture(scope="module")
def assisted(people: People) -> Project:
    """Suggestions are on. Of its three images one is labeled Cat, and for another one Dog is suggested."""
    project = new_project(people, Folder(people, pictures(3)), mlAssist=True)
    project.label(project.boss, 1)
    waiting = project.images(state="waiting")[0]["name"]
    content = f"image,label,label_confidence\n{waiting},Dog,0.75\n"
    imported(project, None, content=content, **{"as": "suggestions"})
    return project


@pytest.fixture
def page(service: Service, page: Page, context: BrowserContext, project: Project) -> Iterator[Page]:
    sign_in_as(context, service)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_exports(page, service, project)
    yield page
    page.unroute_all(behavior="ignoreErrors")


def open_exports(page: Page, service: Service, project: Project) -> None:
    """The page of exports of a project, without those of earlier tests."""
    for export in list(project.pages("exports")):
        project.boss.delete(f"{project.path}/exports/{export['id']}")
    page.goto(f"{service.url}/projects/{project.id}/export")
    expect(page.get_by_role("heading", name="Export labels")).to_be_visible()


def history(page: Page) -> Locator:
    return page.get_by_role("list", name="Exports", exact=True).locator(":scope > li")


def copied_snippet(page: Page, export: Any) -> str:
    """The snippet as it comes into the clipboard, which is the one that is shown."""
    page.get_by_role("button", name=f"Copy snippet for {export['name']}").click()
    expect(page.get_by_text("The snippet is copied.").first).to_be_visible()
    page.get_by_text("Show the snippet").click()
    shown = page.get_by_role("group", name=f"Python that loads {export['name']}").inner_text()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.strip() == shown.strip()
    return copied


def download(export: Any, folder: Path) -> None:
    for file in export["files"]:
        path = folder / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(get(file["url"]).raise_for_status().content)


@pytest.mark.parametrize("split", [None, SPLIT], ids=["whole", "split"])
@pytest.mark.parametrize("form", [form for form in FORMS if form.values[0] != "features"])
def test_the_snippet_loads_the_files_that_were_downloaded(
    page: Page, project: Project, tmp_path: Path, form: str, split: Any
) -> None:
    told = told_by_snippet(page, tmp_path, form, lambda: project.export(form, split=split))
    if form in ("imagefolder", "huggingface", "webdataset"):
        assert told.endswith("accuracy: 1.00\n")
    else:
        assert_tells(form, project, told)


@pytest.mark.parametrize("split", [None, SPLIT], ids=["whole", "split"])
def test_features_are_trained_on(service: Service, page: Page, featured: Project, tmp_path: Path, split: Any) -> None:
    open_exports(page, service, featured)
    told = told_by_snippet(page, tmp_path, "features", lambda: featured.export("features", split=split))
    assert told.endswith("accuracy: 1.00\n")


def test_features_are_offered_where_suggestions_are_on(service: Service, page: Page, featured: Project) -> None:
    features = page.get_by_role("radio", name="Features")
    expect(features).to_be_disabled()
    expect(page.get_by_text("Turn on suggestions under Details first")).to_be_visible()
    assert_accessible(page)
    open_exports(page, service, featured)
    features.check()
    page.get_by_role("button", name="Options").click()
    page.get_by_role("checkbox", name="Include unlabeled images", exact=True).check()
    page.get_by_role("button", name="Export", exact=True).click()
    expect(history(page).first.get_by_role("link", name="Download features.npy")).to_be_visible()
    [export] = featured.pages("exports")
    assert export["options"]["states"] == ["labeled", "waiting"]


@pytest.mark.parametrize("split", [None, SPLIT], ids=["whole", "split"])
def test_a_coco_export_with_images_is_trained_on(page: Page, project: Project, tmp_path: Path, split: Any) -> None:
    told = told_by_snippet(page, tmp_path, "coco", lambda: project.export("coco", split=split, withImages=True))
    assert told.endswith("accuracy: 1.00\n")


@pytest.mark.parametrize("form", [form for form in FORMS if form.values[0] in ("csv", "azureml")])
def test_the_snippet_tells_suggested_labels_from_others(
    service: Service, page: Page, assisted: Project, tmp_path: Path, form: str
) -> None:
    open_exports(page, service, assisted)
    told = told_by_snippet(page, tmp_path, form, lambda: assisted.export(form, suggestions=True))
    counts = [line.split() for line in told.splitlines() if "Cat" in line or "Dog" in line]
    states = (["labeled"], ["waiting"]) if form == "csv" else ([], [])
    assert counts == [[*states[0], "Cat", "1"], [*states[1], "Dog", "1"]]


def told_by_snippet(page: Page, folder: Path, form: str, export: Callable[[], Any]) -> str:
    """What the snippet of a new export prints where its files were downloaded to."""
    done = export()
    snippet = copied_snippet(page, done)
    download(done, folder)
    # No terminal's encoding decides whether it runs.
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", snippet], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def assert_tells(form: str, project: Project, told: str) -> None:
    """What the snippet printed is of all images, or of all labels where it only counts."""
    if form == "coco":
        images = [line for line in told.splitlines() if ".png" in line]
        assert len(images) == IMAGES, told
        for image in project.images(state="labeled"):
            [line] = [line for line in images if image["name"] in line]
            assert str(image["labels"]) in line
    assert all(label in told for label in LABELS)


def test_an_export_with_options_says_what_it_is_and_how_far(page: Page) -> None:
    page.get_by_role("radio", name="COCO").check()
    for text in ("pycocotools, torchvision", "Azure Machine Learning", "pandas", "load_dataset", "Keras", "Tar shards"):
        expect(page.get_by_role("radiogroup", name="Format").get_by_text(text)).to_be_visible()
    page.get_by_role("button", name="Options").click()
    page.get_by_role("combobox", name="Images labeled").select_option("Dog")
    page.get_by_role("checkbox", name="Split into train").check()
    page.get_by_label("Train (%)").fill("90")
    expect(page.get_by_text("These must add up to 100.")).to_be_visible()
    expect(page.get_by_role("button", name="Export", exact=True)).to_be_disabled()
    page.get_by_role("checkbox", name="Include the images").check()
    page.get_by_label("Validation (%)").fill("5")
    page.get_by_label("Test (%)").fill("5")
    # What is chosen stays, whatever is opened meanwhile.
    page.reload()
    page.get_by_role("button", name="Options").click()
    expect(page.get_by_label("Train (%)")).to_have_value("90")

    share = 0.25

    def is_running(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        for item in body.get("items", []):
            if share < 1:
                item.update(status="running", progress=share, files=[])
        route.fulfill(response=answer, json=body)

    page.route("**/exports?*", is_running)
    page.get_by_label("Name").fill("Dogs for the first model")
    page.get_by_role("button", name="Export", exact=True).click()
    bar = history(page).first.get_by_role("progressbar", name="Progress of the export")
    expect(bar).to_have_attribute("aria-valuenow", "0.25")
    share = 0.75
    expect(bar).to_have_attribute("aria-valuenow", "0.75")
    share = 1
    expect(history(page).first.get_by_text("Completed")).to_be_visible()
    expect(history(page).first).to_contain_text("Dogs for the first model")
    expect(page.get_by_label("Name")).to_have_value("")
    expect(history(page).first).to_contain_text("with images · only Dog · split with seed 0")
    expect(history(page).first.get_by_role("link", name="Download coco.zip")).to_be_visible()


def test_suggested_labels_are_asked_for_and_counted_apart(service: Service, page: Page, assisted: Project) -> None:
    wanted = page.get_by_role("checkbox", name="Include unlabeled images, with their suggested label")
    csv = page.get_by_role("radio", name="CSV")
    csv.check()
    page.get_by_role("button", name="Options").click()
    expect(page.get_by_role("checkbox", name="Include skipped images")).to_be_visible()
    expect(wanted).to_have_count(0)

    open_exports(page, service, assisted)
    page.get_by_role("button", name="Options").click()
    expect(page.get_by_role("checkbox", name="Include skipped images")).to_be_visible()
    expect(wanted).to_have_count(0)
    csv.check()
    wanted.check()
    expect(page.get_by_text("below 1 for suggested ones")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Export", exact=True).click()
    done = history(page).first
    expect(done.get_by_text("1 unlabeled image with a suggested label (Dog: 1)")).to_be_visible()
    expect(done).to_contain_text("with suggestions")
    expect(done).to_contain_text("Cat: 1 · Dog: 0")
    [export] = assisted.pages("exports")
    assert (export["images"], export["suggested"]) == (2, 1)


def test_a_failed_export_says_why_and_is_deleted_after_a_question(page: Page, project: Project) -> None:
    why = "The datastore's SAS token has expired. Make a new one, then export again."
    name = project.export("csv")["name"]

    def has_failed(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        for item in body.get("items", []):
            item.update(status="failed", error=why, files=[])
        route.fulfill(response=answer, json=body)

    page.route("**/exports?*", has_failed)
    expect(history(page).first.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("button", name="Copy snippet")).to_have_count(0)
    history(page).first.get_by_role("button", name=f"Delete {name}").click()
    dialog = page.get_by_role("dialog", name="Delete this export?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(history(page)).to_have_count(1)
    history(page).first.get_by_role("button", name=f"Delete {name}").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No exports yet.")).to_be_visible()
    assert list(project.pages("exports")) == []
