"""Suggested tags on the tagging page: how they look, what accepts and changes them, and how little is left to do."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
from playwright.sync_api import Browser, Locator, Route, expect

from tests.api.builders import LABELS, Folder, People, Project, good, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.browser.tagging.labelers import Labeler, entering
from tests.browser.tagging.suggesting import Wanted, suggest, take
from tests.running import Service, until

LONG = "A label of one hundred characters that somebody gave who wanted to say all of it in the label itself."[:100]
COUNT_ACTIONS = """
window.actions = 0;
for (const kind of ["keydown", "click"])
  window.addEventListener(kind, (event) => { if (event.isTrusted && !event.repeat) window.actions += 1; }, true);
"""
STOP_TIME = """
const now = performance.now.bind(performance);
window.stoppedAt = 0;
performance.now = () => window.stoppedAt ?? now();
"""
# Until then nobody can have looked at a page.
GLANCE_MS = 400
SURE_CAT = ("Cat", 0.97, True)
PERHAPS_DOG = ("Dog", 0.62, False)
SAID = {SURE_CAT: "Suggested: Cat, 97 percent sure", PERHAPS_DOG: "no label, perhaps Dog, 62 percent sure"}


def file(number: int) -> str:
    return f"{number:02}.png"


def project_with(service: Service, people: People, images: int, wanted: Mapping[int, Wanted], **fields: Any) -> Project:
    """A project whose images, by number, have suggestions as a training leaves them."""
    project = new_project(people, Folder(people, pictures(images)), mlAssist=True, **fields)
    suggest(service.data_storage, project, {file(number): one for number, one in wanted.items()})
    return project


def start(people: People, labeler: Labeler, count: int, *, hides: bool = False) -> None:
    """Opens a page of so many images, with all its suggestions, or with all of them hidden."""
    take(people, labeler.project, labeler.name, count, hides=hides)
    labeler.start(count)


def numbers(labeler: Labeler) -> list[int]:
    return [int(name[-6:-4]) for name in labeler.names()]


def accept(labeler: Labeler) -> Locator:
    return labeler.page.get_by_role("button", name=re.compile(r"^Accept \d+ (likely )?suggestions? \(Y\)$"))


def expect_said(labeler: Labeler, said: Mapping[int, str]) -> None:
    """What the tiles in these places say, which may be a tag."""
    for place, words in said.items():
        expect(labeler.tile(place)).to_have_accessible_name(re.compile(f", {re.escape(words)}$"))


def saved(project: Project, images: int) -> dict[int, str]:
    """What the images are labeled once so many of them are."""
    until(lambda: project.progress()["labeled"] == images, "the page has not arrived")
    labeled = project.images(state="labeled")
    return {int(image["name"][-6:-4]): image["labels"][0] for image in labeled}


def test_untagged_images_take_a_key_each_and_wrong_suggestions_a_click_and_a_key(
    service: Service, browser: Browser, people: People
) -> None:
    truth = {number: "Dog" if number % 9 == 0 or number > 31 else "Cat" for number in range(36)}
    sure = {number: ("Cat", 0.999 - number / 1000, True) for number in range(30)}
    unsure = {number: ("Cat", 0.8 - number / 100, False) for number in range(30, 34)}
    project = project_with(service, people, 36, {**sure, **unsure})
    with entering(service, browser, project) as enter:
        labeler = enter(36)
        start(people, labeler, 36)
        # The same guess together, the surest first; what nothing is suggested for comes last.
        assert numbers(labeler) == list(range(36))
        labeler.page.evaluate(COUNT_ACTIONS)
        expect(labeler.untagged).to_have_count(6)
        for number in range(30):
            if truth[number] != "Cat":
                labeler.tile(number + 1).click()
                labeler.press("2")
        labeler.expect_focused(31)
        for number in range(30, 36):
            labeler.expect_focused(number + 1)
            labeler.press("2" if truth[number] == "Dog" else "1")
        expect(labeler.panel.get_by_text("All labeled, 26 as suggested")).to_be_visible()
        labeler.button("Submit").click()
        expect(labeler.page.get_by_role("heading", name="All done. Thank you!")).to_be_visible()
        wrong, untagged = 4, 6
        assert labeler.page.evaluate("window.actions") == 2 * wrong + untagged + 1
        assert saved(project, 36) == truth
    assert good(people().get(f"{project.path}/assist"))["lately"] == {"suggested": 30, "right": 26}


def test_imported_suggestions_are_no_tags_until_one_key_accepts_them(
    service: Service, browser: Browser, people: People
) -> None:
    project = new_project(people, Folder(people, pictures(4)))
    rows = "".join(f"{file(number)},Dog,{0.62 - number / 100}\r\n" for number in range(3))
    asked = {"format": "csv", "as": "suggestions", "content": f"image,label,confidence\r\n{rows}"}
    answer = people().post(f"{project.path}/imports", json=asked)
    good(answer, 202)
    until(lambda: _is_over(people(), answer), "the import does not end")
    perhaps = {place: f"no label, perhaps Dog, {63 - place} percent sure" for place in (1, 2, 3)}
    with entering(service, browser, project) as enter:
        labeler = enter(4)
        calls: list[str] = []
        labeler.page.on("request", lambda request: calls.append(request.url))
        start(people, labeler, 4)
        expect_said(labeler, {**perhaps, 4: "no label"})
        expect(labeler.tile(1)).to_contain_text("Dog? 62%")
        expect(labeler.button("Submit")).to_be_disabled()
        expect(accept(labeler)).to_have_text("Accept 3 suggestions (Y)")
        labeler.press("ArrowRight", "x", "y")
        expect_said(labeler, {1: "Dog", 2: "no label", 3: "Dog", 4: "no label"})
        expect(accept(labeler)).to_have_count(0)
        labeler.press("u")
        expect_said(labeler, {1: perhaps[1], 2: "no label", 3: perhaps[3]})
        labeler.press("u")
        expect_said(labeler, perhaps)
        accept(labeler).focus()
        labeler.press("Enter")
        expect(labeler.images).to_be_focused()
        labeler.expect_tags(dict.fromkeys((1, 2, 3), "Dog"))
        labeler.expect_focused(4)
        labeler.press("1")
        labeler.submit()
        assert saved(project, 4) == {0: "Dog", 1: "Dog", 2: "Dog", 3: "Cat"}
        # Nothing is learned in this project, so nothing is asked about it.
        assert not [url for url in calls if url.endswith("/assist")]


def _is_over(boss: httpx.Client, asked: httpx.Response) -> bool:
    return bool(good(boss.get(asked.headers["location"]))["status"] == "completed")


def test_a_click_on_a_suggested_tag_turns_it_into_the_next_likely_one(
    service: Service, browser: Browser, people: People
) -> None:
    wanted: dict[int, Wanted] = {0: (*SURE_CAT, "Dog"), 1: SURE_CAT, 2: (*PERHAPS_DOG, "Cat")}
    project = project_with(service, people, 4, wanted)
    with entering(service, browser, project) as enter:
        labeler = enter(4)
        start(people, labeler, 4)
        order = numbers(labeler)
        selected = labeler.page.get_by_role("option", selected=True)
        first, alone, unsure = (order.index(number) + 1 for number in (0, 1, 2))
        labeler.tile(first).get_by_title(f"{SAID[SURE_CAT]}. Click for Dog", exact=True).click()
        expect_said(labeler, {first: "Dog", alone: SAID[SURE_CAT], unsure: SAID[PERHAPS_DOG]})
        expect(selected).to_have_count(0)
        labeler.tile(unsure).get_by_title(f"{SAID[PERHAPS_DOG]}. Click for Dog", exact=True).click()
        expect_said(labeler, {unsure: "Dog"})
        labeler.press("o")
        expect_said(labeler, {unsure: "Cat"})
        # Nothing else is likely: a click there selects the image, as anywhere else on it.
        labeler.tile(alone).get_by_title(SAID[SURE_CAT], exact=True).click()
        expect(selected).to_have_count(1)
        labeler.press("Escape", "End", "3")
        labeler.submit()
        assert saved(project, 4) == {0: "Dog", 1: "Cat", 2: "Cat", 3: "Uncertain"}


def test_a_suggestion_is_confirmed_changed_taken_off_and_stays_so(
    service: Service, browser: Browser, people: People
) -> None:
    wanted = {**dict.fromkeys(range(4), SURE_CAT), **dict.fromkeys(range(4, 6), PERHAPS_DOG)}
    project = project_with(service, people, 9, wanted)
    with entering(service, browser, project) as enter:
        labeler = enter(9)
        start(people, labeler, 9)
        expect_said(labeler, {**dict.fromkeys((1, 2, 3, 4), SAID[SURE_CAT]), 5: SAID[PERHAPS_DOG], 7: "no label"})
        labeler.expect_focused(5)
        # What is lacking before it is learned again is told in the same quiet place as how right suggestions are.
        standing = good(people().get(f"{project.path}/assist"))
        assert standing["status"] == "waiting"
        expect(labeler.page.get_by_text(standing["detail"])).to_be_visible()
        # A suggestion alone is no work that is kept: the page can go back to the others.
        assert labeler.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
        labeler.press("Home", "1", "Home", "ArrowRight", "x", "ArrowRight", "3", "6")
        now = {1: "Cat", 2: "no label", 3: "Uncertain", 4: SAID[SURE_CAT], 5: SAID[PERHAPS_DOG], 6: SAID[PERHAPS_DOG]}
        expect_said(labeler, now)
        labeler.page.reload()
        expect_said(labeler, now)
        labeler.expect_focused(2)
        labeler.press("y", "Shift+Digit3")
        tags = ["Cat", "Uncertain", "Uncertain", "Cat", "Dog", "Dog", "Uncertain", "Uncertain", "Uncertain"]
        labeler.expect_tags(dict(enumerate(tags, start=1)))
        order = numbers(labeler)
        labeler.submit()
        labels = saved(project, 9)
        assert [labels[number] for number in order] == tags
        # A page of the past has no suggestions, only what was submitted.
        labeler.press("b", "Home", "x")
        expect(labeler.page.get_by_role("region", name="The last page you submitted")).to_be_visible()
        labeler.expect_tags(dict(list(enumerate(tags, start=1))[1:]))
        labeler.press("z")
        expect(labeler.large.get_by_role("button", name="Skip")).to_be_visible()
        expect(labeler.large.get_by_role("button", name="Accept")).to_have_count(0)


def test_the_large_view_shows_what_is_suggested_and_accepts_it_for_its_image(
    service: Service, browser: Browser, people: People
) -> None:
    project = project_with(service, people, 4, {0: SURE_CAT, 1: PERHAPS_DOG, 2: PERHAPS_DOG})
    with entering(service, browser, project) as enter:
        labeler = enter(4)
        start(people, labeler, 4)
        labeler.press("Home", "z")
        tag = labeler.large.get_by_role("status").filter(has_text="Cat")
        expect(tag).to_have_text(SAID[SURE_CAT])
        labeler.press("ArrowRight")
        expect(labeler.large.get_by_text(SAID[PERHAPS_DOG])).to_be_visible()
        labeler.press("y")
        expect(labeler.large.get_by_text("3 of 4")).to_be_visible()
        labeler.large.get_by_role("button", name="Accept").click()
        expect(labeler.large.get_by_text("4 of 4")).to_be_visible()
        expect(labeler.large.get_by_role("button", name="Accept")).to_be_disabled()
        labeler.press("Escape")
        expect_said(labeler, {1: SAID[SURE_CAT], 2: "Dog", 3: "Dog", 4: "no label"})


def test_a_part_of_a_page_is_submitted_with_what_is_suggested(
    service: Service, browser: Browser, people: People
) -> None:
    project = project_with(service, people, 9, dict.fromkeys(range(8), SURE_CAT))
    with entering(service, browser, project) as enter:
        labeler = enter(9)
        start(people, labeler, 9)
        labeler.press("2")
        labeler.expect_tags({**dict.fromkeys(range(1, 9), SAID[SURE_CAT]), 9: "Dog"})
        labeler.panel.get_by_role("button", name="4 images").click()
        for first in (0, 4):
            expect(labeler.tile(1)).to_have_attribute("title", re.compile(file(first)))
            expect_said(labeler, dict.fromkeys(range(1, 5), SAID[SURE_CAT]))
            labeler.page.wait_for_timeout(GLANCE_MS)
            labeler.submit()
        assert saved(project, 9) == {**dict.fromkeys(range(8), "Cat"), 8: "Dog"}


def test_a_second_press_does_not_submit_the_next_page_unseen(
    service: Service, browser: Browser, people: People
) -> None:
    project = project_with(service, people, 4, dict.fromkeys(range(4), SURE_CAT))
    with entering(service, browser, project) as enter:
        labeler = enter(4)
        labeler.page.add_init_script(STOP_TIME)
        start(people, labeler, 4)
        labeler.submit()
        labeler.press("End")
        labeler.expect_focused(4)
        expect_said(labeler, dict.fromkeys(range(1, 5), SAID[SURE_CAT]))
        labeler.page.evaluate("window.stoppedAt = 1000")
        labeler.submit()
        assert saved(project, 4) == dict.fromkeys(range(4), "Cat")


def test_one_quiet_line_says_how_right_suggestions_are_and_nothing_of_hidden_ones(
    service: Service, browser: Browser, people: People
) -> None:
    project = project_with(service, people, 16, dict.fromkeys(range(16), SURE_CAT))
    lease = take(people, project, "administrator", 4)
    labels = dict(zip((image["id"] for image in lease["images"]), ("Cat", "Cat", "Cat", "Dog"), strict=True))
    good(project.submit(people(), lease, {image: [label] for image, label in labels.items()}))
    lately = "Recent suggestions: 75% right (3 of 4)"
    with entering(service, browser, project) as enter:
        labeler = enter(4)
        held: list[Route] = []
        labeler.page.route("**/assist", lambda route: held.append(route))
        start(people, labeler, 4)
        until(lambda: bool(held), "nobody asked how right suggestions are")
        first = labeler.tiles.first.bounding_box()
        # What is told of is not waited for, and moves nothing when it comes.
        expect(labeler.page.get_by_text(lately)).to_have_count(0)
        expect(accept(labeler)).to_be_visible()
        held[0].continue_()
        expect(labeler.page.get_by_text(lately)).to_be_visible()
        assert labeler.tiles.first.bounding_box() == first
        labeler.press("y")
        expect(accept(labeler)).to_have_count(0)
        assert labeler.tiles.first.bounding_box() == first
        labeler.submit()
        expect(labeler.tiles.first).to_have_accessible_name(re.compile("no label|Suggested"))
        assert len(held) == 1

        other = enter(4)
        start(people, other, 4, hides=True)
        expect(other.page.get_by_text("Recent suggestions: ")).to_be_visible()
        expect(other.untagged).to_have_count(4)
        expect(accept(other)).to_have_count(0)
        other.press("i")
        about = other.page.get_by_role("dialog", name="Instructions")
        expect(about).to_contain_text("Y accepts the likely suggestions")


def test_axe_finds_nothing(service: Service, browser: Browser, people: People) -> None:
    labels = [*LABELS, LONG]
    wanted = {0: SURE_CAT, 1: ("Dog", 0.99, True), 2: ("Uncertain", 0.98, True), 3: (LONG, 1.0, True)}
    unsure = {4: PERHAPS_DOG, 5: (LONG, 0.5, False)}
    project = project_with(service, people, 9, {**wanted, **unsure}, labels=labels)
    with entering(service, browser, project) as enter:
        labeler = enter(9)
        start(people, labeler, 9)
        labeler.press("1", "Home", "Space")
        labeler.page.mouse.move(0, 0)
        assert_accessible(labeler.page)
        labeler.page.set_viewport_size({"width": 360, "height": 640})
        assert_accessible(labeler.page)
        expect(accept(labeler)).to_be_in_viewport(ratio=1)
        assert labeler.page.evaluate("document.documentElement.scrollWidth") <= 360
        labeler.press("Escape", "Home", "z")
        expect(labeler.large.get_by_text("Suggested: ")).to_be_visible()
        assert_accessible(labeler.page)
        labeler.press("ArrowRight", "ArrowRight", "ArrowRight")
        expect(labeler.large.get_by_text("no label, perhaps ")).to_be_visible()
        assert_accessible(labeler.page)
