"""The page on which administrators of the service see who was here, and block somebody."""

import re

import pytest
from playwright.sync_api import Page, expect

from functions.pseudonyms import pseudonym_of
from tests.api.builders import People, assert_problem, good, new_name, user_id
from tests.running import Service, until

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.mark.usefixtures("as_administrator")
def test_an_administrator_blocks_somebody_lets_them_in_again_and_erases_them(
    service: Service, people: People, page: Page
) -> None:
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
    expect(page.get_by_role("button", name="Block administrator", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Erase administrator", exact=True)).to_have_count(0)

    page.get_by_role("button", name=f"Erase {name}").click()
    dialog = page.get_by_role("dialog", name=f"Erase {name}?")
    expect(dialog).to_contain_text("What stays")
    dialog.get_by_role("button", name="Erase").click()
    expect(row).to_have_count(0)
    pseudonym = pseudonym_of(user_id(name))
    row = page.get_by_role("row").filter(has_text=pseudonym)
    expect(row).to_contain_text(re.compile("(Being e|E)rased"))
    assert_problem(people(name).get("/api/me"), 403, "forbidden")
    # A backup of another test may be under way.
    erase = f"/api/people/{user_id(name)}"
    until(lambda: good(people().delete(erase))["erased"]["done"], "the erasing does not end")
    page.reload()
    row.get_by_role("button", name=f"Let {pseudonym} in again").click()
    page.get_by_role("dialog").get_by_role("button", name="Let in again").click()
    expect(row).not_to_contain_text("Erased")
    assert good(people(name).get("/api/me"))["name"] == name
