"""Access tokens: whose they are, what ends them, and that nothing shows them."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from azure.data.tables import TableClient, UpdateMode

from functions.tokens.model import key_of_token
from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, pictures, user_id
from tests.running import Service, until

FORM = re.compile(r"lbl_[A-Za-z0-9_-]{43}")
TOLD = {"id", "name", "role", "userId", "madeBy", "createdAt", "expiresAt", "lastUsedAt"}


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(4)))


@pytest.fixture
def rows(service: Service) -> Iterator[TableClient]:
    with TableClient.from_connection_string(service.data_storage, "service") as table:
        yield table


def make(who: httpx.Client, project: Project, role: str = "labeler", days: int = 90) -> Any:
    body = {"name": "training", "role": role, "expiresInDays": days}
    return good(who.post(f"{project.path}/tokens", json=body), 201)


def by(token: str, people: People, path: str, method: str = "GET", **options: Any) -> httpx.Response:
    return people(None).request(method, path, headers={"x-access-token": token}, **options)


def row_key(project: Project, token: str) -> str:
    return f"{project.id}|{key_of_token(token)}"


def test_a_token_is_shown_once_and_kept_as_its_hash(people: People, project: Project, rows: TableClient) -> None:
    made = make(project.boss, project)
    assert made.keys() == TOLD | {"token"}
    assert FORM.fullmatch(made["token"])
    (listed,) = [one for one in project.pages("tokens") if one["id"] == made["id"]]
    assert listed == {name: value for name, value in made.items() if name != "token"}
    kept = [str(dict(row)) for row in rows.list_entities()]
    assert not [row for row in kept if made["token"] in row or made["token"].removeprefix("lbl_") in row]
    assert rows.get_entity("token", row_key(project, made["token"]))["id"] == made["id"]


@pytest.mark.parametrize(("asked", "days"), [({}, 90), ({"expiresInDays": 1}, 1), ({"expiresInDays": 365}, 365)])
def test_a_token_ends_after_90_days_unless_it_is_told_otherwise(project: Project, asked: Any, days: int) -> None:
    body = {"name": "training", "role": "labeler", **asked}
    made = good(project.boss.post(f"{project.path}/tokens", json=body), 201)
    ends, begun = (datetime.fromisoformat(made[name]) for name in ("expiresAt", "createdAt"))
    assert ends - begun == timedelta(days=days)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"expiresInDays": 0}, "expiresInDays"),
        ({"expiresInDays": 366}, "expiresInDays"),
        ({"role": "owner"}, "role"),
        ({"name": " "}, "name"),
        ({"name": "a\u0007"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"token": "lbl_mine"}, "token"),
    ],
)
def test_a_token_that_cannot_be_is_refused(project: Project, fields: Any, field: str) -> None:
    body = {"name": "training", "role": "labeler", **fields}
    assert_problem(project.boss.post(f"{project.path}/tokens", json=body), 422, "invalid", field)


def test_nobody_makes_a_token_that_may_more_than_they(project: Project) -> None:
    labeler, reviewer = project.invite("labeler"), project.invite("reviewer")
    for who, role in ((labeler, "reviewer"), (labeler, "administrator"), (reviewer, "administrator")):
        answer = who.post(f"{project.path}/tokens", json={"name": "training", "role": role})
        assert_problem(answer, 422, "invalid", "role")
    make(reviewer, project, "reviewer")


def test_a_call_by_token_is_its_makers_and_never_more_than_the_token_may(people: People, project: Project) -> None:
    name = new_name("maker")
    token = make(project.invite("administrator", name), project, "reviewer")["token"]
    assert good(by(token, people, project.path))["role"] == "reviewer"
    assert_problem(by(token, people, project.path, "PATCH", json={"leaseMinutes": 20}), 403, "forbidden")
    lease = good(by(token, people, f"{project.path}/leases", "POST", json={"count": 1}), 201)
    image = lease["images"][0]["id"]
    path = f"{project.path}/leases/{lease['id']}/submission"
    good(by(token, people, path, "POST", json={"labels": {image: ["Cat"]}, "skipped": []}))
    history = good(by(token, people, f"{project.path}/images/{image}"))["history"]
    assert [(entry["by"], entry["byName"]) for entry in history] == [(user_id(name), name)]


def test_a_token_of_the_services_administrator_makes_no_administrator_of_the_service(
    people: People, project: Project
) -> None:
    token = make(project.boss, project, "administrator")["token"]
    for path in ("/api/projects", "/api/datastores", "/api/me"):
        assert_problem(by(token, people, path), 403, "forbidden")
    assert good(by(token, people, project.path))["role"] == "administrator"


def test_whoever_sends_a_token_is_nobody_else_though_they_are_signed_in(people: People, project: Project) -> None:
    token = make(project.boss, project, "labeler")["token"]
    headers = {"x-access-token": token}
    assert good(people().get(project.path, headers=headers))["role"] == "labeler"
    assert_problem(people().get("/api/me", headers=headers), 403, "forbidden")
    wrong = {"x-access-token": token[:-4] + "AAAA"}
    assert_problem(people().get(project.path, headers=wrong), 401, "unauthenticated")


@pytest.mark.parametrize(
    "wrong",
    ["", "lbl_", "x", "lbl_" + "A" * 42, "lbl_" + "A" * 44, "A" * 47, "Bearer lbl_" + "A" * 43, "lbl_" + "A" * 43],
)
def test_what_is_no_token_opens_nothing(people: People, project: Project, wrong: str) -> None:
    answer = by(wrong, people, project.path)
    assert_problem(answer, 401, "unauthenticated")
    assert not wrong or len(wrong) < 5 or wrong not in answer.text


@pytest.mark.parametrize(
    "path", ["/api/projects/abcdefghijkm", "/api/projects/a'b", "/api/projects/%20", "/api/projects/..%2fx"]
)
def test_a_token_tells_not_whether_there_is_such_a_project(people: People, project: Project, path: str) -> None:
    token = make(project.boss, project)["token"]
    assert_problem(by(token, people, path), 401, "unauthenticated")


def test_an_expired_token_opens_nothing(people: People, project: Project, rows: TableClient) -> None:
    made = make(project.boss, project)
    past = datetime.now(UTC) - timedelta(seconds=1)
    rows.update_entity(
        {"PartitionKey": "token", "RowKey": row_key(project, made["token"]), "expiresAt": past}, mode=UpdateMode.MERGE
    )
    assert_problem(by(made["token"], people, project.path), 401, "unauthenticated")
    assert made["id"] in [one["id"] for one in project.pages("tokens")]


def test_a_revoked_token_opens_nothing_more(people: People, project: Project) -> None:
    made = make(project.boss, project)
    for _ in range(3):
        good(by(made["token"], people, project.path))
    good(project.boss.delete(f"{project.path}/tokens/{made['id']}"), 204)
    assert_problem(by(made["token"], people, project.path), 401, "unauthenticated")
    assert made["id"] not in [one["id"] for one in project.pages("tokens")]


def test_ones_own_tokens_are_listed_and_revoked_and_for_administrators_everybodys(project: Project) -> None:
    anna, ben = project.invite("labeler"), project.invite("reviewer")
    annas, bens = make(anna, project)["id"], make(ben, project)["id"]
    assert [one["id"] for one in good(anna.get(f"{project.path}/tokens"))["items"]] == [annas]
    assert_problem(anna.delete(f"{project.path}/tokens/{bens}"), 404, "not-found")
    assert {annas, bens} <= {one["id"] for one in project.pages("tokens")}
    good(anna.delete(f"{project.path}/tokens/{annas}"), 204)
    good(project.boss.delete(f"{project.path}/tokens/{bens}"), 204)
    assert good(ben.get(f"{project.path}/tokens"))["items"] == []


def test_a_token_may_no_more_than_what_is_left_to_its_maker(people: People, project: Project) -> None:
    name = new_name("demoted")
    token = make(project.invite("reviewer", name), project, "reviewer")["token"]
    good(by(token, people, f"{project.path}/images"))
    project.invite("labeler", name)
    assert_problem(by(token, people, f"{project.path}/images"), 403, "forbidden")
    assert good(by(token, people, project.path))["role"] == "labeler"
    project.invite("administrator", name)
    assert good(by(token, people, project.path))["role"] == "reviewer"


def test_a_member_who_is_removed_leaves_no_token_behind(people: People, project: Project) -> None:
    name = new_name("removed")
    token = make(project.invite("reviewer", name), project, "reviewer")["token"]
    good(by(token, people, project.path))
    good(project.boss.delete(f"{project.path}/members/{name}"), 204)
    assert_problem(by(token, people, project.path), 401, "unauthenticated")
    # Invited again, they make new ones.
    good(project.invite("reviewer", name).get(project.path))
    assert_problem(by(token, people, project.path), 401, "unauthenticated")


def test_a_token_takes_up_no_invitation(people: People, project: Project, rows: TableClient) -> None:
    name = new_name("invited")
    token = make(project.invite("labeler", name), project)["token"]
    (member,) = rows.query_entities("user eq @user and PartitionKey eq 'member'", parameters={"user": user_id(name)})
    rows.update_entity({**member, "user": ""}, mode=UpdateMode.REPLACE)
    until(lambda: by(token, people, project.path).status_code == 401, "the token still opens the project")
    project.invite("labeler", name)
    assert_problem(by(token, people, project.path), 401, "unauthenticated")


def test_last_use_is_told_and_is_not_written_at_every_call(people: People, project: Project, rows: TableClient) -> None:
    made = make(project.boss, project)
    key = ("token", row_key(project, made["token"]))
    assert made["lastUsedAt"] is None
    good(by(made["token"], people, project.path))
    first = rows.get_entity(*key).metadata["etag"]
    (listed,) = [one for one in project.pages("tokens") if one["id"] == made["id"]]
    assert datetime.fromisoformat(listed["lastUsedAt"]) >= datetime.fromisoformat(made["createdAt"])
    for _ in range(3):
        good(by(made["token"], people, project.path))
    assert rows.get_entity(*key).metadata["etag"] == first
    earlier = datetime.now(UTC) - timedelta(hours=2)
    rows.update_entity({"PartitionKey": key[0], "RowKey": key[1], "lastUsedAt": earlier}, mode=UpdateMode.MERGE)

    def is_noted() -> bool:
        good(by(made["token"], people, project.path))
        return bool(rows.get_entity(*key)["lastUsedAt"].timestamp() > time.time() - 3600)

    until(is_noted, "the last use is not noted")


def test_a_token_is_no_way_around_where_calls_come_from(people: People, project: Project) -> None:
    token = make(project.boss, project, "administrator")["token"]
    headers = {"x-access-token": token, "sec-fetch-site": "cross-site"}
    answer = people(None).patch(project.path, json={"leaseMinutes": 20}, headers=headers)
    assert_problem(answer, 403, "cross-origin")


def test_one_person_has_50_tokens_in_a_project_at_most(people: People) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    for _ in range(50):
        make(project.boss, project)
    answer = project.boss.post(f"{project.path}/tokens", json={"name": "one more", "role": "labeler"})
    assert_problem(answer, 409, "conflict")
    make(project.invite("labeler"), project)


def test_a_deleted_project_leaves_no_token_behind(people: People, rows: TableClient) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    token = make(project.boss, project)["token"]
    good(project.boss.delete(project.path), 204)
    assert_problem(by(token, people, project.path), 401, "unauthenticated")
    assert not [row for row in rows.query_entities("PartitionKey eq 'token'") if row["RowKey"].startswith(project.id)]
