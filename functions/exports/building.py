"""The work of one build: the packs are read in order, and the format's files grow block by block, in bounded memory.

Now and then, between two packs, all that waits is staged and a checkpoint says how far the files are. A build that was
cut off, or that comes near the time limit of a function, goes on from there and ends in the same bytes. Staging runs
beside the reading of the next packs.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, aclosing

from azure.storage.blob.aio import ContainerClient

from functions.assist.offline import Suggester, newest_model, suggester_of
from functions.datastores.connect import DatastoreTrouble, connect
from functions.datastores.model import Datastore
from functions.datastores.store import has_other_credentials, load_datastore
from functions.exports import changes
from functions.exports.checkpoint import Checkpoint, Tally
from functions.exports.contents import Converting, with_content
from functions.exports.files import Block, Files
from functions.exports.formats import FORMATS
from functions.exports.formats.base import ExportedImage, Format, Piece, Snapshot
from functions.exports.selection import Selection
from functions.exports.store import CHECKPOINT, INDEX, Changes, Export, ExportFile, exports_before
from functions.labeling.board import board_of
from functions.labeling.columns import Columns, read_columns
from functions.labeling.head import STATE_NAMES, WAITING
from functions.labeling.progress import read_progress
from functions.labeling.suggestions import Suggestion
from functions.places import Place
from functions.projects.model import Label, Project
from functions.projects.persons import names_in
from functions.refresh.budget import budgets_of
from functions.storage import EXPORTS_CONTAINER, Storage

STAGE_BYTES = 8 * 1024 * 1024
SAVE_EVERY_SECONDS = 5.0
NOTE_EVERY_SECONDS = 1.0
# Reading is so much of the work; the rest is summing up.
READING = 0.95
IS_WAITING = STATE_NAMES[WAITING]
CHANGES = "changes.csv"
# Longer files are not read once more for their sums: that would take longer than a function may run.
MOST_SUMMED_BYTES = 32 * 1024**3


class LabelsAdded(Exception):
    """Images have labels that the project got after the build had begun."""


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

    async def run(self) -> Checkpoint | None:
        """Builds the export. Gives its last checkpoint, all files sealed; None when another invocation has to go on.

        Raises NotFound and DatastoreTrouble for a datastore that is gone or out of reach, LockedByOther when another
        build has taken over, BlocksLost, ModelGone and LabelsAdded when it must be begun anew.
        """
        found = await self._place.load()
        self._checkpoint = found or await self._first_checkpoint()
        self._files = Files(self._container, self._export.folder, self._checkpoint.files)
        try:
            if not self._checkpoint.is_read:
                packs = await self._pack_writer(is_new=found is None)
                if not await self._goes_on(packs):
                    return None
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

    async def _pack_writer(self, *, is_new: bool) -> "PackWriter":
        project, checkpoint = self._project, self._checkpoint
        options = self._export.options.with_labels_as(checkpoint.aliases)
        datastore = await load_datastore(self._storage, project.datastore)
        snapshot = Snapshot(project.name, checkpoint.labels, datastore.container_url, options)
        format_ = FORMATS[self._export.format](snapshot, checkpoint.format)
        known = {label.id: label for label in (*project.all_labels, *checkpoint.labels)}
        selection = Selection(options, list(known.values()), await names_in(self._storage, project))
        suggester = await self._suggester() if options.suggestions else None
        former = None
        if checkpoint.former:
            blob = f"{project.id}/{checkpoint.former.since}/{INDEX}"
            former = changes.Former(self._container.get_blob_client(blob))
        if is_new:
            self._files.write(format_.begin())
            self._files.write([Piece(INDEX, 0, "")])
            if former:
                self._files.write([Piece(CHANGES, 0, changes.HEADER)])
        label_names = {label.id: label.name for label in known.values()}
        readable = frozenset.intersection(*format_.reads.values()) if options.convert_images else None
        converting = Converting(budgets_of(self._storage), readable)
        return PackWriter(
            datastore, format_, selection, converting, suggester, former, label_names, checkpoint.tally, self._files
        )

    async def _suggester(self) -> Suggester:
        known = self._checkpoint
        labels = {label.id for label in known.labels} - {label.id for label in self._project.retired}
        return await suggester_of(self._storage, self._project, known.training, labels, known.aliases)

    async def _goes_on(self, writer: "PackWriter") -> bool:
        """Reads the packs. False: another invocation has to go on."""
        try:
            return await self._read_packs(writer)
        except DatastoreTrouble:
            if await has_other_credentials(self._storage, writer.datastore):
                # They were changed meanwhile: the next message goes on with the new ones.
                return False
            raise

    async def _read_packs(self, writer: "PackWriter") -> bool:
        """Puts all packs into the files. False: the time is over."""
        board, checkpoint = board_of(self._storage, self._project), self._checkpoint
        total = sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
        async with AsyncExitStack() as stack:
            if writer.format.wants_content:
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
                self._progress = READING * min(checkpoint.next_pack / max(total, 1), 1)
                if time.monotonic() > self._deadline:
                    await self._save(writer.format, wait=True)
                    return False
                if self._is_to_be_saved():
                    await self._save(writer.format)
                await self._breathe()
        self._files.write(writer.format.end())
        checkpoint.is_read = True
        await self._save(writer.format, wait=True)
        return True

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

    async def _seal(self) -> Checkpoint | None:
        """Commits the files and sums them up. None: the time is over."""
        checkpoint, sealed = self._checkpoint, {file.name for file in self._checkpoint.sealed}
        left = [name for name in self._files.names if name not in sealed]
        await asyncio.gather(*(self._files.commit(name) for name in left))
        for number, name in enumerate(name for name in left if name != INDEX):
            if time.monotonic() > self._deadline:
                await self._place.save(checkpoint.model_dump_json())
                return None
            self._progress = READING + (1 - READING) * number / len(left)
            done = await self._files.seal(name, MOST_SUMMED_BYTES, self._breathe)
            checkpoint.sealed.append(ExportFile(name=done.name, bytes=done.bytes, sha256=done.sha256))
        return checkpoint


class PackWriter:
    """Puts packs into the files of an export, one after the other, and counts them."""

    def __init__(
        self,
        datastore: Datastore,
        format_: Format,
        selection: Selection,
        converting: Converting,
        suggester: Suggester | None,
        former: changes.Former | None,
        label_names: dict[int, str],
        tally: Tally,
        files: Files,
    ) -> None:
        self.datastore = datastore
        self.format = format_
        self.former = former
        self.source: ContainerClient | None = None
        self._selection = selection
        self._converting = converting
        self._suggester = suggester
        self._label_names = label_names
        self._labels = {label.id for label in format_.snapshot.labels}
        self._tally = tally
        self._files = files

    async def _suggested(self, pack: Columns) -> Mapping[int, Suggestion]:
        if self._suggester is None:
            return {}
        waiting = {slot: pack.image(slot).etag for slot, state in enumerate(pack.states) if state == IS_WAITING}
        return await self._suggester.of_pack(pack.pack, waiting) if waiting else {}

    async def write(self, pack: Columns) -> AsyncIterator[None]:
        """Writes a pack; gives way between its parts."""
        held: list[ExportedImage] = []
        if not self._labels.issuperset(label for labels in pack.labels for label in labels):
            raise LabelsAdded
        images = self._selection.images(pack, await self._suggested(pack))
        if self.source:
            async for some in with_content(self.source, pack, images, self._tally.leave_out, self._converting):
                self._files.write(self.format.add(some))
                held += [image._replace(content=b"") for image in some]
                yield
        elif images:
            self._files.write(self.format.add(images))
            held = images
        self._tally.count(held)
        column = changes.column_of(pack, held)
        self._files.write([Piece(INDEX, 0, changes.line_of(pack.pack, column))])
        if self.former:
            found = changes.differences(await self.former.column(pack.pack), column)
            if found:
                self._tally.differ(found)
                self._files.write([Piece(CHANGES, 0, changes.rows_for_people(pack, found, self._label_names))])
