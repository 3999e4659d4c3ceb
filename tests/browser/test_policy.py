"""The site under its own content security policy: nothing that any page does is refused by the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)

LISTEN = """addEventListener("securitypolicyviolation", (event) =>
  reportViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}: ${event.sample}`));"""

REPORTED = """new Promise((done) => {{
  addEventListener("securitypolicyviolation", () => done(), {{ once: true }}); {};
}})"""


@pytest.fixture
def violations(context: BrowserContext) -> list[str]:
    """What the browser reports as against the policy, on all pages from now on."""
    found: list[str] = []
    context.expose_function("reportViolation", lambda said: found.append(said))
    context.add_init_script(LISTEN)
    return found


@pytest.fixture(scope="module")
def project(service: Service) -> Iterator[Project]:
    people = People(service)
    made = new_project(people, Folder(people, pictures(4)))
    made.label(made.boss, 1)
    made.export("csv")
    yield made
    people.close()


def test_a_walk_through_all_pages_does_nothing_that_the_policy_forbids(
    service: Service, page: Page, project: Project, violations: list[str]
) -> None:
    page.goto(service.url)
    page.get_by_text("Sign in", exact=True).click()
    page.get_by_role("button", name="Sign in as administrator").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    visit_help(page)
    visit_administration(page)
    visit_project(page, service, project)
    visit_labeling(page, service, project)
    page.goto(f"{service.url}/nowhere")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    assert violations == []


def visit_help(page: Page) -> None:
    """From the page for administrators to another one, with its pictures."""
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Help").click()
    expect(page.get_by_role("heading", name="Guide for administrators")).to_be_visible()
    page.get_by_role("tabpanel").get_by_role("link", name="people who train models").click()
    expect(page.get_by_role("heading", name="Guide for people who train models")).to_be_visible()
    picture = page.get_by_role("img", name="The Export page")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(image) => image.naturalWidth") > 0
    page.get_by_role("link", name="Projects").click()


def visit_administration(page: Page) -> None:
    page.get_by_role("link", name="New project").first.click()
    page.get_by_label("Project name").fill("never made")
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("radio", name="Create a dataset").check()
    expect(page.get_by_role("combobox", name="Datastore")).to_be_visible()
    page.get_by_role("link", name="Datasets").click()
    expect(page.get_by_role("heading", name="Datasets", exact=True)).to_be_visible()
    page.get_by_role("link", name="Datastores").click()
    page.get_by_role("button", name="New datastore").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")


def visit_project(page: Page, service: Service, project: Project) -> None:
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    page.get_by_role("tab", name="Data").click()
    page.get_by_role("listbox", name="Images").get_by_role("option").first.click()
    expect_pictures(page)
    page.get_by_role("button", name="Enlarge").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_pictures(page)
    page.keyboard.press("z")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    page.get_by_role("tab", name="Export").click()
    expect(page.get_by_role("link", name="Download labels.csv")).to_be_visible()


def visit_labeling(page: Page, service: Service, project: Project) -> None:
    page.get_by_role("link", name="Data labeling").click()
    expect(page.get_by_role("heading", name="Data labeling")).to_be_visible()
    page.goto(f"{service.url}/labeling/{project.id}")
    page.get_by_role("link", name="Start labeling").click()
    expect(page.get_by_role("option", name="Image ").first).to_be_visible()
    expect_pictures(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")


def expect_pictures(page: Page) -> None:
    """A picture of the page's is there, from storage."""
    page.wait_for_function("[...document.images].some((image) => image.naturalWidth > 0)")


def test_what_the_policy_forbids_is_reported(service: Service, page: Page, violations: list[str]) -> None:
    page.goto(service.url)
    page.evaluate(REPORTED.format("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">no</p>')"))
    page.evaluate(REPORTED.format("fetch('http://127.0.0.1:9/').catch(() => undefined)"))
    assert [each.split(" ")[0] for each in violations] == ["style-src-attr", "connect-src"]
