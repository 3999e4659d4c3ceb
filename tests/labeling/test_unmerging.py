"""Taking a merging back, while somebody still goes by it: what people say since is written down as they say it."""

from typing import Any

import pytest

from functions.labeling.board import board_of
from functions.labeling.merging import merge_labels, settle_opinions, undo_merging
from functions.labeling.opinions import heard_of
from functions.labeling.refusals import OldProject
from functions.projects.labels import merge, unmerge
from functions.projects.model import Label, Merged, Opinions, Project
from functions.projects.store import change_project
from functions.review.actions import Action, amend
from functions.storage import Storage
from tests.exports.scene import AT, CAT, DOG, Picture, project_of
from tests.labeling.heads import only
from tests.labeling.project import CATS_AND_DOGS
from tests.labeling.project import Project as Packs

KITTEN = Label(id=3, name="Kitten")
THREE = Opinions(least=3, most=3, share=1)


def as_merged(project: Project) -> Project:
    return merge(project, KITTEN.id, CAT.id)


def as_before(project: Project) -> Project:
    return unmerge(project, KITTEN.id)


async def test_a_page_of_who_knows_the_label_is_not_taken_by_who_does_not(project: Packs) -> None:
    merged = CATS_AND_DOGS.model_copy(update={"merged": (Merged(id=3, name="Kitten", into=1),), "edition": 1})
    undone = as_before(merged).model_copy(update={"edition": 2})
    one, late = await project.packs(4), await project.instance()
    page = await one.page("ann", 4, project=undone)
    with pytest.raises(OldProject):
        # As one who takes a kitten for a cat.
        await late.submit("ann", page, label=CAT.id, project=merged)
    await late.submit("ann", page, label=KITTEN.id, project=undone)


@pytest.fixture
async def merged(storage: Storage) -> Project:
    """Ann takes it for a cat, and bob for a dog; a third is asked."""
    picture = Picture("a.png", None, state="w", opinions=(("ann", CAT.id), ("bob", DOG.id)))
    made = await project_of(storage, [picture], labels=(CAT, DOG, KITTEN))
    wants = {"opinions": THREE, "has_opinions": True}
    made = await change_project(storage, made.id, lambda known: known.model_copy(update=wants))
    done = await merge_labels(storage, made, KITTEN.id, as_merged, AT)
    # As where that was cut off.
    left = {"unsettled": (KITTEN.id,)}
    return await change_project(storage, done.id, lambda known: known.model_copy(update=left))


async def voices(storage: Storage, project: Project) -> dict[str, Any]:
    head = (await board_of(storage, project).rows.read_head(0)).head
    return {one.by: one.said for one in heard_of(head, head.slots[0])}


async def say(storage: Storage, project: Project, user: str, label: Label) -> None:
    done = await amend(board_of(storage, project), 0, 0, None, Action(user, AT), project, only(label.id), None)
    assert not done.stale


async def test_nobody_changes_what_is_said_since_by_what_counted_before(storage: Storage, merged: Project) -> None:
    undone = await undo_merging(storage, merged, as_before, AT)
    await say(storage, undone, "bob", KITTEN)
    with pytest.raises(OldProject):
        await say(storage, merged, "ann", CAT)
    # As one who was at it all the while.
    assert (await settle_opinions(storage, merged, AT)).unsettled
    assert not (await settle_opinions(storage, undone, AT)).unsettled
    assert await voices(storage, undone) == {"ann": only(CAT.id), "bob": only(KITTEN.id)}
    await say(storage, undone, "ann", DOG)


async def test_all_packs_are_told(storage: Storage, merged: Project) -> None:
    undone = await undo_merging(storage, merged, as_before, AT)
    board = board_of(storage, undone)
    assert [known.edition for known in await board.directory.ranges(fresh=True)] == [undone.edition]
    assert (await board.rows.read_head(0)).head.edition == undone.edition
    assert undone.edition > merged.edition
