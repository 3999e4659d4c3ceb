"""What the deployed site answers: behind the emulator of Static Web Apps, with the functions of the package."""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from infra.hooks import check
from localhost.settings import LOOPBACK
from tests.infra.azure import TENANT
from tests.infra.site_config import OTHER_PROVIDERS
from tests.rehearsal.deploying import OFFLINE, SWA, app_settings, worker_host
from tests.rehearsal.stage import Failed, Stage, none_of
from tests.running import PATIENCE, Storage, free_port

STRANGER = "bo@example.org"
PROJECT = {
    "name": "rehearsed",
    "taskType": "multiClass",
    "dataset": {"datastore": "workspace", "prefix": "images/"},
    "labels": ["Cat", "Dog"],
}
TOKEN = {"name": "training", "role": "labeler", "expiresInDays": 1}
SERVICE_TOKEN = {"name": "pipeline", "days": 1}


def start(stage: Stage) -> str:
    """Storage, the functions of the package, and the site before them."""
    storage = stage.running.enter_context(Storage(stage.scratch / "storage"))
    stage.data_storage = storage.data_storage
    linked, public, front = (free_port() for _ in range(3))
    stage.site, stage.functions = f"http://{LOOPBACK}:{front}", f"http://{LOOPBACK}:{public}"
    functions = [*worker_host(stage), str(linked), str(public)]
    enter = stage.running.enter_context
    enter(_program(stage, "functions", functions, stage.package, app_settings(stage), f"{stage.functions}/api/me"))
    site = [SWA, "start", "dist", "--swa-config-location", "dist", "--host", LOOPBACK, "--port", str(front)]
    site += ["--api-devserver-url", f"http://{LOOPBACK}:{linked}"]
    settings = {**OFFLINE, **stage.azure.state["settings"]}
    enter(_program(stage, "site", site, stage.folder / "static_site", settings, f"{stage.site}/.auth/me"))
    return f"the site at {stage.site}"


def check_deployment(stage: Stage) -> str:
    """The hook after deployment, past the names of the hosts."""
    none_of(check.complaints(stage.site, stage.functions, TENANT))
    return "nobody gets in unsigned"


def sign_in(stage: Stage) -> str:
    """Who is not signed in sees no page, by no way but the tenant's; who is sees them, with their headers."""
    config = json.loads((stage.folder / "static_site" / "dist" / "staticwebapp.config.json").read_text("utf-8"))
    asset = next((stage.folder / "static_site" / "dist" / "assets").glob("*.js")).name
    found = []
    with _visitor(stage) as nobody, _visitor(stage, STRANGER) as somebody:
        for path in ("/", "/projects/1", f"/assets/{asset}", "/favicon.svg", "/staticwebapp.config.json"):
            answer = nobody.get(path)
            if (answer.status_code, answer.headers.get("location", "")[:16]) != (302, "/.auth/login/aad"):
                found.append(f"{path} answers {answer.status_code} to who is not signed in")
        statuses = {provider: nobody.get(f"/.auth/login/{provider}").status_code for provider in OTHER_PROVIDERS}
        found += [
            f"one may sign in with {provider}: {status}" for provider, status in statuses.items() if status != 404
        ]
        for path in ("/", "/projects/1"):
            answer = somebody.get(path)
            if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
                found.append(f"{path} answers {answer.status_code} to who is signed in")
            wrong = [name for name, value in config["globalHeaders"].items() if answer.headers.get(name) != value]
            found += [f"{path} has no {name} as configured" for name in wrong]
        if "immutable" not in somebody.get(f"/assets/{asset}").headers.get("cache-control", ""):
            found.append("assets are not kept by browsers")
        if somebody.get("/staticwebapp.config.json").status_code != 404:
            found.append("the configuration is shown")
    none_of(found)
    return f"{len(config['globalHeaders'])} headers; {len(OTHER_PROVIDERS)} other providers answer 404"


def call_functions(stage: Stage) -> str:
    """Who may do what, through the site: by sign-in, by access token, by neither, and by a forged header."""
    administrator = str(stage.parameters["administrators"])
    with _visitor(stage) as nobody, _visitor(stage, STRANGER) as somebody, _visitor(stage, administrator) as boss:
        _wants(nobody.get("/api/me"), 401)
        _wants(nobody.get("/api/me", headers={"x-ms-client-principal": _principal(administrator)}), 401)
        _wants(somebody.get("/api/me"), 200, isAdministrator=False)
        _wants(boss.get("/api/me"), 200, isAdministrator=True)
        _wants(somebody.post("/api/projects", json=PROJECT), 403)
        project = _wants(boss.post("/api/projects", json=PROJECT), 201)["id"]
        key = _wants(boss.post(f"/api/projects/{project}/tokens", json=TOKEN), 201)["token"]
        progress = f"/api/projects/{project}/progress"
        _wants(somebody.get(progress), 404)
        _wants(nobody.get(progress), 401)
        _wants(nobody.get(progress, headers={"X-Access-Token": key}), 200)
        _wants(nobody.get(progress, headers={"X-Access-Token": f"{key}x"}), 401)
        _wants(nobody.get("/api/me", headers={"X-Access-Token": key}), 403)
        key = _wants(boss.post("/api/tokens", json=SERVICE_TOKEN), 201)["key"]
        for path in ("/api/me", "/api/datastores", progress):
            _wants(nobody.get(path, headers={"X-Access-Token": key}), 200)
        _wants(nobody.get("/api/me", headers={"X-Access-Token": f"{key}x"}), 401)
    return f"{administrator} administers; tokens open their project alone, those of the service what its maker may"


def _principal(name: str) -> str:
    """Who is signed in, as the emulator keeps it in a cookie and hands it to the functions."""
    roles = ["anonymous", "authenticated"]
    who = {"identityProvider": "aad", "userId": name, "userDetails": name, "userRoles": roles}
    return base64.b64encode(json.dumps(who).encode()).decode()


def _visitor(stage: Stage, name: str | None = None) -> httpx.Client:
    cookies = {"StaticWebAppsAuthCookie": _principal(name)} if name else {}
    return httpx.Client(base_url=stage.site, cookies=cookies, timeout=PATIENCE)


def _wants(answer: httpx.Response, status: int, **content: Any) -> Any:
    """The answer's content, which must have this status and hold this."""
    asked = f"{answer.request.method} {answer.request.url.path}"
    if answer.status_code != status:
        raise Failed(f"{asked} answers {answer.status_code}, not {status}: {answer.text[:300]}")
    told = answer.json()
    none_of([f"{asked}: {name} is {told.get(name)!r}" for name, value in content.items() if told.get(name) != value])
    return told


@contextmanager
def _program(
    stage: Stage, name: str, command: list[str], folder: Path, settings: dict[str, str], address: str
) -> Iterator[None]:
    """A program that has answered at an address, until the end of the block."""
    log = stage.scratch / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **settings}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"{name} does not answer at {address}:\n{log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=PATIENCE).status_code < 500
    except httpx.TransportError:
        return False
