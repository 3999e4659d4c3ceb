"""How far long work is: kept in a small blob beside what it makes, so that what was cut off goes on where it was."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from pydantic import BaseModel

from functions.locks import LockedByOther
from functions.storage import unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient

M = TypeVar("M", bound=BaseModel)


class Place(Generic[M]):
    """The blob of one work's checkpoints. Whoever works without having the newest one is stopped by its ETag."""

    def __init__(self, blob: "BlobClient", model: type[M]) -> None:
        self._blob = blob
        self._model = model
        self._etag: str | None = None

    async def load(self) -> M | None:
        try:
            stream = await self._blob.download_blob()
            text = await stream.readall()
        except ResourceNotFoundError:
            return None
        self._etag = stream.properties.etag
        return self._model.model_validate_json(text)

    async def save(self, text: str) -> None:
        """Raises LockedByOther when somebody else has saved one since."""
        condition: dict[str, Any] = {"overwrite": False}
        if self._etag:
            condition = {"overwrite": True, "etag": self._etag, "match_condition": MatchConditions.IfNotModified}
        try:
            answer = await self._blob.upload_blob(text.encode(), **condition)
        except (ResourceExistsError, ResourceModifiedError):
            raise LockedByOther from None
        self._etag = str(answer["etag"])

    async def drop(self) -> None:
        await unless_gone(self._blob.delete_blob)
