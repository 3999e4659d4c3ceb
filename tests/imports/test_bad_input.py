"""Bad input, by name: an import says what is wrong and where, and what it cannot read changes nothing at all."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from functions.imports import archive as archives
from functions.imports import packwise
from functions.imports.reading import Reading
from functions.imports.store import Import
from functions.labeling.head import WAITING
from functions.labeling.suggestion_rows import Suggestions
from functions.labeling.suggestions import Suggestion
from functions.projects.lifecycle import delete_project
from functions.projects.model import Project
from functions.storage import SNAPSHOTS_CONTAINER, WORKSPACE_CONTAINER, Storage
from tests.api.builders import new_name
from tests.exports.scene import CAT, DOG, Picture, board_of, project_of
from tests.imports.importing import (
    MANY,
    HostDied,
    ask,
    go,
    imported,
    labels_of,
    rows_of,
    suggestions_of,
    table,
)
from tests.imports.zips import zipped

PICTURES = [Picture("a.jpg", CAT.id), *(Picture(f"{name}.jpg", None, WAITING) for name in "bcde")]
ROWS = table(("b.jpg", "Cat"), ("c.jpg", "Dog"))
IMAGES = [{"id": number, "file_name": f"{name}.jpg", "width": 8, "height": 6} for number, name in enumerate("abcde")]
CATEGORIES = [{"id": 1, "name": "Cat"}, {"id": 2, "name": "Dog"}]


def coco(*annotations: dict[str, Any]) -> str:
    """An annotation a line, as people read it."""
    lines = ",\n".join(json.dumps({"id": number, **one}) for number, one in enumerate(annotations))
    head = f'{{"images": {json.dumps(IMAGES)}, "categories": {json.dumps(CATEGORIES)},\n"annotations": [\n'
    return f"{head}{lines}]}}"


WHOLE = coco({"image_id": 1, "category_id": 1}, {"image_id": 2, "category_id": 2})
BOMB = zipped({"labels.csv": "image,label\nb.jpg,Cat\n" + "b.jpg,Cat\n" * 200_000})
ZIPPED = zipped({"labels.csv": ROWS})


async def state_of(storage: Storage, project: Project) -> Sequence[Any]:
    """All that is known of the images: heads, records, suggestions."""
    board = board_of(storage, project)
    return [
        (head, await board.records.of_pack(pack), await board.suggestions.read(pack))
        async for pack, head, _ in board.rows.scan()
    ]


async def put(storage: Storage, content: str | bytes) -> tuple[Project, str]:
    """A project with a file in its folder."""
    folder = new_name("folder")
    pictures = [Picture(f"{folder}/{one.name}", one.label, one.state) for one in PICTURES]
    project = await project_of(storage, pictures, prefix=f"{folder}/")
    await storage.container(WORKSPACE_CONTAINER).upload_blob(f"{folder}/labels", content)
    return project, "labels"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (WHOLE[:-40], "This is not JSON: see line 4, column"),
        (f"[{json.dumps({'image': 'b.jpg', 'choice': 'Cat'})},\n", "This is not JSON: see line 2, column 1."),
        ('{"image": "b.jpg", "label": "Cat"}\n{"image": "c.jpg", "la', "line 2 is not JSON."),
        (ROWS + '"d.jpg,Cat', "Line 4 is not CSV"),
        ('<annotations>\n<image name="b.jpg"><tag label="Cat"/></image>\n<image', "This is not XML: see line 3"),
        (BOMB, "This archive unpacks to more than is taken: see labels.csv."),
        (zipped({"labels.csv": ROWS, "../../b.csv": ROWS}), "outside of its folder: ../../b.csv."),
        (ZIPPED[:-30], "This archive is broken, or was cut off"),
        (table(*(("b.jpg", f"note {number}") for number in range(10_001))), "more than 10,000 labels"),
    ],
    ids=["JSON", "tasks", "JSON Lines", "CSV", "XML", "bomb", "outside", "zip", "labels"],
)
@pytest.mark.parametrize("use", ["labels", "suggestions"])
async def test_what_is_broken_is_refused_by_its_line_and_changes_nothing(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, content: str | bytes, told: str, use: str
) -> None:
    monkeypatch.setattr(archives, "LARGEST_ENTRY", 1_000_000)
    project, file = await put(storage, content)
    before = await state_of(storage, project)
    done = await go(storage, await ask(storage, project, None, "auto", file=file, use=use))
    assert (done.status, told in (done.error or "")) == ("failed", True), done.error
    assert await state_of(storage, project) == before


async def said(storage: Storage, content: str, **options: Any) -> tuple[Import, list[str]]:
    """What became of an import, and the rows that could not be used."""
    project = await project_of(storage, PICTURES)
    done = await imported(storage, project, content, "auto", **options)
    return done, (await rows_of(storage, done)).splitlines()[1:] if done.outcome.has_rows else []


async def test_boxes_and_several_labels_among_labels_of_whole_images_are_told(storage: Storage) -> None:
    box = {"bbox": [1, 1, 2, 2]}
    some = [(1, 1), (2, 2), (2, 1), (3, 2)]
    text = coco(*({"image_id": image, "category_id": label} for image, label in some), {"image_id": 4, **box})
    done, rows = await said(storage, text.replace('"image_id": 4', '"image_id": 4, "category_id": 1'))
    assert (done.outcome.labeled, done.outcome.regions, done.outcome.ambiguous.first) == (2, 1, ["c.jpg"])
    assert rows == [
        "2,c.jpg,Dog,Other rows give this image another label.",
        "3,c.jpg,Cat,Other rows give this image another label.",
    ]


async def test_halves_of_characters_are_told_as_what_they_are_not(storage: Storage) -> None:
    lines = [{"image": "b.jpg", "label": "\ud83d", "\udfff": 1}, {"image": "\udc00.jpg", "label": "Cat"}]
    done, rows = await said(storage, "\n".join(map(json.dumps, lines)), use="suggestions")
    assert (done.outcome.labeled, done.outcome.unmatched.first) == (0, ["\ufffd.jpg"])
    assert done.outcome.columns
    assert done.outcome.columns.names == ["image", "label", "\ufffd"]
    assert rows == [
        "1,b.jpg,\ufffd,The project has no such label.",
        "2,\ufffd.jpg,Cat,The project has no such image.",
    ]


async def test_rows_that_disagree_are_listed_however_they_name_the_image(storage: Storage) -> None:
    named = ["b.jpg", "./b.jpg", "data/B.jpg", "x/c.jpg", "y/c.jpg", "d.jpg"]
    rows = [(name, label) for name, label in zip(named, ("Cat", "Dog", "Cat", "Cat", "Dog", "Cat"), strict=True)]
    done, told = await said(storage, table(*rows))
    assert (done.outcome.labeled, done.outcome.ambiguous.first) == (1, ["b.jpg"])
    assert told == [
        "2,b.jpg,Cat,Other rows give this image another label.",
        "3,./b.jpg,Dog,Other rows give this image another label.",
        "4,data/B.jpg,Cat,The project has no such image.",
        "5,x/c.jpg,Cat,Other rows name the same image in another way.",
        "6,y/c.jpg,Dog,Other rows name the same image in another way.",
    ]


async def test_a_confidence_that_makes_no_sense_is_told_and_nothing_is_suggested(storage: Storage) -> None:
    text = "image,label,confidence\nb.jpg,Cat,0.9\nc.jpg,Dog,97\nd.jpg,Cat,-1\ne.jpg,Bird,high\n"
    project = await project_of(storage, PICTURES)
    done = await imported(storage, project, text, "auto", use="suggestions")
    assert await suggestions_of(storage, project) == {"b.jpg": Suggestion(CAT.id, 0.9)}
    assert (done.outcome.labeled, done.outcome.unknown_labels) == (1, {"Bird": 1})
    assert done.outcome.loose.first == [
        "Row 3 has a confidence that is no number from 0 to 1.",
        "Row 4 has a confidence that is no number from 0 to 1.",
    ]
    assert (await rows_of(storage, done)).splitlines()[1:] == [
        "3,c.jpg,Dog,The confidence is no number from 0 to 1.",
        "4,d.jpg,Cat,The confidence is no number from 0 to 1.",
        "5,e.jpg,Bird,The project has no such label.",
    ]


async def test_labels_that_people_set_need_no_confidence(storage: Storage) -> None:
    project = await project_of(storage, PICTURES)
    done = await imported(storage, project, "image,label,score\nb.jpg,Cat,97\nc.jpg,Dog,A\n", "auto")
    assert (done.outcome.labeled, done.outcome.loose.count) == (2, 0)
    assert await labels_of(storage, project) == {"a.jpg": [CAT.id], "b.jpg": [CAT.id], "c.jpg": [DOG.id]}


@pytest.mark.parametrize("use", ["labels", "suggestions"])
async def test_an_import_whose_project_is_deleted_ends_and_leaves_nothing(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, use: str
) -> None:
    project, file = await put(storage, ROWS + "nowhere.jpg,Cat\r\n")
    whole = Reading.look

    async def delete_meanwhile(self: Reading, board: Any) -> None:
        await whole(self, board)
        await delete_project(storage, project)

    monkeypatch.setattr(Reading, "look", delete_meanwhile)
    asked = await ask(storage, project, None, file=file, use=use)
    with pytest.raises(Exception, match="no such import"):
        await go(storage, asked)
    container = storage.container(SNAPSHOTS_CONTAINER)
    assert [name async for name in container.list_blob_names(name_starts_with=f"{project.id}.")] == []


async def test_suggestions_whose_import_is_cut_off_are_all_told(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await project_of(storage, MANY, pack_size=2)
    asked = await ask(storage, project, table(*((one.name, "Cat") for one in MANY)), use="suggestions")
    whole, added = Suggestions.add_imported, 0

    async def add(self: Suggestions, *args: Any) -> None:
        nonlocal added
        await whole(self, *args)
        added += 1
        if added in (3, 12, 20):
            raise HostDied

    monkeypatch.setattr(Suggestions, "add_imported", add)
    monkeypatch.setattr(packwise, "SAVE_EVERY_SECONDS", 0.0)
    for _ in range(3):
        with pytest.raises(HostDied):
            await go(storage, asked)
    done = await go(storage, asked)
    assert (done.status, done.outcome.labeled, done.outcome.unchanged) == ("completed", len(MANY), 0)
    assert await suggestions_of(storage, project) == {one.name: Suggestion(CAT.id, 1.0) for one in MANY}
