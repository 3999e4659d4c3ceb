"""The tutorial in the browser, from its first step to its last, as a person would walk it.

The images lie in another team's storage account, and the datastore reaches them by a SAS token.
"""

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient, ContainerSasPermissions, generate_container_sas
from playwright.sync_api import Locator, Page, expect
from pycocotools.coco import COCO

from tests.running import OTHER_KEY, ROOT, Service, get

SAMPLES = ROOT / "samples" / "cats-and-dogs"
FOLDER = "MultiClass - DogsCats"
KEYS = {"Cat": "1", "Dog": "2", "Uncertain": "3"}
PROJECT, SEVERAL = "tutorial-cats-n-dogs", "tutorial-several-labels"
# The labels of the second walk, as they are typed, and the keys that give them.
GROUPED = {"Animal/Cat": "1", "Animal/Dog": "2", "Outdoors": "3", "White": "4", "Black": "5"}

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of this walk's own: a newcomer's, with nothing in it."""
    with Service(tmp_path_factory.mktemp("tutorial") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def truth() -> dict[str, str]:
    """Each sample's label by its blob's name."""
    with (SAMPLES / "truth.csv").open(encoding="utf-8") as file:
        return {f"{FOLDER}/{row['file']}": row["label"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def several() -> dict[str, set[str]]:
    """The labels of each sample in the second walk; some have none."""
    labels: dict[str, set[str]] = {f"{FOLDER}/{path.name}": set() for path in (SAMPLES / "images").iterdir()}
    with (ROOT / "tests" / "browser" / "tagging" / "several_labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            labels[f"{FOLDER}/{row['file']}"].add(row["label"])
    return labels | {name: set[str]() for name in sorted(labels)[::10]}


@pytest.fixture(scope="module")
def container(service: Service) -> tuple[str, str]:
    """The address of a container with the samples, and a SAS token that may read and list it."""
    with BlobServiceClient.from_connection_string(service.other_storage) as blobs:
        client = blobs.create_container("openimagescontainer")
        for path in sorted((SAMPLES / "images").iterdir()):
            client.upload_blob(f"{FOLDER}/{path.name}", path.read_bytes())
        token = generate_container_sas(
            str(blobs.account_name),
            client.container_name,
            OTHER_KEY,
            permission=ContainerSasPermissions(read=True, list=True),
            expiry=datetime.now(UTC) + timedelta(hours=2),
        )
        return client.url, token


def test_the_tutorial_can_be_walked(
    service: Service, page: Page, container: tuple[str, str], truth: dict[str, str], tmp_path: Path
) -> None:
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    sign_in(page, service)
    create_datastore(page, *container)
    create_project(page)
    start_labeling(page)
    tagged = label_all(page, truth, pages=7)
    assert tagged == truth

    rejected = reject_two(page)
    start_labeling(page)
    first = tiles(page)
    expect(first).to_have_count(2)
    assert {name_of(tile) for tile in first.all()} == rejected
    expect(page.get_by_text("look again").first).to_be_visible()
    # This time they are tagged otherwise, so that the export must have the new tags.
    press_until_submitted(page, dict.fromkeys(rejected, "Uncertain"))
    expect(page.get_by_text("All done. Thank you!")).to_be_visible()

    final = {**truth, **dict.fromkeys(rejected, "Uncertain")}
    path = export_coco(page, PROJECT, tmp_path)
    assert labels_in(path) == final
    expect_exported_dataset(page)
    assert trouble == []


def test_the_tutorial_can_be_walked_with_several_labels_an_image(
    service: Service, page: Page, several: dict[str, set[str]], tmp_path: Path
) -> None:
    """In the dataset of the first walk."""
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    sign_in(page, service)
    create_project(page, SEVERAL, "Multi-label", "images-for-tutorial", GROUPED)
    start_labeling(page, SEVERAL)
    for _ in range(7):
        expect(page.get_by_role("option", name="no label").first).to_be_visible()
        press_several(page, several)
    expect(page.get_by_text("All done. Thank you!")).to_be_visible()

    rejected = reject_two(page, SEVERAL)
    start_labeling(page, SEVERAL)
    expect(tiles(page)).to_have_count(2)
    final = {**several, **{name: {"Black", "Outdoors"} for name in rejected}}
    press_several(page, final)
    expect(page.get_by_text("All done. Thank you!")).to_be_visible()

    coco = COCO(str(export_coco(page, SEVERAL, tmp_path)))
    categories = {category["id"]: category for category in coco.loadCats(coco.getCatIds())}
    assert {one["name"]: one["supercategory"] for one in categories.values()} == {
        "Cat": "Animal",
        "Dog": "Animal",
        **dict.fromkeys(("Outdoors", "White", "Black"), ""),
    }
    images = coco.loadImgs(coco.getImgIds())
    annotations = {image["file_name"]: coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]])) for image in images}
    assert final == {
        name: {categories[one["category_id"]]["name"] for one in found} for name, found in annotations.items()
    }
    assert trouble == []


def sign_in(page: Page, service: Service) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(service.url)
    page.get_by_text("Sign in", exact=True).click()
    page.get_by_role("button", name="Sign in as administrator").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()


def create_datastore(page: Page, url: str, token: str) -> None:
    page.get_by_role("link", name="Datastores").click()
    page.get_by_role("button", name="New datastore").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Datastore name").fill("labeling_tutorial")
    dialog.get_by_label("URL").fill(url)
    dialog.get_by_label("Authentication type").select_option(label="SAS token")
    dialog.get_by_role("textbox", name="SAS token").fill(token)
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("labeling_tutorial").first).to_be_visible()


def create_project(
    page: Page, name: str = PROJECT, task_type: str = "Multi-class", dataset: str = "", labels: Iterable[str] = KEYS
) -> None:
    """dataset: one that is there; without, it is made."""
    page.get_by_role("link", name="Projects").click()
    page.get_by_role("link", name="New project").first.click()
    next_step = page.get_by_role("button", name="Next", exact=True)

    page.get_by_label("Project name").fill(name)
    page.get_by_role("radio", name=task_type).check()
    next_step.click()

    if dataset:
        page.get_by_role("radio", name=dataset).check()
    else:
        page.get_by_role("radio", name="Create a dataset").check()
        page.get_by_label("Dataset name").fill("images-for-tutorial")
        page.get_by_role("combobox", name="Datastore").select_option("labeling_tutorial")
        page.get_by_role("button", name=FOLDER).click()
    expect(page.get_by_text("014b9e354a.png").first).to_be_visible()
    next_step.click()

    expect(page.get_by_role("checkbox", name="Enable incremental refresh")).not_to_be_checked()
    next_step.click()

    for label in labels:
        page.get_by_label("New label").fill(label)
        page.keyboard.press("Enter")
    next_step.click()

    page.get_by_role("textbox", name="Instructions", exact=True).fill("Labeling tutorial - Cats & Dogs.")
    next_step.click()

    expect(page.get_by_role("switch", name="Suggest labels")).not_to_be_checked()
    next_step.click()

    expect(page.get_by_role("radio", name="One", exact=False).first).to_be_checked()
    next_step.click()

    expect(page.get_by_role("heading", name="Review and create")).to_be_visible()
    page.get_by_role("button", name="Create project").click()

    # The status changes by itself.
    expect(page.get_by_text("Ready", exact=True).first).to_be_visible()


def start_labeling(page: Page, project: str = PROJECT) -> None:
    page.get_by_role("link", name="Data labeling").click()
    page.get_by_role("link", name=f"Label {project}").click()
    expect(page.get_by_text("Labeling tutorial - Cats & Dogs.")).to_be_visible()
    page.get_by_role("link", name="Start labeling").click()


def tiles(page: Page) -> Locator:
    return page.get_by_role("option", name="Image ")


def name_of(tile: Locator) -> str:
    """The blob's name in a tile's accessible name: "Image 3: folder/a.png, no label"."""
    said = tile.get_attribute("aria-label") or ""
    return said.partition(": ")[2].rpartition(", ")[0]


def label_all(page: Page, truth: dict[str, str], pages: int) -> dict[str, str]:
    """Tags every image with keys only; gives what was tagged."""
    tagged: dict[str, str] = {}
    for _ in range(pages):
        expect(tiles(page).first).to_be_visible()
        expect(page.get_by_role("option", name="no label").first).to_be_visible()
        tagged.update(press_until_submitted(page, truth))
    expect(page.get_by_text("All done. Thank you!")).to_be_visible()
    return tagged


def press_until_submitted(page: Page, labels: dict[str, str]) -> dict[str, str]:
    """Tags each image of the page by its number's key, which moves on to the next one, and submits the page."""
    names = [name_of(tile) for tile in tiles(page).all()]
    for name in names:
        page.keyboard.press(KEYS[labels[name]])
    expect(page.get_by_role("option", name="no label")).to_have_count(0)
    for name in names:
        expect(page.get_by_role("option", name=f"{name}, {labels[name]}")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name=f"{names[0]}, {labels[names[0]]}")).to_have_count(0)
    return {name: labels[name] for name in names}


