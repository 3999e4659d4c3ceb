"""Whoever labels, in a browser of their own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.api.builders import Folder, People, Project, new_name, new_project, pictures
from tests.browser.signing import sign_in_as
from tests.browser.tagging.sheet import Sheet
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)

Enter = Callable[..., Sheet]


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """With enough images for the pages of all who label in a module, and three labels."""
    return new_project(people, Folder(people, pictures(99)))


@pytest.fixture
def enter(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    """Lets one more labeler in, with a page of so many images. `of`: another project; `first`: done before the page is
    opened; `context`: of their browser.
    """
    contexts: list[tuple[BrowserContext, Project, str]] = []

    def entered(
        layout: int = 9, *, of: Project | None = None, first: Callable[[Page], None] | None = None, **context: Any
    ) -> Sheet:
        name = new_name("labeler")
        where = of or project
        where.invite("labeler", name)
        opened = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})
        contexts.append((opened, where, name))
        sign_in_as(opened, service, name)
        opened.add_init_script(f"localStorage.setItem('layout', '{layout}')")
        sheet = Sheet(opened.new_page(), f"{service.url}/labeling/{where.id}/tasks")
        if first:
            first(sheet.page)
        sheet.open()
        return sheet

    yield entered
    for context, where, name in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
        # So that their images are free for the next test. A test may have removed them, or the project.
        where.boss.delete(f"{where.path}/members/{name}")
