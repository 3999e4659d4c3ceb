"""az and azd for a hook, with what they hold, and how a hook is run between them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TENANT = "11111111-2222-3333-4444-555555555555"


class Azure:
    """Stand-ins for az and azd in a folder (fake_az.py)."""

    def __init__(self, folder: Path, **state: Any) -> None:
        self.folder = folder
        fake = f"#!{sys.executable} -S\n" + (Path(__file__).parent / "fake_az.py").read_text("utf-8")
        for name in ("az", "azd"):
            (folder / name).write_text(fake, "utf-8")
            (folder / name).chmod(0o755)
        start: dict[str, Any] = {"tenant": TENANT, "env": {}, "settings": {}, "credentials": [], "person": {}}
        start |= {"signed_in": True, "deployer": "the-deployer", **state}
        (folder / "state.json").write_text(json.dumps(start), "utf-8")

    @property
    def state(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "state.json").read_text("utf-8")))

    @property
    def calls(self) -> list[str]:
        file = self.folder / "calls.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [" ".join(json.loads(line)) for line in lines]

    def stand_in(self, monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
        """Puts them on the PATH of this process, with what azd would hand to a hook."""
        for name, value in {"PATH": str(self.folder), "FAKE_AZURE": str(self.folder), **environment}.items():
            monkeypatch.setenv(name, value)

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
