"""While a dialog is open the page is hidden from screen readers; once it is closed they have the whole page again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.browser.lists import ALL, shorten
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)

Name = str | re.Pattern[str]
Step = Callable[[Page], None]


def key(name: str) -> Step:
    return lambda page: page.keyboard.press(name)


def button(name: Name) -> Step:
    return lambda page: page.get_by_role("button", name=name).first.click()


def browse(page: Page) -> None:
    page.get_by_role("button", name="Actions for workspace").click()
    page.get_by_role("menuitem", name="Browse").click()


@dataclass(frozen=True)
class Opened:
    """A dialog, what opens it, and the button in it that closes it, if there is one."""

    name: Name
    by: Step
    closed_by: str | None = "Cancel"


SHOWN = "#root:not([aria-hidden], [inert])"
KEYS = Opened("Keys", key("?"), "Close")
LARGE = Opened(re.compile("^Large view, image"), key("z"), "Close large view")
TAGGING = (
    KEYS,
    Opened("Instructions", key("i"), "Close"),
    Opened("What the labels mean", key("e"), "Close"),
    Opened("Skip 1 image", key("s")),
    Opened("Search labels", key("/"), None),
    LARGE,
)
DATA = (
    KEYS,
    Opened("Reject 1 image", key("r")),
    Opened("Change the label of 1 image", key("/"), None),
    LARGE,
)
DETAILS = (
    Opened("New access token", button("New token")),
    Opened("Merge Cat into another label", button("Merge Cat into another label")),
    Opened(re.compile("Cat"), button("Key, description, and examples of Cat")),
    Opened(re.compile("^Delete "), button("Delete project")),
)


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    made = new_project(people, Folder(people, pictures(24)), instructions={"text": "Look at the face."})
    made.label(made.invite("labeler"), 10)
    return made


@pytest.fixture
def page(service: Service, page: Page, context: BrowserContext) -> Iterator[Page]:
    sign_in_as(context, service)
    shorten(page, ALL)
    yield page
    page.unroute_all(behavior="ignoreErrors")


def open_and_close(page: Page, *dialogs: Opened) -> None:
    """Each twice: closed by Escape, then by its button."""
    root = page.locator("#root")
    for dialog in dialogs:
        for closed_by in (None, dialog.closed_by):
            dialog.by(page)
            opened = page.get_by_role("dialog", name=dialog.name)
            expect(opened).to_be_visible()
            # A moment after it was opened. Closed before that, nothing would have to be shown again.
            expect(root).to_have_attribute("aria-hidden", "true")
            if closed_by:
                opened.get_by_role("button", name=closed_by, exact=True).click()
            else:
                page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
            expect(page.locator(SHOWN)).to_have_count(1)


def test_on_the_labeling_page(service: Service, page: Page, project: Project) -> None:
    page.goto(f"{service.url}/labeling/{project.id}/tasks")
    expect(page.get_by_role("listbox", name="Images")).to_be_focused()
    open_and_close(page, *TAGGING)


def test_where_nothing_is_left_to_label(service: Service, page: Page, people: People) -> None:
    done = new_project(people, Folder(people, pictures(1)), instructions={"text": "Look at the face."})
    done.label(done.invite("labeler"), 1)
    page.goto(f"{service.url}/labeling/{done.id}/tasks")
    expect(page.get_by_text("All done")).to_be_visible()
    open_and_close(page, KEYS, Opened("Keys", button("Keys"), "Close"), Opened("Instructions", key("i"), "Close"))


def test_on_the_data_page(service: Service, page: Page, project: Project) -> None:
    page.goto(f"{service.url}/projects/{project.id}/data")
    page.get_by_role("option", name="00.png").first.click()
    expect(page.get_by_role("listbox", name="Images")).to_be_focused()
    open_and_close(page, *DATA)


def test_where_a_check_is_judged(service: Service, page: Page, project: Project) -> None:
    check = good(project.boss.post(f"{project.path}/checks", json={"size": 10}), 201)
    page.goto(f"{service.url}/projects/{project.id}/checks/{check['id']}/judge")
    expect(page.get_by_role("heading", name="Check: All labels")).to_be_visible()
    open_and_close(page, KEYS)


def test_on_the_pages_of_administrators(service: Service, page: Page, project: Project) -> None:
    page.goto(f"{service.url}/projects/{project.id}/details")
    open_and_close(page, *DETAILS)
    page.goto(f"{service.url}/datastores")
    open_and_close(page, Opened("New datastore", button("New datastore")), Opened("workspace", browse, "Close"))
    page.goto(f"{service.url}/people")
    open_and_close(page, Opened("New access token", button("New access token")))
    page.goto(f"{service.url}/projects")
    open_and_close(page, Opened("Restore a backup", button("Restore a backup")))


def test_a_new_token_that_is_shown_this_once(service: Service, page: Page, project: Project) -> None:
    page.goto(f"{service.url}/projects/{project.id}/details")
    for name in ("one", "two"):
        button("New token")(page)
        page.get_by_role("dialog").get_by_role("textbox", name="Name").fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alertdialog")).to_be_visible()
        expect(page.locator("#root")).to_have_attribute("aria-hidden", "true")
        page.get_by_role("alertdialog").get_by_role("button", name="Done").click()
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        expect(page.locator(SHOWN)).to_have_count(1)
