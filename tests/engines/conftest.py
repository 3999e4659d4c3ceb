"""The service, and each engine that is installed here with its window."""

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.api.builders import People, Project, new_name
from tests.engines.engine import Engine, Missing, Screen
from tests.engines.firefox import Firefox
from tests.engines.page import Page
from tests.engines.webkit import WebKit
from tests.running import Service

ENGINES: dict[str, Callable[[Screen, str], Engine]] = {"firefox": Firefox, "webkit": WebKit}
LAYOUT = 9


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    try:
        shown = Screen()
    except Missing as missing:
        pytest.skip(str(missing))
    with shown:
        yield shown


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, screen: Screen, service: Service) -> Iterator[Engine]:
    """One window for all tests of an engine."""
    pytest.importorskip("websocket", reason="`make test-engines` installs what speaks to Firefox")
    try:
        made = ENGINES[request.param](screen, f"{service.url}/")
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def people(service: Service) -> Iterator[People]:
    everybody = People(service)
    yield everybody
    everybody.close()


class Visitor(Page):
    """Somebody in front of the window."""

    def __init__(self, engine: Engine, service: Service) -> None:
        super().__init__(engine)
        self.service = service
        self.name = ""

    def go(self, path: str) -> None:
        self.open(self.service.url + path)

    def sign_in(self, name: str = "administrator", path: str = "/.auth/me") -> None:
        """As on one machine, by a name alone; then goes on to this path."""
        self.go(f"/.auth/login/local?post_login_redirect_uri={path}")
        self.click("textbox", "Or as someone else")
        self.type(name)
        self.press("Enter")
        self.until(lambda: self.run("() => location.pathname") == path, f"{name} is signed in")
        self.name = name

    def start(self, project: Project, layout: int = LAYOUT) -> None:
        """A new labeler at work on a project."""
        name = new_name("labeler")
        project.invite("labeler", name)
        self.go("/.auth/login/local")
        self.keep("layout", str(layout))
        self.sign_in(name, f"/labeling/{project.id}/tasks")
        self.until(lambda: len(self.tiles()) > 0, "there are images")

    def tiles(self) -> list[str]:
        """What the images on the page say, in their order."""
        return [tile.name for tile in self.all("option") if tile.name.startswith("Image ")]

    def labels(self) -> list[str]:
        """What is set on each image: the end of what it says."""
        return [tile.rpartition(", ")[2] for tile in self.tiles()]

    def is_labeled(self, *labels: str) -> None:
        """The first images have these labels, the others none."""
        whole = [*labels, *["no label"] * (len(self.tiles()) - len(labels))]
        self.until(lambda: self.labels() == whole, f"the labels are {whole}", lambda: str(self.labels()))


@pytest.fixture
def visitor(engine: Engine, service: Service) -> Visitor:
    return Visitor(engine, service)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test leaves a picture of the window."""
    report = yield
    visitor = getattr(item, "funcargs", {}).get("visitor")
    if report.when == "call" and report.failed and isinstance(visitor, Visitor):
        file = Path("test-results") / f"{item.name}.png"
        file.parent.mkdir(exist_ok=True)
        # An engine that is gone has none.
        with suppress(AssertionError, OSError):
            file.write_bytes(visitor.engine.picture())
        report.sections.append(("The window", str(file.absolute())))
    return report
