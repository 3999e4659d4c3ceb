"""Undoing an import as a whole, pack by pack. What is still as the import has left it stands again as it did before:
labels by the records of their pack, suggestions by what the import has kept of those that it replaced.

How many do is seen by how they stand, so a pack that an invocation did before it was cut off tells the same again.
"""

import asyncio
import time
from secrets import token_hex
from typing import Any, NamedTuple

from functions.hooks import labels_set
from functions.imports.store import IMPORTS, LOCK, Import, ImportMessage, Undone
from functions.labeling.board import Board, board_of
from functions.labeling.record import Record
from functions.labeling.refusals import OldProject
from functions.labeling.removing import newest_project
from functions.labeling.undoing import IMPORTED, undo
from functions.longwork import Later, RecordedWork
from functions.projects.access import forget
from functions.projects.store import change_project, load_project
from functions.storage import IMPORTS_QUEUE

SAVE_EVERY_SECONDS = 1.0
PACKS_AT_ONCE = 8


class Put(NamedTuple):
    """What became of the images of one pack: restored stand as they did before the import, left do not."""

    restored: int = 0
    left: int = 0


class UndoWork(RecordedWork[ImportMessage, Import]):
    """Undoes an import, or goes on with that."""

    queue, lock, records = IMPORTS_QUEUE, LOCK, IMPORTS
    given_up = "The import could not be undone. The reason is in the service's log; try again."

    async def load(self) -> bool:
        asked = self.message
        self.project = await load_project(self.storage, asked.project_id)
        self.take(await IMPORTS.load(self.storage, asked.project_id, asked.import_id))
        return self.record.undone is not None and not self.record.undone.is_over

    @property
    def _undone(self) -> Undone:
        if self.record.undone is None:
            raise TypeError("nobody has asked for it")
        return self.record.undone

    async def _note(self, **changes: Any) -> None:
        await self.note(undone=self._undone.model_copy(update=changes))

    async def fail(self, reason: str) -> None:
        await self._note(status="failed", finished_at=self.clock(), error=reason)

    async def work(self) -> None:
        # Each invocation writes records of its own, so that none is taken for one that was written before it.
        self._action = token_hex(8)
        await self._note(status="running")
        board = board_of(self.storage, self.project)
        await self._go_through(board)
        if self.record.use == "labels":
            await labels_set.happened(self.storage, self.project)
        elif not await board.suggestions.has_imported():
            await change_project(
                self.storage, self.project.id, lambda project: project.model_copy(update={"has_suggestions": False})
            )
            forget(self.project.id)
        await self._note(status="completed", finished_at=self.clock(), progress=1.0)

    async def _go_through(self, board: Board) -> None:
        total = sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
        done, saved_at = self._undone, time.monotonic()
        for first in range(done.next_pack, total, PACKS_AT_ONCE):
            packs = range(first, min(first + PACKS_AT_ONCE, total))
            put = await asyncio.gather(*(self._put_back(board, pack) for pack in packs))
            restored, left = (sum(counts) for counts in zip(*put, strict=True))
            update = {
                "next_pack": packs.stop,
                "progress": round(min(packs.stop / total, 0.99), 3),
                "restored": done.restored + restored,
                "left": done.left + left,
            }
            done, is_late = done.model_copy(update=update), self.is_late
            if is_late or packs.stop == total or time.monotonic() - saved_at > SAVE_EVERY_SECONDS:
                saved_at = time.monotonic()
                await self._note(**update)
            if is_late:
                raise Later

    async def _put_back(self, board: Board, pack: int) -> Put:
        if self.record.use == "suggestions":
            return Put(*await board.suggestions.withdraw(pack, self.record.id))
        written = await board.records.get(pack, f"r|{self.record.action_id}")
        if written is None:
            return Put()
        now = int(self.clock().timestamp() * 1000)
        by_undoing = Record(f"r|{self._action}", "restored", self._undone.by, now, {}, undoes=self.record.action_id)
        while True:
            project = self.project
            try:
                done = await undo(board, pack, None, by_undoing, project, kinds=IMPORTED, is_limited=False)
            except OldProject as old:
                self.project = await newest_project(self.storage, project.id, old)
                continue
            restored = len(done.restored) if done else 0
            return Put(restored, len(written.given) - restored)
