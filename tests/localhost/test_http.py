import base64
import json

import pytest

from tests.localhost.conftest import Toy
from tests.running import until


def test_a_function_gets_the_request_as_it_was_sent(toy: Toy) -> None:
    with toy.service.client(None) as client:
        answer = client.post("/api/echo/7/x?a=1&a=2&empty=", content="hello", headers={"X-Mine": "yes"})
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (201, "application/json")
    assert told["route"] == {"id": "7", "kind": "x"}
    assert told["query"]["a"] == "1,2"
    assert (told["method"], told["body"], told["headers"]["x-mine"]) == ("POST", "hello", "yes")


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/none"), ("DELETE", "/api/fail"), ("GET", "/api")])
def test_an_unknown_route_is_404_and_says_nothing(toy: Toy, method: str, path: str) -> None:
    with toy.service.client() as client:
        answer = client.request(method, path)
    assert (answer.status_code, answer.content) == (404, b"")


def test_an_exception_is_500_in_the_answer_and_a_traceback_in_the_log(toy: Toy) -> None:
    with toy.service.client() as client:
        answer = client.get("/api/fail")
    assert (answer.status_code, answer.content) == (500, b"")
    assert "RuntimeError: a private detail" in toy.service.log


def test_the_functions_are_told_who_is_calling_with_the_secret_of_this_start(toy: Toy) -> None:
    with toy.service.client("ana@example.org") as client:
        told = client.get("/api/echo/1").json()
    who = json.loads(base64.b64decode(told["headers"]["x-ms-client-principal"]))
    assert (who["userDetails"], who["userRoles"]) == ("ana@example.org", ["anonymous", "authenticated"])
    assert told["headers"]["x-localhost-secret"] == told["secret"]
    assert len(bytes.fromhex(told["secret"])) == 32


@pytest.mark.parametrize("name", [None, "ana"])
def test_a_forged_header_never_reaches_a_function(toy: Toy, name: str | None) -> None:
    forged = {
        "X-MS-Client-Principal": base64.b64encode(b'{"userId":"1","userDetails":"administrator"}').decode(),
        "X-MS-Client-Principal-Name": "administrator",
        "X-Localhost-Secret": "0" * 64,
    }
    with toy.service.client(name) as client:
        got = client.get("/api/echo/1", headers=forged).json()["headers"]
    assert not set(forged.values()) & set(got.values())
    assert ("x-ms-client-principal" in got) == ("x-localhost-secret" in got) == (name is not None)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost."])
def test_another_name_for_this_machine_is_refused(toy: Toy, host: str) -> None:
    with toy.service.client() as client:
        for path in ("/", "/api/echo/1", "/.auth/me"):
            answer = client.get(path, headers={"host": host.format(port=toy.service.port)})
            assert answer.status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"])
def test_the_names_of_loopback_are_served(toy: Toy, host: str) -> None:
    with toy.service.client() as client:
        answer = client.get("/.auth/me", headers={"host": host.format(port=toy.service.port)})
    assert answer.status_code == 200


def test_admin_runs_a_timer_at_once(toy: Toy) -> None:
    before = len([note for note in toy.notes() if note.get("timer") == "yearly"])
    with toy.service.client(None) as client:
        answer = client.post("/admin/functions/Yearly", json={"input": ""})
    assert answer.status_code == 202
    until(lambda: len([note for note in toy.notes() if note.get("timer") == "yearly"]) == before + 1, "no run")


def test_admin_runs_a_queue_function_with_the_input_as_its_message(toy: Toy) -> None:
    with toy.service.client(None) as client:
        assert client.post("/admin/functions/work", json={"input": "by hand"}).status_code == 202
    until(lambda: any(note.get("message") == "by hand" for note in toy.notes()), "no run")


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/admin/functions/echo", {}, 404),
        ("/admin/functions/none", {}, 404),
        ("/admin/functions/yearly", {"origin": "http://evil.example"}, 403),
        ("/admin/functions/yearly", {"sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_admin_runs_nothing_else_and_for_no_other_site(
    toy: Toy, path: str, headers: dict[str, str], status: int
) -> None:
    with toy.service.client(None) as client:
        assert client.post(path, json={}, headers=headers).status_code == status
