"""Building the export that a message asks for: one at a time per project, the oldest first, its record kept true."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from functions.assist.offline import ModelGone
from functions.exports.building import Building
from functions.exports.checkpoint import Checkpoint, Tally
from functions.exports.files import BlocksLost
from functions.exports.formats import FORMATS
from functions.exports.pack_writer import LabelsAdded
from functions.exports.record import checked, write_record
from functions.exports.store import (
    EXPORTS,
    LOCK,
    Export,
    ExportMessage,
    LabelCount,
    LeftOut,
    SkippedBy,
    drop_files,
    exports_before,
)
from functions.longwork import Later, RecordedWork
from functions.projects.model import Project
from functions.projects.store import load_project
from functions.storage import EXPORTS_QUEUE

# An older export that has been silent for so long does not hold up those behind it.
SILENT = timedelta(minutes=30)


class ExportWork(RecordedWork[ExportMessage, Export]):
    """Builds an export, or goes on with one."""

    queue, lock, retry_seconds, records = EXPORTS_QUEUE, LOCK, 2, EXPORTS
    given_up = "The export could not be built. The reason is in the service's log; try again."

    async def load(self) -> bool:
        asked = self.message
        self.project = await load_project(self.storage, asked.project_id)
        return self.take(await EXPORTS.load(self.storage, asked.project_id, asked.export_id))

    async def work(self) -> None:
        if not await self._is_its_turn():
            raise Later(self.retry_seconds)
        await self.begin()
        building = Building(self.storage, self.project, self.record, self._note, self.deadline)
        try:
            built = await building.run()
        except (BlocksLost, ModelGone, LabelsAdded):
            await building.forget()
            raise
        done = _completed(self.project, self.record, built, self.clock())
        done = done.model_copy(update={"checked": await checked(self.storage, self.project)})
        await self.save(await write_record(self.storage, self.project, done))
        await building.forget()

    async def _is_its_turn(self) -> bool:
        now = self.clock()
        async for one in exports_before(self.storage, self.record, "queued", "running"):
            if now - (one.touched_at or one.asked_at) < SILENT:
                return False
        return True

    async def save(self, record: Export) -> None:
        await super().save(record.model_copy(update={"touched_at": self.clock()}))

    async def _note(self, progress: float, tally: Tally) -> None:
        await self.note(progress=round(progress, 3), images=tally.images)

    async def fail(self, reason: str) -> None:
        await self.clear()
        await super().fail(reason)

    async def clear(self) -> None:
        await drop_files(self.storage, self.record)


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
            "images": tally.images,
            "empty": tally.empty,
            "suggested": tally.suggested_images,
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
