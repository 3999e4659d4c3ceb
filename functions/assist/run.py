"""A look at a project's labels: when there is enough that is new, learns from them; then suggests labels for the images
that come next. One look at a project at a time; what is cut off, the next one does again.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import numpy as np
from azure.core.exceptions import ResourceNotFoundError
from numpy.typing import NDArray

from functions.assist.ahead import Ahead
from functions.assist.classifier import NEVER_SURE, Unusable
from functions.assist.features import read_features
from functions.assist.learning import Learned, NotEnough, fold_of, learn
from functions.assist.model import FEATURES
from functions.assist.results import Doubt, drop_old_classifiers, read_classifier, write_classifier, write_doubts
from functions.assist.sampling import Labeled, labeled_images, most_learned_from, stratified
from functions.assist.schedule import is_due, too_few, what_lacks
from functions.assist.store import (
    Confusion,
    LabelFigures,
    Shown,
    Training,
    TrainingMessage,
    ask_for_training,
    insert_training,
    list_trainings,
    new_training,
    newest_completed,
    save_training,
    send_look,
    training_lock,
)
from functions.labeling.board import board_of
from functions.labeling.progress import Progress, read_progress
from functions.locks import LockedByOther, locked
from functions.problems import NotFound
from functions.projects.model import Project
from functions.projects.store import is_there, load_project
from functions.storage import MOST_DELIVERIES, Storage

RETRY_SECONDS = 5
READ_AT_ONCE = 8
# Enough of them to tell when it last learned, and by what.
NEWEST = 10
GIVEN_UP = "Nothing could be learned, however often it was tried. The reason is in the service's log; try again."
SWITCHED_OFF = "Suggestions were switched off before it began."

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


async def look(storage: Storage, message: TrainingMessage, clock: Clock) -> None:
    """Does what a message asks for. One for what is gone ends quietly."""
    try:
        project = await load_project(storage, message.project_id)
        if project.restoring:
            return
        async with locked(training_lock(storage, project.id)):
            await Look(storage, project, clock).look(message)
    except LockedByOther:
        await send_look(storage, message, delay=RETRY_SECONDS)
    except (NotFound, ResourceNotFoundError):
        if await is_there(storage, message.project_id):
            raise


async def give_up(storage: Storage, message: TrainingMessage, now: datetime) -> None:
    """Marks a training failed that could not be done however often it was tried."""
    training = _unfinished(await list_trainings(storage, message.project_id, limit=NEWEST))
    if training:
        failed = {"status": "failed", "finished_at": now, "detail": GIVEN_UP}
        await save_training(storage, training.model_copy(update=failed))


def _unfinished(trainings: Sequence[Training]) -> Training | None:
    """One that somebody has asked for, or that a dead process has left. It need not be the newest: of two that are
    asked for at once, the other one is worked on first.
    """
    return next((one for one in trainings if not one.is_over), None)


class Look:
    """One look at a project."""

    def __init__(self, storage: Storage, project: Project, clock: Clock) -> None:
        self._storage = storage
        self._project = project
        self._clock = clock
        self._board = board_of(storage, project)

    async def look(self, message: TrainingMessage) -> None:
        trainings = await list_trainings(self._storage, self._project.id, limit=NEWEST)
        unfinished = _unfinished(trainings)
        if not self._project.ml_assist:
            if unfinished:
                await self._end(unfinished, status="waiting", detail=SWITCHED_OFF)
            return
        progress = await read_progress(self._board, self._now())
        training = unfinished or await self._begin(trainings, progress, message)
        if training:
            await self._train(training, progress)
            trainings = await list_trainings(self._storage, self._project.id, limit=NEWEST)
        await self._suggest(trainings, message.pack)

    async def _begin(
        self, trainings: Sequence[Training], progress: Progress, message: TrainingMessage
    ) -> Training | None:
        """A new training, where one is due."""
        last = next(iter(trainings), None)
        has_more = message.has_features and last is not None and last.lacking > 0
        if not (has_more or is_due(self._project, progress.counts.states["labeled"], trainings)):
            return None
        if what_lacks(self._project, progress.by_label(self._project.aliases)):
            return None
        training = new_training(self._project.id, "running", self._clock())
        await insert_training(self._storage, training)
        return training

    async def _train(self, training: Training, progress: Progress) -> None:
        labeled = progress.counts.states["labeled"]
        training = training.model_copy(
            update={
                "status": "running",
                "started_at": self._clock(),
                "labeled": labeled,
                "precision": self._project.suggestion_precision,
                "shown": Shown.of(progress.counts.work.values()),
                "tries": training.tries + 1,
            }
        )
        if training.tries > MOST_DELIVERIES:
            await self._end(training, status="failed", detail=GIVEN_UP)
            return
        await save_training(self._storage, training)
        began = time.monotonic()
        found = await labeled_images(self._board, self._project)
        images = stratified(self._project, found, most_learned_from(len({one.label for one in found})))
        known, features = await self._features(images)
        training = training.model_copy(update={"labels": len(known), "lacking": len(images) - len(known)})
        try:
            learned = await asyncio.to_thread(
                learn,
                features,
                [one.label for one in known],
                [fold_of(self._project.id, one.image) for one in known],
                precision=self._project.suggestion_precision,
                reviewed=[index for index, one in enumerate(known) if one.reviewed],
            )
        except NotEnough as lacking:
            detail = what_lacks(self._project, lacking.counts)
            if training.lacking:
                detail = f"{training.lacking:,} of {len(images):,} labeled images are not looked at yet. {detail}"
            await self._end(training, status="waiting", detail=detail)
            return
        await self._keep(training, known, learned, began)

    async def _features(self, images: Sequence[Labeled]) -> tuple[list[Labeled], NDArray[np.float16]]:
        """The images that have features of what they are now, and these (n, 1280)."""
        gate = asyncio.Semaphore(READ_AT_ONCE)

        async def read(pack: int, some: list[Labeled]) -> tuple[list[Labeled], NDArray[np.float16] | None]:
            async with gate:
                found = await read_features(self._storage, self._project, pack)
            having = [one for one in some if found and found.has(one.slot) and not one.outdated]
            return having, found.of([one.slot for one in having]) if found and having else None

        by_pack = {pack: list(some) for pack, some in groupby(images, key=lambda one: one.pack)}
        parts = await asyncio.gather(*(read(pack, some) for pack, some in by_pack.items()))
        known = [one for having, _ in parts for one in having]
        matrices = [matrix for _, matrix in parts if matrix is not None]
        return known, np.concatenate(matrices) if matrices else np.zeros((0, FEATURES), np.float16)

    async def _keep(self, training: Training, known: Sequence[Labeled], learned: Learned, began: float) -> None:
        """Keeps what was learned: the record comes last, and says that the rest is there."""
        classifier = learned.classifier
        await write_classifier(self._storage, self._project, training.id, classifier)
        ahead = Ahead(self._storage, self._project, training.id, classifier)
        doubts = [
            Doubt(
                known[one.index].pack,
                known[one.index].slot,
                known[one.index].label,
                one.suggested,
                one.confidence,
                one.confidence >= classifier.sure_from,
            )
            for one in learned.doubts
        ]
        await write_doubts(self._storage, self._project, doubts)
        confusion = [
            Confusion(
                label=one.label,
                suggested=one.suggested,
                count=one.count,
                images=tuple(known[at].image for at in one.images),
            )
            for one in learned.confusion
        ]
        await self._end(
            training,
            status="completed",
            seconds=round(time.monotonic() - began, 2),
            right=learned.right,
            sure_from=None if classifier.sure_from >= NEVER_SURE else classifier.sure_from,
            sure_right=learned.sure_right,
            sure_share=await ahead.sure_share(),
            by_label=tuple(
                LabelFigures(id=label, count=score.count, right=score.right)
                for label, score in learned.by_label.items()
            ),
            confusion=tuple(confusion),
            detail=too_few(self._project.labels, {label: score.count for label, score in learned.by_label.items()}),
        )
        await drop_old_classifiers(self._storage, self._project)

    async def _suggest(self, trainings: Sequence[Training], pack: int | None) -> None:
        """Suggests labels by what the newest training has learned. Where that cannot be read any more, it is learned
        again, unless that was tried since.
        """
        learned = newest_completed(trainings)
        if learned is None:
            return
        try:
            classifier = await read_classifier(self._storage, self._project, learned.id)
        except Unusable:
            classifier = None
        if classifier is None:
            log.warning("what training %s of project %s has learned is not there", learned.id, self._project.id)
            if learned == trainings[0]:
                await ask_for_training(self._storage, self._project.id, self._clock())
            return
        await Ahead(self._storage, self._project, learned.id, classifier).write(self._now(), pack)

    async def _end(self, training: Training, **changes: Any) -> None:
        await save_training(self._storage, training.model_copy(update={"finished_at": self._clock(), **changes}))

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)
