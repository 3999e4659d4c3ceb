"""`make pictures`: pictures of every page, in both themes, into docs/pictures.

A page that looks as before keeps its own.
"""

import asyncio
import csv
import io
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from pathlib import Path

import httpx
from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page, expect, sync_playwright

from functions.labeling.board import make_board
from functions.labeling.work_queue import Page as LeasedPage
from functions.projects.model import Project
from functions.storage import transport
from functions.tables import Tables
from functions.tasks.annotation import Annotation
from localhost import demo, sign_in
from tests.api.builders import People
from tests.browser import ensure_chromium, learned
from tests.browser.label_files import labeled_elsewhere
from tests.browser.signing import sign_in_as
from tests.running import ROOT, Service

FOLDER = ROOT / "docs" / "pictures"
THEMES = ("light", "dark")
DESKTOP = (1280, 800)
# Of a window in which what is longer is seen whole.
HIGH = 1200
ADMINISTRATOR, LABELERS = "administrator", ("amira@example.com", "ben@example.com", "chiara@example.com")
KEYS = {"Cat": "1", "Dog": "2", "Uncertain": "3"}
DAY_MS = 86_400_000
QUALITY = 75
# A page looks different where more than this share of its pixels differs by more than so much of 255: a new step in a
# list does, a time and some counts do not.
SHARE, MUCH = 0.0008, 60
# What each labeler has done: how many days ago, and how many images.
WORK = ((9, 0, 4), (8, 1, 5), (7, 0, 3), (5, 2, 6), (4, 1, 4), (2, 2, 5), (1, 0, 4), (0, 1, 5))
INSTRUCTIONS = """Labeling tutorial - Cats & Dogs.

1. Is there a **cat** or a **dog**? Label what you see most of.
2. Neither, or both alike: *Uncertain*.
3. Skip what you cannot see, and say why.
"""
REASON = "Look at the ears"


class Photographer:
    """Takes pictures of the pages of one theme; the page is signed in as somebody."""

    def __init__(self, page: Page, url: str, project: str, theme: str) -> None:
        self.page, self.url, self.project, self.theme = page, url, project, theme

    def go(self, path: str) -> None:
        self.page.goto(self.url + path.replace("PROJECT", self.project))
        self.page.wait_for_load_state("networkidle")

    def set_height(self, height: int) -> None:
        width, _ = DESKTOP
        self.page.set_viewport_size({"width": width, "height": height})

    def take(self, name: str) -> None:
        self.page.wait_for_timeout(600)  # until what moves has come to rest
        path = FOLDER / f"{name}{'-dark' if self.theme == 'dark' else ''}.webp"
        taken = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        if not path.exists() or look_different(taken, Image.open(path)):
            taken.save(path, "WEBP", quality=QUALITY, method=6)


