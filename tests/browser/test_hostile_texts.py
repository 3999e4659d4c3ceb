"""Pages show whatever others have written as text: no script runs, no markup becomes a part of a page, and links
lead to the web alone.
"""

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.api.builders import Folder, People, Project, good, new_name, new_project, picture
from tests.browser.signing import sign_in_as
from tests.running import Service

# A shared machine may be slow; only a failure takes all of it.
expect.set_options(timeout=30_000)

IMAGE = '<img src=x onerror="window.pwned = 1">'
SCRIPT = "<script>window.pwned = 1</script>"
BIDI = "\u202egnp.exe"
LABELS = (IMAGE, SCRIPT, "a [label](javascript:window.pwned=1)")
FILES = ("<svg onload=pwned=1>.png", "'\"><script>pwned=1<_script>.png", f"{BIDI}.png")
INSTRUCTIONS = f"""# {IMAGE}

{SCRIPT}

<a href="javascript:window.pwned=1">raw</a> <iframe srcdoc="{SCRIPT}"></iframe>

[markdown link](javascript:window.pwned=1) [data link](data:text/html;base64,PHNjcmlwdD4=) [good link](https://example.org/)

![picture](javascript:window.pwned=1) [x]: javascript:window.pwned=1 "<b>"

<style>body {{ display: none }}</style>
"""
# What markup in a text would have made of the page, if it had become a part of it.
FOREIGN = """() => [...document.querySelectorAll(
  "body script:not([src]), iframe, object, embed, [onerror], [onload], [srcdoc], img[src='x'], body style:not(head *)"
)].map((found) => found.outerHTML.slice(0, 100))"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    """Everything in it that somebody can write is hostile."""
    folder = Folder(people, {name: picture() for name in FILES})
    dataset = {"name": f"{new_name('a')} {SCRIPT}".replace("/", "_"), "description": IMAGE}
    made = new_project(
        people,
        folder,
        name=f"{new_name('a')} {IMAGE}",
        labels=list(LABELS),
        instructions={"text": INSTRUCTIONS, "url": 'https://example.org/"onclick="window.pwned=1'},
        dataset={**dataset, "datastore": "workspace", "prefix": folder.prefix},
    )
    # Nobody is invited by a name with spaces.
    name = f"{new_name('a')}{SCRIPT}".replace("/", "_").replace(" ", "")
    reviewer = made.invite("reviewer", name)
    lease = made.lease(reviewer, 3)
    first, second, third = (image["id"] for image in lease["images"])
    skipped = [{"id": second, "reason": f"{IMAGE}{SCRIPT}"}]
    good(made.submit(reviewer, lease, {first: [IMAGE], third: [SCRIPT]}, skipped))
    good(reviewer.post(f"{made.path}/rejections", json={"images": [{"id": first}], "reason": f"{SCRIPT} {BIDI}"}))
    good(reviewer.post(f"{made.path}/tokens", json={"name": IMAGE, "role": "reviewer"}), 201)
    made.export("csv")
    return made


@pytest.fixture
def page_of_boss(service: Service, page: Page, context: BrowserContext) -> tuple[Page, list[str]]:
    """The page of an administrator, and what it should never say."""
    sign_in_as(context, service)
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, said


def assert_only_text(page: Page) -> None:
    assert page.evaluate(FOREIGN) == []
    assert page.evaluate("window.pwned") is None
    assert [link for link in page.evaluate(LINKS) if not link.startswith(("http://", "https://"))] == []


def test_what_others_wrote_is_text_on_every_page(
    service: Service, project: Project, page_of_boss: tuple[Page, list[str]]
) -> None:
    page, said = page_of_boss
    known = project.get()
    at = f"{service.url}/projects/{project.id}"
    page.goto(service.url)
    expect(page.get_by_text(known["name"]).first).to_be_visible()
    assert_only_text(page)
    page.goto(at)
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    expect(page.get_by_text(IMAGE).first).to_be_visible()
    assert_only_text(page)
    page.get_by_role("tab", name="Data").click()
    page.get_by_role("listbox", name="Images").get_by_role("option").first.click()
    expect(page.get_by_role("button", name="Enlarge")).to_be_visible()
    assert_only_text(page)
    page.get_by_role("tab", name="Checks").click()
    page.get_by_role("button", name="Start judging").click()
    expect(page.get_by_role("group", name="Judge")).to_be_visible()
    assert_only_text(page)
    page.keyboard.press("y")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Result: ").click()
    expect(page.get_by_role("table", name="By label")).to_be_visible()
    assert_only_text(page)
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    assert_only_text(page)
    page.get_by_role("tab", name="Export").click()
    expect(page.get_by_role("link", name="Download labels.csv")).to_be_visible()
    assert_only_text(page)
    page.goto(f"{service.url}/datasets")
    expect(page.get_by_text(known["dataset"]["name"]).first).to_be_visible()
    assert_only_text(page)
    page.goto(f"{service.url}/labeling/{project.id}/tasks")
    expect(page.get_by_role("option", name="Image ").first).to_be_visible()
    expect(page.get_by_text(SCRIPT).first).to_be_visible()
    assert_only_text(page)
    assert said == []


def test_instructions_are_shown_without_their_scripts_and_their_links_lead_to_the_web(
    service: Service, project: Project, page_of_boss: tuple[Page, list[str]]
) -> None:
    page, said = page_of_boss
    page.goto(f"{service.url}/labeling/{project.id}")
    expect(page.get_by_text("markdown link").first).to_be_visible()
    assert_only_text(page)
    link = page.get_by_role("link", name="markdown link")
    if link.count():
        link.click()
    assert_only_text(page)
    assert said == []
