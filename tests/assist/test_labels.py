"""Labels that come, go and change their names between training and tagging."""

from functions.projects.labels import Wanted, merge, relabel
from functions.projects.store import change_project
from functions.review.actions import Action, reject
from tests.assist.learning import (
    BIRD,
    CAT,
    DOG,
    asked_looks,
    change,
    counted,
    label,
    looked,
    project_with,
    standing,
    suggested,
    trainings,
)
from tests.refresh.scene import Account, Process


async def learned(one: Process, *, birds: int = 0, waiting: int = 20) -> str:
    """A project that has learned cats, dogs and as many birds, and suggests them for as many images of each."""
    kinds = [CAT.id, DOG.id, BIRD.id] if birds else [CAT.id, DOG.id]
    labeled = [CAT.id] * 15 + [DOG.id] * 15 + [BIRD.id] * birds
    project = await project_with(one, labeled, kinds * waiting, labels=(CAT, DOG, BIRD), pack_size=45)
    await looked(one, project)
    assert counted(await suggested(one, project)) == dict.fromkeys(kinds, waiting)
    return project


async def test_a_new_label_is_told_to_lack_images_and_is_suggested_once_it_has_some(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 15, [3, 1, 2] * 20, pack_size=30)
    await looked(one, project)
    assert (await standing(one, project)).detail is None
    wanted = [Wanted(1, "Cat"), Wanted(2, "Dog"), Wanted(None, "Bird")]
    await change_project(one.storage, project, lambda known: relabel(known, wanted, {1, 2}))
    assert (await standing(one, project)).status == "ready"
    assert (await standing(one, project)).detail == "Not suggested before 5 images have them: 'Bird' has 0."
    assert BIRD.id not in counted(await suggested(one, project))
    assert await label(one, project, 18) == 18
    await looked(one, project)
    told = (await standing(one, project)).detail
    assert told == "'Bird' will be suggested when it is learned again, at 50 labels."
    await label(one, project, 12)
    await looked(one, project)
    assert (await standing(one, project)).detail is None
    assert {figures.id for figures in (await trainings(one, project))[0].by_label} == {1, 2, 3}


async def test_a_label_with_another_name_is_suggested_by_it_and_none_is_learned_anew(account: Account) -> None:
    one = await account.process()
    project = await learned(one)
    await change(one, project, labels=(CAT.model_copy(update={"name": "Kitten"}), DOG, BIRD))
    await looked(one, project)
    assert len(await trainings(one, project)) == 1
    assert counted(await suggested(one, project)) == {CAT.id: 20, DOG.id: 20}
    assert "'Bird' has 0" in str((await standing(one, project)).detail)


async def test_what_a_merged_label_was_suggested_for_is_suggested_as_the_other_before_and_after_a_look(
    account: Account,
) -> None:
    one = await account.process()
    project = await learned(one, birds=15)
    await change_project(one.storage, project, lambda known: merge(known, BIRD.id, DOG.id))
    assert counted(await suggested(one, project)) == {CAT.id: 20, DOG.id: 40}
    assert (await standing(one, project)).detail is None
    other = await account.process()
    await looked(other, project)
    assert counted(await suggested(one, project)) == {CAT.id: 20, DOG.id: 40}
    await change(one, project, suggestion_precision=0.9)
    await looked(one, project)
    assert {figures.id for figures in (await trainings(one, project))[0].by_label} == {CAT.id, DOG.id}
    assert counted(await suggested(one, project)) == {CAT.id: 20, DOG.id: 40}


async def test_a_label_that_was_not_learned_is_suggested_for_what_was_merged_into_it(account: Account) -> None:
    one = await account.process()
    project = await learned(one)
    await change_project(one.storage, project, lambda known: merge(known, DOG.id, BIRD.id))
    assert counted(await suggested(one, project)) == {CAT.id: 20, BIRD.id: 20}
    assert (await standing(one, project)).detail is None


async def test_nothing_is_suggested_of_a_removed_label_and_labeling_goes_on(account: Account) -> None:
    one = await account.process()
    project = await learned(one, birds=15)
    board, birds = await one.board(project), dict.fromkeys(range(30, 45))
    await reject(board, 0, birds, Action("rita", 1), None)
    wanted = [Wanted(1, "Cat"), Wanted(2, "Dog")]
    await change_project(one.storage, project, lambda known: relabel(known, wanted, {1, 2}))
    assert counted(await suggested(one, project)) == {CAT.id: 20, DOG.id: 20}
    assert "15 of the labels" in str((await standing(one, project)).detail)
    # What looked like it is said to be one of the others now, and by nobody to be what was removed.
    other = await account.process()
    await looked(other, project)
    said = counted(await suggested(one, project))
    assert said.keys() == {CAT.id, DOG.id}
    assert sum(said.values()) == 75


async def test_labels_that_were_taken_back_are_told_and_it_learns_again_once_they_are_enough(account: Account) -> None:
    one = await account.process()
    project = await project_with(one, [1, 2] * 22 + [3] * 16, [1, 2] * 10, labels=(CAT, DOG, BIRD), pack_size=40)
    await looked(one, project)
    board = await one.board(project)
    await reject(board, 1, dict.fromkeys(range(4, 14)), Action("rita", 1), None)
    await looked(one, project)
    stands = await standing(one, project)
    assert (stands.status, stands.labels, stands.learned_from, stands.learns_at) == ("ready", 50, 60, 80)
    assert str(stands.detail).startswith("10 of the labels that suggestions were learned from were taken back since.")
    await reject(board, 1, dict.fromkeys(range(14, 20)), Action("rita", 2), None)
    await reject(board, 0, dict.fromkeys(range(4)), Action("rita", 3), None)
    await looked(one, project)
    assert [training.labels for training in await trainings(one, project)] == [40, 60]
    stands = await standing(one, project)
    assert (stands.status, stands.learned_from) == ("ready", 40)
    assert stands.detail == "Not suggested before 5 images have them: 'Bird' has 0."
    assert {figures.id for figures in (await trainings(one, project))[0].by_label} == {CAT.id, DOG.id}


async def test_where_all_labels_were_taken_back_it_says_what_it_needs_and_what_suggestions_go_by(
    account: Account,
) -> None:
    one = await account.process()
    project = await learned(one)
    await reject(await one.board(project), 0, dict.fromkeys(range(28)), Action("rita", 1), None)
    await looked(one, project)
    stands = await standing(one, project)
    assert (stands.status, stands.labels, len(await trainings(one, project))) == ("ready", 2, 1)
    assert stands.detail == (
        "28 of the labels that suggestions were learned from were taken back since. They are learned anew when more "
        "have changed, or when an administrator asks for it. Suggestions need 5 labeled images of at least 2 labels: "
        "'Dog' has 2, 'Cat' has 0, 'Bird' has 0. Until then they go by what was learned before."
    )
    assert await label(one, project, 20) == 20
    assert await asked_looks(one, project) == []
