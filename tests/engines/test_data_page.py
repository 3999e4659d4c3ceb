"""The pages that reviewers and administrators look at: many images by keys, the filters, the charts."""

import asyncio
import re

import pytest

from bench.labeling.seeding import Seeded, seed
from tests.api.builders import Folder, People, Project, new_project, pictures, user_id
from tests.engines.conftest import Visitor
from tests.running import Service

MANY = 700


@pytest.fixture(scope="module")
def many(people: People, service: Service) -> Seeded:
    """Labeled images without files, of which the page loads some at a time."""
    return asyncio.run(seed(people(), service.data_storage, MANY, [], labeled_by=user_id("anna")))


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """Six of twelve images are labeled, with more labels than a chart has room for."""
    made = new_project(people, Folder(people, pictures(12)), labels=[f"Label {number}" for number in range(30)])
    anna, bert = (made.invite("labeler", name) for name in ("anna", "bert"))
    made.label(anna, 4, "Label 1")
    made.label(bert, 2, "Label 2")
    return made


def test_the_keys_lead_to_the_last_image_of_all_and_back(visitor: Visitor, many: Seeded) -> None:
    visitor.sign_in(path=f"/projects/{many.id}/data")
    visitor.says(f"of {MANY} images loaded")

    def active() -> int:
        return next((int(tile.place) for tile in visitor.all("option") if tile.isActive and tile.isReachable), 0)

    def is_at(place: int) -> None:
        visitor.until(lambda: active() == place, f"image {place} has the focus and is seen", lambda: str(active()))

    visitor.press("End")
    is_at(MANY)
    visitor.press("Home")
    is_at(1)
    visitor.press("ArrowRight", "ArrowRight")
    is_at(3)
    visitor.press("PageDown")
    visitor.until(lambda: active() > 3, "a page further down has the focus")
    visitor.press("PageUp")
    is_at(3)
    visitor.press("Shift+ArrowRight")
    visitor.says("2 images selected")
    visitor.press("Escape", "Control+a")
    visitor.says(f"{MANY} images selected")
    visitor.press("Escape")


def test_the_filters_narrow_the_images(visitor: Visitor, project: Project) -> None:
    visitor.sign_in(path=f"/projects/{project.id}/data")
    visitor.sees("option", re.compile("png"), 6)
    visitor.choose("Labeler", "anna")
    visitor.sees("option", re.compile("png"), 4)
    visitor.choose("Label", "Label 2")
    visitor.says("No image matches these filters.")
    visitor.click("button", "Clear 2 filters")
    visitor.sees("option", re.compile("png"), 6)
    visitor.choose("State", "All")
    visitor.sees("option", re.compile("png"), 12)
    visitor.click("textbox", "File name contains")
    visitor.type("07")
    visitor.sees("option", re.compile("07.png"))
    visitor.sees("option", re.compile("png"))


def test_no_scrollbar_lies_over_the_buttons_of_the_charts(visitor: Visitor, project: Project) -> None:
    visitor.sign_in(path=f"/projects/{project.id}")
    for chart in ("By label", "Labels over time"):
        visitor.click("button", f"Show as table: {chart}")
        visitor.sees("table", chart)
        visitor.click("button", f"Show as table: {chart}")
        visitor.sees_no("table", chart)
