"""Files of labels go from the browser straight into storage, and from there into imports."""

import json
from typing import Any

import httpx
import pytest
from azure.storage.blob import ContainerClient

from functions.imports.upload_wire import LONGEST_NAME, MOST_BYTES, MOST_FILES
from functions.storage import LABEL_FILES_CONTAINER
from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, pictures
from tests.api.test_imports import imported
from tests.running import NO_CERTIFICATES, Service

CATS = b"image,label\r\n00.png,Cat\r\n01.png,Dog\r\n"


@pytest.fixture(scope="module")
def folder(people: People) -> Folder:
    return Folder(people, pictures(3))


@pytest.fixture(scope="module")
def project(people: People, folder: Folder) -> Project:
    return new_project(people, folder)


def put(url: str, content: bytes) -> int:
    return httpx.put(url, content=content, headers={"x-ms-blob-type": "BlockBlob"}, verify=NO_CERTIFICATES).status_code


def offered(who: httpx.Client, address: str, **files: int) -> Any:
    body = {"files": [{"name": name, "bytes": size} for name, size in files.items()]}
    return good(who.post(address, json=body), 201)


def uploaded(who: httpx.Client, address: str, **files: bytes) -> str:
    """The upload's id."""
    offer = offered(who, address, **{name: len(content) for name, content in files.items()})
    assert [one["name"] for one in offer["uploads"]] == list(files)
    for one in offer["uploads"]:
        assert put(one["url"], files[one["name"]]) == 201
    return str(offer["upload"])


def test_a_reviewer_uploads_tries_and_suggests_and_an_administrator_takes_labels_over(
    people: People, folder: Folder
) -> None:
    project = new_project(people, folder)
    address = f"{project.path}/imports/uploads"
    reviewer = project.invite("reviewer")
    upload = uploaded(reviewer, address, **{"labels ä.csv": CATS})
    dry = imported(project, reviewer, upload=upload, dryRun=True)
    assert (dry["status"], dry["labeled"], dry["error"]) == ("completed", 2, None)
    assert (dry["upload"], dry["uploadFiles"], dry["file"]) == (upload, ["labels ä.csv"], None)
    asked = {"format": "csv", "upload": upload}
    assert_problem(reviewer.post(f"{project.path}/imports", json=asked), 403, "forbidden")
    done = imported(project, upload=upload)
    assert (done["status"], done["labeled"]) == ("completed", 2)
    assert sorted(image["labels"] for image in project.images(state="labeled")) == [["Cat"], ["Dog"]]
    assert next(project.pages("imports"))["uploadFiles"] == ["labels ä.csv"]
    gone = imported(project, upload=upload)
    assert (gone["status"], gone["labeled"]) == ("failed", 0)
    assert "not kept any more" in gone["error"]


def test_what_was_uploaded_before_there_was_a_project_goes_into_it(people: People, folder: Folder) -> None:
    upload = uploaded(people(), "/api/label-files/uploads", **{"a.csv": b"image,label", "b.csv": CATS})
    project = new_project(people, folder)
    asked = {"format": "csv", "upload": upload}
    wrong = {**asked, "uploadFile": "c.csv"}
    assert_problem(project.boss.post(f"{project.path}/imports", json=wrong), 422, "invalid", "uploadFile")
    assert imported(project, upload=upload, uploadFile="b.csv")["labeled"] == 2
    somebody = project.invite("administrator")
    assert_problem(somebody.post(f"{project.path}/imports", json={**asked, "uploadFile": "a.csv"}), 404, "not-found")


COCO = {
    "images": [{"id": 1, "file_name": "00.png"}, {"id": 2, "file_name": "01.png"}, {"id": 3, "file_name": "no.png"}],
    "annotations": [
        {"image_id": 1, "category_id": 1},
        {"image_id": 2, "category_id": 2},
        {"image_id": 3, "category_id": 1},
    ],
    "categories": [{"id": 1, "name": "Cat", "supercategory": "Animal"}, {"id": 2, "name": "Truck"}],
}


def previewed(who: httpx.Client, folder: Folder, **files: bytes) -> httpx.Response:
    upload = uploaded(who, "/api/label-files/uploads", **files)
    body = {"datastore": "workspace", "prefix": folder.prefix, "upload": upload}
    return who.post("/api/label-files/preview", json=body)


def test_a_file_tells_of_the_project_that_can_be_made_from_it(people: People, folder: Folder) -> None:
    boss = people()
    found = good(previewed(boss, folder, **{"coco.json": json.dumps(COCO).encode()}))
    assert (found["format"], found["taskType"]) == ("coco", "multiClass")
    assert (found["images"], found["matched"], found["listed"], found["isWhole"]) == (3, 2, 3, True)
    assert {rule: count for rule, count in found["matchedBy"].items() if count} == {"folder": 2}
    assert found["unmatched"] == {"count": 1, "first": ["no.png"]}
    assert found["labels"] == [
        {"name": "Cat", "count": 2, "group": "Animal"},
        {"name": "Truck", "count": 1, "group": ""},
    ]
    several = good(previewed(boss, folder, **{"a.csv": b"image,label\n00.png,Cat\n00.png,Dog\n"}))
    assert (several["format"], several["taskType"], several["matched"]) == ("csv", "multiLabel", 1)


