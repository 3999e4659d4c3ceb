"""Running an import: one at a time per project, pack by pack, through the rules over packs and with their records."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import islice

from functions.datastores.model import Datastore
from functions.datastores.working import datastore_at_work
from functions.hooks import labels_set
from functions.imports.content import Content
from functions.imports.lines import Chosen, Unreadable
from functions.imports.matching import Matching
from functions.imports.packwise import PACKS_AT_ONCE, count_packs, through_packs
from functions.imports.paths import paths_of
from functions.imports.reading import Reading
from functions.imports.saying import Meant, Saying, said_of
from functions.imports.source import sources_of
from functions.imports.store import (
    FOLDERS,
    IMPORTS,
    LOCK,
    MOST_NAMED,
    Import,
    ImportMessage,
    Relabeled,
    rows_blob,
    text_blob,
)
from functions.imports.uploads import drop_files
from functions.labeling import relabeling
from functions.labeling.board import Board, board_of
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.previews import preview_blobs
from functions.labeling.progress import read_progress
from functions.labeling.record import Record
from functions.labeling.refusals import OldProject
from functions.labeling.removing import newest_project
from functions.labeling.rows import Image, image_id
from functions.labeling.suggestions import suggest
from functions.longwork import Later, RecordedWork
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.storage import IMPORTS_QUEUE, unless_gone
from functions.tasks.annotation import Annotation

WAIT_SECONDS = 5
LONGEST_WAIT = timedelta(hours=23)


@dataclass(frozen=True)
class Wanted:
    """What an import wants of one pack: labels for each slot. head: as it was read."""

    pack: int
    head: Head
    images: Sequence[Image]
    meant: dict[int, Meant]


@dataclass(frozen=True)
class Done:
    """What became of the slots that an import wanted something of; see Outcome. labeled: with the labels that they got,
    by their ids.
    """

    labeled: Mapping[int, Sequence[int]]
    unchanged: Sequence[int]
    kept: Sequence[int]
    not_ready: Sequence[int]


class ImportWork(RecordedWork[ImportMessage, Import]):
    """Runs an import, or goes on with one."""

    queue, lock, records = IMPORTS_QUEUE, LOCK, IMPORTS
    given_up = "The import could not be finished. The reason is in the service's log; import again what is left."

    async def load(self) -> bool:
        asked = self.message
        self.project = await load_project(self.storage, asked.project_id)
        return self.take(await IMPORTS.load(self.storage, asked.project_id, asked.import_id))

    async def work(self) -> None:
        self._outcome = self.record.outcome.model_copy(deep=True)
        self._is_resumed = self.record.started_at is not None
        board = board_of(self.storage, self.project)
        if await self._has_to_wait(board):
            raise Later(WAIT_SECONDS)
        await self.begin()
        async with (
            datastore_at_work(self.storage, self.project.datastore) as datastore,
            self._content(datastore, board) as content,
        ):
            reading = Reading(content, self.record, self.project, datastore.container_url)
            try:
                found = await reading.take_in()
            except Unreadable:
                reading.note_columns(self._outcome)
                await self.note(outcome=self._outcome)
                raise
            await reading.look(board)
            reading.note(self._outcome)
            self._outcome.has_rows = await reading.keep_rows(self.storage)
        await self.note(format=found, outcome=self._outcome)
        asked = self.record
        if asked.use == "suggestions" and not asked.dry_run:
            # Also where they were there when the project was read: an import that was undone since may have been them.
            await change_project(
                self.storage, self.project.id, lambda project: project.model_copy(update={"has_suggestions": True})
            )
            forget(self.project.id)
        await self._label(board, reading.matching)
        if self._outcome.labeled and not asked.dry_run:
            await labels_set.happened(self.storage, self.project)
        await self.note(status="completed", finished_at=self.clock(), progress=1.0, outcome=self._outcome)
        await self._drop_text()
        if asked.uploaded and not asked.dry_run:
            await drop_files(self.storage, asked.uploaded)

    async def _has_to_wait(self, board: Board) -> bool:
        """For images that have yet to be found or prepared: a day at most, as an upload is kept no longer."""
        now = self.clock()
        if not self.record.waits or self._is_resumed or now - self.record.asked_at > LONGEST_WAIT:
            return False
        counts = (await read_progress(board, int(now.timestamp() * 1000))).counts
        return self.project.status == "creating" or counts.states["preparing"] > 0

    @asynccontextmanager
    async def _content(self, datastore: Datastore, board: Board) -> AsyncIterator[Content]:
        if self.record.format == FOLDERS:
            async with paths_of(board) as content:
                yield content
        else:
            async with sources_of(self.storage, self.project, self.record, datastore) as sources:
                files = {source.name: source.open for source in sources}
                yield Content.of_all(files, Chosen(**self.record.columns.model_dump()))

    async def fail(self, reason: str) -> None:
        await super().fail(reason)
        await self._drop_text()

    async def clear(self) -> None:
        await unless_gone(rows_blob(self.storage, self.record).delete_blob)

    async def _drop_text(self) -> None:
        await unless_gone(text_blob(self.storage, self.record).delete_blob)

    async def _label(self, board: Board, matching: Matching) -> None:
        """Goes through all packs."""
        total, found = await count_packs(board), self._wanted(board, matching)
        await through_packs(self, total, found, partial(self._take_in, board), self._save)

    async def _save(self, next_pack: int, progress: float) -> None:
        await self.note(next_pack=next_pack, progress=progress, outcome=self._outcome)

    async def _wanted(self, board: Board, matching: Matching) -> AsyncGenerator[tuple[list[Wanted], int], None]:
        """Some packs at a time of which something is wanted, with the number of the pack after them."""
        some: list[Wanted] = []
        pack = -1
        async for pack, head, images in board.rows.scan():
            meant = [slot for slot, image in enumerate(images) if image.name in matching.meant]
            if not meant or pack < self.record.next_pack:
                continue
            wanted = {}
            for slot in meant:
                labels = matching.meant[images[slot].name]
                if labels is None:
                    self._outcome.ambiguous.add(images[slot].name)
                else:
                    wanted[slot] = labels
            some.append(Wanted(pack, head, images, wanted))
            if len(some) == PACKS_AT_ONCE:
                yield some, pack + 1
                some = []
        yield some, pack + 1

    async def _take_in(self, board: Board, wanted: Wanted) -> None:
        suggests = self.record.use == "suggestions"
        done = await (self._suggest(board, wanted) if suggests else self._take_over(board, wanted))
        self._count(wanted, done)

    async def _suggest(self, board: Board, wanted: Wanted) -> Done:
        before = await board.suggestions.of_pack(wanted.pack)
        for slot, some in wanted.meant.items():
            if not some:
                self._outcome.refused.add(f"{wanted.images[slot].name}: There is no label to suggest.")
        likeliest = {slot: max(some, key=lambda one: one.confidence) for slot, some in wanted.meant.items() if some}
        done = suggest(wanted.head, before.imported, likeliest, project=self.project)
        if done.slots and not self.record.dry_run:
            await board.suggestions.add_imported(wanted.pack, done.slots, self.record.id)
        suggested = {slot: [one.label] for slot, one in done.slots.items()}
        # What an invocation that was cut off has done.
        earlier = [slot for slot in done.unchanged if self._is_resumed and before.importers.get(slot) == self.record.id]
        suggested |= {slot: [likeliest[slot].label] for slot in earlier}
        return Done(suggested, [slot for slot in done.unchanged if slot not in earlier], done.kept, done.not_ready)

    async def _take_over(self, board: Board, wanted: Wanted) -> Done:
        while True:
            project = self.project
            saying = said_of(project, wanted.meant)
            try:
                done = await self._take_over_by(project, board, wanted, saying.given)
            except OldProject as old:
                self.project = await newest_project(self.storage, project.id, old)
                continue
            self._leave_out(wanted, saying)
            return done

    def _leave_out(self, wanted: Wanted, saying: Saying) -> None:
        outcome = self._outcome
        for label, count in saying.gone.items():
            name = self.project.label_name(label)
            outcome.unknown_labels[name] = outcome.unknown_labels.get(name, 0) + count
            outcome.unknown_lines += count
        for slot, reason in saying.refused.items():
            outcome.refused.add(f"{wanted.images[slot].name}: {reason}")

    async def _take_over_by(
        self, project: Project, board: Board, wanted: Wanted, said: Mapping[int, Annotation]
    ) -> Done:
        asked, now = self.record, int(self.clock().timestamp() * 1000)
        key = f"r|{asked.action_id}"

        def rule(head: Head) -> Change[relabeling.Imported]:
            done = relabeling.take_over(
                head,
                said=said,
                labeler=asked.by,
                now=now,
                replace_others=asked.replace,
                is_same=project.is_same,
            )
            given = {slot: said[slot] for slot in done.labeled}
            return Change(done.head, done, (Record(key, "imported", asked.by, now, given),) if given else ())

        done = rule(wanted.head.thaw()).result
        if not asked.dry_run:
            # What an invocation that was cut off has done is told by its record.
            earlier = await board.records.get(wanted.pack, key) if self._is_resumed else None
            if earlier:
                labeled = tuple(earlier.given)
                unchanged = tuple(slot for slot in done.unchanged if slot not in labeled)
                done = replace(done, labeled=labeled, unchanged=unchanged)
            elif done.labeled:
                done = (await board.packs.change(wanted.pack, rule, now=now, project=project)).result
        labeled_as = {slot: said[slot].labels for slot in done.labeled}
        return Done(labeled_as, done.unchanged, done.kept, done.not_ready)

    def _count(self, wanted: Wanted, done: Done) -> None:
        outcome = self._outcome
        outcome.labeled += len(done.labeled)
        outcome.unchanged += len(done.unchanged)
        outcome.kept += len(done.kept)
        for slot in done.not_ready:
            outcome.not_ready.add(wanted.images[slot].name)
        for slot, labels in islice(done.labeled.items(), MOST_NAMED - len(outcome.first_labeled)):
            outcome.first_labeled.append(self._relabeled(wanted, slot, labels))

    def _relabeled(self, wanted: Wanted, slot: int, labels: Sequence[int]) -> Relabeled:
        image, status = wanted.images[slot], wanted.head.slots[slot]
        is_shown = image.width > 0 and not status.outdated
        return Relabeled(
            image=image.name,
            id=image_id(wanted.pack, slot),
            thumbnail=preview_blobs(wanted.pack, slot, image.etag)[1] if is_shown else "",
            before=list(status.labels),
            after=labels[0] if self.project.task.one_label else list(labels),
        )
