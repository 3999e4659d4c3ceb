"""The package of the function app has what the service needs and nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.infra.packing import packed

NEEDED = ["function_app.py", "functions/api.py", "functions/assist/model/a.onnx", "host.json", "requirements.txt"]
# What else lies there, or comes to lie there where somebody works.
STRAYS = [
    ".azure/one/.env",
    ".env",
    ".funcignore",
    ".git/config",
    ".localdata/secrets.json",
    ".venv/bin/python",
    "app_env/pyvenv.cfg",
    "functions/__pycache__/api.pyc",
    "functions/assist/__pycache__/learning.pyc",
    "functions/local.settings.json",
    "infra/hooks/tools.py",
    "local.settings.json",
    # With it, Azure would install what it names in place of requirements.txt.
    "pyproject.toml",
    "requirements.in",
    "samples/functions/a.png",
    "static_site/dist/index.html",
    "tests/infra/packing.py",
]


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A folder as somebody has it who works on the service."""
    for name in (*NEEDED, *STRAYS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(root / ".funcignore", tmp_path)
    return tmp_path


def test_exactly_what_the_service_needs_is_packed(folder: Path) -> None:
    assert packed(folder) == NEEDED


def test_everything_of_the_service_is_packed(root: Path) -> None:
    names = ["function_app.py", "functions", "host.json", "requirements.txt"]
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *names]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    there = [name for name in done.stdout.splitlines() if (root / name).exists()]
    assert packed(root) == sorted(there, key=lambda name: name.split("/"))


@pytest.mark.parametrize(
    ("old", "new", "more", "less"),
    [
        ("/*\n", "/tests\n", [".env", "pyproject.toml"], []),
        ("!/functions\n", "", [], []),
        ("!/functions/**\n", "", [], ["functions/api.py"]),
        ("!/functions/**\n", "!/functions/*\n", [], ["functions/assist/model/a.onnx"]),
        ("!/requirements.txt\n", "", [], ["requirements.txt"]),
        ("!/host.json\n!", "!/requirements.in\n!", ["requirements.in"], ["host.json"]),
        ("\n__pycache__", "", ["functions/__pycache__/api.pyc"], []),
        ("\n__pycache__", "\n__pycache__/", [], []),
        ("\n__pycache__", "\n/functions/__pycache__", ["functions/assist/__pycache__/learning.pyc"], []),
    ],
)
def test_what_azd_makes_of_other_lines(folder: Path, old: str, new: str, more: list[str], less: list[str]) -> None:
    file = folder / ".funcignore"
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), "utf-8")
    found = packed(folder)
    assert set(more) <= set(found)
    assert set(less).isdisjoint(found)
    if not more and not less:
        assert found == NEEDED
