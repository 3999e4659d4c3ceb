"""Restoring a backup on the page: what it would do is seen first, and nobody is let in who is not ticked."""

import pytest
from playwright.sync_api import Page, expect

from tests.api.builders import Folder, People, good, new_project, pictures
from tests.backups.moving import backed_up
from tests.browser.accessibility import assert_accessible
from tests.running import Service, until

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)

ANN, BOB = "ann@example.org", "bob@example.org"


@pytest.mark.usefixtures("as_administrator")
def test_a_backup_is_previewed_and_restored_with_the_people_who_are_ticked(
    service: Service, people: People, page: Page
) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    project.invite("labeler", ANN)
    project.invite("reviewer", BOB)
    name, folder = project.get()["name"], backed_up(project)["folder"]
    good(project.boss.delete(f"{project.path}/members/{BOB}"), 204)

    page.goto(f"{service.url}/projects")
    page.get_by_role("button", name="Restore a backup").click()
    dialog = page.get_by_role("dialog", name="Restore a backup")
    dialog.get_by_label("Folder of the backup").fill(folder)
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_text("The project still exists")).to_be_visible()
    expect(dialog.get_by_label(f"{BOB}, Reviewer; not a member now")).not_to_be_checked()
    expect(dialog.get_by_role("button", name="Restore")).to_be_disabled()
    assert_accessible(page)

    good(project.boss.delete(project.path), 204)
    dialog.get_by_label("Folder of the backup").fill(f" {folder}")
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog.get_by_text(f"{name}, backed up")).to_be_visible()
    expect(dialog.get_by_text("Read the images from")).to_be_visible()
    dialog.get_by_label(f"{ANN}, Labeler").check()
    dialog.get_by_role("button", name="Restore").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(f"{name} is being restored.").first).to_be_visible()
    expect(page.get_by_text(name, exact=True).first).to_be_visible()
    until(lambda: project.boss.get(f"{project.path}/members").json().get("items"), "nobody is let in")
    assert [member["signInName"] for member in project.pages("members")] == [ANN]
