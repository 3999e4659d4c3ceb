"""What a project knows of its folder: every name with its etag and where its image is, sorted by name, in one
compressed blob.

It says which packs it covers; packs beyond it were made by a run that died before it could write its snapshot.
"""

import asyncio
import gzip
import heapq
import json
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Annotated, NamedTuple

from azure.core.exceptions import ResourceNotFoundError
from pydantic import Field, TypeAdapter

from functions.datastores.kinds import kind_not_taken
from functions.hooks import project_dropped
from functions.labeling.head import PACK_SIZE
from functions.locks import drop_lock
from functions.outside import Bounds, Whole, read_json
from functions.refresh.store import LOCK
from functions.storage import SNAPSHOTS_CONTAINER, Storage, unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient


# Names have up to 1,024 characters, of six bytes each at most.
MOST_LINE = Bounds(16 * 1024, values=1_000, depth=4)


class Entry(NamedTuple):
    """One known blob. is_missing: it was not there when last looked for."""

    name: str
    etag: str
    pack: int
    slot: int
    is_missing: bool


@dataclass
class Tally:
    """What a refresh found, for its record."""

    found: Whole = 0
    added: Whole = 0
    changed: Whole = 0
    missing: Whole = 0
    back: Whole = 0
    passed_over: Whole = 0
    kinds_passed_over: dict[str, Whole] = field(default_factory=dict)

    def pass_over(self, name: str) -> None:
        self.passed_over += 1
        if kind := kind_not_taken(name):
            self.kinds_passed_over[kind] = self.kinds_passed_over.get(kind, 0) + 1


@dataclass(frozen=True)
class Unfinished:
    """Where a refresh that met its time limit goes on: behind the name `last`. marker: storage's, for the page of the
    listing that comes next; None where the listing is not sorted. tally: what was counted until then.
    """

    refresh: str
    marker: str | None
    last: str
    tally: Tally

    def from_the_start(self) -> "Unfinished":
        """The same where the listing has to be read again, as it was found not to be sorted: what was done is not found
        again, and counts.
        """
        tally = replace(self.tally, found=0, passed_over=0, kinds_passed_over={})
        return replace(self, marker=None, last="", tally=tally)


@dataclass(frozen=True)
class Header:
    """packs, tail: how many packs are covered, and how many images of the last one. is_sorted: storage lists the
    folder in the order of the names; accounts with folders of their own do not.
    """

    packs: Whole = 0
    tail: Whole = 0
    is_sorted: bool = True
    unfinished: Unfinished | None = None


_HEADER = TypeAdapter(Header)
_ENTRY: TypeAdapter[tuple[str, str, int, int, bool]] = TypeAdapter(
    tuple[
        Annotated[str, Field(min_length=1, max_length=1024)],
        Annotated[str, Field(max_length=200)],
        Whole,
        Annotated[int, Field(ge=0, lt=PACK_SIZE)],
        bool,
    ]
)


class Snapshot:
    """The snapshot as it was last saved, in a temporary file. One reader of its entries at a time. Raises ValueError,
    also while it is read, for what write_snapshot has not written: backups bring some along.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        first = next(self._lines(), None)
        self.header = _header(first) if first else Header()

    def __iter__(self) -> Iterator[Entry]:
        lines = self._lines()
        next(lines, None)
        return (Entry(*_ENTRY.validate_json(line, strict=True)) for line in lines)

    def _lines(self) -> Iterator[bytes]:
        self._file.seek(0)
        packed = gzip.GzipFile(fileobj=self._file, mode="rb")
        try:
            while line := packed.readline(MOST_LINE.bytes + 1):
                if len(line) > MOST_LINE.bytes:
                    raise ValueError("a line is longer than one may be")
                yield line
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError("it cannot be unpacked") from error


def _header(line: bytes) -> Header:
    read_json(line, MOST_LINE)
    return _HEADER.validate_json(line, strict=True)


def with_changes(known: Iterable[Entry], changes: Iterable[Entry]) -> Iterator[Entry]:
    """The known entries with the changes made, both sorted by name: a change replaces the entry of its name, or is a
    new one.
    """
    last: Entry | None = None
    for entry in heapq.merge(known, changes, key=itemgetter(0)):
        if last is not None and last.name != entry.name:
            yield last
        last = entry
    if last is not None:
        yield last


@asynccontextmanager
async def read_snapshot(storage: Storage, project_id: str) -> AsyncIterator[Snapshot]:
    """The project's snapshot; an empty one before its first."""
    with tempfile.TemporaryFile() as file:
        try:
            download = await snapshot_blob(storage, project_id).download_blob()
            async for chunk in download.chunks():
                file.write(chunk)
        except ResourceNotFoundError:
            pass
        yield Snapshot(file)


async def write_snapshot(storage: Storage, project_id: str, header: Header, entries: Iterable[Entry]) -> None:
    """Replaces the project's snapshot; the entries come sorted by name."""
    with tempfile.TemporaryFile() as file:
        # In a thread, as a million entries take seconds.
        await asyncio.to_thread(_write, file, header, entries)
        await snapshot_blob(storage, project_id).upload_blob(file, overwrite=True)


def _write(file: IO[bytes], header: Header, entries: Iterable[Entry]) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3, mtime=0) as packed:
        packed.write(encode(asdict(header)).encode() + b"\n")
        for entry in entries:
            packed.write(encode(entry).encode() + b"\n")
    file.seek(0)


async def drop_snapshot(storage: Storage, project_id: str) -> None:
    """Drops what a deleted project knew of its folder; a refresh that still runs loses its lock and ends."""
    await drop_lock(storage, project_id, LOCK)
    await unless_gone(snapshot_blob(storage, project_id).delete_blob)


project_dropped.then(drop_snapshot)


def snapshot_blob(storage: Storage, project_id: str) -> "BlobClient":
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(f"{project_id}.jsonl.gz")
