"""Files go from the browser straight into the workspace, and over nothing that is there."""

from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from azure.storage.blob import ContainerClient

from tests.datastores.calls import make, new_name, sas_datastore
from tests.datastores.customer import Customer
from tests.datastores.hostile_names import HOSTILE_NAMES
from tests.running import NO_CERTIFICATES, Service, get


def put(url: str, content: bytes) -> httpx.Response:
    return httpx.put(url, content=content, headers={"x-ms-blob-type": "BlockBlob"}, verify=NO_CERTIFICATES)


def test_files_are_uploaded_straight_into_the_workspace(api: httpx.Client, service: Service) -> None:
    folder = new_name("folder")
    names = [name for name in HOSTILE_NAMES if "//" not in name and len(name) < 500] + ["😀" * 501, "x" * 1003]
    assert len(folder) == 15
    asked = {"prefix": folder, "files": [{"name": name, "bytes": 4} for name in names]}
    answer = api.post("/api/datastores/workspace/uploads", json=asked)
    assert answer.status_code == 200
    uploads = answer.json()["uploads"]
    assert [upload["name"] for upload in uploads] == names
    for upload in uploads:
        assert put(upload["url"], upload["name"].encode()).status_code == 201
    with ContainerClient.from_connection_string(service.data_storage, "workspace") as workspace:
        for name in names:
            assert workspace.download_blob(f"{folder}/{name}").readall() == name.encode()


def test_it_is_told_which_files_no_project_will_show(api: httpx.Client) -> None:
    files = [{"name": name, "bytes": 4} for name in ("a.jxl", "b.png", "c.txt", "d.jxl", "IMG_1.HEIC", "e.ico")]
    answer = api.post("/api/datastores/workspace/uploads", json={"prefix": new_name("folder"), "files": files})
    assert answer.json()["kindsPassedOver"] == {"JPEG XL": 2, "ICO": 1}
    assert len(answer.json()["uploads"]) == len(files)


def test_an_upload_address_creates_its_one_blob_and_nothing_else(api: httpx.Client, service: Service) -> None:
    folder = new_name("folder")
    asked = {"prefix": folder, "files": [{"name": "a.png", "bytes": 3}]}
    url = api.post("/api/datastores/workspace/uploads", json=asked).json()["uploads"][0]["url"]
    assert get(url).status_code in (403, 404)
    assert put(url.replace("a.png", "b.png"), b"bad").status_code == 403
    assert put(url, b"one").status_code == 201
    assert put(url, b"two").status_code in (403, 409)
    assert get(url).status_code == 403
    assert httpx.delete(url, verify=NO_CERTIFICATES).status_code == 403
    container = url.split(f"/{folder}")[0]
    assert get(f"{container}?restype=container&comp=list&{urlsplit(url).query}").status_code == 403
    with ContainerClient.from_connection_string(service.data_storage, "workspace") as workspace:
        assert workspace.download_blob(f"{folder}/a.png").readall() == b"one"

    again = api.post(
        "/api/datastores/workspace/uploads",
        json={"prefix": folder, "files": [{"name": "new.png", "bytes": 3}, {"name": "a.png", "bytes": 3}]},
    )
    assert again.status_code == 409
    assert f"{folder}/a.png" in again.json()["detail"]
    assert [error["field"] for error in again.json()["errors"]] == ["files.1.name"]


def test_an_upload_that_was_cut_off_goes_on_with_what_is_missing(api: httpx.Client, service: Service) -> None:
    folder = new_name("folder")
    there = {"cats/same.png": b"123", "other-size.png": b"12"}
    for name, content in there.items():
        asked = {"prefix": folder, "files": [{"name": name, "bytes": len(content)}]}
        answer = api.post("/api/datastores/workspace/uploads", json=asked).json()
        assert (answer["existing"], answer["conflicting"]) == ([], [])
        assert put(answer["uploads"][0]["url"], content).status_code == 201
    files = [{"name": name, "bytes": 3} for name in ("cats/new.png", "cats/same.png", "other-size.png", "same.png")]
    again = {"prefix": folder, "files": files, "skipExisting": True}
    answer = api.post("/api/datastores/workspace/uploads", json=again).json()
    assert [upload["name"] for upload in answer["uploads"]] == ["cats/new.png", "same.png"]
    assert (answer["existing"], answer["conflicting"]) == (["cats/same.png"], ["other-size.png"])
    assert all(put(upload["url"], b"new").status_code == 201 for upload in answer["uploads"])
    with ContainerClient.from_connection_string(service.data_storage, "workspace") as workspace:
        kept = {name: workspace.download_blob(f"{folder}/{name}").readall() for name in there}
    assert kept == there


@pytest.mark.parametrize(
    "name",
    [
        *("", "/a.png", "a.png/", "a//b.png", "../a.png", "a/../b.png", "./a.png", "a/."),
        *("a\\b.png", "a\n.png", "\x7f.png", "x" * 1024, "😀" * 512),
    ],
)
def test_a_file_name_that_cannot_be_is_refused(api: httpx.Client, name: str) -> None:
    asked = {"prefix": "f", "files": [{"name": "good.png", "bytes": 1}, {"name": name, "bytes": 1}]}
    answer = api.post("/api/datastores/workspace/uploads", json=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["files.1.name"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"files": []}, "files"),
        ({"files": [{"name": "a", "bytes": 1}] * 2}, "files.1.name"),
        ({"files": [{"name": f"{n}", "bytes": 1} for n in range(201)]}, "files"),
        ({"files": [{"name": "a", "bytes": 96 * 1024 * 1024 + 1}]}, "files.0.bytes"),
        ({"files": [{"name": "a", "bytes": -1}]}, "files.0.bytes"),
        ({"prefix": "a/../b"}, "prefix"),
        ({"prefix": "a\\b"}, "prefix"),
    ],
)
def test_uploads_that_cannot_be_are_refused(api: httpx.Client, changes: dict[str, Any], field: str) -> None:
    asked = {"prefix": "", "files": [{"name": "a", "bytes": 1}], **changes}
    answer = api.post("/api/datastores/workspace/uploads", json=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_nothing_is_uploaded_into_a_customers_container(api: httpx.Client, their_account: Customer) -> None:
    name = make(api, sas_datastore(their_account, their_account.container()))
    answer = api.post(f"/api/datastores/{name}/uploads", json={"prefix": "", "files": [{"name": "a", "bytes": 1}]})
    assert answer.status_code == 409
