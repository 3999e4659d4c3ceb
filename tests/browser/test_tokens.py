"""Access tokens, from the page on which they are made to the script that uses one."""

import re
import shlex
import subprocess

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.api.builders import Folder, People, Project, new_name, new_project, pictures
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def project(service: Service) -> Project:
    people = People(service)
    made = new_project(people, Folder(people, pictures(1)))
    people.close()
    return made


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


def run(command: str) -> str:
    """What the command that the page gives prints."""
    return subprocess.run(shlex.split(command), check=True, capture_output=True, text=True, timeout=60).stdout
