"""Who may call what: every registered route, tried by every kind of caller.

The table below is written by hand. A route that is registered without a row, or a row without its route, fails.
"""

import base64
import importlib.util
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from localhost import sign_in
from tests.api.builders import (
    Folder,
    People,
    Project,
    assert_problem,
    good,
    new_name,
    new_project,
    pictures,
    project_request,
    service_token,
    user_id,
)
from tests.backups.moving import backed_up, restored
from tests.running import ROOT

NOBODY, SIGNED_IN, LABELER, REVIEWER, ADMINISTRATOR, SERVICE = range(6)

LEAST_ROLE = {
    "GET health": NOBODY,
    "GET openapi.json": NOBODY,
    "GET me": SIGNED_IN,
    "GET audit": SERVICE,
    "GET audit.csv": SERVICE,
    "GET people": SERVICE,
    "DELETE people/{user_id}": SERVICE,
    "PUT people/{user_id}/block": SERVICE,
    "DELETE people/{user_id}/block": SERVICE,
    "POST tokens": SERVICE,
    "GET tokens": SERVICE,
    "DELETE tokens/{token_id}": SERVICE,
    "POST datastores": SERVICE,
    "GET datastores": SERVICE,
    "GET datastores/{name}": SERVICE,
    "PATCH datastores/{name}": SERVICE,
    "DELETE datastores/{name}": SERVICE,
    "GET datastores/{name}/browse": SERVICE,
    "GET datastores/{name}/sample": SERVICE,
    "POST datastores/{name}/uploads": SERVICE,
    "POST datasets": SERVICE,
    "GET datasets": SERVICE,
    "DELETE datasets/{name}": SERVICE,
    "POST projects": SERVICE,
    "GET projects": SIGNED_IN,
    "GET projects/{project_id}": LABELER,
    "PATCH projects/{project_id}": ADMINISTRATOR,
    "DELETE projects/{project_id}": ADMINISTRATOR,
    "POST projects/{project_id}/labels/{label_id}/merge": ADMINISTRATOR,
    "DELETE projects/{project_id}/labels/{label_id}/merge": ADMINISTRATOR,
    "GET projects/{project_id}/members": ADMINISTRATOR,
    "PUT projects/{project_id}/members/{sign_in_name}": ADMINISTRATOR,
    "DELETE projects/{project_id}/members/{sign_in_name}": ADMINISTRATOR,
    "POST projects/{project_id}/uploads": ADMINISTRATOR,
    "POST projects/{project_id}/refreshes": ADMINISTRATOR,
    "GET projects/{project_id}/refreshes": ADMINISTRATOR,
    "GET projects/{project_id}/labels/{label_id}/examples": LABELER,
    "GET projects/{project_id}/progress": LABELER,
    "GET projects/{project_id}/activity": REVIEWER,
    "GET projects/{project_id}/agreement": REVIEWER,
    "GET projects/{project_id}/labelers": LABELER,
    "GET projects/{project_id}/assist": LABELER,
    "GET projects/{project_id}/trainings": REVIEWER,
    "POST projects/{project_id}/trainings": ADMINISTRATOR,
    "POST projects/{project_id}/leases": LABELER,
    "DELETE projects/{project_id}/leases/{lease_id}": LABELER,
    "POST projects/{project_id}/leases/{lease_id}/renewal": LABELER,
    "POST projects/{project_id}/leases/{lease_id}/submission": LABELER,
    "GET projects/{project_id}/images": REVIEWER,
    "GET projects/{project_id}/images/{image_id}": LABELER,
    "GET projects/{project_id}/images/{image_id}/detail": LABELER,
    "PUT projects/{project_id}/images/{image_id}/labels": LABELER,
    "POST projects/{project_id}/rejections": REVIEWER,
    "POST projects/{project_id}/opinions": REVIEWER,
    "POST projects/{project_id}/corrections": REVIEWER,
    "POST projects/{project_id}/confirmations": REVIEWER,
    "POST projects/{project_id}/reviews/{review_id}/undo": REVIEWER,
    "POST projects/{project_id}/checks": REVIEWER,
    "GET projects/{project_id}/checks": REVIEWER,
    "GET projects/{project_id}/checks/{check_id}": REVIEWER,
    "DELETE projects/{project_id}/checks/{check_id}": REVIEWER,
    "GET projects/{project_id}/checks/{check_id}/images": REVIEWER,
    "POST projects/{project_id}/checks/{check_id}/verdicts": REVIEWER,
    "POST projects/{project_id}/exports": REVIEWER,
    "GET projects/{project_id}/exports": REVIEWER,
    "GET projects/{project_id}/exports/{export_id}": REVIEWER,
    "DELETE projects/{project_id}/exports/{export_id}": REVIEWER,
    "POST projects/{project_id}/tokens": LABELER,
    "GET projects/{project_id}/tokens": LABELER,
    "DELETE projects/{project_id}/tokens/{token_id}": LABELER,
    "POST projects/{project_id}/imports": REVIEWER,
    "POST projects/{project_id}/imports/uploads": REVIEWER,
    "POST label-files/preview": SERVICE,
    "POST label-files/uploads": SERVICE,
    "GET projects/{project_id}/imports": REVIEWER,
    "GET projects/{project_id}/imports/{import_id}": REVIEWER,
    "POST projects/{project_id}/imports/{import_id}/undo": REVIEWER,
    "POST projects/{project_id}/backups": SERVICE,
    "GET projects/{project_id}/backups": SERVICE,
    "GET projects/{project_id}/backups/{backup_id}": SERVICE,
    "DELETE projects/{project_id}/backups/{backup_id}": SERVICE,
    "POST restores/preview": SERVICE,
    "POST restores": SERVICE,
    "GET restores": SERVICE,
    "GET restores/{restore_id}": SERVICE,
}
# Within a project, and yet not for its own access tokens: people, and the service's tokens, say who belongs to it, and
# people only what else may open it. What administrators of the service do is not for a project's tokens either.
NOT_BY_TOKEN = (
    "POST projects/{project_id}/backups",
    "GET projects/{project_id}/backups",
    "GET projects/{project_id}/backups/{backup_id}",
    "DELETE projects/{project_id}/backups/{backup_id}",
    "PUT projects/{project_id}/members/{sign_in_name}",
    "DELETE projects/{project_id}/members/{sign_in_name}",
    "POST projects/{project_id}/tokens",
    "GET projects/{project_id}/tokens",
    "DELETE projects/{project_id}/tokens/{token_id}",
)
# By no access token whatever.
BY_NO_TOKEN = ("POST tokens", "POST projects/{project_id}/tokens")
# Answers 404 to whatever no other route takes.
EVERYTHING_ELSE = "ANY {*rest}"

