"""Asking for more opinions on all that matches a filter, by a message that may come again."""

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from functions.labeling.board import board_of
from functions.projects.model import Project
from functions.review import asking
from functions.review.actions import Action, ask, correct
from functions.review.asking import AskingMessage, ask_for_matching
from functions.review.wire import ImagesFilter
from functions.storage import Storage
from functions.tables import Tables
from tests.conftest import settings_of
from tests.exports.scene import AT, CAT, DOG, Picture, project_of
from tests.labeling.heads import saying
from tests.labeling.wire import HostDied, Wire
from tests.running import Storage as Azurite

PACKS, MOST = 12, 4


@pytest_asyncio.fixture
async def project(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Two images a pack, the first of which is a cat; four may be asked about at once."""
    monkeypatch.setattr(asking, "MOST_ASKED", MOST)
    monkeypatch.setattr(asking, "AT_ONCE", 3)
    pictures = [Picture(f"{number:02}.png", DOG.id if number % 2 else CAT.id) for number in range(2 * PACKS)]
    return await project_of(storage, pictures, pack_size=2)


def message_of(project: Project) -> AskingMessage:
    wanted = ImagesFilter(label="Cat")
    return AskingMessage(project_id=project.id, action_id="0123456789abcdef", by="rita", at=AT + 1, filter=wanted)


async def asked(storage: Storage, project: Project) -> list[int]:
    """The packs whose first image waits for another opinion."""
    rows = board_of(storage, project).rows
    slots = [(await rows.read_head(pack)).head.slots[0] for pack in range(PACKS)]
    return [pack for pack, slot in enumerate(slots) if slot.asked]


async def test_so_many_at_most_are_asked_about_and_once(storage: Storage, project: Project) -> None:
    for _ in range(2):
        await ask_for_matching(storage, project, message_of(project))
        assert await asked(storage, project) == [0, 1, 2, 3]


async def test_what_was_cut_off_goes_on_with_the_same_images(
    storage: Storage, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dying(board: Any, pack: int, *others: Any) -> Any:
        if pack >= 2:
            raise HostDied
        return await ask(board, pack, *others)

    with monkeypatch.context() as patch:
        patch.setattr(asking, "ask", dying)
        patch.setattr("functions.labeling.selection.PACKS_AT_ONCE", 1)
        with pytest.raises(HostDied):
            await ask_for_matching(storage, project, message_of(project))
    assert await asked(storage, project) == [0, 1]
    board = board_of(storage, project)
    # Meanwhile another says of one that it is a dog, and of one of the others that it is a cat.
    await correct(board, 3, {0: None}, Action("rudi", AT + 2), project, saying(DOG.id))
    await correct(board, 1, {1: None}, Action("rudi", AT + 2), project, saying(CAT.id))
    await ask_for_matching(storage, project, message_of(project))
    assert await asked(storage, project) == [0, 1, 2]


async def test_that_costs_what_the_packs_cost_which_were_asked_about(
    storage: Storage, azurite: Azurite, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_for_matching(storage, project, message_of(project))
    blob = storage.container(project.previews_container).get_blob_client("askings/0123456789abcdef.json")
    whole = asking.Chosen(packs={pack: {0: AT} for pack in range(MOST)})
    for left, least, most in ((whole, MOST, 3 * MOST), (asking.Chosen(), 0, 0)):
        await blob.upload_blob(left.model_dump_json().encode(), overwrite=True)
        # A process that has read nothing yet.
        here, wire = Storage(settings_of(azurite, tmp_path)), Wire()
        with monkeypatch.context() as patch:
            patch.setattr(here, "tables", Tables.by_connection_string(azurite.data_storage, wire))
            await ask_for_matching(here, project, message_of(project))
            await here.tables.aclose()
        await here.close()
        assert least <= len(wire.requests) <= most
