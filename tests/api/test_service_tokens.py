"""Access tokens of the service: what their maker may at that moment, and what ends them."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from azure.data.tables import TableClient, UpdateMode

from functions.tokens.model import key_of_token
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
from tests.running import Service

FORM = re.compile(r"lbs_[A-Za-z0-9_-]{43}")
TOLD = {"id", "name", "userId", "madeBy", "createdAt", "expiresAt", "lastUsedAt"}
Rows = TableClient


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(2)))


@pytest.fixture
def rows(service: Service) -> Iterator[Rows]:
    with TableClient.from_connection_string(service.data_storage, "service") as table:
        yield table


def make(people: People, **asked: Any) -> Any:
    return good(people().post("/api/tokens", json={"name": "pipeline", **asked}), 201)


def by(token: str, people: People, path: str, method: str = "GET", **options: Any) -> httpx.Response:
    return people(None).request(method, path, headers={"x-access-token": token}, **options)


def listed(people: People, identity: str) -> Any:
    """What the list of all tokens tells of one; None where it is not there."""
    found = good(people().get("/api/tokens", params={"limit": 200}))["items"]
    return next((one for one in found if one["id"] == identity), None)


def place(token: str) -> dict[str, str]:
    return {"PartitionKey": "token", "RowKey": f"service|{key_of_token(token)}"}


def test_a_token_is_shown_once_and_kept_as_its_hash(people: People, rows: Rows) -> None:
    made = make(people)
    assert made.keys() == TOLD | {"key"}
    assert FORM.fullmatch(made["key"])
    assert (made["userId"], made["madeBy"]) == (user_id("administrator"), "administrator")
    of_the_service = {"projectId": None, "projectName": None, "role": "serviceAdministrator", "works": True}
    assert listed(people, made["id"]) == {name: made[name] for name in TOLD} | of_the_service
    kept = [str(dict(row)) for row in rows.list_entities()]
    assert not [row for row in kept if made["key"].removeprefix("lbs_") in row]
    assert rows.get_entity("token", place(made["key"])["RowKey"])["id"] == made["id"]


@pytest.mark.parametrize(("asked", "days"), [({}, 90), ({"days": 1}, 1), ({"days": 365}, 365)])
def test_a_token_ends_after_90_days_unless_it_is_told_otherwise(people: People, asked: Any, days: int) -> None:
    made = make(people, **asked)
    ends, begun = (datetime.fromisoformat(made[name]) for name in ("expiresAt", "createdAt"))
    assert ends - begun == timedelta(days=days)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"days": 0}, "days"), ({"days": 366}, "days"), ({"name": " "}, "name"), ({"role": "labeler"}, "role")],
)
def test_a_token_that_cannot_be_is_refused(people: People, fields: Any, field: str) -> None:
    assert_problem(people().post("/api/tokens", json={"name": "pipeline", **fields}), 422, "invalid", field)


def test_a_script_makes_a_project_and_says_who_works_in_it_and_the_log_tells_by_which_token(people: People) -> None:
    made = make(people)
    me = good(by(made["key"], people, "/api/me"))
    assert (me["userId"], me["name"], me["isAdministrator"]) == (user_id("administrator"), "administrator", True)
    request = project_request(Folder(people, pictures(1)).prefix)
    own = good(by(made["key"], people, "/api/projects", "POST", json=request), 201)
    path = f"/api/projects/{own['id']}"
    assert good(by(made["key"], people, path))["role"] == "administrator"
    assert own["id"] in [one["id"] for one in good(by(made["key"], people, "/api/projects"))["items"]]
    guest = f"{path}/members/{new_name('guest')}"
    for role in ("labeler", "administrator"):
        assert good(by(made["key"], people, guest, "PUT", json={"role": role}))["role"] == role
    good(by(made["key"], people, guest, "DELETE"), 204)
    entries = good(people().get("/api/audit", params={"project": own["id"]}))["items"]
    told = [(entry["action"], entry["name"], entry["token"]) for entry in entries]
    changes = ("removeMember", "setMember", "setMember", "createProject")
    assert told == [(action, "administrator", made["id"]) for action in changes]


def test_a_token_makes_no_tokens_but_revokes_its_own_and_those_of_projects(people: People, project: Project) -> None:
    made = make(people)
    for path, body in (
        ("/api/tokens", {"name": "another"}),
        (f"{project.path}/tokens", {"name": "another", "role": "labeler"}),
    ):
        answer = by(made["key"], people, path, "POST", json=body)
        assert (
            assert_problem(answer, 403, "forbidden")["detail"] == "This access token cannot do this. Sign in instead."
        )
    other = good(project.boss.post(f"{project.path}/tokens", json={"name": "script", "role": "labeler"}), 201)
    assert listed(people, other["id"])["projectId"] == project.id
    good(by(made["key"], people, f"/api/tokens/{other['id']}", "DELETE"), 204)
    assert_problem(by(other["token"], people, project.path), 401, "unauthenticated")
    (entry, *_) = good(people().get("/api/audit", params={"action": "revokeAnyToken"}))["items"]
    assert (entry["projectId"], entry["projectName"]) == (project.id, project.get()["name"])
    assert (entry["target"], entry["token"]) == (other["id"], made["id"])
    good(by(made["key"], people, f"/api/tokens/{made['id']}", "DELETE"), 204)
    assert_problem(by(made["key"], people, "/api/me"), 401, "unauthenticated")
    assert_problem(people().delete(f"/api/tokens/{made['id']}"), 404, "not-found")


def test_a_token_of_who_administers_the_service_no_more_opens_what_is_left_to_them(
    people: People, project: Project
) -> None:
    name = new_name("was-administrator")
    good(project.invite("reviewer", name).get(project.path))
    token = service_token(people, name)
    assert good(by(token, people, "/api/me"))["isAdministrator"] is False
    assert [(one["id"], one["role"]) for one in good(by(token, people, "/api/projects"))["items"]] == [
        (project.id, "reviewer")
    ]
    good(by(token, people, f"{project.path}/images"))
    # What they are now counts, both ways.
    project.invite("labeler", name)
    assert_problem(by(token, people, f"{project.path}/images"), 403, "forbidden")
    project.invite("administrator", name)
    good(by(token, people, f"{project.path}/members"))
    good(project.boss.delete(f"{project.path}/members/{name}"), 204)
    assert_problem(by(token, people, project.path), 404, "no-longer-member")
    assert good(by(token, people, "/api/projects"))["items"] == []


def test_a_token_takes_up_no_invitation(people: People, project: Project) -> None:
    name = new_name("invited")
    token = service_token(people, name)
    project.invite("labeler", name)
    for _ in range(2):
        assert good(by(token, people, "/api/projects"))["items"] == []
        assert_problem(by(token, people, project.path), 404, "not-found")
    assert next(one for one in project.pages("members") if one["signInName"] == name)["userId"] is None


def test_a_call_by_token_does_not_say_that_its_maker_is_here(people: People, rows: Rows) -> None:
    name, made = new_name("away"), make(people)
    rows.update_entity({**place(made["key"]), "user": user_id(name), "signInName": name}, mode=UpdateMode.MERGE)
    assert good(by(made["key"], people, "/api/me"))["name"] == name
    assert user_id(name) not in [row["user"] for row in rows.query_entities("PartitionKey eq 'person'")]


def test_whoever_sends_a_token_is_nobody_else_though_they_are_signed_in(people: People) -> None:
    name = new_name("somebody")
    headers = {"x-access-token": service_token(people, name)}
    assert good(people().get("/api/me", headers=headers))["name"] == name
    assert_problem(people().get("/api/people", headers=headers), 403, "forbidden")
    wrong = {"x-access-token": headers["x-access-token"][:-4] + "AAAA"}
    assert_problem(people().get("/api/me", headers=wrong), 401, "unauthenticated")


def test_what_anybody_may_call_takes_no_notice_of_tokens(people: People) -> None:
    for token in ("x", make(people)["key"]):
        good(by(token, people, "/api/health"))


def mistyped(_people: People, _rows: Rows, made: Any) -> str:
    return str(made["key"][:-4]) + "AAAA"


def expired(_people: People, rows: Rows, made: Any) -> str:
    past = datetime.now(UTC) - timedelta(seconds=1)
    rows.update_entity({**place(made["key"]), "expiresAt": past}, mode=UpdateMode.MERGE)
    return str(made["key"])


def revoked(people: People, _rows: Rows, made: Any) -> str:
    good(by(made["key"], people, "/api/me"))
    good(people().delete(f"/api/tokens/{made['id']}"), 204)
    return str(made["key"])


def of_somebody_blocked(people: People, _rows: Rows, _made: Any) -> str:
    name = new_name("blocked")
    token = service_token(people, name)
    good(by(token, people, "/api/me"))
    good(people().put(f"/api/people/{user_id(name)}/block"), 204)
    return token


def of_somebody_let_in_again(people: People, rows: Rows, made: Any) -> str:
    name = new_name("unblocked")
    token = service_token(people, name)
    good(people().put(f"/api/people/{user_id(name)}/block"), 204)
    good(people().delete(f"/api/people/{user_id(name)}/block"), 204)
    return token


def of_somebody_erased(people: People, _rows: Rows, _made: Any) -> str:
    name = new_name("erased")
    token = service_token(people, name)
    good(people().delete(f"/api/people/{user_id(name)}"))
    return token


def of_somebody_long_away(_people: People, rows: Rows, made: Any) -> str:
    gone = new_name("gone")
    old = datetime.now(UTC) - timedelta(days=31)
    rows.update_entity(
        {**place(made["key"]), "user": user_id(gone), "signInName": gone, "createdAt": old}, mode=UpdateMode.MERGE
    )
    return str(made["key"])


def as_a_projects(_people: People, _rows: Rows, made: Any) -> str:
    return "lbl_" + str(made["key"]).removeprefix("lbs_")


Ending = Callable[[People, Rows, Any], str]


@pytest.mark.parametrize(
    "end",
    [
        mistyped,
        expired,
        revoked,
        of_somebody_blocked,
        of_somebody_let_in_again,
        of_somebody_erased,
        of_somebody_long_away,
        as_a_projects,
    ],
)
def test_a_token_that_opens_nothing_is_refused_in_the_same_words_whatever_is_the_matter(
    people: People, project: Project, rows: Rows, end: Ending
) -> None:
    answer = by(end(people, rows, make(people)), people, project.path)
    said = assert_problem(answer, 401, "unauthenticated")["detail"]
    never = assert_problem(by("lbs_" + "A" * 43, people, project.path), 401, "unauthenticated")
    assert said == never["detail"]
    assert "lbs_" not in answer.text


@pytest.mark.parametrize("wrong", ["", "lbs_", "lbs_" + "A" * 42, "lbs_" + "A" * 44, "LBS_" + "A" * 43, "x"])
def test_what_is_no_token_opens_nothing(people: People, wrong: str) -> None:
    for path in ("/api/me", "/api/tokens", "/api/projects/abcdefghijkm"):
        assert_problem(by(wrong, people, path), 401, "unauthenticated")


def test_a_projects_token_opens_nothing_as_one_of_the_service(people: People, project: Project) -> None:
    body = {"name": "script", "role": "administrator"}
    token = good(project.boss.post(f"{project.path}/tokens", json=body), 201)["token"]
    for path in ("/api/me", project.path):
        assert_problem(by(token.replace("lbl_", "lbs_"), people, path), 401, "unauthenticated")


def test_last_use_is_told_and_is_not_written_at_every_call(people: People, rows: Rows) -> None:
    made = make(people)
    good(by(made["key"], people, "/api/me"))
    key = place(made["key"])["RowKey"]
    first = rows.get_entity("token", key).metadata["etag"]
    assert datetime.fromisoformat(listed(people, made["id"])["lastUsedAt"]) >= datetime.fromisoformat(made["createdAt"])
    good(by(made["key"], people, "/api/datastores"))
    assert rows.get_entity("token", key).metadata["etag"] == first


def test_a_deleted_project_takes_no_token_of_the_service_with_it(people: People) -> None:
    made = make(people)
    own = new_project(people, Folder(people, pictures(1)))
    good(by(made["key"], people, own.path, "DELETE"), 204)
    assert listed(people, made["id"])["works"]


def test_one_person_has_50_tokens_of_the_service_at_most(people: People) -> None:
    def own() -> list[str]:
        found = good(people().get("/api/tokens", params={"limit": 200}))["items"]
        return [one["id"] for one in found if one["projectId"] is None and one["madeBy"] == "administrator"]

    for identity in own():
        good(people().delete(f"/api/tokens/{identity}"), 204)
    for _ in range(50):
        make(people)
    assert_problem(people().post("/api/tokens", json={"name": "one more"}), 409, "conflict")
    for identity in own():
        good(people().delete(f"/api/tokens/{identity}"), 204)
    make(people)
