"""Where `azd up` is rehearsed: a copy of what is deployed, and stand-ins for az and azd with what they hold."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.infra.azure import ROOT, Azure

# The administrator is who deploys; azd's environment holds no more than azd asks for itself.
PERSON = {"userPrincipalName": "anna@example.org", "id": "anna-1"}
FRESH = {"AZURE_ENV_NAME": "one", "AZURE_LOCATION": "westeurope", "AZURE_SUBSCRIPTION_ID": "sub-1"}
NOT_COPIED = shutil.ignore_patterns("__pycache__", "node_modules", "dist")


class Failed(Exception):
    """Of a step: what is wrong, and what to do."""


@dataclass
class Stage:
    """folder: what is deployed. tools: what make has installed for this. parameters: what azd hands to the templates.
    site, functions: where the site and, past it, the functions answer, once they run.
    """

    folder: Path
    scratch: Path
    azure: Azure
    tools: Path = ROOT / ".rehearsal"
    parameters: dict[str, Any] = field(default_factory=dict)
    site: str = ""
    functions: str = ""
    data_storage: str = ""
    running: ExitStack = field(default_factory=ExitStack)

    @property
    def package(self) -> Path:
        """The package of the function app, as it is unpacked in Azure."""
        return self.scratch / "package"

    @property
    def environment(self) -> dict[str, str]:
        """azd's values."""
        return dict(self.azure.state["env"])

    def remember(self, **changes: Any) -> None:
        """Changes what Azure or azd holds (env for azd's values, which are added to)."""
        state = self.azure.state
        changes["env"] = {**state["env"], **changes.get("env", {})}
        (self.azure.folder / "state.json").write_text(json.dumps({**state, **changes}), "utf-8")

    def run(
        self,
        *command: str,
        folder: Path | None = None,
        settings: Mapping[str, str] | None = None,
        may_fail: bool = False,
    ) -> str:
        """What a program prints, between the stand-ins and with azd's values. Raises Failed with its words."""
        path = f"{self.azure.folder}{os.pathsep}{os.environ['PATH']}"
        known = {**os.environ, **self.environment, **(settings or {})}
        known |= {"PATH": path, "FAKE_AZURE": str(self.azure.folder)}
        done = subprocess.run(
            command, cwd=folder or self.folder, env=known, capture_output=True, text=True, check=False
        )
        if done.returncode != 0 and not may_fail:
            raise Failed(f"{' '.join(command)[:80]} fails:\n{(done.stdout + done.stderr).strip()[-2000:]}")
        return done.stdout + done.stderr


# A step of the rehearsal: what it found to be well, in a line.
Step = Callable[[Stage], str]


def set_stage(scratch: Path, folder: Path = ROOT) -> Stage:
    """A stage in an empty folder, with a copy of the deployment of this one."""
    azure = Azure(_made(scratch / "azure"), env=FRESH, person=PERSON)
    copy = scratch / "project"
    for name in ("infra", "functions", "static_site"):
        shutil.copytree(folder / name, copy / name, ignore=NOT_COPIED)
    for name in ("azure.yaml", ".funcignore", "function_app.py", "host.json", "requirements.in", "requirements.txt"):
        shutil.copy(folder / name, copy)
    return Stage(copy, scratch, azure)


def none_of(complaints: list[str]) -> None:
    """Raises Failed where there are complaints."""
    if complaints:
        raise Failed("\n".join(complaints))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
