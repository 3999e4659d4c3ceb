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

CHOOSE = """(choices) => {
  for (const [label, words] of choices) {
    const select = [...document.querySelectorAll("select")].find((one) => one.labels[0]?.textContent === label);
    select.value = [...select.options].find((option) => option.text === words).value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""


@pytest.mark.usefixtures("as_administrator")
def test_an_administrator_finds_who_invited_whom_and_saves_it_as_a_table(
    service: Service, people: People, page: Page, context: BrowserContext
) -> None:
    made = good(people().post("/api/projects", json=project_request("audit/")), 201)
    project, guest = Project(people, made["id"]), new_name("guest")
    project.invite("reviewer", guest)
    page.goto(service.url)
    page.get_by_role("link", name="Audit log").click()
    expect(page.get_by_label("Project", exact=True)).to_contain_text(made["name"])
    # Quicker than the page is drawn anew between the two.
    page.evaluate(CHOOSE, [["Project", made["name"]], ["Action", "Invited a member or changed a role"]])
    expect(page.get_by_label("Project", exact=True)).to_have_value(made["id"])
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
    expect(page.get_by_role("heading", name="This page is for administrators")).to_be_visible()
    expect(page.get_by_role("link", name="Audit log")).to_have_count(0)
    page.goto(f"{service.url}/projects/{made['id']}/details")
    expect(page.get_by_text("Only administrators of the project see this page.")).to_be_visible()
    page.goto(f"{service.url}/projects/nowhere")
    expect(page.get_by_role("heading", name="There is no such project for you")).to_be_visible()
    good(project.boss.put(f"{project.path}/members/{guest}", json={"role": "labeler"}))
    page.get_by_role("link", name="Go to the start page").click()
    expect(page.get_by_role("heading", name="Data labeling")).to_be_visible()
    page.goto(f"{service.url}/projects")
    expect(page.get_by_role("heading", name="No projects to manage")).to_be_visible()
    context.set_offline(True)
    expect(page.get_by_text("You are offline. What you see may be out of date")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("You are offline.")).to_have_count(0)
