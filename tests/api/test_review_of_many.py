"""Reviewers' work on many images at once over the API: the label of all of them corrected."""

import pytest

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.api.reviewing import correct, counts_of, label_all, labeled_by, named

# In two packs.
COUNT = 80


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(COUNT)))


def test_images_of_several_packs_are_corrected_by_one_call(project: Project) -> None:
    anna, rita = project.invite("labeler", "anna@example.org"), project.invite("reviewer", "rita@example.org")
    images = label_all(project, anna)
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
