"""What the tagging page says of the project, of one's own day, and of what has changed meanwhile."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.api.builders import Folder, People, Project, good, new_project, pictures
from tests.browser.tagging.labelers import Enter, entering
from tests.running import Service, until

IMAGES = 12
LAYOUT = 4


@pytest.fixture
def project(people: People) -> Project:
    instructions = {"text": "Cats first.", "url": "https://example.com/more"}
    return new_project(people, Folder(people, pictures(IMAGES)), instructions=instructions)


@pytest.fixture
def enter(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    with entering(service, browser, project) as let_in:
        yield let_in


def test_the_figures_move_with_each_submission_and_never_back(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    page = labeler.page
    expect(page.get_by_text("You: 0 today, 0 an hour")).to_be_visible()
    page.evaluate(
        """() => {
            window.figures = [];
            new MutationObserver(() => {
                const words = document.querySelector("[role=progressbar]").getAttribute("aria-label");
                if (window.figures.at(-1) !== words) window.figures.push(words);
            }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
        }"""
    )
    page.route("**/submission", lambda route: route.abort())
    labeler.tag_all()
    labeler.submit()
    expect(page.get_by_text("4 of 12 images labeled")).to_be_visible()
    expect(page.get_by_text("You: 4 today, 4 an hour")).to_be_visible()
    assert project.progress()["labeled"] == 0
    page.unroute_all(behavior="ignoreErrors")
    until(lambda: project.progress()["labeled"] == LAYOUT, "the page has not arrived")
    labeler.tag_all()
    labeler.submit()
    expect(page.get_by_text("You: 8 today, 8 an hour")).to_be_visible()
    labeler.finish()
    expect(page.get_by_text("You: 12 today, 12 an hour")).to_be_visible()
    assert page.evaluate("window.figures") == [f"{done} of 12 images labeled" for done in (0, 4, 8, 12)]


def test_the_instructions_are_a_key_away_and_say_when_they_have_changed(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    button = labeler.page.get_by_role("button", name="Instructions")
    dialog = labeler.page.get_by_role("dialog", name="Instructions")
    labeler.press("i")
    expect(dialog).to_contain_text("Cats first.")
    expect(dialog.get_by_role("link", name="Read the detailed instructions")).to_have_attribute(
        "href", "https://example.com/more"
    )
    labels = dialog.get_by_role("list", name="Labels").get_by_role("listitem")
    expect(labels).to_contain_text(["Cat", "Dog", "Uncertain"])
    labeler.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).not_to_contain_text("changed")
    good(project.boss.patch(project.path, json={"instructions": {"text": "Dogs first.", "url": ""}}))
    expect(button).to_contain_text("changed")
    # It is still marked after a reload, until it was read.
    labeler.page.reload()
    expect(button).to_contain_text("changed")
    button.click()
    expect(dialog).to_contain_text("Dogs first.")
    expect(dialog.get_by_role("link")).to_have_count(0)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(button).not_to_contain_text("changed")
    # The keys work on where one was.
    labeler.press("1")
    labeler.expect_tags({1: "Cat"})


def test_labels_that_change_meanwhile_do_so_on_the_page(project: Project, enter: Enter) -> None:
    labeler = enter(LAYOUT)
    labeler.start(LAYOUT)
    labeler.press("1", "2", "3")
    cat, dog, uncertain = project.get()["labels"]
    labels = [{"id": cat["id"], "name": "Kitten"}, uncertain, {"name": "Fox"}]
    good(project.change(labels=labels))
    # The tag with the label that is gone is none any more; all else is as it was.
    labeler.expect_tags({1: "Kitten", 3: "Uncertain"})
    # A new label gets the first key that is free.
    labeler.press("Home", "ArrowRight", "2")
    labeler.expect_tags({1: "Kitten", 2: "Fox", 3: "Uncertain"})
    assert labeler.is_same_document()
    labeler.press("Shift+Digit3")
    labeler.submit()
    until(lambda: project.progress()["labeled"] == LAYOUT, "the page has not arrived")
    counts = {entry["label"]: entry["count"] for entry in project.progress()["byLabel"]}
    assert counts == {"Kitten": 1, "Uncertain": 2, "Fox": 1}
    assert dog["name"] not in counts
