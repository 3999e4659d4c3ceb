"""Trying a connection before it is saved."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from azure.storage.blob.aio import ContainerClient

from functions.datastores.connect import open_container
from functions.datastores.listing import ListedBlob, list_pages
from functions.datastores.model import Datastore
from functions.datastores.troubles import NO_ANSWER, READ, DatastoreTrouble, told
from functions.problems import Invalid
from functions.storage import Storage

SECONDS = 10


async def try_connection(storage: Storage, datastore: Datastore, secret: str | None) -> None:
    """Lists one blob of the datastore's folder and looks at it. Raises Invalid, in words, for what cannot be done."""
    try:
        async with asyncio.timeout(SECONDS), open_container(storage, datastore, secret) as client:
            blobs = await _first(list_pages(client, datastore.folder, page_size=1))
            if blobs:
                await _look_at(client, blobs[0].name)
    except TimeoutError:
        raise Invalid.field("containerUrl", NO_ANSWER) from None
    except DatastoreTrouble as trouble:
        raise Invalid.field("auth" if trouble.is_auth else "containerUrl", trouble.reason) from None


async def _look_at(client: ContainerClient, name: str) -> None:
    try:
        with told(client, READ):
            await client.get_blob_client(name).get_blob_properties()
    except DatastoreTrouble as trouble:
        reason = f"The container can be listed, but its files cannot be read. {trouble.reason}"
        raise DatastoreTrouble(reason, is_auth=trouble.is_auth) from None


async def _first(listing: AsyncGenerator[tuple[list[ListedBlob], str | None], None]) -> list[ListedBlob]:
    async with aclosing(listing) as pages:
        blobs, _ = await anext(pages, ([], None))
    return blobs
