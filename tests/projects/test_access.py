"""What calls about projects that are not there leave in a process: nothing."""

import gc
from collections.abc import Sized
from typing import cast

import pytest

from functions.identity import Caller, Role
from functions.ids import new_project_id
from functions.problems import NotFound
from functions.projects import access
from functions.storage import Storage

STRANGER = Caller("stranger", "stranger@example.org", is_administrator=False)
KEPT: dict[str, Sized] = {"entries": access._entries, "times": access._forgotten_at, "locks": access._locks}
NEVER_ASKED = cast(Storage, None)


def kept() -> dict[str, int]:
    gc.collect()
    return {name: len(collection) for name, collection in KEPT.items()}


@pytest.mark.parametrize("project_id", ["", "x", "a" * 30_000, "..", "ABCDEFGHIJKM", "abcdefghijk\u0131"])
async def test_what_is_no_id_leaves_nothing(project_id: str) -> None:
    before = kept()
    with pytest.raises(NotFound):
        await access.membership(NEVER_ASKED, project_id, STRANGER)
    with pytest.raises(NotFound):
        await access.what_is_left(NEVER_ASKED, project_id, STRANGER, Role.LABELER)
    assert kept() == before


async def test_ids_of_projects_that_are_not_there_leave_nothing(storage: Storage) -> None:
    before = kept()
    for _ in range(20):
        with pytest.raises(NotFound):
            await access.membership(storage, new_project_id(), STRANGER)
    assert kept() == before


def test_no_more_is_kept_than_so_many_projects() -> None:
    for _ in range(access.MOST_KEPT + 10):
        access.forget(new_project_id())
    assert len(access._forgotten_at) == access.MOST_KEPT
    access._forgotten_at.clear()
