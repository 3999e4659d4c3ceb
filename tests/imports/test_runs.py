"""How right imports of suggestions are: by what people say of images whose suggestion was hidden from them."""

from json import dumps

import pytest

from functions.imports.store import Import
from functions.imports.wire import import_answer
from functions.labeling import hiding
from functions.labeling.board import make_board
from functions.labeling.counts import Counts, Judged
from functions.labeling.directory import MOST_CHARACTERS, MOST_RUNS, Edit, Range
from functions.labeling.head import WAITING
from functions.labeling.progress import read_progress
from functions.labeling.suggestions import Suggestion
from functions.labeling.work_queue import Page
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.storage import Storage
from functions.tasks.annotation import of_labels
from tests.exports.scene import AT, CAT, DOG, Picture, board_of, project_of
from tests.imports.importing import imported, prove, table
from tests.imports.undoing import undone

PICTURES = [Picture(f"{number:02}.png", None, WAITING) for number in range(24)]
NAMES = [picture.name for picture in PICTURES]
PACK = 6


async def label(storage: Storage, project: Project, *labels: int | None, one_in: int = 1) -> None:
    """One says this of the images that come next, None: they skip it. one_in: of so many images one is hidden."""
    project = await load_project(storage, project.id)
    queue = board_of(storage, project).queue
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hiding, "one_in", lambda *_: one_in)
        page = await queue.lease(project, "ann", len(labels), (), now=AT)
        assert isinstance(page, Page)
        assert len(page.lease.slots) == len(labels)
        said = zip(page.lease.slots, labels, strict=True)
        given = {slot: None if one is None else of_labels([one]) for slot, one in said}
        await queue.submit(project, "ann", page.lease.id, given, {}, now=AT + 1)


async def judged(storage: Storage, project: Project) -> dict[str, tuple[int, ...]]:
    runs = (await read_progress(board_of(storage, project), AT)).counts.runs
    return {run: tuple(figures) for run, figures in runs.items()}


async def suggested(storage: Storage, project: Project, name: str) -> Import:
    """An import that suggests one label for all images."""
    return await imported(storage, project, table(*[(image, name) for image in NAMES]), use="suggestions", name=name)


async def test_a_run_is_judged_by_hidden_images_alone_and_exactly(storage: Storage) -> None:
    project = await project_of(storage, PICTURES, pack_size=PACK)
    run = await suggested(storage, project, "Cat")
    assert await judged(storage, project) == {}
    # People who accept whatever they see say nothing of it.
    await label(storage, project, *[CAT.id] * 6, one_in=0)
    assert await judged(storage, project) == {}
    await label(storage, project, CAT.id, CAT.id, DOG.id, None, CAT.id, CAT.id)
    assert await judged(storage, project) == {run.id: (6, 4, 0, 0)}
    await label(storage, project, CAT.id, DOG.id)
    assert await judged(storage, project) == {run.id: (8, 5, 0, 0)}
    await prove(storage, project, PICTURES)
    counts = (await read_progress(board_of(storage, project), AT)).counts
    answer = import_answer(run, project, judged=counts.runs)
    assert (answer.name, answer.accuracy and answer.accuracy.built_in) == ("Cat", None)
    assert answer.accuracy
    assert (answer.accuracy.judged, answer.accuracy.right, answer.accuracy.share) == (8, 5, 0.625)
    low, high = answer.accuracy.interval
    assert 0.3 < low < 0.625 < high < 0.9
    assert import_answer(run, project).accuracy is None


async def test_a_newer_run_is_judged_from_then_on_also_where_it_says_the_same(storage: Storage) -> None:
    project = await project_of(storage, PICTURES, pack_size=PACK)
    first = await suggested(storage, project, "Cat")
    await label(storage, project, *[CAT.id] * 6)
    second = await suggested(storage, project, "Cat")
    await label(storage, project, *[DOG.id] * 6)
    assert await judged(storage, project) == {first.id: (6, 6, 0, 0), second.id: (6, 0, 0, 0)}
    await undone(storage, second)
    await label(storage, project, *[CAT.id] * 6)
    assert await judged(storage, project) == {first.id: (12, 12, 0, 0), second.id: (6, 0, 0, 0)}
    await undone(storage, first)
    await label(storage, project, *[CAT.id] * 6)
    assert await judged(storage, project) == {first.id: (12, 12, 0, 0), second.id: (6, 0, 0, 0)}
    await prove(storage, project, PICTURES)


@pytest.mark.parametrize("is_sure", [True, False])
async def test_a_run_and_what_is_learned_are_judged_by_the_same_images_whichever_is_shown(
    storage: Storage, is_sure: bool
) -> None:
    project = await project_of(storage, PICTURES, pack_size=PACK)
    switched = project.model_copy(update={"ml_assist": True})
    await change_project(storage, project.id, lambda _: switched)
    run = await suggested(storage, project, "Cat")
    learned = {slot: Suggestion(DOG.id, 0.9, sure=is_sure) for slot in range(4)}
    for pack in range(len(PICTURES) // PACK):
        await board_of(storage, project).suggestions.put_learned(pack, learned, learned, "t")
    await label(storage, project, *[DOG.id] * 6)
    assert await judged(storage, project) == {run.id: (6, 0, 4, 4)}
    counts = (await read_progress(board_of(storage, project), AT)).counts
    accuracy = import_answer(run, project, judged=counts.runs).accuracy
    assert accuracy
    assert accuracy.built_in
    assert (accuracy.right, accuracy.built_in.judged, accuracy.built_in.right) == (0, 4, 4)
    assert import_answer(run, project, judged={run.id: Judged(3, -1, 1, 1)}).accuracy is None


async def test_ranges_keep_the_newest_runs_as_far_as_they_have_room(storage: Storage) -> None:
    project = await project_of(storage, PICTURES[:2])
    directory = board_of(storage, project).directory
    ids = [f"{number:013}abcdef" for number in range(MOST_RUNS + 1)]

    async def add(_known: Range) -> Edit:
        return Edit({}, Counts(runs=dict.fromkeys(ids, Judged(12_345, 12_345, 12_345, 12_345))))

    assert await directory.edit(0, add, AT)
    [known] = await make_board(storage.tables.table(project.images_table)).directory.ranges(fresh=True)
    assert list(known.sums.runs) == ids[:-1]
    assert len(dumps(known.sums.runs)) < MOST_CHARACTERS