def press_several(page: Page, labels: Mapping[str, Collection[str]]) -> None:
    """Gives each image of the page its labels, or none of them, goes on to the next one, and submits the page."""
    keys = {path.rpartition("/")[2]: key for path, key in GROUPED.items()}
    names = [name_of(tile) for tile in tiles(page).all()]
    for name in names:
        for key in [keys[label] for label in labels[name]] or ["0"]:
            page.keyboard.press(key)
        if name != names[-1]:
            page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="no label")).to_have_count(0)
    for name in names:
        said = ", ".join(label for label in keys if label in labels[name]) or "None of these"
        expect(page.get_by_role("option", name=f"{name}, {said}")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name=names[0])).to_have_count(0)


def reject_two(page: Page, project: str = PROJECT) -> set[str]:
    page.get_by_role("link", name="Projects").click()
    page.get_by_role("link", name=project).first.click()
    page.get_by_role("tab", name="Data").click()
    images = page.get_by_role("listbox", name="Images").get_by_role("option")
    expect(images.first).to_be_visible()
    rejected = set()
    for image in images.all()[:2]:
        image.click()
        rejected.add(image.get_attribute("title") or "")
    page.get_by_role("button", name="Reject").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("look again")
    dialog.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("2 images are rejected.").first).to_be_visible()
    return rejected