MEMBERS = {LABELER: "labeler", REVIEWER: "reviewer", ADMINISTRATOR: "administrator"}
CALLERS = {
    "nobody": NOBODY,
    "forger": NOBODY,
    "forger with a guessed secret": NOBODY,
    "stranger": SIGNED_IN,
    "administrator of another project": SIGNED_IN,
    "labeler": LABELER,
    "reviewer": REVIEWER,
    "project's administrator": ADMINISTRATOR,
    "service's administrator": SERVICE,
}


def registered() -> list[str]:
    """The HTTP triggers of the app that Azure loads. A fresh copy of it, because it can be asked only once."""
    spec = importlib.util.spec_from_file_location("function_app_of_roles", ROOT / "function_app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    triggers = [function.get_trigger().get_dict_repr() for function in module.app.get_functions()]
    return [
        f"{getattr(method, 'value', method)} {trigger['route']}"
        for trigger in triggers
        if trigger["type"] == "httpTrigger"
        for method in trigger.get("methods") or ["ANY"]
    ]


def refusal(least: int, path: str, role: int) -> int | None:
    """The status with which this caller is refused; None for who is let in."""
    if role >= least:
        return None
    if role == NOBODY:
        return 401
    # Who may nowhere do something is told so, whichever project they name.
    return 404 if path.startswith("projects/") and role == SIGNED_IN and least < SERVICE else 403


class World:
    """A project with one caller of each kind, and things for their calls to name."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.folder = Folder(people, pictures(8))
        self.project = new_project(people, self.folder)
        self.names = {role: new_name(f"{word}-of-roles") for role, word in MEMBERS.items()}
        for role, name in self.names.items():
            self.project.invite(MEMBERS[role], name)
        self.other = self._project()
        self.other.invite("administrator", "elsewhere@example.org")
        self._tokens: dict[tuple[str, int], str] = {}
        self._service_tokens: dict[str, str] = {}
        self._restore: str | None = None
        self.export = self.project.export("csv")["id"]
        self.backup = self._asked_backup()
        self.imported = self._asked_import()
        self.images = {role: self.project.label(people(name), 1)[0] for role, name in self.names.items()}
        self.check = self._drawn_check()

    def _project(self) -> Project:
        made = good(self.people().post("/api/projects", json=project_request(self.folder.prefix)), 201)
        return Project(self.people, made["id"])

    def client(self, caller: str) -> httpx.Client:
        match caller:
            case "stranger":
                return self.people("stranger@example.org")
            case "administrator of another project":
                return self.people("elsewhere@example.org")
            case "service's administrator":
                return self.people()
        return self.people(self.names.get(CALLERS[caller]))

    def headers(self, caller: str) -> dict[str, str]:
        """What a forger sends: a sign-in that nobody vouches for."""
        if not caller.startswith("forger"):
            return {}
        forged = base64.b64encode(json.dumps(sign_in.principal("administrator")).encode()).decode()
        secret = {"x-localhost-secret": "guessed"} if "secret" in caller else {}
        return {"x-ms-client-principal": forged, **secret}

    def address(self, method: str, path: str, caller: str) -> str:
        """The route's address with things that are there; for who may delete them, things of their own."""
        role, is_deletion = CALLERS[caller], method == "DELETE"
        project = self.project
        if path == "projects/{project_id}" and is_deletion:
            project = self._project()
            # Who comes signed in takes up the invitation; what comes by token does not.
            good(project.invite(MEMBERS.get(role, "labeler"), self.names.get(role, "unconcerned")).get(project.path))
        values: dict[str, Callable[[], Any]] = {
            "{name}": lambda: "workspace" if path.startswith("datastores") else project.get()["dataset"]["name"],
            "{project_id}": lambda: project.id,
            "{sign_in_name}": lambda: self._guest() if is_deletion else "guest",
            "{label_id}": lambda: self._merged_label() if is_deletion else "1",
            "{lease_id}": lambda: self._lease(role),
            "{image_id}": lambda: self.images.get(role, self.images[LABELER]),
            "{token_id}": lambda: self._token_id(role),
            "{review_id}": lambda: "0123456789abcdef",
            "{import_id}": lambda: self.imported,
            "{backup_id}": lambda: self._asked_backup() if is_deletion else self.backup,
            "{restore_id}": lambda: self._asked_restore(),
            "{user_id}": lambda: self._bystander(),
            "{check_id}": lambda: self._drawn_check() if is_deletion else self.check,
            "{export_id}": lambda: self._asked_export() if is_deletion else self.export,
        }
        for placeholder, value in values.items():
            if placeholder in path:
                path = path.replace(placeholder, value())
        return f"/api/{path}"

    def token(self, project_id: str, role: int) -> str:
        """An access token of the member with this role, which may do as much."""
        if (project_id, role) not in self._tokens:
            body = {"name": "script", "role": MEMBERS[role]}
            made = self.people(self.names[role]).post(f"/api/projects/{project_id}/tokens", json=body)
            self._tokens[project_id, role] = good(made, 201)["token"]
        return self._tokens[project_id, role]

    def service_token(self, caller: str) -> str:
        """An access token of the service, made by this caller; who is no administrator of it was one then."""
        if caller not in self._service_tokens:
            names = {"stranger": "stranger@example.org", "service's administrator": "administrator"}
            name = names.get(caller) or self.names[CALLERS[caller]]
            self._service_tokens[caller] = service_token(self.people, name)
        return self._service_tokens[caller]

    def _token_id(self, role: int) -> str:
        who = self.people(self.names[role]) if role in self.names else self.people()
        return str(good(who.post(f"{self.project.path}/tokens", json={"name": "a", "role": "labeler"}), 201)["id"])

    def _guest(self) -> str:
        self.project.invite("labeler", "guest")
        return "guest"

    def _bystander(self) -> str:
        # Whoever is blocked by now is refused, and was here.
        self.people("bystander").get("/api/me")
        return user_id("bystander")

    def _merged_label(self) -> str:
        known = self.project.get()
        if not known["merged"]:
            more = [*known["labels"], {"name": new_name("label")}]
            label = good(self.project.change(labels=more))["labels"][-1]["id"]
            address = f"{self.project.path}/labels/{label}/merge"
            known = good(self.people().post(address, json={"into": 1}))
        return str(known["merged"][0]["id"])

    def _lease(self, role: int) -> str:
        who = self.people(self.names[role]) if role in self.names else self.people()
        return str(self.project.lease(who, 1)["id"])

    def _asked_import(self) -> str:
        body = {"format": "csv", "content": "image,label", "dryRun": True}
        return str(good(self.people().post(f"{self.project.path}/imports", json=body), 202)["id"])

    def _asked_backup(self) -> str:
        return str(good(self.people().post(f"{self.project.path}/backups"), 202)["id"])

    def _asked_restore(self) -> str:
        if self._restore is None:
            project = self._project()
            backup = backed_up(project)
            good(self.people().delete(project.path), 204)
            self._restore = restored(self.people, backup["folder"])[1]["id"]
        return self._restore

    def _drawn_check(self) -> str:
        return str(good(self.people().post(f"{self.project.path}/checks", json={"size": 10}), 201)["id"])

    def _asked_export(self) -> str:
        return str(good(self.people().post(f"{self.project.path}/exports", json={"format": "csv"}), 202)["id"])


@pytest.fixture(scope="module")
def world(people: People) -> World:
    return World(people)


def test_every_registered_route_has_a_row_and_every_row_a_route() -> None:
    assert sorted(registered()) == sorted([*LEAST_ROLE, EVERYTHING_ELSE])


@pytest.mark.parametrize("route", LEAST_ROLE)
def test_a_route_lets_in_its_least_role_and_those_above_and_refuses_all_others(world: World, route: str) -> None:
    method, path = route.split(" ")
    answers = {}
    for caller in CALLERS:
        answer = world.client(caller).request(
            method,
            world.address(method, path, caller),
            headers=world.headers(caller),
            json={} if method in ("POST", "PUT", "PATCH") else None,
        )
        assert answer.status_code < 500, f"{caller}: {answer.text}"
        answers[caller] = answer.status_code if answer.status_code in (401, 403, 404) else None
    assert answers == {caller: refusal(LEAST_ROLE[route], path, role) for caller, role in CALLERS.items()}


def refusal_by_token(route: str, role: int) -> int | None:
    least = LEAST_ROLE[route]
    if least == NOBODY:
        return None
    is_in_project = "{project_id}" in route and route not in NOT_BY_TOKEN
    return None if is_in_project and role >= least else 403


BY_TOKEN = [route for route in LEAST_ROLE if "{project_id}" in route and route not in NOT_BY_TOKEN]


@pytest.mark.parametrize("route", LEAST_ROLE)
def test_an_access_token_opens_what_its_role_may_within_its_project_and_nothing_else(world: World, route: str) -> None:
    method, path = route.split(" ")
    answers = {}
    for role, caller in ((LABELER, "labeler"), (REVIEWER, "reviewer"), (ADMINISTRATOR, "project's administrator")):
        address = world.address(method, path, caller)
        project = address.split("/")[3] if "{project_id}" in path else world.project.id
        answer = world.people(None).request(
            method,
            address,
            headers={"x-access-token": world.token(project, role)},
            json={} if method in ("POST", "PUT", "PATCH") else None,
        )
        assert answer.status_code < 500, f"{caller}: {answer.text}"
        answers[role] = answer.status_code if answer.status_code in (401, 403, 404) else None
    assert answers == {role: refusal_by_token(route, role) for role in MEMBERS}


@pytest.mark.parametrize("route", BY_TOKEN)
def test_another_projects_access_token_opens_nothing(world: World, route: str) -> None:
    method, path = route.split(" ")
    world.other.invite("administrator", world.names[ADMINISTRATOR])
    token = world.token(world.other.id, ADMINISTRATOR)
    address = world.address(method, path, "project's administrator")
    answer = world.people(None).request(method, address, headers={"x-access-token": token}, json={})
    assert_problem(answer, 401, "unauthenticated")


BY_SERVICE_TOKEN = ("stranger", "labeler", "reviewer", "project's administrator", "service's administrator")


@pytest.mark.parametrize("route", LEAST_ROLE)
def test_an_access_token_of_the_service_opens_what_its_maker_may_now_but_makes_no_tokens(
    world: World, route: str
) -> None:
    method, path = route.split(" ")
    answers = {}
    for caller in BY_SERVICE_TOKEN:
        answer = world.people(None).request(
            method,
            world.address(method, path, caller),
            headers={"x-access-token": world.service_token(caller)},
            json={} if method in ("POST", "PUT", "PATCH") else None,
        )
        assert answer.status_code < 500, f"{caller}: {answer.text}"
        answers[caller] = answer.status_code if answer.status_code in (401, 403, 404) else None
    expected = {caller: refusal(LEAST_ROLE[route], path, CALLERS[caller]) for caller in BY_SERVICE_TOKEN}
    assert answers == (dict.fromkeys(BY_SERVICE_TOKEN, 403) if route in BY_NO_TOKEN else expected)


def test_the_document_says_which_access_tokens_open_each_route(world: World) -> None:
    paths = good(world.people(None).get("/api/openapi.json"))["paths"]
    for route, least in LEAST_ROLE.items():
        method, path = route.split(" ")
        named = [name for ways in paths[f"/api/{path}"][method.lower()].get("security", []) for name in ways]
        by_project = ["accessToken"] if route in BY_TOKEN else []
        by_service = ["serviceAccessToken"] if route not in BY_NO_TOKEN else []
        assert named == ([] if least == NOBODY else ["signIn", *by_project, *by_service]), route


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/nothing", "/api/projects/a/b/c/d", "/api/health/more"])
def test_an_address_that_is_none_is_not_found_for_anybody(people: People, method: str, path: str) -> None:
    for name in (None, "administrator"):
        assert_problem(people(name).request(method, path), 404, "not-found")


def test_another_projects_export_is_not_found_through_ones_own_project(world: World) -> None:
    elsewhere = world.people("elsewhere@example.org")
    assert_problem(elsewhere.get(f"{world.other.path}/exports/{world.export}"), 404, "not-found")


def test_a_strangers_answer_does_not_tell_whether_there_is_such_a_project(world: World) -> None:
    stranger = world.client("stranger")
    there, not_there = stranger.get(world.project.path), stranger.get("/api/projects/abcdefghijkm")
    said = [{**answer.json(), "requestId": ""} for answer in (there, not_there)]
    assert there.status_code == not_there.status_code
    assert said[0] == said[1]
    assert good(stranger.get("/api/projects"))["items"] == []


def test_a_member_who_is_removed_sees_nothing_more(world: World) -> None:
    name = new_name("leaver")
    leaver = world.project.invite("labeler", name)
    assert good(leaver.get(world.project.path))["role"] == "labeler"
    good(world.project.boss.delete(f"{world.project.path}/members/{name}"), 204)
    assert_problem(leaver.get(world.project.path), 404, "no-longer-member")
    assert good(leaver.get("/api/projects"))["items"] == []


def test_a_labeler_is_not_told_where_the_images_lie(world: World) -> None:
    seen = good(world.client("labeler").get(world.project.path))
    assert (seen["role"], seen["dataset"]) == ("labeler", None)
    assert good(world.client("reviewer").get(world.project.path))["dataset"]["prefix"] == world.folder.prefix
