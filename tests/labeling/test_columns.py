"""A project that is read from end to end, over several of storage's pages."""

from functions.labeling.columns import read_columns
from functions.labeling.head import NOBODY, new_head
from functions.labeling.rows import Image
from tests.labeling.project import Project

# A page of a query has 1,000 rows, and a pack two of them.
PACKS = 510


async def test_all_packs_are_read_in_order_as_a_scan_of_heads_reads_them(project: Project) -> None:
    one = await project.packs(3, 99)
    await one.label_all("ann")
    await one.correct(1, [5], 2)
    for pack in range(2, PACKS):
        await one.board.rows.insert(pack, new_head(1), [Image(f"{pack} ü,\u2028.png", "etag", 1)])
    read = [columns async for columns in read_columns(one.board.table)]
    assert [columns.pack for columns in read] == list(range(PACKS))
    scanned = [(pack, head, images) async for pack, head, images in one.board.rows.scan()]
    assert len(scanned) == PACKS
    for columns, (_, head, images) in zip(read, scanned, strict=True):
        assert [columns.image(slot) for slot in range(len(images))] == images
        assert columns.states == [slot.state_name for slot in head.slots]
        assert columns.labels == [list(slot.labels) for slot in head.slots]
        assert columns.at == [slot.at for slot in head.slots]
        assert [columns.labeler(slot) or None for slot in range(len(images))] == [
            head.labeler_of(slot) for slot in head.slots
        ]
    assert {NOBODY} == set(read[-1].by)
    assert [columns.pack async for columns in read_columns(one.board.table, 503)] == list(range(503, PACKS))
