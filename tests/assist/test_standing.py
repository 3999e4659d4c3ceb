"""What is said of a project's suggestions, in figures and in words."""

import pytest

from functions.assist.run import TrainingWork
from functions.assist.standing import LATELY, NEVER_SURE
from functions.assist.store import TRAININGS, Shown, ask_for_training, new_training
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.tasks.annotation import Annotation
from tests.assist.learning import (
    change,
    label,
    looked,
    project_with,
    standing,
    suggested,
    trainings,
    truth,
)
from tests.assist.scene import switch
from tests.refresh.scene import Account, Process, now


async def submitted(one: Process, project_id: str, count: int, *, hidden: bool = False, wrong: int = 0) -> None:
    """A page of images of which all are suggested to be what they look like, labeled so but for some."""
    board, project, at = await one.board(project_id), await one.project(project_id), int(now().timestamp() * 1000)
    async for pack, _, images in board.rows.scan():
        sure = {slot: Suggestion(truth(image.name), 0.99, sure=True) for slot, image in enumerate(images)}
        await board.suggestions.put_learned(pack, sure, sure, "t")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("functions.labeling.hiding.one_in", lambda *_: int(hidden))
        page = await board.queue.lease(project, "lena", count, (), now=at)
        assert isinstance(page, Page)
        kinds = {slot: truth(page.images[slot].name) for slot in page.lease.slots}
        given = {
            slot: Annotation((3 - kind if place < wrong else kind,)) for place, (slot, kind) in enumerate(kinds.items())
        }
        await board.queue.submit(project, "lena", page.lease.id, given, {}, now=at)


async def test_each_state_is_told_in_its_words(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 6, [1, 2] * 30, pack_size=12)

    async def told() -> tuple[str, str | None]:
        stands = await standing(one, project)
        return stands.status, stands.detail

    await switch(one, project, on=False)
    assert await told() == ("off", None)
    await switch(one, project, on=True)
    await looked(one, project)
    assert await told() == ("waiting", "Suggestions are learned for the first time at 20 labels.")
    await change(one, project, assist_trouble="The model file is gone.")
    assert await told() == ("failed", "The model file is gone.")
    await change(one, project, assist_trouble=None)
    asked = await ask_for_training(one.storage, project, now())
    assert await told() == ("learning", None)
    failed = {"status": "failed", "detail": TrainingWork.given_up, "finished_at": now()}
    await TRAININGS.save(one.storage, asked.model_copy(update=failed))
    assert await told() == ("failed", TrainingWork.given_up)
    await label(one, project, 12)
    await looked(one, project)
    assert (await standing(one, project)).status == "ready"
    unsure = (await trainings(one, project))[0].model_copy(update={"sure_from": None, "sure_share": 0.0})
    await TRAININGS.save(one.storage, unsure)
    assert await told() == ("ready", NEVER_SURE)
    figures = (await standing(one, project)).waiting
    assert figures
    assert (figures.sure, figures.unsure) == (0, 48)
    assert len(await suggested(one, project)) == 48


async def test_lately_are_the_latest_some_hundred_sure_suggestions_that_people_saw(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 40, [1, 2] * 160, pack_size=80)

    async def lately() -> tuple[int, int]:
        told = (await standing(one, project)).lately
        return (told.suggested, told.right) if told else (0, 0)

    assert await lately() == (0, 0)
    await submitted(one, project, 80, wrong=8)
    assert await lately() == (80, 72)
    # A training notes what had become of suggestions when it began: what is before the latest ones is left out.
    begun = new_training(project, "completed", now())
    await TRAININGS.insert(one.storage, begun.model_copy(update={"shown": Shown(suggested=80, accepted=72)}))
    await submitted(one, project, 80)
    assert await lately() == (160, 152)
    await submitted(one, project, 80, wrong=1)
    assert await lately() == (240, 231)
    assert 240 - 80 < LATELY <= 320 - 80
    await submitted(one, project, 80)
    assert await lately() == (240, 239)


async def test_hidden_ones_are_counted_apart_and_nobody_but_reviewers_sees_what_others_did(
    account: Account,
) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2] * 30, pack_size=84)
    await submitted(one, project, 20, hidden=True, wrong=3)
    await submitted(one, project, 20, wrong=2)
    stands = await standing(one, project)
    assert stands.hidden
    assert (stands.hidden.images, stands.hidden.right) == (20, 17)
    assert [round(end, 2) for end in stands.hidden.interval] == [0.64, 0.95]
    assert [(mine.user_id, mine.accepted, mine.changed) for mine in stands.by_labeler] == [("lena", 18, 2)]
