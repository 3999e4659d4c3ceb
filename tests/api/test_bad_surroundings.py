"""What goes wrong around the service: strange blob names, empty folders, storage that goes away."""

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from pycocotools.coco import COCO

from tests.api.builders import (
    Folder,
    People,
    Project,
    good,
    new_name,
    new_project,
    picture,
    pictures,
    project_request,
)
from tests.datastores.customer import Customer
from tests.datastores.hostile_names import HOSTILE_NAMES
from tests.running import Service, get, until

# Names are counted with their folder; the longest of all is put into no folder.
NAMES = [name for name in HOSTILE_NAMES if len(name) < 900]
LONGEST = ["x" * 1020 + ".png", "😀" * 510 + ".png"]


@pytest.fixture(scope="module")
def hostile(people: People) -> Project:
    """A project over blobs with names that go wrong where they are handled carelessly; all labeled."""
    folder = Folder(people, {name: picture() for name in NAMES})
    project = new_project(people, folder)
    project.label(project.boss, 99)
    return project


def test_blobs_with_strange_names_are_taken_in_and_shown(hostile: Project) -> None:
    prefix = hostile.get()["dataset"]["prefix"]
    images = hostile.images(limit=3)
    assert {image["name"] for image in images} == {prefix + name for name in NAMES}
    for image in images:
        assert image["state"] == "labeled", image
        for url in (image["previewUrl"], image["thumbnailUrl"]):
            assert get(url).headers["content-type"] == "image/webp"


@pytest.mark.parametrize("name", NAMES)
def test_an_image_is_found_by_its_strange_name(hostile: Project, name: str) -> None:
    assert [image["name"] for image in hostile.images(name=name)] == [hostile.get()["dataset"]["prefix"] + name]


def test_blobs_with_strange_names_are_exported_whole(hostile: Project) -> None:
    wanted = {hostile.get()["dataset"]["prefix"] + name for name in NAMES}
    coco = get(hostile.export("coco")["files"][0]["url"]).json()
    assert {image["file_name"] for image in coco["images"]} == wanted
    assert {unquote(image["coco_url"]).partition("/workspace/")[2] for image in coco["images"]} == wanted
    files = {file["name"]: get(file["url"]).content.decode() for file in hostile.export("azureml")["files"]}
    # Not splitlines: a name may hold what Python, but not JSON Lines, takes for the end of a line.
    lines = [json.loads(line) for line in files["labels.jsonl"].split("\n") if line]
    assert {unquote(line["image_url"]).partition(".blob.core.windows.net/")[2] for line in lines} == wanted
    table = get(hostile.export("csv")["files"][0]["url"]).content.decode()
    rows = list(csv.DictReader(io.StringIO(table, newline=""), strict=True))
    assert {row["image"] for row in rows} == wanted


@pytest.fixture
def customer(service: Service) -> Iterator[Customer]:
    account = Customer(service.other_storage)
    yield account
    account.close()


def over_container(people: People, customer: Customer, container: str) -> Project:
    """A project over a whole container of another account."""
    name = new_name("datastore")
    auth = {"kind": "sas", "token": customer.sas(container)}
    body = {"name": name, "containerUrl": customer.container_url(container), "auth": auth}
    good(people().post("/api/datastores", json=body), 201)
    request = project_request("", dataset={"datastore": name, "prefix": ""})
    return Project(people, good(people().post("/api/projects", json=request), 201)["id"])


def test_the_longest_names_are_taken_in_shown_and_exported(people: People, customer: Customer) -> None:
    project = over_container(people, customer, customer.container({name: picture() for name in LONGEST}))
    project.wait_until_ready()
    project.label(project.boss, 9)
    assert {image["name"] for image in project.images(state="labeled")} == set(LONGEST)
    assert all(get(image["previewUrl"]).status_code == 200 for image in project.images())
    exported = get(project.export("coco")["files"][0]["url"]).json()
    assert {image["file_name"] for image in exported["images"]} == set(LONGEST)


