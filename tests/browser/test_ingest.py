"""What a project's pages say of its images: while they are found and prepared, when that fails, when files change."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.api.builders import Folder, People, Project, new_project, picture, pictures
from tests.running import Service

WHAT_TO_DO = "The SAS token has expired, or is not valid yet. Make a new one."

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")


def card(page: Page, project: Project) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=project.get()["name"], exact=True))


def answer_otherwise(page: Page, project: Project, path: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Lets the service's answers about a project be changed on their way to the page; lists of projects as well."""

    def pass_on(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        for one in body.get("items", [body]):
            if path or one["id"] == project.id:
                change(one)
        route.fulfill(response=answer, json=body)

    page.route(f"**{project.path}{path}", pass_on)
    if not path:
        page.route("**/api/projects?*", pass_on)


def test_the_progress_of_preparing_moves_by_itself(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    left = 5_790

    def is_preparing(progress: dict[str, Any]) -> None:
        progress.update(total=10_000, preparing=left, waiting=10_000 - left)

    answer_otherwise(page, project, "/progress", is_preparing)
    for address, place in (
        ("/projects", lambda: card(page, project)),
        (f"/projects/{project.id}", lambda: page),
        (f"/projects/{project.id}/details", lambda: page),
    ):
        left = 5_790
        page.goto(service.url + address)
        bar = place().get_by_role("progressbar", name="Prepared 4,210 of 10,000 images")
        expect(bar).to_have_attribute("aria-valuenow", "0.421")
        left = 500
        expect(place().get_by_text("Prepared 9,500 of 10,000 images")).to_be_visible()
        left = 0
        expect(place().get_by_text("Prepared", exact=False)).to_have_count(0)


def test_a_running_listing_says_how_much_it_has_found(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    found = 0

    def is_creating(one: dict[str, Any]) -> None:
        one.update(status="creating", lastRefreshAt=None)

    def is_running(run: dict[str, Any]) -> None:
        run.update(status="running", finishedAt=None, found=found)

    answer_otherwise(page, project, "", is_creating)
    answer_otherwise(page, project, "/refreshes?*", is_running)
    page.goto(f"{service.url}/projects")
    expect(card(page, project).get_by_text("Checking the folder")).to_be_visible()
    found = 120_000
    expect(card(page, project).get_by_text("Found 120,000 images so far")).to_be_visible()
    expect(card(page, project).get_by_text("Folder not checked yet")).to_be_visible()


def test_a_card_says_when_the_folder_was_last_looked_through(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people, pictures(1)))
    page.clock.install()
    page.goto(f"{service.url}/projects")
    expect(card(page, project).get_by_text("Folder checked ")).to_be_visible()
    # The page goes by the service's clock: an answer that is still on its way would set back the one moved below.
    page.wait_for_load_state("networkidle")
    # Nothing is asked anew: the words move on by themselves.
    page.context.set_offline(True)
    page.clock.fast_forward("04:30")
    expect(card(page, project).get_by_text(re.compile(r"Folder checked \d+ min ago"))).to_be_visible()


@pytest.mark.parametrize(("status", "title"), [("created", "The last refresh failed"), ("failed", "could not be read")])
def test_trouble_says_what_to_do_and_offers_to_look_again(
    service: Service, people: People, page: Page, status: str, title: str
) -> None:
    project = new_project(people, Folder(people, pictures(1)), incrementalRefresh=True)

    def is_in_trouble(one: dict[str, Any]) -> None:
        one.update(status=status, statusDetail=WHAT_TO_DO, inTrouble=True)

    answer_otherwise(page, project, "", is_in_trouble)
    places: list[tuple[str, Callable[[], Locator | Page]]] = [
        (f"/projects/{project.id}/details", lambda: page),
        (f"/projects/{project.id}", lambda: page),
        ("/projects", lambda: card(page, project)),
    ]
    # It is one bar: that it is everywhere is looked at once.
    for address, place in places if status == "created" else places[:1]:
        page.goto(service.url + address)
        bar = place().get_by_role("group", name=title)
        expect(bar).to_contain_text(WHAT_TO_DO)
        expect(bar).to_contain_text("All known images and labels are kept. The service tries again automatically.")
        with page.expect_response(lambda answer: answer.request.method == "POST") as asked:
            bar.get_by_role("button", name="Check again now").click()
        assert asked.value.status == 202
        assert asked.value.url.endswith(f"{project.path}/refreshes")
        expect(bar.get_by_role("button", name="Check again now")).to_be_enabled()
    bar.get_by_role("link", name="Datastore workspace").click()
    expect(page.get_by_role("heading", name="Datastores", exact=True)).to_be_visible()


def test_what_is_no_trouble_is_told_without_alarm(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people))
    page.goto(f"{service.url}/projects/{project.id}")
    expect(page.get_by_text("The folder has no images yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Check again now")).to_have_count(0)


def test_images_that_have_changed_since_they_were_labeled_are_marked_and_can_be_filtered(
    service: Service, people: People, page: Page
) -> None:
    folder = Folder(people, {**pictures(3), "broken.png": b"no image"})
    project = new_project(people, folder)
    project.label(project.boss, 3)
    folder.put({"01.png": picture("blue")})
    folder.drop("02.png")
    project.refresh()

    page.goto(f"{service.url}/projects/{project.id}/data?state=all")
    tiles = page.get_by_role("option", name=folder.prefix)
    expect(tiles).to_have_count(4)
    expect(page.get_by_text("Changed", exact=True)).to_have_count(1)
    expect(page.get_by_role("option", name="02.png Missing, Cat")).to_be_visible()
    page.get_by_role("option", name="broken.png").click()
    page.get_by_role("button", name="Details").click()
    details = page.get_by_role("region", name="Details of the image")
    expect(details.get_by_text(project.image("broken.png")["problem"]).last).to_be_visible()

    page.get_by_role("combobox", name="Review").select_option("Image changed after labeling")
    expect(tiles).to_have_count(1)
    expect(page).to_have_url(f"{service.url}/projects/{project.id}/data?state=all&changedSinceLabeled=true")
    page.reload()
    page.get_by_role("option", name="01.png Cat Changed").click()
    page.get_by_role("button", name="Details").click()
    expect(details.get_by_text("The file has changed since it was labeled.")).to_be_visible()
    page.get_by_role("combobox", name="Review").select_option("Any")
    expect(tiles).to_have_count(4)


def test_a_refresh_shows_what_it_counts_and_how_long_it_took(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people, pictures(2)))
    runs = 0

    def is_at_work(run: dict[str, Any]) -> None:
        nonlocal runs
        runs += 1
        if runs < 3:
            run.update(status="running", finishedAt=None, found=1_000 * runs, back=0)
        else:
            run.update(startedAt="2026-01-02T10:00:00Z", finishedAt="2026-01-02T10:03:30Z", back=7)

    answer_otherwise(page, project, "/refreshes?*", is_at_work)
    page.goto(f"{service.url}/projects/{project.id}")
    row = page.get_by_role("table", name="Refreshes").get_by_role("row").nth(1)
    expect(row).to_contain_text("Running")
    expect(row.locator(".fui-Spinner")).to_be_visible()
    expect(row).to_contain_text("Completed")
    expect(row.get_by_role("cell").nth(1)).to_have_text("3 min")
    expect(row.get_by_role("cell").nth(7)).to_have_text("7")


def test_labeling_starts_with_the_first_images_while_the_folder_is_still_looked_through(
    service: Service, people: People, page: Page
) -> None:
    project = new_project(people, Folder(people, pictures(3)))
    waiting = 0

    def is_creating(one: dict[str, Any]) -> None:
        one.update(status="creating")

    def has_images(progress: dict[str, Any]) -> None:
        progress.update(total=10_000, preparing=10_000 - waiting, waiting=waiting)

    answer_otherwise(page, project, "", is_creating)
    answer_otherwise(page, project, "/progress", has_images)
    page.goto(f"{service.url}/labeling")
    link = page.get_by_role("link", name=f"Label {project.get()['name']}")
    expect(page.get_by_text(project.get()["name"], exact=True)).to_be_visible()
    expect(link).to_have_count(0)
    waiting = 99
    expect(link).to_be_visible()
