"""The tutorial from its first step to its last, over the API: one project, walked through in order."""

import csv
import io
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient
from pycocotools.coco import COCO

from tests.api.builders import (
    LABELS,
    Folder,
    People,
    Project,
    assert_problem,
    good,
    new_name,
    new_project,
    pictures,
    project_request,
    send,
    waiting_messages,
)
from tests.running import ROOT, Service, get, until

SAMPLES = ROOT / "samples" / "cats-and-dogs"
PAGE = 9
REASON = "Look at the ears."


def truth() -> dict[str, str]:
    with (SAMPLES / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["label"] for row in csv.DictReader(file)}


def base(name: str) -> str:
    return name.rpartition("/")[2]


class Uploaded:
    """The sample images, uploaded as the browser does it."""

    def __init__(self, administrator: httpx.Client) -> None:
        self.prefix = f"{new_name('MultiClass - DogsCats')}/"
        files = sorted((SAMPLES / "images").iterdir())
        wanted = [{"name": file.name, "bytes": file.stat().st_size} for file in files]
        body = {"prefix": self.prefix, "files": wanted}
        uploads = good(administrator.post("/api/datastores/workspace/uploads", json=body))["uploads"]
        with httpx.Client(headers={"x-ms-blob-type": "BlockBlob"}) as storage:
            for file, upload in zip(files, uploads, strict=True):
                assert upload["name"] == file.name
                good(storage.put(upload["url"], content=file.read_bytes()), 201)


class Walk:
    """The walk so far: the project, its labeler and reviewer, and what every image was labeled."""

    def __init__(self, people: People) -> None:
        administrator = people()
        self.prefix = Uploaded(administrator).prefix
        self.name = new_name("tutorial-cats-n-dogs")
        dataset = {"name": new_name("images-for-tutorial"), "datastore": "workspace", "prefix": self.prefix}
        made = administrator.post(
            "/api/projects",
            json=project_request(
                self.prefix,
                name=self.name,
                dataset=dataset,
                order="shuffled",
                instructions={"text": "Labeling tutorial - Cats & Dogs.", "url": ""},
            ),
        )
        assert good(made, 201)["status"] == "creating"
        assert made.headers["location"] == f"/api/projects/{made.json()['id']}"
        self.project = Project(people, made.json()["id"])
        self.project.wait_until_ready()
        self.labeler_name = new_name("labeler@example.org")
        self.labeler = self.project.invite("labeler", self.labeler_name)
        self.reviewer = self.project.invite("reviewer")
        self.truth = truth()
        self.rejected: list[dict[str, Any]] = []

    def right(self, images: list[dict[str, Any]]) -> dict[str, list[str]]:
        return {image["id"]: [self.truth[base(image["name"])]] for image in images}


@pytest.fixture(scope="module")
def labeled(people: People) -> Walk:
    """All 60 images labeled as truth.csv has them, page by page, but for two, which are labeled Uncertain at first."""
    walk = Walk(people)
    project, done = walk.project, 0
    assert project.progress()["waiting"] == len(walk.truth) == 60
    wrong = sorted(walk.truth)[:2]
    while done < len(walk.truth):
        lease = project.lease(walk.labeler, PAGE)
        assert all(image["rejected"] is None for image in lease["images"])
        count = len(lease["images"])
        figures = project.progress()
        assert (figures["leased"], figures["labeled"], figures["waiting"]) == (count, done, 60 - done - count)
        labels = walk.right(lease["images"])
        labels |= {image["id"]: ["Uncertain"] for image in lease["images"] if base(image["name"]) in wrong}
        assert good(project.submit(walk.labeler, lease, labels)) == {"labeled": count, "skipped": 0}
        done += count
        figures = project.progress()
        assert (figures["leased"], figures["labeled"], figures["waiting"]) == (0, done, 60 - done)
    return walk


@pytest.fixture(scope="module")
def finished(labeled: Walk) -> Walk:
    """The two were rejected, came back first, and are labeled right now."""
    project = labeled.project
    wrong = project.images(label="Uncertain")
    body = {
        "images": [{"id": image["id"], "labeledAt": image["labeledAt"]} for image in wrong],
        "reason": REASON,
    }
    answer = good(labeled.reviewer.post(f"{project.path}/rejections", json=body))
    assert (answer["rejected"], answer["stale"]) == ([image["id"] for image in wrong], [])
    figures = project.progress()
    assert (figures["labeled"], figures["waiting"]) == (58, 2)
    assert [row["rejected"] for row in figures["byLabeler"]] == [2]
    # A page holds what one pack has: the two may lie in different ones.
    while len(labeled.rejected) < 2:
        lease = project.lease(labeled.labeler, PAGE)
        labeled.rejected += lease["images"]
        good(project.submit(labeled.labeler, lease, labeled.right(lease["images"])))
    return labeled