def test_cells_that_a_spreadsheet_would_run_are_guarded(people: People, customer: Customer) -> None:
    names = ["=1+1.png", "+a.png", "-b.png", "@c.png"]
    project = over_container(people, customer, customer.container({name: picture() for name in names}))
    project.wait_until_ready()
    project.label(project.boss, 9)
    table = get(project.export("csv")["files"][0]["url"]).content.decode()
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert {row["image"] for row in rows} == {f"'{name}" for name in names}


def test_a_project_over_an_empty_folder_is_created_says_so_and_a_refresh_fills_it(people: People) -> None:
    folder = Folder(people)
    project = new_project(people, folder)
    made = project.get()
    assert made["status"] == "created"
    assert "no images yet" in made["statusDetail"]
    nothing = good(project.boss.post(f"{project.path}/leases", json={"count": 9, "holding": []}))
    assert (nothing["id"], nothing["images"]) == (None, [])
    assert project.export("coco")["images"] == 0
    folder.put(pictures(3))
    assert project.refresh()["added"] == 3
    assert project.get()["statusDetail"] is None
    assert len(project.lease(project.boss, 9)["images"]) == 3


def test_an_export_of_nothing_is_a_valid_file(people: People, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = new_project(people, Folder(people))
    file = tmp_path_factory.mktemp("empty") / "coco.json"
    file.write_bytes(get(project.export("coco")["files"][0]["url"]).content)
    assert COCO(str(file)).getImgIds() == []


def test_a_refresh_of_a_container_that_went_away_fails_in_words_and_keeps_the_labels(
    people: People, customer: Customer
) -> None:
    container = customer.container(pictures(2))
    project = over_container(people, customer, container)
    project.wait_until_ready()
    project.label(project.boss, 1)
    customer.drop_container(container)
    refresh = project.refresh()
    assert refresh["status"] == "failed"
    assert "container does not exist" in refresh["error"]
    figures = project.progress()
    assert (figures["total"], figures["labeled"], figures["missing"]) == (2, 1, 0)
    made = project.get()
    assert (made["status"], made["statusDetail"], made["inTrouble"]) == ("created", refresh["error"], True)
    assert project.export("csv")["images"] == 1


def test_new_credentials_let_projects_that_waited_for_them_be_looked_through_at_once(
    people: People, customer: Customer
) -> None:
    container = customer.container(pictures(2))
    project = over_container(people, customer, container)
    project.wait_until_ready()
    looked = project.get()["lastRefreshAt"]
    name = project.get()["dataset"]["datastore"]
    token = customer.policy_sas(container, "rl")
    good(people().patch(f"/api/datastores/{name}", json={"auth": {"kind": "sas", "token": token}}))
    customer.revoke(container)
    assert project.refresh()["status"] == "failed"
    known = project.get()
    assert (known["inTrouble"], known["lastRefreshAt"]) == (True, looked)
    customer.put(container, "new.png", picture())
    auth = {"kind": "sas", "token": customer.sas(container)}
    good(people().patch(f"/api/datastores/{name}", json={"auth": auth}))
    until(lambda: project.progress()["waiting"] == 3, "the project is not looked through again")
    until(lambda: not project.get()["inTrouble"], "the trouble stays")
    assert project.get()["lastRefreshAt"] > looked


def test_an_empty_folder_is_no_trouble(people: People) -> None:
    assert new_project(people, Folder(people)).get()["inTrouble"] is False


def test_a_project_whose_container_went_away_before_it_was_looked_through_fails_in_words(
    people: People, customer: Customer
) -> None:
    container = customer.container()
    project = over_container(people, customer, container)
    project.wait_until_ready()
    customer.drop_container(container)
    name = project.get()["dataset"]["datastore"]
    request = project_request("", dataset={"datastore": name, "prefix": "later/"})
    failed = Project(people, good(people().post("/api/projects", json=request), 201)["id"])
    until(lambda: failed.get()["status"] == "failed", "the project does not fail")
    assert "container does not exist" in failed.get()["statusDetail"]
