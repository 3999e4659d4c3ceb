"""What it costs to tell how far people agree: no more than to tell how far they are."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from functions.agreement.triggers import get_agreement
from functions.callers.people import names
from functions.http.calls import Call
from functions.identity import Role
from functions.labeling.board import board_of
from functions.labeling.directory import RANGE_SIZE
from functions.labeling.head import moment
from functions.labeling.progress_triggers import get_progress
from functions.projects.access import Membership
from functions.storage import Storage
from tests.conftest import settings_of
from tests.labeling.project import NOW
from tests.labeling.ranges import fill, labeled_by_two
from tests.labeling.wire import Wire
from tests.projects.building import make
from tests.running import Storage as Azurite

RANGES = 3
PROJECT = make(id="agreement345", opinions={"least": 2, "most": 3, "share": 0.1})


async def test_agreement_costs_as_much_as_progress_however_many_images_there_are(
    storage: Storage, azurite: Azurite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three full ranges of which a tenth of the images have two opinions: a request for all of them, and one for the
    names of the people.
    """
    await storage.tables.table(PROJECT.images_table).create()
    await fill(board_of(storage, PROJECT), RANGES, labeled_by_two())
    spent: list[tuple[int, int]] = []

    async def told(tell: Callable[[Call[None, None]], Awaitable[Any]]) -> Any:
        """Of a process that has read nothing yet."""
        wire = Wire()
        with monkeypatch.context() as patch:
            patch.setattr("functions.storage.transport", lambda **_seconds: wire)
            here = Storage(settings_of(azurite, tmp_path))
            for room in ("agreement.triggers", "labeling.progress_triggers"):
                patch.setattr(f"functions.{room}.storage", lambda: here)
            answer = await tell(Call(None, None, {}, moment(NOW), None, Membership(PROJECT, Role.REVIEWER, (), "rita")))
        spent.append((len(wire.requests), sum(request.operations for request in wire.requests)))
        await here.close()
        return answer

    progress, agreement = await told(get_progress), await told(get_agreement)
    assert progress.total == RANGES * RANGE_SIZE * 99
    assert agreement.images >= RANGES * RANGE_SIZE * 4
    assert agreement.confusion
    people = len(await names(storage, fresh=True))
    assert spent == [(2, RANGES + people)] * 2
