"""Building the export that a message asks for: one at a time per project, the oldest first, its record kept true."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from azure.core.exceptions import ResourceNotFoundError

from functions.assist.offline import ModelGone
from functions.datastores.connect import DatastoreTrouble
from functions.exports.building import Building
from functions.exports.checkpoint import Checkpoint, Tally
from functions.exports.files import BlocksLost
from functions.exports.formats import FORMATS
from functions.exports.pack_writer import LabelsAdded
from functions.exports.record import write_record
from functions.exports.store import (
    Export,
    ExportMessage,
    LabelCount,
    LeftOut,
    SkippedBy,
    drop_files,
    exports_before,
    load_export,
    lock_blob,
    save_export,
    send_export,
)
from functions.locks import LockedByOther, locked
from functions.problems import NotFound
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.storage import Storage

TIME_LIMIT_SECONDS = 7 * 60
RETRY_SECONDS = 2
# An older export that has been silent for so long does not hold up those behind it.
SILENT = timedelta(minutes=30)
GIVEN_UP = "The export could not be built. The reason is in the service's log; try again."

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


async def build_export(
    storage: Storage, message: ExportMessage, clock: Clock, time_limit: float = TIME_LIMIT_SECONDS
) -> None:
    """Builds an export, or goes on with one. A message for what is gone or over ends quietly."""
    found = await _load(storage, message)
    if found is None:
        return
    project, export = found
    try:
        async with locked(lock_blob(storage, project.id)):
            if await _is_its_turn(storage, export, clock()):
                await _build(storage, project, export, clock, time.monotonic() + time_limit)
                return
    except LockedByOther:
        # Or its checkpoint was deleted with it.
        if await _is_gone(storage, export):
            await drop_files(storage, export)
            return
    await send_export(storage, export, delay=RETRY_SECONDS)


async def give_up(storage: Storage, message: ExportMessage, clock: Clock) -> None:
    """Marks an export failed that could not be built however often it was tried."""
    found = await _load(storage, message)
    if found:
        await _fail(storage, found[1], GIVEN_UP, clock())


async def _load(storage: Storage, message: ExportMessage) -> tuple[Project, Export] | None:
    """What a message is about; None where that is gone or over."""
    try:
        export = await load_export(storage, message.project_id, message.export_id)
        project = await load_project(storage, message.project_id)
    except NotFound:
        return None
    return None if export.is_over else (project, export)


async def _is_gone(storage: Storage, export: Export) -> bool:
    """The export, or its project, was deleted in the meantime."""
    try:
        await load_export(storage, export.project_id, export.id)
        await load_project(storage, export.project_id)
    except NotFound:
        return True
    return False


async def _is_its_turn(storage: Storage, export: Export, now: datetime) -> bool:
    async for one in exports_before(storage, export, "queued", "running"):
        if now - (one.touched_at or one.asked_at) < SILENT:
            return False
    return True


async def _build(storage: Storage, project: Project, export: Export, clock: Clock, deadline: float) -> None:
    now = clock()
    export = export.model_copy(update={"status": "running", "started_at": export.started_at or now, "touched_at": now})

    etag: str | None = None

    async def save(changed: Export) -> None:
        """Never over what another build has written since: it has the lock then."""
        nonlocal etag
        etag = await save_export(storage, changed, etag)

    async def note(progress: float, tally: Tally) -> None:
        told = {"progress": round(progress, 3), "images": tally.images, "touched_at": clock()}
        await save(export.model_copy(update=told))

    building = Building(storage, project, export, note, deadline)
    try:
        await save(export)
        built = await building.run()
        if built is None:
            await send_export(storage, export)
            return
        await save(await write_record(storage, project, _completed(project, export, built, clock())))
        await building.forget()
    except (BlocksLost, ModelGone, LabelsAdded):
        await building.forget()
        raise
    except DatastoreTrouble as trouble:
        await _fail(storage, export, trouble.reason, clock())
    except NotFound:
        await _fail(storage, export, f"The datastore {project.datastore!r} is gone.", clock())
    except ResourceNotFoundError:
        if not await _is_gone(storage, export):
            raise
        await drop_files(storage, export)


def _completed(project: Project, export: Export, built: Checkpoint, now: datetime) -> Export:
    """The record of a finished export."""
    tally, changes = built.tally, None
    names = {label.id: label.name for label in (*project.all_labels, *built.labels)}
    labels = []
    for label in dict.fromkeys([*(label.id for label in built.labels), *tally.labels, *tally.suggested]):
        sides = tally.labels.get(label, {})
        by_side: dict[str, int] = {side: sides.get(side, 0) for side in export.options.sides}
        count, suggested = sum(sides.values()), tally.suggested.get(label, 0)
        labels.append(LabelCount(id=label, name=names[label], count=count, sides=by_side, suggested=suggested))
    if built.former:
        found = {"added": tally.added, "changed": tally.changed, "removed": tally.removed}
        changes = built.former.model_copy(update=found)
    return export.model_copy(
        update={
            "status": "completed",
            "progress": 1.0,
            "finished_at": now,
            "touched_at": now,
            "images": tally.images,
            "suggested": sum(tally.suggested.values()),
            "sides": tally.sides,
            "labels": tuple(labels),
            "converted": tally.converted,
            "skipped_by": _skipped_by(export.format, tally.endings),
            "left_out": LeftOut(count=tally.left_out, first=tuple(tally.first_left_out)),
            "changes": changes,
            "files": tuple(built.sealed),
        }
    )


def _skipped_by(format_name: str, endings: Mapping[str, int]) -> tuple[SkippedBy, ...]:
    """The readers that do not read some of the files."""
    found = []
    for reader, reads in FORMATS[format_name].reads.items():
        skipped = {ending.removeprefix("."): count for ending, count in sorted(endings.items()) if ending not in reads}
        if skipped:
            found.append(SkippedBy(reader=reader, endings=skipped))
    return tuple(found)


async def _fail(storage: Storage, export: Export, reason: str, now: datetime) -> None:
    await drop_files(storage, export)
    failed = {"status": "failed", "finished_at": now, "touched_at": now, "error": reason}
    try:
        await save_export(storage, export.model_copy(update=failed))
    except ResourceNotFoundError:
        log.info("export %s was deleted before it failed", export.id)
