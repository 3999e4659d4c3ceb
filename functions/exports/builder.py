"""Building an export: the packs are read in order, and the format's files are written as blocks of block blobs, in
bounded memory.

Killed halfway and delivered again, it starts over and ends in the same file: blocks that were never committed leave
nothing.
"""

import base64
import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.blob import ContentSettings
from azure.storage.blob.aio import BlobClient

from functions.datastores.store import load_datastore
from functions.exports.formats import FORMATS
from functions.exports.formats.base import Format, LabeledImage, Piece, Snapshot
from functions.exports.store import Export, ExportFile, ExportMessage, drop_files, load_export, save_export
from functions.labeling.board import board_of
from functions.labeling.head import LABELED, Head, moment
from functions.labeling.rows import Image
from functions.problems import NotFound
from functions.projects.model import Label, Project
from functions.projects.people import names
from functions.projects.store import load_project
from functions.storage import EXPORTS_CONTAINER, Storage

BLOCK_BYTES = 4 * 1024 * 1024
NOTE_EVERY_SECONDS = 1.0
CONTENT_TYPES = {"json": "application/json", "jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8"}

log = logging.getLogger(__name__)


class FileWriter:
    """Writes one file: its sections grow side by side as uncommitted blocks, and are joined by the commit."""

    def __init__(self, blob: BlobClient, sections: Iterable[str]) -> None:
        self._blob = blob
        self._waiting = {section: bytearray() for section in sections}
        self._blocks: dict[str, list[str]] = {section: [] for section in self._waiting}
        self.bytes = 0

    async def write(self, section: str, text: str) -> None:
        waiting = self._waiting[section]
        waiting += text.encode()
        if len(waiting) >= BLOCK_BYTES:
            await self._stage(section)

    async def _stage(self, section: str) -> None:
        data = bytes(self._waiting[section])
        self._waiting[section].clear()
        blocks = self._blocks[section]
        number = list(self._blocks).index(section) * 1_000_000 + len(blocks)
        block = base64.b64encode(f"{number:09}".encode()).decode()
        await self._blob.stage_block(block, data)
        blocks.append(block)
        self.bytes += len(data)

    async def commit(self, content_type: str) -> None:
        for section, waiting in self._waiting.items():
            if waiting:
                await self._stage(section)
        blocks = [block for section in self._blocks.values() for block in section]
        settings = ContentSettings(content_type=content_type, cache_control="private, max-age=31536000, immutable")
        await self._blob.commit_block_list(blocks, content_settings=settings)  # type: ignore[arg-type]


async def build_export(storage: Storage, message: ExportMessage, clock: Callable[[], datetime]) -> None:
    """Builds what a message asks for. A message for what is gone or finished ends quietly."""
    try:
        export = await load_export(storage, message.project_id, message.export_id)
        project = await load_project(storage, message.project_id)
    except NotFound:
        return
    if export.status in ("completed", "failed"):
        return
    export = export.model_copy(
        update={"status": "running", "started_at": export.started_at or clock(), "progress": 0.0}
    )
    try:
        await save_export(storage, export)
        try:
            export = await _build(storage, project, export)
        except NotFound:
            error = f"The datastore {project.datastore!r} is gone."
            export = export.model_copy(update={"status": "failed", "error": error})
        await save_export(storage, export.model_copy(update={"finished_at": clock()}))
    except ResourceNotFoundError:
        # The export, or its project, was deleted meanwhile.
        await drop_files(storage, export)


async def _build(storage: Storage, project: Project, export: Export) -> Export:
    datastore = await load_datastore(storage, project.datastore)
    assert export.started_at
    snapshot = Snapshot(project.name, project.labels, datastore.container_url, export.started_at)
    format_ = FORMATS[export.format](snapshot)
    container = storage.container(EXPORTS_CONTAINER)
    writers = {
        name: FileWriter(container.get_blob_client(export.blob(name)), sections)
        for name, sections in format_.files.items()
    }
    await _write(writers, format_.begin())
    images = await _write_images(storage, project, export, format_, writers)
    await _write(writers, format_.end())
    for name, writer in writers.items():
        await writer.commit(CONTENT_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8"))
    files = tuple(ExportFile(name=name, bytes=writer.bytes) for name, writer in writers.items())
    return export.model_copy(update={"status": "completed", "progress": 1.0, "images": images, "files": files})


async def _write_images(
    storage: Storage, project: Project, export: Export, format_: Format, writers: dict[str, FileWriter]
) -> int:
    board, known = board_of(storage, project), await names(storage)
    labels = {label.id: label for label in (*project.labels, *project.retired)}
    packs = sum(len(known_range.letters) for known_range in await board.directory.ranges(fresh=True))
    written, noted_at = 0, time.monotonic()
    async for pack, head, images in board.rows.scan():
        for image in labeled_images(head, images, labels, known):
            await _write(writers, format_.add(image))
            written += 1
        if time.monotonic() - noted_at > NOTE_EVERY_SECONDS:
            noted_at = time.monotonic()
            progress = min((pack + 1) / max(packs, 1), 0.99)
            await save_export(storage, export.model_copy(update={"progress": round(progress, 3), "images": written}))
    return written


def labeled_images(
    head: Head, images: list[Image], labels: dict[int, Label], known: dict[str, str]
) -> Iterable[LabeledImage]:
    """The images of a pack that are labeled and there."""
    for status, image in zip(head.slots, images, strict=True):
        if status.state != LABELED or status.missing:
            continue
        labeler = head.labeler_of(status) or ""
        yield LabeledImage(
            name=image.name,
            width=image.width,
            height=image.height,
            labels=[labels[label] for label in status.labels],
            labeler=known.get(labeler, labeler),
            labeled_at=moment(status.at),
            state=status.state_name,
        )


async def _write(writers: dict[str, FileWriter], pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        await writers[piece.file].write(piece.section, piece.text)
