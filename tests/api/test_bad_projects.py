"""Projects that cannot be made, or not be made so: each call gets a clear problem, and nothing is changed."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.api.builders import (
    Folder,
    People,
    Project,
    assert_problem,
    good,
    new_name,
    new_project,
    pictures,
    project_request,
)


@pytest.fixture
def as_many_projects(people: People) -> Iterator[None]:
    """There are as many projects and datasets afterwards as before."""

    def names() -> list[list[str]]:
        lists = [
            good(people().get(f"/api/{what}", params={"limit": 200}))["items"] for what in ("projects", "datasets")
        ]
        return [[item["name"] for item in items] for items in lists]

    before = names()
    yield
    assert names() == before


WRONG_PROJECTS: dict[str, tuple[dict[str, Any], str]] = {
    "a name that is a number": ({"name": 5}, "name"),
    "no name but blanks": ({"name": "   "}, "name"),
    "a name of 101 characters": ({"name": "n" * 101}, "name"),
    "a name with a control character": ({"name": "a\u0007b"}, "name"),
    "another task": ({"taskType": "boxes"}, "taskType"),
    "a refresh that is a word": ({"incrementalRefresh": "yes"}, "incrementalRefresh"),
    "an unknown order": ({"order": "newest"}, "order"),
    "help by a model that is a word": ({"mlAssist": "yes"}, "mlAssist"),
    "figures for labelers that are a word": ({"labelersSeeFigures": "yes"}, "labelersSeeFigures"),
    "an unknown order of suggestions": ({"suggestionOrder": "best"}, "suggestionOrder"),
    "suggestions that are never wrong": ({"suggestionPrecision": 1}, "suggestionPrecision"),
    "an unknown field": ({"color": "red"}, "color"),
    "a field in snake case": ({"lease_minutes": 5}, "lease_minutes"),
    "an unknown field within": ({"instructions": {"text": "", "video": ""}}, "instructions.video"),
    "instructions at no web address": ({"instructions": {"url": "javascript:alert(1)"}}, "instructions.url"),
    "instructions that are too long": ({"instructions": {"text": "x" * 20_001}}, "instructions.text"),
    "leases of no minutes": ({"leaseMinutes": 0}, "leaseMinutes"),
    "leases of more than a day": ({"leaseMinutes": 1441}, "leaseMinutes"),
    "leases of half minutes": ({"leaseMinutes": 1.5}, "leaseMinutes"),
    "labels that are a text": ({"labels": "Cat"}, "labels"),
    "labels that are numbers": ({"labels": [1, 2]}, "labels.0"),
    "no label": ({"labels": []}, "labels"),
    "one label": ({"labels": ["Cat"]}, "labels"),
    "501 labels": ({"labels": [f"label {number}" for number in range(501)]}, "labels"),
    "a label twice": ({"labels": ["Cat", "Dog", "Cat"]}, "labels"),
    "a label twice after trimming": ({"labels": ["Cat", " Cat\t"]}, "labels"),
    "a label twice in two forms of Unicode": ({"labels": ["caf\u00e9", "cafe\u0301"]}, "labels"),
    "an empty label": ({"labels": ["Cat", " "]}, "labels.1"),
    "a label of 101 characters": ({"labels": ["Cat", "l" * 101]}, "labels.1"),
    "a label with a line break": ({"labels": ["Cat", "D\nog"]}, "labels.1"),
    "a label of a name and a color": ({"labels": ["Cat", {"name": "Dog", "color": "red"}]}, "labels.1.color"),
    "a label without a name": ({"labels": ["Cat", {"group": "Animal"}]}, "labels.1.name"),
    "a label twice, once in a group": ({"labels": ["Cat", {"name": "Cat", "group": "Animal"}]}, "labels"),
    "a group with an empty name": ({"labels": ["Cat", {"name": "Dog", "group": "Animal//Pets"}]}, "labels.1.group"),
    "a group of seven names": ({"labels": ["Cat", {"name": "Dog", "group": "a/b/c/d/e/f/g"}]}, "labels.1.group"),
    "a group whose name has 101 characters": (
        {"labels": ["Cat", {"name": "Dog", "group": f"Animal/{'g' * 101}"}]},
        "labels.1.group",
    ),
    "groups that are too long together": (
        {"labels": [{"name": f"label {n}", "group": "/".join(["g" * 100] * 6)} for n in range(200)]},
        "labels",
    ),
    "groups that are texts": ({"groups": ["Animal"]}, "groups.0"),
    "a group without a path": ({"groups": [{"path": " ", "exclusive": False}]}, "groups.0.path"),
    "a group that does not say whether it is exclusive": ({"groups": [{"path": "Animal"}]}, "groups.0.exclusive"),
    "a group twice": (
        {
            "labels": ["Cat", {"name": "Dog", "group": "Animal"}],
            "groups": [{"path": "Animal", "exclusive": False}, {"path": " Animal", "exclusive": False}],
        },
        "groups.1.path",
    ),
    "an exclusive group where an image gets one label": (
        {"labels": ["Cat", {"name": "Dog", "group": "A"}], "groups": [{"path": "A", "exclusive": True}]},
        "groups.0.exclusive",
    ),
    "an exclusive group that no label is in": (
        {"taskType": "multiLabel", "groups": [{"path": "Animal", "exclusive": True}]},
        "groups.0.path",
    ),
    "an unknown datastore": ({"dataset": {"datastore": "nowhere", "prefix": ""}}, "dataset.datastore"),
    "neither dataset nor datastore": ({"dataset": {}}, "dataset"),
    "a folder with a control character": (
        {"dataset": {"datastore": "workspace", "prefix": "a\u0000b"}},
        "dataset.prefix",
    ),
    "a dataset that no address can name": (
        {"dataset": {"name": "a/b", "datastore": "workspace", "prefix": ""}},
        "dataset.name",
    ),
}


@pytest.mark.parametrize("wrong", WRONG_PROJECTS)
@pytest.mark.usefixtures("as_many_projects")
def test_a_project_cannot_be_made_with(people: People, wrong: str) -> None:
    fields, field = WRONG_PROJECTS[wrong]
    answer = people().post("/api/projects", json=project_request("anywhere/", **fields))
    assert_problem(answer, 422, "invalid", field)


@pytest.mark.usefixtures("as_many_projects")
def test_a_project_cannot_be_made_without_a_name(people: People) -> None:
    request = project_request("anywhere/")
    del request["name"]
    assert_problem(people().post("/api/projects", json=request), 422, "invalid", "name")


@pytest.mark.usefixtures("as_many_projects")
def test_a_project_cannot_be_made_over_an_unknown_dataset(people: People) -> None:
    request = project_request("", dataset={"name": "no such dataset"})
    assert_problem(people().post("/api/projects", json=request), 404, "not-found")


@pytest.mark.usefixtures("as_many_projects")
def test_a_projects_name_is_taken_whatever_its_case(people: People, project: Project) -> None:
    request = project_request("anywhere/", name=project.get()["name"].upper())
    assert_problem(people().post("/api/projects", json=request), 409, "conflict")


def test_a_dataset_that_is_named_for_its_project_can_be_named_in_an_address(people: People) -> None:
    request = project_request(f"{new_name('none')}/", name=new_name("cats/dogs"))
    name = good(people().post("/api/projects", json=request), 201)["dataset"]["name"]
    assert_problem(people().delete(f"/api/datasets/{name}"), 409, "conflict")


def test_labels_may_be_in_any_language_500_of_them_of_100_characters_each(people: People) -> None:
    labels = ["猫", "собака", "كلب", "हाथी", "🐈‍⬛", 'a"b\\c', "l" * 100, *(f"label {number}" for number in range(493))]
    request = project_request(f"{new_name('none')}/", labels=[f" {label} " for label in labels])
    made = good(people().post("/api/projects", json=request), 201)
    assert [label["name"] for label in made["labels"]] == labels
    assert [label["name"] for label in good(people().get(f"/api/projects/{made['id']}"))["labels"]] == labels


WRONG_CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "its task": ({"taskType": "multiClass"}, "taskType"),
    "its order": ({"order": "name"}, "order"),
    "its status to failed": ({"status": "failed"}, "status"),
    "its labels to texts": ({"labels": ["Cat", "Dog"]}, "labels.0"),
    "its labels to one": ({"labels": [{"id": 1, "name": "Cat"}]}, "labels"),
    "its labels to ones with an unknown id": (
        {"labels": [{"id": 1, "name": "Cat"}, {"id": 99, "name": "X"}]},
        "labels.1.id",
    ),
    "its labels to ones with an id twice": ({"labels": [{"id": 1, "name": "Cat"}, {"id": 1, "name": "X"}]}, "labels"),
    "its labels to ones with a key twice": (
        {"labels": [{"id": 1, "name": "Cat", "key": "c"}, {"id": 2, "name": "Dog", "key": "C"}]},
        "labels.1.key",
    ),
    "a label's key to one that does something else": (
        {"labels": [{"id": 1, "name": "Cat", "key": "u"}, {"id": 2, "name": "Dog"}]},
        "labels.0.key",
    ),
    "a label's examples to none of its images": (
        {"labels": [{"id": 1, "name": "Cat", "examples": ["000099-01"]}, {"id": 2, "name": "Dog"}]},
        "labels.0.examples",
    ),
    "a label's examples to an image twice": (
        {"labels": [{"id": 1, "name": "Cat", "examples": ["000000-00", "000000-00"]}, {"id": 2, "name": "Dog"}]},
        "labels.0.examples",
    ),
    "its labels to ones in a group without a name": (
        {"labels": [{"id": 1, "name": "Cat", "group": "/Animal"}, {"id": 2, "name": "Dog"}]},
        "labels.0.group",
    ),
    "its groups to an exclusive one": ({"groups": [{"path": "Animal", "exclusive": True}]}, "groups.0.exclusive"),
    "its labels to ones with a name twice": ({"labels": [{"id": 1, "name": "X"}, {"name": " X"}]}, "labels"),
}


@pytest.mark.parametrize("wrong", WRONG_CHANGES)
def test_a_project_cannot_be_changed_in(untouched: Project, wrong: str) -> None:
    fields, field = WRONG_CHANGES[wrong]
    answer = untouched.change(**{"name": "another", **fields})
    assert_problem(answer, 422, "invalid", field)


UNSEEN = "a\u200bb"
NAMES: dict[str, tuple[Callable[[Project], httpx.Response], str]] = {
    "a project": (lambda of: of.boss.post("/api/projects", json=project_request("f/", name=UNSEEN)), "name"),
    "a project's new name": (lambda of: of.change(name=UNSEEN), "name"),
    "a label of a new project": (
        lambda of: of.boss.post("/api/projects", json=project_request("f/", labels=["Cat", UNSEEN])),
        "labels.1",
    ),
    "a group": (lambda of: of.change(labels=[*of.get()["labels"], {"name": "X", "group": UNSEEN}]), "labels.3.group"),
    "a label": (lambda of: of.change(labels=[*of.get()["labels"], {"name": UNSEEN}]), "labels.3.name"),
    "a dataset": (
        lambda of: of.boss.post("/api/datasets", json={"name": UNSEEN, "datastore": "workspace", "prefix": "f/"}),
        "name",
    ),
    "an access token": (
        lambda of: of.boss.post(f"{of.path}/tokens", json={"name": UNSEEN, "role": "labeler"}),
        "name",
    ),
    "an access token of the service": (lambda of: of.boss.post("/api/tokens", json={"name": UNSEEN}), "name"),
    "a member": (lambda of: of.boss.put(f"{of.path}/members/{quote(UNSEEN)}", json={"role": "labeler"}), "signInName"),
}


@pytest.mark.parametrize("what", NAMES)
def test_a_name_has_nothing_in_it_that_cannot_be_seen(untouched: Project, what: str) -> None:
    send, field = NAMES[what]
    problem = assert_problem(send(untouched), 422, "invalid", field)
    assert "zero width space (U+200B)" in problem["detail"]


LOOKALIKES = {
    "stra\u00dfe@example.org": "U+00DF (latin small letter sharp s)",
    "admini\u017ftrator": "U+017F (latin small letter long s)",
    "\u0430nna": "U+0430 (cyrillic small letter a)",
}


@pytest.mark.parametrize("name", LOOKALIKES)
def test_nobody_is_invited_by_a_name_that_may_be_taken_for_another(untouched: Project, name: str) -> None:
    answer = untouched.boss.put(f"{untouched.path}/members/{quote(name)}", json={"role": "labeler"})
    assert LOOKALIKES[name] in assert_problem(answer, 422, "invalid", "signInName")["detail"]


@pytest.mark.parametrize("name", ["dora@x.org, emil@x.org", "dora;emil", "dora emil", "dora@", "dora@x@y.org"])
def test_nobody_is_invited_by_what_is_not_one_sign_in_name(untouched: Project, name: str) -> None:
    answer = untouched.boss.put(f"{untouched.path}/members/{quote(name)}", json={"role": "labeler"})
    assert "sign-in name" in assert_problem(answer, 422, "invalid", "signInName")["detail"]


def test_a_label_that_images_have_cannot_be_removed(people: People) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    project.label(project.boss, 1, "Cat")
    kept = [{"id": 2, "name": "Dog"}, {"id": 3, "name": "Uncertain"}]
    problem = assert_problem(project.change(labels=kept), 409, "conflict")
    assert "Cat" in problem["detail"]
    assert len(project.get()["labels"]) == 3