def download_twice(export: Mapping[str, Any]) -> dict[str, bytes]:
    files = {}
    for file in export["files"]:
        first, second = get(file["url"]), get(file["url"])
        assert first.status_code == second.status_code == 200
        assert first.content == second.content
        assert len(first.content) == file["bytes"]
        assert file["name"] in first.headers["content-disposition"]
        files[file["name"]] = first.content
    return files


def test_labelers_are_told_how_and_where_to_begin(labeled: Walk) -> None:
    [project] = good(labeled.labeler.get("/api/projects"))["items"]
    assert (project["name"], project["role"], project["status"]) == (labeled.name, "labeler", "created")
    assert project["instructions"]["text"] == "Labeling tutorial - Cats & Dogs."
    assert [label["name"] for label in project["labels"]] == list(LABELS)


def test_the_figures_tell_who_labeled_what(finished: Walk) -> None:
    figures = finished.project.progress()
    counts = {label: list(finished.truth.values()).count(label) for label in LABELS}
    assert {entry["label"]: entry["count"] for entry in figures["byLabel"]} == counts
    assert [(row["name"], row["labeled"], row["skipped"]) for row in figures["byLabeler"]] == [
        (finished.labeler_name, 60, 0)
    ]
    assert figures["labeledPerHour"] >= 60
    [row] = figures["byLabeler"]
    assert row["labeledPerHour"] == figures["labeledPerHour"]
    assert (len(row["lastHours"]), sum(row["lastHours"])) == (24, 60)


def test_rejected_images_come_back_first_with_reason_and_labels(finished: Walk) -> None:
    assert sorted(base(image["name"]) for image in finished.rejected) == sorted(finished.truth)[:2]
    assert [image["rejected"] for image in finished.rejected] == [
        {"reason": REASON, "labels": ["Uncertain"], "skipped": False}
    ] * 2


def test_when_all_is_labeled_nothing_is_left_to_hand_out(finished: Walk) -> None:
    nothing = good(finished.labeler.post(f"{finished.project.path}/leases", json={"count": PAGE, "holding": []}))
    assert nothing == {"id": None, "images": [], "leasedByOthers": 0, "nextFreeAt": None, "awaitingOthers": 0}


def test_the_coco_export_is_loaded_by_pycocotools_and_says_what_was_labeled(finished: Walk, tmp_path: Path) -> None:
    export = finished.project.export("coco", finished.reviewer)
    assert (export["images"], export["progress"]) == (60, 1.0)
    file = tmp_path / "coco.json"
    file.write_bytes(download_twice(export)["coco.json"])
    coco = COCO(str(file))
    categories = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
    assert list(categories.values()) == list(LABELS)
    assert len(coco.getImgIds()) == 60
    told = {}
    for image in coco.loadImgs(coco.getImgIds()):
        [annotation] = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        told[base(image["file_name"])] = categories[annotation["category_id"]]
        assert image["file_name"].startswith(finished.prefix)
        assert "?" not in image["coco_url"]
        assert annotation["bbox"] == [0, 0, image["width"], image["height"]]
    assert told == finished.truth


def test_the_azureml_export_is_a_table_with_a_line_for_each_image(finished: Walk) -> None:
    files = download_twice(finished.project.export("azureml"))
    table = yaml.safe_load(files["MLTable"])
    assert table["paths"] == [{"file": "./labels.jsonl"}]
    assert "read_json_lines" in table["transformations"][0]
    lines = [json.loads(line) for line in files["labels.jsonl"].decode().splitlines()]
    assert {base(line["image_url"]): line["label"] for line in lines} == finished.truth
    assert len(lines) == 60
    for line in lines:
        assert line["image_details"]["format"] == "png"
        assert line["image_details"]["width"].removesuffix("px").isdigit()
        assert "?" not in line["image_url"]


