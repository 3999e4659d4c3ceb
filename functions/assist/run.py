"""A look at a project's labels: when there is enough that is new, learns from them; then suggests labels for the images
that come next. One look at a project at a time; what is cut off, the next one does again.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from functions.assist.ahead import Ahead
from functions.assist.classifier import NEVER_SURE, Unusable
from functions.assist.features import read_features
from functions.assist.learning import Learned, NotEnough, fold_of, learn
from functions.assist.learning_each import learn_each
from functions.assist.model import FEATURES
from functions.assist.results import Doubt, drop_old_classifiers, read_classifier, write_classifier, write_doubts
from functions.assist.sampling import Labeled, labeled_images, most_learned_from, stratified
from functions.assist.schedule import is_due, too_few, what_lacks
from functions.assist.store import (
    LOCK,
    TRAININGS,
    Confusion,
    LabelFigures,
    Shown,
    Together,
    Training,
    TrainingMessage,
    ask_for_training,
    new_training,
    newest_completed,
)
from functions.labeling.board import board_of
from functions.labeling.progress import Progress, read_progress
from functions.longwork import LongWork
from functions.projects.store import load_project
from functions.storage import MOST_DELIVERIES, TRAININGS_QUEUE

READ_AT_ONCE = 8
# Enough of them to tell when it last learned, and by what.
NEWEST = 10
SWITCHED_OFF = "Suggestions were switched off before it began."

log = logging.getLogger(__name__)


class TrainingWork(LongWork[TrainingMessage]):
    """A look at a project. Its message names no record: one that waits is taken, or one is made where it is due. No
    look goes on with what another has begun, so a record counts how often it was tried.
    """

    queue, lock = TRAININGS_QUEUE, LOCK
    given_up = "Nothing could be learned, however often it was tried. The reason is in the service's log; try again."

    async def load(self) -> bool:
        self.project = await load_project(self.storage, self.message.project_id)
        return not self.project.restoring

    async def fail(self, reason: str) -> None:
        if training := _unfinished(await self._newest()):
            await self._end(training, status="failed", detail=reason)

    async def _newest(self) -> list[Training]:
        return await TRAININGS.list(self.storage, self.project.id, limit=NEWEST)

    async def work(self) -> None:
        self._board = board_of(self.storage, self.project)
        trainings = await self._newest()
        unfinished = _unfinished(trainings)
        if not self.project.ml_assist:
            if unfinished:
                await self._end(unfinished, status="waiting", detail=SWITCHED_OFF)
            return
        progress = await read_progress(self._board, self._now())
        training = unfinished or await self._begin(trainings, progress)
        if training:
            await self._train(training, progress)
            trainings = await self._newest()
        await self._suggest(trainings, self.message.pack)

    async def _begin(self, trainings: Sequence[Training], progress: Progress) -> Training | None:
        """A new training, where one is due."""
        last = next(iter(trainings), None)
        has_more = self.message.has_features and last is not None and last.lacking > 0
        if not (has_more or is_due(self.project, progress.counts.states["labeled"], trainings)):
            return None
        if what_lacks(self.project, progress.by_label(self.project.aliases)):
            return None
        training = new_training(self.project.id, "running", self.clock())
        await TRAININGS.insert(self.storage, training)
        return training

    async def _train(self, training: Training, progress: Progress) -> None:
        labeled = progress.counts.states["labeled"]
        training = training.model_copy(
            update={
                "status": "running",
                "started_at": self.clock(),
                "labeled": labeled,
                "precision": self.project.suggestion_precision,
                "shown": Shown.of(progress.counts.work.values()),
                "tries": training.tries + 1,
            }
        )
        if training.tries > MOST_DELIVERIES:
            await self._end(training, status="failed", detail=self.given_up)
            return
        await TRAININGS.save(self.storage, training)
        began = time.monotonic()
        found = await labeled_images(self._board, self.project)
        images = stratified(
            self.project, found, most_learned_from(len({label for one in found for label in one.said.labels}))
        )
        known, features = await self._features(images)
        training = training.model_copy(update={"labels": len(known), "lacking": len(images) - len(known)})
        try:
            learned = await asyncio.to_thread(
                learn if self.project.task.one_label else learn_each,
                features,
                [one.said for one in known],
                [fold_of(self.project.id, one.image) for one in known],
                precision=self.project.suggestion_precision,
                reviewed=[index for index, one in enumerate(known) if one.reviewed],
            )
        except NotEnough as lacking:
            detail = what_lacks(self.project, lacking.counts)
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
                found = await read_features(self.storage, self.project, pack)
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
        await write_classifier(self.storage, self.project, training.id, classifier)
        ahead = Ahead(self.storage, self.project, training.id, classifier)
        doubts = [
            Doubt(known[one.index].pack, known[one.index].slot, known[one.index].said, one.said, one.against)
            for one in learned.doubts
        ]
        await write_doubts(self.storage, self.project, doubts)
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
                LabelFigures(id=label, count=score.count, right=score.right, precision=score.precision)
                for label, score in learned.by_label.items()
            ),
            confusion=tuple(confusion),
            together=tuple(Together(labels=one.labels, count=one.count) for one in learned.together),
            detail=too_few(self.project.labels, {label: score.count for label, score in learned.by_label.items()}),
        )
        await drop_old_classifiers(self.storage, self.project)

    async def _suggest(self, trainings: Sequence[Training], pack: int | None) -> None:
        """Suggests labels by what the newest training has learned. Where that cannot be read any more, it is learned
        again, unless that was tried since.
        """
        learned = newest_completed(trainings)
        if learned is None:
            return
        try:
            classifier = await read_classifier(self.storage, self.project, learned.id)
        except Unusable:
            classifier = None
        if classifier is None:
            log.warning("what training %s of project %s has learned is not there", learned.id, self.project.id)
            if learned == trainings[0]:
                await ask_for_training(self.storage, self.project.id, self.clock())
            return
        await Ahead(self.storage, self.project, learned.id, classifier).write(self._now(), pack)

    async def _end(self, training: Training, **changes: Any) -> None:
        await TRAININGS.save(self.storage, training.model_copy(update={"finished_at": self.clock(), **changes}))

    def _now(self) -> int:
        return int(self.clock().timestamp() * 1000)


def _unfinished(trainings: Sequence[Training]) -> Training | None:
    """One that somebody has asked for, or that a dead process has left. It need not be the newest: of two that are
    asked for at once, the other one is worked on first.
    """
    return next((one for one in trainings if not one.is_over), None)
