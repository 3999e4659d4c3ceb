"""Merging labels over the API: the images of one count as another's everywhere, until it is undone."""

import csv
import io
from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.running import until

CAT, KITTEN, DOG = 1, 2, 3
LABELS = ["Cat", "Kitten", "Dog"]


@pytest.fixture
def project(people: People) -> Project:
    """Eight images in the order of their names: two of each label, two that wait."""
    made = new_project(people, Folder(people, pictures(8)), labels=LABELS)
    for label in LABELS:
        made.label(made.boss, 2, label)
    return made


@pytest.fixture(scope="module")
def merged(people: People) -> Project:
    """A project of no images whose Kitten counts as Cat, for calls that change nothing."""
    made = new_project(people, Folder(people), labels=LABELS)
    merge(made, KITTEN, CAT)
    return made


def merge(project: Project, label: int, into: int | str) -> Any:
    return good(project.boss.post(f"{project.path}/labels/{label}/merge", json={"into": into}))


def unmerge(project: Project, label: int) -> Any:
    return good(project.boss.delete(f"{project.path}/labels/{label}/merge"))


def counts(project: Project) -> dict[str, int]:
    return {one["label"]: one["count"] for one in project.progress()["byLabel"]}


def names(images: list[dict[str, Any]]) -> list[str]:
    return [image["name"].rpartition("/")[2] for image in images]


def relabel(project: Project, *labels: dict[str, Any]) -> httpx.Response:
    return project.change(labels=list(labels))


def csv_of(project: Project, export: dict[str, Any], name: str = "labels.csv") -> list[dict[str, str]]:
    [url] = [file["url"] for file in export["files"] if file["name"] == name]
    return list(csv.DictReader(io.StringIO(project.boss.get(url).text, newline="")))


def imported(project: Project, content: str, **asked: Any) -> Any:
    answer = project.boss.post(f"{project.path}/imports", json={"format": "csv", "content": content, **asked})
    good(answer, 202)
    done: list[Any] = []

    def is_over() -> bool:
        done[:] = [good(project.boss.get(answer.headers["location"]))]
        return done[0]["status"] in ("completed", "failed")

    until(is_over, "the import does not end")
    return done[0]


def test_the_images_of_a_merged_label_are_counted_and_listed_as_the_others(project: Project) -> None:
    merged = merge(project, KITTEN, CAT)
    assert [label["name"] for label in merged["labels"]] == ["Cat", "Dog"]
    assert merged["merged"] == [{"id": KITTEN, "name": "Kitten", "into": CAT}]
    assert counts(project) == {"Cat": 4, "Dog": 2}
    assert [image["labels"] for image in project.images(state="labeled")] == [["Cat"]] * 4 + [["Dog"]] * 2


@pytest.mark.parametrize("label", ["Cat", CAT, "Kitten", KITTEN])
def test_the_label_and_the_merged_one_find_the_images_of_both(project: Project, label: str | int) -> None:
    merge(project, KITTEN, "Cat")
    assert names(project.images(label=label)) == ["00.png", "01.png", "02.png", "03.png"]


def test_undoing_gives_the_label_the_images_that_it_had(project: Project) -> None:
    merge(project, CAT, KITTEN)
    project.label(project.boss, 1, "Kitten")
    undone = unmerge(project, CAT)
    assert [label["id"] for label in undone["labels"]] == [KITTEN, DOG, CAT]
    assert undone["merged"] == []
    assert counts(project) == {"Kitten": 3, "Dog": 2, "Cat": 2}
    assert names(project.images(label="Cat")) == ["00.png", "01.png"]


def test_a_chain_ends_at_its_last_label_and_is_undone_link_by_link(project: Project) -> None:
    good(relabel(project, *({"id": n, "name": name} for n, name in enumerate(LABELS, 1)), {"name": "Animal"}))
    merge(project, KITTEN, CAT)
    chained = merge(project, CAT, DOG)
    assert counts(project) == {"Dog": 6, "Animal": 0}
    assert [(one["name"], one["into"]) for one in chained["merged"]] == [("Kitten", DOG), ("Cat", DOG)]
    undone = unmerge(project, CAT)
    assert [(one["name"], one["into"]) for one in undone["merged"]] == [("Kitten", CAT)]
    assert counts(project) == {"Dog": 2, "Animal": 0, "Cat": 4}


