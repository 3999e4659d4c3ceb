"""Several people look at an image, over the API: what they say, what comes of it, and what reviewers do about it."""

from typing import Any

import httpx
import pytest

from functions.http.paging import encode_cursor
from functions.review.unsure import START
from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures
from tests.api.reviewing import correct, named, reject, undo
from tests.running import until

TWO_OF_THREE = {"least": 2, "most": 3, "share": 1}


@pytest.fixture
def project(people: People) -> Project:
    """Four images, at each of which two look, and a third where they disagree."""
    return new_project(people, Folder(people, pictures(4)), opinions=TWO_OF_THREE)


def say(project: Project, who: httpx.Client, *labels: str, skips: int = 0) -> list[str]:
    """Labels a page, image by image in the order of the ids, and skips the last ones of it."""
    lease = project.lease(who, len(labels) + skips)
    ids = sorted(image["id"] for image in lease["images"])
    said = {image: [label] for image, label in zip(ids, labels, strict=False)}
    good(project.submit(who, lease, said, [{"id": image} for image in ids[len(labels) :]]))
    return ids


def nothing_left(project: Project, who: httpx.Client) -> Any:
    return good(who.post(f"{project.path}/leases", json={"count": 9, "holding": []}))


def detail(project: Project, who: httpx.Client, image: str) -> Any:
    return good(who.get(f"{project.path}/images/{image}"))


def ask(project: Project, who: httpx.Client, *images: str) -> Any:
    return good(who.post(f"{project.path}/opinions", json={"images": named(images)}))


def states(project: Project) -> dict[str, int]:
    figures = project.progress()
    return {state: figures[state] for state in ("waiting", "awaitingOpinions", "labeled", "disputed")}


def test_an_image_is_decided_by_most_of_those_who_look_at_it_or_disputed(project: Project) -> None:
    ann, bob, cleo = (project.invite("labeler") for _ in range(3))
    ids = say(project, ann, "Cat", "Cat", "Dog", "Cat")
    assert states(project) == {"waiting": 4, "awaitingOpinions": 4, "labeled": 0, "disputed": 0}
    assert nothing_left(project, ann)["awaitingOthers"] == 4
    assert say(project, bob, "Cat", "Dog", "Cat", "Dog") == ids
    assert states(project) == {"waiting": 3, "awaitingOpinions": 3, "labeled": 1, "disputed": 0}
    assert nothing_left(project, bob)["awaitingOthers"] == 3
    assert say(project, cleo, "Dog", "Uncertain", "Cat") == ids[1:]
    assert states(project) == {"waiting": 0, "awaitingOpinions": 0, "labeled": 3, "disputed": 1}
    assert nothing_left(project, ann)["awaitingOthers"] == 0
    assert [image["labels"] for image in project.images(state="labeled")] == [["Cat"], ["Dog"], ["Cat"]]
    assert [image["id"] for image in project.images(state="disputed")] == [ids[2]]
    seen = detail(project, project.boss, ids[1])
    assert [(one["labels"], one["decided"]) for one in seen["opinions"]] == [
        (["Cat"], False),
        (["Dog"], True),
        (["Dog"], True),
    ]
    disputed = detail(project, project.boss, ids[2])
    assert [one["decided"] for one in disputed["opinions"]] == [None, None, None]
    assert {one["label"] for one in disputed["likely"]} == {"Cat", "Dog", "Uncertain"}
    assert detail(project, ann, ids[2])["likely"] == []


def test_disputed_images_come_by_how_sure_one_can_be_of_them(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)), opinions={"least": 2, "most": 2, "share": 1})
    ann, bob = project.invite("labeler"), project.invite("labeler")
    ids = say(project, ann, "Cat", "Dog", "Cat", "Dog")
    # Of the last two one person alone says something.
    say(project, bob, "Dog", "Cat", skips=2)
    both, alone = ids[:2], ids[2:]
    assert [image["id"] for image in project.images(state="disputed", limit=1)] == ids
    assert [image["id"] for image in project.images(state="disputed", order="unsure")] == both + alone
    assert detail(project, project.boss, alone[0])["likely"][0]["probability"] > 0.6
    correct(project, project.boss, named(both[:1]))
    undone = correct(project, project.boss, named(alone[:1]))
    one_by_one = {"state": "disputed", "order": "unsure", "limit": 1}
    assert [image["id"] for image in project.images(**one_by_one)] == [both[1], alone[1]]
    undo(project.boss, project, undone, alone[:1])
    assert [image["id"] for image in project.images(**one_by_one)] == [both[1], *alone]


@pytest.mark.parametrize(
    "query", [{}, {"state": "labeled"}, {"state": "disputed", "doubted": True}], ids=["any", "labeled", "doubted"]
)
def test_no_others_come_in_that_order(project: Project, query: dict[str, Any]) -> None:
    answer = project.boss.get(f"{project.path}/images", params={"order": "unsure", **query})
    assert_problem(answer, 422, "invalid", "order")


