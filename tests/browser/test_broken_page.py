"""A page whose files cannot be had, as after a deployment of a newer version, says what to do."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.signing import sign_in_as
from tests.running import Service


def test_a_page_whose_files_are_gone_offers_to_reload(service: Service, page: Page, context: BrowserContext) -> None:
    sign_in_as(context, service)
    page.goto(service.url + "/labeling")
    expect(page.get_by_role("heading", name="Data labeling")).to_be_visible()
    page.route("**/assets/Datastores-*.js", lambda route: route.abort())
    page.get_by_role("link", name="Datastores").click()
    expect(page.get_by_role("heading", name="This page stopped")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Reload").click()
    expect(page.get_by_role("heading", name="Datastores", exact=True)).to_be_visible()
