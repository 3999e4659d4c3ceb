"""Suggestions for images of any pack, whether somebody has opened it or not, all by one model: for exports."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from functions.assist.features import read_features
from functions.assist.store import TRAININGS
from functions.labeling.board import board_of
from functions.labeling.suggestions import AnySuggestion
from functions.projects.model import Project
from functions.storage import Storage

if TYPE_CHECKING:
    from functions.assist.classifier import Classifier

# Before so many trainings a model was kept that can still be read, if there is one.
MOST_TRAININGS = 20

log = logging.getLogger(__name__)


class ModelGone(Exception):
    """The model that a training has learned is not kept any more."""


class Suggester:
    """Suggests labels for a project's images: what was learned, and what was imported where that is not sure.

    labels: ids that may be suggested; aliases: for merged labels those as which they count. classifier: None where only
    imported suggestions count.
    """

    def __init__(
        self,
        storage: Storage,
        project: Project,
        labels: Collection[int],
        aliases: Mapping[int, int],
        classifier: "Classifier | None",
    ) -> None:
        self._storage = storage
        self._project = project
        self._labels = labels
        self._aliases = aliases
        self._classifier = classifier
        self._suggestions = board_of(storage, project).suggestions

    async def of_pack(self, pack: int, etags: Mapping[int, str]) -> dict[int, AnySuggestion]:
        """What is suggested for some slots of a pack; not each has a suggestion. etags: of their images, by slot: what
        was made of another version of a file says nothing of this one.
        """
        known, learned = await asyncio.gather(self._suggestions.read(pack), self._learned(pack, etags))
        chosen = known._replace(learned=learned).chosen(self._labels, self._aliases, self._project.choices)
        return {slot: one for slot, one in chosen.items() if slot in etags}

    async def _learned(self, pack: int, etags: Mapping[int, str]) -> dict[int, AnySuggestion]:
        features = await read_features(self._storage, self._project, pack) if self._classifier else None
        if self._classifier is None or features is None:
            return {}
        slots = [slot for slot, etag in etags.items() if features.is_of(slot, etag)]
        said = self._classifier.suggest(features.of(slots), self._aliases, self._labels)
        return {slot: one for slot, one in zip(slots, said, strict=True) if one}


async def newest_model(storage: Storage, project: Project) -> str | None:
    """The id of the newest training whose model can be read; None where there is none, or suggestions are off."""
    from functions.assist.classifier import Unusable
    from functions.assist.results import read_classifier

    if not project.ml_assist:
        return None
    for training in await TRAININGS.list(storage, project.id, limit=MOST_TRAININGS):
        if training.status != "completed":
            continue
        try:
            if await read_classifier(storage, project, training.id):
                return training.id
        except Unusable:
            log.warning("the model of training %s of project %s is unreadable", training.id, project.id)
    return None


async def suggester_of(
    storage: Storage, project: Project, training_id: str | None, labels: Collection[int], aliases: Mapping[int, int]
) -> Suggester:
    """Suggests by the model of that training. Raises ModelGone where that cannot be read any more."""
    classifier = None
    if training_id:
        from functions.assist.classifier import Unusable
        from functions.assist.results import read_classifier

        try:
            classifier = await read_classifier(storage, project, training_id)
        except Unusable as error:
            raise ModelGone(training_id) from error
        if classifier is None:
            raise ModelGone(training_id)
    return Suggester(storage, project, labels, aliases, classifier)
