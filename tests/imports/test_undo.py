"""Undoing imports as a whole: what nobody has changed since stands as before, with its history."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.imports.asking import why_not
from functions.imports.run import ImportWork
from functions.imports.store import IMPORTS, LOCK, Import, ImportMessage
from functions.imports.undo import UndoWork
from functions.imports.wire import import_answer
from functions.labeling.board import board_of
from functions.labeling.head import WAITING, Head
from functions.labeling.merging import merge_labels
from functions.labeling.progress import read_progress
from functions.labeling.record import Record
from functions.labeling.removing import change_labels
from functions.labeling.rows import PackRows, Version
from functions.labeling.suggestion_rows import Suggestions, Withdrawn
from functions.labeling.work_queue import Page
from functions.locks import lock_of, locked
from functions.problems import Conflict
from functions.projects.labels import Wanted, merge, relabel
from functions.projects.model import Label, Project
from functions.projects.store import load_project
from functions.review.actions import Action, correct, reject
from functions.review.images import history_of
from functions.review.undoing import undo as undo_review
from functions.storage import Storage
from functions.tasks.annotation import of_labels
from tests.exports.scene import AT, CAT, DOG, Picture, exported, project_of
from tests.exports.scene import board_of as another_board_of
from tests.imports.importing import HostDied, ask, dying_at, go, imported, labels_of, suggestions_of, table
from tests.imports.undoing import asked_to_undo, go_on, undone
from tests.labeling.heads import saying
from tests.labeling.project import assert_alike

WAITS = [Picture(f"{number}.png", None, WAITING) for number in range(12)]
TABLE = table(*[(one.name, "Cat") for one in WAITS])
PACK = 4


async def heads_of(storage: Storage, project: Project) -> list[Head]:
    return [head async for _, head, _ in board_of(storage, project).rows.scan()]


async def letters_of(storage: Storage, project: Project) -> str:
    return "".join(known.letters for known in await board_of(storage, project).directory.ranges(fresh=True))


async def label(storage: Storage, project: Project, who: str, count: int, label_id: int) -> None:
    queue = board_of(storage, project).queue
    page = await queue.lease(project, who, count, [], now=AT)
    assert isinstance(page, Page)
    await queue.submit(
        project, who, page.lease.id, dict.fromkeys(page.lease.slots, of_labels([label_id])), {}, now=AT + 1
    )


async def test_an_import_is_undone_as_if_it_had_not_been(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    await label(storage, project, "ann", 3, DOG.id)
    before, export = await labels_of(storage, project), (await exported(storage, project, "csv"))[1]
    figures = (await read_progress(board_of(storage, project), AT)).counts
    done = await imported(storage, project, TABLE)
    assert done.outcome.labeled == 12
    answer = import_answer(done, project)
    assert (answer.undoable, answer.undone) == (True, None)
    came = await undone(storage, done)
    assert (came.restored, came.left, came.progress, came.by) == (12, 0, 1.0, "rudi")
    assert await labels_of(storage, project) == before
    assert_alike((await read_progress(board_of(storage, project), AT)).counts, figures)
    again, files = await exported(storage, project, "csv")
    assert files["labels.csv"] == export["labels.csv"]
    assert again.changes is not None
    assert (again.changes.added, again.changes.changed, again.changes.removed) == (0, 0, 0)
    board = board_of(storage, project)
    told = [[(one.action, one.by) for one in await history_of(board, pack, 0)] for pack in range(3)]
    assert sorted(told, key=len)[-1] == [("labeled", "ann"), ("imported", "the boss"), ("restored", "rudi")]
    answer = import_answer(await IMPORTS.load(storage, project.id, done.id), project)
    assert answer.undone is not None
    assert (answer.undoable, answer.undone.status, answer.undone.by_name) == (False, "completed", "Rudi")


async def test_packs_that_nobody_else_has_worked_on_are_closed_as_before(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    assert await letters_of(storage, project) == "www"
    done = await imported(storage, project, TABLE)
    assert await letters_of(storage, project) == "ddd"
    await undone(storage, done)
    assert await letters_of(storage, project) == "www"
    assert all(head.is_untouched and head.frozen for head in await heads_of(storage, project))


async def test_what_somebody_has_changed_since_stays_and_is_told(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    done = await imported(storage, project, TABLE)
    board = board_of(storage, project)
    await correct(board, 0, {1: None}, Action("rita", AT), project, saying(DOG.id))
    await reject(board, 1, {2: None}, Action("rita", AT), None)
    came = await undone(storage, done)
    assert (came.restored, came.left) == (10, 2)
    assert await labels_of(storage, project) == {"1.png": [DOG.id]}
    heads = await heads_of(storage, project)
    assert [index for index, slot in enumerate(heads[1].slots) if slot.rejection] == [2]


async def test_a_rejected_image_waits_for_being_labeled_again_as_before(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    await label(storage, project, "ann", 4, DOG.id)
    board = board_of(storage, project)
    pack = next(pack for pack, head in enumerate(await heads_of(storage, project)) if head.labelers)
    rejecting = Action("rita", AT)
    await reject(board, pack, {0: None}, rejecting, None)
    done = await imported(storage, project, TABLE)
    await undone(storage, done)
    head = (await heads_of(storage, project))[pack]
    assert (head.slots[0].rejection, head.rejected) == (rejecting.id, (1,))
    assert (await letters_of(storage, project))[pack] == "r"
    again = await undo_review(board, pack, [0], rejecting.id, Action("rudi", AT), project)
    assert again is not None
    assert again.restored == {0}
    assert (await heads_of(storage, project))[pack].slots[0].labels == (DOG.id,)


async def test_no_review_is_undone_by_an_imports_id_and_no_import_as_a_review(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    done = await imported(storage, project, TABLE)
    board = board_of(storage, project)
    assert await undo_review(board, 0, [0], done.action_id, Action("rita", AT), project) is None


async def test_imports_over_one_another_are_undone_in_any_order(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    first = await imported(storage, project, TABLE)
    second = await imported(storage, project, table(("0.png", "Dog"), ("5.png", "Dog")))
    came = await undone(storage, first)
    assert (came.restored, came.left) == (10, 2)
    assert await labels_of(storage, project) == {"0.png": [DOG.id], "5.png": [DOG.id]}
    came = await undone(storage, second)
    assert (came.restored, came.left) == (2, 0)
    assert await labels_of(storage, project) == {"0.png": [CAT.id], "5.png": [CAT.id]}
    came = await undone(storage, first)
    assert (came.restored, came.left) == (12, 0)
    assert await labels_of(storage, project) == {}


async def test_a_label_that_is_gone_does_not_come_back(storage: Storage) -> None:
    project = await project_of(storage, WAITS, labels=(CAT, DOG, Label(id=3, name="Bird")), pack_size=PACK)
    first = await imported(storage, project, table(("0.png", "Bird")))
    done = await imported(storage, project, TABLE)
    kept = [Wanted(label.id, label.name) for label in (CAT, DOG)]
    await change_labels(storage, project, lambda known, used: relabel(known, kept, used), AT)
    came = await undone(storage, done)
    assert (came.restored, came.left) == (11, 1)
    assert await labels_of(storage, project) == {"0.png": [CAT.id]}
    assert (await undone(storage, first)).left == 1


async def test_an_import_that_failed_midway_is_undone_as_far_as_it_came(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    asked = await ask(storage, project, TABLE)
    work = ImportWork(storage, ImportMessage(project_id=project.id, import_id=asked.id), lambda: datetime.now(UTC))
    with pytest.MonkeyPatch.context() as patch:
        dying_at(2, patch)
        with pytest.raises(HostDied):
            await work.run()
    await work.give_up()
    failed = await IMPORTS.load(storage, project.id, asked.id)
    assert (failed.status, failed.outcome.labeled) == ("failed", 0)
    labeled = len(await labels_of(storage, project))
    assert labeled >= PACK
    came = await undone(storage, failed)
    assert (came.restored, came.left) == (labeled, 0)
    assert await labels_of(storage, project) == {}


async def test_a_label_that_was_merged_since_counts_as_the_other_where_it_comes_back(storage: Storage) -> None:
    project = await project_of(storage, WAITS, labels=(CAT, DOG, Label(id=3, name="Bird")), pack_size=PACK)
    await imported(storage, project, table(("0.png", "Dog"), ("1.png", "Dog")))
    done = await imported(storage, project, TABLE)
    await merge_labels(storage, project, DOG.id, lambda known: merge(known, DOG.id, CAT.id), AT)
    came = await undone(storage, done)
    assert (came.restored, came.left) == (12, 0)
    board = board_of(storage, await load_project(storage, project.id))
    counts = (await read_progress(board, AT)).counts
    assert (counts.states["waiting"], counts.states["labeled"], counts.labels) == (10, 2, {DOG.id: 2})


def dies_at(at: int, patch: pytest.MonkeyPatch) -> None:
    """The host dies right after having withdrawn the suggestions of that many packs."""
    whole, count = Suggestions.withdraw, 0

    async def withdraw(self: Suggestions, *args: Any) -> Withdrawn:
        nonlocal count
        done = await whole(self, *args)
        count += 1
        if count == at:
            raise HostDied
        return done

    patch.setattr(Suggestions, "withdraw", withdraw)


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("use", ["labels", "suggestions"])
async def test_killed_after_any_pack_and_delivered_again_it_comes_to_the_same(
    storage: Storage, use: str, at: int
) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    done = await imported(storage, project, TABLE, use=use)
    await asked_to_undo(storage, done)
    with pytest.MonkeyPatch.context() as patch:
        (dying_at if use == "labels" else dies_at)(at, patch)
        with pytest.raises(HostDied):
            await go_on(storage, done)
    came = await go_on(storage, done)
    assert (came.status, came.restored, came.left) == ("completed", 12, 0)
    assert await labels_of(storage, project) == {}
    assert await suggestions_of(storage, project) == {}
    board = board_of(storage, project)
    for pack in range(3):
        restored = [one for one in await board.records.of_pack(pack) if one.action == "restored"]
        assert len(restored) == (use == "labels")
    assert (await go_on(storage, done)).restored == 12


async def test_near_the_time_limit_the_rest_is_left_to_the_next_message(storage: Storage) -> None:
    many = [Picture(f"{number}.png", None, WAITING) for number in range(30)]
    project = await project_of(storage, many, pack_size=2)
    done = await imported(storage, project, table(*[(one.name, "Cat") for one in many]))
    await asked_to_undo(storage, done)
    part = await go_on(storage, done, time_limit=0)
    assert (part.status, part.restored, part.progress) == ("running", 16, round(8 / 15, 3))
    await go_on(storage, done, time_limit=0)
    assert (await go_on(storage, done)).restored == 30
    assert await labels_of(storage, project) == {}


async def test_somebody_who_is_quicker_while_it_is_undone_is_not_overwritten(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    done = await imported(storage, project, TABLE)
    whole, was = PackRows.write_head, False

    async def write_head(self: PackRows, pack: int, head: Head, *, rows: Sequence[Record] = (), **more: Any) -> Version:
        nonlocal was
        if not was and any(one.action == "restored" for one in rows):
            was = True
            elsewhere = another_board_of(storage, project)
            await correct(elsewhere, pack, {3: None}, Action("rita", AT), project, saying(DOG.id))
        return await whole(self, pack, head, rows=rows, **more)

    monkeypatch.setattr(PackRows, "write_head", write_head)
    came = await undone(storage, done)
    assert (came.restored, came.left) == (11, 1)
    assert list((await labels_of(storage, project)).values()) == [[DOG.id]]


async def test_one_that_waits_for_another_import_is_done_afterwards(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    done = await imported(storage, project, TABLE)
    await asked_to_undo(storage, done)
    async with locked(lock_of(storage, project.id, LOCK)):
        assert (await go_on(storage, done)).status == "queued"
    assert (await go_on(storage, done)).status == "completed"


async def test_what_cannot_be_undone_is_refused_in_words(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)

    async def refused(one: Import) -> str:
        with pytest.raises(Conflict) as error:
            await asked_to_undo(storage, one)
        assert import_answer(one, project).undoable is False
        return error.value.detail

    assert "only tried" in await refused(await imported(storage, project, TABLE, dry_run=True))
    waiting = await ask(storage, project, TABLE)
    assert "still at work" in await refused(waiting)
    done = await go(storage, waiting)
    await undone(storage, done)
    assert "already" in await refused(await IMPORTS.load(storage, project.id, done.id))
    older = (await imported(storage, project, TABLE, use="suggestions")).model_copy(update={"keeps_replaced": False})
    await IMPORTS.save(storage, older)
    assert "Nobody wrote down" in await refused(older)


async def test_asked_again_while_it_is_at_work_it_goes_on_and_what_failed_can_be_tried_again(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    done = await imported(storage, project, TABLE)
    first = await asked_to_undo(storage, done)
    assert why_not(first) is None
    again = await asked_to_undo(storage, done)
    assert again.undone == first.undone
    message = UndoWork(
        storage, ImportMessage(project_id=project.id, import_id=done.id, undo=True), lambda: datetime.now(UTC)
    )
    await message.give_up()
    failed = await IMPORTS.load(storage, project.id, done.id)
    assert failed.undone is not None
    assert (failed.status, failed.undone.status, failed.undone.error) == ("completed", "failed", UndoWork.given_up)
    assert (await undone(storage, done)).restored == 12
