"""The blobs of a backup: written and read in bounded memory, and summed up on the way."""

import asyncio
import base64
import gzip
import hashlib
import secrets
import zlib
from collections.abc import AsyncGenerator, Iterator
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContentSettings
from azure.storage.blob.aio import BlobClient, ContainerClient

from functions.backups.manifest import Kind, Part
from functions.longwork import Failed
from functions.outside import Bounds, read_json

# A part of rows before it is compressed; a pack is never divided, so it may be longer by one.
PART_BYTES = 16 * 1024 * 1024
MOST_PART_BYTES = 64 * 1024 * 1024
MOST_UNPACKED_BYTES = 256 * 1024 * 1024
# Storage's own limit for a row is one MiB; in JSON it has escapes. A record of an export has the most keys.
MOST_LINE = Bounds(8 * 1024 * 1024, values=500_000, depth=16)
# So much is unpacked before what is left of it is copied.
PIECE_BYTES = 64 * 1024
BLOCK_BYTES = 8 * 1024 * 1024


class Damaged(Failed):
    """The folder is not what a backup must be."""


class Lines:
    """Collects lines until they are a part. prefix: of the folder's blobs.

    A part's name has the attempt that wrote it: an attempt that is only late never writes over what another one's
    manifest names.
    """

    def __init__(self, container: ContainerClient, prefix: str, kind: Kind) -> None:
        self._container = container
        self._prefix = prefix
        self._kind = kind
        self._attempt = secrets.token_hex(4)
        self._lines: list[bytes] = []
        self._bytes = 0

    def add(self, line: bytes) -> None:
        self._lines.append(line)
        self._bytes += len(line)

    @property
    def is_full(self) -> bool:
        return self._bytes >= PART_BYTES

    async def flush(self, number: int) -> Part | None:
        """Writes what was collected as the part of that number."""
        if not self._lines:
            return None
        text = b"".join(self._lines)
        self._lines, self._bytes = [], 0
        data = await asyncio.to_thread(gzip.compress, text, 3, mtime=0)
        name = f"{self._kind}-{number:06}-{self._attempt}.jsonl.gz"
        settings = ContentSettings(content_type="application/gzip")
        await self._container.upload_blob(self._prefix + name, data, overwrite=True, content_settings=settings)
        return Part(kind=self._kind, name=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


async def read_lines(container: ContainerClient, prefix: str, part: Part) -> AsyncGenerator[dict[str, Any], None]:
    """The rows of a part, once its sum is found right. Raises Damaged."""
    if part.bytes > MOST_PART_BYTES:
        raise Damaged(f"{part.name} is longer than a part may be.")
    data = bytearray()
    async for chunk in _chunks(container.get_blob_client(prefix + part.name), part):
        data += chunk
    batches = unpacked_rows(bytes(data), part.name)
    while (rows := await asyncio.to_thread(next, batches, None)) is not None:
        for row in rows:
            yield row


def unpacked_rows(data: bytes, name: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of a part, some at a time. Raises Damaged."""
    return ([_row(line, name) for line in lines] for lines in _unpacked(data, name))


def _row(line: bytes, name: str) -> dict[str, Any]:
    try:
        row = read_json(line, MOST_LINE)
    except ValueError:
        raise Damaged(f"{name} has a line that is no JSON.") from None
    if not isinstance(row, dict):
        raise Damaged(f"{name} has a line that is no row.")
    return row


def _unpacked(data: bytes, name: str) -> Iterator[list[bytes]]:
    """The lines, those of about a mebibyte at a time."""
    unpacker, rest, size = zlib.decompressobj(wbits=31), b"", 0
    for start in range(0, len(data), PIECE_BYTES):
        piece = data[start : start + PIECE_BYTES]
        while piece and not unpacker.eof:
            try:
                text = unpacker.decompress(piece, 1024 * 1024)
            except zlib.error:
                raise Damaged(f"{name} cannot be unpacked.") from None
            piece, size = unpacker.unconsumed_tail, size + len(text)
            if size > MOST_UNPACKED_BYTES or len(rest) > MOST_LINE.bytes:
                raise Damaged(f"{name} has more than a part may have.")
            *lines, rest = (rest + text).split(b"\n")
            yield lines
    if rest or not unpacker.eof:
        raise Damaged(f"{name} ends too early.")


async def copy(source: BlobClient, target: BlobClient, expected: Part | None = None) -> tuple[int, str]:
    """Copies a blob in blocks; gives its length and sum. Raises ResourceNotFoundError without a source, and Damaged
    where it is not what is expected; then nothing is written.
    """
    stream = await source.download_blob()
    settings = stream.properties.content_settings
    total, size, blocks, waiting = hashlib.sha256(), 0, list[str](), bytearray()

    async def stage() -> None:
        block = base64.b64encode(f"{len(blocks):06}".encode() + attempt).decode()
        await target.stage_block(block, bytes(waiting))
        blocks.append(block)
        waiting.clear()

    attempt = secrets.token_bytes(6)
    async for chunk in stream.chunks():
        total.update(chunk)
        size += len(chunk)
        waiting += chunk
        if expected and size > expected.bytes:
            break
        if len(waiting) >= BLOCK_BYTES:
            await stage()
    if waiting:
        await stage()
    if expected and (size, total.hexdigest()) != (expected.bytes, expected.sha256):
        raise Damaged(f"{expected.name} is not what the manifest says.")
    kept = ContentSettings(content_type=settings.content_type, cache_control=settings.cache_control)
    await target.commit_block_list(blocks, content_settings=kept)  # type: ignore[arg-type]
    return size, total.hexdigest()


async def _chunks(blob: BlobClient, part: Part) -> AsyncGenerator[bytes, None]:
    try:
        stream = await blob.download_blob()
    except ResourceNotFoundError:
        raise Damaged(f"{part.name} is missing.") from None
    total = hashlib.sha256()
    if stream.size != part.bytes:
        raise Damaged(f"{part.name} is not what the manifest says.")
    async for chunk in stream.chunks():
        total.update(chunk)
        yield chunk
    if total.hexdigest() != part.sha256:
        raise Damaged(f"{part.name} is not what the manifest says.")
