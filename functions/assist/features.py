"""The features of a pack's images, one small blob a pack beside its previews. They are made of thumbnails, so what is
lost can be made again; no backup holds them.
"""

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError

from functions.assist.model import FEATURES, SHA256
from functions.conflicts import Lost, until_written
from functions.labeling.previews import image_version
from functions.labeling.rows import pack_key
from functions.projects.model import Project
from functions.storage import Storage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


log = logging.getLogger(__name__)


class Made(NamedTuple):
    """The features (1280) of one image. version: which version of its blob they are of (`image_version`)."""

    version: str
    features: "NDArray[np.float16]"


@dataclass(frozen=True, eq=False)
class PackFeatures:
    """rows: by slot, where in the matrix (n, 1280) its features are. versions: by slot, of which blob they are."""

    rows: Mapping[int, int]
    versions: Mapping[int, str]
    matrix: "NDArray[np.float16]"

    def has(self, slot: int) -> bool:
        """There are features of the slot, perhaps of an earlier version of its image."""
        return slot in self.rows

    def is_of(self, slot: int, etag: str) -> bool:
        """The slot's features are of its image with this etag."""
        return self.versions.get(slot) == image_version(etag)

    def of(self, slots: Sequence[int]) -> "NDArray[np.float16]":
        """The features (n, 1280) of these slots, each of which has some."""
        return self.matrix[[self.rows[slot] for slot in slots]]


async def read_features(storage: Storage, project: Project, pack: int) -> PackFeatures | None:
    """None where there are none, or where they cannot be read: they are made anew then."""
    found, _ = await _read(storage, project, pack)
    return found


async def add_features(storage: Storage, project: Project, pack: int, made: Mapping[int, Made]) -> None:
    """Writes features of some slots, and keeps those of the others. Raises HttpResponseError when storage refuses,
    ResourceNotFoundError when the project's container is gone, and Busy when too many write the same pack.
    """
    blob = storage.container(project.previews_container).get_blob_client(_blob_name(pack))

    async def attempt(_number: int) -> None:
        known, etag = await _read(storage, project, pack)
        content = _written({**_each(known), **made})
        condition: dict[str, Any] = {"etag": etag, "match_condition": MatchConditions.IfNotModified} if etag else {}
        try:
            await blob.upload_blob(content, overwrite=etag is not None, **condition)
        except (ResourceExistsError, ResourceModifiedError):
            raise Lost from None

    await until_written(attempt, f"The features of pack {pack} are being changed.")


def _blob_name(pack: int) -> str:
    return f"features/{pack_key(pack)}.npz"


async def _read(storage: Storage, project: Project, pack: int) -> tuple[PackFeatures | None, str | None]:
    """The features, and the ETag of the blob where there is one."""
    blob = storage.container(project.previews_container).get_blob_client(_blob_name(pack))
    try:
        stream = await blob.download_blob()
        content = await stream.readall()
    except ResourceNotFoundError:
        return None, None
    try:
        found = _parsed(content)
    except Exception:  # noqa: BLE001
        # The parser raises what it likes for what is cut off or no file of its kind.
        log.warning("the features of pack %s of project %s are unreadable", pack, project.id)
        found = None
    return found, str(stream.properties.etag)


def _each(known: PackFeatures | None) -> dict[int, Made]:
    if known is None:
        return {}
    return {slot: Made(known.versions[slot], known.matrix[row]) for slot, row in known.rows.items()}


def _written(made: Mapping[int, Made]) -> bytes:
    import numpy as np

    out, slots = io.BytesIO(), sorted(made)
    np.savez(
        out,
        model=np.array(SHA256),
        slots=np.array(slots, np.uint8),
        versions=np.array([made[slot].version for slot in slots]),
        features=np.stack([made[slot].features for slot in slots]),
    )
    return out.getvalue()


def _parsed(content: bytes) -> PackFeatures | None:
    """None for those of another model. Raises whatever the parser does."""
    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        if str(arrays["model"]) != SHA256:
            return None
        slots, versions, matrix = arrays["slots"].tolist(), arrays["versions"].tolist(), arrays["features"]
    if matrix.shape != (len(slots), FEATURES) or matrix.dtype != np.float16 or len(versions) != len(slots):
        raise ValueError("the arrays do not fit each other")
    return PackFeatures({slot: row for row, slot in enumerate(slots)}, dict(zip(slots, versions, strict=True)), matrix)
