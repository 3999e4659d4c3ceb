"""The tagging page as who labels sees it: its images, what is focused and selected, and their tags."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect


def file_name(image: Mapping[str, Any]) -> str:
    """What labelers see of the name of an image that the API tells whole."""
    return str(image["name"]).rpartition("/")[2]


class Sheet:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self) -> None:
        self.page.goto(self.url)
        expect(self.tiles.first).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def images(self) -> Locator:
        return self.page.get_by_role("listbox", name="Images")

    @property
    def tiles(self) -> Locator:
        return self.page.get_by_role("option", name="Image ")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary", name="Labeling")

    @property
    def large(self) -> Locator:
        return self.page.get_by_role("dialog", name="Large view")

    def tile(self, place: int) -> Locator:
        """The tile in this place, counted from 1."""
        return self.page.get_by_role("option", name=f"Image {place}: ")

    def button(self, name: str) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True)

    def expect_tags(self, tags: Mapping[int, str]) -> None:
        """What these tiles say; the others have no label."""
        for place, tag in tags.items():
            expect(self.tile(place)).to_have_accessible_name(re.compile(f", {re.escape(tag)}$"))
        expect(self.page.get_by_role("option", name="no label")).to_have_count(self.tiles.count() - len(tags))

    def expect_focused(self, place: int) -> None:
        tile = self.tile(place).get_attribute("id") or ""
        expect(self.images).to_have_attribute("aria-activedescendant", tile)

    def expect_selected(self, *places: int) -> None:
        selected = self.images.get_by_role("option", selected=True)
        expect(selected).to_have_count(len(places))
        for place in places:
            expect(self.tile(place)).to_have_attribute("aria-selected", "true")

    def names(self) -> list[str]:
        """The images' names, in the order of the page. A page that is only on its way is waited for."""
        expect(self.tiles.first).to_be_visible()
        return [tile.get_attribute("title") or "" for tile in self.tiles.all()]