def test_a_page_that_was_tagged_before_the_merging_is_saved_as_the_label_that_it_means_now(project: Project) -> None:
    lease = project.lease(project.boss, 2)
    first, second = (image["id"] for image in lease["images"])
    merge(project, KITTEN, CAT)
    good(project.submit(project.boss, lease, {first: [KITTEN], second: ["Kitten"]}))
    assert counts(project) == {"Cat": 6, "Dog": 2}
    unmerge(project, KITTEN)
    assert counts(project) == {"Cat": 4, "Dog": 2, "Kitten": 2}


def test_corrections_and_imports_that_name_a_merged_label_mean_the_other(project: Project) -> None:
    merge(project, KITTEN, CAT)
    dog = project.images(label="Dog")[0]
    corrected = project.boss.put(f"{project.path}/images/{dog['id']}/labels", json={"labels": [KITTEN]})
    assert good(corrected)["labels"] == ["Cat"]
    done = imported(project, "image,label\r\n02.png,Cat\r\n03.png,Kitten\r\n05.png,Kitten\r\n", replace=True)
    assert (done["unchanged"], done["labeled"], done["unknownLabels"]) == (2, 1, [])
    assert counts(project) == {"Cat": 6, "Dog": 0}


def test_suggestions_and_rejected_labels_are_shown_as_the_label_that_they_count_as(project: Project) -> None:
    imported(project, "image,label\r\n06.png,Kitten\r\n", **{"as": "suggestions"})
    merge(project, KITTEN, CAT)
    again = imported(project, "image,label\r\n06.png,Cat\r\n", **{"as": "suggestions"})
    assert again["labeled"] == 1
    [kitten, _] = project.images(label=KITTEN)[2:]
    good(project.boss.post(f"{project.path}/rejections", json={"images": [{"id": kitten["id"]}]}))
    first, *others = project.lease_with_suggestions(project.boss, 3, 1)["images"]
    assert first["rejected"]["labels"] == ["Cat"]
    assert [image["suggestions"] and image["suggestions"][0]["label"] for image in others] == ["Cat", None]


def test_a_rejection_that_is_undone_after_the_merging_gives_the_label_back_as_it_counts_now(project: Project) -> None:
    kittens = [{"id": image["id"]} for image in project.images(label="Kitten")]
    rejection = good(project.boss.post(f"{project.path}/rejections", json={"images": kittens}))
    merge(project, KITTEN, CAT)
    body = {"images": [kitten["id"] for kitten in kittens]}
    undone = good(project.boss.post(f"{project.path}/reviews/{rejection['id']}/undo", json=body))
    assert (undone["restored"], undone["stale"]) == (body["images"], [])
    assert counts(project) == {"Cat": 4, "Dog": 2}
    unmerge(project, KITTEN)
    assert counts(project) == {"Cat": 2, "Dog": 2, "Kitten": 2}


def test_many_corrections_at_once_that_name_a_merged_label_mean_the_other(project: Project) -> None:
    merge(project, KITTEN, CAT)
    dogs = [{"id": image["id"]} for image in project.images(label="Dog")]
    asked = {"images": dogs, "labels": [KITTEN]}
    assert len(good(project.boss.post(f"{project.path}/corrections", json=asked))["corrected"]) == 2
    assert counts(project) == {"Cat": 6, "Dog": 0}


def test_history_names_a_label_as_it_was(project: Project) -> None:
    merge(project, KITTEN, CAT)
    image = project.image("02.png")
    assert image["labels"] == ["Cat"]
    assert [entry["labels"] for entry in image["history"]] == [["Kitten"]]


def test_exports_hold_merged_labels_as_the_others_and_tell_the_merging_as_a_change(project: Project) -> None:
    narrow = project.export("csv", labels=["Kitten"])
    before = project.export("csv")
    assert [(one["label"], one["count"]) for one in before["byLabel"]] == [("Cat", 2), ("Kitten", 2), ("Dog", 2)]
    merge(project, KITTEN, CAT)
    after = project.export("csv")
    assert [(one["label"], one["count"]) for one in after["byLabel"]] == [("Cat", 4), ("Dog", 2)]
    assert [row["label"] for row in csv_of(project, after)] == ["Cat"] * 4 + ["Dog"] * 2
    assert {**after["changes"], "sinceAt": None} == {
        "since": before["id"], "sinceAt": None, "added": 0, "changed": 2, "removed": 0
    }  # fmt: skip
    changes = csv_of(project, after, "changes.csv")
    assert [(row["before"], row["after"]) for row in changes] == [("Kitten", "Cat")] * 2
    chosen = project.export("csv", labels=[KITTEN])
    assert chosen["options"]["labels"] == ["Cat"]
    assert [row["label"] for row in csv_of(project, chosen)] == ["Cat"] * 4
    assert (chosen["changes"]["since"], chosen["changes"]["added"]) == (narrow["id"], 2)
    assert narrow["options"]["labels"] == ["Kitten"]
    unmerge(project, KITTEN)
    undone = project.export("csv")
    assert (undone["changes"]["since"], undone["changes"]["changed"]) == (after["id"], 2)
    assert [(row["before"], row["after"]) for row in csv_of(project, undone, "changes.csv")] == [("Cat", "Kitten")] * 2


