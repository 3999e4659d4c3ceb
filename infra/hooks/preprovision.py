"""Before provisioning: what the templates cannot find out by themselves.

azd has read the parameters once when this runs, and reads them again afterwards, so each has a default there.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from functions.sign_in_names import read_administrators, refuse_other_than_address
from infra.hooks.access import name_deployer
from infra.hooks.tools import HookError, az, main, remember, values

# azd takes the default, without a word, where a value is no number or switch. What each number must be at least.
NUMBERS = {
    "REFRESH_MINUTES": 1,
    "EXPORT_DAYS": 1,
    "AUDIT_DAYS": 1,
    "TOKEN_MAKER_DAYS": 1,
    "MAXIMUM_INSTANCES": 40,
    "MONTHLY_BUDGET": 0,
}
SWITCHES = ("PRIVATE_NETWORK",)
# The functions' subnet is delegated to it; only types of resources that a template makes are registered by themselves.
PROVIDER = "Microsoft.App"
BUDGETS = "Microsoft.Consumption/budgets?api-version=2024-08-01"


def check_settings(known: Mapping[str, str]) -> None:
    for name, least in NUMBERS.items():
        value = known.get(name) or str(least)
        if not value.isdecimal() or int(value) < least:
            raise HookError(f"{name} is {value!r}, and must be a whole number, {least} at least.")
    for name in SWITCHES:
        if (value := known.get(name) or "false") not in ("true", "false"):
            raise HookError(f"{name} is {value!r}, and must be true or false.")
    try:
        for name in read_administrators(known.get("ADMINISTRATORS") or ""):
            refuse_other_than_address(name)
    except ValueError as error:
        raise HookError(f"ADMINISTRATORS: {error}") from None
    if has_budget(known) and not known.get("ALERT_EMAIL"):
        raise HookError("MONTHLY_BUDGET needs somebody to tell: azd env set ALERT_EMAIL someone@example.org")


def sign_in_name(person: dict[str, Any]) -> str:
    """The name that Entra ID will hand to the site. A guest's user principal name is made up, and not it."""
    name = str(person["userPrincipalName"])
    return str(person.get("mail") or name) if "#EXT#" in name else name


def name_administrator(known: Mapping[str, str]) -> None:
    """Whoever deploys administers the service, unless ADMINISTRATORS names others."""
    if known.get("ADMINISTRATORS"):
        return
    try:
        name = sign_in_name(az("ad", "signed-in-user", "show"))
    except HookError as error:
        raise HookError(
            f"Name an administrator first: azd env set ADMINISTRATORS someone@example.org ({error})"
        ) from None
    remember("ADMINISTRATORS", name)
    print(f"The administrator of the service is {name}; `azd env set ADMINISTRATORS` names others, comma separated.")


def has_budget(known: Mapping[str, str]) -> bool:
    return int(known.get("MONTHLY_BUDGET") or 0) > 0


def keep_budget_start(known: Mapping[str, str], today: date) -> None:
    """A new budget begins this month; one that is there keeps its date, as Azure takes no other."""
    if not has_budget(known):
        return
    start = budget_start(known) or f"{today:%Y-%m}-01"
    if known.get("BUDGET_START") != start:
        remember("BUDGET_START", start)


def budget_start(known: Mapping[str, str]) -> str | None:
    """When the budget began that is there already; what azd remembers where Azure does not tell."""
    if not (subscription := known.get("AZURE_SUBSCRIPTION_ID")):
        return None
    group = f"/subscriptions/{subscription}/resourceGroups/rg-{known['AZURE_ENV_NAME']}"
    try:
        found = az("rest", "--method", "get", "--uri", f"{group}/providers/{BUDGETS}")["value"]
    except HookError as error:
        return None if "NotFound" in str(error) else known.get("BUDGET_START") or None
    starts = [one["properties"]["timePeriod"]["startDate"] for one in found if one["name"].startswith("budget-")]
    return str(starts[0])[:10] if starts else None


def register_provider(known: Mapping[str, str]) -> None:
    if known.get("PRIVATE_NETWORK") != "true":
        return
    subscription = known.get("AZURE_SUBSCRIPTION_ID")
    if not subscription:
        raise HookError("Name the subscription first: azd env set AZURE_SUBSCRIPTION_ID <its id>")
    print(f"Registering {PROVIDER}, which the private network needs; the first time takes minutes.", flush=True)
    az("provider", "register", "--namespace", PROVIDER, "--subscription", subscription, "--wait")


def prepare() -> None:
    known = values()
    check_settings(known)
    name_administrator(known)
    name_deployer(known)
    keep_budget_start(known, datetime.now(UTC).date())
    register_provider(known)


if __name__ == "__main__":
    main(prepare)
