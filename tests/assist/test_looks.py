"""Looks: one at a time, at a cost that does not grow with what waits, and never in the way of who labels."""

import asyncio
import re
from typing import Any

import pytest

from functions.assist.store import TRAININGS, TrainingMessage, ask_for_training, new_training
from functions.http.calls import Call
from functions.identity import Role
from functions.labeling.rows import image_id
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.projects.access import Membership
from functions.review import answers, image_triggers, triggers
from functions.review.wire import CorrectionRequest, CorrectionsRequest, RejectionRequest, UndoRequest
from tests.assist.learning import (
    BIRD,
    CAT,
    DOG,
    asked_looks,
    label,
    leased,
    looked,
    more_packs,
    project_with,
    submit,
    suggested,
    trainings,
    work_looks_off,
)
from tests.assist.scene import photos, switch, taken_in
from tests.imports.importing import imported
from tests.refresh.scene import Account, now


async def test_two_looks_at_once_train_once_and_neither_is_lost(account: Account) -> None:
    first, second = await account.process(), await account.process()
    project = await project_with(first, [1, 2] * 12, [1, 2] * 12, pack_size=24)
    await asyncio.gather(looked(first, project, pack=1), looked(second, project, pack=1))
    (other,) = await asked_looks(first, project)
    assert other.pack == 1
    await looked(second, project)
    assert [training.status for training in await trainings(first, project)] == ["completed"]
    assert len(await suggested(first, project)) == 24


async def test_of_two_trainings_that_are_asked_for_at_once_none_is_left_queued(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12)
    # As two that both found none to join.
    for _ in range(2):
        await TRAININGS.insert(one.storage, new_training(project, "queued", now()))
    await looked(one, project)
    await looked(one, project)
    assert [training.status for training in await trainings(one, project)] == ["completed"] * 2


async def test_learning_again_costs_the_same_however_many_packs_wait(account: Account) -> None:
    costs = []
    for more in (0, 288):
        one = await account.process()
        project = await project_with(one, [1, 2] * 12, [1, 2] * 24, pack_size=4)
        if more:
            await more_packs(one, project, more, 4)
        await looked(one, project)
        other = await account.process()
        await ask_for_training(other.storage, project, now())
        other.line.asked.clear()
        await looked(other, project)
        assert [training.status for training in await trainings(one, project)] == ["completed"] * 2
        # Without what differs between projects, trainings and packs.
        asked = [re.sub(r"\d[0-9a-f]*", "", call.replace(project, "").split("?")[0]) for call in other.line.asked]
        costs.append(sorted(asked))
    assert costs[0] == costs[1]


async def test_nothing_is_put_in_place_of_what_people_look_at_or_have_judged(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2] * 12, labels=(CAT, DOG, BIRD), pack_size=24)
    await looked(one, project)
    before = await suggested(one, project)
    labeled = {image_id(1, slot) for slot in range(6)}
    assert await label(one, project, 6) == 6
    page = await leased(one, project, 6)
    held = {image_id(1, slot) for slot in page.lease.slots}
    assert labeled.isdisjoint(held)
    wrong = {slot: Suggestion(BIRD.id, 0.5) for slot in range(24)}
    await (await one.board(project)).suggestions.put_learned(1, range(24), wrong, "t0")
    await ask_for_training(one.storage, project, now())
    await looked(await account.process(), project)
    after = await suggested(one, project)
    assert {image for image, suggestion in after.items() if suggestion.label == BIRD.id} == labeled | held
    assert {image: after[image].label for image in after.keys() - labeled - held} == {
        image: suggestion.label for image, suggestion in before.items() if image not in labeled | held
    }


