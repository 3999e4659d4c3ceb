"""Checks over the API: drawn, judged by verdicts, corrected on the spot, and what they say."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures, user_id
from tests.api.reviewing import correct, counts_of, named, reject

ANNA, BOB, RITA = "anna@example.org", "bob@example.org", "rita@example.org"


@pytest.fixture
def project(people: People) -> Project:
    """Of sixteen images Anna has labeled eight as cats and Bob four as dogs."""
    made = new_project(people, Folder(people, pictures(16)))
    made.label(made.invite("labeler", ANNA), 8, "Cat")
    made.label(made.invite("labeler", BOB), 4, "Dog")
    made.invite("reviewer", RITA)
    return made


@pytest.fixture
def rita(people: People, project: Project) -> httpx.Client:
    return people(RITA)


def drawn(project: Project, who: httpx.Client, size: int = 10, **of: Any) -> Any:
    return good(who.post(f"{project.path}/checks", json={"size": size, **of}), 201)


def check_of(project: Project, check: Any) -> Any:
    return good(project.boss.get(f"{project.path}/checks/{check['id']}"))


def sample(project: Project, check: Any, **query: Any) -> list[dict[str, Any]]:
    return list(project.pages(f"checks/{check['id']}/images", **query))


def judge(project: Project, who: httpx.Client, check: Any, images: Sequence[Any], verdict: Any, **more: Any) -> Any:
    said = [{"id": one["id"], "labeledAt": one["labeledAt"], "verdict": verdict, **more} for one in images]
    return good(who.post(f"{project.path}/checks/{check['id']}/verdicts", json={"verdicts": said}))


def ids(images: Sequence[Any]) -> list[str]:
    return [image["id"] for image in images]


def test_a_check_draws_labeled_images_each_once_and_knows_what_they_were_labeled_as(
    project: Project, rita: httpx.Client
) -> None:
    asked = rita.post(f"{project.path}/checks", json={"size": 10})
    check = good(asked, 201)
    assert asked.headers["location"] == f"/api/projects/{project.id}/checks/{check['id']}"
    assert good(rita.get(asked.headers["location"])) == check
    assert (check["status"], check["size"], check["judged"]) == ("open", 10, 0)
    assert (check["share"], check["interval"]) == (None, None)
    assert (check["byName"], check["labeler"], check["label"]) == (RITA, None, None)
    images = sample(project, check)
    assert len(set(ids(images))) == 10
    for image in images:
        labeler = ANNA if image["labels"] == ["Cat"] else BOB
        assert (image["labelerName"], image["labelsNow"]) == (labeler, image["labels"])
        assert (image["verdict"], image["review"]) == (None, None)
        assert httpx.get(image["previewUrl"]).status_code == 200
    assert {one["label"]: one["size"] for one in check["byLabel"]} == Counter(image["labels"][0] for image in images)


def test_a_check_of_a_label_or_a_labeler_draws_only_those_and_no_more_than_there_are(
    project: Project, rita: httpx.Client
) -> None:
    dogs = drawn(project, rita, label="Dog")
    assert (dogs["size"], dogs["label"], dogs["labeler"]) == (4, "Dog", None)
    assert {tuple(image["labels"]) for image in sample(project, dogs)} == {("Dog",)}
    annas = drawn(project, rita, labeler=ANNA)
    assert (annas["size"], annas["labelerName"]) == (8, ANNA)
    assert drawn(project, rita, labeler=user_id(ANNA))["labeler"] == annas["labeler"]
    assert [(one["name"], one["size"]) for one in annas["byLabeler"]] == [(ANNA, 8)]
    assert drawn(project, rita, size=1000)["size"] == 12


def test_what_cannot_be_drawn_is_said_in_words(people: People, project: Project, rita: httpx.Client) -> None:
    def refused(status: int, kind: str, field: str | None = None, **asked: Any) -> str:
        answer = rita.post(f"{project.path}/checks", json={"size": 10, **asked})
        return str(assert_problem(answer, status, kind, field)["detail"])

    assert refused(409, "conflict", label="Uncertain").startswith("No image is labeled 'Uncertain'")
    assert "label of this person" in refused(409, "conflict", labeler="nobody@example.org")
    refused(422, "invalid", "label", label="Bird")
    refused(422, "invalid", "label", label="Cat", labeler=ANNA)
    refused(422, "invalid", "size", size=9)
    refused(422, "invalid", "size", size=1001)
    empty = new_project(people, Folder(people, pictures(1)))
    answer = empty.boss.post(f"{empty.path}/checks", json={"size": 10})
    assert "No image is labeled yet" in assert_problem(answer, 409, "conflict")["detail"]


def test_verdicts_are_counted_by_label_and_labeler_as_the_images_were_drawn(
    project: Project, rita: httpx.Client
) -> None:
    check = drawn(project, rita, size=12)
    images = sample(project, check)
    cats, dogs = ([image for image in images if image["labels"] == [label]] for label in ("Cat", "Dog"))
    assert judge(project, rita, check, cats[:5], "right") == {"saved": ids(cats[:5]), "stale": []}
    judge(project, rita, check, cats[5:7], "wrong", labels=["Uncertain"])
    judge(project, rita, check, cats[7:], "unclear")
    judge(project, rita, check, dogs[:3], "right")
    assert check_of(project, check)["status"] == "open"
    judge(project, rita, check, dogs[3:], "wrong")
    told = check_of(project, check)
    assert (told["status"], told["judged"], told["right"], told["wrong"], told["unclear"]) == ("done", 12, 8, 3, 1)
    assert told["share"] == pytest.approx(8 / 11)
    assert told["interval"] == pytest.approx([0.43435, 0.90255], abs=1e-4)
    assert [(one["label"], one["right"], one["wrong"], one["share"]) for one in told["byLabel"]] == [
        ("Cat", 5, 2, pytest.approx(5 / 7)),
        ("Dog", 3, 1, 0.75),
    ]
    assert [(one["name"], one["judged"], one["wrong"]) for one in told["byLabeler"]] == [(ANNA, 8, 2), (BOB, 4, 1)]
    # The images are as reviewers leave them: two corrected, eight confirmed.
    assert counts_of(project) == {"Cat": 6, "Dog": 4, "Uncertain": 2}
    assert project.progress()["reviewed"] == 10
    assert {image["id"] for image in project.images(label="Uncertain")} == set(ids(cats[5:7]))
    now = {image["id"]: image for image in sample(project, check)}
    assert [now[image["id"]]["labelsNow"] for image in cats[5:7]] == [["Uncertain"]] * 2
    assert [now[image["id"]]["labels"] for image in cats[5:7]] == [["Cat"]] * 2
    history = good(rita.get(f"{project.path}/images/{cats[5]['id']}"))["history"]
    assert [(entry["action"], entry["byName"]) for entry in history] == [("labeled", ANNA), ("corrected", RITA)]


def test_the_same_verdict_again_changes_nothing(project: Project, rita: httpx.Client) -> None:
    check = drawn(project, rita)
    one, other, *_ = sample(project, check)
    for _ in range(2):
        assert judge(project, rita, check, [one], "right")["saved"] == [one["id"]]
        assert judge(project, rita, check, [other], "wrong", labels=["Uncertain"])["saved"] == [other["id"]]
    assert check_of(project, check)["judged"] == 2
    for image in (one, other):
        assert len(good(rita.get(f"{project.path}/images/{image['id']}"))["history"]) == 2


def test_a_verdict_is_changed_or_taken_back_with_what_it_led_to(project: Project, rita: httpx.Client) -> None:
    check = drawn(project, rita)
    [image, *_] = sample(project, check)

    def stands() -> tuple[list[str], bool, str]:
        found = good(rita.get(f"{project.path}/images/{image['id']}"))
        return found["labels"], found["reviewed"], found["labeledAt"]

    before = stands()
    judge(project, rita, check, [image], "right")
    assert stands() == (image["labels"], True, before[2])
    judge(project, rita, check, [image], "wrong", labels=["Uncertain"])
    assert stands()[:2] == (["Uncertain"], True)
    judge(project, rita, check, [image], "wrong", labels=["Dog" if image["labels"] == ["Cat"] else "Cat"])
    assert stands()[0] not in (["Uncertain"], image["labels"])
    judge(project, rita, check, [image], "unclear")
    assert stands() == before
    assert check_of(project, check)["unclear"] == 1
    judge(project, rita, check, [image], "right")
    assert judge(project, rita, check, [image], None) == {"saved": [image["id"]], "stale": []}
    assert stands() == before
    assert check_of(project, check)["judged"] == 0
    [again, *_] = sample(project, check)
    assert (again["id"], again["verdict"], again["review"]) == (image["id"], None, None)


def test_the_reviews_undo_takes_a_correction_back_and_leaves_the_verdict(project: Project, rita: httpx.Client) -> None:
    check = drawn(project, rita)
    [image, *_] = sample(project, check)
    judge(project, rita, check, [image], "wrong", labels=["Uncertain"])
    review = sample(project, check)[0]["review"]
    undone = good(rita.post(f"{project.path}/reviews/{review}/undo", json={"images": [image["id"]]}))
    assert undone == {"restored": [image["id"]], "stale": []}
    assert (check_of(project, check)["wrong"], sample(project, check)[0]["labelsNow"]) == (1, image["labels"])


def test_an_image_that_was_labeled_anew_is_stale_and_then_replaced_by_another(
    project: Project, rita: httpx.Client
) -> None:
    check = drawn(project, rita)
    images = sample(project, check)
    left = {image["id"] for image in project.images(state="labeled")} - set(ids(images))
    correct(project, rita, named(ids(images[:1])), "Uncertain")
    reject(project, rita, ids(images[1:2]))
    judge(project, rita, check, images[2:3], "right")
    correct(project, rita, named(ids(images[2:3])), "Uncertain")
    assert judge(project, rita, check, images[:4], "right") == {
        "saved": ids(images[2:4]),
        "stale": ids(images[:2]),
    }
    answer = good(rita.get(f"{project.path}/checks/{check['id']}/images"))
    now = answer["items"]
    assert answer["replaced"] == ids(images[:2])
    assert (len(now), {image["id"] for image in now[:2]}) == (10, left)
    assert ids(now[2:]) == ids(images[2:])
    assert good(rita.get(f"{project.path}/checks/{check['id']}/images"))["replaced"] == []
    assert judge(project, rita, check, images[:1], "right")["stale"] == ids(images[:1])
    # Nothing is left to be drawn but the one that was labeled anew: the sample gets smaller.
    reject(project, rita, ids(now[:2]))
    [first, *rest] = sample(project, check)
    assert (first["id"], first["labels"], ids(rest)) == (images[0]["id"], ["Uncertain"], ids(images[2:]))
    assert check_of(project, check)["size"] == 9


def test_one_goes_on_where_one_stopped(project: Project, rita: httpx.Client) -> None:
    check = drawn(project, rita)
    images = sample(project, check, limit=3)
    assert len(images) == 10
    judge(project, rita, check, images[:4], "right")
    judge(project, rita, check, images[4:5], "unclear")
    assert ids(sample(project, check, verdict="none", limit=2)) == ids(images[5:])
    assert ids(sample(project, check, verdict="right")) == ids(images[:4])
    assert ids(sample(project, check, verdict="unclear")) == ids(images[4:5])


def test_what_cannot_be_judged_is_refused_whole(project: Project, rita: httpx.Client) -> None:
    check = drawn(project, rita)
    image, *_ = sample(project, check)
    said = {"id": image["id"], "labeledAt": image["labeledAt"], "verdict": "wrong"}

    def refused(*verdicts: dict[str, Any], field: str | None = None) -> None:
        answer = rita.post(f"{project.path}/checks/{check['id']}/verdicts", json={"verdicts": list(verdicts)})
        assert_problem(answer, 422, "invalid", field)

    refused(field="verdicts")
    refused(said, said, field="verdicts.1.id")
    refused({**said, "labels": ["Bird"]}, field="verdicts.0.labels")
    refused({**said, "labels": []}, field="verdicts.0.labels")
    refused({**said, "labels": image["labels"]})
    refused({**said, "verdict": "right", "labels": ["Uncertain"]}, field="verdicts.0.labels")
    refused({**said, "verdict": "perhaps"}, field="verdicts.0.verdict")
    assert check_of(project, check)["judged"] == 0
    missing = rita.post(f"{project.path}/checks/0123456789abcdef/verdicts", json={"verdicts": [said]})
    assert_problem(missing, 404, "not-found")
    assert judge(project, rita, check, [{**image, "id": "999999-00"}], "right")["stale"] == ["999999-00"]
    early = {**image, "labeledAt": "2020-01-01T00:00:00Z"}
    assert judge(project, rita, check, [early], "right")["stale"] == [image["id"]]


def test_checks_are_listed_newest_first_and_deleted_with_what_they_did_left_as_it_is(
    project: Project, rita: httpx.Client
) -> None:
    first, second = drawn(project, rita), drawn(project, rita, label="Dog")
    judge(project, rita, first, sample(project, first)[:1], "right")
    assert [check["id"] for check in project.pages("checks", limit=1)] == [second["id"], first["id"]]
    good(rita.delete(f"{project.path}/checks/{first['id']}"), 204)
    assert_problem(rita.get(f"{project.path}/checks/{first['id']}"), 404, "not-found")
    assert [check["id"] for check in project.pages("checks")] == [second["id"]]
    assert project.progress()["reviewed"] == 1


def test_an_export_carries_the_newest_check_of_the_whole_project_that_is_done(
    project: Project, rita: httpx.Client
) -> None:
    assert project.export("csv")["check"] is None
    done = drawn(project, rita)
    images = sample(project, done)
    judge(project, rita, done, images[:6], "right")
    judge(project, rita, done, images[6:8], "wrong")
    judge(project, rita, done, images[8:], "unclear")
    of_label = drawn(project, rita, label="Dog")
    judge(project, rita, of_label, sample(project, of_label), "wrong")
    drawn(project, rita)
    export, told = project.export("csv"), check_of(project, done)
    says = {name: told[name] for name in ("id", "share", "interval", "judged", "createdAt")}
    assert (export["check"], says["share"], says["judged"]) == (says, 0.75, 10)
    [url] = [file["url"] for file in export["files"] if file["name"] == "export.json"]
    assert httpx.get(url).json()["check"] == says


def test_the_list_of_projects_tells_reviewers_what_the_newest_check_says(
    people: People, project: Project, rita: httpx.Client
) -> None:
    def told(who: httpx.Client) -> Any:
        listed = {one["id"]: one["checked"] for one in good(who.get("/api/projects?limit=200"))["items"]}
        assert listed[project.id] == good(who.get(project.path))["checked"]
        return listed[project.id]

    assert told(rita) is None
    check = drawn(project, rita)
    images = sample(project, check)
    judge(project, rita, check, images[1:], "right")
    assert told(rita) is None
    judge(project, rita, check, images[:1], "wrong")
    says = check_of(project, check)
    assert told(rita) == {
        "check": check["id"],
        "share": 0.9,
        "interval": says["interval"],
        "judged": 10,
        "finishedAt": says["finishedAt"],
    }
    assert says["finishedAt"] >= says["createdAt"]
    assert told(people(ANNA)) is None
    good(rita.delete(f"{project.path}/checks/{check['id']}"), 204)
    assert told(rita) is None


def test_several_labels_of_an_image_are_judged_together_and_it_may_have_none(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)), taskType="multiLabel")
    boss, lease = project.boss, project.lease(project.boss, 4)
    both, cat, none, other = (image["id"] for image in lease["images"])
    good(project.submit(boss, lease, {both: ["Cat", "Dog"], cat: ["Cat"], none: [], other: []}))
    check = drawn(project, boss)
    images = {image["id"]: image for image in sample(project, check)}
    judge(project, boss, check, [images[both]], "wrong", labels=["Dog"])
    judge(project, boss, check, [images[cat], images[none]], "right")
    judge(project, boss, check, [images[other]], "wrong", labels=["Cat", "Dog"])
    told = check_of(project, check)
    assert [(one["label"], one["size"], one["right"], one["wrong"]) for one in told["byLabel"]] == [
        ("Cat", 2, 1, 1),
        ("Dog", 1, 0, 1),
        (None, 2, 1, 1),
    ]
    now = {image["id"]: image["labelsNow"] for image in sample(project, check)}
    assert now == {both: ["Dog"], cat: ["Cat"], none: [], other: ["Cat", "Dog"]}
    judge(project, boss, check, [images[both]], "wrong", labels=[])
    assert {image["id"]: image["labelsNow"] for image in sample(project, check)}[both] == []
    judge(project, boss, check, list(images.values()), None)
    assert {image["id"]: image["labels"] for image in project.images()} == {
        both: ["Cat", "Dog"],
        cat: ["Cat"],
        none: [],
        other: [],
    }
    assert good(boss.get(f"{project.path}/progress"))["reviewed"] == 0


def test_where_several_people_look_at_an_image_only_what_was_decided_is_drawn_as_theirs_who_decided(
    people: People,
) -> None:
    project = new_project(people, Folder(people, pictures(3)), opinions={"least": 2, "most": 2, "share": 1})
    anna, bob = project.invite("labeler", ANNA), project.invite("labeler", BOB)
    agreed, disputed, awaiting = (image["id"] for image in project.images())
    for who, labels in ((anna, ["Cat", "Cat", "Cat"]), (bob, ["Cat", "Dog"])):
        lease = project.lease(who, len(labels))
        said = dict(zip((image["id"] for image in lease["images"]), labels, strict=True))
        assert list(said) == [agreed, disputed, awaiting][: len(labels)]
        good(project.submit(who, lease, {image: [label] for image, label in said.items()}))
    check = drawn(project, project.boss)
    [image] = sample(project, check)
    assert (image["id"], image["labels"]) == (agreed, ["Cat"])
    [decider] = [one["name"] for one in check["byLabeler"]]
    assert drawn(project, project.boss, labeler=decider)["size"] == 1
    other = {ANNA: BOB, BOB: ANNA}[decider]
    assert_problem(project.boss.post(f"{project.path}/checks", json={"size": 10, "labeler": other}), 409, "conflict")
    judge(project, project.boss, check, [image], "wrong", labels=["Dog"])
    assert sample(project, check)[0]["labelsNow"] == ["Dog"]
    judge(project, project.boss, check, [image], None)
    [again] = sample(project, check)
    assert (again["labels"], again["labeledAt"], again["labelerName"]) == (["Cat"], image["labeledAt"], decider)
    opinions = good(project.boss.get(f"{project.path}/images/{agreed}"))["opinions"]
    assert [one["labels"] for one in opinions] == [["Cat"], ["Cat"]]


def test_a_merged_or_renamed_label_is_told_as_what_it_is_now(project: Project, rita: httpx.Client) -> None:
    check = drawn(project, rita, label="Dog")
    judge(project, rita, check, sample(project, check)[:1], "wrong", labels=["Cat"])
    good(project.boss.post(f"{project.path}/labels/2/merge", json={"into": 3}))
    labels = [{**one, "name": "Unsure" if one["id"] == 3 else one["name"]} for one in project.get()["labels"]]
    good(project.change(labels=labels))
    told = check_of(project, check)
    assert (told["label"], [(one["label"], one["size"]) for one in told["byLabel"]]) == ("Unsure", [("Unsure", 4)])
    assert {tuple(image["labels"]) for image in sample(project, check)} == {("Unsure",)}
    assert judge(project, rita, check, sample(project, check, verdict="none"), "right")["stale"] == []
