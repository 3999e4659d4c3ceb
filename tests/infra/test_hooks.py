"""What azd's hooks do, with stand-ins for az and azd on the PATH, and with a site to ask that lets people in or not."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from infra.hooks.administrators import sign_in_name
from infra.hooks.check import complaints, settled

ROOT = Path(__file__).resolve().parents[2]
TENANT = "11111111-2222-3333-4444-555555555555"
SITE = {"SITE_ID": "/sites/one", "SITE_HOST": "one.azurestaticapps.net", "AZURE_TENANT_ID": TENANT}
GOOD_UNTIL_2099 = [{"keyId": "key-0", "endDateTime": "2099-01-01T00:00:00Z"}]


class Azure:
    """az and azd for a hook, and what they hold."""

    def __init__(self, folder: Path, **state: Any) -> None:
        self.folder = folder
        fake = f"#!{sys.executable} -S\n" + (Path(__file__).parent / "fake_az.py").read_text("utf-8")
        for name in ("az", "azd"):
            (folder / name).write_text(fake, "utf-8")
            (folder / name).chmod(0o755)
        start = {"tenant": TENANT, "env": {}, "settings": {}, "credentials": [], "person": {}, **state}
        (folder / "state.json").write_text(json.dumps(start), "utf-8")

    @property
    def state(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "state.json").read_text("utf-8")))

    @property
    def calls(self) -> list[str]:
        file = self.folder / "calls.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [" ".join(json.loads(line)) for line in lines]

    def run(self, hook: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {"PATH": f"{self.folder}", "FAKE_AZURE": str(self.folder), "TMPDIR": str(self.folder), **environment}
        return subprocess.run(
            [sys.executable, "-S", "-m", f"infra.hooks.{hook}", *arguments],
            cwd=ROOT,
            env=known,
            capture_output=True,
            text=True,
            check=False,
        )


def test_the_first_deployment_registers_the_site_in_this_tenant_with_one_secret(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert (done.returncode, done.stderr) == (0, "")
    state = azure.state
    assert state["app"]["audience"] == "AzureADMyOrg"
    assert state["app"]["redirect"] == "https://one.azurestaticapps.net/.auth/login/aad/callback"
    assert state["principals"] == [{"appId": "app-1"}]
    assert state["env"] == {"SIGN_IN_APP_ID": "app-1"}
    assert state["settings"] == {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "the-secret-1"}
    assert [one["keyId"] for one in state["credentials"]] == ["key-1"]


def test_the_secret_is_in_no_argument_and_no_output_and_its_file_is_gone(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert "the-secret" not in done.stdout + done.stderr + "".join(azure.calls)
    assert azure.state["mode"] == "0o600"
    assert not Path(azure.state["file"]).exists()


def test_a_later_deployment_leaves_a_good_secret_alone(tmp_path: Path) -> None:
    settings = {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "old", "OTHER": "kept"}
    azure = Azure(tmp_path, app={"appId": "app-1"}, settings=settings, credentials=GOOD_UNTIL_2099, principals=[{}])
    done = azure.run("sign_in", AZURE_ENV_NAME="one", SIGN_IN_APP_ID="app-1", **SITE)
    assert (done.returncode, azure.state["settings"]) == (0, settings)
    assert not any("create" in call or "reset" in call for call in azure.calls)


@pytest.mark.parametrize(
    ("settings", "credentials", "arguments"),
    [
        ({"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "old"}, GOOD_UNTIL_2099, ["--rotate"]),
        (
            {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "old"},
            [{"keyId": "key-0", "endDateTime": "2026-01-01T00:00:00Z"}],
            [],
        ),
        ({"SIGN_IN_CLIENT_ID": "app-0", "SIGN_IN_CLIENT_SECRET": "old"}, GOOD_UNTIL_2099, []),
        ({"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": ""}, GOOD_UNTIL_2099, []),
    ],
    ids=["asked for", "ends soon", "of another registration", "lost"],
)
def test_a_secret_is_renewed_and_the_old_one_dropped(
    tmp_path: Path, settings: dict[str, str], credentials: list[dict[str, str]], arguments: list[str]
) -> None:
    azure = Azure(tmp_path, app={"appId": "app-1"}, settings={**settings, "OTHER": "kept"}, credentials=credentials)
    done = azure.run("sign_in", *arguments, AZURE_ENV_NAME="one", SIGN_IN_APP_ID="app-1", **SITE)
    assert (done.returncode, done.stderr) == (0, "")
    wanted = {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "the-secret-1", "OTHER": "kept"}
    assert azure.state["settings"] == wanted
    assert [one["keyId"] for one in azure.state["credentials"]] == ["key-1"]


def test_the_old_secret_stays_good_where_the_new_one_cannot_be_set(tmp_path: Path) -> None:
    azure = Azure(tmp_path, app={"appId": "app-1"}, credentials=GOOD_UNTIL_2099, refuses=True)
    done = azure.run("sign_in", "--rotate", AZURE_ENV_NAME="one", SIGN_IN_APP_ID="app-1", **SITE)
    assert done.returncode == 1
    assert "not allowed" in done.stderr
    assert "key-0" in [one["keyId"] for one in azure.state["credentials"]]


def test_a_sign_in_to_another_tenant_is_told_and_changes_nothing(tmp_path: Path) -> None:
    azure = Azure(tmp_path, tenant="another")
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert done.returncode == 1
    assert f"az login --tenant {TENANT}" in done.stderr
    assert "Traceback" not in done.stderr
    assert azure.calls == ["az account show --output json"]


def test_a_registration_that_is_gone_is_told_and_another_can_be_made(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", SIGN_IN_APP_ID="app-0", **SITE)
    assert done.returncode == 1
    assert 'azd env set SIGN_IN_APP_ID ""' in done.stderr
    assert azure.run("sign_in", AZURE_ENV_NAME="one", SIGN_IN_APP_ID="", **SITE).returncode == 0
    assert azure.state["env"] == {"SIGN_IN_APP_ID": "app-1"}


def test_run_by_hand_a_hook_asks_azd_for_its_values(tmp_path: Path) -> None:
    azure = Azure(tmp_path, env={"AZURE_ENV_NAME": "one", "SIGN_IN_APP_ID": "app-1", **SITE}, app={"appId": "app-1"})
    done = azure.run("sign_in", "--rotate")
    assert (done.returncode, done.stderr) == (0, "")
    assert azure.state["settings"]["SIGN_IN_CLIENT_SECRET"] == "the-secret-1"


@pytest.mark.parametrize("hook", ["sign_in", "check"])
def test_before_anything_is_provisioned_a_hook_says_what_to_do(tmp_path: Path, hook: str) -> None:
    done = Azure(tmp_path).run(hook, AZURE_ENV_NAME="one")
    assert done.returncode == 1
    assert "Run `azd provision` first" in done.stderr


def test_without_az_a_hook_says_that_it_is_needed(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    (tmp_path / "az").unlink()
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert (done.returncode, done.stderr) == (1, "az is needed, and is not on this machine.\n")


def test_whoever_deploys_becomes_administrator_unless_others_are_named(tmp_path: Path) -> None:
    azure = Azure(tmp_path, person={"userPrincipalName": "anna@example.org", "mail": "a@example.org"})
    assert azure.run("administrators", AZURE_ENV_NAME="one").returncode == 0
    assert azure.state["env"] == {"ADMINISTRATORS": "anna@example.org"}
    azure.run("administrators", AZURE_ENV_NAME="one", ADMINISTRATORS="bo@example.org")
    assert azure.state["env"] == {"ADMINISTRATORS": "anna@example.org"}


def test_where_az_knows_no_person_somebody_must_be_named(tmp_path: Path) -> None:
    done = Azure(tmp_path, person=None).run("administrators", AZURE_ENV_NAME="one")
    assert done.returncode == 1
    assert "azd env set ADMINISTRATORS" in done.stderr


def test_a_guest_is_named_as_they_sign_in() -> None:
    guest = {"userPrincipalName": "g_else.org#EXT#@example.onmicrosoft.com", "mail": "g@else.org"}
    assert sign_in_name(guest) == "g@else.org"


def test_the_built_sites_configuration_is_filled_in_place(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "infra", tmp_path / "infra")
    dist = tmp_path / "static_site" / "dist"
    dist.mkdir(parents=True)
    shutil.copy(ROOT / "static_site" / "staticwebapp.config.json", dist)
    known = {**os.environ, "AZURE_ENV_NAME": "one", "AZURE_TENANT_ID": TENANT}
    known["BLOB_ORIGIN"] = "https://stdata1.blob.core.windows.net"
    command = [sys.executable, "-m", "infra.hooks.site_config"]
    subprocess.run(command, cwd=tmp_path, env=known, check=True, capture_output=True)
    config = json.loads((dist / "staticwebapp.config.json").read_text("utf-8"))
    issuer = config["auth"]["identityProviders"]["azureActiveDirectory"]["registration"]["openIdIssuer"]
    assert issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"


@contextmanager
def serving(answers: dict[str, tuple[int, dict[str, str]]]) -> Iterator[str]:
    """A server that gives these answers by path, and its origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_forged = "x-ms-client-principal" in self.headers
            status, headers = (
                answers.get(f"{self.path} forged", answers[self.path]) if is_forged else answers[self.path]
            )
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

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


