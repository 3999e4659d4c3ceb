"""The deployment's files, and copies of them with a fault."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("infra", "azure.yaml", ".funcignore", "host.json")
SITE = ("staticwebapp.config.json", "swa-cli.config.json")


@pytest.fixture
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def faulty(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Makes a copy of the deployment's files in which one text is another, and gives its folder."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "static_site").mkdir()
    for name in SITE:
        shutil.copy(ROOT / "static_site" / name, tmp_path / "static_site")

    def change(file: str, old: str, new: str) -> Path:
        path = tmp_path / file
        before = path.read_text("utf-8")
        assert old in before, f"{file} has no {old!r} to change"
        path.write_text(before.replace(old, new, 1), "utf-8")
        return tmp_path

    return change