async def test_a_page_is_judged_by_what_it_showed_whatever_is_suggested_since(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 12, [1, 2] * 12, pack_size=24)
    await looked(one, project)
    suggestions, known = (await one.board(project)).suggestions, await one.project(project)
    shown = await suggestions.of_lease(1, "000001-a", known)
    unsure = {slot: Suggestion(CAT.id, 0.5) for slot in range(24)}
    await suggestions.put_learned(1, range(24), unsure, "t0")
    assert await suggestions.of_lease(1, "000001-a", known) == shown
    assert (await suggestions.of_lease(1, "000001-b", known)).by_slot == unsure != shown.by_slot


async def test_images_that_are_new_in_a_pack_get_suggestions_once_they_were_seen_without(account: Account) -> None:
    one = await account.process()
    folder, project = await taken_in(one, photos(10), on=True)
    await one.prepare(project)
    board = await one.board(project)
    page = await leased(one, project, 10)
    labels = {slot: 1 + number % 2 for number, slot in enumerate(page.lease.slots)}
    await submit(one, project, page, labels)
    await folder.put(photos(4, first=10))
    await one.refresh(project)
    await one.prepare(project)
    await asked_looks(one, project)
    await ask_for_training(one.storage, project, now())
    await work_looks_off(one, project)
    assert len(await suggested(one, project)) == 4
    # The last pack is topped up while nobody has touched it; this process thinks that it has written it.
    await folder.put(photos(4, first=14))
    await one.refresh(project)
    await one.prepare(project)
    await looked(one, project)
    assert len(await suggested(one, project)) == 4
    page = await leased(one, project, 8)
    assert isinstance(page, Page)
    await looked(one, project, pack=page.pack)
    assert len(await suggested(one, project)) == 4
    await board.queue.release("lena", page.lease.id, now=int(now().timestamp() * 1000))
    await looked(one, project, pack=page.pack)
    assert len(await suggested(one, project)) == 8


async def test_labels_that_reviewers_set_or_take_back_are_looked_at_where_suggestions_are_on(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await account.process()
    for module in (triggers, image_triggers, answers):
        monkeypatch.setattr(module, "storage", lambda: one.storage)
    project_id = await project_with(one, [1, 2] * 12)
    images = [{"id": image_id(0, slot)} for slot in range(4)]
    rejecting = RejectionRequest.model_validate({"images": images})
    correcting = CorrectionsRequest.model_validate({"images": images, "labels": ["Dog"]})
    correcting_one = CorrectionRequest.model_validate({"labels": ["Cat"]})
    for on in (True, False):
        member = Membership(await switch(one, project_id, on=on), Role.REVIEWER, (), "rita")

        def call(body: Any, member: Membership = member, **params: str) -> Call[Any, None]:
            return Call(body, None, params, now(), None, member)

        asked = []
        done: Any = await triggers.reject_images(call(rejecting))
        asked.append(await asked_looks(one, project_id))
        undoing = UndoRequest.model_validate({"images": [image["id"] for image in images]})
        await triggers.undo_review(call(undoing, review_id=done.id))
        asked.append(await asked_looks(one, project_id))
        await triggers.correct_images(call(correcting))
        asked.append(await asked_looks(one, project_id))
        await image_triggers.correct_labels(call(correcting_one, image_id=images[0]["id"]))
        asked.append(await asked_looks(one, project_id))
        assert asked == [[TrainingMessage(project_id=project_id)] if on else []] * 4


async def test_imported_labels_are_learned_from(account: Account) -> None:
    one = await account.process()
    project_id = await project_with(one, [], [1, 2] * 12)
    project = await one.project(project_id)
    lines = [f"{number % 2 + 1}-{number}.png,{('Cat', 'Dog')[number % 2]}" for number in range(24)]
    content = "\n".join(["image,label", *lines])
    for dry_run, labeled, looks in ((True, 24, 0), (False, 24, 1), (False, 0, 0)):
        done = await imported(one.storage, project, content, dry_run=dry_run)
        assert done.outcome.labeled == labeled
        assert await work_looks_off(one, project_id) == looks
    assert [training.labels for training in await trainings(one, project_id)] == [24]