CLOSED_FUNCTIONS: dict[str, tuple[int, dict[str, str]]] = {"/api/me": (401, {}), "/api/health": (401, {})}
CLOSED_SITE: dict[str, tuple[int, dict[str, str]]] = {
    "/api/health": (200, {}),
    "/api/me": (401, {"Content-Type": "application/problem+json"}),
    "/": (302, {"Location": "/.auth/login/aad?post_login_redirect_uri=.referrer"}),
    "/.auth/login/aad": (302, {"Location": f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize"}),
    "/.auth/login/github": (404, {}),
}


def told(functions: dict[str, tuple[int, dict[str, str]]], site: dict[str, tuple[int, dict[str, str]]]) -> list[str]:
    with serving({**CLOSED_FUNCTIONS, **functions}) as backend, serving({**CLOSED_SITE, **site}) as front:
        return complaints(front, backend, TENANT)


def test_a_deployment_that_lets_nobody_in_unsigned_is_fine() -> None:
    assert told({}, {}) == []
    assert told({}, {"/api/me": (302, {"Location": "/.auth/login/aad"})}) == []
    leads = CLOSED_SITE["/.auth/login/aad"]
    assert told({}, {"/.auth/login/aad": (302, {"Location": "/.redirect/aad"}), "/.redirect/aad": leads}) == []


@pytest.mark.parametrize(
    ("functions", "site", "found"),
    [
        ({"/api/me": (200, {})}, {}, ["direct call with 200", "forged sign-in with 200"]),
        ({"/api/health": (200, {})}, {}, ["/api/health directly, with 200"]),
        ({}, {"/api/health": (503, {})}, ["/api/health through the site answers 503"]),
        ({"/api/me forged": (200, {})}, {}, ["forged sign-in with 200"]),
        ({}, {"/api/me": (200, {})}, ["/api/me through the site answers 200", "believes a forged sign-in"]),
        ({}, {"/api/me forged": (200, {})}, ["believes a forged sign-in"]),
        ({}, {"/api/me": (500, {})}, ["/api/me through the site answers 500", "believes a forged sign-in"]),
        ({}, {"/": (200, {})}, ["The site answers 200 instead"]),
        (
            {},
            {"/.auth/login/aad": (302, {"Location": "https://login.microsoftonline.com/common"})},
            ["leads to 'https://login.microsoftonline.com/common'"],
        ),
        ({}, {"/.auth/login/aad": (404, {})}, ["/.auth/login/aad', which is not the tenant"]),
        ({}, {"/.auth/login/aad": (302, {"Location": "/.auth/login/aad"})}, ["which is not the tenant"]),
        ({}, {"/.auth/login/github": (302, {"Location": "https://github.com"})}, ["github answers 302"]),
    ],
)
def test_a_deployment_with_an_open_door_is_told(
    functions: dict[str, tuple[int, dict[str, str]]], site: dict[str, tuple[int, dict[str, str]]], found: list[str]
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
    assert settled(lambda: next(looks), patience=60, pause=0) == []
    assert settled(lambda: ["never"], patience=0, pause=0) == ["never"]