def test_a_cursor_of_another_order_is_refused(project: Project) -> None:
    for text in ("000000-01", "x|", f"0|{'_' * 1400}"):
        query = {"state": "disputed", "order": "unsure", "cursor": encode_cursor(text)}
        assert_problem(project.boss.get(f"{project.path}/images", params=query), 422, "invalid", "cursor")
    query = {"state": "disputed", "cursor": encode_cursor(START.to_text())}
    assert_problem(project.boss.get(f"{project.path}/images", params=query), 422, "invalid", "cursor")


def test_a_labeler_sees_what_they_said_themselves_and_nothing_else(project: Project) -> None:
    ann, bob, cleo = (project.invite("labeler") for _ in range(3))
    [image] = say(project, ann, "Cat")
    assert project.lease(bob, 1)["images"][0].keys() >= {"id", "suggestions"}
    seen = detail(project, ann, image)
    assert (seen["state"], seen["labels"], seen["opinions"]) == ("labeled", ["Cat"], [])
    assert [entry["labels"] for entry in seen["history"]] == [["Cat"]]
    assert_problem(cleo.get(f"{project.path}/images/{image}"), 404, "not-found")


def test_a_labeler_changes_their_opinion_as_long_as_only_opinions_decide(project: Project) -> None:
    ann, bob = project.invite("labeler"), project.invite("labeler")
    [image, *_] = say(project, ann, "Cat", "Cat")
    say(project, bob, "Dog", "Cat")
    changed = good(ann.put(f"{project.path}/images/{image}/labels", json={"labels": ["Dog"]}))
    assert (changed["state"], changed["labels"]) == ("labeled", ["Dog"])
    assert states(project)["labeled"] == 2
    correct(project, project.boss, named([image]), "Uncertain")
    again = ann.put(f"{project.path}/images/{image}/labels", json={"labels": ["Cat"]})
    assert_problem(again, 409, "stale")
    seen = detail(project, project.boss, image)
    assert (seen["labels"], [one["decided"] for one in seen["opinions"]]) == (["Uncertain"], [False, False])


def test_one_more_opinion_is_asked_for_and_that_is_undone(people: People) -> None:
    project = new_project(people, Folder(people, pictures(3)))
    ann, bob = project.invite("labeler"), project.invite("labeler")
    first, second, third = project.label(ann, 3)
    asked = ask(project, project.boss, first, second, third)
    assert (asked["asked"], asked["stale"]) == ([first, second, third], [])
    assert states(project) == {"waiting": 3, "awaitingOpinions": 3, "labeled": 0, "disputed": 0}
    assert undo(project.boss, project, asked, [third]) == ([third], [])
    say(project, bob, "Cat", "Dog")
    assert states(project) == {"waiting": 0, "awaitingOpinions": 0, "labeled": 2, "disputed": 1}
    [disputed] = project.images(state="disputed")
    assert ask(project, project.boss, first, disputed["id"])["asked"] == [first, disputed["id"]]
    assert_problem(
        project.boss.post(f"{project.path}/opinions", json={"images": named(["000009-01"])}),
        422,
        "invalid",
        "images.0.id",
    )


def test_a_rejection_takes_all_opinions_back_and_counts_for_those_who_said_so(project: Project) -> None:
    ann, bob, cleo = (project.invite("labeler") for _ in range(3))
    [image] = say(project, ann, "Cat")
    say(project, bob, "Dog")
    say(project, cleo, "Cat")
    reject(project, project.boss, [image])
    rejected = {row["name"]: row["rejected"] for row in project.progress()["byLabeler"] if row["rejected"]}
    assert len(rejected) == 2
    assert detail(project, project.boss, image)["opinions"] == []
    assert say(project, ann, "Dog") == [image]
    seen = detail(project, ann, image)
    assert (seen["state"], seen["labels"], seen["rejected"]) == ("labeled", ["Dog"], False)
    assert detail(project, project.boss, image)["rejected"]


def test_a_rejection_of_opinions_is_undone(project: Project) -> None:
    ann, bob, cleo = (project.invite("labeler") for _ in range(3))
    [image] = say(project, ann, "Cat")
    say(project, bob, "Dog")
    say(project, cleo, "Cat")
    rejection = reject(project, project.boss, [image])
    assert undo(project.boss, project, rejection, [image]) == ([image], [])
    assert len(detail(project, project.boss, image)["opinions"]) == 3
    assert not any(row["rejected"] for row in project.progress()["byLabeler"])


def test_that_somebody_skipped_a_disputed_image_is_decided_and_undone(project: Project) -> None:
    ann, bob, cleo = (project.invite("labeler") for _ in range(3))
    [image] = say(project, ann, "Cat")
    say(project, bob, "Dog")
    say(project, cleo, skips=1)
    request = {"images": named([image]), "labels": [], "skipped": True, "reason": "too dark"}
    decision = good(project.boss.post(f"{project.path}/corrections", json=request))
    assert (decision["corrected"], states(project)["disputed"]) == ([image], 0)
    seen = detail(project, project.boss, image)
    assert (seen["state"], [one["decided"] for one in seen["opinions"]]) == ("skipped", [False, False, True])
    assert (seen["history"][-1]["labels"], seen["history"][-1]["reason"]) == ([], "too dark")
    assert undo(project.boss, project, decision, [image]) == ([image], [])
    assert states(project)["disputed"] == 1
    for wrong, fields in (("labels", {"labels": ["Cat"]}), ("reason", {"skipped": False, "labels": ["Cat"]})):
        refused = project.boss.post(f"{project.path}/corrections", json={**request, **fields})
        assert_problem(refused, 422, "invalid", wrong)


