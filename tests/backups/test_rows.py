"""A pack that is changed while its rows are read is backed up as it stood at one moment."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from functions.backups.rows import read_packs
from functions.labeling.head import Head
from functions.labeling.head_rows import head_of
from functions.labeling.packs import Change
from functions.review.actions import Action, reject
from functions.storage import Storage
from functions.tables import Table
from tests.backups.scene import project_with_everything
from tests.exports.scene import AT, board_of

Row = dict[str, Any]


class Torn:
    """A table of which somebody else changes a pack when its head was read, and the rest was not yet."""

    def __init__(self, table: Table, change: Callable[[], Awaitable[object]]) -> None:
        self._table = table
        self._change: Callable[[], Awaitable[object]] | None = change

    async def pages(self, text: str) -> AsyncIterator[list[Row]]:
        rows = [row async for page in self._table.pages(text) for row in page]
        if self._change:
            change, self._change = self._change, None
            yield rows[:1]
            await change()
            rows = [row async for page in self._table.pages(text) for row in page][1:]
        yield rows


async def first_pack(table: Torn) -> list[Row]:
    found = [rows async for _, rows in read_packs(cast("Table", table), 0)]
    return found[0]


def records_of(rows: Iterable[Row]) -> list[int]:
    return sorted(row["number"] for row in rows if "number" in row)


async def test_a_record_that_came_after_the_head_was_read_is_left_out(storage: Storage) -> None:
    board = board_of(storage, await project_with_everything(storage))
    before = (await board.rows.read_head(0)).head
    rows = await first_pack(Torn(board.table, lambda: reject(board, 0, {0: None}, Action("eve", AT + 2), None)))
    assert head_of(rows[0]) == before
    assert records_of(rows) == list(range(before.records))
    assert (await board.rows.read_head(0)).head.records == before.records + 1


async def test_images_that_are_newer_than_the_head_are_read_again_with_it(storage: Storage) -> None:
    board = board_of(storage, await project_with_everything(storage))
    head = (await board.rows.read_head(0)).head
    images = [replace(image, etag="0x2") for image in await board.rows.images(0, head.revision)]

    async def change() -> None:
        def rule(known: Head) -> Change[None]:
            return Change(known.with_slots({0: replace(known.slots[0], outdated=True)}), None, images=images)

        await board.packs.change(0, rule, now=AT)

    rows = await first_pack(Torn(board.table, change))
    assert rows[0]["revision"] == rows[1]["revision"] == head.revision + 1
    assert '"0x2"' in rows[1]["i00"]
    assert records_of(rows) == list(range(rows[0]["records"]))
