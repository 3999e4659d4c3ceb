"""How large files of the built-in datastore are. It imports storage's client, which most calls do without."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from os.path import commonprefix

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob.aio import ContainerClient

from functions.datastores.listing import PAGE_SIZE, list_pages
from functions.datastores.troubles import DatastoreTrouble
from functions.storage import WORKSPACE_CONTAINER, Storage

AT_ONCE = 20


async def sizes_of(storage: Storage, names: Sequence[str]) -> list[int | None]:
    """How many bytes each of the files has; None for those that are not there."""
    container = storage.container(WORKSPACE_CONTAINER)
    known, all_are_known = await _listed(container, names) if len(names) > AT_ONCE else ({}, False)
    limit = asyncio.Semaphore(AT_ONCE)

    async def size_of(name: str) -> int | None:
        if all_are_known or name in known:
            return known.get(name)
        async with limit:
            try:
                return int((await container.get_blob_client(name).get_blob_properties()).size)
            except ResourceNotFoundError:
                return None

    return await asyncio.gather(*map(size_of, names))


async def _listed(container: ContainerClient, names: Sequence[str]) -> tuple[dict[str, int], bool]:
    """Sizes of files that are there, and whether these are all. One page of the listing tells of as many as are asked
    for at once, where they have most of their names in common; asking for each takes a call more for each of them.
    """
    with suppress(DatastoreTrouble):
        # Of names, not of paths: what they begin with may end within a part of them.
        async with aclosing(list_pages(container, commonprefix(names), PAGE_SIZE)) as pages:  # noqa: RUF071
            async for blobs, marker in pages:
                return {blob.name: blob.bytes for blob in blobs}, marker is None
    return {}, False
