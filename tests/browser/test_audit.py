"""The audit log's page."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.api.builders import People, Project, good, new_name, project_request
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.mark.usefixtures("as_administrator")
def test_an_administrator_finds_who_invited_whom_and_saves_it_as_a_table(
    service: Service, people: People, page: Page, context: BrowserContext
) -> None:
    made = good(people().post("/api/projects", json=project_request("audit/")), 201)
    project, guest = Project(people, made["id"]), new_name("guest")
    project.invite("reviewer", guest)
    page.goto(service.url)
    page.get_by_role("link", name="Audit log").click()
    page.get_by_label("Project", exact=True).select_option(made["name"])
    page.get_by_label("Action", exact=True).select_option("Invited a member or changed a role")
    page.get_by_label("Person").fill("administrator")
    row = page.get_by_role("row").filter(has_text=guest)
    for words in ("administrator", "Invited a member or changed a role", made["name"], "role: reviewer"):
        expect(row).to_contain_text(words)
    expect(page.get_by_role("row")).to_have_count(2)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as CSV").click()
    rows = list(csv.DictReader(Path(saved.value.path()).read_text("utf-8").splitlines()))
    assert [(one["name"], one["target"], one["projectId"]) for one in rows] == [("administrator", guest, made["id"])]

    sign_in_as(context, service, guest)
    page.reload()
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    expect(page.get_by_role("link", name="Audit log")).to_have_count(0)
