"""Each label has a key of its own, which stays its own."""

import pytest

from functions.problems import Invalid
from functions.projects.label_keys import ACTIONS, LABEL_KEYS, label_key
from functions.projects.labels import Wanted, merge, relabel, unmerge
from functions.projects.model import Label, Project


def project_with(*labels: Label) -> Project:
    """As it is read from storage."""
    made = Project.model_construct(task_type="multiClass", labels=labels, next_label=len(labels) + 1)
    row = {"id": "p", "name": "P", "task_type": "multiClass", "dataset": "d", "datastore": "s", "prefix": ""}
    more = {"incremental_refresh": False, "order": "name", "instructions_text": "", "instructions_url": ""}
    rest = {"ml_assist": False, "lease_minutes": 15, "status": "created", "created_at": "2026-01-01T00:00:00Z"}
    stored = [label.model_dump(exclude_none=True) for label in made.labels]
    return Project.model_validate({**row, **more, **rest, "labels": stored, "next_label": made.next_label})


def keys(project: Project) -> dict[str, str | None]:
    return {label.name: label.key for label in project.labels}


def wanted(project: Project, *names: str) -> list[Wanted]:
    ids = {label.name: label.id for label in project.labels}
    return [Wanted(ids.get(name), name) for name in names]


def test_labels_of_before_have_keys_by_their_order_as_far_as_there_are_some() -> None:
    project = project_with(*(Label(id=number, name=f"Label {number}") for number in range(1, 41)))
    assert [label.key for label in project.labels] == [*LABEL_KEYS, *[""] * (40 - len(LABEL_KEYS))]
    assert not set(LABEL_KEYS) & set(ACTIONS)
    assert keys(project)["Label 10"] == "a"


def test_keys_stay_when_labels_are_reordered_removed_or_added() -> None:
    project = project_with(Label(id=1, name="Cat"), Label(id=2, name="Dog"), Label(id=3, name="Fox"))
    turned = relabel(project, wanted(project, "Fox", "Dog", "Cat"), ())
    assert keys(turned) == {"Fox": "3", "Dog": "2", "Cat": "1"}
    less = relabel(turned, wanted(turned, "Fox", "Dog"), ())
    assert keys(less) == {"Fox": "3", "Dog": "2"}
    more = relabel(less, wanted(less, "Owl", "Fox", "Dog", "Elk"), ())
    assert keys(more) == {"Owl": "1", "Fox": "3", "Dog": "2", "Elk": "4"}


def test_a_key_is_set_taken_away_and_nobody_elses() -> None:
    project = project_with(Label(id=1, name="Cat"), Label(id=2, name="Dog"))
    given = relabel(project, [Wanted(1, "Cat", key="c"), Wanted(2, "Dog", key="")], ())
    assert keys(given) == {"Cat": "c", "Dog": ""}
    assert keys(relabel(given, wanted(given, "Dog", "Cat", "Fox"), ())) == {"Dog": "", "Cat": "c", "Fox": "1"}
    swapped = relabel(project, [Wanted(1, "Cat", key="2"), Wanted(2, "Dog", key="1")], ())
    assert keys(swapped) == {"Cat": "2", "Dog": "1"}
    with pytest.raises(Invalid) as refusal:
        relabel(project, [Wanted(1, "Cat", key="2"), Wanted(2, "Dog")], ())
    assert [(error.field, error.message) for error in refusal.value.errors] == [
        ("labels.1.key", "2 is the key of 'Cat' already.")
    ]


@pytest.mark.parametrize(("text", "key"), [("C", "c"), (" 7 ", "7"), ("", "")])
def test_a_key_is_a_digit_or_a_letter_whatever_its_case(text: str, key: str) -> None:
    assert label_key(text) == key


@pytest.mark.parametrize("text", [*ACTIONS, "0", "ä", "ab", "/", "İ"])
def test_what_does_something_else_is_no_labels_key(text: str) -> None:
    with pytest.raises(ValueError, match=r"does something else|must be a digit"):
        label_key(text)


def test_a_merged_label_comes_back_with_what_it_had_or_with_another_key_where_that_is_taken() -> None:
    said = Label(id=2, name="Dog", description="Barks", examples=("000000-01",))
    project = project_with(Label(id=1, name="Cat"), said, Label(id=3, name="Fox"))
    merged = merge(project, 2, 1)
    back = unmerge(merged, 2).labels[-1]
    assert (back.key, back.description, back.examples) == ("2", "Barks", ("000000-01",))
    taken = relabel(merged, [*wanted(merged, "Cat", "Fox"), Wanted(None, "Owl", key="2")], ())
    assert unmerge(taken, 2).labels[-1].key == "4"


def test_what_is_not_named_of_a_label_stays() -> None:
    said = Label(id=1, name="Cat", description="Purrs", examples=("000000-01",))
    project = project_with(said, Label(id=2, name="Dog"))
    renamed = relabel(project, [Wanted(1, "Kitten"), Wanted(2, "Dog", description="Barks")], ())
    assert renamed.labels[0].description == "Purrs"
    assert renamed.labels[0].examples == ("000000-01",)
    assert relabel(renamed, [Wanted(1, "Kitten", description=""), Wanted(2, "Dog")], ()).labels[0].description == ""