def export_coco(page: Page, project: str, folder: Path) -> Path:
    page.get_by_role("link", name="Projects").click()
    page.get_by_role("link", name=project).first.click()
    page.get_by_role("tab", name="Export").click()
    page.get_by_role("radio", name="COCO").check()
    page.get_by_role("button", name="Export", exact=True).click()
    link = page.get_by_role("link", name="Download coco.json")
    expect(link).to_be_visible()
    path = folder / "coco.json"
    path.write_bytes(get(link.get_attribute("href") or "").content)
    return path


def labels_in(path: Path) -> dict[str, str]:
    """The label of each image in a COCO file, as pycocotools reads it."""
    coco = COCO(str(path))
    categories = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    assert sorted(categories.values()) == sorted(KEYS)
    images = coco.loadImgs(coco.getImgIds())
    assert json.loads(path.read_text(encoding="utf-8"))["images"] == images
    found = {}
    for image in images:
        (annotation,) = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        assert annotation["bbox"] == [0, 0, image["width"], image["height"]] == [0, 0, 32, 32]
        found[image["file_name"]] = categories[annotation["category_id"]]
    return found


def expect_exported_dataset(page: Page) -> None:
    page.get_by_role("link", name="Datasets").click()
    row = page.get_by_role("row", name=PROJECT).filter(has_text="Export")
    expect(row.first).to_be_visible()
