"""Who the functions believe somebody to be, by the headers of real calls: they come as they are, through nothing that
takes a forged one away.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from localhost import sign_in
from localhost.settings import LOOPBACK
from tests.api.builders import assert_problem, good
from tests.running import PATIENCE, ROOT, Service, Storage, free_port, get, until

SECRET = "made at the start"
BOSS = "boss@example.org"
SITE = {"identityProvider": "aad", "userId": "b1", "userDetails": BOSS, "userRoles": ["anonymous", "authenticated"]}
APP_SERVICE = {
    "auth_typ": "aad",
    "claims": [{"typ": "oid", "val": "b1"}, {"typ": "preferred_username", "val": BOSS}],
    "name_typ": "preferred_username",
    "role_typ": "roles",
}
IN_EITHER_FORM = pytest.mark.parametrize("principal", [SITE, APP_SERVICE], ids=["site", "App Service"])


@dataclass(frozen=True)
class Bare:
    """The functions with these settings, behind a port."""

    port: int

    def me(self, headers: dict[str, str] | list[tuple[str, str]]) -> httpx.Response:
        sent = headers.items() if isinstance(headers, dict) else headers
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in sent]
        return get(f"http://{LOOPBACK}:{self.port}/api/me", headers=encoded)


def bare(azurite: Storage, folder: Path, **settings: str) -> Iterator[Bare]:
    port = free_port()
    wanted = {
        "DATA_STORAGE": azurite.data_storage,
        "SECRETS_FILE": str(folder / "secrets.json"),
        "ADMINISTRATORS": BOSS,
        **settings,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WEBSITE_", "LOCALHOST_"))}
    command = [sys.executable, "-m", "tests.security.bare_host", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**kept, **wanted})
    until(partial(_answers, port), "the functions do not answer")
    yield Bare(port)
    process.terminate()
    process.wait(PATIENCE)


def _answers(port: int) -> bool:
    try:
        return get(f"http://{LOOPBACK}:{port}/api/openapi.json").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def unvouched(azurite: Storage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """Neither the platform signs people in, nor is there a secret."""
    yield from bare(azurite, tmp_path_factory.mktemp("unvouched"), WEBSITE_AUTH_ENABLED="false")


@pytest.fixture(scope="module")
def platform(azurite: Storage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """The platform signs people in, and says so."""
    yield from bare(azurite, tmp_path_factory.mktemp("platform"), WEBSITE_AUTH_ENABLED="True")


@pytest.fixture(scope="module")
def machine(azurite: Storage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """One machine, with the secret of its start."""
    yield from bare(azurite, tmp_path_factory.mktemp("machine"), LOCALHOST_SECRET=SECRET)


def header(principal: Any) -> dict[str, str]:
    return raw(json.dumps(principal).encode())


def raw(content: bytes) -> dict[str, str]:
    return {"x-ms-client-principal": base64.b64encode(content).decode()}


@IN_EITHER_FORM
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"x-localhost-secret": ""},
        {"x-localhost-secret": "None"},
        {"x-localhost-secret": SECRET},
        {"x-ms-client-principal-id": "b1", "x-ms-client-principal-name": BOSS, "x-ms-client-principal-idp": "aad"},
        {"website-auth-enabled": "True", "WEBSITE_AUTH_ENABLED": "True"},
        {"authorization": "Bearer x", "x-forwarded-for": "127.0.0.1", "x-ms-auth-token": "Bearer x"},
        {"cookie": f"{sign_in.COOKIE}={sign_in.encoded(SITE)}"},
    ],
    ids=str,
)
def test_without_the_platform_and_without_a_secret_everybody_is_nobody(
    unvouched: Bare, principal: Any, more: dict[str, str]
) -> None:
    assert_problem(unvouched.me({**header(principal), **more}), 401, "unauthenticated")


@IN_EITHER_FORM
@pytest.mark.parametrize(
    "secret", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), f"{SECRET},{SECRET}", "é", "x" * 8000]
)
def test_on_one_machine_the_principal_counts_beside_the_secret_of_this_start_only(
    machine: Bare, principal: Any, secret: str | None
) -> None:
    sent = header(principal) if secret is None else {**header(principal), "x-localhost-secret": secret}
    assert_problem(machine.me(sent), 401, "unauthenticated")


def test_the_secret_alone_is_nobody(machine: Bare) -> None:
    assert_problem(machine.me({"x-localhost-secret": SECRET}), 401, "unauthenticated")


def test_the_secret_twice_is_nobody(machine: Bare) -> None:
    twice = [*header(SITE).items(), ("x-localhost-secret", SECRET), ("x-localhost-secret", "x")]
    assert_problem(machine.me(twice), 401, "unauthenticated")


def test_who_is_vouched_for_is_who_they_are(machine: Bare, platform: Bare) -> None:
    for answer in (platform.me(header(SITE)), machine.me({**header(SITE), "x-localhost-secret": SECRET})):
        assert good(answer) == {"userId": "b1", "name": BOSS, "isAdministrator": True, "refreshMinutes": 10}


@pytest.mark.parametrize("name", [BOSS, BOSS.upper(), f" {BOSS}", "bo\u017fs@example.org", "bo\u0455s@example.org"])
def test_who_bears_an_administrators_name_under_another_id_or_a_name_like_it_is_nobody(
    platform: Bare, name: str
) -> None:
    assert good(platform.me(header(SITE)))["isAdministrator"]
    told = good(platform.me(header({**SITE, "userId": "b2", "userDetails": name})))
    assert told == {"userId": "b2", "name": name, "isAdministrator": False, "refreshMinutes": 10}


def test_an_administrator_stays_one_under_a_new_name(platform: Bare) -> None:
    assert good(platform.me(header(SITE)))["isAdministrator"]
    assert good(platform.me(header({**SITE, "userDetails": "married@example.org"})))["isAdministrator"]


def test_a_principal_that_comes_twice_is_nobody(platform: Bare) -> None:
    """What the platform set, and what a caller has added."""
    twice = [*header({**SITE, "userDetails": "anna"}).items(), *header(SITE).items()]
    assert_problem(platform.me(twice), 401, "unauthenticated")


HALF = "\ud800"
NOBODY: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "half of UTF-8": b"\xff\xfe",
    "null": b"null",
    "a list": b"[]",
    "a number": b"1" * 5000,
    "a text": b'"boss@example.org"',
    "deep": b"[" * 3000,
    "deep inside": b'{"userId": ' + b"[" * 3000,
    "two": json.dumps(SITE).encode() * 2,
    "no roles": json.dumps({**SITE, "userRoles": []}).encode(),
    "anonymous": json.dumps({**SITE, "userRoles": ["anonymous"]}).encode(),
    "roles as a text": json.dumps({**SITE, "userRoles": "authenticated"}).encode(),
    "roles as an object": json.dumps({**SITE, "userRoles": {"authenticated": True}}).encode(),
    "no id": json.dumps({**SITE, "userId": None}).encode(),
    "an empty id": json.dumps({**SITE, "userId": ""}).encode(),
    "an id of spaces": json.dumps({**SITE, "userId": "  "}).encode(),
    "an id that is a list": json.dumps({**SITE, "userId": ["b1"]}).encode(),
    "an id that is true": json.dumps({**SITE, "userId": True}).encode(),
    "an endless id": json.dumps({**SITE, "userId": "b" * 129}).encode(),
    "half a character as the id": json.dumps({**SITE, "userId": HALF}).encode(),
    "no name": json.dumps({**SITE, "userDetails": ""}).encode(),
    "a name of spaces": json.dumps({**SITE, "userDetails": "\t "}).encode(),
    "a name that is an object": json.dumps({**SITE, "userDetails": {"name": BOSS}}).encode(),
    "an endless name": json.dumps({**SITE, "userDetails": "b" * 321}).encode(),
    "half a character in the name": json.dumps({**SITE, "userDetails": "boss" + HALF}).encode(),
    "a name of two lines": json.dumps({**SITE, "userDetails": "boss\nERROR"}).encode(),
    "App Service's form": json.dumps(APP_SERVICE).encode(),
    "the site's own key": json.dumps({**APP_SERVICE, "auth_typ": "azureStaticWebApps"}).encode(),
    "both forms, neither whole": json.dumps({**APP_SERVICE, "userId": None, "userRoles": []}).encode(),
    "both forms, without an id": json.dumps({**SITE, **APP_SERVICE, "userId": ""}).encode(),
    "both forms, without a name": json.dumps({**SITE, **APP_SERVICE, "userDetails": None}).encode(),
}


@pytest.mark.parametrize("content", NOBODY.values(), ids=NOBODY.keys())
def test_a_principal_that_names_nobody_is_nobody(platform: Bare, content: bytes) -> None:
    assert_problem(platform.me(raw(content)), 401, "unauthenticated")


@pytest.mark.parametrize("text", ["%%%", "e30", "e30=\u00e9", "{}", "null", "undefined", "A" * 60_000])
def test_a_header_that_is_not_base64_is_nobody(platform: Bare, text: str) -> None:
    assert_problem(platform.me({"x-ms-client-principal": text}), 401, "unauthenticated")


def test_an_oversized_principal_is_read_or_refused_and_nothing_breaks(platform: Bare) -> None:
    """The site puts each role in: much is no reason to refuse, as long as the header comes through."""
    roles = [*SITE["userRoles"], *(f"{number:036}" for number in range(600))]
    answer = platform.me(header({**SITE, "userRoles": roles}))
    assert good(answer)["userId"] == "b1"
    try:
        status = platform.me(raw(b" " * 3_000_000)).status_code
    except httpx.TransportError:
        status = 431
    assert status in (400, 401, 431)
    assert good(platform.me(header(SITE)))["userId"] == "b1"


def test_what_users_can_set_themselves_does_not_make_them_somebody_else(platform: Bare) -> None:
    more = {"claims": APP_SERVICE["claims"], "auth_typ": "aad", "name": BOSS, "email": BOSS, "upn": BOSS}
    told = good(platform.me(header({**SITE, **more, "userId": "a1", "userDetails": "anna@example.org"})))
    assert told == {"userId": "a1", "name": "anna@example.org", "isAdministrator": False, "refreshMinutes": 10}


FORGED = [
    header(SITE),
    header(APP_SERVICE),
    {**header(SITE), "x-localhost-secret": "guessed"},
    {"X-MS-CLIENT-PRINCIPAL": header(SITE)["x-ms-client-principal"]},
    {**header(SITE), "x-ms-client-principal-id": "b1", "x-ms-client-principal-name": "administrator"},
]


@pytest.mark.parametrize("forged", FORGED, ids=str)
def test_the_service_on_one_machine_takes_forged_headers_away(service: Service, forged: dict[str, str]) -> None:
    assert_problem(get(f"{service.url}/api/me", headers=forged), 401, "unauthenticated")
    with service.client("anna") as anna:
        assert good(anna.get("/api/me", headers=forged))["name"] == "anna"


@pytest.mark.parametrize("content", [*NOBODY.values(), b'{"userDetails": ' + b"[" * 3000], ids=[*NOBODY, "deep name"])
def test_a_cookie_that_names_nobody_is_nobody(service: Service, content: bytes) -> None:
    """Whoever the cookie names signs in on one machine; ids, roles and claims in it count for nothing."""
    try:
        name = json.loads(content)["userDetails"]
    except (ValueError, KeyError, TypeError, RecursionError):
        name = None
    cookie = base64.b64encode(content).decode()
    answer = get(f"{service.url}/api/me", headers={"cookie": f"{sign_in.COOKIE}={cookie}"})
    if isinstance(name, str) and sign_in.is_name(name):
        assert good(answer)["userId"] == sign_in.principal(name)["userId"]
    else:
        assert_problem(answer, 401, "unauthenticated")
