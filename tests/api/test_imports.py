"""Imports over the API: what may be asked for, what is told, and what becomes of the labels."""

import csv
from typing import Any

import httpx
import pytest

from functions.imports.request import MOST_BODY_BYTES
from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.running import get, until


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(6)))


def imported(project: Project, who: httpx.Client | None = None, **asked: Any) -> Any:
    """A finished import."""
    who = who or project.boss
    answer = who.post(f"{project.path}/imports", json={"format": "csv", **asked})
    good(answer, 202)
    done = [answer.json()]

    def is_over() -> bool:
        done[:] = [good(who.get(answer.headers["location"]))]
        return done[0]["status"] in ("completed", "failed")

    until(is_over, "the import does not end")
    return done[0]


def test_labels_from_elsewhere_are_tried_then_taken_over_and_seen_everywhere(people: People) -> None:
    project = new_project(people, Folder(people, pictures(6)))
    project.label(project.boss, 6)
    corrected = "image,label\r\n00.png,Dog\r\n01.png,Cat\r\n02.png,Bird\r\n99.png,Dog\r\n"
    dry = imported(project, content=corrected, dryRun=True, replace=True)
    assert (dry["matched"], dry["labeled"], dry["unchanged"], dry["status"]) == (2, 1, 1, "completed")
    assert {rule: count for rule, count in dry["matchedBy"].items() if count} == {"folder": 2}
    assert [one["label"] for one in csv.DictReader(get(dry["rowsUrl"]).text.splitlines())] == ["Bird", "Dog"]
    (example,) = dry["firstLabeled"]
    assert example["imageId"] == project.image("00.png")["id"]
    assert get(example["thumbnailUrl"]).status_code == 200
    assert dry["unmatched"] == {"count": 1, "first": ["99.png"]}
    assert dry["unclear"] == dry["loose"] == {"count": 0, "first": []}
    assert dry["unknownLabels"] == [{"label": "Bird", "count": 1}]
    assert [(one["before"], one["after"]) for one in dry["firstLabeled"]] == [(["Cat"], "Dog")]
    assert [image["labels"] for image in project.images(name="00.png")] == [["Cat"]]
    assert len(project.image("00.png")["history"]) == 1
    kept = imported(project, content=corrected)
    assert (kept["labeled"], kept["kept"], kept["unchanged"], kept["replace"]) == (0, 1, 1, False)
    assert project.image("00.png")["labels"] == ["Cat"]
    done = imported(project, content=corrected, replace=True)
    own = ("id", "dryRun", "undoable", "createdAt", "startedAt", "finishedAt", "rowsUrl")
    assert {**done, **dict.fromkeys(own)} == {**dry, **dict.fromkeys(own)}
    image = project.image("00.png")
    assert (image["labels"], image["labelerName"]) == (["Dog"], "administrator")
    assert [(entry["action"], entry["labels"]) for entry in image["history"]] == [
        ("labeled", ["Cat"]),
        ("imported", ["Dog"]),
    ]
    figures = project.progress()
    assert {one["label"]: one["count"] for one in figures["byLabel"]} == {"Cat": 5, "Dog": 1, "Uncertain": 0}
    assert [one["id"] for one in project.pages("imports")] == [done["id"], kept["id"], dry["id"]]


def test_labels_that_are_called_otherwise_elsewhere_are_mapped(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)))
    content = "image,label\r\n00.png,kitty\r\n01.png,cat\r\n02.png,blurred\r\n"
    dry = imported(project, content=content, format="auto", dryRun=True)
    assert dry["format"] == "csv"
    assert [(one["name"], one["count"], one["known"], one["alike"]) for one in dry["labels"]] == [
        ("kitty", 1, None, None),
        ("cat", 1, None, "Cat"),
        ("blurred", 1, None, None),
    ]
    done = imported(project, content=content, labels={"kitty": "Cat", "cat": "Cat", "blurred": None})
    assert (done["labeled"], done["leftOut"], done["unknownLabels"]) == (2, 1, [])
    asked = {"format": "auto", "content": content, "labels": {"kitty": "Kitten"}}
    assert_problem(project.boss.post(f"{project.path}/imports", json=asked), 422, "invalid", "labels.kitty")


def test_the_folders_of_images_are_their_labels_if_that_is_asked_for(people: People) -> None:
    sides = {f"{side}/{name}": content for side in ("Cat", "Dog") for name, content in pictures(2).items()}
    project = new_project(people, Folder(people, sides))
    done = imported(project, format="folders", part=-2)
    assert (done["status"], done["format"], done["part"], done["labeled"], done["file"]) == (
        "completed",
        "folders",
        -2,
        4,
        None,
    )
    assert project.image("Dog/01.png")["labels"] == ["Dog"]
    refused = project.boss.post(f"{project.path}/imports", json={"format": "folders", "part": -1})
    assert_problem(refused, 422, "invalid")


