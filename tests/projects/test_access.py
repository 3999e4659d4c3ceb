"""What calls about projects that are not there leave in a process: nothing."""

from typing import cast

import pytest

from functions.identity import Caller
from functions.ids import new_project_id
from functions.problems import NotFound
from functions.projects import access
from functions.storage import Storage

STRANGER = Caller("stranger", "stranger@example.org", is_administrator=False)
NEVER_ASKED = cast(Storage, None)


@pytest.mark.parametrize("project_id", ["", "x", "a" * 30_000, "..", "ABCDEFGHIJKM", "abcdefghijk\u0131"])
async def test_what_is_no_id_leaves_nothing(project_id: str) -> None:
    before = len(access._entries)
    with pytest.raises(NotFound):
        await access.membership(NEVER_ASKED, project_id, STRANGER)
    assert len(access._entries) == before


async def test_ids_of_projects_that_are_not_there_leave_nothing(storage: Storage) -> None:
    before = len(access._entries)
    for _ in range(20):
        with pytest.raises(NotFound):
            await access.membership(storage, new_project_id(), STRANGER)
    assert len(access._entries) == before
