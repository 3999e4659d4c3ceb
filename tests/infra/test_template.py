"""What people expect of a template for azd beside the templates: a container to work in, and a pipeline."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.infra.test_azd import AZD_KNOWS, HOOKS_KEEP

# What `azd pipeline config` sets besides the parameters.
CONNECTION = {"AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"}


@pytest.fixture
def jobs(root: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((root / ".github" / "workflows" / "azure-dev.yml").read_text("utf-8"))["jobs"])


def test_the_pipeline_hands_every_setting_to_azd(root: Path, jobs: dict[str, Any]) -> None:
    given = (root / "infra" / "main.parameters.json").read_text("utf-8")
    settings = set(re.findall(r"\$\{([A-Z_]+)", given)) - HOOKS_KEEP
    assert settings >= AZD_KNOWS
    assert jobs["deploy"]["env"] == {name: f"${{{{ vars.{name} }}}}" for name in settings | CONNECTION}


def test_a_pull_request_is_checked_and_never_deployed(jobs: dict[str, Any]) -> None:
    assert jobs["check"]["steps"][-1]["run"] == ".ci/run"
    assert jobs["deploy"]["needs"] == ["check", "packages"]
    assert "github.event_name != 'pull_request'" in jobs["deploy"]["if"]
    assert "github.event_name != 'release'" in jobs["deploy"]["if"]
    assert "permissions" not in jobs["check"]


def test_packages_are_audited_and_each_run_has_its_bills_of_materials(jobs: dict[str, Any]) -> None:
    steps = jobs["packages"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ["make sbom", "make audit"]
    assert any(step.get("with", {}).get("path") == "sbom/" for step in steps)


def test_the_pipeline_deploys_without_a_secret_and_without_questions(root: Path, jobs: dict[str, Any]) -> None:
    assert "secrets." not in (root / ".github" / "workflows" / "azure-dev.yml").read_text("utf-8")
    runs = [step["run"] for step in jobs["deploy"]["steps"] if step.get("run", "").startswith("azd ")]
    assert [run.split(" --")[0] for run in runs] == ["azd auth login", "azd provision", "azd deploy"]
    assert all("--no-prompt" in run for run in runs[1:])


def test_az_has_its_tokens_before_githubs_word_for_it_ends(jobs: dict[str, Any]) -> None:
    steps = [step.get("run", "") for step in jobs["deploy"]["steps"]]
    tokens = next(number for number, run in enumerate(steps) if "ms-graph" in run and "storage.azure.com" in run)
    assert tokens < steps.index("azd provision --no-prompt")


def test_the_container_has_what_working_and_deploying_need(root: Path) -> None:
    container = json.loads((root / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    features = " ".join(container["features"])
    assert all(name in features for name in ("/node:", "/azure-cli:", "/azd:"))
    assert container["postCreateCommand"] == "make check"
