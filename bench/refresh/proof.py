"""The proof after refreshes: every listed image is exactly once in the packs, the snapshot names exactly what the packs
hold, and the directory's letters and sums agree with the heads.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from functions.datastores.connect import connect
from functions.datastores.kinds import is_image_name
from functions.datastores.listing import list_pages
from functions.datastores.store import load_datastore
from functions.labeling.board import Board, make_board
from functions.labeling.counts import Counts
from functions.labeling.directory import CLOSED
from functions.labeling.head import Head
from functions.labeling.rows import image_id
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.refresh.snapshot import Entry, read_snapshot
from functions.storage import Storage


@dataclass
class _Packs:
    """entries: what the packs hold, by name, as a snapshot should have it. twice: names that came before."""

    entries: dict[str, Entry] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def prove(storage: Storage, project_id: str) -> tuple[str, ...]:
    """What does not hold, in words; nothing when all is well. The last refresh must be over, and nobody at work."""
    project = await load_project(storage, project_id)
    board = make_board(storage.tables.table(project.images_table))
    packs = await _read(board)
    return (
        *packs.wrong,
        *_some("images are in the packs twice", packs.twice),
        *await _wrong_by_listing(storage, project, packs),
        *await _wrong_in_snapshot(storage, project, packs),
        *await _wrong_in_directory(board, packs.heads),
    )


async def _read(board: Board) -> _Packs:
    packs = _Packs()
    async for pack, head, images in board.rows.scan():
        if pack != len(packs.heads):
            packs.wrong.append(f"pack {len(packs.heads)} is not there, or not whole")
            break
        packs.heads.append(head)
        if len(images) != len(head.slots):
            packs.wrong.append(f"pack {pack} has {len(images)} images and {len(head.slots)} slots")
        for slot, (image, state) in enumerate(zip(images, head.slots, strict=False)):
            if image.name in packs.entries:
                packs.twice.append(image.name)
            packs.entries[image.name] = Entry(image.name, image.etag, pack, slot, state.missing)
    return packs


async def _wrong_by_listing(storage: Storage, project: Project, packs: _Packs) -> list[str]:
    listed: dict[str, str] = {}
    async with connect(storage, await load_datastore(storage, project.datastore)) as client:
        async for blobs, _ in list_pages(client, project.prefix):
            listed |= {blob.name: blob.etag for blob in blobs if is_image_name(blob.name)}
    entries = packs.entries
    there = {name for name, entry in entries.items() if not entry.is_missing}
    old = [name for name, etag in listed.items() if name in entries and entries[name].etag != etag]
    return [
        *_some("listed images are in no pack", listed.keys() - entries.keys()),
        *_some("listed images are said to be missing", listed.keys() & entries.keys() - there),
        *_some("images that are gone are not said to be missing", there - listed.keys()),
        *_some("images are known by an old etag", old),
    ]


async def _wrong_in_snapshot(storage: Storage, project: Project, packs: _Packs) -> list[str]:
    named: dict[str, Entry] = {}
    disorder: list[str] = []
    async with read_snapshot(storage, project.id) as snapshot:
        header, last = snapshot.header, ""
        for entry in snapshot:
            if entry.name <= last:
                disorder.append(entry.name)
            named[entry.name] = entry
            last = entry.name
    tail = len(packs.heads[-1].slots) if packs.heads else 0
    covers = (header.packs, header.tail, header.unfinished)
    differ = [name for name, entry in named.items() if packs.entries.get(name, entry) != entry]
    return [
        *([f"the snapshot's header is {header}"] if covers != (len(packs.heads), tail, None) else []),
        *_some("names of the snapshot are out of order", disorder),
        *_some("images are not in the snapshot", packs.entries.keys() - named.keys()),
        *_some("images of the snapshot are in no pack", named.keys() - packs.entries.keys()),
        *_some("images are not as the snapshot says", differ),
    ]


async def _wrong_in_directory(board: Board, heads: list[Head]) -> list[str]:
    letters, sums = "", Counts()
    for known in await board.directory.ranges(fresh=True):
        letters += known.letters
        sums.add(known.sums)
    if len(letters) != len(heads):
        return [f"the directory names {len(letters)} packs, and there are {len(heads)}"]
    counted = Counts()
    closed = [(pack, head) for pack, head in enumerate(heads) if letters[pack] in CLOSED]
    for _, head in closed:
        counted.add(head.counts())
    counted.pace.drop_before(sums.pace.since)
    return [
        *_some("closed packs are not frozen", [image_id(pack, 0) for pack, head in closed if not head.frozen]),
        *([f"the sums are {sums}, and by the heads {counted}"] if sums != counted else []),
    ]


def _some(what: str, names: Collection[str]) -> list[str]:
    return [f"{len(names)} {what}, {min(names)} for one"] if names else []
