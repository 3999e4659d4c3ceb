"""How azd's hooks set up the sign-in and the site's configuration, with stand-ins for az and azd on the PATH."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.hooks import sign_in
from infra.hooks.tools import HookError
from tests.infra.azure import ROOT, TENANT, Azure

SITE = {"SITE_ID": "/sites/one", "SITE_HOST": "one.azurestaticapps.net", "AZURE_TENANT_ID": TENANT}
GOOD_UNTIL_2099 = [{"keyId": "key-0", "endDateTime": "2099-01-01T00:00:00Z"}]


def test_the_first_deployment_registers_the_site_in_this_tenant_with_one_secret(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert (done.returncode, done.stderr) == (0, "")
    state = azure.state
    assert state["app"]["audience"] == "AzureADMyOrg"
    assert state["app"]["redirect"] == "https://one.azurestaticapps.net/.auth/login/aad/callback"
    assert [one["appId"] for one in state["principals"]] == ["app-1"]
    assert state["env"] == {"SIGN_IN_APP_ID": "app-1"}
    assert state["settings"] == {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "the-secret-1"}
    assert [one["keyId"] for one in state["credentials"]] == ["key-1"]


def test_the_secret_is_in_no_argument_and_no_output_and_its_file_is_gone(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert "the-secret" not in done.stdout + done.stderr + "".join(azure.calls)
    assert azure.state["mode"] == "0o600"
    assert not Path(azure.state["file"]).exists()


ANNA = {"userPrincipalName": "anna@example.org", "id": "anna-1"}


def test_only_people_who_are_assigned_may_sign_in_and_the_administrators_are(tmp_path: Path) -> None:
    azure = Azure(tmp_path, person=ANNA)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", ADMINISTRATORS="Anna@example.org/2", **SITE)
    assert (done.returncode, done.stderr) == (0, "")
    assert azure.state["principals"][0]["appRoleAssignmentRequired"] is True
    (assigned,) = azure.state["assigned"]
    assert (assigned["principalId"], assigned["resourceId"]) == ("anna-1", "service-1")
    # Nobody can consent for themselves then.
    assert azure.state["consented"] == "openid profile email"


@pytest.mark.parametrize(
    ("state", "administrators"),
    [({"consent": "refused"}, "anna@example.org"), ({}, "anna@example.org,bo@example.org"), ({}, "")],
)
def test_nobody_is_locked_out_where_that_cannot_be_done_and_it_is_told(
    tmp_path: Path, state: dict[str, str], administrators: str
) -> None:
    azure = Azure(tmp_path, person=ANNA, **state)
    done = azure.run("sign_in", AZURE_ENV_NAME="one", ADMINISTRATORS=administrators, **SITE)
    assert (done.returncode, done.stderr) == (0, "")
    assert azure.state["principals"][0]["appRoleAssignmentRequired"] is False
    assert done.stdout.startswith("Everybody of the tenant may sign in")


@pytest.mark.parametrize("is_required", [True, False])
def test_a_later_deployment_leaves_it_as_it_is_and_says_when_everybody_may_sign_in(
    tmp_path: Path, is_required: bool
) -> None:
    settings = {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "old"}
    principals = [{"id": "service-1", "appRoleAssignmentRequired": is_required}]
    azure = Azure(
        tmp_path, app={"appId": "app-1"}, settings=settings, credentials=GOOD_UNTIL_2099, principals=principals
    )
    done = azure.run("sign_in", AZURE_ENV_NAME="one", SIGN_IN_APP_ID="app-1", **SITE)
    assert azure.state["principals"] == principals
    assert ("Everybody of the tenant" in done.stdout) is not is_required


def test_two_deployments_with_one_name_have_a_registration_each(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    azure.run("sign_in", AZURE_ENV_NAME="dev", **SITE)
    theirs = {"appId": "theirs", "name": azure.state["app"]["name"]}
    (tmp_path / "two").mkdir()
    ours = Azure(tmp_path / "two", app=theirs)
    ours.run("sign_in", AZURE_ENV_NAME="dev", **{**SITE, "SITE_HOST": "two.azurestaticapps.net"})
    assert ours.state["env"] == {"SIGN_IN_APP_ID": "app-1"}


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
    assert "azd env set SIGN_IN_APP_ID new" in done.stderr
    assert azure.run("sign_in", AZURE_ENV_NAME="one", SIGN_IN_APP_ID="new", **SITE).returncode == 0
    assert azure.state["env"] == {"SIGN_IN_APP_ID": "app-1"}


def test_on_another_machine_the_registration_that_the_site_names_is_kept(tmp_path: Path) -> None:
    settings = {"SIGN_IN_CLIENT_ID": "app-1", "SIGN_IN_CLIENT_SECRET": "old"}
    azure = Azure(tmp_path, app={"appId": "app-1"}, settings=settings, credentials=GOOD_UNTIL_2099, principals=[{}])
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **SITE)
    assert (done.returncode, azure.state["settings"]) == (0, settings)
    assert azure.state["env"] == {"SIGN_IN_APP_ID": "app-1"}
    assert not any("create" in call for call in azure.calls)


@pytest.mark.parametrize("refusals", [1, 5])
def test_a_new_registration_is_waited_for_until_entra_id_knows_it_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    azure = Azure(tmp_path, lagging=refusals)
    azure.stand_in(monkeypatch, AZURE_ENV_NAME="one", **SITE)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["sign_in"])
    sign_in.set_up_sign_in()
    assert [one["appId"] for one in azure.state["principals"]] == ["app-1"]
    assert azure.state["settings"]["SIGN_IN_CLIENT_SECRET"] == "the-secret-1"
    assert azure.state["lagging"] == 0


def test_a_registration_that_never_comes_is_told_when_the_minute_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    azure = Azure(tmp_path, lagging=1000)
    azure.stand_in(monkeypatch, AZURE_ENV_NAME="one", **SITE)
    monkeypatch.setattr(sign_in, "PATIENCE_SECONDS", 0)
    with pytest.raises(HookError, match="not reference a valid application object"):
        sign_in.set_up_sign_in()


@pytest.mark.parametrize("known", [{}, {"SIGN_IN_APP_ID": "app-1"}], ids=["registering", "changing"])
def test_whoever_may_not_register_applications_is_told_what_they_need(tmp_path: Path, known: dict[str, str]) -> None:
    azure = Azure(tmp_path, rights="none", person=None, app={"appId": "app-1"})
    done = azure.run("sign_in", AZURE_ENV_NAME="one", **known, **SITE)
    assert done.returncode == 1
    assert "Application.ReadWrite.OwnedBy" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_service_principal_with_its_rights_deploys_without_a_person(tmp_path: Path) -> None:
    azure = Azure(tmp_path, person=None)
    known = {"AZURE_ENV_NAME": "one", "ADMINISTRATORS": "bo@example.org", **SITE}
    assert [azure.run(hook, **known).returncode for hook in ("preprovision", "postprovision")] == [0, 0]
    assert azure.state["settings"]["SIGN_IN_CLIENT_ID"] == "app-1"


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
