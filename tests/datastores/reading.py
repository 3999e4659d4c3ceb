"""Datastores at hand, without the service."""

from datetime import UTC, datetime

import pytest

from functions.datastores.connect import DatastoreTrouble, open_container
from functions.datastores.listing import ListedBlob, list_pages
from functions.datastores.model import AuthKind, Datastore
from functions.storage import Storage

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def datastore(url: str, auth: AuthKind = "sas", secret_name: str | None = None) -> Datastore:
    return Datastore(name="theirs", container_url=url, auth=auth, created_at=NOW, secret_name=secret_name)


async def listed(storage: Storage, datastore: Datastore, secret: str | None, prefix: str = "") -> list[ListedBlob]:
    async with open_container(storage, datastore, secret) as client:
        return [blob async for blobs, _ in list_pages(client, prefix) for blob in blobs]


async def trouble_of(storage: Storage, datastore: Datastore, secret: str | None) -> DatastoreTrouble:
    with pytest.raises(DatastoreTrouble) as caught:
        await listed(storage, datastore, secret)
    return caught.value
