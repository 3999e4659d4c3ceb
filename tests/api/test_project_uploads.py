"""Images are added to a project later: its administrators upload them into its own folder, and nowhere else."""

import httpx
import pytest

from functions.problems import Conflict
from functions.projects.model import Project
from functions.projects.upload_triggers import folders_of_others
from tests.api.builders import (
    Folder,
    People,
    assert_problem,
    good,
    new_name,
    new_project,
    picture,
    pictures,
    project_request,
)
from tests.running import NO_CERTIFICATES


@pytest.fixture(scope="module")
def folder(people: People) -> Folder:
    return Folder(people, pictures(1))


def put(url: str, content: bytes) -> int:
    return httpx.put(url, content=content, headers={"x-ms-blob-type": "BlockBlob"}, verify=NO_CERTIFICATES).status_code


def test_labelers_get_what_a_projects_administrator_uploads(people: People, folder: Folder) -> None:
    project = new_project(people, folder)
    boss, labeler = project.invite("administrator"), project.invite("labeler")
    files = {"cats/new.png": picture("blue"), "00.png": picture("blue", (8, 8))}
    asked = {"files": [{"name": name, "bytes": len(content)} for name, content in files.items()]}
    assert_problem(boss.post(f"{project.path}/uploads", json=asked), 409, "conflict", "files.1.name")
    answer = good(boss.post(f"{project.path}/uploads", json={**asked, "skipExisting": True}))
    assert (answer["existing"], answer["conflicting"]) == ([], ["00.png"])
    (upload,) = answer["uploads"]
    assert f"/workspace/{folder.prefix}cats/new.png?" in upload["url"]
    assert put(upload["url"], files["cats/new.png"]) == 201
    assert project.refresh()["added"] == 1
    assert sorted(image["name"] for image in project.lease(labeler, 9)["images"]) == ["00.png", "new.png"]


@pytest.mark.parametrize("name", ["../other/a.png", "a/../../a.png", "/a.png", "a\\..\\a.png"])
def test_nothing_goes_out_of_the_projects_folder(people: People, folder: Folder, name: str) -> None:
    project = new_project(people, folder)
    boss = project.invite("administrator")
    asked = {"files": [{"name": name, "bytes": 1}], "skipExisting": True}
    assert_problem(boss.post(f"{project.path}/uploads", json=asked), 422, "invalid", "files.0.name")
    into = {**asked, "prefix": "elsewhere/"}
    assert_problem(boss.post(f"{project.path}/uploads", json=into), 422, "invalid", "prefix")


def test_nothing_goes_into_another_project_whose_folder_lies_in_this_one(people: People, folder: Folder) -> None:
    project = new_project(people, folder)
    asked = project_request(f"{folder.prefix}theirs/", name=new_name("below"))
    below = good(people().post("/api/projects", json=asked), 201)
    boss = project.invite("administrator")
    asked = {"files": [{"name": name, "bytes": 1} for name in ("theirs.png", "theirs/a.png")]}
    refused = assert_problem(boss.post(f"{project.path}/uploads", json=asked), 422, "invalid", "files.1.name")
    assert [error["field"] for error in refused["errors"]] == ["files.1.name"]
    own = {"files": [{"name": "a.png", "bytes": 1}]}
    assert good(people().post(f"/api/projects/{below['id']}/uploads", json=own))["uploads"]


@pytest.mark.parametrize(("datastore", "prefix"), [("workspace", ""), ("theirs", "cats/")])
def test_nothing_is_uploaded_where_the_folder_is_shared_or_somebody_elses(datastore: str, prefix: str) -> None:
    with pytest.raises(Conflict):
        folders_of_others(Project.model_construct(task_type="multiClass", datastore=datastore, prefix=prefix), [])
