"""The log: what each line says, and what none ever does."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.logs import MOST_BY_NOBODY, REQUEST, FewByNobody, request_id
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
    user_id,
)
from tests.running import Service, until

IDENTITY = re.compile(r"[0-9a-f]{32}")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that writes all of its log, as JSON."""
    with Service(tmp_path_factory.mktemp("told") / "data", settings={"LOG": "json"}) as made:
        yield made


@pytest.fixture(scope="module")
def people(told: Service) -> Iterator[People]:
    everybody = People(told)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(4)))


def lines(service: Service, **wanted: Any) -> list[dict[str, Any]]:
    """The lines with these members, of all that are JSON."""
    whole, _, _ = service.log.rpartition("\n")
    found = [json.loads(line) for line in whole.splitlines() if line.startswith("{")]
    return [line for line in found if all(line.get(name) == value for name, value in wanted.items())]


def line_of(service: Service, identity: str) -> dict[str, Any]:
    until(lambda: bool(lines(service, correlation=identity, message="request")), "the call has no line")
    (line,) = lines(service, correlation=identity, message="request")
    return line


def test_a_call_has_one_line_that_names_no_more_than_the_route_and_the_user(
    told: Service, people: People, project: Project
) -> None:
    name = new_name("guest")
    answer = people().put(f"{project.path}/members/{name}?secret=5", json={"role": "labeler"})
    line = line_of(told, answer.headers["x-request-id"])
    assert IDENTITY.fullmatch(line["correlation"])
    assert line.pop("ms") >= 0
    assert {key: line[key] for key in ("method", "route", "status", "user", "project", "level")} == {
        "method": "PUT",
        "route": "projects/{project_id}/members/{sign_in_name}",
        "status": 200,
        "user": user_id("administrator"),
        "project": project.id,
        "level": "INFO",
    }
    assert line.keys() == {
        "time", "level", "logger", "message", "method", "route", "status", "user", "project", "correlation"
    }  # fmt: skip
    assert name not in json.dumps(line)


def test_the_callers_id_is_taken_and_given_back_with_the_problem(told: Service, people: People) -> None:
    answer = people(None).get("/api/me", headers={"x-request-id": "run-42.of_training"})
    assert assert_problem(answer, 401, "unauthenticated")["requestId"] == "run-42.of_training"
    assert answer.headers["x-request-id"] == "run-42.of_training"
    line = line_of(told, "run-42.of_training")
    assert line["status"] == 401
    assert "user" not in line


@pytest.mark.parametrize("given", [None, "", "short", "x" * 65, "two words", "a\nb" * 5, "é" * 10, "lbl_" + "A" * 43])
def test_what_is_no_id_is_not_taken(given: str | None) -> None:
    assert IDENTITY.fullmatch(request_id(given))


def test_an_unknown_address_has_a_line_without_the_address(told: Service, people: People) -> None:
    answer = people().get("/api/anna@example.org")
    line = line_of(told, answer.headers["x-request-id"])
    assert (line["route"], line["status"]) == ("{*rest}", 404)


def test_a_call_by_token_names_the_person_and_the_tokens_id(told: Service, people: People, project: Project) -> None:
    body = {"name": "training", "role": "labeler"}
    made = good(people().post(f"{project.path}/tokens", json=body), 201)
    answer = people(None).get(project.path, headers={"x-access-token": made["token"]})
    line = line_of(told, answer.headers["x-request-id"])
    assert (line["user"], line["token"]) == (user_id("administrator"), made["id"])
    made = good(people().post("/api/tokens", json={"name": "pipeline"}), 201)
    answer = people(None).get("/api/me", headers={"x-access-token": made["key"]})
    line = line_of(told, answer.headers["x-request-id"])
    assert (line["user"], line["token"]) == (user_id("administrator"), made["id"])


