"""Several labels an image, or none, over the API: labeling, review, filters, and what is refused."""

from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.api.reviewing import named, reject, undo

CAT, DOG, UNCERTAIN = 1, 2, 3


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(6)), taskType="multiLabel")


def label(project: Project, *labels: list[Any]) -> list[str]:
    """Labels as many images so, in the order of their names; gives their ids."""
    lease = project.lease(project.boss, len(labels))
    ids = [image["id"] for image in lease["images"]]
    good(project.submit(project.boss, lease, dict(zip(ids, labels, strict=True))))
    return ids


def correct(project: Project, ids: list[str], labels: list[Any], change: str) -> Any:
    body = {"images": named(ids), "labels": labels, "change": change}
    return good(project.boss.post(f"{project.path}/corrections", json=body))


def labels_of(project: Project) -> list[list[str]]:
    return [image["labels"] for image in project.images() if image["state"] == "labeled"]


def figures(project: Project) -> tuple[dict[str, int], int, int, int]:
    """Images by label; those with none of them, the labeled ones and the skipped ones."""
    told = good(project.boss.get(f"{project.path}/progress"))
    counts = {entry["label"]: entry["count"] for entry in told["byLabel"] if entry["count"]}
    return counts, told["empty"], told["labeled"], told["skipped"]


def test_an_image_has_several_labels_or_none_or_is_skipped(project: Project) -> None:
    assert good(project.boss.get(project.path))["taskType"] == "multiLabel"
    lease = project.lease(project.boss, 4)
    first, second, third, fourth = (image["id"] for image in lease["images"])
    labels: dict[str, list[Any]] = {first: ["Dog", CAT], second: [], third: ["Cat"]}
    skipped = [{"id": fourth, "reason": "Dark."}]
    for _ in range(2):
        answer = good(project.submit(project.boss, lease, labels, skipped))
        assert answer == {"labeled": 3, "skipped": 1}
    assert labels_of(project) == [["Cat", "Dog"], [], ["Cat"]]
    assert figures(project) == ({"Cat": 2, "Dog": 1}, 1, 3, 1)
    history = [project.image(f"{number:02}.png")["history"][-1] for number in range(4)]
    assert [(entry["action"], entry["labels"], entry["reason"]) for entry in history] == [
        ("labeled", ["Cat", "Dog"], None),
        ("labeled", [], None),
        ("labeled", ["Cat"], None),
        ("skipped", [], "Dark."),
    ]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["Cat", "Cat"], "The label 'Cat' is named twice."),
        (["Cat", CAT], "The label 'Cat' is named twice."),
        (["Bird"], "The project has no label 'Bird'."),
        ([9], "The project has no label 9."),
    ],
)
def test_what_an_image_cannot_have_is_refused_and_nothing_is_saved(
    untouched: Project, labels: list[Any], message: str
) -> None:
    lease = untouched.lease(untouched.boss, 1)
    [image] = [image["id"] for image in lease["images"]]
    problem = assert_problem(untouched.submit(untouched.boss, lease, {image: labels}), 422, "invalid")
    assert problem["errors"] == [{"field": f"labels.{image}", "message": message}]
    assert figures(untouched) == ({}, 0, 0, 0)
    good(untouched.boss.delete(f"{untouched.path}/leases/{lease['id']}"), 204)


@pytest.fixture(scope="module")
def untouched(people: People) -> Project:
    return new_project(people, Folder(people, pictures(1)), taskType="multiLabel")


def test_the_task_type_cannot_be_changed(untouched: Project) -> None:
    assert_problem(untouched.change(taskType="multiClass"), 422, "invalid", "taskType")


def test_another_submission_of_the_same_page_is_told_by_its_labels(project: Project) -> None:
    lease = project.lease(project.boss, 2)
    first, second = (image["id"] for image in lease["images"])
    good(project.submit(project.boss, lease, {first: ["Cat", "Dog"], second: []}))
    for labels in ({first: ["Cat"], second: []}, {first: ["Cat", "Dog", "Uncertain"], second: []}):
        assert project.submit(project.boss, lease, labels).json()["imageIds"] == [first]
    skips = project.submit(project.boss, lease, {first: ["Dog", "Cat"]}, [{"id": second}])
    assert (skips.status_code, skips.json()["imageIds"]) == (409, [second])


def test_images_are_found_by_any_of_their_labels_by_all_by_none_and_without_one(project: Project) -> None:
    both, cat, dog, none, uncertain = label(project, [CAT, DOG], [CAT], [DOG], [], [UNCERTAIN])
    for filters, found in (
        ({"label": "Cat"}, [both, cat]),
        ({"labels": f"{CAT},{DOG}"}, [both, cat, dog]),
        ({"labels": f"{CAT},{DOG}", "match": "all"}, [both]),
        ({"labels": f"{CAT},{DOG},{UNCERTAIN}", "match": "none"}, [none]),
        ({"match": "none"}, [none]),
    ):
        assert [image["id"] for image in project.images(**filters)] == found
    listed = f"{project.path}/images"
    assert_problem(project.boss.get(listed, params={"labels": "1,9"}), 422, "invalid", "labels")
    assert_problem(project.boss.get(listed, params={"group": "Animal"}), 422, "invalid", "group")
    grouped = {"Cat": "Animal/Pet", "Dog": "Animal"}
    labels = [{**one, "group": grouped.get(one["name"], "")} for one in project.get()["labels"]]
    good(project.change(labels=[{"id": one["id"], "name": one["name"], "group": one["group"]} for one in labels]))
    for path, found in (("Animal", [both, cat, dog]), ("Animal/Pet", [both, cat])):
        assert [image["id"] for image in project.images(group=path)] == found
    assert [image["id"] for image in project.images(group="Animal", match="none")] == [none, uncertain]


