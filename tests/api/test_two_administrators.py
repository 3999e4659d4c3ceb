"""What two administrators set from the same state: the second is told, and nothing of the first's is lost."""

from typing import Any

import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people))


def names(known: Any) -> list[str]:
    return [label["name"] for label in known["labels"]]


def test_a_list_of_labels_made_from_an_older_one_is_refused(project: Project) -> None:
    second = project.invite("administrator")
    read = project.boss.get(project.path)
    seen, condition = read.json()["labels"], {"If-Match": read.headers["etag"]}
    first = {"labels": [*seen, {"name": "Bird"}]}
    good(project.boss.patch(project.path, json=first, headers=condition))
    other = {"labels": [{**seen[0], "name": "Kitten"}, *seen[1:]]}
    assert_problem(second.patch(project.path, json=other, headers=condition), 412, "precondition-failed")
    assert names(project.get()) == ["Cat", "Dog", "Uncertain", "Bird"]


def test_a_list_of_labels_is_not_taken_from_who_does_not_say_what_they_have_seen(project: Project) -> None:
    kept = project.get()["labels"][:2]
    problem = assert_problem(
        project.boss.patch(project.path, json={"labels": kept, "leaseMinutes": 20}), 428, "precondition-required"
    )
    assert "If-Match" in problem["detail"]
    assert len(project.get()["labels"]) == 3
    assert project.get()["leaseMinutes"] == 15


def test_other_fields_may_come_without_a_condition_and_go_by_one_that_comes(project: Project) -> None:
    seen = project.get()["etag"]
    changed = good(project.boss.patch(project.path, json={"leaseMinutes": 20}))
    assert changed["etag"] != seen
    late = project.boss.patch(project.path, json={"name": "another"}, headers={"If-Match": seen})
    assert_problem(late, 412, "precondition-failed")
    assert project.get() == changed


def test_one_half_of_the_instructions_is_changed_without_the_other(project: Project) -> None:
    good(project.change(instructions={"text": "Cats first.", "url": "https://example.org/"}))
    good(project.change(instructions={"text": "Dogs first."}))
    assert project.get()["instructions"] == {"text": "Dogs first.", "url": "https://example.org/"}
    good(project.change(instructions={"url": ""}))
    assert project.get()["instructions"] == {"text": "Dogs first.", "url": ""}


def test_the_etag_is_the_same_wherever_a_project_is_told(project: Project) -> None:
    changed = project.change(leaseMinutes=20)
    etag = changed.headers["etag"]
    assert etag == changed.json()["etag"]
    read = project.boss.get(project.path)
    assert read.headers["etag"] == read.json()["etag"] == etag
    [listed] = [one for one in good(project.boss.get("/api/projects"))["items"] if one["id"] == project.id]
    assert listed["etag"] == etag


@pytest.mark.parametrize("condition", ["{}", "W/{}", '"another", {}', "*"])
def test_a_condition_may_be_written_as_http_has_it(project: Project, condition: str) -> None:
    known = project.get()
    headers = {"If-Match": condition.format(known["etag"])}
    good(project.boss.patch(project.path, json={"labels": known["labels"][:2]}, headers=headers))
    assert names(project.get()) == ["Cat", "Dog"]


def test_a_merging_goes_by_its_condition_where_it_has_one(project: Project) -> None:
    stale = {"If-Match": project.get()["etag"]}
    good(project.change(labels=[*project.get()["labels"], {"name": "Bird"}]))
    merge = f"{project.path}/labels/1/merge"
    assert_problem(project.boss.post(merge, json={"into": "Dog"}, headers=stale), 412, "precondition-failed")
    assert project.get()["merged"] == []
    good(project.boss.post(merge, json={"into": "Dog"}))
    assert_problem(project.boss.delete(merge, headers=stale), 412, "precondition-failed")
    known = project.get()
    assert [one["name"] for one in known["merged"]] == ["Cat"]
    good(project.boss.delete(merge, headers={"If-Match": known["etag"]}))
    assert "Cat" in names(project.get())


def role_of(project: Project, name: str) -> str | None:
    return next((one["role"] for one in project.pages("members") if one["signInName"] == name), None)


def test_a_members_role_is_not_changed_from_one_that_they_have_no_more(project: Project) -> None:
    path = f"{project.path}/members/ann"
    invited = project.boss.put(path, json={"role": "labeler"})
    seen = {"If-Match": invited.headers["etag"]}
    assert seen["If-Match"] == next(project.pages("members"))["etag"]
    reviewer = good(project.boss.put(path, json={"role": "reviewer"}, headers=seen))
    assert_problem(project.boss.put(path, json={"role": "administrator"}, headers=seen), 412, "precondition-failed")
    assert role_of(project, "ann") == "reviewer"
    good(project.boss.put(path, json={"role": "labeler"}, headers={"If-Match": reviewer["etag"]}))
    good(project.boss.put(path, json={"role": "administrator"}))
    assert role_of(project, "ann") == "administrator"


def test_a_member_who_was_removed_is_not_invited_again_by_changing_their_role(project: Project) -> None:
    path = f"{project.path}/members/ann"
    seen = {"If-Match": good(project.boss.put(path, json={"role": "labeler"}))["etag"]}
    good(project.boss.delete(path), 204)
    for condition in (seen, {"If-Match": "*"}):
        assert_problem(project.boss.put(path, json={"role": "reviewer"}, headers=condition), 412, "precondition-failed")
    assert role_of(project, "ann") is None


def test_a_first_sign_in_does_not_change_what_an_administrator_has_seen(people: People, project: Project) -> None:
    path = f"{project.path}/members/ann"
    seen = good(project.boss.put(path, json={"role": "labeler"}))
    good(people("ann").get(project.path))
    changed = good(project.boss.put(path, json={"role": "reviewer"}, headers={"If-Match": seen["etag"]}))
    assert changed["userId"] is not None
