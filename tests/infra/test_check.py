"""What the check after a deployment asks, and what it says of a site that lets people in."""

import operator
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from infra.hooks.check import complaints
from infra.hooks.tools import until
from tests.infra.azure import TENANT


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""


@contextmanager
def serving(answers: dict[str, Reply]) -> Iterator[str]:
    """A server that gives these answers by path, and its origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_forged = "x-ms-client-principal" in self.headers
            reply = answers.get(f"{self.path} forged", answers[self.path]) if is_forged else answers[self.path]
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.text)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.text.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


CLOSED_FUNCTIONS: dict[str, Reply] = {"/api/me": Reply(401), "/api/health": Reply(401)}
CLOSED_SITE: dict[str, Reply] = {
    "/api/health": Reply(200, text='{"status": "ok", "signIn": "platform"}'),
    "/api/me": Reply(401, {"Content-Type": "application/problem+json"}),
    "/": Reply(302, {"Location": "/.auth/login/aad?post_login_redirect_uri=.referrer"}),
    "/.auth/login/aad": Reply(302, {"Location": f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize"}),
    "/.auth/login/github": Reply(404),
}


def told(functions: dict[str, Reply], site: dict[str, Reply]) -> list[str]:
    with serving({**CLOSED_FUNCTIONS, **functions}) as backend, serving({**CLOSED_SITE, **site}) as front:
        return complaints(front, backend, TENANT)


def test_a_deployment_that_lets_nobody_in_unsigned_is_fine() -> None:
    assert told({}, {}) == []
    for status in (400, 403):
        assert told({"/api/me": Reply(status), "/api/health": Reply(status)}, {}) == []
    assert told({}, {"/api/me": Reply(302, {"Location": "/.auth/login/aad"})}) == []
    leads = CLOSED_SITE["/.auth/login/aad"]
    assert told({}, {"/.auth/login/aad": Reply(302, {"Location": "/.redirect/aad"}), "/.redirect/aad": leads}) == []


@pytest.mark.parametrize(
    ("functions", "site", "found"),
    [
        ({"/api/me": Reply(200)}, {}, ["direct call with 200", "forged sign-in with 200"]),
        ({"/api/health": Reply(200)}, {}, ["/api/health directly, with 200"]),
        ({}, {"/api/health": Reply(503)}, ["/api/health through the site answers 503"]),
        ({}, {"/api/health": Reply(200, text='{"status": "ok", "signIn": "none"}')}, ["everybody is refused"]),
        ({}, {"/api/health": Reply(200, text='{"status": "ok"}')}, ["everybody is refused"]),
        ({}, {"/api/health": Reply(200, text="<!doctype html>")}, ["everybody is refused"]),
        ({"/api/me": Reply(404)}, {}, ["direct call with 404", "forged sign-in with 404"]),
        ({"/api/me forged": Reply(200)}, {}, ["forged sign-in with 200"]),
        ({}, {"/api/me": Reply(200)}, ["/api/me through the site answers 200", "believes a forged sign-in"]),
        ({}, {"/api/me forged": Reply(200)}, ["believes a forged sign-in"]),
        ({}, {"/api/me": Reply(500)}, ["/api/me through the site answers 500", "believes a forged sign-in"]),
        ({}, {"/": Reply(200)}, ["The site answers 200 instead"]),
        (
            {},
            {"/.auth/login/aad": Reply(302, {"Location": "https://login.microsoftonline.com/common"})},
            ["leads to 'https://login.microsoftonline.com/common'"],
        ),
        ({}, {"/.auth/login/aad": Reply(404)}, ["/.auth/login/aad', which is not the tenant"]),
        ({}, {"/.auth/login/aad": Reply(302, {"Location": "/.auth/login/aad"})}, ["which is not the tenant"]),
        ({}, {"/.auth/login/github": Reply(302, {"Location": "https://github.com"})}, ["github answers 302"]),
    ],
)
def test_a_deployment_with_an_open_door_is_told(
    functions: dict[str, Reply], site: dict[str, Reply], found: list[str]
) -> None:
    words = told(functions, site)
    assert len(words) == len(found)
    assert all(part in line for part, line in zip(found, words, strict=True))


def test_a_deployment_that_cannot_be_reached_is_told() -> None:
    with serving({}) as origin:
        pass
    assert len(complaints(origin, origin, TENANT)) == 9


def test_a_deployment_is_given_time_to_settle() -> None:
    looks = iter([["not yet"], ["not yet"], []])
    assert until(operator.not_, lambda: next(looks), patience=60, pause=0) == []
    assert until(operator.not_, lambda: ["never"], patience=0, pause=0) == ["never"]
