"""How far people agree, over the API: live, by labeler, by label, and what is taken for what."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures

TWO_EACH = {"least": 2, "most": 2, "share": 1}


def agreement(project: Project, who: httpx.Client | None = None) -> Any:
    return good((who or project.boss).get(f"{project.path}/agreement"))


def say(project: Project, who: httpx.Client, said: Sequence[Sequence[str] | None]) -> None:
    """Labels a page, in the order of the images' names; None: skips it."""
    lease = project.lease(who, len(said))
    images = sorted(lease["images"], key=lambda image: str(image["name"]))
    assert len(images) == len(said)
    given = {image["id"]: labels for image, labels in zip(images, said, strict=True)}
    labels = {image: list(some) for image, some in given.items() if some is not None}
    good(project.submit(who, lease, labels, [{"id": image} for image, some in given.items() if some is None]))


def by_label(answer: Any) -> Mapping[str, Any]:
    return {one["label"]: one for one in answer["byLabel"]}


@pytest.fixture
def two_say(people: People) -> Project:
    """Six images at which two people looked: they differ on two of them."""
    project = new_project(people, Folder(people, pictures(6)), opinions=TWO_EACH)
    say(project, project.invite("labeler", new_name("ann")), [["Cat"]] * 6)
    say(project, project.invite("labeler", new_name("bob")), [*[["Cat"]] * 4, ["Dog"], ["Dog"]])
    return project


def test_nothing_is_known_while_one_person_looks_at_each_image(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)))
    project.label(project.boss, 3)
    assert agreement(project) == {
        "images": 0,
        "opinions": 0,
        "agreement": None,
        "agreementInterval": None,
        "alpha": None,
        "interval": None,
        "disputed": 0,
        "byLabel": [],
        "byLabeler": [],
        "confusion": [],
    }


def test_it_tells_how_far_two_agree(two_say: Project) -> None:
    told = agreement(two_say, two_say.invite("reviewer"))
    assert (told["images"], told["opinions"], told["disputed"]) == (6, 12, 2)
    assert told["agreement"] == pytest.approx(2 / 3)
    # By chance 40 of 132 ordered pairs of opinions differ: ten say Cat, two Dog.
    assert told["alpha"] == pytest.approx(1 - (1 / 3) / (40 / 132))
    low, high = told["agreementInterval"]
    assert 0 < low < 2 / 3 < high < 1
    low, high = told["interval"]
    assert -1 <= low < told["alpha"] < high < 1
    assert told["confusion"] == [{"labels": ["Cat", "Dog"], "count": 2}]
    assert list(by_label(told)) == ["Cat", "Dog"]
    assert by_label(told)["Cat"]["alpha"] == pytest.approx(told["alpha"])
    assert [(one["images"], one["agreed"]) for one in told["byLabeler"]] == [(4, 4), (4, 4)]
    assert all(0 < one["interval"][0] < one["interval"][1] == 1 for one in told["byLabeler"])


def test_it_is_live_and_counts_what_a_reviewer_decided(two_say: Project) -> None:
    disputed = two_say.images(state="disputed")
    wanted = [{"id": image["id"]} for image in disputed]
    good(two_say.boss.post(f"{two_say.path}/corrections", json={"images": wanted, "labels": ["Dog"]}))
    told = agreement(two_say)
    assert (told["images"], told["disputed"]) == (6, 0)
    assert told["agreement"] == pytest.approx(2 / 3)
    by_name = {one["name"][:3]: one for one in told["byLabeler"]}
    assert (by_name["ann"]["images"], by_name["ann"]["agreed"]) == (6, 4)
    assert (by_name["bob"]["images"], by_name["bob"]["agreed"]) == (6, 6)


def test_merged_labels_agree(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)), opinions=TWO_EACH)
    say(project, project.invite("labeler"), [["Cat"], ["Dog"], ["Cat"]])
    say(project, project.invite("labeler"), [["Cat"], ["Dog"], ["Dog"]])
    dog = next(label["id"] for label in project.get()["labels"] if label["name"] == "Dog")
    good(project.boss.post(f"{project.path}/labels/{dog}/merge", json={"into": "Cat"}))
    told = agreement(project)
    assert (told["agreement"], told["alpha"], told["interval"]) == (1, None, None)
    assert told["confusion"] == []
    assert list(by_label(told)) == ["Cat"]


def test_skips_are_no_opinions(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)), opinions=TWO_EACH)
    say(project, project.invite("labeler"), [["Cat"], ["Dog"], None])
    say(project, project.invite("labeler"), [["Cat"], None, ["Dog"]])
    told = agreement(project)
    assert (told["images"], told["opinions"]) == (1, 2)


def test_several_labels_an_image_are_compared_as_sets_and_one_by_one(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)), taskType="multiLabel", opinions=TWO_EACH)
    say(project, project.invite("labeler"), [["Cat", "Dog"], ["Cat"], [], ["Dog"]])
    say(project, project.invite("labeler"), [["Cat"], ["Cat"], [], ["Dog"]])
    told = agreement(project)
    assert told["agreement"] == pytest.approx(3 / 4)
    assert told["confusion"] == []
    labels = by_label(told)
    assert labels["Cat"]["agreement"] == labels["Cat"]["alpha"] == 1
    assert labels["Dog"]["agreement"] == pytest.approx(3 / 4)
    # Of eight, three say Dog: by chance 30 of 56 ordered pairs differ.
    assert labels["Dog"]["alpha"] == pytest.approx(1 - (1 / 4) / (30 / 56))
