"""Running an import: one at a time per project, pack by pack, through the rules over packs and with their records."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from azure.core.exceptions import ResourceNotFoundError

from functions.datastores.connect import BlobTrouble, DatastoreTrouble, connect, download
from functions.datastores.store import load_datastore
from functions.hooks import labels_set
from functions.imports.decoding import text_of
from functions.imports.formats import READERS, Unreadable
from functions.imports.matching import Matching
from functions.imports.store import (
    MOST_NAMED,
    Import,
    ImportMessage,
    Relabeled,
    load_import,
    lock_blob,
    save_import,
    send_import,
    text_blob,
)
from functions.labeling import relabeling
from functions.labeling.board import Board, board_of
from functions.labeling.columns import read_columns
from functions.labeling.head import Head
from functions.labeling.packs import Change
from functions.labeling.record import Record
from functions.labeling.refusals import OldProject
from functions.labeling.removing import newest_project
from functions.labeling.rows import Image
from functions.labeling.suggestions import Suggestion, suggest
from functions.locks import LockedByOther, locked
from functions.problems import NotFound
from functions.projects.access import forget
from functions.projects.model import Project
from functions.projects.store import change_project, load_project
from functions.storage import Storage, unless_gone

TIME_LIMIT_SECONDS = 7 * 60
RETRY_SECONDS = 5
SAVE_EVERY_SECONDS = 1.0
PACKS_AT_ONCE = 8
LARGEST_FILE = 64 * 1024 * 1024
GIVEN_UP = "The import could not be finished. The reason is in the service's log; import again what is left."

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Wanted:
    """What an import wants of one pack: a label for each slot. head: as it was read."""

    pack: int
    head: Head
    images: Sequence[Image]
    labels: dict[int, Suggestion]


@dataclass(frozen=True)
class Done:
    """What became of the slots that an import wanted something of; see Outcome."""

    labeled: Sequence[int]
    unchanged: Sequence[int]
    kept: Sequence[int]
    not_ready: Sequence[int]


async def run_import(
    storage: Storage, message: ImportMessage, clock: Clock, time_limit: float = TIME_LIMIT_SECONDS
) -> None:
    """Runs an import, or goes on with one. A message for what is gone or over ends quietly."""
    found = await _load(storage, message)
    if found is None:
        return
    project, asked = found
    try:
        async with locked(lock_blob(storage, project.id)):
            running = asked.model_copy(update={"status": "running", "started_at": asked.started_at or clock()})
            is_resumed, deadline = asked.started_at is not None, time.monotonic() + time_limit
            await _Run(storage, project, running, clock, deadline, is_resumed=is_resumed).run()
    except LockedByOther:
        await send_import(storage, asked, delay=RETRY_SECONDS)
    except ResourceNotFoundError:
        if await _load(storage, message):
            raise


async def give_up(storage: Storage, message: ImportMessage, clock: Clock) -> None:
    """Marks an import failed that could not be finished however often it was tried."""
    found = await _load(storage, message)
    if found:
        failed = {"status": "failed", "finished_at": clock(), "error": GIVEN_UP}
        await save_import(storage, found[1].model_copy(update=failed))


async def _load(storage: Storage, message: ImportMessage) -> tuple[Project, Import] | None:
    try:
        asked = await load_import(storage, message.project_id, message.import_id)
        project = await load_project(storage, message.project_id)
    except NotFound:
        return None
    return None if asked.is_over else (project, asked)


class _Run:
    """One invocation."""

    def __init__(
        self, storage: Storage, project: Project, running: Import, clock: Clock, deadline: float, *, is_resumed: bool
    ) -> None:
        self._storage = storage
        self._project = project
        self._import = running
        self._clock = clock
        self._deadline = deadline
        self._outcome = running.outcome.model_copy(deep=True)
        self._is_resumed = is_resumed

    async def run(self) -> None:
        await self._save()
        try:
            matching = await self._matching()
        except (Unreadable, DatastoreTrouble, BlobTrouble) as trouble:
            await self._end("failed", trouble.reason)
            return
        except NotFound:
            await self._end("failed", f"The datastore {self._project.datastore!r} is gone.")
            return
        if self._import.use == "suggestions" and not self._import.dry_run and not self._project.has_suggestions:
            await change_project(
                self._storage, self._project.id, lambda project: project.model_copy(update={"has_suggestions": True})
            )
            forget(self._project.id)
        if await self._label(matching):
            if self._outcome.labeled and not self._import.dry_run:
                await labels_set.happened(self._storage, self._project)
            await self._end("completed")

    async def _matching(self) -> Matching:
        text, project = await self._text(), self._project
        datastore = await load_datastore(self._storage, project.datastore)
        names = [label.name for label in (*project.merged, *project.labels)]
        labels = {name: label.id for name in names if (label := project.find_label(name))}
        takes_suggested = self._import.use == "suggestions"
        container_path = f"{urlsplit(datastore.container_url).path.lstrip('/')}/"
        matching = Matching(container_path, project.prefix, labels, takes_suggested=takes_suggested)
        read = READERS[self._import.format]
        await asyncio.to_thread(lambda: matching.take_in(read(text)))
        return matching

    async def _look(self, board: Board, matching: Matching) -> None:
        """Finds the images that the lines mean, and notes what there is to say of that."""
        looks = matching.looks()
        while look := await asyncio.to_thread(next, looks, None):
            async for columns in read_columns(board.table):
                for image in columns.images:
                    look(image[0])
        outcome = self._outcome
        outcome.lines, outcome.images, outcome.suggested = matching.lines, matching.images, matching.suggested
        outcome.unmatched, outcome.unclear, outcome.loose = matching.unmatched, matching.unclear, matching.loose
        outcome.matched_by = dict(matching.matched)
        outcome.unknown_labels = dict(matching.unknown.most_common(MOST_NAMED))

    async def _text(self) -> str:
        if self._import.file is None:
            stream = await text_blob(self._storage, self._import).download_blob()
            raw = await stream.readall()
        else:
            datastore = await load_datastore(self._storage, self._project.datastore)
            async with connect(self._storage, datastore) as source:
                raw = await download(source, self._project.prefix + self._import.file, None, LARGEST_FILE)
        return await asyncio.to_thread(text_of, raw)

    async def _label(self, matching: Matching) -> bool:
        """Goes through all packs. False: the time is over, and the rest is left to the next message."""
        board = board_of(self._storage, self._project)
        total = sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
        saved_at = time.monotonic()
        await self._look(board, matching)
        async with aclosing(self._wanted(board, matching)) as found:
            async for some, next_pack in found:
                await asyncio.gather(*(self._take_in(board, wanted) for wanted in some))
                self._import = self._import.model_copy(
                    update={"next_pack": next_pack, "progress": round(min(next_pack / max(total, 1), 0.99), 3)}
                )
                if time.monotonic() > self._deadline:
                    await self._save()
                    await send_import(self._storage, self._import)
                    return False
                if time.monotonic() - saved_at > SAVE_EVERY_SECONDS:
                    saved_at = time.monotonic()
                    await self._save()
        return True

    async def _wanted(self, board: Board, matching: Matching) -> AsyncGenerator[tuple[list[Wanted], int], None]:
        """Some packs at a time of which something is wanted, with the number of the pack after them."""
        some: list[Wanted] = []
        pack = -1
        async for pack, head, images in board.rows.scan():
            meant = [slot for slot, image in enumerate(images) if image.name in matching.meant]
            if not meant or pack < self._import.next_pack:
                continue
            labels = {}
            for slot in meant:
                label = matching.meant[images[slot].name]
                if label is None:
                    self._outcome.ambiguous.add(images[slot].name)
                else:
                    labels[slot] = label
            some.append(Wanted(pack, head, images, labels))
            if len(some) == PACKS_AT_ONCE:
                yield some, pack + 1
                some = []
        yield some, pack + 1

    async def _take_in(self, board: Board, wanted: Wanted) -> None:
        suggests = self._import.use == "suggestions"
        done = await (self._suggest(board, wanted) if suggests else self._take_over(board, wanted))
        self._count(wanted, done)

    async def _suggest(self, board: Board, wanted: Wanted) -> Done:
        known = (await board.suggestions.of_pack(wanted.pack)).imported
        done = suggest(
            wanted.head, known, wanted.labels, replace_others=self._import.replace, aliases=self._project.aliases
        )
        if done.slots and not self._import.dry_run:
            await board.suggestions.add_imported(wanted.pack, done.slots)
        return Done(tuple(done.slots), done.unchanged, done.kept, done.not_ready)

    async def _take_over(self, board: Board, wanted: Wanted) -> Done:
        while True:
            project = self._project
            left = {slot: one for slot, one in wanted.labels.items() if project.find_label(one.label)}
            try:
                done = await self._take_over_by(project, board, replace(wanted, labels=left))
            except OldProject as old:
                self._project = await newest_project(self._storage, project.id, old)
                continue
            for slot in wanted.labels.keys() - left.keys():
                name = project.label_name(wanted.labels[slot].label)
                self._outcome.unknown_labels[name] = self._outcome.unknown_labels.get(name, 0) + 1
            return done

    async def _take_over_by(self, project: Project, board: Board, wanted: Wanted) -> Done:
        asked, now = self._import, int(self._clock().timestamp() * 1000)
        key, given = f"r|import{asked.id}", {slot: label.label for slot, label in wanted.labels.items()}

        def rule(head: Head) -> Change[relabeling.Imported]:
            done = relabeling.take_over(
                head,
                labels=given,
                labeler=asked.by,
                now=now,
                replace_others=asked.replace,
                aliases=project.aliases,
            )
            labels = {slot: [given[slot]] for slot in done.labeled}
            return Change(done.head, done, (Record(key, "imported", asked.by, now, labels),) if labels else ())

        done = rule(wanted.head.thaw()).result
        if not asked.dry_run:
            # What an invocation that was cut off has done is told by its record.
            earlier = await board.records.get(wanted.pack, key) if self._is_resumed else None
            if earlier:
                labeled = tuple(earlier.labels)
                unchanged = tuple(slot for slot in done.unchanged if slot not in labeled)
                done = replace(done, labeled=labeled, unchanged=unchanged)
            elif done.labeled:
                done = (await board.packs.change(wanted.pack, rule, now=now, project=project)).result
        return Done(done.labeled, done.unchanged, done.kept, done.not_ready)

    def _count(self, wanted: Wanted, done: Done) -> None:
        outcome = self._outcome
        outcome.labeled += len(done.labeled)
        outcome.unchanged += len(done.unchanged)
        outcome.kept += len(done.kept)
        for slot in done.not_ready:
            outcome.not_ready.add(wanted.images[slot].name)
        for slot in done.labeled[: MOST_NAMED - len(outcome.first_labeled)]:
            before = list(wanted.head.slots[slot].labels)
            told = Relabeled(image=wanted.images[slot].name, before=before, after=wanted.labels[slot].label)
            outcome.first_labeled.append(told)

    async def _save(self) -> None:
        self._import = self._import.model_copy(update={"outcome": self._outcome})
        await save_import(self._storage, self._import)

    async def _end(self, status: Literal["completed", "failed"], error: str | None = None) -> None:
        over = {"status": status, "error": error, "finished_at": self._clock(), "progress": 1.0}
        self._import = self._import.model_copy(update=over)
        await self._save()
        await unless_gone(text_blob(self._storage, self._import).delete_blob)
