"""Access tokens, from the page on which they are made to the script that uses one."""

import re
import shlex
import subprocess

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.api.builders import Folder, People, Project, assert_problem, good, new_name, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(1)))


def test_a_token_is_made_copied_used_by_a_script_and_revoked(
    service: Service, page: Page, context: BrowserContext, project: Project
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in_as(context, service)
    page.goto(f"{service.url}/projects/{project.id}/details")
    section = page.get_by_role("region", name="Access tokens")
    expect(section.get_by_text("There are no access tokens.")).to_be_visible()

    name = new_name("training")
    section.get_by_role("button", name="New token").click()
    dialog = page.get_by_role("dialog", name="New access token")
    expect(dialog.get_by_role("button", name="Create token")).to_be_disabled()
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Role").select_option("Reviewer")
    dialog.get_by_label("Expires after").select_option("30 days")
    dialog.get_by_role("button", name="Create token").click()

    made = page.get_by_role("alertdialog", name=f"Token {name} created")
    token = made.get_by_label("Access token").input_value()
    assert re.fullmatch(r"lbl_[A-Za-z0-9_-]{43}", token)
    page.keyboard.press("Escape")
    made.get_by_role("button", name="Copy token").click()
    assert page.evaluate("navigator.clipboard.readText()") == token
    made.get_by_role("button", name="Copy command").click()
    command = page.evaluate("navigator.clipboard.readText()")
    assert project.id in run(command)
    made.get_by_role("button", name="Done").click()
    expect(made).to_be_hidden()
    assert token not in page.content()

    row = section.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Reviewer, created by administrator")
    page.reload()
    expect(row).not_to_contain_text("Never")
    row.get_by_role("button", name=f"Revoke {name}").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(section.get_by_text("There are no access tokens.")).to_be_visible()
    assert "unauthenticated" in run(command)


def test_a_token_of_the_service_is_made_among_all_tokens_and_any_is_revoked_there(
    service: Service, people: People, page: Page, context: BrowserContext, project: Project
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in_as(context, service)
    of_a_project = new_name("training")
    good(project.boss.post(f"{project.path}/tokens", json={"name": of_a_project, "role": "reviewer"}), 201)
    page.goto(f"{service.url}/people")
    section = page.get_by_role("region", name="Access tokens")

    name = new_name("pipeline")
    section.get_by_role("button", name="New access token").click()
    dialog = page.get_by_role("dialog", name="New access token")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Expires after").select_option("7 days")
    assert_accessible(page)
    dialog.get_by_role("button", name="Create token").click()
    made = page.get_by_role("alertdialog", name=f"Token {name} created")
    token = made.get_by_label("Access token").input_value()
    made.get_by_role("button", name="Copy token").click()
    assert page.evaluate("navigator.clipboard.readText()") == token
    made.get_by_role("button", name="Copy command").click()
    command = f"image-labeling login {service.url} --token {token}"
    assert page.evaluate("navigator.clipboard.readText()") == command
    headers = {"x-access-token": token}
    assert good(people(None).get("/api/me", headers=headers))["name"] == "administrator"
    made.get_by_role("button", name="Done").click()
    expect(made).to_be_hidden()

    row = section.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("The whole service")
    expect(row).to_contain_text("Administrator of the service")
    for revoked in (name, of_a_project):
        row = section.get_by_role("row").filter(has_text=revoked)
        row.get_by_role("button", name=f"Revoke {revoked}").click()
        page.get_by_role("dialog", name=f"Revoke {revoked}?").get_by_role("button", name="Revoke").click()
        expect(row).to_have_count(0)
    assert_problem(people(None).get("/api/me", headers=headers), 401, "unauthenticated")
    assert of_a_project not in [one["name"] for one in project.pages("tokens")]


def run(command: str) -> str:
    """What the command that the page gives prints."""
    return subprocess.run(shlex.split(command), check=True, capture_output=True, text=True, timeout=60).stdout
