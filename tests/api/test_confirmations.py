"""Labels that a reviewer finds right, over the API: told, counted and listed as reviewed until something is other."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.api.reviewing import confirm, correct, named, reject, undo
from tests.api.test_imports import imported


@pytest.fixture
def folder(people: People) -> Folder:
    return Folder(people, pictures(6))


@pytest.fixture
def project(people: People, folder: Folder) -> Project:
    return new_project(people, folder)


def ids(images: Iterable[dict[str, Any]]) -> list[str]:
    return [image["id"] for image in images]


def reviewed(project: Project) -> list[str]:
    """The images that are reviewed; the figures and all filters agree on which."""
    images, figures = project.images(), project.progress()
    labeled = [image for image in images if image["state"] == "labeled"]
    found = ids(image for image in labeled if image["reviewed"])
    whose = Counter(image["labeler"] for image in labeled if image["reviewed"])
    by_labeler = {row["userId"]: row["reviewed"] for row in figures["byLabeler"] if row["reviewed"]}
    assert (figures["reviewed"], by_labeler) == (len(found), whose)
    assert ids(project.images(state="labeled", reviewed=True)) == found
    assert ids(project.images(state="labeled", reviewed=False)) == ids(
        image for image in labeled if not image["reviewed"]
    )
    rejected = project.images(rejected=True)
    assert ids(rejected) == ids(image for image in images if image["rejected"])
    assert len(rejected) == figures["returned"]
    return found


def test_a_label_counts_as_reviewed_until_the_image_is_labeled_anew(project: Project) -> None:
    anna, rita = project.invite("labeler", "anna@example.org"), project.invite("reviewer", "rita@example.org")
    first, second, third = project.label(anna, 3)
    seen = {image["id"]: {"id": image["id"], "labeledAt": image["labeledAt"]} for image in project.images(label="Cat")}
    good(anna.put(f"{project.path}/images/{third}/labels", json={"labels": ["Dog"]}))
    waiting = ids(project.images(state="waiting"))[0]
    done = confirm(project, rita, [seen[first], seen[second], seen[third], {"id": waiting}])
    assert (done["confirmed"], done["unchanged"], done["stale"]) == ([first, second], [], [third, waiting])
    assert reviewed(project) == [first, second]
    again = confirm(project, project.boss, named([first, third]))
    assert (again["confirmed"], again["unchanged"], again["stale"]) == ([third], [first], [])
    *_, last = project.image("00.png")["history"]
    assert (last["action"], last["byName"], last["labels"]) == ("confirmed", "rita@example.org", ["Cat"])
    assert project.image("00.png")["labelerName"] == "anna@example.org"

    good(anna.put(f"{project.path}/images/{first}/labels", json={"labels": ["Dog"]}))
    assert reviewed(project) == [second, third]
    good(rita.put(f"{project.path}/images/{first}/labels", json={"labels": ["Uncertain"]}))
    assert reviewed(project) == [first, second, third]
    good(rita.put(f"{project.path}/images/{first}/labels", json={"labels": ["Dog"]}))
    assert reviewed(project) == [second, third], "whoever changes their own label reviews nobody"
    imported(project, content="image,label\n02.png,Cat\n", replace=True)
    assert reviewed(project) == [second]
    good(project.boss.post(f"{project.path}/labels/1/merge", json={"into": "Dog"}))
    assert reviewed(project) == [second]
    reject(project, rita, [second])
    assert reviewed(project) == []
    assert project.label(anna, 1, "Dog") == [second]
    assert reviewed(project) == []


def test_what_is_undone_leaves_reviewed_what_was(project: Project, folder: Folder) -> None:
    images = project.label(project.boss, 6)
    first, second, *_ = images
    confirmed = confirm(project, project.boss, named([first]))
    corrected = correct(project, project.boss, named([first, second]))
    rejected = reject(project, project.boss, [first, second])
    assert (reviewed(project), project.progress()["returned"]) == ([], 2)
    assert undo(project.boss, project, rejected, [first, second]) == ([first, second], [])
    assert reviewed(project) == [first, second]
    assert undo(project.boss, project, corrected, [first, second]) == ([first, second], [])
    assert reviewed(project) == [first]
    folder.put({"00.png": pictures(1)["00.png"] + b" "})
    project.refresh()
    assert reviewed(project) == []
    anew = confirm(project, project.boss, named([first]))
    assert (reviewed(project), project.images(changedSinceLabeled=True)) == ([first], [])
    assert undo(project.boss, project, confirmed, [first]) == ([], [first])
    assert undo(project.boss, project, anew, [first]) == ([first], [])
    assert (reviewed(project), ids(project.images(changedSinceLabeled=True))) == ([], [first])
    folder.drop("01.png")
    confirm(project, project.boss, named(images))
    project.refresh()
    assert reviewed(project) == [image for image in images if image != second]


def test_a_labeler_confirms_nothing(project: Project) -> None:
    anna = project.invite("labeler")
    images = project.label(anna, 1)
    answer = anna.post(f"{project.path}/confirmations", json={"images": named(images)})
    assert_problem(answer, 403, "forbidden")
    assert reviewed(project) == []
