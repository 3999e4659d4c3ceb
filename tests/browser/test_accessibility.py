"""axe-core finds nothing at level AA on any page, in both themes. Tagging and the images have tests of their own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.api.builders import LABELS, Folder, People, Project, good, new_name, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.lists import ALL, shorten
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """One with something on each of its pages."""
    text = "# Cats and dogs\n\nLook at the **face**:\n\n- [more](https://example.com/guide)\n- `Uncertain`, else"
    instructions = {"text": text, "url": "https://example.com/guide"}
    labels = [*LABELS, *(f"Label {number}" for number in range(12)), "A name as long as a name may be ".ljust(100, ".")]
    project = new_project(people, Folder(people, pictures(12)), instructions=instructions, labels=labels)
    labeler = project.invite("labeler")
    for label in LABELS:
        project.label(labeler, 3, label)
    project.invite("reviewer")
    people("newcomer")
    project.boss.put(f"{project.path}/members/{new_name('yet-to-come')}", json={"role": "labeler"})
    drawn = good(project.boss.post(f"{project.path}/checks", json={"size": 10}), 201)
    image = good(project.boss.get(f"{project.path}/checks/{drawn['id']}/images"))["items"][0]
    said = {"id": image["id"], "labeledAt": image["labeledAt"], "verdict": "right"}
    good(project.boss.post(f"{project.path}/checks/{drawn['id']}/verdicts", json={"verdicts": [said]}))
    project.export("coco")
    project.export("csv", split={"train": 0.8, "validation": 0.1, "test": 0.1, "seed": 1})
    return project


# At 200 % zoom a screen of 1280 x 800 has 640 x 400 pixels; the last is a tablet's.
SCREENS: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 800},
    {"width": 640, "height": 400},
    {"width": 768, "height": 1024},
)


@pytest.fixture
def page(service: Service, page: Page, context: BrowserContext) -> Iterator[Page]:
    sign_in_as(context, service)
    yield page
    page.unroute_all(behavior="ignoreErrors")


def assert_accessible_on_all_screens(page: Page) -> None:
    for screen in SCREENS:
        page.set_viewport_size(screen)
        assert_accessible(page)
        # Nothing is wider than the screen.
        assert page.get_by_role("main").evaluate("(main) => main.scrollWidth - main.clientWidth") == 0


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name).first).to_be_visible()


def no_projects(page: Page) -> None:
    page.route("**/api/projects?*", lambda route: route.fulfill(json={"items": [], "nextCursor": None}))


def the_service_fails(page: Page) -> None:
    page.route("**/api/projects?*", lambda route: route.fulfill(status=400, json={"title": "Bad", "status": 400}))


PAGES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "the projects": ("/projects", lambda page: heading(page, "Projects")),
    "the dashboard": ("/projects/{id}", lambda page: heading(page, "Progress")),
    "the checks": ("/projects/{id}/checks", lambda page: heading(page, "Checks of this project")),
    "a check's result": ("/projects/{id}/checks/{check}", lambda page: heading(page, "By label")),
    "judging a check": ("/projects/{id}/checks/{check}/judge", lambda page: heading(page, "Check: All labels")),
    "the details": ("/projects/{id}/details", lambda page: heading(page, "Members")),
    "the imports": ("/projects/{id}/import", lambda page: heading(page, "Import labels")),
    "the exports": ("/projects/{id}/export", lambda page: heading(page, "Export labels")),
    "the datasets": ("/datasets", lambda page: heading(page, "Datasets")),
    "the datastores": ("/datastores", lambda page: heading(page, "Datastores")),
    "the people": ("/people", lambda page: expect(page.get_by_role("row").nth(1)).to_be_visible()),
    "the audit log": ("/audit", lambda page: expect(page.get_by_role("row").nth(1)).to_be_visible()),
    "the labeler's list": ("/labeling", lambda page: heading(page, "Data labeling")),
    "the instructions": ("/labeling/{id}", lambda page: heading(page, "Instructions")),
    "the guide": ("/help/training", lambda page: heading(page, "Guide for people who train models")),
    "a page that is not there": ("/nowhere", lambda page: heading(page, "There is no such page")),
}


def is_loaded(page: Page) -> None:
    expect(page.get_by_role("progressbar", name="Loading")).to_have_count(0)
    expect(page.get_by_text("Loading", exact=True)).to_have_count(0)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(service: Service, page: Page, project: Project, name: str) -> None:
    address, is_there = PAGES[name]
    check = next(project.pages("checks"))["id"]
    shorten(page, ALL)
    page.goto(service.url + address.format(id=project.id, check=check))
    is_there(page)
    is_loaded(page)
    assert_accessible_on_all_screens(page)


@pytest.mark.parametrize("happens", [no_projects, the_service_fails])
@pytest.mark.parametrize("address", ["/projects", "/labeling"])
def test_a_page_with_nothing_on_it_is_accessible(
    service: Service, page: Page, happens: Callable[[Page], None], address: str
) -> None:
    happens(page)
    page.goto(service.url + address)
    is_loaded(page)
    assert_accessible_on_all_screens(page)


def test_the_sign_in_page_is_accessible(service: Service, page: Page, context: BrowserContext) -> None:
    context.clear_cookies()
    page.goto(service.url)
    expect(page.get_by_text("Sign in", exact=True)).to_be_visible()
    assert_accessible(page)
