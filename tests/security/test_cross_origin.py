"""No page of another site changes anything, and nothing is taken that a plain form could send: each changing route of
the served document, tried.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import httpx
import pytest

from functions.http.reading import refuse_cross_origin
from functions.problems import CrossOrigin
from tests.api.builders import (
    Folder,
    People,
    Project,
    assert_problem,
    good,
    new_project,
    pictures,
    service_token,
    user_id,
)
from tests.security.served import Operation


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(2)))


@pytest.fixture
def untouched(project: Project) -> Iterator[Project]:
    """A project that is afterwards as it was, in a service that has no more than it had."""

    def state() -> Any:
        lists = [
            list(project.pages(what))
            for what in ("members", "refreshes", "exports", "imports", "trainings", "tokens", "checks")
        ]
        everything = [good(project.boss.get(f"/api/{what}?limit=200")) for what in ("projects", "datastores")]
        return project.get(), project.progress(), lists, everything

    before = state()
    yield project
    assert state() == before


def values(project: Project) -> dict[str, str]:
    """Things that are there, to be named in addresses."""
    return {
        "project_id": project.id,
        "name": "workspace",
        "label_id": "1",
        "sign_in_name": "guest",
        "lease_id": "000000-0123456789abcdef",
        "image_id": "000000-00",
        "review_id": "0123456789abcdef",
        "check_id": "0123456789abcdef",
        "export_id": "0123456789abcdef",
        "import_id": "0123456789abcdef",
        "token_id": "abcdefghijkm",
        "backup_id": "0123456789abcdef",
        "restore_id": "0123456789abcdef",
        "user_id": user_id("guest"),
    }


# {host} is the address by which the service is called, {port} its port.
ELSEWHERE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "SAME-ORIGIN"},
    {"sec-fetch-site": "same-origin, cross-site"},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "cross-site", "origin": "http://{host}"},
    {"origin": ""},
    {"origin": "null"},
    {"origin": "NULL"},
    {"origin": "https://evil.example"},
    {"origin": "http://evil.example:{port}"},
    {"origin": "http://127.0.0.1"},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "http://127.0.0.1:{port}1"},
    {"origin": "http://sub.{host}"},
    {"origin": "http://{host}.evil.example"},
    {"origin": "http://evil.example/{host}"},
    {"origin": "http://evil.example?{host}"},
    {"origin": "http://evil.example#{host}"},
    {"origin": "http://{host}@evil.example"},
    {"origin": "http://user@{host}"},
    {"origin": "http://evil.example\\@{host}"},
    {"origin": "http://LOCALHOST.evil.example:{port}"},
    {"origin": "http://0x7f.1:{port}"},
    {"origin": "http://2130706433:{port}"},
    {"origin": "http://[::1]:{port}"},
    {"origin": "http://[::1"},
    {"origin": "http://[v1.x]:{port}"},
    {"origin": "{host}"},
    {"origin": "//{host}.evil.example"},
    {"origin": "file://"},
    {"origin": "chrome-extension://abcdefghijklmnop"},
    {"origin": "http://{host}, http://evil.example"},
    {"origin": "http://{host} http://evil.example"},
]


def test_a_change_that_comes_from_another_site_is_refused_by_every_route(
    untouched: Project, operations: list[Operation]
) -> None:
    """Each form with one route, and each route with two of the forms: what is refused is refused in one place."""
    boss, host = untouched.boss, untouched.boss.base_url.netloc.decode()
    changing = [operation for operation in operations if operation.changes]
    assert len(changing) > 20
    tried = [(changing[number % len(changing)], headers) for number, headers in enumerate(ELSEWHERE)]
    tried += [(operation, headers) for operation in changing for headers in (ELSEWHERE[0], ELSEWHERE[9])]
    for operation, headers in tried:
        sent = {name: value.format(host=host, port=boss.base_url.port) for name, value in headers.items()}
        answer = call(boss, operation, untouched, sent)
        assert answer.status_code == 403, (operation.name, sent, answer.text)
        assert_problem(answer, 403, "cross-origin")


def call(who: httpx.Client, operation: Operation, project: Project, headers: dict[str, str]) -> httpx.Response:
    body: Any = {} if operation.has_body else None
    return who.request(operation.method, operation.address(values(project)), json=body, headers=headers)


def test_a_change_that_comes_from_the_services_own_pages_is_taken(project: Project) -> None:
    own = str(project.boss.base_url).rstrip("/")
    for headers in ({"sec-fetch-site": "same-origin", "origin": own}, {"origin": own}, {"sec-fetch-site": "none"}):
        good(project.boss.patch(project.path, json={"leaseMinutes": 15}, headers=headers))


SITE, FUNCTIONS = "site.example", "functions.example"


@pytest.mark.parametrize("fetch_site", [None, "same-origin", "cross-site"])
@pytest.mark.parametrize("forwarded_host", [None, SITE, "evil.example", ""])
@pytest.mark.parametrize("origin", [f"https://{SITE}", "https://evil.example", "null", None])
def test_behind_the_sites_proxy_its_own_pages_get_in_and_no_others_whichever_headers_arrive(
    fetch_site: str | None, forwarded_host: str | None, origin: str | None
) -> None:
    """The proxy calls the functions by their own host; what else arrives is its affair."""
    sent = {"sec-fetch-site": fetch_site, "x-forwarded-host": forwarded_host, "origin": origin, "host": FUNCTIONS}
    headers = {name: value for name, value in sent.items() if value is not None}
    is_own = fetch_site == "same-origin" or (fetch_site is None and origin in (f"https://{SITE}", None))
    with nullcontext() if is_own else pytest.raises(CrossOrigin):
        refuse_cross_origin(headers, {SITE})


def test_without_a_known_site_the_host_that_was_called_or_forwarded_is_the_services_own() -> None:
    for headers in ({"host": SITE}, {"host": FUNCTIONS, "x-forwarded-host": SITE}):
        refuse_cross_origin({**headers, "origin": f"https://{SITE}"}, ())
        with pytest.raises(CrossOrigin):
            refuse_cross_origin({**headers, "origin": "https://evil.example"}, ())


def test_a_script_with_an_access_token_is_asked_the_same(people: People, untouched: Project) -> None:
    """A page that got hold of a token cannot use it through somebody's browser."""
    token = good(untouched.boss.post(f"{untouched.path}/tokens", json={"name": "x", "role": "administrator"}), 201)
    for text in (token["token"], service_token(people)):
        headers = {"x-access-token": text, "sec-fetch-site": "cross-site"}
        answer = people(None).patch(untouched.path, json={"leaseMinutes": 20}, headers=headers)
        assert_problem(answer, 403, "cross-origin")
    good(untouched.boss.delete(f"{untouched.path}/tokens/{token['id']}"), 204)


