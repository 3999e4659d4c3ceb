"""Trainings whose process is killed: the next one ends what it began, once, or says that it cannot be done."""

from functions.assist.results import read_classifier, read_doubts
from functions.assist.run import TrainingWork
from functions.assist.store import TrainingMessage, ask_for_training
from functions.projects.lifecycle import delete_project
from functions.storage import MOST_DELIVERIES
from tests.assist.learning import (
    asked_looks,
    change,
    label,
    looked,
    project_with,
    standing,
    suggested,
    trainings,
    unlock,
)
from tests.refresh.scene import Account, Process, now, raises_death


async def dies(account: Account, project: str, request: int) -> bool:
    """A look whose process is killed at that request. False: it came to its end before."""
    mortal = await account.process()
    mortal.line.dies_at = request
    return await raises_death(lambda: looked(mortal, project))


async def assert_whole(one: Process, project_id: str) -> None:
    """What the records say is there, is; and what is there says something."""
    project = await one.project(project_id)
    learned = next((training for training in await trainings(one, project_id) if training.status == "completed"), None)
    assert learned is None or await read_classifier(one.storage, project, learned.id)
    await read_doubts(one.storage, project)
    assert (await standing(one, project_id)).status in ("waiting", "learning", "ready")


async def test_a_training_killed_at_any_request_is_ended_once_by_the_next_look(account: Account) -> None:
    survivor = await account.process()
    project = await project_with(survivor, [1, 2] * 12, [1, 2] * 6, pack_size=18)
    for done, request in enumerate(range(100), 1):
        # What was asked for has its record before; what is due gets one from the look.
        if done % 2:
            await ask_for_training(survivor.storage, project, now())
        else:
            await change(survivor, project, suggestion_precision=0.9 - done / 1000)
        is_dead = await dies(account, project, request)
        assert done - 1 <= len(await trainings(survivor, project)) <= done
        await assert_whole(survivor, project)
        await unlock(survivor, project)
        await looked(await account.process(), project)
        found = await trainings(survivor, project)
        assert [training.status for training in found] == ["completed"] * done
        await assert_whole(survivor, project)
        assert (await (await survivor.board(project)).suggestions.read(1)).training == found[0].id
        assert len(await suggested(survivor, project)) == 12
        if not is_dead:
            assert request > 5
            return
    raise AssertionError("it never came to its end")


async def test_a_training_that_is_killed_again_and_again_has_failed_in_words_and_labeling_goes_on(
    account: Account,
) -> None:
    survivor = await account.process()
    project = await project_with(survivor, [1, 2] * 10, [1, 2] * 20, pack_size=20)
    await looked(survivor, project)
    await change(survivor, project, suggestion_precision=0.9)
    whole = await account.process()
    await looked(whole, project)
    at = next(number for number, call in enumerate(whole.line.writes()) if "/models/" in call)
    await change(survivor, project, suggestion_precision=0.8)
    for tries in range(1, MOST_DELIVERIES + 1):
        assert await dies(account, project, at)
        await unlock(survivor, project)
        newest = (await trainings(survivor, project))[0]
        assert (newest.status, newest.tries) == ("running", tries)
        assert (await standing(survivor, project)).status == "learning"
    await looked(survivor, project)
    newest, *others = await trainings(survivor, project)
    assert (newest.status, newest.detail, len(others)) == ("failed", TrainingWork.given_up, 2)
    # What was learned before goes on being suggested, and labels are learned from when there are more.
    stands = await standing(survivor, project)
    assert (stands.status, stands.detail, stands.learned_from) == ("ready", TrainingWork.given_up, 20)
    assert len(await suggested(survivor, project)) == 40
    assert await label(survivor, project, 20) == 20
    await looked(survivor, project)
    assert (await trainings(survivor, project))[0].status == "completed"


async def test_what_was_tried_as_often_as_a_message_is_delivered_has_failed_in_words(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 4)
    message = TrainingMessage(project_id=project)
    await TrainingWork(one.storage, message, now).give_up()
    assert await trainings(one, project) == []
    asked = await ask_for_training(one.storage, project, now())
    assert (await ask_for_training(one.storage, project, now())).id == asked.id
    assert len(await asked_looks(one, project)) == 2
    await TrainingWork(one.storage, message, now).give_up()
    stands = await standing(one, project)
    assert (stands.status, stands.detail) == ("failed", TrainingWork.given_up)
    await TrainingWork(one.storage, message, now).give_up()
    assert [training.status for training in await trainings(one, project)] == ["failed"]
    await delete_project(one.storage, await one.project(project))
    await TrainingWork(one.storage, message, now).give_up()
