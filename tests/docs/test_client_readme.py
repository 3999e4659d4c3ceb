"""The examples of client/README.md run, one after the other, as somebody would type them."""

import importlib.util
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from image_labeling import Labeling, Project
from image_labeling.projects import Projects
from tests.api.builders import LABELS, Folder, People, good, new_name, picture, pictures
from tests.client.conftest import wait_until_prepared
from tests.docs import torch_like
from tests.docs.floors import ROOT

PAGE = (ROOT / "client" / "README.md").read_text("utf-8")
FIRST, *REST = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
TAKES_TORCH = "image_labeling.loading.torch"
TABLE = re.findall(r"^\| (.*?) \| (.*?) \|$", PAGE[PAGE.index("## What there is") :], re.MULTILINE)


@pytest.fixture(scope="module")
def token(people: People) -> str:
    return str(good(people().post("/api/tokens", json={"name": "README"}), 201)["key"])


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: People, token: str) -> Path:
    """A folder in which somebody works who is signed in."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"URL": people.service.url, "TOKEN": token, "CACHE": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(f"LABELING_{name}", value)
    return tmp_path


def run(block: str, names: dict[str, Any], replaced: Mapping[str, str]) -> None:
    for text, by in replaced.items():
        block = block.replace(text, by)
    exec(compile(block, "client/README.md", "exec"), names)


def test_the_first_example_has_five_lines_and_is_the_services_own_readmes_too() -> None:
    assert len(FIRST.splitlines()) <= 5
    assert FIRST in (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real one, or what of it the example needs."""
    if importlib.util.find_spec("torch") is None:
        for name, module in torch_like.modules().items():
            monkeypatch.setitem(sys.modules, name, module)
        # What imports it is gone with it.
        monkeypatch.setitem(sys.modules, TAKES_TORCH, None)
        del sys.modules[TAKES_TORCH]


def labeled_project(labeling: Labeling, people: People) -> Project:
    """Ten Cats."""
    folder = Folder(people, pictures(10))
    project = labeling.projects.create(new_name("cats"), labels=LABELS, images=folder.prefix)
    wait_until_prepared(project)
    project.label({f"{number:02}.png": "Cat" for number in range(10)})
    return project


@pytest.mark.usefixtures("torch", "at_home")
def test_five_lines_lead_from_a_token_to_a_batch(people: People, token: str) -> None:
    project = labeled_project(Labeling(), people)
    names: dict[str, Any] = {}
    run(
        FIRST,
        names,
        {"https://labels.example.org": people.service.url, "lbs_...": token, "Cats and dogs": project.name},
    )
    assert len(names["images"]) == len(names["labels"]) == len(project.load(split="train")) > 0
    assert tuple(names["images"][0].shape) == (3, 224, 224)
    assert {int(label) for label in names["labels"]} == {0}


def test_the_examples_run_one_after_the_other(at_home: Path, people: People) -> None:
    photos = at_home / "photos"
    photos.mkdir()
    for number in range(1, 7):
        (photos / f"{number:03}.jpg").write_bytes(picture(kind="JPEG"))
    (at_home / "labels.csv").write_text("image,label\n005.jpg,Cat\n")
    replaced = {"pets/": f"{new_name('pets')}/", "Pets": new_name("Pets"), "kim@example.org": new_name("kim")}
    replaced["labeled=0.9"] = "labeled=0.1"
    names: dict[str, Any] = {}
    for block in REST:
        if ".load(" in block:
            # So that there are some on each side.
            names["project"].label({f"{number:03}.jpg": "Cat" for number in range(2, 7)})
        run(block, names, replaced)
        if "projects.create" in block:
            wait_until_prepared(names["project"])
    assert (names["done"].labeled, names["done"].unmatched.count) == (2, 0)
    assert [len(names["review"].done), len(names["review"].stale)] == [1, 0]
    assert names["paths"][0].exists()
    assert (names["backup"].status, names["test"].classes) == ("completed", ("Cat", "Dog"))


# What needs no word.
PLAIN = {"close", "id", "labels", "name", "reload", "task_type", "url"}
OWNERS = {"labeling": Labeling, "labeling.projects": Projects}


@pytest.mark.parametrize("owner", [Labeling, Projects, Project])
def test_the_table_has_all_that_there_is(owner: type) -> None:
    rows = [what for where, what in TABLE if OWNERS.get(where.strip("`"), Project) is owner]
    listed = set(re.findall(r"`(\w+)(?:\(\w*\))?`", "".join(rows)))
    there = {name for name in dir(owner) if not name.startswith("_")}
    assert listed - there - {"answer"} == set()
    assert there - listed - PLAIN == set()