def test_a_label_is_in_use_by_the_images_that_were_merged_into_it(project: Project) -> None:
    good(relabel(project, *({"id": n, "name": name} for n, name in enumerate(LABELS, 1)), {"name": "Animal"}))
    merge(project, KITTEN, "Animal")
    without = [{"id": CAT, "name": "Cat"}, {"id": DOG, "name": "Dog"}]
    assert "'Animal'" in assert_problem(relabel(project, *without), 409, "conflict")["detail"]
    stale = relabel(project, *without, {"id": KITTEN, "name": "Kitten"})
    assert "merged into 'Animal'" in assert_problem(stale, 422, "invalid", "labels.2.id")["detail"]


def test_the_name_of_a_merged_label_is_free_until_it_is_wanted_back(project: Project) -> None:
    merge(project, KITTEN, CAT)
    good(relabel(project, {"id": CAT, "name": "Cat"}, {"id": DOG, "name": "Dog"}, {"name": "Kitten"}))
    project.label(project.boss, 1, "Kitten")
    assert counts(project) == {"Cat": 4, "Dog": 2, "Kitten": 1}
    taken = project.boss.delete(f"{project.path}/labels/{KITTEN}/merge")
    assert "'Kitten'" in assert_problem(taken, 409, "conflict")["detail"]
    good(relabel(project, {"id": CAT, "name": "Cat"}, {"id": DOG, "name": "Dog"}, {"id": 4, "name": "Young cat"}))
    unmerge(project, KITTEN)
    assert counts(project) == {"Cat": 2, "Dog": 2, "Young cat": 1, "Kitten": 2}


def test_a_merging_that_would_leave_one_label_is_refused(project: Project) -> None:
    merge(project, KITTEN, CAT)
    last = project.boss.post(f"{project.path}/labels/{DOG}/merge", json={"into": CAT})
    assert "at least 2 labels" in assert_problem(last, 409, "conflict")["detail"]
    assert counts(project) == {"Cat": 4, "Dog": 2}


@pytest.mark.parametrize("label", ["99", "Cat", "0", "-1", "1.0", "9" * 30, "²", str(KITTEN)])
def test_a_label_that_the_project_has_not_or_has_merged_is_not_found(merged: Project, label: str) -> None:
    before = merged.get()
    assert_problem(merged.boss.post(f"{merged.path}/labels/{label}/merge", json={"into": DOG}), 404, "not-found")
    if label != str(KITTEN):
        assert_problem(merged.boss.delete(f"{merged.path}/labels/{label}/merge"), 404, "not-found")
    assert merged.get() == before


@pytest.mark.parametrize("body", [{"into": 99}, {"into": "Bird"}, {"into": DOG}, {"into": "Dog"}, {"into": KITTEN}])
def test_a_label_is_merged_only_into_another_that_is_there(merged: Project, body: dict[str, Any]) -> None:
    before = merged.get()
    answer = merged.boss.post(f"{merged.path}/labels/{DOG}/merge", json=body)
    assert_problem(answer, 422, "invalid", "into")
    assert merged.get() == before


@pytest.mark.parametrize("body", [{}, {"into": None}, {"into": True}, {"into": 1.5}, {"into": ""}, {"onto": CAT}])
def test_a_merging_that_does_not_say_into_what_is_refused(merged: Project, body: dict[str, Any]) -> None:
    before = merged.get()
    answer = merged.boss.post(f"{merged.path}/labels/{DOG}/merge", json=body)
    assert_problem(answer, 422, "invalid")
    assert merged.get() == before


def test_only_who_may_undo_a_merging_is_told_of_it(project: Project) -> None:
    merge(project, KITTEN, CAT)
    told = {role: good(project.invite(role).get(project.path))["merged"] for role in ("labeler", "reviewer")}
    assert told == {"labeler": [], "reviewer": []}
    assert len(good(project.invite("administrator").get(project.path))["merged"]) == 1
