"""What `azd provision` does before and after Azure makes the resources, and what Azure would refuse of it."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import yaml

from tests.infra.azure import TENANT
from tests.infra.bicep import Declaration, Expression, File, plain, text
from tests.infra.policy import violations
from tests.infra.reading import settings_read
from tests.infra.site_config import complaints as site_complaints
from tests.infra.test_azd import complaints as azd_complaints
from tests.infra.test_bicep import all_findings
from tests.infra.test_settings import complaints as settings_complaints
from tests.rehearsal.stage import PERSON, Failed, Stage, none_of

# What Azure answers for each output of main.bicep.
OUTPUTS = {
    "AZURE_LOCATION": "westeurope",
    "AZURE_TENANT_ID": TENANT,
    "AZURE_RESOURCE_GROUP": "rg-one",
    "SITE_ID": "/sites/one",
    "SITE_HOST": "one.azurestaticapps.net",
    "FUNCTION_APP_HOST": "one.azurewebsites.net",
    "BLOB_ORIGIN": "https://stdata1.blob.core.windows.net",
    # Where nobody answers: only Azure's storage takes its time to know a role.
    "PACKAGES_URL": "http://127.0.0.1:1/packages",
    "IDENTITY_PRINCIPAL_ID": "identity-1",
}
VARIABLE = re.compile(r"\$\{(\w+)(?:=([^}]*))?\}")


def read_project(stage: Stage) -> str:
    """azd reads azure.yaml and what it names."""
    none_of(azd_complaints(stage.folder))
    return "azure.yaml, its hooks, the parameters and the site's deployment are as azd needs them"


def check_templates(stage: Stage) -> str:
    found = [*all_findings(stage.folder), *violations(stage.folder / "infra")]
    found += settings_complaints(stage.folder / "infra", settings_read())
    none_of([*found, *site_complaints(stage.folder / "static_site" / "staticwebapp.config.json")])
    return "names and types hold, policies are kept, settings are set and read"


def ask_nothing(stage: Stage) -> str:
    """azd asks for parameters that have no value before any hook runs, and fails instead with --no-prompt."""
    given = _parameters(stage)
    missing = [name for name, one in _declared(stage).items() if name not in given and not one.is_optional]
    none_of([f"azd asks for {name} before any hook runs: give it a default in both files" for name in missing])
    return f"with {len(stage.environment)} values in azd's environment, --no-prompt is enough"


def before(stage: Stage) -> str:
    """The hook before provisioning; then azd reads its environment and the parameters again."""
    told = run_hook(stage, "preprovision")
    stage.parameters = _parameters(stage)
    if not stage.parameters.get("administrators"):
        raise Failed("nobody is named as administrator after the hook: nobody could make a project")
    return told or f"administrators: {stage.parameters['administrators']}"


def provision(stage: Stage) -> str:
    """What Azure would refuse of these parameters; then it tells azd the outputs."""
    _delegations(stage)
    _budget(stage)
    wanted = File(stage.folder / "infra" / "main.bicep").of("output")
    none_of([f"the rehearsal does not know {name}: add it to OUTPUTS" for name in sorted(set(wanted) - set(OUTPUTS))])
    stage.remember(env={name: OUTPUTS[name] for name in wanted})
    return f"{len(stage.parameters)} parameters in, {len(wanted)} outputs back"


def after(stage: Stage) -> str:
    told = run_hook(stage, "postprovision")
    state = stage.azure.state
    if not state["settings"].get("SIGN_IN_CLIENT_SECRET") or "SIGN_IN_APP_ID" not in state["env"]:
        raise Failed("the site has no secret, or azd does not know the registration, after the hook")
    if not stage.azure.state["principals"][0]["appRoleAssignmentRequired"]:
        raise Failed("everybody of the tenant may sign in after the hook, not only people who are assigned")
    if PERSON["id"] not in {one["principalId"] for one in stage.azure.state.get("assigned", [])}:
        raise Failed("the administrator is not assigned, and could not sign in")
    return told or "the registration and the site's secret are there already"


def later(stage: Stage) -> str:
    """`azd up` again with a budget, the private network and all else that is optional; and in another year."""
    stage.remember(env={"MONTHLY_BUDGET": "50", "ALERT_EMAIL": "anna@example.org", "PRIVATE_NETWORK": "true"})
    again(stage)
    budgets = stage.azure.state["budgets"]
    budgets[0]["properties"]["timePeriod"]["startDate"] = "2025-01-01T00:00:00Z"
    stage.remember(budgets=budgets)
    again(stage)
    return "a budget keeps its first day, the secret stays, and the private network's provider is registered"


def again(stage: Stage) -> None:
    secret = stage.azure.state["settings"]
    for step in (ask_nothing, before, provision, after):
        step(stage)
    if stage.azure.state["settings"] != secret:
        raise Failed("a later `azd up` changes the site's secret, which had a year left")


def run_hook(stage: Stage, name: str, service: str | None = None) -> str:
    """Runs a hook of azure.yaml as azd does on this system; what it says."""
    project = yaml.safe_load((stage.folder / "azure.yaml").read_text("utf-8"))
    given = project["services"][service] if service else project
    hook = given["hooks"][name]["posix"]
    folder = stage.folder / given.get("project", ".")
    return stage.run(hook["shell"], "-c", hook["run"], folder=folder).strip().partition("\n")[0]


def _declared(stage: Stage) -> dict[str, Declaration]:
    return File(stage.folder / "infra" / "main.bicep").of("param")


def _parameters(stage: Stage) -> dict[str, Any]:
    """The parameters as azd hands them over: one that is empty because its variable is not set counts as not given."""
    known, declared = stage.environment, _declared(stage)
    written = json.loads((stage.folder / "infra" / "main.parameters.json").read_text("utf-8"))["parameters"]
    given = {}
    for name, entry in written.items():
        value = VARIABLE.sub(lambda found: known.get(found[1]) or found[2] or "", entry["value"])
        is_unset = any(variable not in known for variable, _ in VARIABLE.findall(entry["value"]))
        if name in declared and (value or not is_unset):
            given[name] = _typed(declared[name], value)
    return given


def _typed(parameter: Declaration, value: str) -> Any:
    kind = next(text(child) for child in parameter.node.children if child.type == "type")
    return value if kind == "string" else json.loads(value)


def _value(stage: Stage, name: str) -> Any:
    """A parameter as the templates see it, at this moment."""
    if name in stage.parameters:
        return stage.parameters[name]
    default = plain(_declared(stage)[name].value, {})
    if isinstance(default, Expression):
        return f"{datetime.now(UTC):%Y-%m}-01" if default.startswith("utcNow(") else str(default)
    return default


def _delegations(stage: Stage) -> None:
    """A subnet may be delegated only to a service whose provider is registered, which no template does by itself."""
    if not _value(stage, "privateNetwork"):
        return
    network = (stage.folder / "infra" / "network.bicep").read_text("utf-8")
    wanted = set(re.findall(r"serviceName: '([\w.]+)/", network))
    missing = sorted(wanted - set(stage.azure.state.get("providers", [])))
    none_of([f"the private network needs the provider {name} registered in the subscription" for name in missing])


def _budget(stage: Stage) -> None:
    """A budget's first day is a month's first, and never changes."""
    if not (_value(stage, "monthlyBudget") and _value(stage, "alertEmail")):
        return
    start = str(_value(stage, "budgetStart"))
    if not re.fullmatch(r"20\d\d-[01]\d-01", start):
        raise Failed(f"Azure takes no budget that begins on {start!r}")
    there = stage.azure.state.get("budgets", [])
    dates = {str(one["properties"]["timePeriod"]["startDate"])[:10] for one in there}
    if dates - {start}:
        raise Failed(f"Azure: start date of budgets cannot be updated (from {min(dates)} to {start})")
    stage.remember(budgets=[{"name": "budget-1", "properties": {"timePeriod": {"startDate": f"{start}T00:00:00Z"}}}])
