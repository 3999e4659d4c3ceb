"""Labelers whose sign-in, network and service may fail: what they do on the tagging page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.api.builders import Project, new_name
from tests.browser.signing import sign_in_as
from tests.browser.tagging.sheet import Sheet
from tests.running import Service, until

Enter = Callable[..., "Labeler"]


class Labeler(Sheet):
    """A member of a project, in a browser of their own."""

    def __init__(self, service: Service, project: Project, context: BrowserContext, layout: int) -> None:
        self.name = new_name("labeler")
        self.service = service
        self.project = project
        self.context = context
        project.invite("labeler", self.name)
        self.sign_in(self.name)
        # As it was chosen at an earlier visit.
        context.add_init_script(f"localStorage.getItem('layout') ?? localStorage.setItem('layout', '{layout}')")
        super().__init__(context.new_page(), f"{service.url}/labeling/{project.id}/tasks")

    def sign_in(self, name: str) -> None:
        sign_in_as(self.context, self.service, name)

    def start(self, images: int) -> None:
        """Opens the tagging page, which then shows so many images."""
        self.open()
        expect(self.tiles).to_have_count(images)
        # A reload would show itself.
        self.page.evaluate("window.isSameDocument = true")

    def is_same_document(self) -> bool:
        return bool(self.page.evaluate("window.isSameDocument === true"))

    @property
    def untagged(self) -> Locator:
        return self.page.get_by_role("option", name="no label")

    def tag_all(self, digit: int = 1) -> None:
        expect(self.untagged.first).to_be_visible()
        self.press(f"Shift+Digit{digit}")
        expect(self.untagged).to_have_count(0)

    def sees_all_pictures(self) -> None:
        script = """() => [...document.querySelectorAll("[role=option] img")]
            .filter((one) => one.offsetParent).every((one) => one.complete && one.naturalWidth > 0)"""
        until(lambda: bool(self.page.evaluate(script)), "not all pictures are shown")

    def submit(self) -> None:
        self.press("Control+Enter")

    def finish(self, digit: int = 1) -> None:
        """Labels the last page."""
        self.tag_all(digit)
        self.submit()
        expect(self.page.get_by_role("heading", name="All done. Thank you!")).to_be_visible()


@contextmanager
def entering(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    """Lets labelers in, one after the other; all leave at the end."""
    contexts: list[BrowserContext] = []

    def enter(layout: int = 9) -> Labeler:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        return Labeler(service, project, context, layout)

    yield enter
    for context in contexts:
        context.unroute_all(behavior="ignoreErrors")
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
