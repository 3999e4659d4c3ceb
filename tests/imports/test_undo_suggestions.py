"""Undoing imports of suggestions: what was suggested before is back, and what people said stays."""

from functions.labeling.suggestions import Suggestion
from functions.projects.store import load_project
from functions.storage import Storage
from tests.exports.scene import CAT, DOG, project_of
from tests.imports.importing import imported, labels_of, suggestions_of, table
from tests.imports.test_undo import PACK, TABLE, WAITS, label
from tests.imports.undoing import undone


async def test_suggestions_are_as_they_were_and_what_people_said_by_them_stays(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    first = await imported(storage, project, table(("0.png", "Dog"), ("5.png", "Dog")), use="suggestions")
    before = await suggestions_of(storage, project)
    done = await imported(storage, project, TABLE, use="suggestions")
    assert len(await suggestions_of(storage, project)) == 12
    project = await load_project(storage, project.id)
    await label(storage, project, "ann", 3, CAT.id)
    labels = await labels_of(storage, project)
    came = await undone(storage, done)
    assert (came.restored, came.left) == (12, 0)
    assert await suggestions_of(storage, project) == before
    assert await labels_of(storage, project) == labels
    assert len(labels) == 3
    assert (await load_project(storage, project.id)).has_suggestions
    await undone(storage, first)
    assert await suggestions_of(storage, project) == {}
    assert not (await load_project(storage, project.id)).has_suggestions


async def test_imports_of_suggestions_over_one_another_are_undone_in_any_order(storage: Storage) -> None:
    project = await project_of(storage, WAITS, pack_size=PACK)
    first = await imported(storage, project, TABLE, use="suggestions")
    second = await imported(storage, project, table(("0.png", "Dog")), use="suggestions")
    came = await undone(storage, first)
    assert (came.restored, came.left) == (11, 1)
    assert await suggestions_of(storage, project) == {"0.png": Suggestion(DOG.id, 1.0)}
    await undone(storage, second)
    assert await suggestions_of(storage, project) == {"0.png": Suggestion(CAT.id, 1.0)}
    came = await undone(storage, first)
    assert (came.restored, came.left) == (12, 0)
    assert await suggestions_of(storage, project) == {}
    third = await imported(storage, project, TABLE, use="suggestions")
    assert (await load_project(storage, project.id)).has_suggestions
    assert (third.outcome.labeled, third.outcome.unchanged) == (12, 0)
