"""What a training left is damaged, or its project is taken away or switched off: each has an answer, and labeling goes
on.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from functions.assist import run
from functions.assist.learning import Learned, learn
from functions.assist.results import DOUBTS_DAMAGED, _kept, read_doubts
from functions.assist.store import ask_for_training
from functions.locks import LockedByOther
from functions.problems import Conflict
from functions.projects.lifecycle import delete_project
from functions.review.actions import Action, reject
from tests.assist.learning import (
    asked_looks,
    change,
    give_features,
    label,
    looked,
    project_with,
    standing,
    suggested,
    trainings,
    work_looks_off,
)
from tests.assist.scene import switch
from tests.refresh.scene import Account, Process, now


async def damage(one: Process, project_id: str, blob: str, content: bytes | None) -> None:
    """None: it is gone."""
    container = one.storage.container((await one.project(project_id)).previews_container)
    if content is None:
        await container.delete_blob(blob)
    else:
        await container.upload_blob(blob, content, overwrite=True)
    # As in a process that has not read it yet.
    _kept.clear()


@pytest.mark.parametrize("content", [b"no archive", b"PK\x03\x04 cut off", None], ids=["none", "cut off", "gone"])
async def test_a_damaged_classifier_is_learned_anew_by_the_next_look(account: Account, content: bytes | None) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2] * 20, pack_size=24)
    await looked(one, project)
    (first,) = await trainings(one, project)
    await damage(one, project, f"models/{first.id}.npz", content)
    await looked(one, project)
    assert await work_looks_off(one, project) == 1
    assert [training.status for training in await trainings(one, project)] == ["completed"] * 2
    assert len(await suggested(one, project)) == 40


async def test_a_damaged_classifier_that_cannot_be_learned_anew_is_tried_once(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2] * 20, pack_size=24)
    await looked(one, project)
    (first,) = await trainings(one, project)
    await reject(await one.board(project), 0, dict.fromkeys(range(24)), Action("rita", 1), None)
    await damage(one, project, f"models/{first.id}.npz", None)
    await looked(one, project)
    assert await work_looks_off(one, project) == 1
    await looked(one, project)
    assert await work_looks_off(one, project) == 0
    assert [training.status for training in await trainings(one, project)] == ["waiting", "completed"]
    stands = await standing(one, project)
    assert "'Cat' has 0, 'Dog' has 0. Until then they go by what was learned before." in str(stands.detail)
    # From what is labeled now it learns by itself again.
    assert await label(one, project, 24) == 24
    await looked(one, project)
    assert (await trainings(one, project))[0].status == "completed"


async def test_labels_whose_features_are_damaged_are_left_out_and_learned_from_once_they_have_some(
    account: Account,
) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 24, [1, 2] * 12, pack_size=24)
    await damage(one, project, "features/000000.npz", b"no archive")
    await looked(one, project)
    (training,) = await trainings(one, project)
    assert (training.status, training.labels, training.lacking) == ("completed", 24, 24)
    await damage(one, project, "features/000001.npz", b"no archive")
    await ask_for_training(one.storage, project, now())
    await looked(one, project)
    newest = (await trainings(one, project))[0]
    assert (newest.status, newest.labels) == ("waiting", 0)
    assert str(newest.detail).startswith("48 of 48 labeled images are not looked at yet. Suggestions need 5")
    assert str((await standing(one, project)).detail).startswith("48 of 48 labeled images are not looked at yet.")
    await give_features(one, await one.project(project), [0, 1])
    await looked(one, project)
    assert len(await trainings(one, project)) == 2
    await looked(one, project, has_features=True)
    await looked(one, project, has_features=True)
    newest, *others = await trainings(one, project)
    assert (newest.status, newest.labels, newest.lacking, len(others)) == ("completed", 48, 0, 2)


@pytest.mark.parametrize("content", [b"", b"[[0,", b"{}", b"[[0,1]]", b'[["a",1,1,1,0.5,true]]', b"\xff\xfe"])
async def test_a_damaged_list_of_doubts_is_told_in_words_until_it_is_made_anew(
    account: Account, content: bytes
) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12)
    await looked(one, project)
    await damage(one, project, "doubts.json", content)
    with pytest.raises(Conflict) as raised:
        await read_doubts(one.storage, await one.project(project))
    assert raised.value.detail == DOUBTS_DAMAGED
    await ask_for_training(one.storage, project, now())
    await work_looks_off(one, project)
    assert await read_doubts(one.storage, await one.project(project)) == []


Act = Callable[[Process, str], Awaitable[object]]


async def deleted(one: Process, project: str) -> None:
    await delete_project(one.storage, await one.project(project))


async def switched_off(one: Process, project: str) -> None:
    await switch(one, project, on=False)


async def given_another_aim(one: Process, project: str) -> None:
    await change(one, project, suggestion_precision=0.8)
    await ask_for_training(one.storage, project, now())


def while_it_learns(monkeypatch: pytest.MonkeyPatch, act: Act, one: Process, project: str) -> None:
    """What happens, once, while a look learns in its thread."""
    loop = asyncio.get_running_loop()

    def learning(*given: object, **more: object) -> Learned:
        monkeypatch.setattr(run, "learn", learn)
        asyncio.run_coroutine_threadsafe(act(one, project), loop).result()  # type: ignore[arg-type]
        return learn(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "learn", learning)


async def test_a_project_that_is_deleted_while_it_learns_leaves_nothing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2])
    while_it_learns(monkeypatch, deleted, one, project)
    await looked(one, project)
    assert await trainings(one, project) == []
    assert await asked_looks(one, project) == []
    await looked(one, project)


async def test_a_project_that_is_switched_off_while_it_learns_shows_nothing_and_what_waits_is_told(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2] * 12, pack_size=24)
    while_it_learns(monkeypatch, switched_off, one, project)
    await looked(one, project)
    assert await suggested(one, project) == {}
    stands = await standing(one, project)
    assert (stands.status, stands.detail, stands.learns_at) == ("off", None, None)
    await ask_for_training(one.storage, project, now())
    await work_looks_off(one, project)
    newest = (await trainings(one, project))[0]
    assert (newest.status, newest.detail) == ("waiting", run.SWITCHED_OFF)
    # On again, what it has learned is there, and it learns when it is due.
    await switch(one, project, on=True)
    assert len(await suggested(one, project)) == 24
    assert (await standing(one, project)).status == "ready"
    assert await label(one, project, 24) == 24
    await looked(one, project)
    assert (await trainings(one, project))[0].labels == 48


async def test_how_right_sure_suggestions_are_to_be_is_heeded_when_it_changes_while_it_learns_or_is_off(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2])
    while_it_learns(monkeypatch, given_another_aim, one, project)
    await looked(one, project)
    await work_looks_off(one, project)
    assert [training.precision for training in await trainings(one, project)] == [0.8, 0.95]
    await switch(one, project, on=False)
    await change(one, project, suggestion_precision=0.99)
    await switch(one, project, on=True)
    await looked(one, project, has_features=True)
    await looked(one, project)
    assert [training.precision for training in await trainings(one, project)] == [0.99, 0.8, 0.95]


async def test_nothing_is_learned_in_a_project_that_is_being_restored(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2])
    await change(one, project, restoring="r1")
    await looked(one, project)
    assert await trainings(one, project) == []


async def test_a_look_that_loses_its_lock_is_made_again(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2])

    def lost(*_: object, **__: object) -> Learned:
        raise LockedByOther

    with monkeypatch.context() as patch:
        patch.setattr(run, "learn", lost)
        await looked(one, project)
    assert await work_looks_off(one, project) == 1
    assert [training.status for training in await trainings(one, project)] == ["completed"]
