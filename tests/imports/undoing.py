"""Undoing imports in this process, as the queue's function does it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from functions.identity import ByWhom
from functions.imports.asking import ask_for_undo
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


async def undone(storage: Storage, one: Import, clock: Callable[[], datetime] = now) -> Undone:
    """What came of undoing an import."""
    await ask_for_undo(storage, one.project_id, one.id, by=RUDI, now=clock())
    done = await go_on(storage, one, clock)
    assert done.status == "completed", done.error
    return done
