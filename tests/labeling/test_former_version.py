"""A project whose rows the version before task types wrote (former_version.json): an empty list of labels was a skip.

Anna submitted nine of 18 images: six labels and three skips. Rita rejected images 0 and 6, corrected 1 and 7, confirmed
2, rejected 3 and 8 and undid that, and skipped 4. Two images have imported suggestions, and Anna holds a page.
"""

import json
from pathlib import Path
from typing import Any

from functions.labeling.head import SKIPPED
from functions.labeling.work_queue import Page
from functions.projects.model import Project as Stored
from functions.review.actions import Action
from functions.review.images import history_of
from functions.review.undoing import undo
from functions.tables import Row
from tests.labeling.heads import only
from tests.labeling.project import Instance, Project

FORMER: dict[str, Any] = json.loads(Path(__file__).with_name("former_version.json").read_text("utf-8"))
STORED = Stored.model_validate(FORMER["project"])
NOW = max(int(row["at"]) for row in FORMER["rows"] if "action" in row)
HELD = "000000-dcf00441a1425dcb"
CORRECTED, REJECTED = "850b45a4ff993e17", "9e98c0a0d8cae120"
CAT, DOG, UNCERTAIN = 1, 2, 3
# What that version must find in a record's document: it passes over all others, and takes what it lacks for shown.
DOCUMENT = {"labels", "reason", "taken", "reasons", "undoes", "suggested", "reviews"}


async def former(project: Project) -> Instance:
    one = await project.instance()
    for row in FORMER["rows"]:
        await one.board.table.insert(row)
    project.sizes = [18]
    return one


async def told(one: Instance, slot: int) -> list[tuple[str, list[int], str | None]]:
    return [(event.action, list(event.labels), event.reason) for event in await history_of(one.board, 0, slot)]


async def test_its_rows_are_read_as_they_were_meant(project: Project) -> None:
    one = await former(project)
    counts = await project.prove(now=NOW)
    assert counts.states == {"labeled": 5, "skipped": 2, "waiting": 11}
    assert (counts.labels, counts.empty) == ({CAT: 4, UNCERTAIN: 1}, 0)
    assert [await told(one, slot) for slot in (0, 4, 6, 7, 8)] == [
        [("labeled", [CAT], None), ("rejected", [CAT], "Look again.")],
        [("labeled", [DOG], None), ("skipped", [], "Two dogs.")],
        [("skipped", [], "Dark."), ("rejected", [], "Look again.")],
        [("skipped", [], None), ("corrected", [CAT], None)],
        [("skipped", [], None), ("rejected", [], None), ("restored", [], None)],
    ]
    page = await one.board.queue.lease(STORED, STORED.id, 2, [], now=NOW)
    assert isinstance(page, Page)
    assert page.suggestions.by_slot[9].said == only(DOG)


async def test_it_is_labeled_on_and_what_was_done_before_can_be_undone(project: Project) -> None:
    one = await former(project)
    head = (await one.board.rows.read_head(0)).head
    [held] = [lease for lease in head.leases if lease.id == HELD]
    given = {slot: only(DOG) if slot else None for slot in held.slots}
    saved = await one.board.queue.submit(STORED, held.labeler, HELD, given, {0: "Blurred."}, now=NOW)
    assert saved.given == given
    undone = await undo(one.board, 0, [1, 7], CORRECTED, Action("rita", NOW), STORED)
    assert undone is not None
    assert undone.restored == {1, 7}
    head = (await one.board.rows.read_head(0)).head
    assert [(slot.state, slot.annotation) for slot in (head.slots[1], head.slots[7])] == [
        ("l", only(DOG)),
        (SKIPPED, None),
    ]
    # Those that were labeled again since stay.
    again = await undo(one.board, 0, [0, 6], REJECTED, Action("rita", NOW), STORED)
    assert again is not None
    assert again.restored == set()
    await project.prove(now=NOW)


async def test_what_is_written_in_it_the_former_version_reads_as_it_is_meant(project: Project) -> None:
    one = await former(project)
    before = {row["RowKey"]: set(row) for row in FORMER["rows"]}
    head = (await one.board.rows.read_head(0)).head
    [held] = [lease for lease in head.leases if lease.id == HELD]
    given = {slot: None if slot == 9 else only(DOG) for slot in held.slots}
    await one.board.queue.submit(STORED, held.labeler, HELD, given, {}, now=NOW)
    [row] = [row async for row in one.board.table.query(f"RowKey eq 's|{HELD}'")]
    document = json.loads(row["document00"])
    assert document.keys() >= DOCUMENT
    assert document["labels"] == {str(slot): [] if slot == 9 else [DOG] for slot in held.slots}
    assert document["suggested"] == {"9": [DOG, False], "10": [CAT, False]}
    for row in (await one.board.table.get("000000", "head|000000"), await _range(one)):
        assert row.keys() >= before[row["RowKey"]] - {"odata.etag"}
    assert (STORED.schema_version, FORMER["schema"]) == (1, 1)
    assert STORED.model_copy(update={"task_type": "multiLabel"}).schema_version == 2


async def _range(one: Instance) -> Row:
    return await one.board.table.get("dir", "dir|0000")
