"""What the hook before provisioning finds out, remembers and refuses, with stand-ins for az and azd on the PATH."""

import re
from datetime import date
from pathlib import Path

import pytest

from infra.hooks.preprovision import NUMBERS, SWITCHES, keep_budget_start, sign_in_name
from tests.infra.azure import ROOT, Azure

NAMED = {"AZURE_ENV_NAME": "one", "AZURE_SUBSCRIPTION_ID": "sub-1", "ADMINISTRATORS": "bo@example.org"}
BUDGET = {**NAMED, "MONTHLY_BUDGET": "50", "ALERT_EMAIL": "bo@example.org"}


def a_budget(name: str, start: str) -> dict[str, object]:
    return {"name": name, "properties": {"timePeriod": {"startDate": start}}}


def test_whoever_deploys_becomes_administrator_unless_others_are_named(tmp_path: Path) -> None:
    azure = Azure(tmp_path, person={"userPrincipalName": "anna@example.org", "mail": "a@example.org"})
    assert azure.run("preprovision", AZURE_ENV_NAME="one").returncode == 0
    assert azure.state["env"] == {"ADMINISTRATORS": "anna@example.org"}
    azure.run("preprovision", AZURE_ENV_NAME="one", ADMINISTRATORS="bo@example.org")
    assert azure.state["env"] == {"ADMINISTRATORS": "anna@example.org"}


def test_where_az_knows_no_person_somebody_must_be_named(tmp_path: Path) -> None:
    done = Azure(tmp_path, person=None).run("preprovision", AZURE_ENV_NAME="one")
    assert done.returncode == 1
    assert "azd env set ADMINISTRATORS" in done.stderr


def test_an_administrator_whose_name_may_be_taken_for_another_is_refused_before_anything_is_made(
    tmp_path: Path,
) -> None:
    done = Azure(tmp_path).run("preprovision", **{**NAMED, "ADMINISTRATORS": "b\u043e@example.org"})
    assert done.returncode == 1
    assert "U+043E (cyrillic small letter o)" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_administrator_by_whose_name_nobody_in_a_tenant_signs_in_is_refused_before_anything_is_made(
    tmp_path: Path,
) -> None:
    done = Azure(tmp_path).run("preprovision", **{**NAMED, "ADMINISTRATORS": "bo@example.org,anna"})
    assert done.returncode == 1
    assert "ADMINISTRATORS: 'anna' is not a sign-in name" in done.stderr


def test_a_guest_is_named_as_they_sign_in() -> None:
    guest = {"userPrincipalName": "g_else.org#EXT#@example.onmicrosoft.com", "mail": "g@else.org"}
    assert sign_in_name(guest) == "g@else.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REFRESH_MINUTES", "0"),
        ("EXPORT_DAYS", "a month"),
        ("MAXIMUM_INSTANCES", "20"),
        ("MONTHLY_BUDGET", "12.50"),
        ("PRIVATE_NETWORK", "yes"),
        ("PRIVATE_NETWORK", "True"),
    ],
)
def test_a_value_that_azd_would_pass_over_in_silence_is_refused(tmp_path: Path, name: str, value: str) -> None:
    done = Azure(tmp_path).run("preprovision", **NAMED, **{name: value})
    assert done.returncode == 1
    assert f"{name} is {value!r}" in done.stderr


def test_every_number_and_switch_of_the_templates_is_checked() -> None:
    main = (ROOT / "infra" / "main.bicep").read_text("utf-8")
    given = (ROOT / "infra" / "main.parameters.json").read_text("utf-8")
    names = dict(re.findall(r'"(\w+)": \{ "value": "\$\{([A-Z_]+)', given))
    numbers = re.findall(r"@minValue\((\d+)\)\n(?:@.*\n)*param (\w+) int", main)
    assert {names[parameter]: int(least) for least, parameter in numbers} == NUMBERS
    assert len(numbers) == len(re.findall(r"^param \w+ int", main, re.MULTILINE))
    assert {names[parameter] for parameter in re.findall(r"^param (\w+) bool", main, re.MULTILINE)} == set(SWITCHES)


def test_a_budget_needs_somebody_to_tell(tmp_path: Path) -> None:
    done = Azure(tmp_path).run("preprovision", **NAMED, MONTHLY_BUDGET="50")
    assert done.returncode == 1
    assert "azd env set ALERT_EMAIL" in done.stderr


@pytest.mark.parametrize(
    ("budgets", "remembered", "start"),
    [
        (None, "", "2026-12-01"),
        ([], "", "2026-12-01"),
        ([a_budget("other", "2026-01-01T00:00:00Z")], "", "2026-12-01"),
        ([a_budget("budget-abc", "2026-11-01T00:00:00Z")], "2026-11-01", "2026-11-01"),
        ([a_budget("budget-abc", "2026-11-01T00:00:00Z")], "", "2026-11-01"),
        (None, "2026-11-01", "2026-12-01"),
    ],
    ids=["first", "group only", "of somebody else", "next month", "on another machine", "after azd down"],
)
def test_a_budget_keeps_its_first_day_and_a_new_one_begins_this_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, budgets: list[object] | None, remembered: str, start: str
) -> None:
    azure = Azure(tmp_path, **({} if budgets is None else {"budgets": budgets}))
    azure.stand_in(monkeypatch)
    keep_budget_start({**BUDGET, "BUDGET_START": remembered}, date(2026, 12, 5))
    assert azure.state["env"].get("BUDGET_START", remembered) == start


def test_where_azure_does_not_tell_the_day_that_azd_remembers_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    azure = Azure(tmp_path)
    azure.stand_in(monkeypatch)
    (tmp_path / "az").unlink()
    keep_budget_start({**BUDGET, "BUDGET_START": "2026-11-01"}, date(2026, 12, 5))
    assert azure.state["env"] == {}


def test_without_a_budget_nobody_asks_for_one(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    assert azure.run("preprovision", **NAMED).returncode == 0
    assert not any(call.startswith("az rest") for call in azure.calls)


def test_whoever_deploys_is_known_by_the_id_that_az_has_of_them_in_the_subscriptions_tenant(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    azure.run("preprovision", **NAMED)
    assert azure.state["env"] == {"DEPLOYER_ID": "the-deployer"}
    assert azure.calls[0] == "az account get-access-token --subscription sub-1 --output json"
    azure.run("preprovision", **NAMED, DEPLOYER_ID="the-deployer")
    assert [call for call in azure.calls if "env set" in call] == ["azd env set DEPLOYER_ID the-deployer"]


def test_without_a_sign_in_to_az_nothing_is_provisioned(tmp_path: Path) -> None:
    done = Azure(tmp_path, signed_in=False).run("preprovision", **NAMED)
    assert done.returncode == 1
    assert "az cannot reach the subscription sub-1. Run `az login`" in done.stderr


def test_the_private_network_has_its_provider_registered_in_the_subscription_deployed_to(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    assert azure.run("preprovision", **NAMED, PRIVATE_NETWORK="true").returncode == 0
    assert azure.state["providers"] == ["Microsoft.App"]
    assert "--subscription sub-1 --wait" in azure.calls[-1]


def test_the_private_network_waits_for_a_subscription_to_be_named(tmp_path: Path) -> None:
    azure = Azure(tmp_path)
    done = azure.run("preprovision", **{**NAMED, "AZURE_SUBSCRIPTION_ID": ""}, PRIVATE_NETWORK="true")
    assert (done.returncode, azure.calls) == (1, [])
    assert "azd env set AZURE_SUBSCRIPTION_ID" in done.stderr
