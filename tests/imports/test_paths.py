"""Class folders: a part of the images' own paths is their label."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from functions.imports.content import Content
from functions.imports.lines import Line, Loose
from functions.imports.paths import lines_of_paths
from functions.imports.request import ImportRequest
from functions.imports.store import rows_blob
from functions.labeling.head import WAITING
from functions.storage import Storage
from tests.exports.scene import CAT, DOG, Picture, project_of
from tests.imports.importing import imported, labels_of, prove

NAMES = ["x/Cat/1.jpg", "x/Dog/summer/2.jpg", "x/3.jpg", "x/ /4.jpg", "x/Cat/\n/5.jpg"]


def labels(part: int) -> list[str | None]:
    text = "".join(json.dumps({"name": name}) + "\n" for name in NAMES)
    found = list(lines_of_paths(Content.of(text), "x/", part))
    places = [(one.places, one.row) for one in found if isinstance(one, Line)]
    assert places == [((NAMES[one.row - 1],), one.row) for one in found if isinstance(one, Line)]
    assert all(one.reason.startswith("No such folder") for one in found if isinstance(one, Loose))
    return [one.label if isinstance(one, Line) else None for one in found]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (-2, ["Cat", "summer", None, None, None]),
        (-3, [None, "Dog", None, None, "Cat"]),
        (1, ["Cat", "Dog", None, None, "Cat"]),
        (2, [None, "summer", None, None, None]),
        (50, [None] * 5),
        (-50, [None] * 5),
    ],
)
def test_a_part_of_the_path_is_the_label(part: int, wanted: list[str | None]) -> None:
    assert labels(part) == wanted


async def test_images_get_the_labels_of_their_folders(storage: Storage) -> None:
    names = ["x/Cat/1.png", "x/Cat/dog/1.png", "x/Dog/1.png", "x/Bird/1.png", "x/1.png", "x/https://Cat/2.png"]
    pictures = [Picture(name, None, WAITING) for name in names]
    project = await project_of(storage, pictures, prefix="x/")
    tried = await imported(storage, project, None, "folders", part=-2, dry_run=True)
    assert await labels_of(storage, project) == {}
    done = await imported(storage, project, None, "folders", part=-2)
    assert done.outcome == tried.outcome
    assert await labels_of(storage, project) == {names[0]: [CAT.id], names[2]: [DOG.id], names[5]: [CAT.id]}
    assert done.outcome.unknown_labels == {"dog": 1, "Bird": 1}
    assert done.outcome.loose.first == ["No such folder is in the path of x/1.png."]
    assert done.outcome.matched_by == {"path": 3}
    rows = (await (await rows_blob(storage, done).download_blob()).readall()).decode()
    assert [line.partition(",")[0] for line in rows.splitlines()[1:]] == ["2", "4", "5"]
    await prove(storage, project, pictures)


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "folders"},
        {"format": "folders", "part": 0},
        {"format": "folders", "part": -1},
        {"format": "folders", "part": 51},
        {"format": "folders", "part": 1, "content": "x"},
        {"format": "folders", "part": 1, "upload": "x"},
        {"format": "auto", "part": 1, "content": "x"},
    ],
)
def test_a_part_is_asked_for_folders_alone_and_without_a_file(asked: dict[str, Any]) -> None:
    ImportRequest.model_validate({"format": "folders", "part": -2})
    with pytest.raises(ValidationError):
        ImportRequest.model_validate(asked)
