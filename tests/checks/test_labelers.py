"""Each labeler's figures: how much they do, what was rejected, how often others agree, and what checks found; and who
may see them.
"""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from azure.core.pipeline.transport import AioHttpTransport

from functions.checks.labelers import read_labelers
from functions.checks.store import CHECKS, Check, Drawn
from functions.ids import newest_first_id
from functions.labeling.board import board_of
from functions.labeling.progress import read_progress
from functions.storage import Storage
from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.api.reviewing import reject
from tests.api.test_agreement import TWO_EACH, say
from tests.checks.test_checks import drawn, judge, sample
from tests.exports.scene import AT, CAT, Picture, project_of

NOTHING = {"count": 0, "of": 0, "share": None, "interval": None}


def labelers(project: Project, who: httpx.Client) -> list[dict[str, Any]]:
    return list(good(who.get(f"{project.path}/labelers"))["items"])


def counted(told: Any) -> tuple[int, int]:
    if told["of"]:
        assert told["share"] == told["count"] / told["of"]
        low, high = told["interval"]
        assert 0 <= low < high <= 1
        assert low - 1e-9 <= told["share"] <= high + 1e-9
    else:
        assert told == NOTHING
    return told["count"], told["of"]


@pytest.fixture
def names() -> tuple[str, str]:
    return new_name("ann"), new_name("bob")


@pytest.fixture
def project(people: People, names: tuple[str, str]) -> Project:
    """Of 21 images two people have labeled 9 each, alone; of the other three both say something, twice the same."""
    made = new_project(people, Folder(people, pictures(21)))
    ann, bob = (made.invite("labeler", name) for name in names)
    made.label(ann, 9)
    made.label(bob, 9, "Dog")
    good(made.change(opinions=TWO_EACH))
    say(made, ann, [["Cat"]] * 3)
    say(made, bob, [["Cat"], ["Cat"], ["Dog"]])
    return made


def test_reviewers_see_what_each_does_and_how_right_it_is(project: Project, names: tuple[str, str]) -> None:
    rita = project.invite("reviewer")
    [ann, bob] = labelers(project, rita)
    assert (ann["name"], bob["name"]) == names
    by_name = {one["name"]: one for one in project.progress()["byLabeler"]}
    for one in (ann, bob):
        same = ("userId", "name", "labeled", "skipped", "reviewed", "labeledPerHour", "lastHours")
        assert {name: one[name] for name in same} == {name: by_name[one["name"]][name] for name in same}
        assert counted(one["agreement"]) == (2, 2)
        assert counted(one["rejected"]) == (0, one["labeled"])
        assert counted(one["checked"]) == (0, 0)
    reject(project, rita, [image["id"] for image in project.images(labeler=ann["userId"], label="Cat")][:3])
    labeled = ann["labeled"]
    after = {one["name"]: one for one in labelers(project, rita)}
    assert counted(after[names[0]]["rejected"]) == (3, labeled)
    assert counted(after[names[1]]["rejected"]) == (0, bob["labeled"])


def test_a_check_tells_of_those_whose_images_it_judged_and_the_newest_counts(
    project: Project, names: tuple[str, str]
) -> None:
    rita, (ann, bob) = project.invite("reviewer"), names

    def check(right: int, unclear: int = 0, **of: Any) -> int:
        """How many images were clear."""
        made = drawn(project, rita, size=1000, **of)
        images = sample(project, made)
        judge(project, rita, made, images[:right], "right")
        if unclear:
            judge(project, rita, made, images[right : right + unclear], "unclear")
        judge(project, rita, made, images[right + unclear :], "wrong")
        return len(images) - unclear

    def told() -> dict[str, tuple[int, int]]:
        return {one["name"]: counted(one["checked"]) for one in labelers(project, rita)}

    anns = (4, check(4, labeler=ann))
    assert told() == {ann: anns, bob: (0, 0)}
    bobs = (5, check(5, 2, labeler=bob))
    assert told() == {ann: anns, bob: bobs}
    check(3, label="Dog")
    assert told() == {ann: anns, bob: bobs}
    # All of Bob's are unclear: what was known of him before stands.
    made = drawn(project, rita, size=1000)
    images = sample(project, made)
    of = {name: [image for image in images if image["labelerName"] == name] for name in names}
    judge(project, rita, made, of[ann], "right")
    assert told() == {ann: anns, bob: bobs}
    judge(project, rita, made, of[bob], "unclear")
    assert told() == {ann: (len(of[ann]),) * 2, bob: bobs}


def test_labelers_see_nothing_unless_the_project_lets_them_and_then_their_own_alone(
    people: People, project: Project, names: tuple[str, str]
) -> None:
    ann, bob, new = (*map(people, names), project.invite("labeler"))
    assert project.get()["labelersSeeFigures"] is False
    assert [labelers(project, who) for who in (ann, bob, new)] == [[], [], []]
    good(project.change(labelersSeeFigures=True))
    for who, name in ((ann, names[0]), (bob, names[1])):
        answer = who.get(f"{project.path}/labelers")
        [own] = good(answer)["items"]
        assert own["name"] == name
        assert counted(own["agreement"]) == (2, 2)
        assert not any(other in answer.text for other in names if other != name)
    assert labelers(project, new) == []
    good(project.change(labelersSeeFigures=False))
    assert labelers(project, ann) == []
    assert len(labelers(project, project.boss)) == 2


@pytest.mark.parametrize("checks", [0, 1, 12])
async def test_it_costs_one_request_more_than_the_progress(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, checks: int
) -> None:
    project = await project_of(storage, [Picture(f"{number:02}.png") for number in range(20)], pack_size=5)
    for number in range(checks):
        at = datetime(2026, 1, 1, 12, number, tzinfo=UTC)
        image = Drawn(image="000000-00", labels=(CAT.id,), labeler="ann", at=AT, verdict="right")
        await CHECKS.insert(storage, Check(id=newest_first_id(at), project_id=project.id, asked_at=at, images=(image,)))
    sent, send = list[str](), AioHttpTransport.send

    async def count(self: Any, request: Any, **more: Any) -> Any:
        sent.append(request.url)
        return await send(self, request, **more)

    monkeypatch.setattr(AioHttpTransport, "send", count)
    await read_progress(board_of(storage, project), AT)
    progress = len(sent)
    sent.clear()
    found = await read_labelers(storage, project, AT)
    assert len(sent) == progress + 1
    assert sum(one.checked.judged for one in found) == min(checks, 1)
