"""A project over the sample photographs that has learned from its labels what to suggest, to be shown in pictures."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import cycle
from typing import Any

from localhost import demo
from tests.api.builders import People, Project, good
from tests.browser.tagging.suggesting import take
from tests.running import until

NAME = "cats-n-dogs-suggestions"
# Of so few labels little is sure with more.
PRECISION = 0.8
# The images of each page, which people label in turns. It learns by itself after each round.
ROUNDS = ((12, 12), (12, 10))
OTHER = {"Cat": "Dog", "Dog": "Cat"}
LABELED = sum(map(sum, ROUNDS))
# Half of what is left, so that the pages are even.
SHOWN = 7
# How right suggestions are with so few labels of such small photographs.
TYPICAL = 0.75
TRIES = 30


def make_learned(people: People, truth: Mapping[str, str], labelers: Sequence[str]) -> Project:
    """A project in which the first of the labelers has a page of SHOWN images, of which some are surely suggested, and
    others have seen such pages before. The first image of the last page that was labeled has the other label.

    truth: the label of each file. Which images are held out follows from the project's id, and with so few labels how
    right suggestions are differs by that: the first project that is typical, and has all this, is taken.
    """
    for _ in range(TRIES):
        project = _labeled(people, truth, labelers)
        page = take(people, project, labelers[0], SHOWN)["images"]
        sure = sum(image["suggestions"][0]["sure"] for image in page)
        lately = good(project.boss.get(f"{project.path}/assist"))["lately"] or {"right": 0}
        is_mixed = SHOWN / 3 <= sure <= SHOWN * 2 / 3
        if is_mixed and _newest(project)["right"] >= TYPICAL and lately["right"] >= SHOWN:
            return project
        good(project.boss.delete(project.path), 204)
        until(partial(_is_gone, project), "the project is not deleted")
    raise AssertionError(f"none of {TRIES} projects is typical and has suggestions of both kinds")


def _labeled(people: People, truth: Mapping[str, str], labelers: Sequence[str]) -> Project:
    asked = {
        "name": NAME,
        "taskType": "multiClass",
        "dataset": {"name": demo.PROJECT},
        "labels": demo.LABELS,
        "order": "name",
        "mlAssist": True,
        "suggestionPrecision": PRECISION,
    }
    project = Project(people, good(people().post("/api/projects", json=asked), 201)["id"])
    project.wait_until_ready()
    for name in labelers:
        project.invite("labeler", name)
    turns, labeled = cycle(labelers), 0
    for pages in ROUNDS:
        for count in pages:
            name = next(turns)
            lease = take(people, project, name, count)
            labels = {image["id"]: truth[image["name"].rpartition("/")[2]] for image in lease["images"]}
            labeled += count
            if labeled == LABELED:
                first = lease["images"][0]["id"]
                labels[first] = OTHER[labels[first]]
            good(project.submit(people(name), lease, {image: [label] for image, label in labels.items()}))
        until(partial(_has_learned, project, labeled), "nothing was learned")
    return project


def _has_learned(project: Project, labels: int) -> bool:
    return bool(_newest(project)["labels"] >= labels)


def _newest(project: Project) -> Any:
    """The newest training."""
    return next(project.pages("trainings"), {"labels": 0})


def _is_gone(project: Project) -> bool:
    return project.boss.get(project.path).status_code == 404
