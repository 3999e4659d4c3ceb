"""Projects whose images have any number of labels: what is learned, suggested and doubted, and what comes of it."""

from collections.abc import Mapping

import numpy as np

from functions.assist.features import Made, add_features
from functions.assist.model import FEATURES
from functions.assist.results import DOUBTS, Doubt, read_doubts, write_doubts
from functions.labeling.head import WAITING
from functions.labeling.rows import Image
from functions.labeling.suggestions import Several, Suggestion
from functions.labeling.wire import suggestion_answers
from functions.labeling.work_queue import Page
from functions.projects.model import Project
from functions.review.doubted import list_doubted
from functions.review.images import Filter
from functions.tasks.annotation import Annotation, of_labels
from tests.assist.learning import (
    BIRD,
    CAT,
    DOG,
    all_suggested,
    change,
    leased,
    looked,
    project_with,
    standing,
    trainings,
)
from tests.exports.scene import Picture, add_packs, board_of
from tests.refresh.scene import Account, Process, now

# Of twelve images three have no label, and three have two.
SHOWN = [(), (CAT.id,), (DOG.id,), (CAT.id, DOG.id)] * 3
PACK = 96


def truth(image: Image) -> Annotation:
    """What an image with this name shows."""
    labels = image.name.partition("_")[0]
    return of_labels(map(int, filter(None, labels.split("-"))))


def looks_like(said: Annotation, seed: int) -> np.ndarray[tuple[int], np.dtype[np.float16]]:
    kinds = [np.random.default_rng(label).normal(size=FEATURES) for label in (0, *said.labels)]
    return (sum(kinds) + np.random.default_rng([7, seed]).normal(size=FEATURES) / 8).astype(np.float16)


async def project_of(one: Process) -> str:
    """A project of one pack, of which nothing is labeled."""
    project_id = await project_with(one, [], labels=(CAT, DOG, BIRD))
    project = await change(one, project_id, task_type="multiLabel")
    names = [f"{'-'.join(map(str, SHOWN[at % 12]))}_{at}.png" for at in range(PACK)]
    await add_packs(one.storage, board_of(one.storage, project), [Picture(name, None, WAITING) for name in names])
    async for pack, _, images in (await one.board(project_id)).rows.scan():
        made = {slot: Made("v", looks_like(truth(image), slot)) for slot, image in enumerate(images)}
        await add_features(one.storage, project, pack, made)
    return project_id


async def label_most(one: Process, project: str, but: Mapping[int, Annotation]) -> None:
    """All but the last 24 images, labeled as what they show but for some slots; nothing is suggested for them."""
    unassisted = (await one.project(project)).model_copy(update={"ml_assist": False})
    for _ in range(2):
        page = await leased(one, project, 36)
        given = {slot: but.get(slot, truth(image)) for slot, image in page.images.items()}
        at = int(now().timestamp() * 1000)
        await (await one.board(project)).queue.submit(unassisted, "lena", page.lease.id, given, {}, now=at)


