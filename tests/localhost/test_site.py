import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from localhost.site import Site
from tests.localhost.conftest import Toy
from tests.running import ROOT


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("the page", encoding="utf-8")
    (dist / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (dist / "assets" / "app-1a2b.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (dist / "link.txt").symlink_to(tmp_path / "secret.txt")
    pages = Site(dist)

    async def serve(request: Request) -> Response:
        return await pages.serve(request)

    app = Starlette(routes=[Route("/{path:path}", serve, methods=["GET", "POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/projects/1/data", "/projects/"])
async def test_the_page_lives_at_any_path_and_is_never_stale(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    assert (answer.text, answer.headers["cache-control"]) == ("the page", "no-cache")
    assert answer.headers["content-type"].startswith("text/html")


async def test_assets_are_kept_for_ever_and_other_files_are_not(site: httpx.AsyncClient) -> None:
    assert "immutable" in (await site.get("/assets/app-1a2b.js")).headers["cache-control"]
    assert (await site.get("/icon.svg")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/none.png", "/%2e%2e/secret.txt", "/link.txt", "/..%2fsecret.txt"]
)
async def test_a_file_that_is_not_the_site_s_is_404(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    assert (answer.status_code, answer.text) == (404, "Not found")


async def test_the_site_takes_no_changes(site: httpx.AsyncClient) -> None:
    assert (await site.post("/")).status_code == 405


CONFIGURATION = ROOT / "static_site" / "staticwebapp.config.json"


@pytest.mark.parametrize("path", ["/", "/projects/1", "/assets/none.js", "/.auth/me"])
def test_the_site_has_the_headers_that_azure_is_told_to_send_but_for_where_storage_lies(toy: Toy, path: str) -> None:
    with toy.service.client() as client:
        headers: httpx.Headers = client.get(path).headers
    configured = json.loads(CONFIGURATION.read_text(encoding="utf-8"))["globalHeaders"]
    blobs = f"http://127.0.0.1:{toy.service.port + 1}"
    wanted = {name: value.replace("${BLOB_ORIGIN}", blobs) for name, value in configured.items()}
    assert {name: headers.get(name) for name in wanted} == wanted


def test_the_policy_lets_the_site_load_itself_and_images_from_storage_only(toy: Toy) -> None:
    with toy.service.client() as client:
        policy = policy_of(client.get("/"))
    blobs = f"http://127.0.0.1:{toy.service.port + 1}"
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["img-src"] == f"'self' data: {blobs}"
    assert policy["connect-src"] == f"'self' {blobs}"
    assert "unsafe" not in " ".join(policy.values())


def test_the_sign_in_page_has_a_policy_of_its_own_that_is_as_strict(toy: Toy) -> None:
    with toy.service.client(None) as client:
        policy = policy_of(client.get("/.auth/login/local"))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in " ".join(policy.values())


def policy_of(answer: httpx.Response) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)
