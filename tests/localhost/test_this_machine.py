"""The access token that `make run` tells: one for this machine, as long as it works."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from localhost.http_functions import HttpFunctions
from localhost.this_machine import token
from tests.api.builders import good
from tests.running import ROOT, Service, until

LINE = re.compile(r"^Scripts: image-labeling login (\S+) --token (lbs_[A-Za-z0-9_-]{43})$", re.MULTILINE)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("machine") / "data", ROOT) as running:
        yield running


def told(service: Service, times: int) -> str:
    """The token that the service has told last, at its start number `times`."""
    until(lambda: len(LINE.findall(service.log)) == times, "no line to paste is printed")
    address, key = LINE.findall(service.log)[-1]
    assert address == service.url
    return str(key)


def me(service: Service, key: str) -> httpx.Response:
    with service.client(None) as nobody:
        return nobody.get("/api/me", headers={"x-access-token": key})


def listed(service: Service) -> list[Any]:
    with service.client() as boss:
        return list(good(boss.get("/api/tokens"))["items"])


def test_one_token_is_told_at_each_start_until_it_works_no_more(service: Service) -> None:
    first = told(service, 1)
    assert good(me(service, first))["name"] == "administrator"
    assert good(me(service, first))["isAdministrator"]
    file = service.data_dir / "token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    service.restart()
    assert told(service, 2) == first
    (made,) = listed(service)
    assert (made["name"], made["madeBy"], made["projectId"]) == ("this machine", "administrator", None)
    with service.client() as boss:
        good(boss.delete(f"/api/tokens/{made['id']}"), 204)
    file.chmod(0o644)
    service.restart()
    anew = told(service, 3)
    assert anew != first
    assert good(me(service, anew))["isAdministrator"]
    assert me(service, first).status_code == 401
    assert file.read_text(encoding="ascii").strip() == anew
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


class Answers(HttpFunctions):
    """What the functions answer, by path."""

    def __init__(self, **statuses: int) -> None:
        self.statuses = statuses
        self.asked: list[tuple[str, Any, Any]] = []

    async def call(self, method: str, path: str, headers: Any, body: Any = None) -> tuple[int, bytes]:
        self.asked.append((f"{method} {path}", headers, body))
        return self.statuses[path.strip("/")], b'{"key": "lbs_new"}'


async def test_what_is_in_the_file_and_is_no_token_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff not a token")
    answers = Answers(me=401, tokens=201)
    assert await token(answers, tmp_path, "secret") == "lbs_new"
    called, headers, body = answers.asked[-1]
    assert (called, body) == ("POST /tokens", {"name": "this machine", "days": 365})
    assert headers["x-localhost-secret"] == "secret"


@pytest.mark.parametrize("status", [404, 403, 409, 503])
async def test_nothing_is_told_where_no_token_is_made(tmp_path: Path, status: int) -> None:
    assert await token(Answers(tokens=status), tmp_path, "secret") is None
    assert not (tmp_path / "token").exists()


async def test_a_token_of_which_nobody_knows_now_whether_it_works_is_kept(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("lbs_kept\n", encoding="ascii")
    assert await token(Answers(me=503), tmp_path, "secret") is None
    assert (tmp_path / "token").read_text(encoding="ascii") == "lbs_kept\n"
