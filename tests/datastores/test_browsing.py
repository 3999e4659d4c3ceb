"""Datastores by folder, through the API of the running service."""

from typing import Any

import httpx

from tests.datastores.calls import make, make_dataset, new_name, sas_datastore
from tests.datastores.customer import Customer
from tests.datastores.hostile_names import HOSTILE_NAMES


def test_a_datastore_whose_container_is_gone_says_so_when_browsed(api: httpx.Client, their_account: Customer) -> None:
    container = their_account.container()
    name = make(api, sas_datastore(their_account, container))
    their_account.drop_container(container)
    answer = api.get(f"/api/datastores/{name}/browse")
    assert answer.status_code == 409
    assert "container does not exist" in answer.json()["detail"]


def test_folders_are_browsed_page_by_page(api: httpx.Client, their_account: Customer) -> None:
    blobs = {f"set/cats/{n}.png": b"x" for n in range(3)} | {"set/dogs/a.png": b"x", "set/top.png": b"12", "z.png": b""}
    name = make(api, sas_datastore(their_account, their_account.container(blobs)))

    def browse(**query: str | int) -> dict[str, Any]:
        answer = api.get(f"/api/datastores/{name}/browse", params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    assert browse() == {
        "folders": [{"name": "set", "prefix": "set/"}],
        "files": [{"name": "z.png", "bytes": 0}],
        "nextCursor": None,
    }
    for prefix in ("set", "set/"):
        assert browse(prefix=prefix) == {
            "folders": [{"name": "cats", "prefix": "set/cats/"}, {"name": "dogs", "prefix": "set/dogs/"}],
            "files": [{"name": "top.png", "bytes": 2}],
            "nextCursor": None,
        }
    page = browse(prefix="set/cats", limit=1)
    found = page["files"]
    while page["nextCursor"]:
        page = browse(prefix="set/cats", limit=1, cursor=page["nextCursor"])
        found += page["files"]
    assert [file["name"] for file in found] == ["0.png", "1.png", "2.png"]
    assert browse(prefix="nothing here") == {"folders": [], "files": [], "nextCursor": None}
    assert api.get(f"/api/datastores/{name}/browse", params={"cursor": "é"}).status_code == 422
    assert api.get(f"/api/datastores/{name}/browse", params={"prefix": "a\x00b"}).status_code == 422


def test_a_datastore_over_one_folder_shows_the_way_there_and_nothing_beside_it(
    api: httpx.Client, their_account: Customer
) -> None:
    container = their_account.container({"set/cats/a.png": b"x", "set/dogs/b.png": b"x", "c.png": b"x"})
    name = make(api, sas_datastore(their_account, container, folder="set/cats"))
    assert api.get(f"/api/datastores/{name}").json()["folder"] == "set/cats/"
    seen = {
        "": [{"name": "set", "prefix": "set/"}],
        "set/": [{"name": "cats", "prefix": "set/cats/"}],
        "set/dogs/": [],
        "set/cats/": [],
    }
    for prefix, folders in seen.items():
        page = api.get(f"/api/datastores/{name}/browse", params={"prefix": prefix}).json()
        assert page["folders"] == folders
        assert [file["name"] for file in page["files"]] == (["a.png"] if prefix == "set/cats/" else [])
    for outside in ("", "set", "set/dogs", "set/catsanddogs"):
        answers = [
            api.get(f"/api/datastores/{name}/sample", params={"prefix": outside}),
            api.post("/api/datasets", json={"name": new_name(), "datastore": name, "prefix": outside}),
            api.post(
                "/api/projects",
                json={
                    "name": new_name(),
                    "taskType": "multiClass",
                    "dataset": {"datastore": name, "prefix": outside},
                    "labels": ["Cat", "Dog"],
                },
            ),
        ]
        assert [answer.status_code for answer in answers] == [422] * 3
        assert all("only reaches the folder 'set/cats/'" in answer.json()["detail"] for answer in answers)
    make_dataset(api, datastore=name, prefix="set/cats/")


def test_a_folder_without_a_name_is_opened_like_any_other(api: httpx.Client, their_account: Customer) -> None:
    container = their_account.container({"/lead/a.png": b"x", "lead/b.png": b"x"})
    name = make(api, sas_datastore(their_account, container))
    below = {
        "": [{"name": "", "prefix": "/"}, {"name": "lead", "prefix": "lead/"}],
        "/": [{"name": "lead", "prefix": "/lead/"}],
    }
    for prefix, folders in below.items():
        assert api.get(f"/api/datastores/{name}/browse", params={"prefix": prefix}).json()["folders"] == folders
    sample = api.get(f"/api/datastores/{name}/sample", params={"prefix": "/lead"}).json()
    assert [image["name"] for image in sample["images"]] == ["/lead/a.png"]


def test_hostile_names_are_browsed(api: httpx.Client, their_account: Customer) -> None:
    name = make(api, sas_datastore(their_account, their_account.container(dict.fromkeys(HOSTILE_NAMES, b"x"))))
    page = api.get(f"/api/datastores/{name}/browse").json()
    flat = {hostile for hostile in HOSTILE_NAMES if "/" not in hostile}
    assert {file["name"] for file in page["files"]} == flat
    assert {folder["prefix"] for folder in page["folders"]} == {"😀/", "a/"}
    page = api.get(f"/api/datastores/{name}/browse", params={"prefix": "😀/"}).json()
    assert [file["name"] for file in page["files"]] == ["猫.png"]
