"""Rejections and corrections undone over the API: images stand again as they did, and so does every figure."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.api.reviewing import correct, counts_of, label_all, named, reject, undo
from tests.api.test_imports import imported

Review = Callable[[Project, httpx.Client, list[str]], Any]


@pytest.fixture
def project(people: People) -> Project:
    """A project of six images."""
    return new_project(people, Folder(people, pictures(6)))


def rejected(project: Project, who: httpx.Client, images: list[str]) -> Any:
    return reject(project, who, images, "look again")


def corrected(project: Project, who: httpx.Client, images: list[str]) -> Any:
    return correct(project, who, named(images), "Uncertain")


REVIEWS: dict[str, Review] = {"a rejection": rejected, "a correction": corrected}
either = pytest.mark.parametrize("review", REVIEWS.values(), ids=REVIEWS)


def standing(project: Project) -> Any:
    """All that is told of a project's images, and its figures."""
    images = [{**image, "previewUrl": None, "thumbnailUrl": None} for image in project.images()]
    figures = project.progress()
    figures["byLabeler"].sort(key=lambda row: row["userId"])
    return images, figures


def actions_of(project: Project, image: str) -> list[str]:
    history = good(project.boss.get(f"{project.path}/images/{image}"))["history"]
    return [entry["action"] for entry in history]


def label_and_skip(project: Project) -> list[str]:
    """Anna labels two images, and skips a third."""
    anna = project.invite("labeler", "anna@example.org")
    lease = project.lease(anna, 3)
    *labeled, skipped = ids = [image["id"] for image in lease["images"]]
    good(project.submit(anna, lease, {image: ["Cat"] for image in labeled}, [{"id": skipped, "reason": "dark"}]))
    return ids


@either
def test_images_stand_again_as_they_did_with_every_figure(project: Project, review: Review) -> None:
    images, rita = label_and_skip(project), project.invite("reviewer", "rita@example.org")
    before = standing(project)
    done = review(project, rita, images)
    assert standing(project) != before
    assert undo(rita, project, done, images) == (images, [])
    assert standing(project) == before
    history = good(rita.get(f"{project.path}/images/{images[0]}"))["history"]
    assert [entry["action"] for entry in history][2:] == ["restored"]
    assert (history[-1]["byName"], history[-1]["labels"]) == ("rita@example.org", ["Cat"])


@either
def test_images_of_several_packs_stand_again_as_they_did(people: People, review: Review) -> None:
    project = new_project(people, Folder(people, pictures(80)))
    images = label_all(project, project.boss)
    assert len(images) == 2
    before = standing(project)
    done = review(project, project.boss, images)
    assert undo(project.boss, project, done, images) == (images, [])
    assert standing(project) == before
    assert good(project.boss.post(f"{project.path}/leases", json={"count": 9}))["images"] == []


def test_an_image_that_nobody_had_labeled_before_it_was_corrected_waits_again(project: Project) -> None:
    images = [image["id"] for image in project.images()]
    before = standing(project)
    done = corrected(project, project.boss, images)
    assert project.progress()["labeled"] == 6
    assert undo(project.boss, project, done, images) == (images, [])
    assert standing(project) == before
    assert project.label(project.boss, 9) == images


def test_only_some_of_the_images_may_be_put_back_and_others_later(project: Project) -> None:
    images = label_and_skip(project)
    before = standing(project)
    done = rejected(project, project.boss, images)
    assert undo(project.boss, project, done, images[:1]) == (images[:1], [])
    assert [image["state"] for image in project.images()][:3] == ["labeled", "waiting", "waiting"]
    assert undo(project.boss, project, done, images[1:]) == (images[1:], [])
    assert standing(project) == before


@either
def test_undone_twice_by_another_reviewer_is_undone_once(project: Project, review: Review) -> None:
    images = label_and_skip(project)
    before = standing(project)
    done = review(project, project.boss, images)
    for who in (project.invite("reviewer"), project.invite("reviewer")):
        assert undo(who, project, done, images) == (images, [])
    assert standing(project) == before
    assert actions_of(project, images[0]).count("restored") == 1


@either
def test_undone_by_many_at_once_is_undone_once(project: Project, review: Review) -> None:
    images = label_and_skip(project)
    before = standing(project)
    done = review(project, project.boss, images)
    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(lambda _: undo(project.boss, project, done, images), range(8)))
    assert answers == [(images, [])] * 8
    assert standing(project) == before
    assert actions_of(project, images[0]).count("restored") == 1


def test_a_rejected_image_that_is_with_a_labeler_or_labeled_since_stays(project: Project) -> None:
    anna = project.invite("labeler", "anna@example.org")
    first, second, third = project.label(anna, 3)
    done = rejected(project, project.boss, [first, second, third])
    assert project.label(anna, 1, "Dog") == [first]
    assert [image["id"] for image in project.lease(anna, 1)["images"]] == [second]
    assert undo(project.boss, project, done, [first, second, third]) == ([third], [first, second])
    assert counts_of(project) == {"Cat": 1, "Dog": 1}
    [row] = project.progress()["byLabeler"]
    assert (row["labeled"], row["rejected"]) == (2, 2)


def test_a_rejected_image_that_was_given_back_is_put_back(project: Project) -> None:
    [image] = project.label(project.boss, 1)
    done = rejected(project, project.boss, [image])
    lease = project.lease(project.boss, 1)
    good(project.boss.delete(f"{project.path}/leases/{lease['id']}"), 204)
    assert undo(project.boss, project, done, [image]) == ([image], [])


