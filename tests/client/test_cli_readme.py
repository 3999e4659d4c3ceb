"""What the client's README says of the command line: its commands, its exit codes, and the lines to type."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from image_labeling.cli.exits import MEANINGS
from tests.api.builders import new_name, picture
from tests.client.command_line import CommandLine
from tests.client.test_cli_commands import ALL
from tests.running import PATIENCE, ROOT

SECTION = (ROOT / "client" / "README.md").read_text("utf-8").partition("\n## From a shell\n")[2].partition("\n## ")[0]


def test_it_names_every_command() -> None:
    rows = re.findall(r"^\| (?:`(\w+)` )?\| (`.*`) \|$", SECTION, re.MULTILINE)
    told = {f"{noun} {verb}".strip() for noun, verbs in rows for verb in re.findall(r"`(\w+)`", verbs)}
    assert told == set(ALL)


def test_it_names_every_exit_code() -> None:
    told = re.findall(r"^\| (\d+) \| (.+) \|$", SECTION, re.MULTILINE)
    assert told == [(f"{code:d}", meaning) for code, meaning in MEANINGS.items()]


def test_what_it_types_works(shell: CommandLine, tmp_path: Path) -> None:
    if shutil.which("jq") is None:
        pytest.skip("jq is not here")
    name, folder = new_name("Pets"), new_name("pets")
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(4):
        (photos / f"{number}.png").write_bytes(picture())
    (tmp_path / "labels.csv").write_text("image,label\n0.png,Cat\n1.png,Dog\n2.png,Cat\n")
    (tmp_path / "predictions.csv").write_text("image,label,confidence\n3.png,Dog,0.9\n")
    (tmp_path / "token.txt").write_text(shell.environment["LABELING_TOKEN"])
    program = tmp_path / "bin" / "image-labeling"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom image_labeling.cli.app import main\nmain()\n")
    program.chmod(0o755)
    typed = "\n".join(re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL))
    for written, here in (
        ("https://labels.example.org", shell.environment["LABELING_URL"]),
        ("Pets", name),
        ("pets/", f"{folder}/"),
    ):
        typed = typed.replace(written, here)
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", typed],
        cwd=tmp_path,
        env={**os.environ, **shell.environment, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    # Images come in an order of their own.
    assert {f"{folder}/0.png", f"{folder}/2.png"} <= set(ended.stdout.splitlines())
    assert (tmp_path / "labels" / "coco.zip").is_file()
    assert f"Deleted the project {name}." in ended.stderr
