"""Checks: a random sample is drawn, judged by keys, gone on with later, and told."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, picture, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.signing import sign_in_as
from tests.browser.test_data_page import expect_notice
from tests.running import Service, until

expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")

LABELED = 12
VERDICTS = "**/api/projects/*/checks/*/verdicts"


@pytest.fixture
def project(people: People) -> Project:
    """Twelve images that two people have labeled Cat, six each."""
    made = new_project(people, Folder(people, pictures(LABELED)))
    for number in range(2):
        made.label(made.invite("labeler", f"{'ab'[number]}{new_name('labeler')}"), LABELED // 2)
    return made


@pytest.fixture
def sent(page: Page) -> list[dict[str, Any]]:
    """The calls that save verdicts."""
    calls: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        said: Any = request.post_data_json if request.url.endswith("/verdicts") else None
        if said:
            calls.append(said)

    page.on("request", note)
    return calls


def draw(project: Project, **asked: Any) -> str:
    return str(good(project.boss.post(f"{project.path}/checks", json={"size": 10, **asked}), 201)["id"])


def found(project: Project, check: str) -> Any:
    return good(project.boss.get(f"{project.path}/checks/{check}"))


def open_judging(page: Page, service: Service, project: Project, check: str) -> None:
    page.goto(f"{service.url}/projects/{project.id}/checks/{check}/judge")
    expect(page.get_by_role("group", name="Judge")).to_be_visible()


def expect_judged(page: Page, count: int, size: int) -> None:
    expect(page.get_by_text(f"{count} of {size} judged", exact=True)).to_be_visible()


def judge(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_check_is_drawn_judged_by_keys_gone_on_with_and_told(
    service: Service, page: Page, project: Project, sent: list[dict[str, Any]]
) -> None:
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_role("region", name="Checks")).to_contain_text("How many labels are right?")
    page.get_by_role("tab", name="Checks").click()
    expect(page.get_by_role("radio", name="All 12 images: every label is looked at")).to_be_checked()
    page.get_by_role("button", name="Start judging").click()
    expect_judged(page, 0, 12)
    check = page.url.split("/")[-2]

    # Right by two keys, wrong with the right label, the label's own key is right, unclear, wrong without the right one.
    judge(page, "y2")
    page.keyboard.press("Enter")
    judge(page, "1ux")
    expect_judged(page, 6, 12)
    expect(page.get_by_text("Last: wrong")).to_be_visible()
    # Two are taken back, one of them after all; the last one at once.
    page.keyboard.press("Backspace")
    expect(page.get_by_text("Last: unclear")).to_be_visible()
    page.keyboard.press("Control+z")
    expect_judged(page, 4, 12)
    judge(page, "u")
    expect_judged(page, 5, 12)

    page.reload()
    expect_judged(page, 5, 12)
    # What was said before the page was loaded is taken back, too.
    expect(page.get_by_text("Last: unclear")).to_be_visible()
    page.keyboard.press("Backspace")
    expect_judged(page, 4, 12)
    page.keyboard.press("Escape")
    one = page.get_by_role("list", name="Checks of this project").get_by_role("listitem")
    expect(one).to_contain_text("4 of 12 images judged")
    page.get_by_role("link", name="Go on judging: All labels").click()
    expect_judged(page, 4, 12)
    calls = len(sent)
    judge(page, "uyyyyyyy")
    expect(page.get_by_role("heading", name="All images are judged.")).to_be_visible()
    # The last one can be taken back here as well.
    page.keyboard.press("Backspace")
    expect_judged(page, 11, 12)
    judge(page, "2")
    expect(page.get_by_role("heading", name="All images are judged.")).to_be_visible()
    page.keyboard.press("Enter")

    result = page.get_by_role("region", name="All labels")
    expect(result).to_contain_text("82% right, 52–95%")
    expect(result).to_contain_text("9 of 11 judged labels are right")
    expect(result).to_contain_text("1 image was unclear and does not count.")
    labels = page.get_by_role("table", name="By label")
    expect(labels.get_by_role("row").nth(1)).to_have_text(re.compile(r"Cat9 of 1182%52–95%± 21 points"))
    expect(page.get_by_role("table", name="By person").get_by_role("row")).to_have_count(3)
    expect(page.get_by_text("Gray: fewer than 20 judged images").first).to_be_visible()
    # Eight verdicts, one taken back and one given anew.
    assert len(sent) - calls <= 4
    told = found(project, check)
    assert (told["right"], told["wrong"], told["unclear"], told["status"]) == (9, 2, 1, "done")
    # Wrong ones with the right label are corrected, and right ones are reviewed.
    assert sorted(image["labels"][0] for image in project.images(state="labeled")) == ["Cat"] * 10 + ["Dog"] * 2
    assert len(project.images(reviewed=True)) == 11

    page.get_by_role("tab", name="Dashboard").click()
    expect(page.get_by_role("region", name="Checks")).to_contain_text("82% right, 52–95%All labels12 images judged")
    page.get_by_role("region", name="Checks").get_by_role("link", name="All labels").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No checks yet.")).to_be_visible()
    assert list(project.pages("checks")) == []


def test_fifty_verdicts_are_saved_by_few_calls(
    service: Service, page: Page, people: People, sent: list[dict[str, Any]]
) -> None:
    project = new_project(people, Folder(people, pictures(54)))
    for _ in range(6):
        project.label(project.boss, 9)
    check = draw(project, size=50)
    open_judging(page, service, project, check)
    for number in range(1, 51):
        page.keyboard.press("y")
        # The next one is there at once: nothing is waited for but the page itself.
        if number % 10 == 0:
            expect_judged(page, number, 50)
    until(lambda: found(project, check)["right"] == 50, "the verdicts are not saved")
    # Requests are noted while the page is asked something.
    page.get_by_role("button", name="Show the result").click()
    expect(page.get_by_text("100% right, 93–100%")).to_be_visible()
    assert len(sent) <= 6
    ids = [said["id"] for call in sent for said in call["verdicts"]]
    assert len(ids) == len(set(ids)) == 50


def test_verdicts_are_kept_while_the_service_does_not_answer(service: Service, page: Page, project: Project) -> None:
    check = draw(project)
    open_judging(page, service, project, check)
    silence = lambda route: route.abort()  # noqa: E731
    page.route(VERDICTS, silence)
    judge(page, "yy")
    expect(page.get_by_text("Your verdicts are kept in this browser")).to_be_visible()
    judge(page, "u")
    expect_judged(page, 3, 10)
    assert found(project, check)["judged"] == 0
    # They are sent from whichever page of the project is open.
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("tab", name="Data").click()
    key = page.evaluate("Object.keys(localStorage).find((key) => key.startsWith('verdicts:'))")
    page.unroute(VERDICTS, silence)
    until(lambda: found(project, check)["judged"] == 3, "the verdicts are not saved")
    # As a browser leaves it that ended at once.
    image = good(project.boss.get(f"{project.path}/checks/{check}/images", params={"verdict": "none"}))["items"][0]
    said = {"id": image["id"], "labeledAt": image["labeledAt"], "verdict": "unclear"}
    kept = json.dumps([{"turn": 1, "isKnown": False, "said": said}])
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    page.reload()
    until(lambda: found(project, check)["unclear"] == 2, "what was left is not saved")


def test_what_was_judged_last_arrives_though_one_leaves_at_once(service: Service, page: Page, project: Project) -> None:
    check = draw(project)
    open_judging(page, service, project, check)
    judge(page, "y")
    expect_judged(page, 1, 10)
    page.goto("about:blank")
    until(lambda: found(project, check)["right"] == 1, "what was said last is lost")


def test_an_image_that_is_labeled_anew_is_replaced_and_that_is_told(
    service: Service, page: Page, people: People
) -> None:
    project = new_project(people, Folder(people, pictures(13)))
    project.label(project.boss, 9)
    project.label(project.boss, 4)
    check = draw(project)
    open_judging(page, service, project, check)
    name = page.get_by_role("group", name=re.compile(r"\.png")).get_attribute("aria-label") or ""
    shown = project.image(re.findall(r"\d\d\.png", name)[0])
    label = {"labels": ["Dog"], "labeledAt": shown["labeledAt"]}
    good(project.boss.put(f"{project.path}/images/{shown['id']}/labels", json=label))
    judge(page, "y")
    expect_judged(page, 1, 10)
    expect_notice(page, "1 image was labeled again meanwhile")
    expect_judged(page, 0, 10)
    # Where one goes on later, that is told as well.
    for image in project.images(state="labeled", reviewed=False):
        label = {"labels": ["Dog"], "labeledAt": image["labeledAt"]}
        good(project.boss.put(f"{project.path}/images/{image['id']}/labels", json=label))
    page.reload()
    expect_notice(page, "labeled again since the check was drawn")


def test_labels_are_turned_on_and_off_where_images_have_several(service: Service, page: Page, people: People) -> None:
    labels = [*({"name": name, "group": "Time"} for name in ("Day", "Night")), {"name": "Cat", "group": ""}]
    project = new_project(
        people,
        Folder(people, pictures(10)),
        taskType="multiLabel",
        labels=labels,
        groups=[{"path": "Time", "exclusive": True}],
    )
    for _ in range(2):
        lease = project.lease(project.boss, 5)
        good(project.submit(project.boss, lease, {image["id"]: ["Day", "Cat"] for image in lease["images"]}))
    check = draw(project)
    open_judging(page, service, project, check)
    panel = page.get_by_role("complementary", name="Wrong? Change the labels")
    expect(panel.get_by_role("checkbox", name="Day")).to_be_checked()
    expect(page.get_by_text("Are these labels right, and are there no others?")).to_be_visible()
    judge(page, "y")
    # Night takes the place of Day; back again, the labels are right as they were.
    judge(page, "2")
    expect(panel.get_by_role("checkbox", name="Night")).to_be_checked()
    expect(panel.get_by_role("checkbox", name="Day")).not_to_be_checked()
    expect(page.get_by_role("button", name="These are right")).to_be_visible()
    judge(page, "1y")
    expect_judged(page, 2, 10)
    judge(page, "2")
    page.keyboard.press("Enter")
    expect_judged(page, 3, 10)
    # None of these; and what was changed is put back before one leaves.
    judge(page, "0")
    expect(panel.get_by_role("checkbox", name="None of these")).to_be_checked()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(panel.get_by_role("checkbox", name="Day")).to_be_checked()
    judge(page, "0y")
    expect_judged(page, 4, 10)
    # By the search as well.
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Label").fill("cat")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("checkbox", name="Cat")).not_to_be_checked()
    page.get_by_role("button", name="These are right").click()
    expect_judged(page, 5, 10)
    page.keyboard.press("Escape")
    until(lambda: found(project, check)["judged"] == 5, "the verdicts are not saved")
    told = found(project, check)
    assert (told["right"], told["wrong"]) == (2, 3)
    said = sorted(image["labels"] for image in project.images(reviewed=True))
    assert said == sorted([["Day", "Cat"], ["Day", "Cat"], ["Night", "Cat"], [], ["Day"]])


def test_the_size_tells_what_it_means_and_a_check_may_be_of_one_label_or_person(
    service: Service, page: Page, people: People
) -> None:
    project = new_project(people, Folder(people, pictures(72)))
    labeler = project.invite("labeler", new_name("labeler"))
    for _ in range(7):
        project.label(project.boss, 9, "Uncertain")
    project.label(labeler, 9, "Dog")
    page.goto(f"{service.url}/projects/{project.id}/checks")
    expect(
        page.get_by_role("radio", name=re.compile("^50 images: ?within about 7 points at 95% right"))
    ).to_be_visible()
    page.get_by_role("radio", name=re.compile("^50 images")).check()
    expect(page.get_by_text("with 95% certainty between 85% and 98% of all labels are")).to_be_visible()
    page.get_by_role("radio", name="Images with one label").check()
    # The first one that somebody has given.
    expect(page.get_by_role("combobox", name="Label").locator("option:checked")).to_have_text("Dog (9)")
    expect(page.get_by_role("radio", name="All 9 images")).to_be_checked()
    page.get_by_role("combobox", name="Label").select_option(label="Cat (0)")
    expect(page.get_by_text("No image is labeled so.")).to_be_visible()
    expect(page.get_by_role("button", name="Start judging")).to_be_disabled()
    page.get_by_role("radio", name="Labels by one person").check()
    page.get_by_role("combobox", name="Person").select_option(index=1)
    page.get_by_role("button", name="Start judging").click()
    expect(page.get_by_role("heading", name=re.compile("^Check: Labels by "))).to_be_visible()


def test_who_labels_judges_nothing_and_what_is_gone_is_told(
    service: Service, page: Page, project: Project, context: BrowserContext
) -> None:
    page.goto(f"{service.url}/projects/{project.id}/checks/nothing")
    expect(page.get_by_text("There is no such check.")).to_be_visible()
    expect(page.get_by_role("link", name="All checks")).to_be_visible()
    page.goto(f"{service.url}/projects/{project.id}/checks/nothing/judge")
    expect(page.get_by_text("There is no such check.")).to_be_visible()
    name = new_name("labeler")
    project.invite("labeler", name)
    sign_in_as(context, service, name)
    page.goto(f"{service.url}/projects/{project.id}/checks/nothing/judge")
    expect(page.get_by_text("Checks are for reviewers.")).to_be_visible()


def test_nothing_can_be_checked_where_nothing_is_labeled(service: Service, page: Page, people: People) -> None:
    project = new_project(people, Folder(people, {"a.png": picture()}))
    page.goto(f"{service.url}/projects/{project.id}/checks")
    expect(page.get_by_text("Nothing is labeled yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Start judging")).to_have_count(0)


def test_a_verdict_that_is_refused_is_told_and_can_be_given_again(
    service: Service, page: Page, project: Project
) -> None:
    check = draw(project)
    open_judging(page, service, project, check)

    def refuse(route: Route) -> None:
        route.fulfill(status=403, json={"title": "No", "detail": "You are no reviewer any more.", "status": 403})

    page.route(VERDICTS, refuse)
    with page.expect_request(f"**/checks/{check}/images*"):
        judge(page, "y")
    expect_notice(page, "1 verdict could not be saved: You are no reviewer any more.")
    expect_judged(page, 0, 10)
