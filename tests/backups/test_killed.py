"""A host that dies at any call to storage, while it backs a project up or restores it: what comes after it ends in the
same state, and nothing half-made is ever offered.
"""

import random
from pathlib import Path
from typing import Any

import pytest
from azure.core.pipeline.transport import AioHttpTransport

import functions.storage
from functions.backups.manifest import MANIFEST
from functions.backups.store import Restore
from functions.identity import Caller
from functions.problems import NotFound
from functions.projects.access import forget, membership
from functions.projects.store import load_project
from functions.storage import BACKUPS_CONTAINER, Storage
from tests.backups.scene import (
    ask_for_all,
    ask_for_backup,
    backed_up,
    blobs,
    break_locks,
    drop,
    is_there,
    make,
    project_with_everything,
    restore,
    restored,
    state_of,
)
from tests.conftest import settings_of
from tests.labeling.wire import HostDied
from tests.running import Storage as Azurite

# Each run of the tests dies at some of the calls, each time at others.
STRIDE = 25
HANNA = Caller("hanna", "Hanna", is_administrator=False)


class Mortal(AioHttpTransport):  # type: ignore[misc] # the SDK imports it late, without its types
    """All transports of one host, which dies at its n-th call: before it is sent, or before its answer is read."""

    left = 0
    is_sent = False

    async def send(self, request: Any, **kwargs: Any) -> Any:
        Mortal.left -= 1
        if Mortal.left < 0 or (Mortal.left == 0 and not Mortal.is_sent):
            raise HostDied
        answer = await super().send(request, **kwargs)
        if Mortal.left == 0:
            raise HostDied
        return answer


def mortal(azurite: Azurite, tmp_path: Path, calls: int, *, is_sent: bool) -> Storage:
    """A host that dies at that call, from 1."""
    Mortal.left, Mortal.is_sent = calls, is_sent
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(functions.storage, "transport", lambda **_: Mortal(use_env_settings=False))
        made = Storage(settings_of(azurite, tmp_path))
        # Made here, so that they die with it.
        _ = made.blobs, made.queues
    return made


@pytest.mark.parametrize("is_sent", [False, True], ids=["before the call", "after the call"])
async def test_a_backup_whose_host_died_at_any_call_is_completed_by_the_next(
    azurite: Azurite, storage: Storage, tmp_path: Path, is_sent: bool
) -> None:
    project = await project_with_everything(storage)
    before = await state_of(storage, project)
    for calls in range(random.randrange(STRIDE) + 1, 1000, STRIDE):
        backup, dying = await ask_for_backup(storage, project), mortal(azurite, tmp_path, calls, is_sent=is_sent)
        try:
            done = await make(dying, backup)
        except HostDied:
            await break_locks(storage, project.id)
            if f"{backup.folder}/{MANIFEST}" in await blobs(storage, BACKUPS_CONTAINER, backup.folder):
                assert await state_after(storage, project, backup.folder) == before, f"offered after {calls} calls"
            done = await make(storage, backup)
        finally:
            await dying.close()
        if Mortal.left > 0:
            assert calls > 20
            break
        assert done.status == "completed", f"cut at call {calls}: {done.error}"
        found = await blobs(storage, BACKUPS_CONTAINER, backup.folder)
        assert [name for name in found if "checkpoint" in name] == []
        if random.random() < 0.3:
            assert await state_after(storage, project, backup.folder) == before, f"cut at call {calls}"


async def state_after(storage: Storage, project: Any, folder: str) -> dict[str, Any]:
    """What a restoring makes of the folder in place of the project."""
    await drop(storage, project)
    done = await restored(storage, folder)
    assert done.status == "completed", done.error
    return await state_of(storage, project)


@pytest.mark.parametrize("is_sent", [False, True], ids=["before the call", "after the call"])
async def test_a_restoring_whose_host_died_at_any_call_is_completed_by_the_next(
    azurite: Azurite, storage: Storage, tmp_path: Path, is_sent: bool
) -> None:
    project = await project_with_everything(storage)
    before, backup = await state_of(storage, project), await backed_up(storage, project)
    for calls in range(random.randrange(STRIDE) + 1, 1000, STRIDE):
        await drop(storage, project)
        dying = mortal(azurite, tmp_path, calls, is_sent=is_sent)
        done: Restore | None = None
        try:
            asked = await ask_for_all(dying, backup.folder)
            done = await restore(dying, asked)
        except HostDied:
            await break_locks(storage, project.id)
            forget(project.id)
            await assert_hidden_or_whole(storage, project, before)
            done = await restored_again(storage, project, backup.folder)
        finally:
            await dying.close()
        if Mortal.left > 0:
            assert calls > 40
            break
        assert done is None or done.status == "completed", f"cut at call {calls}"
        assert await state_of(storage, project) == before, f"cut at call {calls}"


async def assert_hidden_or_whole(storage: Storage, project: Any, before: dict[str, Any]) -> None:
    try:
        await membership(storage, project.id, HANNA)
    except NotFound:
        return
    assert await state_of(storage, project) == before


async def restored_again(storage: Storage, project: Any, folder: str) -> Restore | None:
    """Asked for once more, unless it was over but for what is told of it."""
    if await is_there(storage, project) and (await load_project(storage, project.id)).restoring is None:
        return None
    return await restored(storage, folder)