def test_an_opinion_keeps_its_label_in_the_project(project: Project) -> None:
    say(project, project.invite("labeler"), "Uncertain")
    kept = [label for label in project.get()["labels"] if label["name"] != "Uncertain"]
    assert_problem(project.change(labels=kept), 409, "conflict")


def test_what_was_said_by_merged_labels_is_the_same(project: Project) -> None:
    ann, bob, cleo = (project.invite("labeler") for _ in range(3))
    ids = say(project, ann, "Cat", "Cat", "Cat")
    say(project, bob, "Dog", "Dog", "Cat")
    say(project, cleo, "Uncertain")
    assert states(project) == {"waiting": 2, "awaitingOpinions": 1, "labeled": 1, "disputed": 1}
    good(project.boss.post(f"{project.path}/labels/2/merge", json={"into": 1}))
    assert states(project) == {"waiting": 1, "awaitingOpinions": 0, "labeled": 3, "disputed": 0}
    assert {image["labels"][0] for image in project.images(state="labeled")} == {"Cat"}
    seen = detail(project, project.boss, ids[0])
    assert ([one["labels"] for one in seen["opinions"]], seen["history"][-1]["action"]) == (
        [["Cat"], ["Cat"], ["Uncertain"]],
        "merged",
    )
    # Not even then a labeler learns what others said.
    assert [entry["action"] for entry in detail(project, cleo, ids[0])["history"]] == ["labeled"]


def test_from_when_it_is_set_on_another_number_of_people_is_asked(project: Project) -> None:
    ann, bob = project.invite("labeler"), project.invite("labeler")
    say(project, ann, "Cat", "Dog")
    good(project.change(opinions={}))
    assert project.get()["opinions"] == {"least": 1, "most": 1, "share": 0, "until": None}
    say(project, bob, "Cat", "Cat", "Cat", "Cat")
    assert states(project) == {"waiting": 0, "awaitingOpinions": 0, "labeled": 3, "disputed": 1}


def test_a_second_is_asked_only_where_the_first_is_not_sure_enough(people: People) -> None:
    opinions = {"least": 1, "most": 2, "share": 0, "until": 0.6}
    project = new_project(people, Folder(people, pictures(3)), opinions=opinions)
    ann, bob = project.invite("labeler"), project.invite("labeler")
    # Nobody was compared yet: of three labels one opinion is right with 0.7.
    say(project, ann, "Cat")
    assert states(project) == {"waiting": 2, "awaitingOpinions": 0, "labeled": 1, "disputed": 0}
    good(project.change(opinions={**opinions, "until": 0.95}))
    [image] = say(project, ann, "Cat")
    assert states(project)["awaitingOpinions"] == 1
    assert say(project, bob, "Cat") == [image]
    assert states(project) == {"waiting": 1, "awaitingOpinions": 0, "labeled": 2, "disputed": 0}


def test_a_number_of_people_that_makes_no_sense_is_refused(people: People) -> None:
    project = new_project(people, Folder(people))
    refused: list[tuple[dict[str, Any], str]] = [
        ({"least": 3, "most": 2, "share": 1}, "opinions"),
        ({"least": 0}, "opinions.least"),
        ({"least": 10, "most": 10}, "opinions.least"),
        ({"share": 1.5}, "opinions.share"),
        ({"until": 0.4}, "opinions.until"),
        ({"until": 1}, "opinions.until"),
        ({"lest": 1}, "opinions.lest"),
    ]
    for opinions, field in refused:
        assert_problem(project.change(opinions=opinions), 422, "invalid", field)


def test_all_that_match_a_filter_are_asked_about(people: People) -> None:
    project = new_project(people, Folder(people, pictures(6)))
    ann, bob = project.invite("labeler", "ann.of.filters"), project.invite("labeler")
    say(project, ann, "Cat", "Dog", "Cat")
    say(project, bob, "Cat", "Cat")
    filtered = {"filter": {"label": "Cat", "labeler": "ann.of.filters"}}
    begun = good(project.boss.post(f"{project.path}/opinions", json=filtered), 202)
    until(lambda: states(project)["awaitingOpinions"] == 2, "nobody asks")
    assert states(project) == {"waiting": 3, "awaitingOpinions": 2, "labeled": 3, "disputed": 0}
    waiting = [image["id"] for image in project.images(state="waiting") if image["name"][-6:-4] in ("00", "02")]
    assert undo(project.boss, project, begun, waiting) == (waiting, [])
    for asked, field in (
        ({}, ""),
        ({"filter": {}, "images": named(waiting)}, ""),
        ({"filter": {"label": "Bird"}}, "label"),
        ({"filter": {"state": "decided"}}, "filter.state"),
    ):
        assert_problem(project.boss.post(f"{project.path}/opinions", json=asked), 422, "invalid", field)
