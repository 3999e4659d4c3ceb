"""Groups of labels through the API: paths that labels hold, and groups of which an image gets one label at most."""

from typing import Any

import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, project_request

LABELS: list[Any] = [
    {"name": "Cat", "group": "Animal/Domestic"},
    {"name": "Wolf", "group": " Animal / Wild "},
    "Uncertain",
]
GROUPS = [{"path": "Animal", "exclusive": True}]


@pytest.fixture
def project(people: People) -> Project:
    """Without images."""
    return new_project(people, Folder(people), taskType="multiLabel", labels=LABELS, groups=GROUPS)


def groups(project: Any) -> dict[str, bool]:
    return {group["path"]: group["exclusive"] for group in project["groups"]}


def moved(project: Project, **to: str) -> list[dict[str, Any]]:
    """The labels as they are, but some in other groups."""
    labels = project.get()["labels"]
    return [{**label, "group": to.get(label["name"], label["group"])} for label in labels]


def test_a_project_is_made_with_labels_in_groups_and_told_so_to_everybody(project: Project) -> None:
    told = good(project.invite("labeler").get(project.path))
    assert told["taskType"] == "multiLabel"
    assert [(label["name"], label["group"]) for label in told["labels"]] == [
        ("Cat", "Animal/Domestic"),
        ("Wolf", "Animal/Wild"),
        ("Uncertain", ""),
    ]
    assert groups(told) == {"Animal": True, "Animal/Domestic": False, "Animal/Wild": False}


def test_a_change_of_labels_that_names_no_group_leaves_them_where_they_are(project: Project) -> None:
    before = project.get()
    labels = [{"id": label["id"], "name": label["name"].upper()} for label in before["labels"]]
    after = good(project.change(labels=[*labels, {"name": "Rock"}]))
    assert [label["group"] for label in after["labels"]] == ["Animal/Domestic", "Animal/Wild", "", ""]
    assert after["groups"] == before["groups"]


def test_a_group_is_renamed_by_moving_all_of_its_labels_in_one_call(project: Project) -> None:
    labels = moved(project, Cat="Beast/Domestic", Wolf="Beast/Wild")
    renamed = good(project.change(labels=labels, groups=[{"path": "Beast", "exclusive": True}]))
    assert groups(renamed) == {"Beast": True, "Beast/Domestic": False, "Beast/Wild": False}
    query = {"project": project.id, "action": "patchProject"}
    assert good(project.boss.get("/api/audit", params=query))["items"][0]["details"] == {
        "labelsMoved": ["Cat → Beast/Domestic", "Wolf → Beast/Wild"],
        "groupsExclusive": ["Beast"],
        "groupsNotExclusive": ["Animal"],
    }


def test_a_group_goes_with_its_last_label(project: Project) -> None:
    assert groups(good(project.change(labels=moved(project, Cat="", Wolf="")))) == {}


def test_a_group_is_exclusive_until_a_list_of_groups_leaves_it_out(project: Project) -> None:
    assert groups(good(project.change(name=new_name("another"))))["Animal"]
    assert not groups(good(project.change(groups=[])))["Animal"]


@pytest.mark.parametrize("fields", [{"labels": LABELS[:2]}, {"groups": []}])
def test_whole_lists_are_taken_only_of_who_has_seen_what_they_replace(project: Project, fields: dict[str, Any]) -> None:
    etag = project.get()["etag"]
    assert_problem(project.boss.patch(project.path, json=fields), 428, "precondition-required")
    good(project.change(labels=moved(project, Cat="Pet")))
    seen = project.boss.patch(project.path, json=fields, headers={"If-Match": etag})
    assert_problem(seen, 412, "precondition-failed")


def test_a_merged_label_comes_back_to_its_group(project: Project) -> None:
    wolf = project.get()["labels"][1]["id"]
    merged = good(project.boss.post(f"{project.path}/labels/{wolf}/merge", json={"into": "Cat"}))
    assert groups(merged) == {"Animal": True, "Animal/Domestic": False}
    back = good(project.boss.delete(f"{project.path}/labels/{wolf}/merge"))
    assert back["labels"][-1]["group"] == "Animal/Wild"


def test_500_labels_in_groups_of_100_characters_are_kept_and_changed(people: People) -> None:
    def labels(letter: str) -> list[dict[str, Any]]:
        group = "/".join([letter * 16] * 6)[:97]
        return [{"name": f"{n:03}".ljust(100, "l"), "group": f"{group}{n:03}"} for n in range(500)]

    made = good(people().post("/api/projects", json=project_request("none/", labels=labels("猫"))), 201)
    project = Project(people, made["id"])
    wanted = [
        {"id": known["id"], "description": "d" * 300, **label}
        for known, label in zip(made["labels"], labels("犬"), strict=True)
    ]
    good(project.change(labels=wanted, groups=[{"path": one["group"], "exclusive": False} for one in wanted]))
    kept = project.get()
    assert [label["group"] for label in kept["labels"]] == [label["group"] for label in wanted]
    assert len(kept["groups"]) == 505
