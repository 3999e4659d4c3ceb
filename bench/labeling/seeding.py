"""Projects to measure: made over the API, their packs then written straight into storage by the service's own code."""

import asyncio
import secrets
import time
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache

import httpx

from functions.labeling import blobs, leases, relabeling, submissions
from functions.labeling.board import make_board
from functions.labeling.counts import Counts
from functions.labeling.directory import DONE, RANGE_SIZE, REOPENED, WAITING, Edit, Editor, Range
from functions.labeling.head import PACK_SIZE, Head, new_head
from functions.labeling.opinions import Asking
from functions.labeling.record import Record
from functions.labeling.rows import Image, image_id
from functions.projects.model import ONE_OPINION, Opinions, Project
from functions.storage import transport
from functions.tables import Tables
from functions.tasks.annotation import Annotation
from functions.tasks.types import TaskTypeName

AT_ONCE = 8
ETAG = "0x8DC0FFEE"
# Labeled images were submitted page by page, cats and dogs in turns.
PAGE = 9
ONE_LABEL = Project.model_construct(task_type="multiClass")
CAT, LABELS = 1, 2
LABELED_AT = 1_750_000_000_000
REVIEWER = "reviewer"
REVIEWS = (("correction", "corrected"), ("rejection", "rejected"))
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Seeded:
    """A project with images that wait to be labeled. id: the project's; table: that of its images."""

    id: str
    table: str


async def seed(
    client: httpx.Client,
    connection: str,
    images: int,
    labelers: list[str],
    *,
    labeled_by: str | None = None,
    rejected: int = 0,
    task_type: TaskTypeName = "multiClass",
    opinions: Opinions = ONE_OPINION,
) -> Seeded:
    """A project of so many images, in full packs, of which these people are labelers. labeled_by: the user id of who
    has labeled them all; nobody has labeled any without. rejected: how often each image was labeled and rejected.
    opinions: how many people look at an image.

    client: signed in as an administrator of the service. connection: of its storage account.
    """
    project_id = await asyncio.to_thread(_make, client, labelers, task_type, opinions)
    project = Project.model_construct(task_type=task_type, id=project_id)
    sizes = [min(PACK_SIZE, images - first) for first in range(0, images, PACK_SIZE)]
    async with aclosing(Tables.by_connection_string(connection, transport())) as tables:
        board = make_board(tables.table(project.images_table))
        gate = asyncio.Semaphore(AT_ONCE)

        async def insert(pack: int, size: int) -> None:
            async with gate:
                pictures = [Image(f"bench/{image_id(pack, slot)}.jpg", ETAG, 50_000, 640, 480) for slot in range(size)]
                if rejected:
                    await board.rows.put_back(pack, _rejected_head(size, rejected), pictures, _reviews(size, rejected))
                else:
                    await board.rows.insert(pack, _head(size, labeled_by), pictures)

        await asyncio.gather(*(insert(pack, size) for pack, size in enumerate(sizes)))
        for first in range(0, len(sizes), RANGE_SIZE):
            some = sizes[first : first + RANGE_SIZE]
            edit = _all_reopened(first, some) if rejected else _all_alike(first, some, labeled_by)
            await board.directory.edit(first, edit, int(time.time() * 1000))
    return Seeded(project_id, project.images_table)


def _all_alike(first: int, sizes: list[int], labeled_by: str | None) -> Editor:
    sums, letter = Counts(), DONE if labeled_by else WAITING
    for size in sizes:
        sums.add(_head(size, labeled_by).counts())

    async def edit(_: Range) -> Edit:
        return Edit(dict.fromkeys(range(first, first + len(sizes)), letter), sums)

    return edit


def _all_reopened(first: int, sizes: list[int]) -> Editor:
    async def edit(_: Range) -> Edit:
        return Edit(dict.fromkeys(range(first, first + len(sizes)), REOPENED))

    return edit


@cache
def _head(size: int, labeled_by: str | None) -> Head:
    head = blobs.prepare(new_head(size), readable=dict.fromkeys(range(size), True))
    for first in range(0, size, PAGE) if labeled_by else ():
        head = _with_page(head, labeled_by or "", LABELED_AT + first * 1000)
    return head.freeze()


@cache
def _rejected_head(size: int, times: int) -> Head:
    head, every = _head(size, None).thaw(), dict.fromkeys(range(size))
    for number in range(times):
        head = relabeling.correct(
            head, slots=every, say=lambda _: Annotation((CAT,)), labeler=REVIEWER, now=LABELED_AT
        ).head
        head = relabeling.reject(head, slots=every, action_id=f"rejection{number}").head
    return replace(head, records=2 * times)


@cache
def _reviews(size: int, times: int) -> list[Record]:
    given = dict.fromkeys(range(size), Annotation((CAT,)))
    words = [(f"r|{noun}{number}", word) for number in range(times) for noun, word in REVIEWS]
    return [Record(key, word, REVIEWER, LABELED_AT, given, number=number) for number, (key, word) in enumerate(words)]


def _with_page(head: Head, labeler: str, now: int) -> Head:
    """The head with a page more that is leased and submitted."""
    head, lease = leases.hand_out(head, lease_id="page", labeler=labeler, count=PAGE, until=now + 1, now=now, known=())
    assert lease is not None
    given = {slot: Annotation((CAT + slot % LABELS,)) for slot in lease.slots}
    asking = Asking(0, ONE_LABEL)
    return submissions.submit(head, lease_id="page", labeler=labeler, given=given, now=now, asking=asking).head


def _make(client: httpx.Client, labelers: list[str], task_type: str, opinions: Opinions) -> str:
    name = f"bench-{secrets.token_hex(4)}"
    asked = {
        "name": name,
        "taskType": task_type,
        "dataset": {"datastore": "workspace", "prefix": f"{name}/"},
        "labels": ["Cat", "Dog"],
        "opinions": opinions.model_dump(),
    }
    project_id: str = client.post("/api/projects", json=asked).raise_for_status().json()["id"]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while client.get(f"/api/projects/{project_id}").raise_for_status().json()["status"] != "created":
        if time.monotonic() > deadline:
            raise TimeoutError("the project was not made")
        time.sleep(0.1)
    for labeler in labelers:
        client.put(f"/api/projects/{project_id}/members/{labeler}", json={"role": "labeler"}).raise_for_status()
    return project_id
