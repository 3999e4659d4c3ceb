"""The first model of samples/: learned from a project's labels, and its predictions back as suggestions."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from azure.storage.blob import ContainerClient

from image_labeling import Labeling, Project
from tests.api.builders import People, new_name, picture, service_token
from tests.running import Service

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
IMAGES = SAMPLES / "cats-and-dogs"
# Of 60; the sides of a split go by the names, and so does how many of the test side it says rightly.
FOLDER, LABELED = "first-model/", 48

TORCH = pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
PROGRAMS = [pytest.param("train.py", id="scikit-learn"), pytest.param("train_torch.py", id="torch", marks=TORCH)]


def truth() -> dict[str, str]:
    with (IMAGES / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["label"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def environment(service: Service) -> Iterator[dict[str, str]]:
    """Where the service is and by which token it is called, as somebody who has logged in."""
    people = People(service)
    client = os.pathsep.join([str(ROOT / "client" / "src"), os.environ.get("PYTHONPATH", "")])
    yield {**os.environ, "LABELING_URL": service.url, "LABELING_TOKEN": service_token(people), "PYTHONPATH": client}
    people.close()


@pytest.fixture(scope="module")
def labeling(environment: dict[str, str]) -> Iterator[Labeling]:
    with Labeling(environment=environment) as labeling:
        yield labeling


def put(service: Service, folder: str, files: Mapping[str, bytes]) -> None:
    with ContainerClient.from_connection_string(service.data_storage, "workspace") as container:
        for name, content in files.items():
            container.upload_blob(folder + name, content, overwrite=True)


@pytest.fixture(scope="module")
def cats_and_dogs(service: Service, labeling: Labeling) -> Project:
    """The samples, four in five of them labeled."""
    put(service, FOLDER, {path.name: path.read_bytes() for path in (IMAGES / "images").iterdir()})
    name = new_name("Cats and dogs")
    project = labeling.projects.create(name, labels=["Cat", "Dog"], images=FOLDER, ml_assist=True)
    label(project, {f"{FOLDER}{file}": said for file, said in list(truth().items())[:LABELED]})
    return project


def label(project: Project, labels: Mapping[str, str | list[str]]) -> None:
    lines = [
        json.dumps({"path": path, "label": [said] if isinstance(said, str) else said}) for path, said in labels.items()
    ]
    done = project.imports.start(content="\n".join(lines), format="azureml", wait_for_images=True)
    assert done.labeled == len(labels), done


def ran(environment: Mapping[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=dict(environment), cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def accuracy_in(told: str) -> tuple[float, int]:
    found = re.search(r"accuracy: ([0-9.]+) \([0-9]+ of ([0-9]+) images", told)
    assert found, told
    return float(found[1]), int(found[2])


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_model_is_better_than_chance_and_its_predictions_are_suggestions(
    environment: dict[str, str], cats_and_dogs: Project, program: str
) -> None:
    told = ran(environment, f"samples/{program}", "--project", cats_and_dogs.name, "--name", "my model")
    accuracy, tested = accuracy_in(told)
    assert accuracy > 0.5
    assert 8 <= tested <= 11
    run = next(iter(cats_and_dogs.imports))
    assert (run.name, run.as_, run.labeled + run.unchanged) == ("my model", "suggestions", 60 - LABELED)
    waiting = {image.name for image in cats_and_dogs.images(state="waiting")}
    assert waiting == {f"{FOLDER}{file}" for file in list(truth())[LABELED:]}


def test_the_notebook_does_the_same(environment: dict[str, str], cats_and_dogs: Project) -> None:
    notebook = json.loads((SAMPLES / "train.ipynb").read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not [cell for cell in notebook["cells"] if cell.get("outputs") or cell.get("execution_count")]
    told = ran({**environment, "LABELING_PROJECT": cats_and_dogs.name}, "-c", CELLS, str(SAMPLES), json.dumps(code))
    assert accuracy_in(told)[0] > 0.5
    run = next(iter(cats_and_dogs.imports))
    assert (run.name, run.labeled + run.unchanged) == ("notebook, 38 labels", 60 - LABELED)


# As a notebook is run: its folder is the working directory, and all cells share their names.
CELLS = """
import json, os, sys
os.chdir(sys.argv[1])
sys.path.insert(0, "")
names = {"__name__": "__main__"}
for number, cell in enumerate(json.loads(sys.argv[2])):
    exec(compile(cell, f"cell {number}", "exec"), names)
"""


@pytest.mark.parametrize("program", PROGRAMS)
def test_where_images_may_have_several_labels_each_is_learned(
    service: Service, environment: dict[str, str], labeling: Labeling, program: str
) -> None:
    folder = f"{new_name('several')}/"
    colors = {"red": ["Warm"], "orange": ["Warm"], "blue": ["Cold"], "black": []}
    names = [f"{color} {number:02}.png" for number in range(12) for color in colors]
    put(service, folder, {name: picture(name.partition(" ")[0]) for name in names})
    project = labeling.projects.create(
        new_name("Colors"), labels=["Warm", "Cold"], images=folder, task_type="multiLabel", ml_assist=True
    )
    label(project, {folder + name: colors[name.partition(" ")[0]] for name in names[:-4]})
    told = ran(environment, f"samples/{program}", "--project", project.id)
    assert accuracy_in(told)[0] == 1
    run = next(iter(project.imports))
    # Of the black one nothing is said.
    assert (run.labeled, run.unmatched.count) == (3, 0)
    assert re.fullmatch("first model, 3[0-9] labels", run.name or "")


def test_where_suggestions_are_off_it_says_what_to_do(
    service: Service, environment: dict[str, str], labeling: Labeling
) -> None:
    folder = f"{new_name('off')}/"
    put(service, folder, {"a.png": picture()})
    project = labeling.projects.create(new_name("Off"), labels=["Cat", "Dog"], images=folder)
    done = subprocess.run(
        [sys.executable, "samples/train.py", "--project", project.name],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: Turn on suggestions first")
