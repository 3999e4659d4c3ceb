"""The page on which administrators of the service see who was here, and block somebody."""

import pytest
from playwright.sync_api import Page, expect

from tests.api.builders import People, assert_problem, good, new_name
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.mark.usefixtures("as_administrator")
def test_an_administrator_blocks_somebody_and_lets_them_in_again(service: Service, people: People, page: Page) -> None:
    name = new_name("leaver")
    good(people(name).get("/api/me"))
    page.goto(service.url)
    page.get_by_role("link", name="People").click()
    page.get_by_role("button", name=f"Block {name}", exact=True).click()
    page.get_by_role("dialog", name=f"Block {name}?").get_by_role("button", name="Block").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Blocked by administrator")
    assert_problem(people(name).get("/api/me"), 403, "forbidden")
    row.get_by_role("button", name=f"Unblock {name}").click()
    expect(row).not_to_contain_text("Blocked by")
    good(people(name).get("/api/me"))
    expect(page.get_by_role("button", name="Block administrator")).to_have_count(0)
