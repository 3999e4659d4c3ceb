"""What azd reads: azure.yaml and the parameters."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.infra.bicep import File, literal, plain, text
from tests.infra.policy import resources

Faulty = Callable[[str, str, str], Path]
# azd's own, that it always knows.
AZD_KNOWS = {"AZURE_ENV_NAME", "AZURE_LOCATION"}
HOOKS_KEEP = {"BUDGET_START", "DEPLOYER_ID"}
# Older ones pack nothing, or deploy the site to an environment that Azure refuses.
OLDEST_AZD = (1, 25, 6)
HOOKS = {"preprovision": "preprovision", "postprovision": "postprovision", "postdeploy": "check"}


def complaints(folder: Path) -> list[str]:
    """What azd would stumble over."""
    project = yaml.safe_load((folder / "azure.yaml").read_text("utf-8"))
    of_hooks = [*_hooks(folder, project), *_provider(folder)]
    return [*_services(folder, project), *of_hooks, *_parameters(folder), *_site(folder)]


def _services(folder: Path, project: dict[str, Any]) -> list[str]:
    found = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", project.get("name", "")):
        found.append(f"the project may not be called {project.get('name')!r}")
    oldest = re.fullmatch(r">= (\d+)\.(\d+)\.(\d+)", project.get("requiredVersions", {}).get("azd", ""))
    if oldest is None or tuple(int(part) for part in oldest.groups()) < OLDEST_AZD:
        found.append("azd may be older than " + ".".join(map(str, OLDEST_AZD)))
    if [next(iter(step.values())) for step in project["workflows"]["up"]["steps"]] != ["provision", "deploy --all"]:
        found.append("azd up does not provision first and then deploy all")
    tags = set()
    for _, one, body in resources(folder / "infra"):
        tag = re.search(r"'azd-service-name': '([a-z]+)'", str(body.get("tags", "")))
        if tag:
            tags.add(
                (tag[1], {"Microsoft.Web/sites": "function", "Microsoft.Web/staticSites": "staticwebapp"}[one.type])
            )
    services = {(name, service.get("host")) for name, service in project["services"].items()}
    if services != tags:
        found.append(f"azure.yaml has {sorted(services)}, the templates are tagged {sorted(tags)}")
    return found


def _hooks(folder: Path, project: dict[str, Any]) -> list[str]:
    found = []
    given = dict(project.get("hooks", {}))
    if set(given) != set(HOOKS):
        found.append(f"there are hooks for {sorted(given)}")
    site = project["services"].get("site", {}).get("hooks", {}).get("predeploy", {})
    for name, module, hook in [
        *((name, HOOKS.get(name, "?"), hook) for name, hook in given.items()),
        ("site", "site_config", site),
    ]:
        if not (folder / "infra" / "hooks" / f"{module}.py").is_file():
            found.append(f"{name} has no module {module}")
        for system, python in (("posix", "python3"), ("windows", "python")):
            if f"{python} -m infra.hooks.{module}" not in hook.get(system, {}).get("run", ""):
                found.append(f"{name} does not run {module} on {system}")
        if not hook.get("windows", {}).get("run", "").endswith("exit $LASTEXITCODE"):
            found.append(f"{name} does not stop azd when it fails on windows")
        if {hook.get("posix", {}).get("shell"), hook.get("windows", {}).get("shell")} != {"sh", "pwsh"}:
            found.append(f"{name} does not name its shells")
    return found


def _provider(folder: Path) -> list[str]:
    """Azure registers the providers of what a template makes, and not those that a subnet is delegated to."""
    made = {one.type.partition("/")[0] for _, one, _ in resources(folder / "infra")}
    network = (folder / "infra" / "network.bicep").read_text("utf-8")
    delegated = set(re.findall(r"serviceName: '([\w.]+)/", network)) - made
    hook = (folder / "infra" / "hooks" / "preprovision.py").read_text("utf-8")
    registers = "\n    register_provider(known)\n" in hook
    registered = set(re.findall(r'^PROVIDER = "(.+)"$', hook, re.MULTILINE)) if registers else set()
    return [f"nobody registers {name}" for name in sorted(delegated - registered)]


def _parameters(folder: Path) -> list[str]:
    main = File(folder / "infra" / "main.bicep")
    wanted = main.of("param")
    given = json.loads((folder / "infra" / "main.parameters.json").read_text("utf-8"))["parameters"]
    found = [f"main.bicep has no parameter {name}" for name in sorted(set(given) - set(wanted))]
    if not re.search(r"@allowed\(\[[^\]]+\]\)\n(@.*\n)*param location ", text(main.root)):
        found.append("azd offers regions without Flex Consumption")
    found += [f"{name} cannot be set" for name in sorted(set(wanted) - set(given))]
    for name, entry in given.items():
        match = re.fullmatch(r"\$\{([A-Z_]+)(=([^}]*))?\}", entry["value"])
        if match is None:
            found.append(f"{name} is not one of azd's variables: {entry['value']!r}")
        elif match[1] not in AZD_KNOWS and match[2] is None:
            found.append(f"{name} has no default: azd asks for it before any hook can set it")
        elif name in wanted and (match[2] is not None) != wanted[name].is_optional:
            found.append(f"{name} has a default in one place only")
        elif name in wanted and match[2] is not None and match[3] != _default(main, name):
            found.append(f"{name} is {match[3]!r} here and {_default(main, name)!r} in main.bicep")
    return found


def _default(main: File, name: str) -> str:
    value = plain(main.of("param")[name].value, {})
    return str(value).lower() if isinstance(value, bool) else str(value)


def _site(folder: Path) -> list[str]:
    """The CLI that deploys the site takes the last configuration that it finds, unless it is told where to look, and
    deploys to a preview, which the template forbids, unless it is told where to.
    """
    site = json.loads((folder / "static_site" / "swa-cli.config.json").read_text("utf-8"))["configurations"]["site"]
    # It installs no packages where the application is in its own folder.
    build = "npm ci --no-audit --no-fund && npm run build"
    wanted = {"outputLocation": "dist", "swaConfigLocation": "dist", "appBuildCommand": build, "env": "production"}
    return [f"{name} is {site.get(name)!r}, not {value!r}" for name, value in wanted.items() if site.get(name) != value]


def test_azd_finds_what_it_needs(root: Path) -> None:
    assert complaints(root) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("azure.yaml", "name: image-labeling", "name: Image_labeling", "may not be called"),
        ("azure.yaml", "      - azd: provision\n", "", "does not provision first"),
        ("azure.yaml", "host: staticwebapp", "host: appservice", "the templates are tagged"),
        ("azure.yaml", "  functions:\n", "  api:\n", "the templates are tagged"),
        ("azure.yaml", "  postprovision:\n", "  postup:\n", "there are hooks for"),
        (
            "azure.yaml",
            "run: python3 -m infra.hooks.check",
            "run: python3 infra/hooks/check.py",
            "not run check on posix",
        ),
        (
            "azure.yaml",
            "infra.hooks.postprovision; exit $LASTEXITCODE",
            "infra.hooks.postprovision",
            "does not stop azd",
        ),
        ("azure.yaml", "shell: pwsh, run: cd ..", "run: cd ..", "does not name its shells"),
        ("infra/site.bicep", "'azd-service-name': 'site'", "'azd-service-name': 'web'", "the templates are tagged"),
        ("infra/main.parameters.json", '"exportDays"', '"exportsDays"', "main.bicep has no parameter exportsDays"),
        ("infra/main.parameters.json", '"exportDays"', '"exportsDays"', "exportDays cannot be set"),
        ("infra/main.parameters.json", "${EXPORT_DAYS=30}", "30", "exportDays is not one of azd's variables"),
        ("infra/main.parameters.json", "${EXPORT_DAYS=30}", "${EXPORT_DAYS=31}", "exportDays is '31' here and '30'"),
        ("infra/main.parameters.json", "${EXPORT_DAYS=30}", "${EXPORT_DAYS}", "exportDays has no default"),
        ("infra/main.parameters.json", "${ADMINISTRATORS=}", "${ADMINISTRATORS}", "administrators has no default"),
        (
            "infra/main.bicep",
            "administrators string = ''",
            "administrators string",
            "administrators has a default in one",
        ),
        (
            "infra/main.bicep",
            "param location string",
            "param location string = ''",
            "location has a default in one place",
        ),
        (
            "infra/main.parameters.json",
            '    "budgetStart": { "value": "${BUDGET_START=}" },\n',
            "",
            "budgetStart cannot be",
        ),
        (
            "infra/hooks/preprovision.py",
            'PROVIDER = "Microsoft.App"',
            'PROVIDER = "Microsoft.Web"',
            "registers Microsoft.App",
        ),
        ("infra/main.bicep", "'westus3'\n])\n", "'westus3'\n])\nparam nearby string\n", "regions without Flex"),
        ("infra/hooks/preprovision.py", "    register_provider(known)\n", "", "nobody registers Microsoft.App"),
        (
            "static_site/swa-cli.config.json",
            '"swaConfigLocation": "dist"',
            '"swaConfigLocation": "."',
            "swaConfigLocation",
        ),
        ("static_site/swa-cli.config.json", ',\n      "env": "production"', "", "env is None, not 'production'"),
        ("azure.yaml", '">= 1.25.6"', '">= 1.23.13"', "azd may be older than 1.25.6"),
        ("azure.yaml", 'azd: ">= 1.25.6"', "{}", "azd may be older than 1.25.6"),
    ],
)
def test_what_azd_would_stumble_over_is_found(faulty: Faulty, file: str, old: str, new: str, found: str) -> None:
    assert any(found in words for words in complaints(faulty(file, old, new)))


def test_the_scope_of_the_deployment_is_a_subscription(root: Path) -> None:
    first = next(node for node in File(root / "infra" / "main.bicep").root.children if node.type != "comment")
    assert literal(first.named_children[-1]) == "subscription"


def test_the_page_on_deployment_names_every_template_and_every_setting(root: Path) -> None:
    page = (root / "docs" / "deployment.md").read_text("utf-8")
    files = {path.name for path in (root / "infra").glob("*.bicep")}
    given = (root / "infra" / "main.parameters.json").read_text("utf-8")
    settings = set(re.findall(r"\$\{([A-Z_]+)", given)) - AZD_KNOWS - HOOKS_KEEP
    assert [name for name in sorted(files | settings) if f"`{name}`" not in page] == []
