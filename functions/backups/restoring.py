"""Restoring a project, part by part, its record kept true. Until all is in, nobody but the service's administrators
sees the project, and nobody can change it.

Rows are only ever inserted, with what the parts say, so whoever comes twice, or too late, changes nothing. The
directory is not part of a backup: it is made anew from the heads, and so keeps its one rule. Previews are made anew as
well, from the images themselves: every image that had one is marked as having none yet, which changes no label and no
figure, and is shown and handed out as soon as it has one again.
"""

import asyncio
from contextlib import aclosing, suppress
from typing import Any

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from functions.backups import service_rows
from functions.backups.asking import load_manifest
from functions.backups.checking import Pack, check_snapshot, read_pack, read_record
from functions.backups.files import Damaged, copy, read_lines
from functions.backups.heads import as_restored, make_directory
from functions.backups.manifest import Manifest, Part
from functions.backups.rows import packs_of
from functions.backups.store import RESTORE_LOCK, RESTORES, Restore, RestoreMessage
from functions.checks.newest import newest_checked
from functions.exports.store import Export
from functions.labeling.board import Board, board_of, forget_board, make_board
from functions.longwork import Failed, Later, RecordedWork
from functions.problems import NotFound
from functions.projects.access import forget
from functions.projects.lifecycle import drop_project, make_places
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.records import ALL
from functions.refresh.packing import WRITES_AT_ONCE, ask_again
from functions.refresh.snapshot import read_snapshot, snapshot_blob
from functions.refresh.store import Refresh, put_refreshes
from functions.storage import BACKUPS_CONTAINER, EXPORTS_CONTAINER, RESTORES_QUEUE

AT_ONCE = 100
# Storage takes its time to delete a table or a container; so long its name is taken.
NOT_YET_SECONDS = 15
BEING_DELETED = ("TableBeingDeleted", "ContainerBeingDeleted")
GONE = "The project was deleted while it was restored."


