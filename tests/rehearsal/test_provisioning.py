"""What of `azd up` can be tried at once goes well, and each fault that the first one stumbled over is told."""

from pathlib import Path

import pytest

from tests.rehearsal import provisioning
from tests.rehearsal.deploying import pack
from tests.rehearsal.stage import Failed, Stage, Step, set_stage

READ = (provisioning.read_project, provisioning.check_templates)
PLAYED = (
    provisioning.ask_nothing,
    provisioning.before,
    provisioning.provision,
    provisioning.after,
    provisioning.later,
)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return set_stage(tmp_path)


def rehearse(stage: Stage, steps: tuple[Step, ...]) -> None:
    for step in steps:
        step(stage)


def test_azd_provisions_now_and_later_and_packs(stage: Stage) -> None:
    rehearse(stage, (*READ, *PLAYED, pack))
    assert stage.environment["ADMINISTRATORS"] == "anna@example.org"
    assert stage.parameters["budgetStart"] == "2025-01-01"
    assert "Microsoft.App" in stage.azure.state["providers"]


SIGN_IN, ASSIGNED = "infra/hooks/sign_in.py", "infra/hooks/assigned.py"
MAIN, PARAMETERS, BEFORE = "infra/main.bicep", "infra/main.parameters.json", "infra/hooks/preprovision.py"


@pytest.mark.parametrize(
    ("steps", "file", "old", "new", "found"),
    [
        (READ, "static_site/swa-cli.config.json", ',\n      "env": "production"', "", "env is None, not 'production'"),
        (READ, "azure.yaml", '">= 1.25.6"', '">= 1.18.0"', "azd may be older than 1.25.6"),
        ((pack,), ".funcignore", "!/functions/**\n", "", "functions/hooks.py is not packed"),
        ((pack,), ".funcignore", "/*\n", "/tests\n", "pyproject.toml is packed"),
        (PLAYED, MAIN, "administrators string = ''", "administrators string", "azd asks for administrators"),
        (PLAYED, "azure.yaml", "-m infra.hooks.preprovision", "--version", "nobody is named as administrator"),
        (PLAYED, PARAMETERS, "${BUDGET_START=}", "2026-11-01", "start date of budgets cannot be updated"),
        (PLAYED, BEFORE, "    keep_budget_start(", "    print(", "no budget that begins on ''"),
        (PLAYED, BEFORE, "    register_provider(known)\n", "", "needs the provider Microsoft.App"),
        (
            PLAYED,
            SIGN_IN,
            "admit_assigned_only(known, app_id, graph",
            "print(graph",
            "everybody of the tenant may sign in",
        ),
        (
            PLAYED,
            ASSIGNED,
            '            _assign(service["id"], person)',
            "            pass",
            "the administrator is not ass",
        ),
        (
            READ,
            "infra/access.bicep",
            "roles.blobDataReader)\n  }",
            "roles.blobDataContributor)\n  }",
            "nobody has agreed",
        ),
        (READ, "infra/storage.bicep", "isVersioningEnabled: true", "isVersioningEnabled: false", "leaves no version"),
        (READ, "infra/diagnostics.bicep", "category: 'AuditEvent'", "category: 'None'", "which nobody has agreed to"),
        (READ, "infra/functions.bicep", "http20Enabled: true", "ftpsState: 'Disabled'", "ftpsState is refused"),
    ],
)
def test_what_would_stop_azd_is_told(
    stage: Stage, steps: tuple[Step, ...], file: str, old: str, new: str, found: str
) -> None:
    path = stage.folder / file
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    with pytest.raises(Failed, match=found):
        rehearse(stage, steps)
