"""The list of imports on the tab Import: how right suggestions are, and failed imports that are begun again."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.api.builders import Folder, People, Project, new_project, pictures
from tests.api.test_import_uploads import uploaded
from tests.api.test_imports import imported
from tests.browser.accessibility import assert_accessible
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")


@pytest.fixture
def project(people: People) -> Project:
    """Four images, nothing labeled."""
    return new_project(people, Folder(people, pictures(4)))


def share(right: int, judged: int, low: float, high: float) -> dict[str, Any]:
    return {"right": right, "judged": judged, "share": right / judged, "interval": [low, high]}


def test_how_right_a_model_is_stands_beside_the_built_in_suggestions(
    service: Service, page: Page, project: Project
) -> None:
    asked: dict[str, Any] = {"content": "image,label\n00.png,Cat\n", "name": "pets v2", "as": "suggestions"}
    imported(project, **asked)

    def judged(route: Route) -> None:
        """As if labelers had said what 120 images are."""
        answer = route.fetch()
        found = answer.json()
        found["items"][0]["accuracy"] = {**share(109, 120, 0.845, 0.948), "builtIn": share(84, 120, 0.61, 0.77)}
        route.fulfill(response=answer, json=found)

    page.route("**/api/projects/*/imports?*", judged)
    page.goto(f"{service.url}/projects/{project.id}/import")
    card = page.get_by_role("list", name="Imports").get_by_role("listitem").first
    expect(card).to_contain_text(
        "Right on 91% of 120 images judged (85–95%). Built-in suggestions: 70% of the same images. "
        "Better than the built-in ones."
    )
    card.get_by_text("Details").click()
    rows = card.get_by_role("list", name="How right the suggestions are").get_by_role("listitem")
    expect(rows).to_have_text(
        ["91%This import 109 of 120 images (85–95%)", "70%Built-in suggestions 84 of 120 images (61–77%)"]
    )
    assert_accessible(page)


def test_an_import_that_failed_is_begun_again_with_its_file_and_read_as_another_format(
    service: Service, page: Page, project: Project
) -> None:
    content = {"labels.csv": b"image,label\n00.png,Cat\n01.png,Dog\n"}
    upload = uploaded(project.boss, f"{project.path}/imports/uploads", **content)
    assert imported(project, format="coco", upload=upload)["status"] == "failed"
    page.goto(f"{service.url}/projects/{project.id}/import")
    page.get_by_role("button", name="Try again: labels.csv").click()
    expect(page.get_by_role("heading", name="labels.csv")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_visible()
    form = page.get_by_label("Read as")
    expect(form).to_have_value("coco")
    assert_accessible(page)
    form.select_option("Find it by its content")
    expect(form.locator("option:checked")).to_have_text("Table, found by its content")
    page.get_by_role("button", name="Import 2 labels").click()
    expect(page.get_by_text("2 images got labels.")).to_be_visible()
    page.get_by_role("button", name="Try again: labels.csv").click()
    expect(page.get_by_role("alert")).to_contain_text("is not kept any more. Upload it again.")
