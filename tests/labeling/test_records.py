"""What is written down of a pack is read once by a process, and told in the order in which it was written."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from functions.labeling.record import Record
from functions.labeling.rows import record_row
from functions.review.images import history_of
from functions.tables import Row
from functions.tasks.annotation import Annotation
from tests.labeling.heads import CAT, DOG
from tests.labeling.project import NOW, Instance, Project

SLOTS = range(4)


async def corrected(one: Instance, times: int) -> None:
    for number in range(times):
        assert (await one.correct(0, SLOTS, (CAT, DOG)[number % 2])).corrected


async def spent_on(one: Instance, act: Any) -> tuple[int, int]:
    """Requests and operations."""
    one.wire.reset()
    await act
    return len(one.wire.requests), sum(request.operations for request in one.wire.requests)


async def test_history_is_told_in_the_order_in_which_it_was_written_whatever_the_clocks_say(project: Project) -> None:
    one, slow = await project.packs(4), await project.instance()
    await one.correct(0, SLOTS, CAT)
    await slow.reject(0, SLOTS, now=NOW - 5000)
    await one.correct(0, SLOTS, DOG, now=NOW - 1)
    told = [(event.action, event.at - NOW) for event in await history_of(one.board, 0, 2)]
    assert told == [("corrected", 0), ("rejected", -5000), ("corrected", -1)]


async def test_what_a_process_has_read_of_a_pack_it_does_not_read_again(project: Project) -> None:
    one, other = await project.packs(4), await project.instance()
    await corrected(one, 30)
    assert await spent_on(one, one.board.records.of_pack(0)) == (1, 30)
    await corrected(other, 1)
    assert await spent_on(one, history_of(one.board, 0, 0)) == (1, 2)
    assert [record.number for record in await one.board.records.of_pack(0)] == list(range(31))


async def test_undoing_costs_the_same_however_much_was_done_before(project: Project) -> None:
    one, costs = await project.packs(4), []
    for _ in range(3):
        # An odd number, so that the label that is put back is not the first one again.
        await corrected(one, 11)
        [*_, last] = await one.reviews(0)
        costs.append(await spent_on(one, one.undo(0, SLOTS, action=last)))
        assert await one.board.records.of_pack(0)
    assert costs[0] == costs[1] == costs[2]


async def test_records_of_a_project_that_was_put_back_are_read_anew(project: Project) -> None:
    one, other = await project.packs(4), await project.instance()
    await corrected(one, 3)
    before = await one.board.records.of_pack(0)
    for record in before[1:]:
        await other.board.table.delete("000000", record.key)
    since = Record("r|since", "corrected", "rita", NOW, {0: Annotation((DOG,))}, number=1)
    await other.board.table.insert(record_row(0, since))
    for process in (one, other):
        assert await process.board.records.of_pack(0) == [before[0], since]


async def test_a_record_that_is_written_while_others_are_read_hides_none(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await project.packs(4)
    await corrected(one, 3)
    query = one.board.table.query

    async def without_the_second(text: str, **values: Any) -> AsyncIterator[Row]:
        async for row in query(text, **values):
            if row["number"] != 1:
                yield row

    with monkeypatch.context() as patch:
        patch.setattr(one.board.table, "query", without_the_second)
        assert [record.number for record in await one.board.records.of_pack(0)] == [0]
    assert [record.number for record in await one.board.records.of_pack(0)] == [0, 1, 2]


async def test_a_pack_with_more_records_than_are_kept_is_read_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.labeling.record_rows.MOST_KEPT", 2)
    await project.packs(4)
    one = await project.instance()
    await corrected(one, 4)
    for _ in range(2):
        assert await spent_on(one, one.board.records.of_pack(0)) == (1, 4)
