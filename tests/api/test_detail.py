"""Who may look at an image's own pixels, and what else they are told of it."""

import io

import httpx
import pytest
from PIL import Image

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, picture

SIZE = (1600, 1200)


@pytest.fixture(scope="module")
def detailed(people: People) -> Project:
    files = {f"{number}.jpg": picture(size=SIZE, kind="JPEG") for number in range(4)}
    return new_project(people, Folder(people, {**files, "not.jpg": b"no image"}))


def detail(project: Project, who: httpx.Client, image: str) -> httpx.Response:
    return who.get(f"{project.path}/images/{image}/detail")


def test_labelers_see_the_pixels_of_what_they_hold_and_have_labeled_and_reviewers_all(detailed: Project) -> None:
    anna, ben, reviewer = (detailed.invite(role) for role in ("labeler", "labeler", "reviewer"))
    lease = detailed.lease(anna, 1)
    held = lease["images"][0]["id"]
    got = good(detail(detailed, anna, held))
    shown = Image.open(io.BytesIO(httpx.get(got["url"]).raise_for_status().content))
    assert shown.size == (got["width"], got["height"]) == SIZE
    assert_problem(detail(detailed, ben, held), 404, "not-found")
    labeled = detailed.label(ben, 1)[0]
    assert good(detail(detailed, ben, labeled))["width"] == SIZE[0]
    assert_problem(detail(detailed, anna, labeled), 404, "not-found")
    for image in (held, labeled):
        good(detail(detailed, reviewer, image))
    good(anna.delete(f"{detailed.path}/leases/{lease['id']}"), 204)
    assert_problem(detail(detailed, anna, held), 404, "not-found")


def test_what_has_no_preview_or_is_no_image_says_so(detailed: Project) -> None:
    unreadable = detailed.image("not.jpg")["id"]
    assert_problem(detail(detailed, detailed.boss, unreadable), 409, "conflict")
    for image in ("0-90", "nonsense"):
        assert_problem(detail(detailed, detailed.boss, image), 404, "not-found")


def test_labelers_are_told_neither_where_an_image_lies_nor_what_others_did(detailed: Project) -> None:
    anna, ben, reviewer = (detailed.invite(role) for role in ("labeler", "labeler", "reviewer"))
    lease = detailed.lease(anna, 1)
    image = lease["images"][0]
    assert "/" not in image["name"]
    good(detailed.submit(anna, lease, {image["id"]: ["Cat"]}))
    good(reviewer.post(f"{detailed.path}/rejections", json={"images": [{"id": image["id"]}]}))
    assert detailed.label(ben, 1) == [image["id"]]
    path = f"{detailed.path}/images/{image['id']}"
    own = good(ben.get(path))
    assert own["name"] == image["name"]
    (entry,) = own["history"]
    assert (entry["action"], entry["by"], entry["byName"]) == ("labeled", own["labeler"], own["labelerName"])
    whole = good(reviewer.get(path))
    assert whole["name"].endswith(f"/{image['name']}")
    assert [entry["action"] for entry in whole["history"]] == ["labeled", "rejected", "labeled"]
    assert len({entry["byName"] for entry in whole["history"]}) == 3
    corrected = good(ben.put(f"{path}/labels", json={"labels": ["Dog"]}))
    assert corrected["name"] == image["name"]
    assert [entry["by"] for entry in corrected["history"]] == [own["labeler"]] * 2
