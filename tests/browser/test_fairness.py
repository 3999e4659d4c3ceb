"""Few images and several labelers: nobody waits on a lease that is not in use, and a busy service loses nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.api.builders import Folder, People, Project, new_name, new_project, pictures
from tests.browser.signing import sign_in_as
from tests.running import Service, until

IMAGES = 4
NOTHING_LEFT = "Nothing left to label right now"
ALL_DONE = "All done. Thank you!"

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(IMAGES)))


@pytest.fixture
def enter(service: Service, browser: Browser, project: Project) -> Iterator[Callable[[], Page]]:
    """Lets one more labeler in: a browser of their own, signed in."""
    contexts: list[BrowserContext] = []

    def opened() -> Page:
        name = new_name("labeler")
        project.invite("labeler", name)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        sign_in_as(context, service, name)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def start(page: Page, service: Service, project: Project) -> None:
    page.goto(f"{service.url}/labeling/{project.id}/tasks")


def tiles(page: Page) -> Locator:
    return page.get_by_role("option", name="Image ")


def tag_all(page: Page) -> None:
    expect(tiles(page)).to_have_count(IMAGES)
    page.keyboard.press("Shift+Digit1")
    expect(page.get_by_role("option", name="no label")).to_have_count(0)
    page.keyboard.press("Control+Enter")


def says_nothing_left(page: Page) -> None:
    status = page.get_by_role("status").filter(has_text=NOTHING_LEFT)
    expect(status).to_contain_text(f"{IMAGES} images are with other labelers; the next may come free in ")


def follow_a_link(page: Page) -> None:
    page.get_by_role("link", name="Image labeling").click()


def go_to_another_site(page: Page) -> None:
    page.goto("about:blank")


def close_the_tab(page: Page) -> None:
    page.close(run_before_unload=True)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Account of ").click()
    page.get_by_role("menuitem", name="Sign out").click()


@pytest.mark.parametrize("leave", [follow_a_link, go_to_another_site, close_the_tab, sign_out])
def test_who_waits_goes_on_by_itself_when_another_leaves(
    service: Service, project: Project, enter: Callable[[], Page], leave: Callable[[Page], None]
) -> None:
    first, second = enter(), enter()
    start(first, service, project)
    expect(tiles(first)).to_have_count(IMAGES)
    start(second, service, project)
    says_nothing_left(second)
    second.evaluate("window.isSameDocument = true")
    leave(first)
    expect(tiles(second)).to_have_count(IMAGES)
    assert second.evaluate("window.isSameDocument")


def test_who_waits_is_told_when_everything_is_labeled(
    service: Service, project: Project, enter: Callable[[], Page]
) -> None:
    first, second = enter(), enter()
    start(first, service, project)
    expect(tiles(first)).to_have_count(IMAGES)
    start(second, service, project)
    says_nothing_left(second)
    follow_a_link(first)
    expect(tiles(second)).to_have_count(IMAGES)
    start(first, service, project)
    says_nothing_left(first)
    first.evaluate("window.isSameDocument = true")
    tag_all(second)
    for page in (first, second):
        expect(page.get_by_role("heading", name=ALL_DONE)).to_be_visible()
        expect(page.get_by_text(f"Everything is labeled: {IMAGES} images.")).to_be_visible()
        expect(page.get_by_role("link", name="Back to all projects")).to_be_visible()
    assert first.evaluate("window.isSameDocument")
    assert project.progress()["labeled"] == IMAGES


def test_what_nobody_works_on_goes_back(service: Service, project: Project, enter: Callable[[], Page]) -> None:
    first, second = enter(), enter()
    first.clock.install()
    start(first, service, project)
    expect(tiles(first)).to_have_count(IMAGES)
    start(second, service, project)
    says_nothing_left(second)
    # Long enough for the page to look whether somebody is there, then for nobody to be.
    first.clock.fast_forward("00:20")
    first.clock.fast_forward("06:00")
    expect(first.get_by_role("heading", name="Welcome back")).to_be_visible()
    tag_all(second)
    expect(second.get_by_role("heading", name=ALL_DONE)).to_be_visible()
    first.mouse.move(300, 300)
    expect(first.get_by_role("heading", name=ALL_DONE)).to_be_visible()


def test_a_busy_service_is_waited_for_and_gets_each_page_once(
    service: Service, project: Project, enter: Callable[[], Page]
) -> None:
    page = enter()
    passed: list[str] = []
    is_busy = True

    def answer(route: Route) -> None:
        if is_busy:
            headers = {"Retry-After": "1", "Content-Type": "application/problem+json"}
            route.fulfill(status=503, headers=headers, body='{"title": "Busy", "status": 503}')
        else:
            passed.append(route.request.url)
            route.continue_()

    page.route("**/leases", answer)
    start(page, service, project)
    expect(page.get_by_text("The service is busy. Your images come in a moment.")).to_be_visible()
    is_busy = False
    expect(tiles(page)).to_have_count(IMAGES)

    passed.clear()
    is_busy = True
    page.route("**/submission", answer)
    tag_all(page)
    expect(page.get_by_text("The service is busy. Your labels will be sent in a moment.")).to_be_visible()
    assert project.progress()["labeled"] == 0
    is_busy = False
    expect(page.get_by_role("heading", name=ALL_DONE)).to_be_visible()
    assert len([url for url in passed if url.endswith("/submission")]) == 1
    until(lambda: project.progress()["labeled"] == IMAGES, "the tags did not arrive")
    for image in project.images():
        history = project.image(image["name"])["history"]
        assert [entry["action"] for entry in history] == ["labeled"]
