"""How much a labeler's page loads."""

import gzip
from pathlib import PurePosixPath

from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.api.builders import Folder, People, new_name, new_project, pictures
from tests.browser.signing import sign_in_as
from tests.running import Service

# Of scripts, gzipped, the page's dialogs included.
MOST_BYTES = 252_000
# Until the page can be used, its images and all calls included: 45 with 18 images (this page and the next one), here 4.
MOST_REQUESTS = 45 - 14
# Of what follows a script's name; there may be another dash in it.
HASH_LENGTH = len("-BjGHZO-J")
OF_OTHERS = {
    "Projects",
    "Wizard",
    "ProjectPage",
    "Datastores",
    "Datasets",
    "charts",
    "SignIn",
    "AccountMenu",
    "Toasts",
    "HelpPage",
}

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)


def test_a_labelers_page_loads_little_and_nothing_of_other_pages(
    service: Service, page: Page, context: BrowserContext
) -> None:
    people = People(service)
    project = new_project(people, Folder(people, pictures(4)))
    name = new_name("labeler")
    project.invite("labeler", name)
    people.close()
    sign_in_as(context, service, name)
    scripts: dict[str, Response] = {}
    requests: list[str] = []

    def note(answer: Response) -> None:
        requests.append(answer.url)
        path = PurePosixPath(answer.url)
        if path.suffix == ".js":
            scripts[path.stem[:-HASH_LENGTH]] = answer

    page.on("response", note)
    page.goto(f"{service.url}/labeling/{project.id}/tasks")
    expect(page.get_by_role("option", name="Image ")).to_have_count(4)
    assert len(requests) <= MOST_REQUESTS
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog", name="Skip 1 image")).to_be_visible()
    assert {"index", "dialogs"} <= scripts.keys()
    assert not OF_OTHERS & scripts.keys()
    assert sum(len(gzip.compress(answer.body())) for answer in scripts.values()) < MOST_BYTES