def test_the_csv_export_has_a_row_for_each_image(finished: Walk) -> None:
    text = download_twice(finished.project.export("csv"))["labels.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert {base(row["image"]): row["label"] for row in rows} == finished.truth
    assert len(rows) == 60
    assert {row["labeler"] for row in rows} == {finished.labeler_name}


def test_finished_exports_are_among_the_datasets(finished: Walk, people: People) -> None:
    export = finished.project.export("csv")
    datasets = good(people().get("/api/datasets", params={"limit": 200}))["items"]
    found = next(item for item in datasets if item.get("exportId") == export["id"])
    assert (found["kind"], found["format"], found["images"]) == ("export", "csv", 60)
    assert found["project"] == {"id": finished.project.id, "name": finished.name}
    assert get(found["files"][0]["url"]).content == get(export["files"][0]["url"]).content
    assert any(item["kind"] == "source" and item["prefix"] == finished.prefix for item in datasets)


def test_a_deleted_export_is_gone_and_so_are_its_files(finished: Walk) -> None:
    export = finished.project.export("csv")
    good(finished.reviewer.delete(f"{finished.project.path}/exports/{export['id']}"), 204)
    assert_problem(finished.reviewer.get(f"{finished.project.path}/exports/{export['id']}"), 404, "not-found")
    assert get(export["files"][0]["url"]).status_code == 404


def test_a_paused_project_hands_out_nothing_and_takes_what_is_held(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)))
    labeler = project.invite("labeler")
    lease = project.lease(labeler, 2)
    assert good(project.boss.patch(project.path, json={"status": "paused"}))["status"] == "paused"
    ask = {"count": 2, "holding": [lease["id"]]}
    assert_problem(labeler.post(f"{project.path}/leases", json=ask), 409, "paused")
    good(labeler.post(f"{project.path}/leases/{lease['id']}/renewal"))
    labels = {image["id"]: ["Cat"] for image in lease["images"]}
    assert good(project.submit(labeler, lease, labels)) == {"labeled": 2, "skipped": 0}
    assert good(project.boss.patch(project.path, json={"status": "created"}))["status"] == "created"
    assert len(project.lease(labeler, 2)["images"]) == 2


def test_a_deleted_project_leaves_nothing_and_its_name_is_free(people: People, service: Service) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    name, prefix = project.get()["name"], project.get()["dataset"]["prefix"]
    project.label(project.boss, 1)
    url = project.export("csv")["files"][0]["url"]
    preview = project.images()[0]["previewUrl"]
    assert tables_and_containers(service, project.id) == 2
    good(project.boss.delete(project.path), 204)
    assert_problem(project.boss.get(project.path), 404, "not-found")
    assert_problem(project.boss.delete(project.path), 404, "not-found")
    assert project.id not in [item["id"] for item in good(project.boss.get("/api/projects"))["items"]]
    assert tables_and_containers(service, project.id) == 0
    assert get(preview).status_code == get(url).status_code == 404
    again = good(project.boss.post("/api/projects", json=project_request(prefix, name=name)), 201)
    assert (again["name"], again["id"] != project.id) == (name, True)


def test_messages_that_arrive_for_a_deleted_project_end_quietly(people: People, service: Service) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    refresh = next(project.pages("refreshes"))["id"]
    export = project.export("csv")["id"]
    wanted = {"format": "csv", "content": "image,label"}
    imported = good(project.boss.post(f"{project.path}/imports", json=wanted), 202)["id"]
    good(project.boss.delete(project.path), 204)
    late = {
        "refreshes": {"project_id": project.id, "refresh_id": refresh},
        "preparations": {"project_id": project.id, "pack": 0},
        "exports": {"project_id": project.id, "export_id": export},
        "imports": {"project_id": project.id, "import_id": imported},
    }
    for queue, message in late.items():
        before = waiting_messages(service, f"{queue}-poison")
        send(service, queue, json.dumps(message))
        until(partial(has_none, service, queue), f"{queue} is not emptied")
        assert waiting_messages(service, f"{queue}-poison") == before
    assert tables_and_containers(service, project.id) == 0


def has_none(service: Service, queue: str) -> bool:
    return waiting_messages(service, queue) == 0


def tables_and_containers(service: Service, project: str) -> int:
    with (
        TableServiceClient.from_connection_string(service.data_storage) as tables,
        BlobServiceClient.from_connection_string(service.data_storage) as blobs,
    ):
        names = [table.name for table in tables.list_tables()]
        names += [container.name for container in blobs.list_containers()]
        return sum(project in name for name in names)
