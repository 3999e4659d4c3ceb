"""Who works in the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.api.builders import People
from tests.browser.lists import PROJECTS, shorten
from tests.browser.signing import sign_in_as
from tests.running import Service


@pytest.fixture(scope="module")
def people(service: Service) -> Iterator[People]:
    everybody = People(service)
    yield everybody
    everybody.close()


@pytest.fixture
def as_administrator(service: Service, page: Page, context: BrowserContext) -> Iterator[None]:
    """The page is that of an administrator of the service."""
    sign_in_as(context, service)
    shorten(page, PROJECTS)
    yield
    # Pages ask again and again: a call may be on its way to be answered otherwise when the test is over.
    page.unroute_all(behavior="ignoreErrors")
