"""Where the bytes of an import come from: a text that was sent, a file of the project's folder, or the files of an
upload.

Formats read a source as a file, in a thread: pieces of one version of a blob come through the event loop, so that
memory holds a buffer of it and never the whole.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from errno import EINVAL
from io import SEEK_CUR, SEEK_END, BufferedReader, RawIOBase
from typing import TYPE_CHECKING, BinaryIO

from functions.datastores.connect import (
    BlobGone,
    BlobTrouble,
    BlobVersion,
    DatastoreTrouble,
    connect,
    download_part,
    version_of,
)
from functions.datastores.model import Datastore
from functions.imports.store import Import, text_blob_name
from functions.imports.uploads import AnnouncedFile, Uploaded
from functions.longwork import Failed
from functions.projects.model import Project
from functions.storage import LABEL_FILES_CONTAINER, SNAPSHOTS_CONTAINER, Storage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from azure.storage.blob.aio import ContainerClient

LARGEST_FILE = 2 * 1024 * 1024 * 1024
BUFFER_BYTES = 4 * 1024 * 1024
SENT = "labels"


class OwnStorageTrouble(Exception):
    """The service's own storage has trouble, which may pass: the message is to come again."""


class Source:
    """One file to read labels from. name: as people know it; size: in bytes."""

    def __init__(self, name: str, client: "ContainerClient", version: BlobVersion, *, is_own: bool) -> None:
        self.name = name
        self.size = version.bytes
        self._client = client
        self._version = version
        self._is_own = is_own
        self._loop = asyncio.get_running_loop()
        self._is_closed = False

    def open(self) -> BinaryIO:
        """The file from its start, to be read and sought in a thread (asyncio.to_thread); any number may be open.

        Reading raises Failed where the blob cannot be read (any more), DatastoreTrouble, and ValueError once the source
        is closed.
        """
        return BufferedReader(_Pieces(self), BUFFER_BYTES)

    def close(self) -> None:
        """A thread that still reads ends with its next piece."""
        self._is_closed = True

    def piece(self, offset: int, length: int) -> bytes:
        """For threads: so many bytes, fewer only at the end."""
        if self._is_closed:
            raise ValueError("The source is closed.")
        return asyncio.run_coroutine_threadsafe(self._piece(offset, length), self._loop).result()

    async def _piece(self, offset: int, length: int) -> bytes:
        with _in_words(is_own=self._is_own):
            return await download_part(self._client, self._version, offset, length)


class _Pieces(RawIOBase):
    """Reads no more than a buffer at a time, whatever is asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        with memoryview(buffer) as view:
            piece = self._source.piece(self._at, min(len(view), BUFFER_BYTES))
            view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def readall(self) -> bytes:
        """Not by the few kilobytes that the base class reads at a time."""
        return b"".join(iter(lambda: self.read(BUFFER_BYTES) or b"", b""))

    def seek(self, offset: int, whence: int = 0) -> int:
        at = offset + {SEEK_CUR: self._at, SEEK_END: self._source.size}.get(whence, 0)
        if at < 0:
            # As of any file; zipfile goes by it.
            raise OSError(EINVAL, "Before the start of the file.")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at


@asynccontextmanager
async def sources_of(
    storage: Storage, project: Project, record: Import, datastore: Datastore
) -> AsyncIterator[list[Source]]:
    """What an import reads. Raises Failed and DatastoreTrouble."""
    if record.uploaded:
        async with sources_of_upload(storage, record.uploaded) as sources:
            yield sources
    elif record.file is None:
        own = storage.container(SNAPSHOTS_CONTAINER)
        with _in_words(is_own=True):
            version = await version_of(own, text_blob_name(record), LARGEST_FILE)
        with closing(Source(SENT, own, version, is_own=True)) as source:
            yield [source]
    else:
        async with connect(storage, datastore) as client:
            with _in_words(is_own=False):
                version = await version_of(client, project.prefix + record.file, LARGEST_FILE)
            with closing(Source(record.file.rpartition("/")[2], client, version, is_own=False)) as source:
                yield [source]


@asynccontextmanager
async def sources_of_upload(storage: Storage, uploaded: Uploaded) -> AsyncIterator[list[Source]]:
    """Raises Failed, also for what did not come as it was announced."""
    async with AsyncExitStack() as opened:
        yield [await opened.enter_async_context(_source_of(storage, uploaded, file)) for file in uploaded.files]


@asynccontextmanager
async def _source_of(storage: Storage, uploaded: Uploaded, file: AnnouncedFile) -> AsyncIterator[Source]:
    own = storage.container(LABEL_FILES_CONTAINER)
    with _in_words(is_own=True):
        try:
            version = await version_of(own, uploaded.blob(file.name), LARGEST_FILE)
        except BlobGone:
            raise Failed(
                f"The file {file.name!r} was not uploaded, or is not kept any more. Upload it again."
            ) from None
    if version.bytes != file.bytes:
        raise Failed(
            f"{file.bytes} bytes of the file {file.name!r} were announced, and {version.bytes} came. Upload it again."
        )
    with closing(Source(file.name, own, version, is_own=True)) as source:
        yield source


@contextmanager
def _in_words(*, is_own: bool) -> Iterator[None]:
    try:
        yield
    except BlobTrouble as trouble:
        raise Failed(trouble.reason) from None
    except DatastoreTrouble as trouble:
        if is_own:
            raise OwnStorageTrouble(trouble.reason) from None
        raise