def test_a_reviewer_adds_labels_takes_some_away_and_sets_them(project: Project) -> None:
    both, cat, none = label(project, [CAT, DOG], [CAT], [])
    waiting = project.images(state="waiting")[0]["id"]
    added = correct(project, [both, cat, none, waiting], ["Dog"], "add")
    assert (added["corrected"], added["unchanged"]) == ([cat, none, waiting], [both])
    assert labels_of(project) == [["Cat", "Dog"], ["Cat", "Dog"], ["Dog"], ["Dog"]]
    restored, stale = undo(project.boss, project, added, [cat, none, waiting])
    assert (sorted(restored), stale) == (sorted([cat, none, waiting]), [])
    taken = correct(project, [both, cat, none, waiting], ["Cat"], "remove")
    assert (taken["corrected"], taken["unchanged"], taken["stale"]) == ([both, cat], [none, waiting], [])
    assert labels_of(project) == [["Dog"], [], []]
    assert correct(project, [both, cat], [], "set")["corrected"] == [both]
    assert figures(project) == ({}, 3, 3, 0)


def test_one_label_can_only_be_set_where_an_image_has_one(people: People) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    [image] = project.label(project.boss, 1)
    for change in ("add", "remove"):
        body = {"images": named([image]), "labels": ["Dog"], "change": change}
        assert_problem(project.boss.post(f"{project.path}/corrections", json=body), 422, "invalid", "change")
    assert_problem(correction(project, image, []), 422, "invalid", "labels")
    assert_problem(correction(project, image, ["Cat", "Dog"]), 422, "invalid", "labels")


def correction(project: Project, image: str, labels: list[str]) -> httpx.Response:
    return project.boss.put(f"{project.path}/images/{image}/labels", json={"labels": labels})


def test_none_of_the_labels_and_a_skipped_image_come_back_from_a_rejection_as_what_they_were(project: Project) -> None:
    lease = project.lease(project.boss, 2)
    none, skipped = (image["id"] for image in lease["images"])
    good(project.submit(project.boss, lease, {none: []}, [{"id": skipped}]))
    review = reject(project, project.boss, [none, skipped])
    page = project.lease(project.boss, 2)
    told = [(image["rejected"]["labels"], image["rejected"]["skipped"]) for image in page["images"]]
    assert told == [([], False), ([], True)]
    good(project.boss.delete(f"{project.path}/leases/{page['id']}"), 204)
    assert undo(project.boss, project, review, [none, skipped]) == ([none, skipped], [])
    assert figures(project) == ({}, 1, 1, 1)
    assert correction(project, skipped, []).json()["state"] == "labeled"
    assert figures(project) == ({}, 2, 2, 0)


def merge(project: Project, label: int, into: int) -> httpx.Response:
    return project.boss.post(f"{project.path}/labels/{label}/merge", json={"into": into})


def test_two_labels_are_merged_where_no_image_has_both_and_each_image_counts_once(project: Project) -> None:
    both, cat, _ = label(project, [CAT, DOG], [CAT, UNCERTAIN], [DOG])
    refused = assert_problem(merge(project, CAT, DOG), 409, "conflict")
    assert refused["detail"] == "1 image has both 'Cat' and 'Dog'. Take one of the two away first; nothing was changed."
    assert refused["imageIds"] == [both]
    assert [one["name"] for one in project.get()["labels"]] == ["Cat", "Dog", "Uncertain"]
    taken = correct(project, [both], [CAT], "remove")
    good(merge(project, CAT, DOG))
    assert figures(project) == ({"Dog": 3, "Uncertain": 1}, 0, 3, 0)
    assert undo(project.boss, project, taken, [both]) == ([both], [])
    assert figures(project) == ({"Dog": 3, "Uncertain": 1}, 0, 3, 0)
    assert correct(project, [both, cat], [CAT], "add")["unchanged"] == [both, cat]
    good(project.boss.delete(f"{project.path}/labels/{CAT}/merge"))
    assert figures(project) == ({"Cat": 1, "Dog": 2, "Uncertain": 1}, 0, 3, 0)


def test_a_page_that_names_two_labels_that_were_merged_meanwhile_is_saved_as_one(project: Project) -> None:
    lease = project.lease(project.boss, 1)
    [image] = [image["id"] for image in lease["images"]]
    good(merge(project, CAT, DOG))
    good(project.submit(project.boss, lease, {image: ["Cat", "Dog"]}))
    assert labels_of(project) == [["Dog"]]
