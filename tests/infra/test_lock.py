"""What Azure installs is pinned, and is what the service is tried with here."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.infra.lock import complaints, strays

Look = Callable[[Path], list[str]]


def test_the_lock_pins_what_the_service_needs_with_hashes(root: Path) -> None:
    assert complaints(root) == []


def test_what_is_installed_here_is_what_the_lock_pins_and_no_pin_is_left_over(root: Path) -> None:
    assert strays(root) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "look", "found"),
    [
        ("requirements.in", "pillow>=13.0,<14", "pillow>=99,<100", complaints, "for Python 3.12, pillow is pinned as"),
        ("requirements.in", "pillow>=", "pluggy>=1\npillow>=", complaints, "for Python 3.13, pluggy is not pinned"),
        ("requirements.in", "azure-functions>=1.21,<3", "azure-functions>=2", complaints, "for Python 3.11, azure-fun"),
        ("requirements.txt", "\npillow==", "\npillow>=", complaints, "pillow>=13.0.0 is no pin with a hash"),
        ("requirements.txt", "\nidna==", "\npluggy==1.0\nidna==", complaints, "pluggy==1.0 is no pin with a hash"),
        ("requirements.txt", " ; python_full_version < '3.12'", "", complaints, "3.13, numpy is pinned twice"),
        ("requirements.txt", "\nidna==", "\nidna==0.", strays, "idna is installed as"),
        ("requirements.txt", "\nidna==", "\npluggy==1.0\nidna==", strays, "pluggy is pinned and not"),
        ("requirements.txt", "\nidna==", "\npluggy==", strays, "idna is needed and not pinned"),
        ("requirements.in", "pycocotools", "# pycocotools", strays, "pycocotools is pinned and not needed"),
    ],
)
def test_a_lock_that_is_not_current_is_found(
    root: Path, tmp_path: Path, file: str, old: str, new: str, look: Look, found: str
) -> None:
    for name in ("requirements.in", "requirements.txt"):
        shutil.copy(root / name, tmp_path)
    before = (tmp_path / file).read_text("utf-8")
    assert old in before
    (tmp_path / file).write_text(before.replace(old, new, 1), "utf-8")
    assert any(found in words for words in look(tmp_path))
