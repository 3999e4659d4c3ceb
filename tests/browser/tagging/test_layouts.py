"""Another layout shows the same images otherwise, and keeps their tags."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.browser.tagging.labelers import Enter, Labeler, entering
from tests.browser.tagging.sheet import file_name
from tests.running import Service, until

# A page of 9 leaves one of 6.
IMAGES = 15


@pytest.fixture
def project(people: People) -> Project:
    return new_project(people, Folder(people, pictures(IMAGES)))


@pytest.fixture
def enter(service: Service, browser: Browser, project: Project) -> Iterator[Enter]:
    with entering(service, browser, project) as let_in:
        yield let_in


def choose(labeler: Labeler, images: int) -> None:
    labeler.panel.get_by_role("button", name=f"{images} image").first.click()


def test_a_started_page_is_shown_in_parts_and_submitted_as_one(project: Project, enter: Enter) -> None:
    labeler = enter(9)
    labeler.start(9)
    names = labeler.names()
    labeler.press("1", "2", "1", "1", "2")
    choose(labeler, 4)
    # Of three parts the second is the first that is not all tagged.
    expect(labeler.tiles).to_have_count(4)
    assert labeler.names() == names[4:8]
    labeler.expect_tags({1: "Dog"})
    labeler.tag_all(3)
    labeler.submit()
    expect(labeler.tiles).to_have_count(1)
    assert labeler.names() == names[8:]
    assert project.progress()["labeled"] == 0
    # And back: all are there, with their tags.
    choose(labeler, 9)
    expect(labeler.tiles).to_have_count(9)
    tags = ["Cat", "Dog", "Cat", "Cat", "Dog", "Uncertain", "Uncertain", "Uncertain"]
    labeler.expect_tags(dict(enumerate(tags, start=1)))
    choose(labeler, 4)
    expect(labeler.tiles).to_have_count(1)
    labeler.page.reload()
    expect(labeler.tiles).to_have_count(1)
    labeler.tag_all(1)
    labeler.submit()
    until(lambda: project.progress()["labeled"] == 9, "the page has not arrived")
    labels = {file_name(image): image["labels"] for image in project.images()}
    assert [labels[name] for name in names] == [[tag] for tag in (*tags, "Cat")]


def test_a_started_page_stays_in_a_larger_layout_and_the_next_one_has_more(enter: Enter) -> None:
    labeler = enter(4)
    labeler.start(4)
    names = labeler.names()
    labeler.press("1")
    choose(labeler, 6)
    expect(labeler.page.get_by_text("This page keeps its labels. The next one has 6 images.").first).to_be_visible()
    assert labeler.names() == names
    labeler.expect_tags({1: "Cat"})
    labeler.tag_all()
    labeler.submit()
    expect(labeler.untagged).to_have_count(6)
    labeler.tag_all()
    labeler.submit()
    expect(labeler.panel.get_by_text("5 left to label · the last images of their batch")).to_be_visible()
