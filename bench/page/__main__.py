"""`python -m bench.page`: what labelers and reviewers wait for in the browser, written into bench/RESULTS.md."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from azure.storage.blob import CorsRule
from azure.storage.blob.aio import BlobServiceClient
from playwright.async_api import Browser

from bench import results
from bench.labeling.seeding import seed
from bench.measures import Loads, PageMeasures
from bench.page import browsing
from bench.page.pictures import show
from bench.peers.label_studio import label_studio
from localhost import sign_in
from tests.running import Service, free_port

LABELER = "labeler"
# As many as the loads and the pages take; a page that is loaded anew may take others.
TO_LABEL = 1_980
IN_GRID = 10_000
SCROLL_SECONDS = 30.0
PEER_TASKS = 30
ADMINISTRATOR = "administrator"
# What it is called, who opens it, and where.
VISITED = (
    ("labeling", LABELER, "/labeling/{to_label}/tasks"),
    ("instructions", LABELER, "/labeling/{to_label}"),
    ("a labeler's projects", LABELER, "/labeling"),
    ("projects", ADMINISTRATOR, "/projects"),
    ("new project", ADMINISTRATOR, "/projects/new"),
    ("dashboard", ADMINISTRATOR, "/projects/{labeled}"),
    ("data", ADMINISTRATOR, "/projects/{labeled}/data"),
    ("details", ADMINISTRATOR, "/projects/{labeled}/details"),
    ("export", ADMINISTRATOR, "/projects/{labeled}/export"),
    ("datastores", ADMINISTRATOR, "/datastores"),
    ("datasets", ADMINISTRATOR, "/datasets"),
    ("people", ADMINISTRATOR, "/people"),
    ("audit log", ADMINISTRATOR, "/audit"),
)


async def run(loads: int, pages: int, *, with_peer: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        service = Service(Path(folder) / "data")
        service.start()
        try:
            async with browsing.chromium() as browser:
                measured = await _measure(browser, service, loads, pages)
                if with_peer:
                    measured.loads.append(await _peer(browser, service, Path(folder), loads))
        finally:
            service.stop()
    told = results.page(measured)
    print(told)
    results.write("page", told)


async def _measure(browser: Browser, service: Service, loads: int, pages: int) -> PageMeasures:
    connection, user = service.data_storage, str(sign_in.principal(LABELER)["userId"])
    with service.client() as client:
        to_label = await seed(client, connection, TO_LABEL, [LABELER])
        labeled = await seed(client, connection, IN_GRID, [LABELER], labeled_by=user)
    await show(connection, to_label, TO_LABEL, with_previews=True)
    await show(connection, labeled, IN_GRID, with_previews=False)
    tasks, data = f"/labeling/{to_label.id}/tasks", f"/projects/{labeled.id}/data"
    labeler = await browsing.signed_in(browser, service, LABELER)
    administrator = await browsing.signed_in(browser, service, ADMINISTRATOR)
    return PageMeasures(
        loads=[await browsing.load("this service", labeler, service.url + tasks, browsing.TILES, loads)],
        turns_ms=await browsing.turn_pages(labeler, service.url + tasks, pages),
        scroll=await browsing.scroll(administrator, service.url + data, IN_GRID, SCROLL_SECONDS),
        visits=[
            await browsing.first_visit(
                browser, service, title, name, path.format(to_label=to_label.id, labeled=labeled.id)
            )
            for title, name, path in VISITED
        ],
    )


async def _peer(browser: Browser, service: Service, folder: Path, loads: int) -> Loads:
    """Label Studio's page, with a photograph from the same storage."""
    with service.client() as client:
        project = await seed(client, service.data_storage, PEER_TASKS, [])
        await show(service.data_storage, project, PEER_TASKS, with_previews=True)
        answer = client.get(f"/api/projects/{project.id}/images", params={"state": "waiting"}).raise_for_status()
    images = [image["thumbnailUrl"] for image in answer.json()["items"]]
    # Its page reads the images from another origin than this service's pages.
    async with BlobServiceClient.from_connection_string(service.data_storage) as storage:
        await storage.set_service_properties(cors=[CorsRule(["*"], ["GET"])])
    async with label_studio(free_port(), folder / "label-studio") as studio:
        number = (await studio.project_of(images)).id
        context = await browsing.visitor(browser, studio.url, await studio.session())
        address = f"{studio.url}/projects/{number}/data?labeling=1"
        return await browsing.load(f"Label Studio {studio.version}", context, address, browsing.TASK, loads)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("--loads", type=int, default=20, help="of the tagging page")
    parser.add_argument("--pages", type=int, default=40, help="that are submitted")
    parser.add_argument("--alone", action="store_true", help="without Label Studio")
    asked = parser.parse_args()
    asyncio.run(run(asked.loads, asked.pages, with_peer=not asked.alone))
    return 0


if __name__ == "__main__":
    sys.exit(main())
