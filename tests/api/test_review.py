"""Reviewers' work over the API: finding images, rejecting, correcting, and what remains to be seen of it."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from functions.http.paging import encode_cursor
from functions.labeling.limits import MOST_CHANGES
from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, pictures, user_id

COUNT = 80


@pytest.fixture(scope="module")
def folder(people: People) -> Folder:
    return Folder(people, pictures(COUNT))


@pytest.fixture(scope="module")
def reviewed(people: People, folder: Folder) -> Project:
    """80 images in two packs: Anna labeled nine as cats, Ben nine as dogs and skipped one; the rest waits."""
    project = new_project(people, folder)
    anna, ben = project.invite("labeler", "anna@example.org"), project.invite("labeler", "Ben@example.org")
    project.label(anna, 9, "Cat")
    lease = project.lease(ben, 10)
    *labeled, skipped = [image["id"] for image in lease["images"]]
    good(project.submit(ben, lease, {image: [2] for image in labeled}, [{"id": skipped, "reason": "blurred"}]))
    return project


@pytest.fixture
def fresh(people: People) -> Project:
    """A project of six images."""
    return new_project(people, Folder(people, pictures(6)))


def ids(images: list[dict[str, Any]]) -> set[str]:
    return {image["id"] for image in images}


def seen(image: dict[str, Any]) -> dict[str, Any]:
    return {"id": image["id"], "labeledAt": image["labeledAt"]}


def reject(project: Project, who: httpx.Client, images: list[dict[str, Any]], reason: str | None = None) -> Any:
    return good(who.post(f"{project.path}/rejections", json={"images": images, "reason": reason}))


def correct(project: Project, who: httpx.Client, image: str, **body: Any) -> httpx.Response:
    return who.put(f"{project.path}/images/{image}/labels", json=body)


def test_images_are_found_by_state(reviewed: Project) -> None:
    counted = {state: len(reviewed.images(state=state)) for state in ("labeled", "skipped", "waiting", "missing")}
    assert counted == {"labeled": 18, "skipped": 1, "waiting": COUNT - 19, "missing": 0}


@pytest.mark.parametrize("label", ["Dog", "2"])
def test_images_are_found_by_label_named_or_by_id(reviewed: Project, label: str) -> None:
    found = reviewed.images(label=label)
    assert len(found) == 9
    assert all(image["labels"] == ["Dog"] for image in found)


@pytest.mark.parametrize("labeler", [user_id("Ben@example.org"), "Ben@example.org", "ben@EXAMPLE.org"])
def test_images_are_found_by_labeler_by_id_or_sign_in_name(reviewed: Project, labeler: str) -> None:
    found = reviewed.images(labeler=labeler)
    assert len(found) == 10
    assert {(image["labeler"], image["labelerName"]) for image in found} == {
        (user_id("Ben@example.org"), "Ben@example.org")
    }


def test_images_are_found_by_a_part_of_their_name(reviewed: Project, folder: Folder) -> None:
    assert [image["name"] for image in reviewed.images(name="07.PNG")] == [f"{folder.prefix}07.png"]
    assert len(reviewed.images(name=folder.prefix)) == COUNT


def test_filters_are_joined(reviewed: Project) -> None:
    assert len(reviewed.images(state="labeled", label="Cat", labeler="anna@example.org")) == 9
    assert reviewed.images(state="labeled", label="Dog", labeler="anna@example.org") == []
    assert len(reviewed.images(state="skipped", labeler="ben@example.org")) == 1


def test_images_that_changed_since_they_were_labeled_are_found(people: People) -> None:
    folder = Folder(people, pictures(3))
    project = new_project(people, folder)
    project.label(people(), 3)
    folder.put({"01.png": b"\x89PNG other bytes"})
    project.refresh()
    assert [image["name"] for image in project.images(changedSinceLabeled=True)] == [f"{folder.prefix}01.png"]
    assert len(project.images(changedSinceLabeled=False)) == 2


@pytest.mark.parametrize("filters", [{}, {"state": "labeled"}, {"state": "waiting"}])
@pytest.mark.parametrize("limit", [1, 7, 19, 200])
def test_pages_cover_every_image_exactly_once(reviewed: Project, filters: dict[str, str], limit: int) -> None:
    everything = reviewed.images(limit=200, **filters)
    paged = [image["id"] for image in reviewed.images(limit=limit, **filters)]
    assert len(everything) == {None: COUNT, "labeled": 18, "waiting": COUNT - 19}[filters.get("state")]
    assert paged == [image["id"] for image in everything]
    assert len(set(paged)) == len(paged)


def test_a_page_has_no_more_images_than_asked_for(reviewed: Project) -> None:
    page = good(reviewed.boss.get(f"{reviewed.path}/images", params={"limit": 7}))
    assert len(page["items"]) == 7
    assert page["nextCursor"]


def test_rejected_images_lose_their_labels_and_come_back_first_with_the_reason(fresh: Project) -> None:
    labeler, reviewer = fresh.invite("labeler"), fresh.invite("reviewer")
    ahead = fresh.lease(fresh.boss, 2)
    labeled = fresh.label(labeler, 4, "Dog")
    good(fresh.boss.delete(f"{fresh.path}/leases/{ahead['id']}"), 204)
    images = [image for image in fresh.images(state="labeled") if image["id"] in labeled[2:]]
    answer = reject(fresh, reviewer, [seen(image) for image in images], "look at the ears")
    assert (answer["rejected"], answer["stale"]) == (labeled[2:], [])
    assert fresh.progress()["labeled"] == 2
    lease = fresh.lease(labeler, 3)
    assert [image["id"] for image in lease["images"]] == [*labeled[2:], ahead["images"][0]["id"]]
    assert [image["rejected"] for image in lease["images"]] == [
        {"reason": "look at the ears", "labels": ["Dog"], "skipped": False},
        {"reason": "look at the ears", "labels": ["Dog"], "skipped": False},
        None,
    ]


def test_a_skipped_image_can_be_rejected_too(fresh: Project) -> None:
    lease = fresh.lease(fresh.boss, 1)
    [image] = [image["id"] for image in lease["images"]]
    good(fresh.submit(fresh.boss, lease, {}, [{"id": image}]))
    assert reject(fresh, fresh.boss, [{"id": image}])["rejected"] == [image]
    assert fresh.images(state="skipped") == []


def test_a_rejection_of_what_was_labeled_again_meanwhile_is_stale(fresh: Project) -> None:
    [image] = fresh.label(fresh.boss, 1, "Cat")
    before = seen(fresh.images(state="labeled")[0])
    good(correct(fresh, fresh.boss, image, labels=["Dog"]))
    answer = reject(fresh, fresh.boss, [before])
    assert (answer["rejected"], answer["stale"]) == ([], [image])
    assert fresh.images(state="labeled")[0]["labels"] == ["Dog"]


def test_a_rejection_of_what_is_not_labeled_is_stale_and_the_others_are_rejected(fresh: Project) -> None:
    [labeled] = fresh.label(fresh.boss, 1)
    waiting = fresh.images(state="waiting")[0]["id"]
    answer = reject(fresh, fresh.boss, [{"id": waiting}, {"id": labeled}])
    assert (answer["rejected"], answer["stale"]) == ([labeled], [waiting])


def test_a_reviewer_corrects_anybodys_label(fresh: Project) -> None:
    labeler, reviewer = fresh.invite("labeler"), fresh.invite("reviewer", "rita@example.org")
    [image] = fresh.label(labeler, 1, "Cat")
    corrected = good(correct(fresh, reviewer, image, labels=["Dog"]))
    assert (corrected["labels"], corrected["labelerName"]) == (["Dog"], "rita@example.org")
    assert {item["label"]: item["count"] for item in fresh.progress()["byLabel"]} == {
        "Cat": 0,
        "Dog": 1,
        "Uncertain": 0,
    }


def test_a_correction_by_who_saw_an_older_label_changes_nothing(fresh: Project) -> None:
    [image] = fresh.label(fresh.boss, 1, "Cat")
    old = fresh.images(state="labeled")[0]["labeledAt"]
    good(correct(fresh, fresh.boss, image, labels=["Dog"]))
    problem = assert_problem(correct(fresh, fresh.boss, image, labels=["Uncertain"], labeledAt=old), 409, "stale")
    assert problem["imageIds"] == [image]
    assert fresh.images(state="labeled")[0]["labels"] == ["Dog"]


def test_a_labeler_corrects_their_own_label_and_nobody_elses(fresh: Project) -> None:
    anna, ben = fresh.invite("labeler"), fresh.invite("labeler")
    [hers], [his] = fresh.label(anna, 1), fresh.label(ben, 1)
    assert good(correct(fresh, anna, hers, labels=[2]))["labels"] == ["Dog"]
    assert_problem(correct(fresh, anna, his, labels=["Dog"]), 404, "not-found")
    assert good(fresh.boss.get(f"{fresh.path}/images/{his}"))["labels"] == ["Cat"]


def test_a_labeler_skips_their_own_image_afterwards_and_nobody_elses(fresh: Project) -> None:
    anna, ben = fresh.invite("labeler", "anna@example.org"), fresh.invite("labeler")
    [hers], [his] = fresh.label(anna, 1), fresh.label(ben, 1)
    seen_at = fresh.images(labeler="anna@example.org")[0]["labeledAt"]
    skipped = good(correct(fresh, anna, hers, labels=[], skipped=True, reason="blurred", labeledAt=seen_at))
    assert (skipped["state"], skipped["labels"], skipped["labelerName"]) == ("skipped", [], "anna@example.org")
    told = [(entry["action"], entry["labels"], entry["reason"]) for entry in skipped["history"]]
    assert told == [("labeled", ["Cat"], None), ("skipped", [], "blurred")]
    [row] = fresh.progress(anna)["byLabeler"]
    assert (row["labeled"], row["skipped"]) == (0, 1)
    assert_problem(correct(fresh, anna, hers, labels=["Dog"], labeledAt=seen_at), 409, "stale")
    assert good(correct(fresh, anna, hers, labels=["Dog"]))["labels"] == ["Dog"]
    assert_problem(correct(fresh, anna, his, labels=[], skipped=True), 404, "not-found")


def test_a_reviewer_skips_any_image_and_it_is_not_handed_out(fresh: Project) -> None:
    reviewer = fresh.invite("reviewer")
    first, *others = [image["id"] for image in fresh.images()]
    assert good(correct(fresh, reviewer, first, labels=[], skipped=True))["state"] == "skipped"
    assert [image["id"] for image in fresh.lease(fresh.boss, 9)["images"]] == others


def test_a_labeler_sees_their_own_image_and_nobody_elses(fresh: Project) -> None:
    anna, ben = fresh.invite("labeler"), fresh.invite("labeler")
    [hers], [his] = fresh.label(anna, 1), fresh.label(ben, 1)
    assert good(anna.get(f"{fresh.path}/images/{hers}"))["id"] == hers
    assert_problem(anna.get(f"{fresh.path}/images/{his}"), 404, "not-found")


def test_a_labeler_cannot_change_an_image_that_was_sent_back(fresh: Project) -> None:
    labeler = fresh.invite("labeler")
    [image] = fresh.label(labeler, 1)
    reject(fresh, fresh.boss, [{"id": image}])
    assert_problem(correct(fresh, labeler, image, labels=["Dog"]), 404, "not-found")


def test_the_history_of_an_image_tells_what_happened_by_whom_and_why_in_order(fresh: Project) -> None:
    anna, rita = fresh.invite("labeler", "anna@example.org"), fresh.invite("reviewer", "rita@example.org")
    [image] = fresh.label(anna, 1, "Cat")
    reject(fresh, rita, [{"id": image}], "no cat")
    lease = fresh.lease(anna, 1)
    good(fresh.submit(anna, lease, {}, [{"id": image, "reason": "too dark"}]))
    good(correct(fresh, rita, image, labels=["Uncertain"]))
    history = good(rita.get(f"{fresh.path}/images/{image}"))["history"]
    told = [(entry["byName"], entry["action"], entry["labels"], entry["reason"]) for entry in history]
    assert told == [
        ("anna@example.org", "labeled", ["Cat"], None),
        ("rita@example.org", "rejected", ["Cat"], "no cat"),
        ("anna@example.org", "skipped", [], "too dark"),
        ("rita@example.org", "corrected", ["Uncertain"], None),
    ]
    times = [datetime.fromisoformat(entry["at"]) for entry in history]
    assert times == sorted(times)
    assert {entry["by"] for entry in history} == {user_id("anna@example.org"), user_id("rita@example.org")}


def test_a_labeler_sees_only_their_own_row_of_the_figures(reviewed: Project, people: People) -> None:
    everybody = {row["name"]: row["labeled"] for row in reviewed.progress()["byLabeler"]}
    assert everybody == {"anna@example.org": 9, "Ben@example.org": 9}
    hers = reviewed.progress(people("anna@example.org"))["byLabeler"]
    assert [(row["userId"], row["labeled"]) for row in hers] == [(user_id("anna@example.org"), 9)]


def history(project: Project, who: httpx.Client, image: str, **query: Any) -> Any:
    return good(who.get(f"{project.path}/images/{image}", params=query))


def test_a_history_is_read_page_by_page_from_the_newest_on(fresh: Project) -> None:
    [image] = fresh.label(fresh.boss, 1)
    for label in ("Dog", "Cat", "Dog", "Cat"):
        good(correct(fresh, fresh.boss, image, labels=[label]))
    whole = history(fresh, fresh.boss, image)
    assert (len(whole["history"]), whole["nextCursor"]) == (5, None)
    newest = history(fresh, fresh.boss, image, limit=2)
    assert newest["history"] == whole["history"][3:]
    good(correct(fresh, fresh.boss, image, labels=["Dog"]))
    earlier = history(fresh, fresh.boss, image, limit=2, cursor=newest["nextCursor"])
    assert earlier["history"] == whole["history"][1:3]
    first = history(fresh, fresh.boss, image, limit=2, cursor=earlier["nextCursor"])
    assert (first["history"], first["nextCursor"]) == (whole["history"][:1], None)


@pytest.mark.parametrize("cursor", ["x", encode_cursor("99"), encode_cursor("-1"), encode_cursor("0" * 1000)])
def test_what_is_no_cursor_of_a_history_is_refused(reviewed: Project, cursor: str) -> None:
    path = f"{reviewed.path}/images/{reviewed.images(state='labeled')[0]['id']}"
    assert_problem(reviewed.boss.get(path, params={"cursor": cursor}), 422, "invalid", "cursor")


def test_the_same_label_again_leaves_no_record(fresh: Project) -> None:
    anna = fresh.invite("labeler", "anna@example.org")
    images = fresh.label(anna, 2, "Cat")
    before = history(fresh, fresh.boss, images[0])
    assert good(correct(fresh, fresh.boss, images[0], labels=["Cat"]))["history"] == before["history"]
    body = {"images": [{"id": image} for image in images], "labels": ["Cat"]}
    done = good(fresh.boss.post(f"{fresh.path}/corrections", json=body))
    assert (done["corrected"], done["unchanged"], done["stale"]) == ([], images, [])
    after = history(fresh, fresh.boss, images[0])
    assert (after["history"], after["labelerName"]) == (before["history"], "anna@example.org")


def test_who_has_changed_an_image_fifty_times_today_is_told_so(fresh: Project) -> None:
    [image] = fresh.label(fresh.boss, 1, "Cat")
    for number in range(MOST_CHANGES - 1):
        good(correct(fresh, fresh.boss, image, labels=[("Dog", "Cat")[number % 2]]))
    wanted = {"images": [{"id": image}]}
    assert_problem(correct(fresh, fresh.boss, image, labels=["Uncertain"]), 409, "too-often")
    for call, body in (("corrections", {**wanted, "labels": ["Uncertain"]}), ("rejections", wanted)):
        answer = fresh.boss.post(f"{fresh.path}/{call}", json=body)
        assert_problem(answer, 409, "too-often")
        assert answer.json()["imageIds"] == [image]
    good(correct(fresh, fresh.invite("reviewer"), image, labels=["Uncertain"]))
    assert len(history(fresh, fresh.boss, image, limit=200)["history"]) == MOST_CHANGES + 1
