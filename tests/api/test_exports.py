"""Exports over the API: what may be asked for, what is told, and the line of those that wait."""

import hashlib
from typing import Any

import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.running import get, until

WORKSPACE = {"subscription": "12345678-1234-1234-1234-1234567890ab", "resourceGroup": "group", "name": "team"}
DATASTORE = "azureml://subscriptions/12345678-1234-1234-1234-1234567890ab/resourcegroups/group/workspaces/team/datastores/images"


@pytest.fixture(scope="module")
def labeled(people: People) -> Project:
    project = new_project(people, Folder(people, pictures(8)))
    project.label(project.boss, 5)
    project.label(project.boss, 3, "Dog")
    return project


def test_an_export_tells_what_it_holds_and_how_it_was_asked_for(labeled: Project) -> None:
    split = {"train": 0.75, "validation": 0.25, "test": 0.0, "seed": 3}
    export = labeled.export("csv", split=split, labels=["Dog"], states=["skipped", "labeled"])
    assert export["options"] == {
        "states": ["labeled", "skipped"],
        "labels": ["Dog"],
        "since": None,
        "split": split,
        "datastoreName": None,
        "workspace": None,
        "suggestions": False,
        "guardFormulas": True,
        "opinions": False,
        "wide": False,
        "withImages": False,
        "convertImages": False,
    }
    assert (export["images"], sum(export["bySide"].values()), export["ahead"]) == (3, 3, 0)
    assert [(one["label"], one["count"]) for one in export["byLabel"]] == [("Cat", 0), ("Dog", 3), ("Uncertain", 0)]
    assert (export["leftOut"], export["changes"], export["expiredAt"]) == ({"count": 0, "first": []}, None, None)
    for file in export["files"]:
        assert hashlib.sha256(get(file["url"]).content).hexdigest() == file["sha256"]


@pytest.mark.parametrize(
    "asked",
    [{"datastoreName": DATASTORE}, {"datastoreName": "images", "workspace": WORKSPACE}],
    ids=["address", "parts"],
)
def test_an_azure_ml_datastore_is_given_by_its_address_or_its_parts(labeled: Project, asked: dict[str, Any]) -> None:
    export = labeled.export("azureml", **asked)
    assert (export["options"]["datastoreName"], export["options"]["workspace"]) == ("images", WORKSPACE)
    [lines] = [get(file["url"]).text for file in export["files"] if file["name"] == "labels.jsonl"]
    assert lines.count(f'"image_url":"{DATASTORE}/paths/') == 8


def test_an_export_has_a_name_the_given_one_or_one_that_tells_it_from_others(labeled: Project, people: People) -> None:
    given = labeled.export("csv", name="  For the first model ")
    unnamed = labeled.export("csv")
    asked = unnamed["createdAt"].replace("T", " ")[:19]
    assert (given["name"], unnamed["name"]) == ("For the first model", f"{labeled.get()['name']} csv {asked}")
    assert [one["name"] for one in labeled.pages("exports")][:2] == [unnamed["name"], given["name"]]
    datasets = {one.get("exportId"): one["name"] for one in good(people().get("/api/datasets"))["items"]}
    assert (datasets[given["id"]], datasets[unnamed["id"]]) == (given["name"], unnamed["name"])
    [record] = [file for file in given["files"] if file["name"] == "export.json"]
    assert get(record["url"]).json()["name"] == given["name"]


def test_labels_are_named_by_id_as_well(labeled: Project) -> None:
    dog = next(label["id"] for label in labeled.get()["labels"] if label["name"] == "Dog")
    assert labeled.export("csv", labels=[dog])["images"] == 3


def test_a_second_export_tells_what_has_changed(labeled: Project) -> None:
    first = labeled.export("coco")
    second = labeled.export("coco")
    assert second["changes"] == {
        "since": first["id"],
        "sinceAt": first["startedAt"],
        "added": 0,
        "changed": 0,
        "removed": 0,
    }


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"format": "xml"}, "format"),
        ({}, "format"),
        ({"format": "csv", "states": []}, "states"),
        ({"format": "csv", "states": ["leased"]}, "states.0"),
        ({"format": "csv", "labels": []}, "labels"),
        ({"format": "csv", "labels": ["Cat", "Bird"]}, "labels.1"),
        ({"format": "csv", "labels": [99]}, "labels.0"),
        ({"format": "csv", "since": "yesterday"}, "since"),
        ({"format": "csv", "split": {"train": 0.5, "test": 0.4}}, "split"),
        ({"format": "csv", "split": {"train": 1.5}}, "split.train"),
        ({"format": "csv", "split": {"train": 1, "seed": -1}}, "split.seed"),
        ({"format": "csv", "split": {"validation": 1}}, "split.train"),
        ({"format": "csv", "datastoreName": "images"}, "datastoreName"),
        ({"format": "azureml", "datastoreName": "a/b"}, "datastoreName"),
        ({"format": "azureml", "datastoreName": "azureml://subscriptions/me"}, "datastoreName"),
        ({"format": "azureml", "datastoreName": DATASTORE, "workspace": WORKSPACE}, "workspace"),
        ({"format": "azureml", "workspace": WORKSPACE}, "datastoreName"),
        (
            {"format": "azureml", "datastoreName": "a", "workspace": {**WORKSPACE, "subscription": "me"}},
            "workspace.sub",
        ),
        ({"format": "csv", "workspace": WORKSPACE}, "workspace"),
        ({"format": "coco", "suggestions": True}, "suggestions"),
        ({"format": "imagefolder", "suggestions": True}, "suggestions"),
        ({"format": "csv", "suggestions": "some"}, "suggestions"),
        ({"format": "coco", "guardFormulas": False}, "guardFormulas"),
        ({"format": "coco", "wide": True}, "wide"),
        ({"format": "coco", "convertImages": True}, "convertImages"),
        ({"format": "csv", "withImages": True}, "withImages"),
        ({"format": "csv", "name": " "}, "name"),
        ({"format": "csv", "everything": True}, "everything"),
    ],
)
def test_what_cannot_be_exported_is_refused_by_its_field(labeled: Project, asked: dict[str, Any], field: str) -> None:
    before = list(labeled.pages("exports"))
    answer = labeled.boss.post(f"{labeled.path}/exports", json=asked)
    problem = assert_problem(answer, 422, "invalid")
    assert any(error["field"].startswith(field) for error in problem["errors"]), problem
    assert [one["id"] for one in labeled.pages("exports")] == [one["id"] for one in before]


def test_exports_asked_for_at_once_wait_in_line_and_are_all_built(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)))
    project.label(project.boss, 3)
    asked = [good(project.boss.post(f"{project.path}/exports", json={"format": "csv"}), 202) for _ in range(3)]
    assert all(one["ahead"] <= number for number, one in enumerate(asked))

    def done() -> bool:
        found = list(project.pages("exports"))
        assert sum(one["status"] == "running" for one in found) <= 1
        return all(one["status"] == "completed" for one in found)

    until(done, "the exports do not end")
    finished = {one["id"]: one["finishedAt"] for one in project.pages("exports")}
    times = [finished[one["id"]] for one in asked]
    assert times == sorted(times)
