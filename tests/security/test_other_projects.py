"""Whoever is somebody in one project is nobody in another: each route of the served document that is within a project,
by each role of another project, and with the things of another project under one's own.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from functions.identity import Role
from tests.api.builders import (
    Folder,
    People,
    Project,
    assert_problem,
    good,
    new_name,
    new_project,
    pictures,
    service_token,
)
from tests.security.served import Operation

SERVICE = Role.SERVICE_ADMINISTRATOR.word
ROLES = ("labeler", "reviewer", "administrator")


class Worlds:
    """Two projects alike, each with things to be named; mine has members of all roles."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.mine, self.theirs = (new_project(people, Folder(people, pictures(6))) for _ in range(2))
        self.members = {role: new_name(role) for role in ROLES}
        for role, name in self.members.items():
            self.mine.invite(role, name)
        self.things = {project.id: self._things(project) for project in (self.mine, self.theirs)}

    def _things(self, project: Project) -> dict[str, str]:
        boss = project.boss
        guest = new_name("guest")
        project.invite("labeler", guest)
        added = good(project.change(labels=[*project.get()["labels"], {"name": "Bird"}]))["labels"][-1]["id"]
        good(boss.post(f"{project.path}/labels/{added}/merge", json={"into": 1}))
        image = project.label(boss, 1)[0]
        correction = {"images": [{"id": image}], "labels": ["Dog"]}
        csv = {"format": "csv", "content": "image,label\n", "dryRun": True}
        return {
            "project_id": project.id,
            "label_id": str(added),
            "sign_in_name": guest,
            "image_id": image,
            "lease_id": project.lease(boss, 1)["id"],
            "review_id": good(boss.post(f"{project.path}/corrections", json=correction))["id"],
            "check_id": good(boss.post(f"{project.path}/checks", json={"size": 10}), 201)["id"],
            "export_id": project.export("csv")["id"],
            "import_id": good(boss.post(f"{project.path}/imports", json=csv), 202)["id"],
            "backup_id": good(boss.post(f"{project.path}/backups"), 202)["id"],
            "token_id": good(boss.post(f"{project.path}/tokens", json={"name": "a", "role": "labeler"}), 201)["id"],
        }

    def state(self, project: Project) -> Any:
        lists = [
            list(project.pages(what))
            for what in ("members", "refreshes", "exports", "imports", "trainings", "tokens", "checks")
        ]
        images = project.images()
        for item in [*images, *lists[2], *lists[3]]:
            for name in (
                "previewUrl",
                "thumbnailUrl",
                "files",
                "columns",
                "status",
                "progress",
                "startedAt",
                "finishedAt",
            ):
                item.pop(name, None)
        return project.get(), project.progress(), lists, images


@pytest.fixture(scope="module")
def worlds(people: People) -> Worlds:
    return Worlds(people)


@pytest.fixture
def unharmed(worlds: Worlds) -> Iterator[Worlds]:
    before = worlds.state(worlds.theirs)
    yield worlds
    assert worlds.state(worlds.theirs) == before


def within_projects(operations: list[Operation]) -> list[Operation]:
    return [operation for operation in operations if "project_id" in operation.placeholders]


@pytest.mark.parametrize("role", ROLES)
def test_another_projects_member_is_nobody_here(unharmed: Worlds, operations: list[Operation], role: str) -> None:
    refuse_all(unharmed, operations, unharmed.people(unharmed.members[role]), {})


def test_another_projects_administrator_is_nobody_here_by_an_access_token_of_the_service_either(
    unharmed: Worlds, operations: list[Operation]
) -> None:
    """One that they made when they administered the service."""
    name = unharmed.members["administrator"]
    good(unharmed.people(name).get(unharmed.mine.path))
    headers = {"x-access-token": service_token(unharmed.people, name)}
    good(unharmed.people(None).get(unharmed.mine.path, headers=headers))
    refuse_all(unharmed, operations, unharmed.people(None), headers)


def refuse_all(worlds: Worlds, operations: list[Operation], somebody: httpx.Client, headers: dict[str, str]) -> None:
    tried = within_projects(operations)
    assert len(tried) > 25
    for operation in tried:
        body: Any = {} if operation.has_body else None
        address = operation.address(worlds.things[worlds.theirs.id])
        answer = somebody.request(operation.method, address, json=body, headers=headers)
        # What only administrators of the service may do is refused before it is looked whether there is such a project;
        # making tokens, to tokens, even before that.
        if operation.role == SERVICE or (headers and operation.name == "POST /api/projects/{project_id}/tokens"):
            assert_problem(answer, 403, "forbidden")
        else:
            assert assert_problem(answer, 404, "not-found")["detail"] == "There is no such project."


# Bodies with which a call would do something, if only the thing were the project's own.
BODIES: dict[str, Any] = {
    # Whoever is not there yet is invited.
    "PUT /api/projects/{project_id}/members/{sign_in_name}": None,
    "POST /api/projects/{project_id}/leases/{lease_id}/submission": {"labels": {}, "skipped": []},
    # What is not held any more is given back already.
    "DELETE /api/projects/{project_id}/leases/{lease_id}": None,
    # Ids that count within each project anew: the same one is another thing here.
    "POST /api/projects/{project_id}/labels/{label_id}/merge": None,
    "DELETE /api/projects/{project_id}/labels/{label_id}/merge": None,
    "GET /api/projects/{project_id}/labels/{label_id}/examples": None,
    "GET /api/projects/{project_id}/images/{image_id}": None,
    "GET /api/projects/{project_id}/images/{image_id}/detail": None,
    "PUT /api/projects/{project_id}/images/{image_id}/labels": None,
}


def test_another_projects_things_are_not_there_under_ones_own(unharmed: Worlds, operations: list[Operation]) -> None:
    """By the administrator of one, and of neither the other nor the service."""
    boss = unharmed.people(unharmed.members["administrator"])
    mine, theirs = unharmed.things[unharmed.mine.id], unharmed.things[unharmed.theirs.id]
    tried = 0
    for operation in within_projects(operations):
        body = BODIES.get(operation.name, {} if operation.has_body else None)
        if len(operation.placeholders) < 2 or operation.role == SERVICE or (operation.name in BODIES and body is None):
            continue
        if operation.name.endswith("/undo"):
            body = {"images": [mine["image_id"]]}
        if operation.name.endswith("/verdicts"):
            said = {"id": mine["image_id"], "labeledAt": "2026-01-01T00:00:00Z", "verdict": "right"}
            body = {"verdicts": [said]}
        address = operation.address({**theirs, "project_id": unharmed.mine.id})
        answer = boss.request(operation.method, address, json=body)
        assert answer.status_code == 404, (operation.name, answer.text)
        assert_problem(answer, 404, "not-found")
        tried += 1
    assert tried >= 8


def test_a_list_of_another_project_does_not_go_on_with_ones_own_cursor(unharmed: Worlds) -> None:
    boss = unharmed.people(unharmed.members["administrator"])
    for what in ("images", "members", "exports"):
        page = good(unharmed.people().get(f"{unharmed.theirs.path}/{what}", params={"limit": 1}))
        cursor = page["nextCursor"] or "x"
        answer = boss.get(f"{unharmed.mine.path}/{what}", params={"cursor": cursor})
        assert unharmed.theirs.id not in answer.text
