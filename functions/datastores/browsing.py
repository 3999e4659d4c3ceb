"""A datastore's container as folders and files, by the slashes in the blobs' names."""

import asyncio
from typing import Any

from azure.storage.blob.aio import BlobPrefix

from functions.datastores.connect import connect
from functions.datastores.model import Datastore
from functions.datastores.troubles import LIST, NO_ANSWER, DatastoreTrouble, told
from functions.datastores.wire import BrowseAnswer, BrowsedFile, BrowsedFolder
from functions.http.paging import encode_cursor, read_cursor
from functions.storage import Storage

SECONDS = 10


async def browse(storage: Storage, datastore: Datastore, prefix: str, cursor: str | None, limit: int) -> BrowseAnswer:
    """One page of one folder. Raises DatastoreTrouble."""
    folder = prefix if not prefix or prefix.endswith("/") else f"{prefix}/"
    if not datastore.reaches(folder):
        return _on_the_way(folder, datastore.folder)
    folders: list[BrowsedFolder] = []
    files: list[BrowsedFile] = []
    try:
        async with asyncio.timeout(SECONDS), connect(storage, datastore) as client:
            with told(client, LIST):
                found = client.walk_blobs(folder or None, results_per_page=limit)
                pages: Any = found.by_page(continuation_token=read_cursor(cursor) or None)
                page = await anext(pages, None)
                if page is not None:
                    async for item in page:
                        if isinstance(item, BlobPrefix):
                            folders.append(BrowsedFolder(name=item.name[len(folder) : -1], prefix=item.name))
                        elif item.name != folder:
                            files.append(BrowsedFile(name=item.name[len(folder) :], bytes=item.size))
                following = pages.continuation_token
    except TimeoutError:
        raise DatastoreTrouble(NO_ANSWER) from None
    return BrowseAnswer(folders=folders, files=files, next_cursor=encode_cursor(following) if following else None)


def _on_the_way(folder: str, reached: str) -> BrowseAnswer:
    """Outside of what the datastore reaches nothing is seen but the way there."""
    if not reached.startswith(folder):
        return BrowseAnswer(folders=[], files=[])
    name = reached[len(folder) :].partition("/")[0]
    return BrowseAnswer(folders=[BrowsedFolder(name=name, prefix=f"{folder}{name}/")], files=[])
