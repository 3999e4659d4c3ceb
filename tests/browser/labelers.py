"""A labeler in the browser: signed in, with the tagging page open, and what they do there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from localhost import sign_in
from tests.api.builders import Project, new_name
from tests.running import Service

Enter = Callable[..., "Labeler"]


class Labeler:
    """A member of a project, in a browser of their own."""

    def __init__(self, service: Service, project: Project, context: BrowserContext, role: str) -> None:
        self.name = new_name(role)
        self.service = service
        self.project = project
        self.context = context
        self.client = project.invite(role, self.name)
        self.sign_in(self.name)
        self.page = context.new_page()

    def sign_in(self, name: str) -> None:
        cookie = sign_in.encoded(sign_in.principal(name))
        self.context.add_cookies([{"name": sign_in.COOKIE, "value": cookie, "url": self.service.url}])

    def start(self, images: int) -> None:
        """Opens the tagging page, in the layout that the labeler chose last, with so many images on it."""
        self.page.goto(f"{self.service.url}/labeling/{self.project.id}/tasks")
        expect(self.tiles).to_have_count(images)
        # A reload would show itself.
        self.page.evaluate("window.isSameDocument = true")

    def choose_layout(self, images: int) -> None:
        """As it was chosen at an earlier visit."""
        self.context.add_init_script(f"localStorage.getItem('layout') ?? localStorage.setItem('layout', '{images}')")

    @property
    def tiles(self) -> Locator:
        return self.page.get_by_role("option", name="Image ")

    @property
    def untagged(self) -> Locator:
        return self.page.get_by_role("option", name="no tag")

    def names(self) -> list[str]:
        """The names of the images on screen: a tile's own is "Image 3: folder/a.png, no tag"."""
        said = [tile.get_attribute("aria-label") or "" for tile in self.tiles.all()]
        return [words.partition(": ")[2].rpartition(", ")[0] for words in said]

    def tag_all(self, key: str = "1") -> None:
        expect(self.untagged.first).to_be_visible()
        self.page.keyboard.press(f"Shift+Digit{key}")
        expect(self.untagged).to_have_count(0)

    def submit(self) -> None:
        self.page.keyboard.press("Control+Enter")

    def is_same_document(self) -> bool:
        return bool(self.page.evaluate("window.isSameDocument === true"))


@contextmanager
def entering(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    """Lets labelers in, one after the other; all leave at the end."""
    contexts: list[BrowserContext] = []

    def enter(layout: int = 9, role: str = "labeler") -> Labeler:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        labeler = Labeler(service, project, context, role)
        labeler.choose_layout(layout)
        return labeler

    yield enter
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
