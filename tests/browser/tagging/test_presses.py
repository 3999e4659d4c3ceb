"""How few keys the tutorial's images need."""

import csv
from collections import deque
from collections.abc import Sequence

from playwright.sync_api import expect

from tests.api.builders import LABELS, Folder, People, new_project
from tests.browser.tagging.conftest import Enter
from tests.browser.tagging.sheet import Sheet
from tests.running import ROOT, until

SAMPLES = ROOT / "samples" / "cats-and-dogs"
PER_PAGE = 9
# What the plan below needs for the images in the order of their names, in however many columns. In any other order it
# needs 60 on the average.
MOST_PRESSES = 57

DIGITS = {label: f"Digit{place}" for place, label in enumerate(LABELS, start=1)}
COUNT_PRESSES = """
window.presses = 0;
window.addEventListener("keydown", (event) => { if (!event.repeat) window.presses += 1; }, true);
"""


def truth() -> dict[str, str]:
    with (SAMPLES / "truth.csv").open(encoding="utf-8") as file:
        return {row["file"]: row["label"] for row in csv.DictReader(file)}


def columns(sheet: Sheet) -> int:
    """How many tiles stand beside each other, as one sees it."""
    tops = [box["y"] for box in (tile.bounding_box() for tile in sheet.tiles.all()) if box]
    return tops.count(tops[0])


def way(start: int, goal: int, width: int, count: int) -> list[str]:
    """The fewest keys that bring the focus from one place to another."""
    known: dict[int, list[str]] = {start: []}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        nexts = {
            "ArrowLeft": place - 1,
            "ArrowRight": place + 1,
            "ArrowUp": place - width,
            "ArrowDown": place + width,
            "Home": 0,
            "End": count - 1,
        }
        for key, reached in nexts.items():
            if 0 <= reached < count and reached not in known:
                known[reached] = [*known[place], key]
                waiting.append(reached)
    return known[goal]


def plan(labels: Sequence[str], rest: str | None, width: int) -> list[str]:
    """Tags one by one what is not `rest`, each where the focus is brought, and all the others at once."""
    keys: list[str] = []
    focus, untagged = 0, set(range(len(labels)))
    for place, label in enumerate(labels):
        if label == rest:
            continue
        keys += [*way(focus, place, width, len(labels)), DIGITS[label]]
        untagged.remove(place)
        # The focus goes on by itself.
        focus = next((at for at in [*range(place + 1, len(labels)), *range(place)] if at in untagged), place)
    if rest is not None and untagged:
        keys.append(f"Shift+{DIGITS[rest]}")
    return keys


def presses(keys: Sequence[str]) -> int:
    return sum(len(key.split("+")) for key in keys)


def test_the_tutorials_images_need_few_keys(people: People, enter: Enter) -> None:
    labels = truth()
    files = {path.name: path.read_bytes() for path in (SAMPLES / "images").iterdir()}
    project = new_project(people, Folder(people, files))
    sheet = enter(PER_PAGE, of=project)
    sheet.page.evaluate(COUNT_PRESSES)
    done = 0
    while done < len(labels):
        expect(sheet.page.get_by_role("option", name="no label")).to_have_count(min(PER_PAGE, len(labels) - done))
        right = [labels[name.rpartition("/")[2]] for name in sheet.names()]
        plans = [plan(right, rest, columns(sheet)) for rest in (None, *LABELS)]
        sheet.press(*min(plans, key=presses))
        sheet.expect_tags(dict(enumerate(right, start=1)))
        done += len(right)
        sheet.press("Enter")
    expect(sheet.page.get_by_role("heading", name="All done. Thank you!")).to_be_visible()
    needed = sheet.page.evaluate("window.presses")
    print(f"{len(labels)} images: {needed} key presses")
    assert needed <= MOST_PRESSES
    until(lambda: project.progress()["labeled"] == len(labels), "the tags did not arrive")
    assert {image["name"].rpartition("/")[2]: image["labels"] for image in project.images()} == {
        name: [label] for name, label in labels.items()
    }
