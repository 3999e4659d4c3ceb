"""The features of images, for formats whose files hold them: those of a pack with one request."""

from collections.abc import Callable, Sequence

from functions.assist.features import PackFeatures, read_features
from functions.exports.formats.base import ExportedImage
from functions.labeling.columns import Columns
from functions.projects.model import Project
from functions.storage import Storage

NOT_MADE = "It has no features yet."
OF_BEFORE = "Its file has changed, and its features are of the earlier one."

LeaveOut = Callable[[str, str], None]


class Featured:
    """Gives a project's images their features."""

    def __init__(self, storage: Storage, project: Project) -> None:
        self._storage = storage
        self._project = project

    async def of_pack(self, pack: Columns, images: Sequence[ExportedImage], leave_out: LeaveOut) -> list[ExportedImage]:
        """Some images of a pack with their features, in their order. One that has none, or only those of an earlier
        version of its file, is told to `leave_out` with the reason.
        """
        known = await read_features(self._storage, self._project, pack.pack) if images else None
        found = []
        for image in images:
            if known is None or not known.is_of(image.slot, pack.image(image.slot).etag):
                leave_out(image.name, OF_BEFORE if known and known.has(image.slot) else NOT_MADE)
            else:
                found.append(image._replace(features=_bytes(known, image.slot)))
        return found


def _bytes(known: PackFeatures, slot: int) -> bytes:
    """Little-endian, whatever this machine is."""
    return known.of([slot]).astype("<f2", copy=False).tobytes()