async def test_any_number_of_labels_are_learned_suggested_and_doubted(account: Account) -> None:
    one = await account.process()
    project_id = await project_of(one)
    # Slot 1 shows a cat alone, 3 a cat and a dog.
    await label_most(one, project_id, {1: of_labels([CAT.id, DOG.id]), 3: of_labels([DOG.id])})
    await looked(one, project_id)
    (training,) = await trainings(one, project_id)
    assert training.right is not None
    assert training.right > 0.9
    assert training.detail == "Not suggested before 5 images have them: 'Bird' has 0."
    assert training.confusion == ()
    assert [(pair.labels, pair.count) for pair in training.together] == [((CAT.id, DOG.id), 18)]
    figures = {figures.id: figures for figures in training.by_label}
    assert set(figures) == {CAT.id, DOG.id}
    assert all(one.right and one.precision and min(one.right, one.precision) > 0.9 for one in figures.values())

    project, board = await one.project(project_id), await one.board(project_id)
    images = await board.rows.images(0, 0)
    suggested = await all_suggested(one, project_id)
    assert len(suggested) == 24
    right = [one.said == truth(images[int(image[-2:])]) for image, one in suggested.items()]
    assert sum(right) > 0.9 * len(right)
    assert any(one.sure and one == Several(()) for one in suggested.values())

    found, following = await list_doubted(
        board,
        project,
        await read_doubts(one.storage, project),
        Filter(),
        suggested=None,
        start=0,
        limit=9,
        now=0,
    )
    assert following is None
    told = {item.slot: (item.status.labels, said.said.labels) for item, said in found}
    # Which images are held out together follows from the project's id: now and then one of them is not plain.
    assert told
    assert told.items() <= {1: ((CAT.id, DOG.id), (CAT.id,)), 3: ((DOG.id,), (CAT.id, DOG.id))}.items()
    assert await says_instead(one, project, DOG.id) == []
    assert await says_instead(one, project, CAT.id) == [slot for slot in told if slot == 3]


async def says_instead(one: Process, project: Project, label: int) -> list[int]:
    doubts = await read_doubts(one.storage, project)
    board, wanted = await one.board(project.id), frozenset([label])
    found, _ = await list_doubted(board, project, doubts, Filter(), suggested=wanted, start=0, limit=9, now=0)
    return [item.slot for item, _ in found]


async def seen_page(one: Process, project_id: str) -> Page:
    """A page that shows what is suggested."""
    project, queue = await one.project(project_id), (await one.board(project_id)).queue
    at = int(now().timestamp() * 1000)
    while True:
        page = await queue.lease(project, "lena", 24, (), now=at)
        assert isinstance(page, Page)
        if not page.suggestions.hidden & page.images.keys():
            return page
        await queue.release("lena", page.lease.id, now=at)


async def test_what_people_make_of_it_is_counted_by_all_labels_of_an_image(account: Account) -> None:
    one = await account.process()
    project_id = await project_of(one)
    await label_most(one, project_id, {})
    await looked(one, project_id)
    project, page = await one.project(project_id), await seen_page(one, project_id)
    shown = {slot: page.suggestions.by_slot[slot] for slot in page.images}
    for said in shown.values():
        told = suggestion_answers(project, said)
        assert [one.label for one in told] == [project.label_name(one.label) for one in said.listed]
        assert all(one.sure for one in told) == said.sure
    sure = [slot for slot, said in shown.items() if said.sure]
    assert len(sure) > 3
    given = {slot: said.said for slot, said in shown.items()}
    # One label more is another annotation.
    given[sure[0]] = of_labels([*given[sure[0]].labels, BIRD.id])
    at = int(now().timestamp() * 1000)
    await (await one.board(project_id)).queue.submit(project, "lena", page.lease.id, given, {}, now=at)
    (lena,) = (await standing(one, project_id)).by_labeler
    assert (lena.accepted, lena.changed) == (len(sure) - 1, 1)


async def test_doubts_of_one_label_are_kept_as_a_former_version_reads_them(account: Account) -> None:
    one = await account.process()
    project = await one.project(await project_with(one, [1, 2]))
    several = Several((Suggestion(DOG.id, 0.97, sure=True, likely=True), Suggestion(BIRD.id, 0.25, likely=False)))
    doubts = [
        Doubt(0, 1, Annotation((CAT.id,)), Suggestion(DOG.id, 0.9, sure=True), (DOG.id,)),
        Doubt(0, 2, of_labels([CAT.id, BIRD.id]), several, (CAT.id, DOG.id)),
        Doubt(0, 3, Annotation(), several, (DOG.id,)),
    ]
    await write_doubts(one.storage, project, doubts)
    assert await read_doubts(one.storage, project) == doubts
    stream = await one.storage.container(project.previews_container).download_blob(DOUBTS)
    assert (await stream.readall()).startswith(b"[[0,1,1,2,0.9,true],")