# What a form can send, and what looks like JSON and is none.
CONTENT_TYPES = [
    None,
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
    "text/plain;charset=application/json",
    "application/json, text/plain",
    "application/jsonp",
    "application/problem+json",
    "text/json",
    "json",
]


def test_a_body_of_another_type_is_refused_by_every_route(untouched: Project, operations: list[Operation]) -> None:
    with_body = [operation for operation in operations if operation.has_body]
    tried = [(operation, "text/plain") for operation in with_body]
    tried += [(with_body[number % len(with_body)], given or "") for number, given in enumerate(CONTENT_TYPES)]
    for operation, given in tried:
        headers = {"content-type": given} if given else {}
        address = operation.address(values(untouched))
        answer = untouched.boss.request(operation.method, address, content=b"{}", headers=headers)
        assert answer.status_code == 415, (operation.name, given, answer.text)
        assert_problem(answer, 415, "media-type")


def test_every_changing_route_takes_json_or_nothing(operations: list[Operation], document: Any) -> None:
    for operation in operations:
        declared = document["paths"][operation.path][operation.method.lower()]
        assert not operation.has_body or list(declared["requestBody"]["content"]) == ["application/json"]
        assert operation.changes or not operation.has_body


def test_no_answer_lets_another_sites_page_read_it(people: People, untouched: Project) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "PATCH"}
    for answer in (
        people().get("/api/me", headers=asked),
        people().options(untouched.path, headers=asked),
        people().options("/api/openapi.json", headers=asked),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]
