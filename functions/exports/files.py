"""The files of an export while they grow: uncommitted blocks of block blobs, whose sections are joined by the commit.

A block's id names the attempt that staged it. So an attempt that goes on from a checkpoint never takes for its own what
another staged after that, be it dead or only late.
"""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from azure.core.exceptions import HttpResponseError
from azure.storage.blob import ContentSettings
from azure.storage.blob.aio import BlobClient, ContainerClient

from functions.exports.formats.base import Piece

CONTENT_TYPES = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "tar": "application/x-tar",
    "npy": "application/octet-stream",
}
FIRST = 0
STAGED_AT_ONCE = 4


class BlocksLost(Exception):
    """Blocks that a checkpoint counts on are not there any more."""


@dataclass(frozen=True)
class Sealed:
    """A finished file. sha256: in hexadecimal; None for one that is too long to be read once more."""

    name: str
    bytes: int
    sha256: str | None


@dataclass
class _Section:
    """Pieces that wait for the next block, and how many blocks of which attempts there are, in order."""

    waiting: list[bytes] = field(default_factory=list)
    runs: list[tuple[str, int]] = field(default_factory=list)

    def next_block(self, attempt: str) -> int:
        number = 0
        if self.runs and self.runs[-1][0] == attempt:
            number = self.runs.pop()[1]
        self.runs.append((attempt, number + 1))
        return number


@dataclass(frozen=True)
class Block:
    """What is to be staged."""

    file: str
    id: str
    data: bytes


class _Sum:
    """The sum of a file's first section, known while the attempt that began it runs; its state cannot be saved."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.bytes = 0

    def add(self, data: bytes) -> None:
        self.hash.update(data)
        self.bytes += len(data)


class Files:
    """The files of one export, by their names and sections, in the order in which they came into being.

    saved: what `state` gave for the checkpoint from which this attempt goes on. waiting_bytes: written and not taken;
    unsaved_bytes: written since `state` was asked for.
    """

    def __init__(self, container: ContainerClient, folder: str, saved: Mapping[str, Any] | None = None) -> None:
        self._container = container
        self._folder = folder
        self._attempt = secrets.token_hex(4)
        self._sections: dict[str, dict[int, _Section]] = {}
        self._bytes: dict[str, int] = {}
        self._sums: dict[str, _Sum] = {}
        self.waiting_bytes = self.unsaved_bytes = 0
        for name, (size, sections) in (saved or {}).items():
            self._bytes[name] = size
            self._sections[name] = {
                int(number): _Section(runs=[(attempt, count) for attempt, count in runs])
                for number, runs in sections.items()
            }

    @property
    def names(self) -> list[str]:
        return list(self._bytes)

    def blob(self, name: str) -> BlobClient:
        return self._container.get_blob_client(self._folder + name)

    def write(self, pieces: Iterable[Piece]) -> None:
        """Keeps pieces until they are staged."""
        for file, section, text in pieces:
            data = text.encode() if isinstance(text, str) else text
            if file not in self._sections:
                self._sections[file], self._sums[file] = {}, _Sum()
            sections = self._sections[file]
            if section not in sections:
                sections[section] = _Section()
            self._bytes[file] = self._bytes.get(file, 0) + len(data)
            if data:
                sections[section].waiting.append(data)
                self.waiting_bytes += len(data)
                self.unsaved_bytes += len(data)

    def take(self) -> list[Block]:
        """All that waits, as blocks; `state` counts on them from now on."""
        blocks = []
        for name, sections in self._sections.items():
            for number, section in sections.items():
                if section.waiting:
                    block = _block_id(number, self._attempt, section.next_block(self._attempt))
                    blocks.append(Block(name, block, b"".join(section.waiting)))
                    if number == FIRST and name in self._sums:
                        self._sums[name].add(blocks[-1].data)
                    section.waiting.clear()
        self.waiting_bytes = 0
        return blocks

    async def stage(self, blocks: Iterable[Block]) -> None:
        gate = asyncio.Semaphore(STAGED_AT_ONCE)

        async def stage(block: Block) -> None:
            async with gate:
                await self.blob(block.file).stage_block(block.id, block.data)

        await asyncio.gather(*(stage(block) for block in blocks))

    def state(self) -> dict[str, Any]:
        """What was taken so far, for JSON."""
        self.unsaved_bytes = 0
        return {
            name: [self._bytes[name], {str(number): list(section.runs) for number, section in sections.items()}]
            for name, sections in self._sections.items()
        }

    async def commit(self, name: str) -> None:
        """Makes a file of its blocks; doing it again changes nothing. Raises BlocksLost."""
        sections = self._sections[name]
        blocks = [
            _block_id(number, attempt, index)
            for number in sorted(sections)
            for attempt, count in sections[number].runs
            for index in range(count)
        ]
        kind = CONTENT_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
        settings = ContentSettings(content_type=kind, cache_control="private, max-age=31536000, immutable")
        try:
            await self.blob(name).commit_block_list(blocks, content_settings=settings)  # type: ignore[arg-type]
        except HttpResponseError as error:
            if error.status_code == 400:
                raise BlocksLost(name) from error
            raise

    async def seal(self, name: str, most_bytes: int, note: Callable[[], Awaitable[None]]) -> Sealed:
        """Sums up a committed file. What is not known of the sum is read once more: sections grew side by side, and an
        attempt that was cut off took what it had summed up with it. Files of which that is more than `most_bytes` are
        left without.
        """
        size, known = self._bytes[name], self._sums.get(name) or _Sum()
        if size - known.bytes > most_bytes:
            return Sealed(name, size, None)
        if known.bytes < size:
            stream = await self.blob(name).download_blob(offset=known.bytes)
            async for chunk in stream.chunks():
                known.add(chunk)
                await note()
        return Sealed(name, size, known.hash.hexdigest())


def _block_id(section: int, attempt: str, number: int) -> str:
    """All ids of a blob have one length, as storage wants it."""
    return base64.b64encode(f"{section:02}{attempt}{number:06}".encode()).decode()
