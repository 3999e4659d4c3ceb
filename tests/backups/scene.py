"""A small project with everything in it, written straight into storage; backed up and restored in this process."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from functions.backups.accepting import Accepted
from functions.backups.asking import ask_for_restore
from functions.backups.making import BackupWork
from functions.backups.manifest import MANIFEST
from functions.backups.previewing import preview
from functions.backups.restoring import RestoreWork
from functions.backups.store import (
    BACKUP_LOCK,
    BACKUPS,
    RESTORE_LOCK,
    RESTORES,
    Backup,
    BackupMessage,
    Restore,
    RestoreMessage,
)
from functions.callers.people import note
from functions.checks.store import CHECKS, Check, Drawn
from functions.exports.store import EXPORTS
from functions.identity import Caller, Role
from functions.ids import newest_first_id
from functions.imports.store import IMPORTS, Import
from functions.labeling.board import make_board
from functions.labeling.head import SKIPPED, UNREADABLE, WAITING
from functions.labeling.progress import read_progress
from functions.labeling.suggestions import Suggestion
from functions.locks import break_lock, lock_of
from functions.problems import NotFound
from functions.projects.lifecycle import delete_project
from functions.projects.members import Member, members_of, put_member
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.records import ALL
from functions.refresh.snapshot import Entry, Header, write_snapshot
from functions.refresh.store import Refresh, list_refreshes, put_refreshes
from functions.review.actions import Action, reject
from functions.storage import BACKUPS_CONTAINER, EXPORTS_CONTAINER, SNAPSHOTS_CONTAINER, Storage
from tests.exports.scene import AT, CAT, DOG, NOW, Picture, board_of, exported, project_of

PACK = 4
PICTURES = [
    *(Picture(f"{number:02}.png", CAT.id if number % 2 else DOG.id) for number in range(6)),
    Picture("06.png", None, SKIPPED),
    Picture("07.png", None, WAITING),
    Picture("08.png", None, WAITING, missing=True),
    Picture("09.png", None, UNREADABLE),
]


def now() -> datetime:
    return datetime.now(UTC)


async def project_with_everything(storage: Storage) -> Project:
    """Ten images in three packs, an image that was rejected, suggestions, a snapshot, exports, imports, checks,
    refreshes.
    """
    project = await project_of(storage, PICTURES, pack_size=PACK)
    board = board_of(storage, project)
    await reject(board, 0, {1: None}, Action("hanna", AT + 1), "No cat.")
    await board.suggestions.add_imported(1, {3: Suggestion(CAT.id, 0.5)}, "some")
    await note(storage, Caller("hanna", "Hanna", is_administrator=False), now())
    await put_member(storage, Member(project.id, "Hanna", Role.LABELER, "hanna"))
    await put_member(storage, Member(project.id, "yet", Role.REVIEWER, None))
    entries = [Entry(picture.name, "0x1", index // PACK, index % PACK, False) for index, picture in enumerate(PICTURES)]
    await write_snapshot(storage, project.id, Header(3, 2), entries)
    await exported(storage, project, "csv")
    await put_refreshes(storage, project.id, [refresh(2), refresh(1)])
    await IMPORTS.put_back(storage, an_import(project))
    await CHECKS.put_back(storage, a_check(project))
    return project


def refresh(number: int) -> Refresh:
    asked = NOW.replace(day=number)
    return Refresh(id=newest_first_id(asked), status="completed", asked_at=asked, touched_at=asked, found=10)


def an_import(project: Project) -> Import:
    return Import(
        id=newest_first_id(NOW),
        project_id=project.id,
        format="csv",
        file=None,
        by="hanna",
        use="labels",
        dry_run=True,
        replace=True,
        status="completed",
        asked_at=NOW,
    )


def a_check(project: Project) -> Check:
    """Half judged, by somebody who has done nothing else."""
    images = (
        Drawn(image="000000-00", labels=(DOG.id,), labeler="ann", at=AT, verdict="right"),
        Drawn(image="000001-00", labels=(DOG.id,), labeler="ann", at=AT),
    )
    return Check(id=newest_first_id(NOW), project_id=project.id, asked_at=NOW, by="rita", by_name="Rita", images=images)


async def ask_for_backup(storage: Storage, project: Project) -> Backup:
    backup = Backup(id=newest_first_id(now()), project_id=project.id, project_name=project.name, asked_at=now())
    await BACKUPS.insert(storage, backup)
    return backup


async def make(storage: Storage, backup: Backup, **more: Any) -> Backup:
    """As a message of the queue does it; gives the record afterwards."""
    message = BackupMessage(project_id=backup.project_id, backup_id=backup.id)
    await BackupWork(storage, message, now, **more).run()
    return await BACKUPS.load(storage, backup.project_id, backup.id)


async def backed_up(storage: Storage, project: Project) -> Backup:
    done = await make(storage, await ask_for_backup(storage, project))
    assert done.status == "completed", done.error
    return done


async def restore(storage: Storage, asked: Restore, **more: Any) -> Restore:
    """As a message of the queue does it; gives the record afterwards."""
    await RestoreWork(storage, RestoreMessage(restore_id=asked.id), now, **more).run()
    return await RESTORES.load(storage, ALL, asked.id)


async def ask_for_all(storage: Storage, folder: str) -> Restore:
    """All that the preview asks about is accepted."""
    told = await preview(storage, folder, now())
    people = tuple(member.sign_in_name for member in told.members)
    return await ask_for_restore(storage, folder, now(), Accepted(told.manifest, people, told.address.here))


async def restored(storage: Storage, folder: str) -> Restore:
    return await restore(storage, await ask_for_all(storage, folder))


async def break_locks(storage: Storage, project_id: str) -> None:
    """As time does it: what a dead process held is free again after half a minute."""
    await break_lock(lock_of(storage, project_id, BACKUP_LOCK))
    await break_lock(lock_of(storage, project_id, RESTORE_LOCK))


async def is_there(storage: Storage, project: Project) -> bool:
    try:
        await load_project(storage, project.id)
    except NotFound:
        return False
    return True


async def drop(storage: Storage, project: Project) -> None:
    if await is_there(storage, project):
        await delete_project(storage, await load_project(storage, project.id))


async def state_of(storage: Storage, project: Project) -> dict[str, Any]:
    """All that storage has of a project, but leases, whether previews are to be made, and what follows from these."""
    board = make_board(storage.tables.table(project.images_table))
    rows = [dict(row) async for page in board.table.pages("PartitionKey lt 'a'") for row in page]
    counts = (await read_progress(board, AT)).counts
    return {
        "rows": sorted((_kept(row) for row in rows), key=lambda row: str(row["RowKey"])),
        "figures": (counts.states, counts.labels, counts.work, counts.days + counts.hours),
        "project": (await load_project(storage, project.id)).model_dump(exclude={"has_former_ids"}),
        "members": [(one.sign_in_name, one.role) for one in await members_of(storage, project.id)],
        "exports": await EXPORTS.list(storage, project.id, limit=100),
        "imports": await IMPORTS.list(storage, project.id, limit=100),
        "checks": await CHECKS.list(storage, project.id, limit=100),
        "refreshes": await list_refreshes(storage, project.id, limit=100),
        "files": await blobs(storage, EXPORTS_CONTAINER, f"{project.id}/"),
        "snapshot": await blobs(storage, SNAPSHOTS_CONTAINER, f"{project.id}.jsonl.gz"),
    }


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    left_out = ("Timestamp", "outdated", "leases", "ended", "frozen")
    return {name: value for name, value in row.items() if name not in left_out}


async def blobs(storage: Storage, container: str, prefix: str) -> dict[str, str]:
    """The sums of the blobs whose names begin so."""
    client = storage.container(container)
    found = {}
    async for name in client.list_blob_names(name_starts_with=prefix):
        found[name] = hashlib.sha256(await (await client.download_blob(name)).readall()).hexdigest()
    return found


async def rewrite_manifest(storage: Storage, folder: str, change: Callable[[dict[str, Any]], None]) -> None:
    """The manifest as somebody else might have written it."""
    blob = storage.container(BACKUPS_CONTAINER).get_blob_client(f"{folder}/{MANIFEST}")
    manifest = json.loads(await (await blob.download_blob()).readall())
    change(manifest)
    await blob.upload_blob(json.dumps(manifest).encode(), overwrite=True)
