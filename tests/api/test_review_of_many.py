"""Reviewers' work on many images at once over the API: the label of all of them corrected."""

from collections.abc import Iterable
from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, good, new_project, pictures

# In two packs.
COUNT = 80


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(COUNT)))


def named(ids: Iterable[str]) -> list[dict[str, Any]]:
    return [{"id": image} for image in ids]


def correct(project: Project, who: httpx.Client, images: list[dict[str, Any]], label: str = "Dog") -> Any:
    return good(who.post(f"{project.path}/corrections", json={"images": images, "labels": [label]}))


def reject(project: Project, who: httpx.Client, ids: Iterable[str], reason: str | None = None) -> Any:
    return good(who.post(f"{project.path}/rejections", json={"images": named(ids), "reason": reason}))


def label_of_each_pack(project: Project, who: httpx.Client, label: str = "Cat") -> list[str]:
    """Labels all of the project; gives an image of each pack, the second pack's first."""
    ids: list[str] = []
    while len(ids) < COUNT:
        ids += project.label(who, 99, label)
    packs = {image[:6]: image for image in sorted(ids)}
    assert len(packs) == 2
    return sorted(packs.values(), reverse=True)


def counts_of(project: Project) -> dict[str, int]:
    return {item["label"]: item["count"] for item in project.progress()["byLabel"] if item["count"]}


def labeled_by(project: Project) -> dict[str, int]:
    return {row["name"]: row["labeled"] for row in project.progress()["byLabeler"] if row["labeled"]}


def test_images_of_several_packs_are_corrected_by_one_call(project: Project) -> None:
    anna, rita = project.invite("labeler", "anna@example.org"), project.invite("reviewer", "rita@example.org")
    images = label_of_each_pack(project, anna)
    answer = correct(project, rita, named(images))
    assert (answer["corrected"], answer["stale"]) == (images, [])
    assert answer["id"]
    assert counts_of(project) == {"Cat": COUNT - 2, "Dog": 2}
    assert labeled_by(project) == {"anna@example.org": COUNT - 2, "rita@example.org": 2}
    [entry] = [entry for entry in project.image("79.png")["history"] if entry["action"] == "corrected"]
    assert (entry["byName"], entry["labels"]) == ("rita@example.org", ["Dog"])


def test_only_images_that_are_as_the_reviewer_saw_them_are_corrected(project: Project) -> None:
    first, second = project.label(project.boss, 2)
    seen = {image["id"]: {"id": image["id"], "labeledAt": image["labeledAt"]} for image in project.images(label="Cat")}
    good(project.boss.put(f"{project.path}/images/{first}/labels", json={"labels": ["Uncertain"]}))
    answer = correct(project, project.boss, [seen[first], seen[second]])
    assert (answer["corrected"], answer["stale"]) == ([second], [first])
    assert counts_of(project) == {"Uncertain": 1, "Dog": 1}


def test_an_image_that_cannot_be_read_is_not_corrected_and_the_others_are(people: People) -> None:
    project = new_project(people, Folder(people, {**pictures(2), "broken.png": b"no image"}))
    [broken] = [image["id"] for image in project.images(state="unreadable")]
    waiting = [image["id"] for image in project.images(state="waiting")]
    answer = correct(project, project.boss, named([broken, *waiting]))
    assert (answer["corrected"], answer["stale"]) == (waiting, [broken])
    assert project.progress()["unreadable"] == 1


def test_whoever_holds_an_image_that_is_corrected_keeps_the_others_of_the_page(project: Project) -> None:
    anna = project.invite("labeler")
    lease = project.lease(anna, 3)
    first, *others = [image["id"] for image in lease["images"]]
    assert correct(project, project.boss, named([first]))["corrected"] == [first]
    submitted = project.submit(anna, lease, {image: ["Cat"] for image in (first, *others)})
    assert (submitted.status_code, submitted.json()["imageIds"]) == (409, [first])
    assert counts_of(project) == {"Cat": 2, "Dog": 1}
