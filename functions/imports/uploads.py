"""Files of labels that somebody uploads to import from: each is put to a signed address, and kept until an import has
taken it over, or a day has passed.

They lie in a container of their own, those of one upload in a folder beside a small blob, which says what was announced
and by whom. An upload belongs to a project, or, before there is one, to whoever made it.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError, ResourceNotFoundError
from pydantic import BaseModel, model_validator

from functions.hooks import project_dropped
from functions.ids import is_id, newest_first_id
from functions.problems import Invalid, NotFound
from functions.storage import LABEL_FILES_CONTAINER, Storage, unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient

# In place of a project's id, which is longer.
BEFORE_PROJECT = "new"
# For so long an address can be used: two gigabytes take hours from many a place.
HOURS = 6
KEPT = timedelta(days=1)
ANNOUNCEMENT = ".json"


class AnnouncedFile(BaseModel):
    name: str
    bytes: int


class Offer(BaseModel):
    """Files that somebody has announced. scope: the project's id, or BEFORE_PROJECT; by: a user id."""

    id: str
    scope: str
    by: str
    files: list[AnnouncedFile]

    @property
    def place(self) -> str:
        return place_of(self.scope, self.id)


class Uploaded(BaseModel):
    """Those files of an upload that an import reads, as they were announced."""

    upload: str
    scope: str
    files: list[AnnouncedFile]

    @model_validator(mode="before")
    @classmethod
    def _of_one(cls, known: Any) -> Any:
        """Imports of before read one file."""
        if isinstance(known, dict) and "name" in known:
            return {**known, "files": [{"name": known["name"], "bytes": known["bytes"]}]}
        return known

    @property
    def names(self) -> list[str]:
        return [file.name for file in self.files]

    def blob(self, name: str) -> str:
        return f"{place_of(self.scope, self.upload)}/{name}"


def place_of(scope: str, identity: str) -> str:
    return f"{scope}.upload.{identity}"


async def announce(
    storage: Storage, scope: str, files: Sequence[AnnouncedFile], *, by: str, now: datetime
) -> tuple[Offer, dict[str, str]]:
    """A new upload, and for each of its files the address that can create this one blob and do nothing else."""
    offer = Offer(id=newest_first_id(now), scope=scope, by=by, files=list(files))
    await _blob(storage, offer.place).upload_blob(offer.model_dump_json().encode())
    return offer, {
        file.name: await storage.sign(
            LABEL_FILES_CONTAINER, f"{offer.place}/{file.name}", now=now, hours=HOURS, create=True
        )
        for file in files
    }


async def take(storage: Storage, project_id: str, identity: str, name: str | None, caller: str) -> Uploaded:
    """The files of an upload that an import into the project is to read, kept for another day. name: None for all;
    caller: a user id. Raises NotFound for uploads of other projects, and of other people that belong to none.
    """
    for scope in (project_id, BEFORE_PROJECT):
        offer = await _find(storage, scope, identity)
        if offer and (scope == project_id or offer.by == caller):
            found = _chosen(offer, name)
            with suppress(ResourceNotFoundError):
                # It is as old as its last change.
                await _blob(storage, offer.place).set_blob_metadata({})
                return found
    raise NotFound("There is no such upload, or it is not kept any more. Upload the files again.")


async def _find(storage: Storage, scope: str, identity: str) -> Offer | None:
    with suppress(ResourceNotFoundError):
        if is_id(identity):
            stream = await _blob(storage, place_of(scope, identity)).download_blob()
            return Offer.model_validate_json(await stream.readall())
    return None


def _chosen(offer: Offer, name: str | None) -> Uploaded:
    files = [file for file in offer.files if name in (None, file.name)]
    if not files:
        raise Invalid.field("uploadFile", f"This upload has no file {name!r}.")
    return Uploaded(upload=offer.id, scope=offer.scope, files=files)


async def drop_files(storage: Storage, uploaded: Uploaded) -> None:
    """Deletes the files that were read; others of their upload stay."""
    for name in uploaded.names:
        await unless_gone(storage.container(LABEL_FILES_CONTAINER).delete_blob, uploaded.blob(name))


async def drop_uploads(storage: Storage, project_id: str) -> None:
    """Deletes all uploads of a project."""
    await _drop_all(storage, place_of(project_id, ""))


project_dropped.then(drop_uploads)


async def expire_uploads(storage: Storage, now: datetime) -> None:
    """Ends uploads that are older than a day, counted from the last import that asked for them, and deletes files that
    are, too, and whose upload is over.
    """
    container, before, kept = storage.container(LABEL_FILES_CONTAINER), now - KEPT, ""
    async for blob in container.list_blobs():
        place, is_file, _ = blob.name.partition("/")
        if not is_file:
            place = place.removesuffix(ANNOUNCEMENT)
            is_old = blob.last_modified < before and await _is_dropped(storage, place, blob.etag)
            kept = "" if is_old else place
        elif place != kept and blob.last_modified < before:
            await unless_gone(container.delete_blob, blob.name)


async def _is_dropped(storage: Storage, place: str, etag: str) -> bool:
    """Says that the upload is over, unless an import has asked for it just now."""
    try:
        await _blob(storage, place).delete_blob(etag=etag, match_condition=MatchConditions.IfNotModified)
    except (ResourceModifiedError, ResourceNotFoundError):
        return False
    return True


async def _drop_all(storage: Storage, prefix: str) -> None:
    container = storage.container(LABEL_FILES_CONTAINER)
    async for name in container.list_blob_names(name_starts_with=prefix):
        await unless_gone(container.delete_blob, name)


def _blob(storage: Storage, place: str) -> "BlobClient":
    """Beside the folder, and before it in a list."""
    return storage.container(LABEL_FILES_CONTAINER).get_blob_client(f"{place}{ANNOUNCEMENT}")
