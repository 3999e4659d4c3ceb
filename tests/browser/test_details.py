"""Changing a project: its labels, instructions, members and settings, with ways back from what was not meant."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(6)))


def open_details(page: Page, service: Service, project: Project) -> None:
    page.goto(f"{service.url}/projects/{project.id}/details")
    expect(page.get_by_role("heading", name="Members")).to_be_visible()


def names(page: Page) -> Locator:
    return page.get_by_role("list", name="Labels").get_by_role("textbox")


def stored_labels(project: Project) -> list[str]:
    return [label["name"] for label in project.get()["labels"]]


def save_labels(page: Page) -> None:
    page.get_by_role("button", name="Save labels").click()
    expect(page.get_by_text("Saved.").first).to_be_visible()
    expect(page.get_by_role("button", name="Save labels")).to_be_disabled()


def test_labels_are_added_renamed_and_ordered_in_one_saving(service: Service, project: Project, page: Page) -> None:
    open_details(page, service, project)
    page.get_by_label("New label").fill("Cat")
    expect(page.get_by_role("button", name="Save labels")).to_be_disabled()
    page.get_by_label("New label").fill("Fox")  # Typed and not added: saving takes it along.
    names(page).nth(1).fill("Hound")
    names(page).nth(1).press("Alt+ArrowUp")
    expect(names(page).nth(0)).to_be_focused()
    page.get_by_role("button", name="Remove Uncertain").click()
    assert stored_labels(project) == ["Cat", "Dog", "Uncertain"]
    save_labels(page)
    assert stored_labels(project) == ["Hound", "Cat", "Fox"]
    assert [label["key"] for label in project.get()["labels"]] == ["2", "1", "3"]
    # A key that another label has is exchanged with it.
    page.get_by_role("button", name="examples of Hound").click()
    about = page.get_by_role("dialog", name="About Hound")
    about.get_by_role("combobox", name="Key").select_option("1, now Cat")
    about.get_by_role("textbox", name="Description").fill("Dogs of any age")
    about.get_by_role("button", name="Save").click()
    expect(about).to_be_hidden()
    told = [(label["key"], label["description"]) for label in project.get()["labels"]]
    assert told == [("1", "Dogs of any age"), ("2", ""), ("3", "")]
    put_into_groups(page)
    save_labels(page)
    grouped = [(label["name"], label["group"]) for label in project.get()["labels"]]
    assert grouped == [("Owl", "Animal/Wild"), ("Hound", "Pet"), ("Cat", "Pet"), ("Fox", "")]


def put_into_groups(page: Page) -> None:
    """By typing, in a dialog, by dragging, and by giving a group the name of another."""
    labels = page.get_by_role("list", name="Labels")
    page.get_by_label("New label").fill("Animal//Owl")
    expect(page.get_by_text("one slash between them")).to_be_visible()
    page.get_by_label("New label").fill("Animal/Wild/Owl")
    page.get_by_label("New label").press("Enter")
    page.get_by_role("button", name="Group of Fox").click()
    dialog = page.get_by_role("dialog", name="Group of Fox")
    expect(dialog.get_by_role("button", name="Move")).to_be_disabled()
    dialog.get_by_role("combobox", name="Group").fill(" Pet / Small")
    assert_accessible(page)
    dialog.get_by_role("button", name="Move").click()
    place_of = "(row, name) => [...row.children].findIndex((one) => one.querySelector('input')?.value === name)"
    # In a group of its own it can be moved neither up nor down.
    fox = labels.get_by_role("listitem").nth(labels.evaluate(place_of, "Fox"))
    fox.get_by_role("textbox").press("Alt+ArrowUp")
    expect(fox.get_by_role("textbox")).to_have_value("Fox")
    expect(page.get_by_role("button", name="Move Fox up")).to_have_attribute("aria-disabled", "true")
    cat = labels.get_by_role("listitem").nth(labels.evaluate(place_of, "Cat"))
    cat.get_by_title("Drag to another group or place").drag_to(labels.get_by_text("Small"))
    hound = labels.get_by_role("listitem").nth(labels.evaluate(place_of, "Hound"))
    cat = labels.get_by_role("listitem").nth(labels.evaluate(place_of, "Cat"))
    hound.get_by_title("Drag to another group or place").drag_to(cat.get_by_role("textbox"))
    assert_accessible(page)
    page.get_by_role("button", name="Rename the group Pet › Small").click()
    dialog = page.get_by_role("dialog", name="Rename the group Pet › Small")
    dialog.get_by_role("combobox", name="Group").fill("Animal")
    expect(dialog.get_by_text("There is a group Animal already.")).to_be_visible()
    dialog.get_by_role("combobox", name="Group").fill("Pet")
    dialog.get_by_role("button", name="Rename").click()
    labels.get_by_role("button", name="Pet", exact=True).click()
    expect(names(page)).to_have_count(1)
    labels.get_by_role("button", name="Pet", exact=True).click()
    page.get_by_role("button", name="Group of Fox").click()
    page.get_by_role("dialog").get_by_role("combobox", name="Group").fill("")
    page.get_by_role("dialog").get_by_role("button", name="Move").click()
    expect(names(page).first).to_have_value("Fox")


def test_what_is_not_saved_stays_when_the_page_is_left(service: Service, project: Project, page: Page) -> None:
    open_details(page, service, project)
    names(page).nth(0).fill("Tomcat")
    page.get_by_role("textbox", name="Instructions", exact=True).fill("Half a sentence")
    page.get_by_label("Project name").fill("Half a name")
    page.get_by_role("tab", name="Dashboard").click()
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    page.get_by_role("tab", name="Details").click()
    expect(names(page).nth(0)).to_have_value("Tomcat")
    page.reload()
    expect(names(page).nth(0)).to_have_value("Tomcat")
    expect(page.get_by_role("textbox", name="Instructions", exact=True)).to_have_value("Half a sentence")
    expect(page.get_by_label("Project name")).to_have_value("Half a name")
    expect(page.get_by_text("You have unsaved changes.")).to_have_count(3)
    labels = page.get_by_role("region", name="Labels", exact=True)
    labels.get_by_role("button", name="Discard changes").click()
    expect(names(page).nth(0)).to_have_value("Cat")
    expect(page.get_by_text("You have unsaved changes.")).to_have_count(2)


def test_what_another_changed_meanwhile_is_not_undone_by_saving(service: Service, project: Project, page: Page) -> None:
    open_details(page, service, project)
    names(page).nth(0).fill("Tomcat")
    labels = project.get()["labels"]
    labels[1]["name"] = "Hound"
    good(project.change(labels=[*labels, {"name": "Fox"}]))
    page.reload()
    expect(names(page)).to_have_count(4)
    save_labels(page)
    assert stored_labels(project) == ["Tomcat", "Hound", "Uncertain", "Fox"]


def test_a_label_is_merged_into_another_and_comes_back(service: Service, project: Project, page: Page) -> None:
    project.label(project.boss, 3, "Cat")
    project.label(project.boss, 1, "Dog")
    open_details(page, service, project)
    page.get_by_role("button", name="Merge Dog into another label").click()
    dialog = page.get_by_role("dialog", name="Merge Dog into another label")
    expect(dialog.get_by_role("button", name="Merge")).to_be_disabled()
    dialog.get_by_role("combobox", name="Merge into").select_option("Cat")
    expect(dialog.get_by_text("1 image with the label Dog will count as Cat")).to_be_visible()
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog).to_be_hidden()
    expect(names(page)).to_have_count(2)
    expect(page.get_by_role("list", name="Labels").get_by_text("4 images")).to_be_visible()
    assert {one["label"]: one["count"] for one in project.progress()["byLabel"]} == {"Cat": 4, "Uncertain": 0}

    page.reload()
    page.get_by_role("list", name="Merged labels").get_by_role("button", name="Undo the merge of Dog").click()
    expect(names(page)).to_have_count(3)
    expect(page.get_by_role("list", name="Merged labels")).to_have_count(0)
    counts = {one["label"]: one["count"] for one in project.progress()["byLabel"]}
    assert counts == {"Cat": 3, "Uncertain": 0, "Dog": 1}


def test_unused_labels_are_removed_at_once_and_used_ones_stay(service: Service, people: People, page: Page) -> None:
    project = new_project(people, Folder(people, pictures(6)), labels=["Cat", "Dog", "Fox", "Owl"])
    project.label(project.boss, 2, "Cat")
    project.label(project.boss, 2, "Fox")
    open_details(page, service, project)
    expect(page.get_by_role("button", name="Remove Cat")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Remove unused").click()
    dialog = page.get_by_role("dialog", name="Remove 2 unused labels?")
    expect(dialog.get_by_text("Dog, Owl")).to_be_visible()
    dialog.get_by_role("button", name="Remove unused").click()
    expect(names(page)).to_have_count(2)
    assert stored_labels(project) == ["Cat", "Fox"]


def test_instructions_show_how_labelers_will_read_them(service: Service, project: Project, page: Page) -> None:
    open_details(page, service, project)
    text = "# Ears\n\n**Look** [here](https://example.com/guide) <script>window.bad = true</script>\n\n![x](https://evil.example/x.png)"
    page.get_by_role("textbox", name="Instructions", exact=True).fill(text)

    def is_shown(place: Locator) -> None:
        expect(place.get_by_role("heading", name="Ears")).to_be_visible()
        link = place.get_by_role("link", name="here")
        expect(link).to_have_attribute("target", "_blank")
        expect(link).to_have_attribute("rel", "noreferrer")
        expect(place.get_by_role("img")).to_have_count(0)

    is_shown(page.get_by_role("group", name="As labelers see it"))
    page.get_by_role("button", name="Save instructions").click()
    expect(page.get_by_text("Saved.").first).to_be_visible()
    page.goto(f"{service.url}/labeling/{project.id}")
    is_shown(page.get_by_role("main"))
    assert page.evaluate("window.bad") is None


def test_suggestions_are_switched_on_changed_and_switched_off(service: Service, project: Project, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/")[-1]))
    open_details(page, service, project)
    section = page.get_by_role("region", name="ML assisted labeling")
    switch = section.get_by_role("switch", name="Suggest labels")
    precision = section.get_by_role("spinbutton", name="Pre-label when at least")
    save = section.get_by_role("button", name="Save settings")
    expect(switch).not_to_be_checked()
    expect(save).to_be_disabled()
    assert "assist" not in asked
    switch.check()
    precision.fill("49")
    expect(section.get_by_text("Enter a number from 50 to 99.9.")).to_be_visible()
    expect(save).to_be_disabled()
    precision.fill("90")
    page.reload()
    expect(precision).to_have_value("90")
    section.get_by_role("radio", name="Hard images first").check()
    save.click()
    expect(section.get_by_role("status").filter(has_text="Waiting")).to_contain_text("'Cat' has 0")
    stored = project.get()
    assert (stored["mlAssist"], stored["suggestionOrder"], stored["suggestionPrecision"]) == (True, "leastSure", 0.9)

    switch.uncheck()
    save.click()
    expect(section.get_by_role("status").filter(has_text="Waiting")).to_have_count(0)
    assert project.get()["mlAssist"] is False


def test_a_member_whose_account_was_made_anew_is_invited_again(service: Service, project: Project, page: Page) -> None:
    name = new_name("bob")
    good(project.invite("labeler", name).get(project.path))

    def bound() -> list[tuple[str, bool]]:
        members = good(project.boss.get(f"{project.path}/members"))["items"]
        return [(member["role"], member["userId"] is not None) for member in members if member["signInName"] == name]

    assert bound() == [("labeler", True)]
    open_details(page, service, project)
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_role("button", name="Invite again").click()
    expect(page.get_by_text(f"{name} is invited again.").first).to_be_visible()
    assert bound() == [("labeler", False)]


def test_members_are_found_changed_and_removed(service: Service, project: Project, page: Page) -> None:
    others = [new_name(f"person{number}") for number in range(7)]
    project.invite("reviewer", others[0])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_details(page, service, project)
    wanted = others[3]
    table = page.get_by_role("table", name="Members")
    field = page.get_by_label("Sign-in name")
    # Several at once; each is told what became of it, and what is no name stays to be mended.
    field.fill(f"{others[0]}, {others[1]}; {others[2]} {wanted}\nno@ {others[4]}\n{others[5]},{others[6].upper()}")
    page.get_by_role("button", name="Invite 8 people").click()
    expect(page.get_by_text(f"{others[0]} is a member already (Reviewer).")).to_be_visible()
    expect(page.get_by_text(f"{wanted} is invited as Labeler.")).to_be_visible()
    expect(page.get_by_text("'no@' is not a sign-in name: they are addresses, like anna@example.com")).to_be_visible()
    expect(field).to_have_value("no@")
    expect(table.get_by_role("row")).to_have_count(8)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The link is copied.").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{service.url}/labeling/{project.id}"
    field.fill(wanted.upper())
    expect(page.get_by_text("This person is a member already")).to_be_visible()
    expect(page.get_by_role("button", name="Invite")).to_be_disabled()
    page.get_by_role("searchbox", name="Search members").fill(wanted)
    expect(table.get_by_role("row")).to_have_count(2)
    page.get_by_role("combobox", name=f"Role of {wanted}").select_option("Reviewer")
    expect(page.get_by_text(f"{wanted} is now Reviewer.").first).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("combobox", name=f"Role of {wanted}")).to_have_value("labeler")
    page.get_by_role("button", name=f"Remove {wanted}").click()
    dialog = page.get_by_role("dialog", name=f"Remove {wanted} from the project?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(table.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name=f"Remove {wanted}").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No member has")).to_be_visible()
    left = [member["signInName"] for member in good(project.boss.get(f"{project.path}/members"))["items"]]
    assert wanted not in left
    assert {one.lower() for one in others} - {wanted} <= {one.lower() for one in left}
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("combobox", name=f"Role of {wanted}")).to_have_value("labeler")


def test_a_project_is_paused_and_deleted_only_by_its_name(service: Service, project: Project, page: Page) -> None:
    open_details(page, service, project)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    assert project.get()["status"] == "paused"
    page.get_by_role("button", name="Delete project").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Delete project")).to_be_disabled()
    dialog.get_by_label("Type the project's name").fill(project.get()["name"])
    dialog.get_by_role("button", name="Delete project").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    assert project.boss.get(project.path).status_code == 404


def test_dialogs_and_what_is_wrong_are_accessible(service: Service, project: Project, page: Page) -> None:
    cat, *others = project.get()["labels"]
    good(project.change(labels=[{**cat, "examples": [project.images()[0]["id"]]}, *others]))
    open_details(page, service, project)
    names(page).nth(0).fill("Dog")
    page.get_by_label("Link to detailed instructions").fill("not an address")
    expect(page.get_by_text("A label named Dog already exists.").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("region", name="Labels", exact=True).get_by_role("button", name="Discard changes").click()
    page.get_by_role("button", name="Merge Dog into another label").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="examples of Cat").click()
    about = page.get_by_role("dialog", name="About Cat")
    expect(about.get_by_role("img")).to_be_visible()
    assert_accessible(page)
