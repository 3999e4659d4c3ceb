"""Importing in this process, as the queue's function does it, and what came of it."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.identity import ByWhom
from functions.imports.asking import ask_for_import
from functions.imports.request import ImportRequest
from functions.imports.run import ImportWork
from functions.imports.store import (
    IMPORTS,
    Import,
    ImportMessage,
    rows_blob,
)
from functions.imports.uploads import Uploaded
from functions.labeling.board import make_board
from functions.labeling.head import PREPARING, SKIPPED, UNREADABLE, WAITING
from functions.labeling.packs import Packs
from functions.labeling.suggestions import Suggestion
from functions.projects.model import Project
from functions.storage import Storage
from tests.exports.scene import CAT, DOG, Picture, board_of
from tests.labeling.ledger import Ledger

BOSS = "the boss"

MIXED = [
    Picture("cat.png", CAT.id),
    Picture("dog.png", DOG.id),
    Picture("waiting.png", None, WAITING),
    Picture("skipped.png", None, SKIPPED),
    Picture("preparing.png", None, PREPARING),
    Picture("unreadable.png", None, UNREADABLE),
    Picture("gone.png", None, WAITING, missing=True),
]

MANY = [Picture(f"{number:03}.png", None, WAITING) for number in range(60)]


def table(*rows: tuple[str, str], header: tuple[str, str] = ("image", "label")) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


async def ask(
    storage: Storage,
    project: Project,
    content: str | None,
    form: str = "csv",
    *,
    use: str = "labels",
    who: str = BOSS,
    uploaded: Uploaded | None = None,
    now: datetime | None = None,
    **options: Any,
) -> Import:
    """options: other fields of the request."""
    upload = uploaded.upload if uploaded else None
    asked = {"format": form, "content": content, "upload": upload, "as_": use, "replace": True, **options}
    request = ImportRequest.model_validate(asked, by_name=True)
    by, now = ByWhom(by=who), now or datetime.now(UTC)
    return await ask_for_import(storage, project.id, request, uploaded=uploaded, by=by, now=now)


async def go(storage: Storage, asked: Import, **more: Any) -> Import:
    message = ImportMessage(project_id=asked.project_id, import_id=asked.id)
    await ImportWork(storage, message, lambda: datetime.now(UTC), **more).run()
    return await IMPORTS.load(storage, asked.project_id, asked.id)


async def imported(
    storage: Storage, project: Project, content: str | None, form: str = "csv", **options: Any
) -> Import:
    done = await go(storage, await ask(storage, project, content, form, **options))
    assert done.status == "completed", done.error
    return done


async def labels_of(storage: Storage, project: Project) -> dict[str, list[int]]:
    """The label ids of each image that has some."""
    return {
        image.name: list(slot.labels)
        async for _, head, images in board_of(storage, project).rows.scan()
        for slot, image in zip(head.slots, images, strict=True)
        if slot.labels
    }


async def suggestions_of(storage: Storage, project: Project) -> dict[str, Suggestion]:
    board = make_board(storage.tables.table(project.images_table))
    return {
        images[slot].name: suggestion
        async for pack, _, images in board.rows.scan()
        for slot, suggestion in (await board.suggestions.of_pack(pack)).imported.items()
    }


async def rows_of(storage: Storage, done: Import) -> str:
    """The table of the rows that could not be used."""
    return (await (await rows_blob(storage, done).download_blob()).readall()).decode()


async def prove(storage: Storage, project: Project, pictures: Sequence[Picture]) -> None:
    """Each head is the fold of its pack's records, over how the pack began; the directory has its counts."""
    board, names = board_of(storage, project), {picture.name: picture for picture in pictures}
    async for pack, head, images in board.rows.scan():
        records = await board.records.of_pack(pack)
        assert [record.number for record in records] == list(range(head.records))
        ledger = Ledger.of(len(images), records)
        for slot, image in enumerate(images):
            work, began = ledger.entries[slot].work, names[image.name]
            if work:
                expected: tuple[tuple[int, ...], str | None] = (work[0].labels if work[0] else (), work[1])
            else:
                is_labeled = began.state not in (WAITING, PREPARING, UNREADABLE)
                labels = (began.label,) if began.label and is_labeled else ()
                expected = (labels, "ann" if is_labeled else None)
            assert (head.slots[slot].labels, head.labeler_of(head.slots[slot])) == expected
        for known in await board.directory.ranges(fresh=True):
            assert (known.letter(pack) in "wd") == head.frozen


class HostDied(BaseException):
    """No handler of errors may catch it."""


def dying_at(at: int, patch: pytest.MonkeyPatch) -> None:
    """The host dies right after its change of that many packs."""
    whole, changed = Packs.change, 0

    async def change(packs: Packs, *args: Any, **more: Any) -> Any:
        nonlocal changed
        outcome = await whole(packs, *args, **more)
        changed += 1
        if changed == at:
            raise HostDied
        return outcome

    patch.setattr(Packs, "change", change)