class RestoreWork(RecordedWork[RestoreMessage, Restore]):
    """Restores a project, or goes on with one."""

    queue, lock, records = RESTORES_QUEUE, RESTORE_LOCK, RESTORES
    given_up = "The project could not be restored. The reason is in the service's log; ask for it again, or delete it."

    async def load(self) -> bool:
        is_left = self.take(await RESTORES.load(self.storage, ALL, self.message.restore_id))
        try:
            self.project = await load_project(self.storage, self.record.project_id)
        except NotFound:
            if is_left:
                raise Failed(GONE) from None
        return is_left

    async def work(self) -> None:
        try:
            await self._restore()
        except HttpResponseError as error:
            if getattr(error, "error_code", None) in BEING_DELETED:
                raise Later(NOT_YET_SECONDS) from None
            raise

    async def _restore(self) -> None:
        await self.begin()
        self._container = self.storage.container(BACKUPS_CONTAINER)
        self._prefix = f"{self.record.folder}/"
        manifest, total = await load_manifest(self.storage, self.record.folder)
        if total != self.record.manifest:
            raise Damaged("The manifest has changed since the restoring was asked for.")
        if self.project.restoring == self.record.id:
            await make_places(self.storage, self.project)
            # Not the one that this process may have of the project as it was before it was deleted.
            board = make_board(self.storage.tables.table(self.project.images_table))
            await self._take_parts(manifest, board)
            await make_directory(board, self.record.last_pack, self.clock())
            await service_rows.put_people(self.storage, manifest, self.record.people)
            await self._open(self.project, manifest)
        await ask_again(self.storage, self.project.id, board_of(self.storage, self.project))
        await self.note(status="completed", progress=1.0, finished_at=self.clock())

    async def fail(self, reason: str) -> None:
        """Where the project was deleted meanwhile, what was written since goes as well."""
        restore = self.record

        def note(project: Project) -> Project:
            if project.restoring != restore.id:
                return project
            return project.model_copy(update={"status": "failed", "refresh_trouble": reason})

        try:
            await change_project(self.storage, restore.project_id, note)
            forget(restore.project_id)
        except NotFound:
            with suppress(NotFound, Damaged):
                manifest, _ = await load_manifest(self.storage, restore.folder)
                await drop_project(self.storage, manifest.project.model_copy(update={"has_former_ids": True}))
        await super().fail(reason)

    async def _take_parts(self, manifest: Manifest, board: Board) -> None:
        for number, part in enumerate(manifest.parts):
            if number < self.record.next_part:
                continue
            done = self.record
            match part.kind:
                case "images":
                    done = await self._take_packs(manifest, part, board)
                case "records":
                    done = await self._take_records(manifest, part)
                case "snapshot":
                    await self._take_snapshot(manifest, part)
                case "export":
                    container = self.storage.container(EXPORTS_CONTAINER)
                    await self._copy(
                        part, container.get_blob_client(f"{manifest.project.id}/{part.export}/{part.file}")
                    )
            # Whoever has deleted the project meanwhile wants nothing more of it.
            await load_project(self.storage, manifest.project.id)
            progress = round(0.95 * (number + 1) / len(manifest.parts), 3)
            await self.save(done.model_copy(update={"next_part": number + 1, "progress": progress}))
            if self.is_late:
                raise Later
        found = (self.record.packs, self.record.images, self.record.records)
        if found != (manifest.counts.packs, manifest.counts.images, manifest.counts.records):
            raise Damaged("The parts do not hold what the manifest says.")

    async def _copy(self, part: Part, target: Any) -> None:
        try:
            await copy(self._container.get_blob_client(self._prefix + part.name), target, part)
        except ResourceNotFoundError:
            raise Damaged(f"{part.name} is missing.") from None

    async def _take_snapshot(self, manifest: Manifest, part: Part) -> None:
        await self._copy(part, snapshot_blob(self.storage, manifest.project.id))
        try:
            async with read_snapshot(self.storage, manifest.project.id) as snapshot:
                await asyncio.to_thread(check_snapshot, snapshot, manifest.project, manifest.counts.images)
        except ValueError:
            raise Damaged(f"{part.name} is not one that this service has written.") from None

    async def _take_packs(self, manifest: Manifest, part: Part, board: Board) -> Restore:
        done, waiting = self.record, list[Pack]()

        async def write() -> None:
            await asyncio.gather(*(_put_back(board, pack) for pack in waiting))
            waiting.clear()

        async with aclosing(packs_of(read_lines(self._container, self._prefix, part))) as found:
            async for rows in found:
                pack = await asyncio.to_thread(read_pack, rows, manifest.project)
                if pack.number <= done.last_pack:
                    raise Damaged(f"Pack {pack.number:06} is there twice, or not in its place.")
                update = {"last_pack": pack.number, "packs": done.packs + 1, "images": done.images + len(pack.images)}
                done = done.model_copy(update=update)
                waiting.append(pack)
                if len(waiting) == WRITES_AT_ONCE:
                    await write()
        await write()
        return done

    async def _take_records(self, manifest: Manifest, part: Part) -> Restore:
        count, name = self.record.records, self.record.project_name
        refreshes: list[Refresh] = []
        async with aclosing(read_lines(self._container, self._prefix, part)) as found:
            async for row in found:
                record = read_record(row, manifest.project)
                count += 1
                if isinstance(record, Refresh):
                    if refreshes and record.id <= refreshes[-1].id:
                        raise Damaged("There is a record twice, or not in its place.")
                    refreshes.append(record)
                    if len(refreshes) == AT_ONCE:
                        await put_refreshes(self.storage, manifest.project.id, refreshes)
                        refreshes = []
                    continue
                if isinstance(record, Export):
                    record = record.model_copy(update={"project_name": name})
                await service_rows.put_record(self.storage, record, self.clock())
        await put_refreshes(self.storage, manifest.project.id, refreshes)
        return self.record.model_copy(update={"records": count})

    async def _open(self, project: Project, manifest: Manifest) -> None:
        """From now on it is a project like any other."""
        # As its checks say, whatever the backup does.
        checked = await newest_checked(self.storage, project.id)

        def whole(current: Project) -> Project:
            return manifest.project.model_copy(
                update={
                    "name": current.name,
                    "dataset": current.dataset,
                    "datastore": current.datastore,
                    "preparing_trouble": None,
                    "assist_trouble": None,
                    "checked": checked,
                    "has_former_ids": True,
                    "restoring": None,
                }
            )

        forget_board(self.storage, project.id)
        await change_project(self.storage, project.id, whole)
        forget(project.id)


async def _put_back(board: Board, pack: Pack) -> None:
    await board.rows.put_back(pack.number, as_restored(pack.head), pack.images, pack.records)
    if pack.suggestions or pack.replaced:
        await board.suggestions.put_back(pack.number, pack.suggestions, pack.importers, pack.replaced)
