"""Suggestions over the API: learned from the first labels, shown to who labels, measured, doubted, never in the way."""

import io
import random
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project
from tests.api.reviewing import confirm
from tests.running import until

COUNT = 120
KINDS = ("Cat", "Dog")


def look_alike(kind: str, seed: int) -> bytes:
    """A picture of a kind: round and red, or striped and blue."""
    dice = random.Random(seed)
    image = Image.new("RGB", (96, 96), tuple(dice.randrange(160, 256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    if kind == "Cat":
        at, size = dice.randrange(10, 40), dice.randrange(30, 50)
        draw.ellipse((at, at, at + size, at + size), fill=(dice.randrange(180, 256), 20, 20))
    else:
        for left in range(dice.randrange(8), 96, dice.randrange(14, 22)):
            draw.line((left, 0, left, 96), fill=(20, 20, dice.randrange(150, 256)), width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def kind_of(name: str) -> str:
    return KINDS[int(name.rpartition("/")[2][:3]) % 2]


def look_alikes(count: int) -> dict[str, bytes]:
    return {f"{number:03}.png": look_alike(KINDS[number % 2], number) for number in range(count)}


def assist(project: Project, who: httpx.Client | None = None) -> Any:
    return good((who or project.boss).get(f"{project.path}/assist"))


def other_than(kind: str) -> str:
    return KINDS[1 - KINDS.index(kind)]


def label_page(project: Project, who: httpx.Client, count: int) -> Any:
    """Leases a page and labels it by the truth. Gives the lease."""
    lease = project.lease(who, count)
    good(project.submit(who, lease, {image["id"]: [kind_of(image["name"])] for image in lease["images"]}))
    return lease


def suggested_page(project: Project, who: httpx.Client, count: int) -> Any:
    """A page with suggestions, of which some may be hidden. A look writes them right after its training, so a page may
    come before that.
    """
    found: list[Any] = []

    def is_there() -> bool:
        lease = project.lease(who, count)
        found[:] = [lease]
        if 2 * len(unlabeled(lease)) < len(lease["images"]):
            return True
        good(who.delete(f"{project.path}/leases/{lease['id']}"), 204)
        return False

    until(is_there, "nothing is suggested")
    return found[0]


def unlabeled(lease: Any) -> list[Any]:
    """The images without a suggestion."""
    return [image for image in lease["images"] if image["suggestions"] is None]


def wait_for_training(project: Project, at_least: int) -> Any:
    """The newest training, once one has learned from so many labels."""
    found: list[Any] = []

    def is_there() -> bool:
        newest = next(project.pages("trainings"), None)
        found[:] = [newest]
        return newest is not None and newest["status"] == "completed" and newest["labels"] >= at_least

    until(is_there, "nothing was learned")
    return found[0]


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, look_alikes(COUNT)), order="shuffled", mlAssist=True)


def test_suggestions_are_learned_from_the_first_labels_and_help_with_the_next(project: Project) -> None:
    ann = project.invite("labeler")
    waiting = assist(project)
    assert (waiting["status"], waiting["labels"], waiting["learnsAt"]) == ("waiting", 0, 20)
    assert "'Cat' has 0, 'Dog' has 0" in waiting["detail"]
    first = label_page(project, ann, 40)
    assert unlabeled(first) == first["images"]

    training = wait_for_training(project, len(first["images"]))
    assert training["right"] > 0.9
    assert {one["label"] for one in training["byLabel"]} == set(KINDS)
    assert training["detail"] == "Not suggested before 5 images have them: 'Uncertain' has 0."

    seen, right, accepted, hidden = 0, 0, 0, 0
    while accepted < 20:
        lease = suggested_page(project, ann, 20)
        # What is hidden looks as if there were nothing.
        hidden += len(unlabeled(lease))
        assert len({frozenset(image) for image in lease["images"]}) == 1
        shown = [image for image in lease["images"] if image["suggestions"]]
        guesses = {image["id"]: image["suggestions"][0] for image in shown}
        assert all(0 < image["suggestions"][1]["confidence"] <= 0.5 for image in shown)
        labels = [guess["label"] for guess in guesses.values()]
        assert labels == sorted(labels, key=labels.index)
        seen, accepted = seen + len(guesses), accepted + sum(guess["sure"] for guess in guesses.values())
        right += sum(kind_of(image["name"]) == guesses[image["id"]]["label"] for image in shown)
        good(project.submit(ann, lease, {image["id"]: [kind_of(image["name"])] for image in lease["images"]}))
    assert right > 0.9 * seen
    stands = assist(project)
    assert stands["lately"]["suggested"] == accepted
    assert (stands["hidden"] or {"images": 0})["images"] == hidden
    (mine,) = stands["byLabeler"]
    assert (mine["accepted"] + mine["changed"], mine["accepted"]) == (accepted, stands["lately"]["right"])


def test_a_labeler_is_told_how_right_suggestions_are_and_nothing_of_others(project: Project) -> None:
    stands = assist(project, project.invite("labeler"))
    assert stands["status"] in ("ready", "learning")
    assert (stands["waiting"], stands["hidden"], stands["byLabeler"]) == (None, None, [])
    assert stands["learnedFrom"] >= 20


def test_wrong_labels_are_found_by_what_the_model_doubts(people: People) -> None:
    project = new_project(people, Folder(people, look_alikes(60)), mlAssist=True)
    boss, wrong = project.boss, []
    for _ in range(2):
        lease = project.lease(boss, 30)
        wrong += [lease["images"][0]["id"]]
        labels = {image["id"]: [kind_of(image["name"])] for image in lease["images"]}
        labels[wrong[-1]] = [other_than(labels[wrong[-1]][0])]
        good(project.submit(boss, lease, labels))
    good(boss.post(f"{project.path}/trainings"), 202)
    training = wait_for_training(project, 60)
    assert training["right"] < 1
    doubted = project.images(doubted=True)
    assert {image["id"] for image in doubted[:2]} == set(wrong)
    for image in doubted[:2]:
        assert image["suggestions"][0]["label"] == kind_of(image["name"]) == other_than(image["labels"][0])
    assert {image for one in training["confusion"] for image in one["images"]} >= set(wrong)

    one = doubted[0]
    rest = [image["id"] for image in doubted if image["labels"] != one["labels"]]
    assert [image["id"] for image in project.images(doubted=True, label=other_than(one["labels"][0]))] == rest
    assert one["id"] in [
        image["id"] for image in project.images(doubted=True, suggested=one["suggestions"][0]["label"])
    ]
    assert project.images(doubted=True, suggested="Uncertain") == []
    paged = list(project.pages("images", doubted=True, limit=1))
    assert [image["id"] for image in paged] == [image["id"] for image in doubted]
    good(boss.put(f"{project.path}/images/{one['id']}/labels", json={"labels": [one["suggestions"][0]["label"]]}))
    assert one["id"] not in [image["id"] for image in project.images(doubted=True)]
    confirm(project, boss, [{"id": image["id"]} for image in doubted[1:]])
    assert project.images(doubted=True) == []
    assert all(image["suggestions"] is None for image in project.images())
    assert_problem(boss.get(f"{project.path}/images?suggested=Cat"), 422, "invalid", "suggested")
    assert_problem(boss.get(f"{project.path}/images?doubted=true&suggested=Bird"), 422, "invalid", "suggested")
    assert_problem(boss.get(f"{project.path}/images?doubted=true&cursor=abc"), 422, "invalid", "cursor")


def test_where_images_have_any_number_of_labels_all_that_they_may_have_are_suggested(people: People) -> None:
    project = new_project(people, Folder(people, look_alikes(80)), mlAssist=True, taskType="multiLabel")
    # A cat is both, and a dog nothing of it all.
    truth = {"Cat": ["Cat", "Uncertain"], "Dog": []}
    boss, given = project.boss, 0
    for _ in range(2):
        lease = project.lease(boss, 30)
        labels = {image["id"]: truth[kind_of(image["name"])] for image in lease["images"]}
        given += len(labels)
        good(project.submit(boss, lease, labels))
    cats = project.progress()["byLabel"][0]["count"]
    good(boss.post(f"{project.path}/trainings"), 202)
    training = wait_for_training(project, given)
    assert training["right"] > 0.9
    assert (training["confusion"], training["together"]) == ([], [{"labels": ["Cat", "Uncertain"], "count": cats}])
    figures = {one["label"]: (one["count"], one["right"], one["precision"]) for one in training["byLabel"]}
    assert figures.keys() == {"Cat", "Uncertain"}
    assert all(count == cats and min(right, precision) > 0.9 for count, right, precision in figures.values())

    lease = suggested_page(project, boss, 20)
    said = {image["id"]: image["suggestions"] for image in lease["images"] if image["suggestions"] is not None}
    likely = {image: sorted(one["label"] for one in listed if one["likely"]) for image, listed in said.items()}
    right = [likely[image["id"]] == truth[kind_of(image["name"])] for image in lease["images"] if image["id"] in said]
    assert sum(right) > 0.9 * len(right)
    assert [] in said.values()
    good(project.submit(boss, lease, {image["id"]: likely.get(image["id"], []) for image in lease["images"]}))
    (mine,) = assist(project)["byLabeler"]
    assert (mine["accepted"], mine["changed"]) == (
        sum(all(one["sure"] for one in listed) for listed in said.values()),
        0,
    )


def test_a_project_without_suggestions_says_so_and_learns_nothing(people: People) -> None:
    project = new_project(people, Folder(people, look_alikes(40)))
    assert assist(project)["status"] == "off"
    assert assist(project)["learnsAt"] is None
    lease = label_page(project, project.boss, 40)
    assert_problem(project.boss.post(f"{project.path}/trainings"), 409, "conflict")
    assert list(project.pages("trainings")) == []

    # Switched on later, it learns from what is labeled by then.
    good(project.boss.patch(project.path, json={"mlAssist": True}))
    assert wait_for_training(project, len(lease["images"]))["right"] > 0.9
    good(project.boss.patch(project.path, json={"suggestionPrecision": 0.999}))
    until(lambda: len(list(project.pages("trainings"))) == 2, "nothing was learned anew")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mlAssist", "yes"),
        ("suggestionOrder", "best"),
        ("suggestionPrecision", 0.2),
        ("suggestionPrecision", 1),
        ("suggestionPrecision", "NaN"),
    ],
)
def test_settings_that_are_none_are_refused(project: Project, field: str, value: Any) -> None:
    assert_problem(project.boss.patch(project.path, json={field: value}), 422, "invalid", field)