def test_messages_and_timers_have_their_lines(told: Service, people: People, project: Project) -> None:
    project.export("csv")
    until(lambda: bool(lines(told, message="message", function="build_exports")), "the message has no line")
    (line,) = lines(told, message="message", function="build_exports")
    assert (line["outcome"], line["delivery"]) == ("done", 1)
    assert line["correlation"]
    good(people(None).post("/admin/functions/make_rounds", json={}), 202)
    until(lambda: bool(lines(told, message="timer", function="mend_packs", outcome="done")), "the timer has no line")


def test_a_message_that_fails_has_a_line_and_its_traceback_the_same_id(told: Service, people: People) -> None:
    good(people(None).post("/admin/functions/build_exports", json={"input": "no export"}), 202)
    until(lambda: bool(lines(told, function="build_exports", outcome="failed")), "the run has no line")
    line = lines(told, function="build_exports", outcome="failed")[-1]
    until(lambda: any("exception" in one for one in lines(told, correlation=line["correlation"])), "no traceback")


def test_no_line_has_a_name_a_token_a_signature_or_a_query(told: Service, people: People, project: Project) -> None:
    name = new_name("anna@example.org")
    anna = project.invite("administrator", name)
    token = good(anna.post(f"{project.path}/tokens", json={"name": "secret name", "role": "labeler"}), 201)["token"]
    headers = {"x-access-token": token}
    of_all = service_token(people)
    good(people(None).get(f"/api/me?token={of_all}", headers={"x-access-token": of_all, "x-request-id": of_all}))
    people(None).get("/api/me", headers={"x-access-token": of_all + "x"})
    lease = good(people(None).post(f"{project.path}/leases", json={"count": 1}, headers=headers), 201)
    good(anna.get(f"{project.path}/images", params={"name": "needle-in-a-query"}))
    people(None).get(f"{project.path}?token={token}", headers={"x-request-id": token, "authorization": token})
    people(None).post(f"/api/projects/{token}/leases", json={token: token}, headers={"x-access-token": token + "x"})
    signature = lease["images"][0]["previewUrl"].partition("sig=")[2].partition("&")[0]
    assert signature
    answer = people().get("/api/me")
    line_of(told, answer.headers["x-request-id"])
    said = (token.removeprefix("lbl_"), of_all.removeprefix("lbs_"))
    for secret in (name, *said, signature, "sig=", "secret name", "needle-in-a-query"):
        assert secret not in told.log


def test_nobody_fills_the_log() -> None:
    seconds = [0.0]
    few = FewByNobody(lambda: seconds[0])

    def written(**facts: Any) -> bool:
        return few.filter(logging.makeLogRecord({"msg": REQUEST, "facts": facts}))

    assert [written(status=401) for _ in range(MOST_BY_NOBODY + 7)].count(True) == MOST_BY_NOBODY
    assert written(status=401, user="anna")
    assert written(status=500)
    assert few.filter(logging.makeLogRecord({"msg": "message", "facts": {"outcome": "failed"}}))
    seconds[0] = 60.0
    told: dict[str, Any] = {"status": 401}
    assert few.filter(logging.makeLogRecord({"msg": REQUEST, "facts": told}))
    assert told["unwritten"] == 7
    assert any(isinstance(each, FewByNobody) for each in logging.getLogger("functions.log").filters)


def test_on_one_machine_lines_are_for_people_and_few(tmp_path: Path) -> None:
    quiet, told = (Service(tmp_path / name, settings={"LOG": name}) for name in ("warning", "info"))
    for service in (quiet, told):
        service.start()
        with service.client() as client:
            good(client.get("/api/me"))
        service.stop()
    assert "request" not in quiet.log
    assert re.search(
        r"INFO functions\.log: request method=GET route=me user=\w+ status=200 ms=\d+ \[\w{32}\]", told.log
    )


def test_answers_are_for_this_sites_pages_and_for_scripts_only(people: People) -> None:
    for answer in (people().get("/api/me"), people(None).get("/api/me"), people().get("/api/nothing")):
        headers = answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["referrer-policy"] == "no-referrer"
