"""What a project knows of its folder: every name with its etag and where its image is, sorted by name, in one
compressed blob.

It says which packs it covers; packs beyond it were made by a run that died before it could write its snapshot.
"""

import gzip
import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any, NamedTuple

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob.aio import BlobClient

from functions.locks import break_lock
from functions.storage import SNAPSHOTS_CONTAINER, Storage, unless_gone


class Entry(NamedTuple):
    """One known blob. is_missing: it was not there when last looked for."""

    name: str
    etag: str
    pack: int
    slot: int
    is_missing: bool


@dataclass(frozen=True)
class Header:
    """packs, tail: how many packs are covered, and how many images of the last one. marker, last: where an unfinished
    run goes on.
    """

    packs: int = 0
    tail: int = 0
    marker: str | None = None
    last: str = ""


class Reader:
    """Reads the entries of a snapshot one after the other."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self._lines: Iterator[bytes] = iter(gzip.GzipFile(fileobj=file, mode="rb") if file else ())
        first = next(self._lines, None)
        self.header = Header(**json.loads(first)) if first else Header()
        self.next = self._read()

    def _read(self) -> Entry | None:
        line = next(self._lines, None)
        return Entry(*json.loads(line)) if line else None

    def take(self) -> Entry:
        """The next entry, which `next` shows."""
        entry = self.next
        if entry is None:
            raise EOFError
        self.next = self._read()
        return entry


class Writer:
    """Writes a snapshot into a temporary file; its header, known only at the end, goes into the blob before it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._gzip = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=5, mtime=0)

    def add(self, entry: Entry) -> None:
        self._gzip.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    async def save(self, storage: Storage, project_id: str, header: Header) -> None:
        """Uploads the snapshot. Two gzip members one after the other are one gzip file (RFC 1952, 2.2)."""
        self._gzip.close()
        with tempfile.TemporaryFile() as whole:
            whole.write(gzip.compress(json.dumps(asdict(header)).encode() + b"\n", mtime=0))
            self._file.seek(0)
            while chunk := self._file.read(1 << 20):
                whole.write(chunk)
            whole.seek(0)
            await storage.container(SNAPSHOTS_CONTAINER).upload_blob(_blob(project_id), whole, overwrite=True)


@asynccontextmanager
async def open_snapshot(storage: Storage, project_id: str) -> AsyncIterator[tuple[Reader, Writer]]:
    """The project's snapshot to read (an empty one at first), and the next one to write."""
    with tempfile.TemporaryFile() as old, tempfile.TemporaryFile() as new:
        found: Any = old
        try:
            download = await storage.container(SNAPSHOTS_CONTAINER).download_blob(_blob(project_id))
            async for chunk in download.chunks():
                old.write(chunk)
            old.seek(0)
        except ResourceNotFoundError:
            found = None
        yield Reader(found), Writer(new)


async def drop_snapshot(storage: Storage, project_id: str) -> None:
    """Drops what a deleted project knew of its folder; a refresh that still runs loses its lock and ends."""
    container = storage.container(SNAPSHOTS_CONTAINER)
    lock = lock_blob(storage, project_id)
    await break_lock(lock)
    await unless_gone(lock.delete_blob)
    await unless_gone(container.delete_blob, _blob(project_id))


def _blob(project_id: str) -> str:
    return f"{project_id}.jsonl.gz"


def lock_blob(storage: Storage, project_id: str) -> BlobClient:
    """The blob whose lease lets one refresh of the project run at a time."""
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(f"{project_id}.lock")
