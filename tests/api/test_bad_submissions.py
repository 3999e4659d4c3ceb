"""Submissions that cannot be: each gets a clear problem, nothing is saved, and a right one is still taken after it."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, pictures

# Pages of three: packs of 36 images are used up to their ends.
PACKS = 4


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(PACKS * 36)))


class Page:
    """A lease of three images, and its labeler."""

    def __init__(self, project: Project, count: int = 3) -> None:
        self.project = project
        self.labeler = project.invite("labeler")
        self.lease = project.lease(self.labeler, count)
        self.images = [image["id"] for image in self.lease["images"]]

    def submit(self, labels: dict[str, list[Any]], skipped: list[dict[str, Any]] | None = None) -> httpx.Response:
        return self.project.submit(self.labeler, self.lease, labels, skipped or [])

    def right(self) -> dict[str, list[Any]]:
        return {image: ["Cat"] for image in self.images}


@pytest.fixture
def held(project: Project) -> Iterator[Page]:
    """A page of which nothing is saved by the test; afterwards it is submitted, and saved whole."""
    before = project.progress()["labeled"]
    page = Page(project)
    yield page
    assert project.progress()["labeled"] == before
    assert good(page.submit(page.right())) == {"labeled": 3, "skipped": 0}


def test_a_submission_that_misses_an_image_is_refused_and_names_it(held: Page) -> None:
    problem = assert_problem(
        held.submit({image: ["Cat"] for image in held.images[:2]}), 422, "invalid", f"labels.{held.images[2]}"
    )
    assert problem["imageIds"] == held.images[2:]


def test_an_empty_submission_is_refused(held: Page) -> None:
    assert assert_problem(held.submit({}), 422, "invalid")["imageIds"] == held.images


def test_an_image_that_is_labeled_and_skipped_is_refused(held: Page) -> None:
    assert_problem(held.submit(held.right(), [{"id": held.images[0]}]), 422, "invalid", "skipped")


def test_an_image_that_is_skipped_twice_is_refused(held: Page) -> None:
    labels = {image: ["Cat"] for image in held.images[1:]}
    twice = [{"id": held.images[0]}, {"id": held.images[0], "reason": "blurred"}]
    assert_problem(held.submit(labels, twice), 422, "invalid", "skipped")


def test_an_image_that_is_labeled_twice_is_refused(held: Page) -> None:
    first, *others = held.images
    labels = ", ".join(f'"{image}": ["Cat"]' for image in (first, *others))
    answer = held.labeler.post(
        f"{held.project.path}/leases/{held.lease['id']}/submission",
        content=f'{{"labels": {{{labels}, "{first}": ["Dog"]}}}}',
        headers={"content-type": "application/json"},
    )
    assert_problem(answer, 422, "invalid", first)


@pytest.mark.parametrize(
    "labels", [[], ["Cat", "Dog"], ["Bird"], ["cat"], ["1"], [99], [0], [-1], [True], [1.0], [None], ["Cat", "Cat"]]
)
def test_an_image_gets_exactly_one_label_of_the_project(held: Page, labels: list[Any]) -> None:
    problem = assert_problem(held.submit({**held.right(), held.images[1]: labels}), 422, "invalid")
    assert all(held.images[1] in entry["field"] for entry in problem["errors"])


@pytest.mark.parametrize("foreign", ["000000-98", "000099-00", "first", "000000-0", " ", "000000-00 "])
def test_an_image_that_is_not_in_the_lease_is_refused(held: Page, foreign: str) -> None:
    problem = assert_problem(held.submit({**held.right(), foreign: ["Cat"]}), 422, "invalid")
    assert problem["imageIds"] == [foreign]
    skipped = assert_problem(held.submit(held.right(), [{"id": foreign}]), 422, "invalid")
    assert skipped["imageIds"] == [foreign]


def test_an_image_of_the_same_pack_that_is_not_in_the_lease_is_refused(held: Page) -> None:
    pack = held.images[0].partition("-")[0]
    packed = [image["id"] for image in held.project.images() if image["id"].startswith(pack)]
    foreign = next(image for image in packed if image not in held.images)
    problem = assert_problem(held.submit({**held.right(), foreign: ["Cat"]}), 422, "invalid", f"labels.{foreign}")
    assert problem["imageIds"] == [foreign]


@pytest.mark.parametrize("who", ["labeler", "reviewer", "administrator"])
def test_another_ones_lease_is_not_found_whoever_asks(held: Page, who: str) -> None:
    other, path = held.project.invite(who), f"{held.project.path}/leases/{held.lease['id']}"
    assert_problem(held.project.submit(other, held.lease, held.right()), 404, "not-found")
    assert_problem(other.post(f"{path}/renewal"), 404, "not-found")
    other.delete(path)
    good(held.labeler.post(f"{path}/renewal"))


@pytest.mark.parametrize(
    "body",
    [
        {"labels": []},
        {"labels": {"000000-00": "Cat"}},
        {"labels": {}, "skipped": {}},
        {"labels": {}, "skipped": ["000000-00"]},
        {"labels": {}, "skipped": [{"id": "000000-00", "reason": "r" * 501}]},
        {"labels": {}, "skipped": [{"id": "000000-00", "why": ""}]},
        {"labels": {}, "seconds": 9},
        {"labels": {f"000000-{number}": ["Cat"] for number in range(100)}},
    ],
    ids=lambda body: json.dumps(body)[:50],
)
def test_a_submission_of_another_shape_is_refused(held: Page, body: dict[str, Any]) -> None:
    path = f"{held.project.path}/leases/{held.lease['id']}/submission"
    assert_problem(held.labeler.post(path, json=body), 422, "invalid")


def test_a_third_lease_is_refused_while_two_are_held(project: Project) -> None:
    labeler = project.invite("labeler")
    first = project.lease(labeler, 1)
    second = project.lease(labeler, 1, [first["id"]])
    ask = {"count": 1, "holding": [first["id"], second["id"]]}
    assert_problem(labeler.post(f"{project.path}/leases", json=ask), 409, "conflict")
    for lease in (first, second):
        good(labeler.delete(f"{project.path}/leases/{lease['id']}"), 204)


def test_a_submission_of_what_was_given_back_and_taken_by_another_says_so(project: Project) -> None:
    held = Page(project)
    good(held.labeler.delete(f"{project.path}/leases/{held.lease['id']}"), 204)
    for image in held.images[:2]:
        good(project.boss.put(f"{project.path}/images/{image}/labels", json={"labels": ["Dog"]}))
    problem = assert_problem(held.submit(held.right()), 409, "stale")
    assert problem["imageIds"] == held.images[:2]
    states = {image["id"]: image["labels"] for image in project.images(state="labeled")}
    assert [states[image] for image in held.images] == [["Dog"], ["Dog"], ["Cat"]]


def test_a_second_submission_that_says_otherwise_is_refused_and_names_its_images(project: Project) -> None:
    page = Page(project)
    first, second, third = page.images
    labels, skipped = {first: ["Cat"], second: ["Dog"]}, [{"id": third, "reason": "blurred"}]
    saved = good(page.submit(labels, skipped))
    assert good(page.submit({first: [1], second: [2]}, skipped)) == saved
    problem = assert_problem(page.submit({first: ["Cat"], second: ["Cat"], third: ["Dog"]}), 409, "submitted-before")
    assert problem["imageIds"] == [second, third]
    assert_problem(page.submit(labels, [{"id": third, "reason": "too dark"}]), 409, "submitted-before")
    assert_problem(page.submit({**labels, third: ["No such label"]}), 409, "submitted-before")
    assert good(project.boss.get(f"{project.path}/images/{second}"))["labels"] == ["Dog"]


def test_the_same_submission_gets_the_first_answer_after_its_label_was_renamed_and_merged(people: People) -> None:
    project = new_project(people, Folder(people, pictures(6)))
    page = Page(project)
    saved = good(page.submit({image: ["Dog"] for image in page.images}))
    dog = next(label for label in project.get()["labels"] if label["name"] == "Dog")
    good(project.boss.post(f"{project.path}/labels/{dog['id']}/merge", json={"into": "Cat"}))
    assert good(page.submit({image: ["Dog"] for image in page.images})) == saved
    assert_problem(page.submit({image: ["Uncertain"] for image in page.images}), 409, "submitted-before")


def test_who_is_removed_loses_what_they_hold_and_others_get_it_at_once(people: People) -> None:
    project, name = new_project(people, Folder(people, pictures(6))), new_name("leaving")
    leaving, other = project.invite("labeler", name), project.invite("labeler")
    held = project.lease(leaving, 6)
    assert good(other.post(f"{project.path}/leases", json={"count": 6}))["leasedByOthers"] == 6
    good(project.boss.delete(f"{project.path}/members/{name}"), 204)
    renewal = leaving.post(f"{project.path}/leases/{held['id']}/renewal")
    submission = project.submit(leaving, held, {image["id"]: ["Cat"] for image in held["images"]})
    for refused in (renewal, submission, leaving.post(f"{project.path}/leases", json={"count": 6})):
        told = assert_problem(refused, 404, "no-longer-member")
        assert "removed" in told["detail"]
    assert {image["id"] for image in project.lease(other, 6)["images"]} == {image["id"] for image in held["images"]}
