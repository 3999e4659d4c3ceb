"""Undoing an import as a whole, pack by pack. What is still as the import has left it stands again as it did before:
labels by the records of their pack, suggestions by what the import has kept of those that it replaced.

How many do is seen by how they stand, so a pack that an invocation did before it was cut off tells the same again.
"""

from collections.abc import AsyncGenerator, Sequence
from functools import partial
from secrets import token_hex
from typing import Any, NamedTuple

from functions.hooks import labels_set
from functions.imports.packwise import PACKS_AT_ONCE, count_packs, through_packs
from functions.imports.store import IMPORTS, LOCK, Import, ImportMessage, Undone
from functions.labeling.board import Board, board_of
from functions.labeling.record import Record
from functions.labeling.refusals import OldProject
from functions.labeling.removing import newest_project
from functions.labeling.undoing import IMPORTED, undo
from functions.longwork import RecordedWork
from functions.projects.access import forget
from functions.projects.store import change_project, load_project
from functions.storage import IMPORTS_QUEUE


class Put(NamedTuple):
    """What became of the images of packs: restored stand as they did before the import, left do not."""

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
        self._put = Put(self._undone.restored, self._undone.left)
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
        await self._note(status="completed", finished_at=self.clock(), progress=1.0, **self._put._asdict())

    async def _go_through(self, board: Board) -> None:
        total = await count_packs(board)
        packs = _some_packs(self._undone.next_pack, total)
        await through_packs(self, total, packs, partial(self._put_back, board), self._save)

    async def _save(self, next_pack: int, progress: float) -> None:
        await self._note(next_pack=next_pack, progress=progress, **self._put._asdict())

    async def _put_back(self, board: Board, pack: int) -> None:
        put = await self._put_pack_back(board, pack)
        self._put = Put(self._put.restored + put.restored, self._put.left + put.left)

    async def _put_pack_back(self, board: Board, pack: int) -> Put:
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


async def _some_packs(first: int, total: int) -> AsyncGenerator[tuple[Sequence[int], int], None]:
    for number in range(first, total, PACKS_AT_ONCE):
        packs = range(number, min(number + PACKS_AT_ONCE, total))
        yield packs, packs.stop