def test_several_files_are_tried_looked_at_and_taken_over_together(people: People, folder: Folder) -> None:
    project = new_project(people, folder)
    files = {"train.csv": b"image,label\n00.png,Cat\n", "test.csv": b"image,label\n01.png,Dog\nno.png,Cat\n"}
    found = good(previewed(project.boss, folder, **files))
    assert (found["format"], found["lines"], found["matched"]) == ("csv", 3, 2)
    assert found["unmatched"]["first"] == ["no.png"]
    done = imported(project, format="auto", upload=uploaded(project.boss, f"{project.path}/imports/uploads", **files))
    assert (done["format"], done["labeled"], done["uploadFiles"]) == ("csv", 2, [*files])
    mixed = {**files, "val.json": json.dumps(COCO).encode()}
    assert_problem(previewed(project.boss, folder, **mixed), 422, "invalid", "upload")


@pytest.mark.parametrize("content", [b"Hello.\n", b'{"images": [{"id": 1', b"\xff\xd8\xff\xe0"])
def test_a_file_that_says_nothing_is_refused_with_the_reason(people: People, folder: Folder, content: bytes) -> None:
    assert_problem(previewed(people(), folder, **{"a.json": content}), 422, "invalid", "upload")


def test_a_folder_or_an_upload_that_is_not_there_is_refused(people: People, folder: Folder) -> None:
    boss = people()
    body = {"datastore": "workspace", "prefix": folder.prefix, "upload": "0123456789abcdef"}
    assert_problem(boss.post("/api/label-files/preview", json=body), 404, "not-found")
    upload = uploaded(boss, "/api/label-files/uploads", **{"a.csv": CATS})
    body |= {"upload": upload, "datastore": "nowhere"}
    assert_problem(boss.post("/api/label-files/preview", json=body), 404, "not-found")


def test_a_project_that_was_just_made_is_labeled_when_its_images_are_there(people: People, folder: Folder) -> None:
    boss = people()
    upload = uploaded(boss, "/api/label-files/uploads", **{"a.csv": CATS})
    dataset = {"name": new_name("pets"), "datastore": "workspace", "prefix": folder.prefix}
    request = {"name": new_name("new"), "taskType": "multiClass", "dataset": dataset, "labels": ["Cat", "Dog"]}
    project = Project(people, good(boss.post("/api/projects", json=request), 201)["id"])
    done = imported(project, boss, format="auto", upload=upload, waitForImages=True)
    assert (done["labeled"], done["notReady"]["count"], done["unmatched"]["count"]) == (2, 0, 0)
    assert done["waitsForImages"] is False
    again = {"format": "csv", "content": CATS.decode(), "waitForImages": True, "dryRun": True}
    assert good(boss.post(f"{project.path}/imports", json=again), 202)["waitsForImages"] is True


def test_an_upload_of_another_project_is_not_found(people: People, folder: Folder, project: Project) -> None:
    other = new_project(people, folder)
    upload = uploaded(other.boss, f"{other.path}/imports/uploads", **{"a.csv": CATS})
    known = [one["id"] for one in project.pages("imports")]
    for wrong in (upload, f"x/../{other.id}.upload.{upload}", "0123456789abcdef", "a'b", "%2e%2e"):
        asked = {"format": "csv", "upload": wrong, "dryRun": True}
        assert_problem(project.boss.post(f"{project.path}/imports", json=asked), 404, "not-found")
    assert [one["id"] for one in project.pages("imports")] == known
    assert imported(other, upload=upload, dryRun=True)["labeled"] == 2


def test_two_uploads_with_the_same_names_stay_apart(project: Project) -> None:
    address = f"{project.path}/imports/uploads"
    first, second = (uploaded(project.boss, address, **{"a.csv": rows}) for rows in (CATS, b"image,label\r\n"))
    assert [imported(project, upload=one, dryRun=True)["labeled"] for one in (first, second)] == [2, 0]


def test_a_project_that_is_deleted_leaves_no_upload_behind(people: People, folder: Folder, service: Service) -> None:
    project = new_project(people, folder)
    uploaded(project.boss, f"{project.path}/imports/uploads", **{"a.csv": CATS})
    with ContainerClient.from_connection_string(service.data_storage, LABEL_FILES_CONTAINER) as kept:

        def left() -> int:
            return len(list(kept.list_blob_names(name_starts_with=f"{project.id}.")))

        assert left() == 2
        good(project.boss.delete(project.path), 204)
        assert left() == 0


@pytest.mark.parametrize("address", ["label-files/uploads", "{project}/imports/uploads"])
@pytest.mark.parametrize(
    ("files", "field"),
    [
        ([], "files"),
        ([("a", 1)] * 2, "files"),
        ([(f"{number}", 1) for number in range(MOST_FILES + 1)], "files"),
        ([("a", MOST_BYTES), ("b", 1)], "files"),
        ([("a", MOST_BYTES + 1)], "files.0.bytes"),
        ([("a", -1)], "files.0.bytes"),
        *(([("a", 1), (name, 1)], "files.1.name") for name in ("", "a/b", "a\\b", "..", ".", "a%2fb", "a\nb", "\x7f")),
        ([("x" * (LONGEST_NAME + 1), 1)], "files.0.name"),
    ],
)
def test_uploads_that_cannot_be_are_refused(project: Project, address: str, files: Any, field: str) -> None:
    path = f"/api/{address}".replace("/api/{project}", project.path)
    body = {"files": [{"name": name, "bytes": size} for name, size in files]}
    assert_problem(project.boss.post(path, json=body), 422, "invalid", field)


@pytest.mark.parametrize(
    "asked",
    [{"content": "x", "upload": "a"}, {"file": "x", "upload": "a"}, {"content": "x", "uploadFile": "a"}],
)
def test_an_import_has_one_source(project: Project, asked: dict[str, Any]) -> None:
    body = {"format": "csv", "dryRun": True, **asked}
    assert_problem(project.boss.post(f"{project.path}/imports", json=body), 422, "invalid", "")