def look_different(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return True
    counts = ImageChops.difference(one, other.convert("RGB")).convert("L").histogram()
    return sum(counts[MUCH:]) > SHARE * sum(counts)


def entering(camera: Photographer) -> None:
    camera.go("/")
    camera.take("signin")


def beginning(camera: Photographer) -> None:
    camera.go("/projects")
    camera.take("projects-empty")


def labeling(camera: Photographer) -> None:
    page = camera.page
    camera.go("/labeling")
    camera.take("labeling")
    camera.go("/labeling/PROJECT")
    camera.take("instructions")
    camera.go("/labeling/PROJECT/tasks")
    expect(page.get_by_role("option", name="Image ")).to_have_count(9)
    for tile in page.get_by_role("option", name="Image ").all()[:5]:
        page.keyboard.press(KEYS[truth()[name_of(tile)]])
    page.keyboard.press("Space")
    camera.take("tagging")
    page.keyboard.press("z")
    camera.take("tagging-large")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    camera.take("tagging-keys")
    page.keyboard.press("Escape")


def reviewing(camera: Photographer) -> None:
    page = camera.page
    camera.go("/projects/PROJECT/data")
    camera.take("data")
    page.keyboard.press("d")
    camera.take("data-details")
    camera.go("/projects/PROJECT/data?view=side-by-side&labeler=" + user_id(LABELERS[1]) + "&label=Dog")
    camera.take("data-side-by-side")


def administering(camera: Photographer) -> None:
    for name, path in {
        "projects": "/projects",
        "dashboard": "/projects/PROJECT",
        "details": "/projects/PROJECT/details",
        "export": "/projects/PROJECT/export",
        "datasets": "/datasets",
        "datastores": "/datastores",
    }.items():
        camera.go(path)
        camera.take(name)


def creating(camera: Photographer) -> None:
    page = camera.page
    following = page.get_by_role("button", name="Next", exact=True)
    camera.go("/projects/new")
    page.get_by_label("Project name").fill("street-cats")
    camera.take("wizard-details")
    following.click()
    page.get_by_role("radio", name="Create a dataset").check()
    page.get_by_label("Dataset name").fill("street-cats")
    page.get_by_role("combobox", name="Datastore").select_option("workspace")
    page.get_by_role("button", name="cats-and-dogs").click()
    page.wait_for_load_state("networkidle")
    camera.take("wizard-dataset")
    following.click()
    following.click()
    for label in ("Tabby", "Tuxedo", "Ginger"):
        page.get_by_label("New label").fill(label)
        page.keyboard.press("Enter")
    camera.take("wizard-labels")
    following.click()
    following.click()
    page.get_by_role("switch", name="Suggest labels").check()
    camera.take("wizard-suggestions")
    following.click()
    following.click()
    camera.set_height(HIGH)
    camera.take("wizard-summary")


def importing(camera: Photographer) -> None:
    camera.set_height(HIGH)
    camera.go("/projects/PROJECT/import")
    camera.page.locator("input[type=file]").set_input_files(labeled_elsewhere("cats-and-dogs", truth()))
    expect(camera.page.get_by_role("region", name="Examples")).to_be_visible(timeout=30_000)
    camera.page.wait_for_load_state("networkidle")
    camera.take("import")


def suggesting(camera: Photographer) -> None:
    """To the labeler whose page comes with suggestions."""
    camera.go("/labeling/PROJECT/tasks")
    expect(camera.page.get_by_role("option", name="Image ")).to_have_count(learned.SHOWN)
    camera.take("tagging-suggested")


def judging(camera: Photographer) -> None:
    """What is said of suggestions."""
    page = camera.page
    camera.set_height(HIGH)
    camera.go("/projects/PROJECT")
    show(page.get_by_role("region", name="Suggestions", exact=True))
    camera.take("dashboard-suggestions")
    _, usual = DESKTOP
    camera.set_height(usual)
    camera.go("/projects/PROJECT/data?doubted=true")
    camera.take("data-doubts")
    camera.go("/projects/PROJECT/details")
    show(page.get_by_role("region", name="ML assisted labeling", exact=True))
    camera.take("details-suggestions")


def show(part: Locator) -> None:
    """Scrolls a part of the page to the top of the window."""
    part.evaluate("(part) => part.scrollIntoView()")


def truth() -> dict[str, str]:
    """Each sample's label by its file."""
    with (ROOT / "samples" / "cats-and-dogs" / "truth.csv").open(encoding="utf-8") as file:
        return {row["file"]: row["label"] for row in csv.DictReader(file)}


def name_of(tile: Locator) -> str:
    """The file in a tile's accessible name: "Image 3: a.png, no label"."""
    return (tile.get_attribute("aria-label") or "").rpartition(", ")[0].partition(": ")[2]


def user_id(name: str) -> str:
    return str(sign_in.principal(name)["userId"])


def take_all(
    service: Service, project: str, scenes: Sequence[tuple[str | None, Callable[[Photographer], None]]]
) -> None:
    """Takes the pictures of some scenes, each as somebody sees it, in both themes."""
    width, height = DESKTOP
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium.ensure())
        for theme in THEMES:
            for who, scene in scenes:
                context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
                context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
                if who:
                    sign_in_as(context, service, who)
                scene(Photographer(context.new_page(), service.url, project, theme))
                context.close()
        browser.close()


