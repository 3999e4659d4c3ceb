"""The work of one build: the packs are read in order, and the format's files grow block by block, in bounded memory.

Now and then, between two packs, all that waits is staged and a checkpoint says how far the files are. A build that was
cut off, or that comes near the time limit of a function, goes on from there and ends in the same bytes. Staging runs
beside the reading of the next packs. Where there is a split, the packs are read once before, to count each label's
images.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, aclosing

from azure.storage.blob.aio import ContainerClient

from functions.assist.offline import Suggester, newest_model, suggester_of
from functions.datastores.connect import connect
from functions.datastores.model import Datastore
from functions.datastores.working import datastore_at_work
from functions.exports import changes
from functions.exports.checkpoint import Checkpoint, Tally
from functions.exports.contents import Converting
from functions.exports.featured import Featured
from functions.exports.files import Block, Files
from functions.exports.formats import FORMATS
from functions.exports.formats.base import Format, Piece, Snapshot
from functions.exports.options import ExportOptions
from functions.exports.pack_writer import CHANGES, PackWriter
from functions.exports.selection import Selection, Wanted
from functions.exports.sides import Sides, Survey, counting_as
from functions.exports.store import CHECKPOINT, INDEX, Changes, Export, ExportFile, exports_before
from functions.imaging.budget import budgets_of
from functions.labeling.board import Board, board_of
from functions.labeling.columns import read_columns
from functions.labeling.head import LABELED
from functions.labeling.progress import read_progress
from functions.longwork import Later
from functions.places import Place
from functions.projects.model import Label, Project
from functions.projects.persons import names_in
from functions.storage import EXPORTS_CONTAINER, Storage

STAGE_BYTES = 8 * 1024 * 1024
SAVE_EVERY_SECONDS = 5.0
NOTE_EVERY_SECONDS = 1.0
# Reading is so much of the work, with a split counting a part of that; the rest is summing up.
READING = 0.95
COUNTING = 0.1
# Longer files are not read once more for their sums: that would take longer than a function may run.
MOST_SUMMED_BYTES = 32 * 1024**3


Note = Callable[[float, Tally], Awaitable[None]]


class Building:
    """One build of an export, in one invocation.

    note: told about every second how far it is (0 to 1) and what the export holds by then. deadline: of the monotonic
    clock; what is not done by then is left to another invocation.
    """

    def __init__(self, storage: Storage, project: Project, export: Export, note: Note, deadline: float) -> None:
        self._storage = storage
        self._project = project
        self._export = export
        self._note = note
        self._deadline = deadline
        self._container: ContainerClient = storage.container(EXPORTS_CONTAINER)
        self._place = Place(self._container.get_blob_client(export.blob(CHECKPOINT)), Checkpoint)
        self._files = Files(self._container, export.folder)
        self._saving: asyncio.Task[None] | None = None
        self._saved_at = self._noted_at = time.monotonic()
        self._progress = 0.0

    async def run(self) -> Checkpoint:
        """Builds the export. Gives its last checkpoint, all files sealed.

        Raises Later when another invocation has to go on, Failed for a datastore that is gone or out of reach,
        LockedByOther when another build has taken over, BlocksLost, ModelGone and LabelsAdded when it must be begun
        anew.
        """
        found = await self._place.load()
        self._checkpoint = found or await self._first_checkpoint()
        self._files = Files(self._container, self._export.folder, self._checkpoint.files)
        try:
            if not self._checkpoint.is_read:
                await self._read()
            return await self._seal()
        finally:
            if self._saving:
                # Not cancelled: storage might still carry out what nobody waits for, after all else was dropped.
                await asyncio.gather(self._saving, return_exceptions=True)

    async def forget(self) -> None:
        """Drops the checkpoint: it is not needed any more, or the next build must begin anew."""
        await self._place.drop()

    async def _first_checkpoint(self) -> Checkpoint:
        export, aliases = self._export, self._project.aliases
        wanted = export.format, export.options.with_labels_as(aliases)
        former = None
        async for one in exports_before(self._storage, export, "completed"):
            if (one.format, one.options.with_labels_as(aliases)) == wanted:
                former = Changes(since=one.id, since_at=one.started_at or one.asked_at)
                break
        tally = Tally(sides=dict.fromkeys(export.options.sides, 0))
        labels = [*self._project.labels, *await self._removed_labels()]
        # It goes on with the same one, though another is learned meanwhile.
        training = await newest_model(self._storage, self._project) if export.options.suggestions else None
        return Checkpoint(labels=labels, aliases=aliases, training=training, former=former, tally=tally)

    async def _removed_labels(self) -> list[Label]:
        """Those that images still have: what people said of them is exported all the same."""
        board = board_of(self._storage, self._project)
        counts = (await read_progress(board, int(time.time() * 1000))).counts
        return [label for label in self._project.retired if label.id in counts.labels | counts.kept]

    @property
    def _options(self) -> ExportOptions:
        return self._export.options.with_labels_as(self._checkpoint.aliases)

    async def _count(self) -> None:
        """Counts the images for the sides of a split, where there is one. How far it is, is saved only when the time is
        over: a build that is cut off counts anew.
        """
        checkpoint, split, wanted = self._checkpoint, self._options.split, Wanted(self._options)
        if split is None or checkpoint.borders is not None:
            return
        board, survey = board_of(self._storage, self._project), Survey(split, checkpoint.survey)
        total = await _count_packs(board)
        async with aclosing(read_columns(board.table, checkpoint.next_counted, checkpoint.aliases)) as packs:
            async for pack in packs:
                for slot, labels in wanted.slots(pack, {}):
                    survey.add(pack.images[slot][0], counting_as(labels, pack.letters[slot] == LABELED))
                checkpoint.next_counted = pack.pack + 1
                self._progress = COUNTING * min(checkpoint.next_counted / max(total, 1), 1)
                if time.monotonic() > self._deadline:
                    checkpoint.survey = survey.state()
                    await self._place.save(checkpoint.model_dump_json())
                    raise Later
                await self._breathe()
        checkpoint.borders, checkpoint.survey = survey.borders(), {}

    async def _pack_writer(self, datastore: Datastore) -> PackWriter:
        project, checkpoint, options = self._project, self._checkpoint, self._options
        snapshot = Snapshot(project.name, project.task, checkpoint.labels, datastore.container_url, options)
        format_ = FORMATS[self._export.format](snapshot, checkpoint.format)
        known = {label.id: label for label in (*project.all_labels, *checkpoint.labels)}
        sides = Sides(options.split, checkpoint.borders or {}) if options.split else None
        names = await names_in(self._storage, project)
        selection = Selection(Wanted(options), list(known.values()), names, sides, has_opinions=options.opinions)
        suggester = await self._suggester() if options.suggestions else None
        featured = Featured(self._storage, project) if format_.wants_features else None
        former = None
        if checkpoint.former:
            blob = f"{project.id}/{checkpoint.former.since}/{INDEX}"
            former = changes.Former(self._container.get_blob_client(blob))
        if not checkpoint.files:
            self._files.write(format_.begin())
            self._files.write([Piece(INDEX, 0, "")])
            if former:
                self._files.write([Piece(CHANGES, 0, changes.HEADER)])
        label_names = {label.id: label.name for label in known.values()}
        readable = frozenset.intersection(*format_.reads.values()) if options.convert_images else None
        converting = Converting(budgets_of(self._storage), readable)
        return PackWriter(
            datastore,
            format_,
            selection,
            converting,
            suggester,
            featured,
            former,
            label_names,
            checkpoint.tally,
            self._files,
        )

    async def _suggester(self) -> Suggester:
        known = self._checkpoint
        labels = {label.id for label in known.labels} - {label.id for label in self._project.retired}
        return await suggester_of(self._storage, self._project, known.training, labels, known.aliases)

    async def _read(self) -> None:
        await self._count()
        async with datastore_at_work(self._storage, self._project.datastore) as datastore:
            await self._read_packs(await self._pack_writer(datastore))

    async def _read_packs(self, writer: PackWriter) -> None:
        """Puts all packs into the files."""
        board, checkpoint = board_of(self._storage, self._project), self._checkpoint
        total, begun = await _count_packs(board), COUNTING if checkpoint.borders is not None else 0.0
        async with AsyncExitStack() as stack:
            if writer.format.holds_images:
                writer.source = await stack.enter_async_context(connect(self._storage, writer.datastore))
            if writer.former:
                await stack.enter_async_context(aclosing(writer.former))
            found = await stack.enter_async_context(
                aclosing(read_columns(board.table, checkpoint.next_pack, checkpoint.aliases))
            )
            async for pack in found:
                async for _ in writer.write(pack):
                    await self._breathe()
                checkpoint.next_pack = pack.pack + 1
                self._progress = begun + (READING - begun) * min(checkpoint.next_pack / max(total, 1), 1)
                if time.monotonic() > self._deadline:
                    await self._save(writer.format, wait=True)
                    raise Later
                if self._is_to_be_saved():
                    await self._save(writer.format)
                await self._breathe()
        self._files.write(writer.format.end())
        checkpoint.is_read = True
        await self._save(writer.format, wait=True)

    def _is_to_be_saved(self) -> bool:
        is_long_ago = time.monotonic() - self._saved_at > SAVE_EVERY_SECONDS
        return is_long_ago or self._files.unsaved_bytes >= STAGE_BYTES

    async def _breathe(self) -> None:
        """Between two pieces of work: others get their turn, and whoever waits for the export is told how far it is."""
        if self._files.waiting_bytes >= STAGE_BYTES:
            await self._stage(self._files.take())
        if time.monotonic() - self._noted_at > NOTE_EVERY_SECONDS:
            self._noted_at = time.monotonic()
            await self._note(self._progress, self._checkpoint.tally)
        await asyncio.sleep(0)

    async def _save(self, format_: Format, *, wait: bool = False) -> None:
        """Saves a checkpoint, as soon as all that it counts on is staged."""
        self._saved_at = time.monotonic()
        blocks, checkpoint = self._files.take(), self._checkpoint
        checkpoint.files, checkpoint.format = self._files.state(), format_.state
        await self._stage(blocks, checkpoint.model_dump_json())
        if wait and self._saving:
            await self._saving

    async def _stage(self, blocks: list[Block], checkpoint: str | None = None) -> None:
        """One after the other, so that a checkpoint never comes before a block."""
        if self._saving:
            await self._saving

        async def stage() -> None:
            await self._files.stage(blocks)
            if checkpoint:
                await self._place.save(checkpoint)

        self._saving = asyncio.create_task(stage())

    async def _seal(self) -> Checkpoint:
        """Commits the files and sums them up."""
        checkpoint, sealed = self._checkpoint, {file.name for file in self._checkpoint.sealed}
        left = [name for name in self._files.names if name not in sealed]
        await asyncio.gather(*(self._files.commit(name) for name in left))
        for number, name in enumerate(name for name in left if name != INDEX):
            if time.monotonic() > self._deadline:
                await self._place.save(checkpoint.model_dump_json())
                raise Later
            self._progress = READING + (1 - READING) * number / len(left)
            done = await self._files.seal(name, MOST_SUMMED_BYTES, self._breathe)
            checkpoint.sealed.append(ExportFile(name=done.name, bytes=done.bytes, sha256=done.sha256))
        return checkpoint


async def _count_packs(board: Board) -> int:
    return sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
