"""Projects whose images have features that are written by hand: images of a label look alike, and unlike all others."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np

from functions.assist.features import Made, add_features
from functions.assist.model import FEATURES
from functions.assist.run import TrainingWork
from functions.assist.standing import standing_of
from functions.assist.store import LOCK, TRAININGS, Training, TrainingMessage
from functions.assist.wire import AssistAnswer
from functions.labeling.counts import Counts
from functions.labeling.directory import RANGE_SIZE, Edit, Range
from functions.labeling.directory import WAITING as WAITS
from functions.labeling.head import PACK_SIZE, WAITING
from functions.labeling.rows import Image, image_id
from functions.labeling.suggestion_rows import Suggestions
from functions.labeling.suggestions import AnySuggestion, Suggestion
from functions.labeling.work_queue import Page
from functions.locks import break_lock, lock_of
from functions.projects.model import Label, Project
from functions.projects.store import change_project
from functions.storage import TRAININGS_QUEUE
from functions.tasks.annotation import Annotation
from tests.assist.scene import Features, switch
from tests.exports.scene import Picture, head_of, project_of
from tests.refresh.scene import Process, now

CAT, DOG, BIRD = (Label(id=number, name=name) for number, name in enumerate(("Cat", "Dog", "Bird"), 1))


def looks_like(label: int, seed: int) -> Features:
    """The features of one of the images that look like a label."""
    kind = np.random.default_rng(label).normal(size=FEATURES)
    return (kind + np.random.default_rng([label, seed]).normal(size=FEATURES) / 4).astype(np.float16)


def truth(name: str) -> int:
    """What an image with this name looks like."""
    return int(name.partition("-")[0])


async def project_with(
    one: Process,
    labeled: Sequence[int],
    waiting: Sequence[int] = (),
    *,
    labels: Sequence[Label] = (CAT, DOG),
    pack_size: int = PACK_SIZE,
    featured: bool = True,
) -> str:
    """A project with suggestions on. labeled, waiting: what its images look like; the former have these labels. Without
    features where they are not wanted. Gives its id.
    """
    pictures = [Picture(f"{label}-{number}.png", label) for number, label in enumerate(labeled)]
    pictures += [Picture(f"{label}-{number}.png", None, WAITING) for number, label in enumerate(waiting, len(labeled))]
    project = await project_of(one.storage, pictures, labels, pack_size)
    if featured:
        await give_features(one, project)
    return (await switch(one, project.id, on=True)).id


async def give_features(one: Process, project: Project, packs: Iterable[int] | None = None) -> None:
    """Features of what the images look like, to all of them or to those of some packs."""
    async for pack, _, images in (await one.board(project.id)).rows.scan():
        if packs is None or pack in packs:
            made = {slot: Made("v", looks_like(truth(image.name), slot)) for slot, image in enumerate(images)}
            await add_features(one.storage, project, pack, made)


async def more_packs(one: Process, project_id: str, count: int, size: int) -> None:
    """Adds packs whose images wait, and have no features."""
    board, head = await one.board(project_id), head_of([Picture("", None, WAITING)] * size).freeze()
    (known,) = await board.directory.ranges(fresh=True)
    first = len(known.letters)
    packs = range(first, first + count)
    images = [Image(f"1-{number}.png", "0x1", 1000, 32, 24) for number in range(size)]
    for some in (packs[start : start + 32] for start in range(0, count, 32)):
        await asyncio.gather(*(board.rows.insert(pack, head, images) for pack in some))
    for start in {pack // RANGE_SIZE * RANGE_SIZE for pack in packs}:
        its = [pack for pack in packs if start <= pack < start + RANGE_SIZE]
        figures = Counts(states=Counter({"waiting": size * len(its)}))

        async def edit(_: Range, edit: Edit = Edit(dict.fromkeys(its, WAITS), figures)) -> Edit:  # noqa: B008
            return edit

        assert await board.directory.edit(start, edit, int(now().timestamp() * 1000))


async def looked(one: Process, project_id: str, *, pack: int | None = None, has_features: bool = False) -> None:
    """As a message of the queue does it."""
    message = TrainingMessage(project_id=project_id, pack=pack, has_features=has_features)
    await TrainingWork(one.storage, message, now).run()


async def asked_looks(one: Process, project_id: str) -> list[TrainingMessage]:
    """Takes the messages that ask for looks at this project out of their queue."""
    return await one.messages(project_id, TRAININGS_QUEUE, TrainingMessage)


async def work_looks_off(one: Process, project_id: str, most: int = 10) -> int:
    """Works off what is asked for, and what that asks for. Gives how many looks there were."""
    done = 0
    while messages := await asked_looks(one, project_id):
        for message in messages:
            await TrainingWork(one.storage, message, now).run()
            done += 1
            assert done <= most, "it comes to no end"
    return done


async def trainings(one: Process, project_id: str) -> list[Training]:
    """Newest first."""
    return await TRAININGS.list(one.storage, project_id, limit=100)


async def suggested(one: Process, project_id: str) -> dict[str, Suggestion]:
    """What labelers are shown of images with one label each, by image, of all packs; as storage has it."""
    return cast(dict[str, Suggestion], await all_suggested(one, project_id))


async def all_suggested(one: Process, project_id: str) -> dict[str, AnySuggestion]:
    """The same of images with any number of labels, too."""
    project, board = await one.project(project_id), await one.board(project_id)
    return {
        image_id(pack, slot): suggestion
        async for pack, _, _ in board.rows.scan()
        for slot, suggestion in (await Suggestions(board.table).read(pack)).shown(project).items()
    }


async def standing(one: Process, project_id: str) -> AssistAnswer:
    at = int(now().timestamp() * 1000)
    return await standing_of(one.storage, await one.project(project_id), sees_all=True, now=at)


async def leased(one: Process, project_id: str, count: int, user: str = "lena") -> Page:
    """A page of images, of which there must be some; it shows nothing of what is suggested."""
    queue, at = (await one.board(project_id)).queue, int(now().timestamp() * 1000)
    page = await queue.lease(await _unassisted(one, project_id), user, count, (), now=at)
    assert isinstance(page, Page), "nothing was left"
    return page


async def submit(one: Process, project_id: str, page: Page, labels: Mapping[int, int], user: str = "lena") -> None:
    """A page that has shown nothing of what is suggested."""
    queue, at = (await one.board(project_id)).queue, int(now().timestamp() * 1000)
    given = {slot: Annotation((label,)) for slot, label in labels.items()}
    await queue.submit(await _unassisted(one, project_id), user, page.lease.id, given, {}, now=at)


async def _unassisted(one: Process, project_id: str) -> Project:
    return (await one.project(project_id)).model_copy(update={"ml_assist": False, "has_suggestions": False})


async def label(one: Process, project_id: str, count: int, user: str = "lena") -> int:
    """Labels a page of at most so many images as what they look like, without being shown what is suggested. Gives how
    many there were.
    """
    page = await leased(one, project_id, count, user)
    labels = {slot: truth(page.images[slot].name) for slot in page.lease.slots}
    await submit(one, project_id, page, labels, user)
    return len(labels)


async def change(one: Process, project_id: str, **update: object) -> Project:
    return await change_project(one.storage, project_id, lambda project: project.model_copy(update=update))


async def unlock(one: Process, project_id: str) -> None:
    """As the expiry of a dead look's lock would."""
    await break_lock(lock_of(one.storage, project_id, LOCK))


def counted(suggestions: Mapping[str, Suggestion]) -> dict[int, int]:
    """How many suggestions there are of each label."""
    labels = [one.label for one in suggestions.values()]
    return {label: labels.count(label) for label in sorted(set(labels))}
