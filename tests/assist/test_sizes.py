"""Projects of hardly any images, and of as many labels as there may be."""

import pytest

from functions.assist import fitting
from functions.assist.store import ask_for_training
from functions.projects.labels import MOST_LABELS
from functions.projects.model import Label
from tests.assist.learning import asked_looks, label, looked, project_with, standing, suggested, trainings
from tests.refresh.scene import Account, now

NEEDED = "Suggestions need 5 labeled images of at least 2 labels: "
WITHOUT = " Until then labeling goes on without them."


@pytest.mark.parametrize(
    ("labeled", "lacks"),
    [
        ([1, 2], "'Cat' has 1, 'Dog' has 1."),
        ([], "'Cat' has 0, 'Dog' has 0."),
        ([1] * 30, "'Dog' has 0."),
        ([1] * 26 + [2] * 4, "'Dog' has 4."),
        ([1] * 4 + [2] * 3, "'Cat' has 4, 'Dog' has 3."),
    ],
    ids=["two images", "none labeled", "one label", "four of a label", "four and three"],
)
async def test_where_there_is_too_little_it_says_what_it_needs_and_labeling_goes_on(
    account: Account, labeled: list[int], lacks: str
) -> None:
    one = await account.process()
    project = await project_with(one, labeled, [1, 2])
    await looked(one, project)
    stands = await standing(one, project)
    assert (stands.status, stands.detail, stands.learned_from) == ("waiting", NEEDED + lacks + WITHOUT, 0)
    assert await trainings(one, project) == []
    # Who asks for it is told the same.
    await ask_for_training(one.storage, project, now())
    await looked(one, project)
    (training,) = await trainings(one, project)
    assert (training.status, training.detail) == ("waiting", NEEDED + lacks)
    assert (await standing(one, project)).detail == stands.detail
    assert await label(one, project, 2) == 2
    assert await suggested(one, project) == {}


async def test_a_label_with_few_images_is_not_suggested_and_told_beside_those_that_are(account: Account) -> None:
    one = await account.process()
    kinds = [Label(id=number, name=f"Kind {number}") for number in range(1, 10)]
    few = [number for number in range(3, 10) for _ in range((number - 3) % 4 + 1)]
    project = await project_with(one, [1, 2] * 10 + few, list(range(1, 10)), labels=kinds)
    await looked(one, project)
    (training,) = await trainings(one, project)
    assert training.detail == (
        "Not suggested before 5 images have them: 'Kind 6' has 4, 'Kind 5' has 3, 'Kind 9' has 3, 'Kind 4' has 2, "
        "'Kind 8' has 2, 2 more have fewer."
    )
    assert {figures.id: figures.right is None for figures in training.by_label} == {
        kind.id: kind.id > 2 for kind in kinds
    }
    assert {one.label for one in (await suggested(one, project)).values()} == {1, 2}
    stands = await standing(one, project)
    assert (stands.status, stands.detail) == ("ready", training.detail)


# Some megabytes are sent at once.
@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_a_project_of_as_many_labels_as_there_may_be_is_learned_as_any_other(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How long a good fit takes is no matter here.
    monkeypatch.setattr(fitting, "ROUNDS", 5)
    one = await account.process()
    kinds = [Label(id=number, name=f"Kind {number}") for number in range(1, MOST_LABELS + 1)]
    every = [kind.id for kind in kinds]
    project = await project_with(one, every * 5, every[:99], labels=kinds)
    await looked(one, project)
    (training,) = await trainings(one, project)
    assert (training.status, training.labels, len(training.by_label)) == ("completed", 2500, MOST_LABELS)
    assert training.right is not None
    assert training.right > 0.9
    assert {one.label for one in (await suggested(one, project)).values()} == set(every[:99])
    assert (await standing(one, project)).status == "ready"
    assert await asked_looks(one, project) == []
