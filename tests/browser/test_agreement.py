"""How far people agree, on the project's dashboard: where several looked at the same images, and nowhere else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, pictures
from tests.browser.accessibility import assert_accessible
from tests.running import Service

IMAGES, DISPUTED = 24, 3

expect.set_options(timeout=30_000)
pytestmark = pytest.mark.usefixtures("as_administrator")


def say(project: Project, name: str, dogs: int) -> None:
    """Somebody labels all images: the last ones by name are dogs."""
    who = project.invite("labeler", name)
    lease = project.lease(who, IMAGES)
    images = sorted(lease["images"], key=lambda image: str(image["name"]))
    labels = ["Cat"] * (IMAGES - dogs) + ["Dog"] * dogs
    good(project.submit(who, lease, {image["id"]: [label] for image, label in zip(images, labels, strict=True)}))


def test_the_dashboard_tells_how_far_people_agree(service: Service, people: People, page: Page) -> None:
    folder = Folder(people, pictures(IMAGES))
    project = new_project(people, folder, opinions={"least": 2, "most": 2, "share": 1})
    ann, bob = new_name("ann"), new_name("bob")
    say(project, ann, 6)
    with page.expect_response("**/agreement") as answer:
        page.goto(f"{service.url}/projects/{project.id}")
    assert answer.value.json()["images"] == 0
    page.evaluate("() => new Promise((then) => setTimeout(() => requestAnimationFrame(then), 100))")
    expect(page.get_by_role("region", name="Progress", exact=True)).to_be_visible()
    agreement = page.get_by_role("region", name="Agreement", exact=True)
    expect(agreement).to_have_count(0)

    say(project, bob, 6 + DISPUTED)
    page.reload()
    expect(agreement.get_by_role("definition").first).to_have_text("88%")
    # 15 of 48 opinions are dogs: by chance 990 of 2,256 ordered pairs would differ.
    expect(agreement.get_by_role("definition").filter(has_text=f"{1 - 0.125 / (990 / 2256):.2f}")).to_be_visible()
    expect(agreement.get_by_text("People mostly mean the same.")).to_be_visible()
    person = page.get_by_role("table", name="Labelers").get_by_role("row", name=re.compile(ann))
    agreed = IMAGES - DISPUTED
    expect(person.get_by_role("cell").nth(5)).to_have_text(f"100%{agreed} of {agreed}, 85–100%")
    confused = page.get_by_role("region", name="Taken for one another")
    expect(confused.get_by_role("listitem")).to_have_text([f"Cat or Dog on {DISPUTED} images"])
    expect(page.get_by_role("table", name="Agreement by label").get_by_role("row")).to_have_count(3)
    assert_accessible(page)

    agreement.get_by_role("link", name=f"See {DISPUTED} disputed images").click()
    expect(page).to_have_url(re.compile(r"/data\?state=disputed"))
