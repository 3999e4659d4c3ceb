"""A project in which an image gets several labels or none, labeled by keys, and by clicks."""

import csv
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import expect

from tests.api.builders import Folder, People, new_project
from tests.browser.accessibility import assert_accessible
from tests.browser.tagging.conftest import Enter
from tests.browser.tagging.sheet import Sheet
from tests.browser.tagging.test_presses import COUNT_PRESSES, PER_PAGE, SAMPLES, columns, presses, way
from tests.running import until

LABELS = ("Cat", "Dog", "Outdoors", "White", "Black")
DIGITS = {label: f"Digit{place}" for place, label in enumerate(LABELS, start=1)}
MOST_AN_IMAGE = 2.2


def truth() -> dict[str, set[str]]:
    labels: dict[str, set[str]] = {}
    with Path(__file__).with_name("several_labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            labels.setdefault(row["file"], set()).add(row["label"])
    return labels


def plan(wanted: Sequence[set[str]], width: int, first: str | None, rest: str | None) -> list[str]:
    """Gives one label to all images first, or to those at the end that are left without one; and each image, where the
    focus is brought, the labels that it lacks.
    """
    has = {first} if first else set()
    keys = ["Control+a", DIGITS[first]] if first else []
    focus = 0
    for place, labels in enumerate(wanted):
        if labels != has and (has or labels != {rest}):
            # What all are given first, they are selected for, until the focus moves.
            keys += way(focus, place, width, len(wanted)) or (["Escape"] if first else [])
            keys += [DIGITS[label] for label in sorted(labels ^ has)]
            focus = place
    return [*keys, f"Shift+{DIGITS[rest]}"] if rest and {rest} in wanted else keys


def fewest(wanted: Sequence[set[str]], width: int) -> list[str]:
    plans = [plan(wanted, width, first, None) for first in (None, *LABELS)]
    return min([*plans, *(plan(wanted, width, None, rest) for rest in LABELS)], key=presses)


def said(labels: set[str]) -> str:
    return ", ".join(label for label in LABELS if label in labels)


def check(sheet: Sheet) -> None:
    """What is pressed and clicked, and what the page tells of it; all of it is undone in the end."""
    first, second = sheet.tile(1), sheet.tile(2)
    box = sheet.panel.get_by_role("checkbox", name="Cat")
    sheet.press("1", "3")
    sheet.expect_tags({1: "Cat, Outdoors"})
    sheet.expect_focused(1)
    expect(box).to_have_attribute("aria-checked", "true")
    first.click()
    second.click()
    expect(box).to_have_attribute("aria-checked", "mixed")
    assert_accessible(sheet.page)
    box.click()
    sheet.expect_tags({1: "Cat, Outdoors", 2: "Cat"})
    sheet.expect_selected(1, 2)
    # Another image begins another selection.
    sheet.tile(3).click()
    sheet.press("2", "4", "5", "1")
    sheet.expect_tags({1: "Cat, Outdoors", 2: "Cat", 3: "Cat, Dog, White, Black"})
    expect(sheet.tile(3).locator("[data-said='+1']")).to_be_visible()
    sheet.press("z")
    expect(sheet.large.get_by_role("status").filter(has_text="Black")).to_contain_text("Dog")
    assert_accessible(sheet.page)
    sheet.press("0", "Enter")
    expect(sheet.large.get_by_text(f"4 of {PER_PAGE}")).to_be_visible()
    sheet.press("Escape")
    sheet.expect_tags({1: "Cat, Outdoors", 2: "Cat", 3: "None of these"})
    sheet.press("Shift+Digit2")
    expect(sheet.button("Submit")).to_be_enabled()
    sheet.press("x")
    expect(sheet.button("Submit")).to_be_disabled()
    # What is told of it by the keys' list.
    sheet.press("?")
    expect(sheet.page.get_by_role("dialog", name="Keys")).to_contain_text("None of these labels")
    sheet.press("Escape", *["u"] * 12)
    sheet.expect_tags({})


def test_the_tutorials_images_get_several_labels_by_few_keys(people: People, enter: Enter) -> None:
    wanted = truth()
    files = {path.name: path.read_bytes() for path in (SAMPLES / "images").iterdir()}
    project = new_project(people, Folder(people, files), taskType="multiLabel", labels=list(LABELS))
    sheet = enter(PER_PAGE, of=project)
    check(sheet)
    sheet.press("Home")
    sheet.page.evaluate(COUNT_PRESSES)
    done = 0
    while done < len(wanted):
        expect(sheet.page.get_by_role("option", name="no label")).to_have_count(min(PER_PAGE, len(wanted) - done))
        right = [wanted[name.rpartition("/")[2]] for name in sheet.names()]
        sheet.press(*fewest(right, columns(sheet)))
        sheet.expect_tags({place: said(labels) for place, labels in enumerate(right, start=1)})
        done += len(right)
        sheet.press("Enter")
    expect(sheet.page.get_by_role("heading", name="All done. Thank you!")).to_be_visible()
    needed = sheet.page.evaluate("window.presses")
    print(f"{len(wanted)} images: {needed} key presses")
    assert needed <= MOST_AN_IMAGE * len(wanted)

    def arrived() -> bool:
        return {image["name"].rpartition("/")[2]: set(image["labels"]) for image in project.images()} == wanted

    until(arrived, "the labels did not arrive")
