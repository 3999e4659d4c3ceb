"""What docs/scripting.md and the guide show runs, with stand-ins for what is Azure's and GitHub's."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api.builders import Folder, People, Project, good, new_name, new_project, picture, pictures
from tests.docs.floors import ROOT

PAGE = (ROOT / "docs" / "scripting.md").read_text("utf-8")
SIGN_IN, CURL, AZ = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
WORKFLOW, JOB, CONDA = (yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
TRAIN, TRAIN_IN_AZURE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(GUIDE,) = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "guide" / "training.md").read_text("utf-8"), re.DOTALL)
CLIENT = "image-labeling-client @ git+https://github.com/OWNER/REPOSITORY#subdirectory=client"

MODEL = """
import zipfile

def train(paths):
    names = [name for path in paths if path.suffix == ".zip" for name in zipfile.ZipFile(path).namelist()]
    assert any("/Cat/" in f"/{name}" for name in names), names

def predict(url):
    assert url.startswith("http")
    return "Dog", 0.75
"""
# In the place of what only a job's identity can read.
VAULT = """
import azure.identity
import azure.keyvault.secrets
import types

class SecretClient:
    def __init__(self, vault_url, credential):
        assert vault_url == "https://my-vault.vault.azure.net"

    def get_secret(self, name):
        assert name == "labeling-token"
        return types.SimpleNamespace(value=open("token").read())