def make_project(service: Service) -> str:
    """The demo's project with people, and with the work of some days. Gives its id."""
    with service.client() as client:
        demo.make(client, print)
        project: str = client.get("/api/projects").raise_for_status().json()["items"][0]["id"]
        at = f"/api/projects/{project}"
        client.patch(at, json={"instructions": {"text": INSTRUCTIONS, "url": ""}}).raise_for_status()
        for labeler in LABELERS:
            client.put(f"{at}/members/{labeler}", json={"role": "labeler"}).raise_for_status()
            with service.client(labeler) as visitor:
                # People are known by name from their first call that changes something.
                visitor.post(f"{at}/leases", json={"count": 1}).raise_for_status()
        while client.get(f"{at}/progress").raise_for_status().json()["preparing"]:
            time.sleep(0.2)
        asyncio.run(label(service.data_storage, project))
        # The service may know the packs of some seconds ago.
        while not (seen := client.get(f"{at}/images", params={"state": "labeled"}).raise_for_status().json()["items"]):
            time.sleep(0.5)
        rejected = [{"id": image["id"]} for image in seen[:2]]
        client.post(f"{at}/rejections", json={"images": rejected, "reason": REASON}).raise_for_status()
        client.post(f"{at}/exports", json={"format": "coco"}).raise_for_status()
        until_built(client, at)
    return project


def make_learned_project(service: Service) -> str:
    """Another one over the same images, with suggestions. Gives its id."""
    people = People(service)
    project = learned.make_learned(people, truth(), LABELERS)
    project.boss.patch(project.path, json={"instructions": {"text": INSTRUCTIONS, "url": ""}}).raise_for_status()
    people.close()
    return project.id


def until_built(client: httpx.Client, at: str) -> None:
    while client.get(f"{at}/exports").raise_for_status().json()["items"][0]["status"] != "completed":
        time.sleep(0.2)


async def label(connection: str, project: str) -> None:
    """Labels some images as if it had been on the days before."""
    known, ids = truth(), {name: index for index, name in enumerate(demo.LABELS, 1)}
    now = int(time.time() * 1000)
    async with aclosing(Tables.by_connection_string(connection, transport())) as tables:
        stored = Project.model_construct(
            task_type="multiClass", id=project, ml_assist=False, lease_minutes=DAY_MS // 60_000, status="created"
        )
        queue = make_board(tables.table(stored.images_table)).queue
        for days, labeler, count in WORK:
            user, at = user_id(LABELERS[labeler]), now - days * DAY_MS
            page = await queue.lease(stored, user, count, [], now=at)
            assert isinstance(page, LeasedPage)
            given = {
                slot: Annotation((ids[known[image.name.rpartition("/")[2]]],)) for slot, image in page.images.items()
            }
            await queue.submit(stored, user, page.lease.id, given, {}, now=at)


SCENES: list[tuple[str | None, Callable[[Photographer], None]]] = [
    (None, entering),
    (ADMINISTRATOR, administering),
    (ADMINISTRATOR, creating),
    (ADMINISTRATOR, reviewing),
    (ADMINISTRATOR, importing),
    (LABELERS[0], labeling),
]
OF_SUGGESTIONS: list[tuple[str | None, Callable[[Photographer], None]]] = [
    (ADMINISTRATOR, judging),
    (LABELERS[0], suggesting),
]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        service = Service(Path(folder) / "data")
        service.start()
        try:
            take_all(service, "", [(ADMINISTRATOR, beginning)])
            take_all(service, make_project(service), SCENES)
            take_all(service, make_learned_project(service), OF_SUGGESTIONS)
        finally:
            service.stop()


if __name__ == "__main__":
    main()
