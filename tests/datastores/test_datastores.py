"""Making, changing and deleting datastores through the API of the running service."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from azure.data.tables import TableClient
from azure.storage.blob import PublicAccess

from tests.datastores.calls import items, make, make_dataset, new_name, sas_datastore
from tests.datastores.customer import Customer
from tests.running import Service


def test_a_datastore_that_was_made_is_shown_without_its_secret(
    api: httpx.Client, service: Service, their_account: Customer
) -> None:
    container = their_account.container({"a.png": b"a"})
    asked = sas_datastore(their_account, container)
    answer = api.post("/api/datastores", json=asked)
    assert answer.status_code == 201
    shown = answer.json()
    assert answer.headers["location"] == f"/api/datastores/{asked['name']}"
    assert {key: shown[key] for key in ("name", "containerUrl", "auth")} == {
        "name": asked["name"],
        "containerUrl": asked["containerUrl"],
        "auth": "sas",
    }
    assert set(shown) == {"name", "containerUrl", "auth", "folder", "createdAt", "warnings", "etag"}
    assert shown["warnings"] == []
    assert api.get(f"/api/datastores/{asked['name'].upper()}").json() == shown
    assert shown in items(api, "/api/datastores")

    signature = asked["auth"]["token"].split("sig=")[1]
    assert signature not in answer.text
    assert signature not in service.log
    with TableClient.from_connection_string(service.data_storage, "service") as table:
        assert signature not in str(list(table.list_entities()))
    secrets_file = service.data_dir / "secrets.json"
    assert signature in secrets_file.read_text()
    assert secrets_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["accountKey", "anonymous"])
def test_a_datastore_by_key_or_by_none_is_browsed(api: httpx.Client, their_account: Customer, kind: str) -> None:
    container = their_account.container({"a.png": b"a"}, public=PublicAccess.CONTAINER if kind == "anonymous" else None)
    auth = {"kind": kind} | ({"key": their_account.key} if kind == "accountKey" else {})
    name = make(api, sas_datastore(their_account, container, auth=auth))
    assert api.get(f"/api/datastores/{name}/browse").json()["files"] == [{"name": "a.png", "bytes": 1}]
    assert api.get(f"/api/datastores/{name}").json()["auth"] == kind


def test_the_connection_is_tried_first_and_nothing_is_saved_when_it_fails(
    api: httpx.Client, service: Service, their_account: Customer
) -> None:
    container, other = their_account.container({"a.png": b"a"}), their_account.container()
    url, missing = their_account.container_url(container), their_account.container_url("missing")
    cases: list[tuple[str, dict[str, str], str, str]] = [
        (
            url,
            {"kind": "sas", "token": their_account.sas(container, expires=-timedelta(days=1))},
            "auth.token",
            "expired on",
        ),
        (url, {"kind": "sas", "token": their_account.sas(container, "r")}, "auth.token", "permission List"),
        (url, {"kind": "sas", "token": their_account.sas(container, "l")}, "auth.token", "permission Read"),
        (url, {"kind": "sas", "token": their_account.blob_sas(container, "a.png")}, "auth.token", "one blob only"),
        (url, {"kind": "sas", "token": their_account.account_sas("o")}, "auth.token", "Container and Object"),
        (url, {"kind": "sas", "token": f"{url}?{their_account.sas(container)}"}, "auth.token", "token alone"),
        (url, {"kind": "sas", "token": "hello"}, "auth.token", "not a SAS token"),
        (url, {"kind": "sas", "token": their_account.policy_sas(container, "l")}, "auth", "files cannot be read"),
        (
            their_account.container_url(other),
            {"kind": "sas", "token": their_account.policy_sas(other, "r")},
            "auth",
            "permission List",
        ),
        (url, {"kind": "sas", "token": their_account.sas(other)}, "auth", "not valid for this container"),
        (url, {"kind": "accountKey", "key": "AAAA" + their_account.key[4:]}, "auth", "account key is wrong"),
        (url, {"kind": "accountKey", "key": "not base64!"}, "auth.key", "not an account key"),
        (url, {"kind": "anonymous"}, "auth", "not open to the public"),
        (url, {"kind": "identity"}, "auth", "IDENTITY_CONTAINERS"),
        (missing, {"kind": "accountKey", "key": their_account.key}, "containerUrl", "does not exist"),
        ("http://127.0.0.1:1/team/photos", {"kind": "anonymous"}, "containerUrl", "does not answer"),
        ("https://evil.example/photos", {"kind": "anonymous"}, "containerUrl", "not the blob endpoint"),
        (f"{url}?{their_account.sas(container)}", {"kind": "anonymous"}, "containerUrl", "token's field"),
    ]
    make(api, sas_datastore(their_account, container))
    kept = (service.data_dir / "secrets.json").read_text()
    for container_url, auth, field, words in cases:
        name = new_name()
        answer = api.post("/api/datastores", json={"name": name, "containerUrl": container_url, "auth": auth})
        assert answer.status_code == 422, words
        problem = answer.json()
        assert words in problem["detail"]
        assert [error["field"] for error in problem["errors"]] == [field], words
        assert "sig=" not in answer.text
        assert api.get(f"/api/datastores/{name}").status_code == 404
    assert (service.data_dir / "secrets.json").read_text() == kept


def test_the_services_own_account_is_refused(api: httpx.Client, service: Service) -> None:
    parts = dict(part.split("=", 1) for part in service.data_storage.split(";") if part)
    for container in ("workspace", "exports"):
        url = f"{parts['BlobEndpoint']}/{container}"
        auth = {"kind": "accountKey", "key": parts["AccountKey"]}
        answer = api.post("/api/datastores", json={"name": new_name(), "containerUrl": url, "auth": auth})
        assert answer.status_code == 422
        assert "own storage account" in answer.json()["detail"]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 65},
        {"name": "a/b"},
        {"name": "naïve"},
        {"name": "line\n"},
        {"name": 5},
        {"auth": {"kind": "builtIn"}},
        {"auth": {"kind": "sas"}},
        {"auth": {"kind": "sas", "token": ""}},
        {"auth": {"kind": "sas", "token": "x", "key": "y"}},
        {"auth": {"kind": "accountKey", "token": "x"}},
        {"auth": "anonymous"},
        {"auth": {}},
        {"more": 1},
        {"containerUrl": None},
    ],
)
def test_what_is_no_datastore_is_refused(api: httpx.Client, their_account: Customer, changes: dict[str, Any]) -> None:
    answer = api.post("/api/datastores", json=sas_datastore(their_account, "photos", **changes))
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_names_are_unique_without_case_and_the_built_in_one_is_taken(
    api: httpx.Client, their_account: Customer
) -> None:
    asked = sas_datastore(their_account, their_account.container())
    make(api, asked)
    for name in (asked["name"], asked["name"].upper(), "workspace", "Workspace"):
        answer = api.post("/api/datastores", json={**asked, "name": name})
        assert answer.status_code == 409


def test_the_built_in_datastore_is_first_and_stays(api: httpx.Client, their_account: Customer) -> None:
    make(api, sas_datastore(their_account, their_account.container()))
    first = items(api, "/api/datastores", limit=1)[0]
    assert (first["name"], first["auth"]) == ("workspace", "builtIn")
    assert items(api, "/api/datastores", limit=1) == items(api, "/api/datastores")
    assert api.get("/api/datastores/workspace").json() == first
    for name in ("workspace", "WORKSPACE"):
        assert api.delete(f"/api/datastores/{name}").status_code == 409
        assert api.patch(f"/api/datastores/{name}", json={"auth": {"kind": "anonymous"}}).status_code == 409


def test_new_credentials_are_tried_and_then_replace_the_old(
    api: httpx.Client, service: Service, their_account: Customer
) -> None:
    container = their_account.container({"a.png": b"a"})
    asked = sas_datastore(their_account, container)
    name = make(api, asked)
    kept = (service.data_dir / "secrets.json").read_text()
    bad = api.patch(f"/api/datastores/{name}", json={"auth": {"kind": "anonymous"}})
    assert bad.status_code == 422
    assert (service.data_dir / "secrets.json").read_text() == kept

    token = their_account.sas(container, "rwdl", timedelta(days=900))
    loose = api.patch(f"/api/datastores/{name}", json={"auth": {"kind": "sas", "token": token}})
    assert loose.json()["warnings"] == api.get(f"/api/datastores/{name}").json()["warnings"] == ["changes", "long"]
    good = api.patch(f"/api/datastores/{name}", json={"auth": {"kind": "accountKey", "key": their_account.key}})
    assert good.json()["warnings"] == []
    assert good.status_code == 200
    assert good.json() == api.get(f"/api/datastores/{name}").json()
    assert good.json()["auth"] == "accountKey"
    assert api.get(f"/api/datastores/{name}/browse").status_code == 200
    assert asked["auth"]["token"].split("sig=")[1] not in (service.data_dir / "secrets.json").read_text()
    elsewhere = api.patch(f"/api/datastores/{name}", json={"containerUrl": "x", "auth": {"kind": "anonymous"}})
    assert elsewhere.status_code == 422


def test_new_credentials_do_not_replace_those_that_their_giver_has_not_seen(
    api: httpx.Client, service: Service, their_account: Customer
) -> None:
    container = their_account.container({"a.png": b"a"})
    made = api.post("/api/datastores", json=sas_datastore(their_account, container))
    path, seen = made.headers["location"], made.headers["etag"]
    assert seen == made.json()["etag"] == api.get(path).headers["etag"]
    first = {"auth": {"kind": "sas", "token": their_account.sas(container)}}
    changed = api.patch(path, json=first, headers={"If-Match": seen})
    assert changed.status_code == 200
    assert changed.headers["etag"] == api.get(path).json()["etag"] != seen
    second = {"auth": {"kind": "accountKey", "key": their_account.key}}
    refused = api.patch(path, json=second, headers={"If-Match": seen})
    assert (refused.status_code, refused.json()["type"]) == (412, "urn:labeling:problem:precondition-failed")
    assert api.get(path).json() == changed.json()
    assert api.patch(path, json=second, headers={"If-Match": changed.headers["etag"]}).status_code == 200
    assert api.patch(path, json=first).status_code == 200


def test_a_datastore_is_deleted_with_its_secret_once_nothing_uses_it(
    api: httpx.Client, service: Service, their_account: Customer
) -> None:
    asked = sas_datastore(their_account, their_account.container())
    name = make(api, asked)
    dataset = make_dataset(api, datastore=name.upper())
    assert dataset["datastore"] == name
    refused = api.delete(f"/api/datastores/{name}")
    assert refused.status_code == 409
    assert "dataset" in refused.json()["detail"]
    assert api.delete(f"/api/datasets/{dataset['name']}").status_code == 204
    assert api.delete(f"/api/datastores/{name}").status_code == 204
    assert api.get(f"/api/datastores/{name}").status_code == 404
    assert api.delete(f"/api/datastores/{name}").status_code == 404
    assert asked["auth"]["token"].split("sig=")[1] not in (service.data_dir / "secrets.json").read_text()
    make(api, asked)


def test_only_administrators_of_the_service_come_near(service: Service) -> None:
    with service.client("somebody") as client:
        for path in (
            "/api/datastores",
            "/api/datastores/workspace",
            "/api/datastores/workspace/browse",
            "/api/datasets",
        ):
            assert client.get(path).status_code == 403
