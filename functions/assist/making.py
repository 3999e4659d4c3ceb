"""Making features within the budgets of the process. What makes them is imported when the first are made."""

import asyncio
import logging
from collections.abc import Collection
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from azure.core.exceptions import AzureError

from functions.assist.features import Made, add_features
from functions.assist.model import ModelUnreadable
from functions.assist.noting import note_features
from functions.assist.troubles import NOT_STORED, note_made, note_trouble
from functions.imaging.budget import Budgets
from functions.imaging.decoding import in_thread
from functions.imaging.headers.header import Unreadable
from functions.labeling.previews import image_version
from functions.problems import Busy
from functions.projects.model import Project
from functions.storage import Storage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)


async def check_model() -> None:
    """Raises ModelUnreadable where no features can be made."""
    await asyncio.to_thread(lambda: _extractor().load())


async def make_one(budgets: Budgets, etag: str, thumbnail: bytes) -> Made:
    """The features of one image, of its thumbnail. Raises ModelUnreadable, and Unreadable for what is no picture."""
    async with budgets.decoders.taking(1):
        return Made(image_version(etag), await in_thread(_features_of, thumbnail))


def _features_of(thumbnail: bytes) -> "NDArray[np.float16]":
    made: NDArray[np.float16] = _extractor().features_of([thumbnail])[0]
    return made


def _extractor() -> ModuleType:
    try:
        return import_module("functions.assist.extractor")
    except ImportError:
        raise ModelUnreadable("what runs it is not installed") from None


class Making:
    """Features of one pack's images while it is prepared. What fails stops nothing: the project says so, and the pack
    goes on without.
    """

    def __init__(self, storage: Storage, project: Project, pack: int, budgets: Budgets) -> None:
        self._storage = storage
        self._project = project
        self._pack = pack
        self._budgets = budgets
        self._made: dict[int, Made] = {}
        self._trouble: str | None = None
        self._is_noted = False

    async def make(self, slot: int, etag: str, thumbnail: bytes) -> None:
        """Makes the features of an image, and keeps them until they are saved."""
        if self._trouble is None:
            try:
                self._made[slot] = await make_one(self._budgets, etag, thumbnail)
            except ModelUnreadable as unreadable:
                self._trouble = unreadable.reason
            except Unreadable:
                log.warning(
                    "the thumbnail %s of pack %s of project %s is no picture", slot, self._pack, self._project.id
                )

    async def save(self, slots: Collection[int], labeled: Collection[int]) -> None:
        """Stores the features of these slots, as far as there are any. labeled: slots whose images have labels, as in
        a project that was put back from a backup: their features allow to learn. Raises NotFound when the project is
        gone.
        """
        made = {slot: self._made.pop(slot) for slot in slots if slot in self._made}
        try:
            if made:
                await add_features(self._storage, self._project, self._pack, made)
            if not made.keys().isdisjoint(labeled):
                await note_features(self._storage, self._project)
        except (AzureError, Busy):
            log.warning(
                "features of pack %s of project %s were not stored", self._pack, self._project.id, exc_info=True
            )
            self._trouble = NOT_STORED
        if self._trouble is None:
            await note_made(self._storage, self._project)
        elif not self._is_noted:
            await note_trouble(self._storage, self._project.id, self._trouble)
            self._is_noted = True
