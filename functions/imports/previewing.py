"""What a file of labels would mean in a folder of images, before there is a project over it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from functions.datastores.connect import connect
from functions.datastores.kinds import is_image_name
from functions.datastores.listing import list_pages
from functions.datastores.model import Datastore
from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import Unreadable
from functions.imports.matching import Matching
from functions.imports.source import sources_of_upload
from functions.imports.uploads import Uploaded
from functions.storage import Storage

# Of the file, and of the folder's images: somebody waits for the answer.
LARGEST_FILE = 256 * 1024 * 1024
MOST_LISTED = 200_000


@dataclass(frozen=True)
class Preview:
    """What was found. matching: over the images listed so far; is_whole: these are all of the folder."""

    format: str
    matching: Matching
    listed: int
    is_whole: bool


async def preview(storage: Storage, datastore: Datastore, prefix: str, uploaded: Uploaded) -> Preview:
    """Raises Failed, with the reason in words, and DatastoreTrouble."""
    async with sources_of_upload(storage, uploaded) as sources:
        if sum(source.size for source in sources) > LARGEST_FILE:
            raise Unreadable(
                f"This has more than {LARGEST_FILE:,} bytes. Create the project first, and import it there."
            )
        content = Content.of_all({source.name: source.open for source in sources})
        form, matching = await asyncio.to_thread(_read, content, datastore.container_url, prefix)
    names, is_whole = await _names(storage, datastore, prefix)
    await asyncio.to_thread(_look, matching, names)
    return Preview(form, matching, len(names), is_whole)


def _read(content: Content, container_url: str, prefix: str) -> tuple[str, Matching]:
    form = format_of(content)
    matching = Matching(container_url, prefix, _AnyLabel(), one_label=False, takes_suggested=False)
    matching.take_in(FORMATS[form].read(content))
    return form, matching


class _AnyLabel(Mapping[str, int]):
    """Ids of all labels that are asked for: which there are is known when the file is read, and all of them count."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        return self._ids.setdefault(name, len(self._ids) + 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _look(matching: Matching, names: Sequence[str]) -> None:
    for look in matching.looks():
        for name in names:
            look(name)


async def _names(storage: Storage, datastore: Datastore, prefix: str) -> tuple[list[str], bool]:
    names: list[str] = []
    async with connect(storage, datastore) as client, aclosing(list_pages(client, prefix)) as pages:
        async for blobs, _ in pages:
            if len(names) >= MOST_LISTED:
                return names, False
            names += [blob.name for blob in blobs if is_image_name(blob.name)]
    return names, True