azure.identity.DefaultAzureCredential = object
azure.keyvault.secrets.SecretClient = SecretClient
"""
PROGRAMS = {
    "python": f'exec {sys.executable} "$@"',
    "image-labeling": f'exec {sys.executable} -c "from image_labeling.cli.app import main; main()" "$@"',
    "pip": f'test "$*" = "install {CLIENT}"',
    "az": """printf '%s\\n' "$*" >> az.log""",
}


@pytest.fixture
def project(people: People) -> Project:
    """Two of three images are labeled."""
    project = new_project(people, Folder(people, pictures(3)))
    project.label(people(), 2)
    return project


class Runner:
    """A machine on which the examples run, as an administrator of the project by a token of it."""

    def __init__(self, folder: Path, project: Project) -> None:
        self.folder, self.project = folder, project
        body = {"name": new_name("pipeline"), "role": "administrator"}
        self.token = good(project.boss.post(f"{project.path}/tokens", json=body), 201)["token"]
        programs = folder / "programs"
        programs.mkdir()
        for name, script in PROGRAMS.items():
            (programs / name).write_text(f"#!/bin/sh\n{script}\n")
            (programs / name).chmod(0o755)
        (folder / "model.py").write_text(MODEL)
        self.known = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "client" / "src"),
            "HOME": str(folder),
        }

    def run(self, script: str, environment: Mapping[str, str], code: int = 0) -> str:
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env={**self.known, **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.returncode == code, f"{script}\n{ended.stdout}{ended.stderr}"
        return ended.stdout

    @property
    def signed_in(self) -> dict[str, str]:
        return {"LABELING_URL": str(self.project.boss.base_url).rstrip("/"), "LABELING_TOKEN": self.token}


@pytest.fixture
def runner(tmp_path: Path, project: Project) -> Runner:
    return Runner(tmp_path, project)


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_a_token_signs_in_a_shell_and_any_other_program(people: People, runner: Runner) -> None:
    token = good(people().post("/api/tokens", json={"name": new_name("shell")}), 201)["key"]
    signed_in = {**runner.signed_in, "LABELING_TOKEN": token}
    here = SIGN_IN.replace("https://labels.example.org", signed_in["LABELING_URL"]).replace("lbs_...", token)
    assert here != SIGN_IN
    assert str(runner.project.get()["name"]) in runner.run(here, {})
    assert json.loads(runner.run(CURL.replace("curl", "curl -s"), signed_in))["name"] == "administrator"


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_the_calls_of_the_guide_do_what_it_says(runner: Runner) -> None:
    names, script = GUIDE.split("\n", 1)
    assert names.startswith("export SITE=")
    here = {"SITE": runner.signed_in["LABELING_URL"], "PROJECT": runner.project.id, "TOKEN": runner.token}
    runner.run(script.replace("curl", "curl --silent --show-error --fail-with-body"), here)
    assert next(runner.project.pages("exports"))["format"] == "csv"
    assert next(runner.project.pages("imports"))["dryRun"]


def test_the_workflow_uploads_waits_trains_and_suggests(runner: Runner) -> None:
    (runner.folder / "new-images").mkdir()
    (runner.folder / "new-images" / "new.png").write_bytes(picture("blue"))
    (runner.folder / "train.py").write_text(TRAIN)
    job = WORKFLOW["jobs"]["train"]
    # What stands for it on GitHub; any other expression is a mistake.
    expressions = {
        "vars.LABELING_URL": runner.signed_in["LABELING_URL"],
        "secrets.LABELING_TOKEN": runner.token,
        "github.run_number": "7",
    }

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: expressions[found[1]], text)

    environment = {**{name: filled(value) for name, value in job["env"].items()}, "PROJECT": runner.project.id}
    assert "Cats and dogs" in job["env"]["PROJECT"]
    for step in job["steps"]:
        assert step.keys() in ({"run"}, {"uses"}, {"uses", "with"}), step
        if "run" in step:
            # Two of four are labeled, so with nine in ten the night ends there.
            runs_out = "--until" in step["run"]
            runner.run(filled(step["run"]).replace("--timeout 1800", "--timeout 0"), environment, 6 if runs_out else 0)
    suggested = next(runner.project.pages("imports"))
    assert (suggested["name"], suggested["as"], suggested["labeled"]) == ("run 7", "suggestions", 2)


def test_the_workflow_uses_what_this_repositorys_own_uses() -> None:
    own = (ROOT / ".github" / "workflows").glob("*.yml")
    used = {step["uses"] for step in WORKFLOW["jobs"]["train"]["steps"] if "uses" in step}
    assert used <= set(re.findall(r"uses: (\S+)", "".join(file.read_text("utf-8") for file in own)))


def test_the_job_reads_its_token_from_the_vault_and_suggests_under_its_name(runner: Runner) -> None:
    (runner.folder / "train_in_azure.py").write_text(TRAIN_IN_AZURE)
    (runner.folder / "sitecustomize.py").write_text(VAULT)
    (runner.folder / "token").write_text(runner.token)
    variables = {**JOB["environment_variables"], "LABELING_URL": runner.signed_in["LABELING_URL"]}
    assert {"LABELING_URL", "PROJECT", "VAULT"} == JOB["environment_variables"].keys()
    runner.known["PYTHONPATH"] += f"{os.pathsep}{runner.folder}"
    runner.run(JOB["command"], {**variables, "PROJECT": runner.project.id, "AZUREML_RUN_ID": "brave_cat_1"})
    suggested = next(runner.project.pages("imports"))
    assert (suggested["name"], suggested["labeled"]) == ("brave_cat_1", 1)


def test_the_job_is_one_that_azure_ml_takes() -> None:
    """By Microsoft's reference of the command job and of the environment (CLI v2)."""
    assert JOB["$schema"].endswith("/latest/commandJob.schema.json")
    assert (JOB["type"], JOB["identity"], JOB["code"]) == ("command", {"type": "managed"}, ".")
    assert JOB["environment"].keys() == {"image", "conda_file"}
    installed: Any = next(one["pip"] for one in CONDA["dependencies"] if isinstance(one, dict))
    assert installed == [CLIENT, "azure-identity", "azure-keyvault-secrets"]


def test_the_token_gets_into_the_vault_and_the_job_may_read_it(runner: Runner) -> None:
    runner.run(AZ, {"LABELING_TOKEN": "lbl_t", "VAULT_ID": "/vaults/v", "COMPUTE_IDENTITY": "id"})
    kept, allowed = (runner.folder / "az.log").read_text().splitlines()
    assert kept == "keyvault secret set --vault-name my-vault --name labeling-token --value lbl_t"
    assert allowed == "role assignment create --role Key Vault Secrets User --scope /vaults/v --assignee id"
