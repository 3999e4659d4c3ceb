"""Who sees how right labels are: labelers their own where the project lets them, reviewers in the project's card."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.api.test_agreement import TWO_EACH, say
from tests.browser.accessibility import assert_accessible
from tests.browser.signing import sign_in_as
from tests.checks.test_checks import drawn, judge, sample
from tests.running import Service

IMAGES = 21

expect.set_options(timeout=30_000)


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(IMAGES)), opinions=TWO_EACH)


def labels(page: Page) -> Sequence[str]:
    return page.get_by_role("dialog", name="Your labels").get_by_role("listitem").all_inner_texts()


def test_a_labeler_sees_how_right_their_own_labels_are_once_the_project_lets_them(
    service: Service, people: People, project: Project, page: Page, context: BrowserContext
) -> None:
    ann, bob = new_name("ann"), new_name("bob")
    say(project, project.invite("labeler", ann), [["Cat"]] * IMAGES)
    say(project, project.invite("labeler", bob), [["Cat"]] * (IMAGES - 1) + [["Dog"]])
    check = drawn(project, project.boss)
    images = sample(project, check)
    judge(project, project.boss, check, images[1:], "right")
    judge(project, project.boss, check, images[:1], "wrong")

    sign_in_as(context, service, bob)
    tagging = f"{service.url}/labeling/{project.id}/tasks"
    page.goto(tagging)
    expect(page.get_by_text("You: ")).to_be_visible()
    button = page.get_by_role("button", name="How right?")
    expect(button).to_have_count(0)

    sign_in_as(context, service)
    page.goto(f"{service.url}/projects/{project.id}/details")
    region = page.get_by_role("region", name="Project", exact=True)
    region.get_by_label("Labelers see how right their own labels are").check()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        region.get_by_role("button", name="Save").click()
    assert project.get()["labelersSeeFigures"] is True

    sign_in_as(context, service, bob)
    page.goto(tagging)
    with page.expect_response("**/labelers") as answer:
        button.click()
    assert [one["name"] for one in answer.value.json()["items"]] == [bob]
    expect(page.get_by_role("dialog", name="Your labels").get_by_role("listitem")).to_have_count(4)
    [labeled, rejected, agrees, checked] = labels(page)
    assert re.fullmatch(r"You have labeled \d+ images\.", labeled)
    assert rejected == "Reviewers have rejected none of your labels."
    assert agrees == f"Your labels agree with others' on 100% of {IMAGES - 1} images (84–100%)."
    assert re.fullmatch(
        r"In a check, \d+% of \d+ of your labels were right \(\d+–\d+%\)\. That is too few to say much\.", checked
    )
    assert ann not in page.content()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("button", has_text="How right?")).to_be_focused()


@pytest.mark.usefixtures("as_administrator")
def test_a_projects_card_tells_what_its_newest_check_says(service: Service, project: Project, page: Page) -> None:
    good(project.change(opinions={}))
    project.label(project.boss, IMAGES)
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=project.get()["name"], exact=True))
    page.goto(f"{service.url}/projects")
    expect(card).to_be_visible()
    expect(card.get_by_text("Checked: ")).to_have_count(0)
    check = drawn(project, project.boss, size=20)
    images = sample(project, check)
    judge(project, project.boss, check, images[1:], "right")
    judge(project, project.boss, check, images[:1], "wrong")
    page.reload()
    told = card.get_by_text("Checked: 76–99% right")
    expect(told).to_have_attribute("title", re.compile("^The newest check: 20 images judged, done "))
