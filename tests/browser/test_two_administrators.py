"""Two administrators at the same pages: nobody's change undoes another's without a word."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.api.builders import Folder, People, Project, good, new_project, picture, pictures
from tests.browser.signing import sign_in_as
from tests.datastores.calls import sas_datastore
from tests.datastores.customer import Customer
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(1)))


@pytest.fixture
def second(service: Service, browser: Browser, project: Project) -> Iterator[Page]:
    """The page of another administrator."""
    project.invite("administrator", "second")
    context = browser.new_context()
    sign_in_as(context, service, "second")
    page = open_details(context.new_page(), service, project)
    yield page
    page.unroute_all(behavior="ignoreErrors")
    context.close()


def open_details(page: Page, service: Service, project: Project) -> Page:
    """The details, with the project as it is now in every answer until something of it is changed here."""
    seen = project.get()
    has_changed = False

    def answer(route: Route) -> None:
        nonlocal has_changed
        has_changed = has_changed or route.request.method != "GET"
        if has_changed:
            route.continue_()
        else:
            route.fulfill(json=seen)

    page.route(re.compile(f"{re.escape(project.path)}(/labels/.*)?$"), answer)
    page.goto(f"{service.url}/projects/{project.id}/details")
    expect(page.get_by_label("Role of second")).to_be_visible()
    return page


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def names(page: Page) -> Locator:
    return page.get_by_role("list", name="Labels").get_by_role("textbox")


def stored_labels(project: Project) -> list[str]:
    return [label["name"] for label in project.get()["labels"]]


def test_what_two_change_of_the_labels_is_saved_together(
    service: Service, project: Project, page: Page, second: Page
) -> None:
    open_details(page, service, project)
    names(second).nth(0).fill("Kitten")
    page.get_by_label("New label").fill("Bird")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save labels").click()
    expect(page.get_by_text("Saved.").first).to_be_visible()
    second.get_by_role("button", name="Save labels").click()
    expect(second.get_by_text("Saved.").first).to_be_visible()
    assert stored_labels(project) == ["Kitten", "Dog", "Uncertain", "Bird"]
    expect(names(second)).to_have_count(4)


@pytest.mark.parametrize(("choice", "name"), [("Keep yours", "Kitten"), ("Use theirs", "Tomcat")])
def test_of_two_names_for_a_label_somebody_chooses_one(project: Project, second: Page, choice: str, name: str) -> None:
    cat, *others = project.get()["labels"]
    names(second).nth(0).fill("Kitten")
    names(second).nth(1).fill("Hound")
    good(project.change(labels=[{**cat, "name": "Tomcat"}, *others]))
    save = second.get_by_role("button", name="Save labels")
    save.click()
    clash = section(second, "Labels").get_by_role("group", name="Label Cat")
    expect(clash).to_contain_text("Kitten")
    expect(clash).to_contain_text("Tomcat")
    expect(save).to_be_disabled()
    assert stored_labels(project)[0] == "Tomcat"
    clash.get_by_role("button", name=choice).click()
    expect(clash).to_have_count(0)
    save.click()
    expect(second.get_by_text("Saved.").first).to_be_visible()
    assert stored_labels(project) == [name, "Hound", "Uncertain"]


def test_instructions_of_two_are_both_shown_and_what_only_one_changed_is_kept(project: Project, second: Page) -> None:
    second.get_by_role("textbox", name="Instructions", exact=True).fill("Cats first.")
    good(project.change(instructions={"text": "Dogs first.", "url": "https://example.org/dogs"}))
    second.get_by_role("button", name="Save instructions").click()
    here = section(second, "Labeling instructions")
    clash = here.get_by_role("group", name="Instructions", exact=True)
    expect(clash).to_contain_text("Cats first.")
    expect(clash).to_contain_text("Dogs first.")
    expect(second.get_by_label("Link to detailed instructions")).to_have_value("https://example.org/dogs")
    clash.get_by_role("button", name="Keep yours").click()
    second.get_by_role("button", name="Save instructions").click()
    expect(second.get_by_text("Saved.").first).to_be_visible()
    assert project.get()["instructions"] == {"text": "Cats first.", "url": "https://example.org/dogs"}


def test_settings_of_two_are_saved_together(project: Project, second: Page) -> None:
    second.get_by_label("Project name").fill(f"{project.id} renamed")
    good(project.change(leaseMinutes=20))
    section(second, "Project").get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("Saved.").first).to_be_visible()
    known = project.get()
    assert (known["name"], known["leaseMinutes"]) == (f"{project.id} renamed", 20)


def test_labels_that_were_changed_meanwhile_are_not_merged_unseen(project: Project, second: Page) -> None:
    second.get_by_role("button", name="Merge Dog into another label").click()
    dialog = second.get_by_role("dialog", name="Merge Dog into another label")
    dialog.get_by_label("Merge into").select_option("Cat")
    cat, *others = project.get()["labels"]
    good(project.change(labels=[{**cat, "name": "Wolf"}, *others]))
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(dialog).to_contain_text("Somebody else changed the labels.")
    expect(dialog).to_contain_text("will count as Wolf")
    assert project.get()["merged"] == []
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(dialog).to_have_count(0)
    assert [one["name"] for one in project.get()["merged"]] == ["Dog"]


def test_a_role_that_another_has_changed_is_shown_before_it_is_changed_again(project: Project, second: Page) -> None:
    path = f"{project.path}/members/ann"
    good(project.boss.put(path, json={"role": "labeler"}))
    second.reload()
    role = second.get_by_label("Role of ann")
    expect(role).to_have_value("labeler")
    good(project.boss.put(path, json={"role": "administrator"}))
    role.select_option("Reviewer")
    expect(second.get_by_text("Somebody else changed the role of ann")).to_be_visible()
    expect(role).to_have_value("administrator")
    members = {one["signInName"]: one["role"] for one in project.pages("members")}
    assert members["ann"] == "administrator"


def test_whom_another_has_invited_is_not_invited_over_their_role(project: Project, second: Page) -> None:
    good(project.boss.put(f"{project.path}/members/ann", json={"role": "administrator"}))
    second.get_by_label("Sign-in name").fill("ann")
    second.get_by_role("button", name="Invite").click()
    expect(second.get_by_text("ann is a member already (Administrator).").first).to_be_visible()
    members = {one["signInName"]: one["role"] for one in project.pages("members")}
    assert members["ann"] == "administrator"


def test_credentials_that_another_has_given_meanwhile_are_replaced_only_by_who_says_so(
    people: People, service: Service, page: Page
) -> None:
    team = Customer(service.other_storage)
    container = team.container({"cat.png": picture()})
    asked = sas_datastore(team, container)
    datastore = good(people("administrator").post("/api/datastores", json=asked), 201)
    page.goto(f"{service.url}/datastores")
    page.get_by_role("button", name=f"Actions for {datastore['name']}").click()
    page.get_by_role("menuitem", name="New credentials").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("SAS token").fill(team.sas(container))
    path, theirs = f"/api/datastores/{datastore['name']}", {"auth": {"kind": "accountKey", "key": team.key}}
    changed = good(people("administrator").patch(path, json=theirs))
    team.close()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Somebody else gave")).to_contain_text("(Account key)")
    assert good(people("administrator").get(path)) == changed
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert good(people("administrator").get(path))["auth"] == "sas"
    # A dialog that goes leaves the focus where it was before, also when it is closed with the mouse.
    expect(page.get_by_role("button", name=f"Actions for {datastore['name']}")).to_be_focused()
    add = page.get_by_role("button", name="New datastore")
    add.click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(add).to_be_focused()
