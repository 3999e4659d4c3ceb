"""One at a time: a lease on a small blob, renewed while its holder lives. One that a dead process leaves is over by
itself.

https://learn.microsoft.com/rest/api/storageservices/lease-blob
"""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from azure.core.exceptions import AzureError, HttpResponseError, ResourceExistsError, ResourceNotFoundError

from functions.storage import SNAPSHOTS_CONTAINER, Storage, unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient, BlobLeaseClient

# How long what a dead process held stays locked.
LOCK_SECONDS = 30


class LockedByOther(Exception):
    """Somebody else holds the lock, or has taken it since."""


def lock_of(storage: Storage, project_id: str, name: str) -> "BlobClient":
    """The blob whose lease lets one of a project's works of one kind be done at a time."""
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(f"{project_id}.{name}")


@asynccontextmanager
async def locked(blob: "BlobClient") -> AsyncIterator[None]:
    """Holds the blob's lease, and makes the blob if it is not there. Raises LockedByOther.

    The body is cancelled, and LockedByOther raised, as soon as the lease can no longer be renewed: somebody else may
    hold it from then on.
    """
    from azure.storage.blob.aio import BlobLeaseClient

    lease = BlobLeaseClient(blob, lease_id=str(uuid.uuid4()))
    await _acquire(lease, blob)
    holder, is_lost = asyncio.current_task(), False

    async def renew() -> None:
        nonlocal is_lost
        while True:
            await asyncio.sleep(LOCK_SECONDS / 3)
            try:
                await lease.renew()
            except AzureError:
                is_lost = True
                if holder:
                    holder.cancel()
                return

    renewing = asyncio.create_task(renew())
    try:
        yield
    except asyncio.CancelledError:
        if is_lost:
            raise LockedByOther from None
        raise
    finally:
        renewing.cancel()
        with suppress(AzureError):
            await lease.release()


async def _acquire(lease: "BlobLeaseClient", blob: "BlobClient") -> None:
    try:
        await lease.acquire(lease_duration=LOCK_SECONDS)
        return
    except ResourceNotFoundError:
        # It is made at its first use only: locking writes nothing from then on.
        with suppress(ResourceExistsError):
            await blob.upload_blob(b"", overwrite=False)
    except HttpResponseError as error:
        if error.status_code != 409:
            raise
        raise LockedByOther from None
    await _acquire(lease, blob)


async def break_lock(blob: "BlobClient") -> None:
    """Takes the lock from whoever holds it; their work is cancelled at their next renewal."""
    from azure.storage.blob.aio import BlobLeaseClient

    with suppress(HttpResponseError):
        await BlobLeaseClient(blob).break_lease(0)


async def drop_lock(storage: Storage, project_id: str, name: str) -> None:
    """Of a deleted project: whoever works on it still loses the lock, and ends."""
    lock = lock_of(storage, project_id, name)
    await break_lock(lock)
    await unless_gone(lock.delete_blob)