def test_labels_from_elsewhere_are_suggested_to_who_labels(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)))
    content = "image,label,confidence\r\n00.png,Dog,0.4\r\n01.png,Cat,\r\n"
    done = imported(project, None, content=content, name=" pets v2 ", **{"as": "suggestions"})
    assert (done["as"], done["labeled"], done["name"], done["accuracy"]) == ("suggestions", 2, "pets v2", None)
    assert project.progress()["labeled"] == 0
    lease = project.lease_with_suggestions(project.boss, 9, 2)
    suggested = {image["name"].rpartition("/")[2]: image["suggestions"] for image in lease["images"]}
    assert suggested == {
        "00.png": [{"label": "Dog", "confidence": 0.4, "sure": False, "likely": False}],
        "01.png": [{"label": "Cat", "confidence": 1.0, "sure": False, "likely": True}],
        "02.png": None,
        "03.png": None,
    }
    labels = {
        image["id"]: [image["suggestions"][0]["label"] if image["suggestions"] else "Cat"] for image in lease["images"]
    }
    good(project.submit(project.boss, lease, labels))
    assert [entry["action"] for entry in project.image("00.png")["history"]] == ["labeled"]


def test_a_run_of_a_model_is_judged_by_the_images_that_came_without_its_suggestions(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)))
    body = {"content": "image,label\r\n" + "".join(f"0{number}.png,Dog\r\n" for number in range(3))}
    run = imported(project, None, **body, **{"as": "suggestions"})
    assert run["name"] is None
    while True:
        lease = project.lease(project.boss, 9)
        hidden = sum(image["suggestions"] is None for image in lease["images"])
        if hidden:
            break
        good(project.boss.delete(f"{project.path}/leases/{lease['id']}"), 204)
    good(project.submit(project.boss, lease, {image["id"]: ["Dog"] for image in lease["images"]}))
    [told] = good(project.boss.get(f"{project.path}/imports"))["items"]
    assert told["accuracy"] == good(project.boss.get(f"{project.path}/imports/{run['id']}"))["accuracy"]
    figures = {name: told["accuracy"][name] for name in ("judged", "right", "share", "builtIn")}
    assert figures == {"judged": hidden, "right": hidden, "share": 1, "builtIn": None}
    refused = project.boss.post(f"{project.path}/imports", json={"format": "auto", "content": "x", "name": "x" * 101})
    assert_problem(refused, 422, "invalid")


def test_a_reviewer_tries_an_import_and_suggests_labels_and_does_not_set_any(project: Project) -> None:
    reviewer = project.invite("reviewer")
    body = {"format": "csv", "content": "image,label\r\n00.png,Dog\r\n"}
    assert_problem(reviewer.post(f"{project.path}/imports", json=body), 403, "forbidden")
    assert imported(project, reviewer, content=body["content"], dryRun=True)["labeled"] == 1
    assert imported(project, reviewer, content=body["content"], **{"as": "suggestions"})["labeled"] == 1
    assert project.progress()["labeled"] == 0


def test_an_export_comes_back_into_another_project_over_the_same_folder(people: People) -> None:
    folder = Folder(people, pictures(4))
    first, second = new_project(people, folder), new_project(people, folder)
    first.label(first.boss, 3)
    first.label(first.boss, 1, "Dog")
    text = get(first.export("coco")["files"][0]["url"]).text
    assert imported(second, format="coco", content=text)["labeled"] == 4
    told = [{image["name"]: image["labels"] for image in one.images()} for one in (first, second)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"content": "image,label"}, "format"),
        ({"format": "xml", "content": "x"}, "format"),
        ({"format": "csv"}, ""),
        ({"format": "csv", "content": "x", "file": "labels.csv"}, ""),
        ({"format": "csv", "content": ""}, "content"),
        ({"format": "csv", "content": "x", "as": "guesses"}, "as"),
        ({"format": "csv", "content": "x", "as": "truth"}, "as"),
        ({"format": "csv", "content": "x", "dryRun": "yes"}, "dryRun"),
        ({"format": "csv", "content": "x", "more": 1}, "more"),
    ],
)
def test_what_cannot_be_imported_is_refused_by_its_field(project: Project, asked: dict[str, Any], field: str) -> None:
    known = [one["id"] for one in project.pages("imports")]
    assert_problem(project.boss.post(f"{project.path}/imports", json=asked), 422, "invalid", field)
    assert [one for one in project.pages("imports") if one["id"] not in known] == []


def test_a_text_of_megabytes_is_taken_and_one_that_is_too_long_is_refused(project: Project) -> None:
    rows = "".join(f"elsewhere/{number:07}.png,Cat\r\n" for number in range(100_000))
    done = imported(project, content=f"image,label\r\n{rows}", dryRun=True)
    assert (done["lines"], done["matched"], done["unmatched"]["count"]) == (100_000, 0, 100_000)
    assert len(done["unmatched"]["first"]) == 100
    body = {"format": "csv", "content": "x" * (MOST_BODY_BYTES + 1)}
    assert_problem(project.boss.post(f"{project.path}/imports", json=body), 413, "too-large")