def test_a_corrected_image_that_was_reviewed_since_stays(project: Project) -> None:
    first, second = project.label(project.boss, 2)
    done = corrected(project, project.boss, [first, second])
    correct(project, project.boss, named([first]), "Dog")
    rejected(project, project.boss, [second])
    assert undo(project.boss, project, done, [first, second]) == ([], [first, second])
    assert counts_of(project) == {"Dog": 1}


def test_reviews_are_undone_one_after_the_other_back_to_the_first_label(project: Project) -> None:
    images = label_and_skip(project)
    labeled = standing(project)
    rejection = rejected(project, project.boss, images)
    sent_back = standing(project)
    correction = corrected(project, project.boss, images)
    assert undo(project.boss, project, rejection, images) == ([], images)
    assert undo(project.boss, project, correction, images) == (images, [])
    assert standing(project) == sent_back
    lease = project.lease(project.boss, 3)
    assert [image["rejected"]["reason"] for image in lease["images"]] == ["look again"] * 3
    good(project.boss.delete(f"{project.path}/leases/{lease['id']}"), 204)
    assert undo(project.boss, project, rejection, images) == (images, [])
    assert standing(project) == labeled


def test_a_file_that_changed_meanwhile_is_told_of_the_label_that_is_back(people: People) -> None:
    folder = Folder(people, pictures(2))
    project = new_project(people, folder)
    first, second = project.label(people(), 2)
    folder.put({"00.png": pictures(1)["00.png"] + b" "})
    project.refresh()
    done = rejected(project, people(), [first, second])
    folder.put({"01.png": pictures(1)["00.png"] + b" "})
    project.refresh()
    assert not project.images(changedSinceLabeled=True)
    assert undo(people(), project, done, [first, second]) == ([first, second], [])
    assert [image["id"] for image in project.images(changedSinceLabeled=True)] == [first, second]
    again = corrected(project, people(), [first])
    assert [image["id"] for image in project.images(changedSinceLabeled=True)] == [second]
    undo(people(), project, again, [first])
    assert len(project.images(changedSinceLabeled=True)) == 2


def test_a_vanished_file_is_still_missing_when_its_label_is_back(people: People) -> None:
    folder = Folder(people, pictures(2))
    project = new_project(people, folder)
    images = project.label(people(), 2)
    done = corrected(project, people(), images)
    folder.drop("00.png")
    project.refresh()
    assert undo(people(), project, done, images) == (images, [])
    assert [(image["state"], image["labels"]) for image in project.images()] == [
        ("missing", ["Cat"]),
        ("labeled", ["Cat"]),
    ]


def test_a_label_that_the_project_has_no_more_does_not_come_back(project: Project) -> None:
    [dog] = project.label(project.boss, 1, "Dog")
    done = rejected(project, project.boss, [dog])
    kept = [label for label in project.get()["labels"] if label["name"] != "Dog"]
    good(project.change(labels=kept))
    assert undo(project.boss, project, done, [dog]) == ([], [dog])
    assert project.progress()["waiting"] == 6


def test_a_label_that_was_merged_meanwhile_counts_as_the_other_when_it_is_back(project: Project) -> None:
    [dog] = project.label(project.boss, 1, "Dog")
    done = rejected(project, project.boss, [dog])
    good(project.boss.post(f"{project.path}/labels/2/merge", json={"into": "Uncertain"}))
    assert undo(project.boss, project, done, [dog]) == ([dog], [])
    assert counts_of(project) == {"Uncertain": 1}


def test_a_label_that_was_merged_into_one_that_is_gone_does_not_come_back(project: Project) -> None:
    [dog] = project.label(project.boss, 1, "Dog")
    done = rejected(project, project.boss, [dog])
    good(project.boss.post(f"{project.path}/labels/2/merge", json={"into": "Uncertain"}))
    kept = [label for label in project.get()["labels"] if label["name"] != "Uncertain"]
    good(project.change(labels=[*kept, {"name": "Bird"}]))
    assert undo(project.boss, project, done, [dog]) == ([], [dog])


def test_images_that_were_not_part_of_it_stay(project: Project) -> None:
    first, second = project.label(project.boss, 2)
    done = rejected(project, project.boss, [first])
    other = corrected(project, project.boss, [second])
    assert undo(project.boss, project, done, [second, first]) == ([first], [second])
    assert undo(project.boss, project, other, [second]) == ([second], [])


def undo_of(project: Project, review: str, images: Any) -> httpx.Response:
    return project.boss.post(f"{project.path}/reviews/{review}/undo", json={"images": images})


def test_what_is_no_rejection_or_correction_cannot_be_undone(people: People) -> None:
    folder = Folder(people, pictures(1))
    project = new_project(people, folder)
    asked = imported(project, content="image,label\n00.png,Cat\n")
    [image] = [image["id"] for image in project.images(label="Cat")]
    done = corrected(project, people(), [image])
    undo(people(), project, done, [image])
    for review in ("0123456789abcdef", f"import{asked['id']}", f"r|{done['id']}", "x", "'", "x" * 2000):
        assert_problem(undo_of(project, review, [image]), 404, "not-found")


def test_an_undo_of_what_are_no_images_of_the_project_is_refused(project: Project) -> None:
    before = standing(project)
    for images, field in (
        ([], "images"),
        (["000000-98"], "images.0"),
        (["000000-00", "first"], "images.1"),
        (["000000-00", "000000-00"], "images.1"),
        ([{"id": "000000-00"}], "images.0"),
        ([f"{pack:06}-00" for pack in range(1001)], "images"),
    ):
        assert_problem(undo_of(project, "0123456789abcdef", images), 422, "invalid", field)
    assert standing(project) == before
