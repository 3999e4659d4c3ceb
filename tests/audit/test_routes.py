"""Whoever changes something by a call leaves an entry in the audit log, whichever route it is."""

from typing import Any

import pytest

import function_app  # noqa: F401 - declares all routes
from functions.http.calls import READING
from functions.http.routes import ROUTES
from tests.api.builders import Folder, People, Project, good, new_name, pictures, project_request, user_id

# Changes that leave no entry. Whoever adds one to this list says why where the route is declared.
UNAUDITED = {
    "POST label-files/preview",
    "POST restores/preview",
    "POST projects/{project_id}/leases",
    "DELETE projects/{project_id}/leases/{lease_id}",
    "POST projects/{project_id}/leases/{lease_id}/renewal",
    "POST projects/{project_id}/leases/{lease_id}/submission",
    "PUT projects/{project_id}/images/{image_id}/labels",
    "POST projects/{project_id}/rejections",
    "POST projects/{project_id}/opinions",
    "POST projects/{project_id}/corrections",
    "POST projects/{project_id}/confirmations",
    "POST projects/{project_id}/reviews/{review_id}/undo",
    "POST projects/{project_id}/checks/{check_id}/verdicts",
}

# One call of each other route that changes something: its operation, its body, what its entry says of it.
DATASTORE = {"name": "elsewhere", "containerUrl": "https://example.org/a", "auth": {"kind": "anonymous"}}
CHANGES: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "POST datastores": ("createDatastore", DATASTORE, {"name": "elsewhere", "auth": "anonymous"}),
    "PATCH datastores/{name}": ("changeDatastore", {"auth": {"kind": "anonymous"}}, {"auth": "anonymous"}),
    "DELETE datastores/{name}": ("deleteDatastore", None, {}),
    "POST datastores/{name}/uploads": (
        "createUploads",
        {"prefix": "a/", "files": [{"name": "a.png", "bytes": 1}]},
        {"folder": "a/", "files": 1},
    ),
    "POST datasets": (
        "createDataset",
        {"name": "a", "datastore": "nowhere", "prefix": "a/"},
        {"name": "a", "datastore": "nowhere", "folder": "a/"},
    ),
    "DELETE datasets/{name}": ("deleteDataset", None, {}),
    "POST projects": ("createProject", lambda: project_request("audited/"), {"datastore": "workspace"}),
    "PATCH projects/{project_id}": ("patchProject", {"leaseMinutes": 20}, {"leaseMinutes": 20}),
    "POST projects/{project_id}/labels/{label_id}/merge": ("mergeLabel", {"into": 2}, {"label": "Cat", "into": "Dog"}),
    "DELETE projects/{project_id}/labels/{label_id}/merge": ("unmergeLabel", None, {"label": "Cat"}),
    "PUT projects/{project_id}/members/{sign_in_name}": ("setMember", {"role": "reviewer"}, {"role": "reviewer"}),
    "DELETE projects/{project_id}/members/{sign_in_name}": ("removeMember", None, {"role": "reviewer"}),
    "POST projects/{project_id}/uploads": (
        "createProjectUploads",
        {"files": [{"name": "a.png", "bytes": 1}]},
        {"files": 1},
    ),
    "POST projects/{project_id}/refreshes": ("startRefresh", None, {}),
    "POST projects/{project_id}/trainings": ("startTraining", None, {}),
    "POST projects/{project_id}/checks": ("startCheck", {"size": 10}, {}),
    "DELETE projects/{project_id}/checks/{check_id}": ("removeCheck", None, {}),
    "POST projects/{project_id}/exports": ("startExport", {"format": "csv"}, {"format": "csv", "states": ["labeled"]}),
    "DELETE projects/{project_id}/exports/{export_id}": ("removeExport", None, {}),
    "POST projects/{project_id}/tokens": ("createToken", {"name": "script", "role": "reviewer"}, {"role": "reviewer"}),
    "DELETE projects/{project_id}/tokens/{token_id}": ("revokeToken", None, {}),
    "POST tokens": ("createServiceToken", {"name": "pipeline", "days": 7}, {"name": "pipeline", "days": 7}),
    "DELETE tokens/{token_id}": ("revokeAnyToken", None, {}),
    "POST projects/{project_id}/imports": (
        "startImport",
        {"format": "csv", "content": "image,label", "dryRun": True},
        {"format": "csv", "as": "labels", "dryRun": True},
    ),
    "POST projects/{project_id}/imports/uploads": (
        "createImportUploads",
        {"files": [{"name": "a.csv", "bytes": 3}, {"name": "b.csv", "bytes": 4}]},
        {"files": 2, "bytes": 7},
    ),
    "POST label-files/uploads": ("createLabelUploads", {"files": [{"name": "a.csv", "bytes": 3}]}, {"files": 1}),
    "POST projects/{project_id}/imports/{import_id}/undo": ("undoImport", None, {}),
    "POST projects/{project_id}/backups": ("startBackup", None, {}),
    "DELETE projects/{project_id}/backups/{backup_id}": ("removeBackup", None, {}),
    "POST restores": ("startRestore", {"folder": "abcdefghijkm/0000000000000aaaaaa"}, {}),
    "DELETE people/{user_id}": ("erasePerson", None, {}),
    "PUT people/{user_id}/block": ("blockPerson", None, {}),
    "DELETE people/{user_id}/block": ("unblockPerson", None, {}),
    # Last: the others are about this project.
    "DELETE projects/{project_id}": ("removeProject", None, {}),
}
NAMES = {
    "name": "workspace",
    "label_id": "1",
    "export_id": "1",
    "check_id": "1",
    "token_id": "1",
    "backup_id": "1",
    "import_id": "1",
    "user_id": "nobody",
}


def changing() -> list[str]:
    return [f"{route.method} {route.path}" for route in ROUTES if route.method not in READING]


def test_every_route_that_changes_something_is_audited_or_says_why_not() -> None:
    reasons = {f"{route.method} {route.path}": route.unaudited for route in ROUTES if route.unaudited}
    assert reasons.keys() == UNAUDITED
    assert sorted(changing()) == sorted([*CHANGES, *UNAUDITED])


@pytest.fixture(scope="module")
def audited(people: People) -> Project:
    made = good(people().post("/api/projects", json=project_request(Folder(people, pictures(1)).prefix)), 201)
    return Project(people, made["id"])


@pytest.mark.parametrize("route", CHANGES)
def test_a_change_leaves_one_entry_that_says_who_made_it(people: People, audited: Project, route: str) -> None:
    method, path = route.split(" ")
    action, body, details = CHANGES[route]
    names = {**NAMES, "project_id": audited.id, "sign_in_name": "guest@example.org"}
    request = new_name("audited")
    answer = people().request(
        method,
        f"/api/{path.format(**names)}",
        json=body() if callable(body) else body,
        headers={"x-request-id": request},
    )
    (entry,) = [one for one in good(people().get("/api/audit"))["items"] if one["requestId"] == request]
    assert (entry["action"], entry["name"], entry["userId"]) == (action, "administrator", user_id("administrator"))
    assert entry["outcome"] == ("done" if answer.is_success else "refused")
    assert entry["details"].items() >= details.items()
    if "{project_id}" in path:
        assert entry["projectId"] == audited.id