def test_a_file_outside_the_projects_folder_is_not_read(project: Project, people: People) -> None:
    other = Folder(people, {"labels.csv": b"image,label\r\nsecret.png,Cat\r\n"})
    for place in (f"../{other.prefix}labels.csv", f"/{other.prefix}labels.csv", f"{other.prefix}labels.csv"):
        done = imported(project, file=place)
        assert (done["status"], done["unmatched"]["count"]) == ("failed", 0)


def test_an_import_of_another_project_is_not_found(project: Project, people: People) -> None:
    other = new_project(people, Folder(people, pictures(1)))
    done = imported(project, content="image,label\r\n")
    assert_problem(other.boss.get(f"{other.path}/imports/{done['id']}"), 404, "not-found")
    assert_problem(project.boss.get(f"{project.path}/imports/a'b"), 404, "not-found")


def taken_back(project: Project, done: Any, who: httpx.Client | None = None) -> Any:
    """What the import says when it is undone."""
    who = who or project.boss
    answer = who.post(f"{project.path}/imports/{done['id']}/undo")
    assert good(answer, 202)["undone"]["status"] == "queued"
    found = [good(who.get(answer.headers["location"]))]

    def is_over() -> bool:
        found[:] = [good(who.get(answer.headers["location"]))]
        return found[0]["undone"]["status"] in ("completed", "failed")

    until(is_over, "the undoing does not end")
    return found[0]


def told(project: Project) -> Any:
    return [{**image, "previewUrl": None, "thumbnailUrl": None} for image in project.images()], project.progress()


def test_an_import_is_undone_as_a_whole_and_its_images_tell_so(people: People) -> None:
    project = new_project(people, Folder(people, pictures(6)))
    project.label(project.boss, 3)
    before = told(project)
    done = imported(project, content="image,label\r\n00.png,Dog\r\n01.png,Dog\r\n05.png,Dog\r\n", replace=True)
    assert (done["labeled"], done["undoable"], done["undone"]) == (3, True, None)
    assert_problem(project.invite("reviewer").post(f"{project.path}/imports/{done['id']}/undo"), 403, "forbidden")
    after = taken_back(project, done)
    assert {**after["undone"], "at": "", "by": "", "finishedAt": ""} == {
        "status": "completed",
        "progress": 1,
        "restored": 3,
        "left": 0,
        "byName": "administrator",
        "error": None,
        "at": "",
        "by": "",
        "finishedAt": "",
    }
    assert {**after, "undone": None, "undoable": True} == done
    assert told(project) == before
    assert [one["action"] for one in project.image("00.png")["history"]][-2:] == ["imported", "restored"]
    problem = assert_problem(project.boss.post(f"{project.path}/imports/{done['id']}/undo"), 409, "conflict")
    assert "undone already" in problem["detail"]


def test_who_suggested_labels_takes_them_back_and_no_other_reviewer_does(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)))
    rita = project.invite("reviewer")
    done = imported(project, rita, content="image,label\r\n00.png,Dog\r\n", **{"as": "suggestions"})
    assert_problem(project.invite("reviewer").post(f"{project.path}/imports/{done['id']}/undo"), 403, "forbidden")
    assert taken_back(project, done, rita)["undone"]["restored"] == 1
    assert all(image["suggestions"] is None for image in project.lease(project.boss, 9)["images"])


def test_imports_are_listed_with_or_without_those_that_were_tried_alone(people: People) -> None:
    project = new_project(people, Folder(people, pictures(2)))
    tries = {str(number): imported(project, content="image,label\n00.png,Cat", dryRun=True) for number in range(2)}
    first = imported(project, content="image,label\n00.png,Cat")
    tries["2"] = imported(project, content="image,label\n00.png,Dog", dryRun=True)
    second = imported(project, content="image,label\n01.png,Cat")

    def listed(**query: Any) -> tuple[list[str], str | None]:
        page = good(project.boss.get(f"{project.path}/imports", params=query))
        return [one["id"] for one in page["items"]], page["nextCursor"]

    newest, cursor = listed(dryRun="false", limit=1)
    assert (newest, bool(cursor)) == ([second["id"]], True)
    assert listed(dryRun="false", limit=1, cursor=cursor) == ([first["id"]], None)
    assert listed(dryRun="false") == ([second["id"], first["id"]], None)
    assert listed(dryRun="true") == ([tries[name]["id"] for name in "210"], None)
    assert len(listed()[0]) == 5
    assert_problem(project.boss.get(f"{project.path}/imports", params={"dryRun": "some"}), 422, "invalid")
