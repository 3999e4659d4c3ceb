"""Undoing imports in this process, as the queue's function does it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from functions.identity import ByWhom
from functions.imports.asking import ask_for_undo, load_undoable
from functions.imports.store import IMPORTS, Import, ImportMessage, Undone
from functions.imports.undo import UndoWork
from functions.storage import Storage

RUDI = ByWhom(by="rudi", by_name="Rudi")


def now() -> datetime:
    return datetime.now(UTC)


async def go_on(storage: Storage, one: Import, clock: Callable[[], datetime] = now, **more: Any) -> Undone:
    """One delivery of the message."""
    await UndoWork(storage, ImportMessage(project_id=one.project_id, import_id=one.id, undo=True), clock, **more).run()
    undone = (await IMPORTS.load(storage, one.project_id, one.id)).undone
    assert undone is not None
    return undone


async def asked_to_undo(storage: Storage, one: Import, clock: Callable[[], datetime] = now) -> Import:
    known, etag = await load_undoable(storage, one.project_id, one.id)
    return await ask_for_undo(storage, known, etag, by=RUDI, now=clock())


async def undone(storage: Storage, one: Import, clock: Callable[[], datetime] = now) -> Undone:
    """What came of undoing an import."""
    await asked_to_undo(storage, one, clock)
    done = await go_on(storage, one, clock)
    assert done.status == "completed", done.error
    return done
