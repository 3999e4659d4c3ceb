"""Groups of labels: paths that labels hold, and which of them are exclusive."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from functions import schema
from functions.backups.forms import require_room
from functions.problems import Invalid
from functions.projects.groups import MOST_CHARACTERS, Group, names_in, paths_of, paths_to
from functions.projects.labels import MOST_LABELS, Wanted, label_changes, merge, regroup, relabel, unmerge
from functions.projects.model import Label, Project, with_keys
from functions.projects.wire import ProjectPatch, ProjectRequest
from tests.projects.test_etags import PROJECT

CAT, WOLF, OAK, DOG = 1, 2, 3, 4
LABELS = (
    Label(id=CAT, name="Cat", group="Animal/Domestic"),
    Label(id=WOLF, name="Wolf", group="Animal/Wild"),
    Label(id=OAK, name="Oak", group="Plant"),
    Label(id=DOG, name="Dog", group="Animal/Domestic"),
)
# Any type of which an image may get several labels.
GROUPED = PROJECT.model_copy(update={"task_type": "multiLabel", "labels": with_keys(LABELS), "next_label": 5})
REQUEST: dict[str, Any] = {
    "name": "Pets",
    "taskType": "multiClass",
    "dataset": {"name": "pets"},
    "labels": ["Cat", "Dog"],
}


def exclusive(*paths: str) -> Project:
    return regroup(GROUPED, [Group(path, True) for path in paths])


def told(project: Project) -> dict[str, bool]:
    return dict(project.groups)


def kept(*labels: int, **group: str) -> list[Wanted]:
    return [Wanted(one.id, one.name, group.get(one.name)) for one in LABELS if one.id in labels]


def read(*labels: Any) -> list[tuple[str, str]]:
    request = ProjectRequest.model_validate_json(json.dumps({**REQUEST, "labels": labels}))
    return [(label.name, label.group) for label in request.labels]


def test_each_group_is_told_once_after_those_above_it_in_the_order_of_the_labels() -> None:
    assert [group.path for group in GROUPED.groups] == ["Animal", "Animal/Domestic", "Animal/Wild", "Plant"]
    assert paths_of(["", "b/a", "b"]) == ["b", "b/a"]
    assert paths_to("") == []


def test_a_path_is_kept_as_names_are() -> None:
    assert names_in(" Animal / cafe\u0301 ") == ["Animal", "caf\u00e9"]
    assert names_in(" ") == []
    assert read("Cat", {"name": "Dog", "group": " Animal/ Domestic"}) == [("Cat", ""), ("Dog", "Animal/Domestic")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("a//b", "empty name"),
        ("/a", "empty name"),
        ("a/", "empty name"),
        ("/", "empty name"),
        ("a/b/c/d/e/f/g", "at most 6 deep"),
        ("a/" + "b" * 101, "100 characters at most"),
        ("a/b\u0007", "control characters"),
        ("a/\u200bb", "zero width space"),
        ("a/\u0301", "shows nothing"),
        ("a" * 2000, "706 characters at most"),
    ],
)
def test_what_is_no_path_is_refused_at_its_label(path: str, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read("Cat", {"name": "Dog", "group": path})
    [error] = refused.value.errors()
    assert error["loc"] == ("labels", 1, "group")
    assert words in str(error["ctx"].get("error", f"{error['ctx'].get('max_length')} characters at most"))


def test_a_label_is_moved_and_its_former_group_goes_with_the_last_one() -> None:
    moved = relabel(GROUPED, kept(CAT, WOLF, OAK, DOG, Wolf="Animal/Domestic"), ())
    assert told(moved) == {"Animal": False, "Animal/Domestic": False, "Plant": False}
    assert relabel(exclusive("Animal"), kept(CAT, WOLF, OAK, DOG), ()) == exclusive("Animal")
    assert relabel(GROUPED, [*kept(CAT, WOLF), Wanted(None, "Rock")], ()).labels[-1].group == ""


def test_just_the_groups_that_are_named_are_exclusive() -> None:
    assert told(exclusive("Animal")) == {
        "Animal": True, "Animal/Domestic": False, "Animal/Wild": False, "Plant": False
    }  # fmt: skip
    assert regroup(exclusive("Animal"), [Group("Plant", True), Group("Animal", False)]).exclusive_groups == ("Plant",)
    assert regroup(exclusive("Animal"), []).exclusive_groups == ()
    assert regroup(GROUPED, [Group("Mineral", False)]) == GROUPED


def test_a_label_is_chosen_with_the_exclusive_groups_that_it_is_in() -> None:
    choices = exclusive("Animal", "Animal/Wild").choices
    assert {one.name: [*one.exclusive] for one in choices.values()} == {
        "Cat": ["Animal"], "Wolf": ["Animal", "Animal/Wild"], "Oak": [], "Dog": ["Animal"]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "field"),
    [
        ([Group("Animal", True), Group("Animal", True)], "groups.1.path"),
        ([Group("Plant", True), Group("Mineral", True)], "groups.1.path"),
        ([Group("Anim", True)], "groups.0.path"),
    ],
)
def test_groups_that_cannot_be_exclusive_are_refused(groups: list[Group], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        regroup(GROUPED, groups)
    assert [error.field for error in refused.value.errors] == [field]


def test_a_group_is_not_exclusive_where_an_image_gets_one_label() -> None:
    single = GROUPED.model_copy(update={"task_type": "multiClass"})
    with pytest.raises(Invalid, match="several labels"):
        regroup(single, [Group("Animal", True)])
    assert regroup(single, [Group("Animal", False)]) == single


def test_an_exclusive_group_is_forgotten_with_its_last_label() -> None:
    emptied = relabel(exclusive("Plant", "Animal"), kept(CAT, WOLF, DOG), ())
    assert emptied.exclusive_groups == ("Animal",)
    back = relabel(emptied, [*kept(CAT, WOLF, DOG), Wanted(None, "Fern", "Plant")], ())
    assert told(back)["Plant"] is False


def test_a_merged_label_comes_back_to_its_group_as_that_was() -> None:
    merged = merge(exclusive("Plant"), OAK, CAT)
    assert "Plant" not in told(merged)
    changed = regroup(relabel(merged, kept(CAT, WOLF, DOG), ()), [Group("Animal", True)])
    back = unmerge(changed, OAK)
    assert back.labels[-1].group == "Plant"
    assert told(back) == {"Animal": True, "Animal/Domestic": False, "Animal/Wild": False, "Plant": True}


def test_what_became_of_groups_is_told_by_names() -> None:
    after = regroup(
        relabel(exclusive("Plant"), [*kept(CAT, WOLF, OAK, DOG, Wolf=""), Wanted(None, "Cow", "Animal")], ()),
        [Group("Animal", True)],
    )
    changes = {name: told for name, told in label_changes(exclusive("Plant"), after).items() if told}
    assert changes == {
        "labelsAdded": ["Cow"],
        "labelsMoved": ["Wolf → (no group)", "Cow → Animal"],
        "groupsExclusive": ["Animal"],
        "groupsNotExclusive": ["Plant"],
    }


def test_only_a_project_with_groups_needs_a_service_that_knows_them() -> None:
    plain = PROJECT.model_copy(update={"labels": LABELS})
    assert plain.schema_version == schema.MORE_LABELS
    ungrouped = relabel(plain, kept(CAT, WOLF, OAK, DOG, Cat="", Wolf="", Oak="", Dog=""), ())
    assert ungrouped.schema_version == PROJECT.schema_version == schema.FIRST
    # An older service that undoes this merging would drop the group.
    assert merge(relabel(plain, kept(CAT, WOLF, OAK, DOG, Cat="", Wolf="", Dog=""), ()), OAK, CAT).schema_version > 1


def test_a_project_of_before_has_no_groups() -> None:
    document = PROJECT.model_dump(mode="json", exclude={"exclusive_groups": True, "labels": {"__all__": {"group"}}})
    assert "group" not in json.dumps(document)
    assert Project.model_validate(document) == PROJECT


def test_500_labels_in_groups_of_100_characters_find_room() -> None:
    names = [f"{number:03}".ljust(100, "n") for number in range(MOST_LABELS)]
    paths = ["/".join([f"{number:03}", *["p" * 18] * 5]) + "pp" for number in range(MOST_LABELS)]
    assert {len(path) for path in paths} == {100}
    body = {
        "labels": [
            {
                "id": number,
                "name": name,
                "group": path,
                "key": "",
                "description": "d" * 300,
                "examples": ["000000-00"] * 1,
            }
            for number, (name, path) in enumerate(zip(names, paths, strict=True), 1)
        ],
        "groups": [{"path": path, "exclusive": True} for path in paths],
    }
    patch = ProjectPatch.model_validate_json(json.dumps(body))
    assert patch.labels
    labels = tuple(Label(id=number, name=name) for number, name in enumerate(names, 1))
    wide = GROUPED.model_copy(update={"labels": labels, "next_label": 501, "instructions_text": "i" * 20_000})
    wanted = [
        Wanted(label.id, label.name, label.group, label.key, label.description, ("000000-00",) * 3)
        for label in patch.labels
    ]
    project = regroup(relabel(wide, wanted, ()), [Group(path, True) for path in paths])
    assert len(project.groups) == 6 * MOST_LABELS
    require_room(project)


def test_paths_that_are_too_long_together_are_refused() -> None:
    path = "/".join(["p" * 100] * 6)
    labels = [Wanted(None, f"label {number}", path) for number in range(MOST_CHARACTERS // len(path) + 1)]
    relabel(GROUPED, labels[1:], ())
    with pytest.raises(Invalid, match="100,000 characters"):
        relabel(GROUPED, labels, ())
