"""Browsers and servers shorten addresses: `members/..` is the project. So nothing has a name by which they do, and what
an address has become on its way means nothing.
"""

import httpx
import pytest

from functions.names import is_shortened
from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.security.served import Operation

# As they come over the wire: dots, slashes and backslashes, encoded once or twice, and nothing.
NAMES = [
    "%2e",
    "%2E%2e",
    ".%2e",
    "%2e%2e%2e",
    "%20",
    "%2e%20",
    "%2F",
    "..%2f",
    "a%2Fb",
    "%5C",
    "..%5cx",
    "%252e%252E",
    "%255c",
]


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(1)))


def call(project: Project, operation: Operation, values: dict[str, str], ending: str = "") -> httpx.Response:
    there = {**dict.fromkeys(operation.placeholders, "x"), "project_id": project.id, **values}
    body: dict[str, str] | None = {} if operation.has_body else None
    return project.boss.request(operation.method, operation.address(there) + ending, json=body)


def test_no_part_of_an_address_is_a_name_by_which_it_is_shortened(
    project: Project, operations: list[Operation]
) -> None:
    for operation in operations:
        for placeholder in operation.placeholders:
            is_new = operation.method == "PUT" and operation.path.endswith(f"{{{placeholder}}}")
            for name in NAMES:
                answer = call(project, operation, {placeholder: name})
                assert_problem(answer, *((422, "invalid") if is_new else (404, "not-found")))
    assert good(project.boss.get(project.path))["id"] == project.id


def test_no_address_ends_with_a_slash(project: Project, operations: list[Operation]) -> None:
    """So what is left of `members/..` is not the project."""
    for operation in operations:
        assert_problem(call(project, operation, {}, "/"), 404, "not-found")
    assert good(project.boss.get(project.path))["id"] == project.id


@pytest.mark.parametrize("name", ["%2e%2e", "%2e", "..%5c"])
def test_nobody_is_invited_under_such_a_name(project: Project, name: str) -> None:
    answer = project.boss.put(f"{project.path}/members/{name}", json={"role": "labeler"})
    assert_problem(answer, 422, "invalid", "signInName")
    assert [one["signInName"] for one in project.pages("members")] == []


@pytest.mark.parametrize("name", ["..", "%2e%2e", "a%2Fb", "a/b"])
def test_no_dataset_has_such_a_name(people: People, name: str) -> None:
    answer = people().post("/api/datasets", json={"name": name, "datastore": "workspace", "prefix": "x/"})
    assert_problem(answer, 422, "invalid", "name")


@pytest.mark.parametrize("name", ["anna@example.org", "a.b", "..a", "50%", "%41", "a b", "\u3002"])
def test_other_names_are_taken(name: str) -> None:
    assert not is_shortened(name)
