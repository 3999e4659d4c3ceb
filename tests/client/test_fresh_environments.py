"""The package as a user has it: installed into a fresh environment of the oldest and the newest Python, and driven from
the shell and from a script against the running service.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.api.builders import new_name, picture
from tests.running import ROOT, Service

OLDEST, NEWEST = "3.10", "3.13"
UV = Path(sys.executable).with_name("uv")
# Installing asks PyPI; on a machine without it, uv's cache may do.
PATIENCE = 300

SCRIPT = """
from image_labeling import Labeling, LabelingError

with Labeling() as labeling:
    project = labeling.project({name!r})
    assert project.progress().labeled == 4, project.progress()
    assert sorted(image.labels[0] for image in project.images(state="labeled")) == ["Cat", "Cat", "Dog", "Dog"]
    done = project.wait_until(labeled=0.6, timeout=30)
    assert done.share_labeled > 0.6
    images = project.load()
    assert list(images.classes) == ["Cat", "Dog"]
    assert sorted(map(list, images.label_names)) == [["Cat"], ["Cat"], ["Dog"], ["Dog"]]
    assert all(path.stat().st_size > 0 for path in images.paths)
    try:
        labeling.project("nothing like it")
    except LabelingError as error:
        assert error.type == "not-found" and error.request_id, error
    else:
        raise AssertionError("there is one")
print("as it should be")
"""


@dataclass
class Environment:
    """A fresh one, and the home of who uses it."""

    folder: Path
    home: Path

    def run(
        self, *command: object, code: int = 0, stdin: str = "", more: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        words = [str(word) for word in command]
        words[0] = str(self.folder / "bin" / words[0])
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
        environment = {**kept, "HOME": str(self.home), **(more or {})}
        ended = subprocess.run(words, input=stdin, capture_output=True, text=True, timeout=PATIENCE, env=environment)
        assert ended.returncode == code, f"{command}: {ended.returncode}\n{ended.stdout}{ended.stderr}"
        assert "Traceback" not in ended.stderr
        return ended

    def shell(self, *words: object, code: int = 0, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return self.run("image-labeling", *words, code=code, stdin=stdin)

    def json(self, *words: object) -> Any:
        return json.loads(self.shell(*words, "--json").stdout)


def python_of(version: str) -> Path | None:
    """Where this Python is, if it is here: on the path, among pyenv's, or among those that uv knows."""
    found = [shutil.which(f"python{version}"), *sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    uv = subprocess.run(
        [UV, "python", "find", "--no-python-downloads", version], capture_output=True, text=True, check=False
    )
    for path in (*found, uv.stdout.strip()):
        # What pyenv puts on the path answers only where this version is chosen.
        told = path and subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        if told and told.returncode == 0 and told.stdout.startswith(f"Python {version}."):
            return Path(str(path))
    return None


@pytest.fixture(scope="module", params=[OLDEST, NEWEST])
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    python = python_of(request.param)
    if python is None:
        pytest.skip(f"Python {request.param} is not here")
    home = tmp_path_factory.mktemp("home")
    made = Environment(home / "environment", home)
    _uv("venv", "--python", python, made.folder)
    _uv("pip", "install", "--python", made.folder / "bin" / "python", ROOT / "client")
    return made


def test_from_a_folder_to_labels_and_back(
    environment: Environment, service: Service, service_token: str, tmp_path: Path
) -> None:
    shell, name = environment.shell, new_name("fresh")
    pictures = tmp_path / "pictures"
    for number in range(6):
        file = pictures / ("cats" if number % 2 else "dogs") / f"{number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture())

    assert "Logged in" in shell("login", service.url, "--token", "-", stdin=f"{service_token}\n").stderr
    login = environment.home / ".config" / "image-labeling" / "login.json"
    assert login.stat().st_mode & 0o777 == 0o600

    assert len(environment.json("upload", pictures, "--to", f"{name}/")["uploaded"]) == 6
    assert environment.json("upload", pictures, "--to", f"{name}/")["uploaded"] == []
    made = environment.json(
        "project", "create", name, "--label", "Cat", "--label", "Dog", "--images", f"{name}/", "--suggestions"
    )
    assert made["status"] == "created"
    assert name in shell("project", "list").stdout

    labels = tmp_path / "labels.csv"
    _write(labels, ("image", "label"), [(f"cats/{n}.png", "Cat") for n in (1, 3)] + [("dogs/0.png", "Dog")])
    assert environment.json("import", name, labels, "--wait-for-images")["labeled"] == 3
    shell("label", name, "dogs/2.png", "--label", "Dog")
    predictions = tmp_path / "predictions.csv"
    _write(predictions, ("image", "label", "confidence"), [("cats/5.png", "Cat", 0.9), ("dogs/4.png", "Dog", 0.7)])
    assert environment.json("suggest", name, predictions, "--name", "model 1")["labeled"] == 2
    assert environment.json("progress", name, "--until", 0.6, "--timeout", 30)["labeled"] == 4

    environment.json("export", name, "coco", "--to", tmp_path / "out", "--with-images")
    assert (tmp_path / "out" / "coco.zip").stat().st_size > 0

    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(name=name), encoding="utf-8")
    assert environment.run("python", script).stdout == "as it should be\n"

    shell("project", "delete", name, code=2)
    shell("project", "delete", name, "--yes")
    shell("project", "show", name, code=3)
    shell("logout")
    assert "image-labeling login" in shell("project", "list", code=4).stderr


def test_what_people_import_needs_neither_rich_nor_typer(environment: Environment) -> None:
    told = environment.run(
        "python", "-c", "import image_labeling, sys; print(*(m for m in ('rich', 'typer') if m in sys.modules))"
    )
    assert told.stdout.strip() == ""


def test_shells_complete_it(environment: Environment) -> None:
    asked = {"_IMAGE_LABELING_COMPLETE": "complete_bash", "COMP_WORDS": "image-labeling pro", "COMP_CWORD": "1"}
    told = environment.run("image-labeling", more=asked)
    assert sorted(told.stdout.split()) == ["progress", "project"]


def test_types_come_with_it(environment: Environment) -> None:
    told = environment.run("python", "-c", "import image_labeling; print(image_labeling.__file__)")
    assert (Path(told.stdout.strip()).parent / "py.typed").exists()


def test_the_wheel_has_all_of_the_package_and_nothing_else(tmp_path: Path) -> None:
    _uv("build", "--wheel", "--out-dir", tmp_path, ROOT / "client")
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = {name for name in opened.namelist() if ".dist-info/" not in name}
    source = ROOT / "client" / "src"
    assert names == {
        path.relative_to(source).as_posix() for path in source.rglob("*") if path.suffix in (".py", ".typed")
    }


def _uv(*words: object) -> None:
    command = [str(UV), *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 0, ended.stderr


def _write(file: Path, header: tuple[str, ...], rows: list[Any]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([header, *rows])
