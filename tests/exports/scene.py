"""Projects with labels for the tests of exports, written straight into storage, and builds run in this process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from functions.datastores.datasets import Dataset
from functions.exports.builder import ExportWork
from functions.exports.options import ExportOptions
from functions.exports.store import EXPORTS, Export, ExportMessage, ask_for_export
from functions.ids import new_project_id
from functions.labeling.board import Board, make_board
from functions.labeling.directory import OPEN, RANGE_SIZE, Edit, Range
from functions.labeling.head import LABELED, PACK_SIZE, SKIPPED, Head, Opinion, Slot
from functions.labeling.packs import closing_letter
from functions.labeling.rows import Image
from functions.projects.lifecycle import make_places
from functions.projects.model import Label, Project
from functions.projects.store import insert_project
from functions.storage import EXPORTS_CONTAINER, WORKSPACE_CONTAINER, Storage
from functions.tasks.annotation import of_labels
from functions.tasks.types import TaskTypeName
from tests.api.builders import new_name
from tests.projects.building import make

NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
AT = int(NOW.timestamp() * 1000)
CAT, DOG = Label(id=1, name="Cat"), Label(id=2, name="Dog")
EXPORTED = ExportOptions()


@dataclass(frozen=True)
class Picture:
    """An image of a project, and how it stands: its label and others, or a state; labeled without one, it has none.
    opinions: of several people, by name and label; None where they skip it. by: who labeled or skipped it.
    """

    name: str
    label: int | None = CAT.id
    state: str = LABELED
    missing: bool = False
    content: bytes | None = None
    at: int = AT
    others: tuple[int, ...] = ()
    opinions: tuple[tuple[str, int | None], ...] = ()
    by: str = "ann"

    @property
    def labels(self) -> tuple[int, ...]:
        return (self.label, *self.others) if self.state == LABELED and self.label else ()


async def project_of(
    storage: Storage,
    pictures: Sequence[Picture],
    labels: Sequence[Label] = (CAT, DOG),
    pack_size: int = PACK_SIZE,
    prefix: str = "",
    task_type: TaskTypeName = "multiClass",
) -> Project:
    """A project with these images; those with a content are blobs of `workspace`."""
    now = datetime.now(UTC)
    dataset = Dataset(name=new_name("dataset"), description="", datastore="workspace", prefix=prefix, created_at=now)
    project = make(
        id=new_project_id(),
        name=new_name("project"),
        task_type=task_type,
        dataset=dataset.name,
        prefix=dataset.prefix,
        order="name",
        labels=tuple(labels),
        created_at=now,
    )
    await insert_project(storage, project, dataset)
    await make_places(storage, project)
    await add_packs(storage, board_of(storage, project), pictures, pack_size)
    return project


def board_of(storage: Storage, project: Project) -> Board:
    """A board that has read nothing yet."""
    return make_board(storage.tables.table(project.images_table))


async def add_packs(storage: Storage, board: Board, pictures: Sequence[Picture], pack_size: int = PACK_SIZE) -> None:
    """Adds images as new packs behind those that are there."""
    container = storage.container(WORKSPACE_CONTAINER)
    first = sum(len(known.letters) for known in await board.directory.ranges(fresh=True))
    groups = [pictures[start : start + pack_size] for start in range(0, len(pictures), pack_size)]
    for pack, group in enumerate(groups, first):
        images = []
        for picture in group:
            etag, size = "0x1", 1000
            if picture.content is not None:
                made = await container.upload_blob(picture.name, picture.content, overwrite=True)
                etag, size = (await made.get_blob_properties()).etag, len(picture.content)
            images.append(Image(picture.name, etag, size, 32, 24))
        head = head_of(group)
        letter = closing_letter(head, AT)
        await board.rows.insert(pack, head.freeze() if letter else head, images)
        await _register(board, pack, head, letter)


def head_of(pictures: Sequence[Picture]) -> Head:
    done = [picture for picture in pictures if picture.state in (LABELED, SKIPPED)]
    people = {**{one.by: 0 for one in done}, **{name: 0 for one in pictures for name, _ in one.opinions}}
    labelers = tuple(people)

    def opinions(picture: Picture) -> tuple[Opinion, ...]:
        said = [(name, None if label is None else of_labels([label])) for name, label in picture.opinions]
        return tuple(Opinion(labelers.index(name), picture.at + number, one) for number, (name, one) in enumerate(said))

    slots = tuple(
        Slot(
            state=picture.state,
            labels=picture.labels,
            labeler=labelers.index(picture.by) if picture in done else -1,
            at=picture.at if picture in done else 0,
            opinions=opinions(picture),
            missing=picture.missing,
        )
        for picture in pictures
    )
    return Head(slots=slots, labelers=labelers, rejected=(0,) * len(labelers))


async def _register(board: Board, pack: int, head: Head, letter: str | None) -> None:
    """As the one rule has it: what is closed is counted."""

    async def edit(_: Range) -> Edit:
        return Edit({pack: letter or OPEN}, head.counts() if letter else None)

    assert await board.directory.edit(pack // RANGE_SIZE * RANGE_SIZE, edit, AT)


async def ask(storage: Storage, project: Project, form: str, options: ExportOptions = EXPORTED) -> Export:
    """An export that waits to be built."""
    return await ask_for_export(storage, project.id, project.name, form, options, datetime.now(UTC))


async def build(storage: Storage, export: Export, **more: Any) -> Export:
    """Builds it as the queue's function does; gives its record afterwards."""
    message = ExportMessage(project_id=export.project_id, export_id=export.id)
    await ExportWork(storage, message, lambda: datetime.now(UTC), **more).run()
    return await EXPORTS.load(storage, export.project_id, export.id)


async def exported(
    storage: Storage, project: Project, form: str, options: ExportOptions = EXPORTED
) -> tuple[Export, dict[str, bytes]]:
    """A finished export and its files."""
    done = await build(storage, await ask(storage, project, form, options))
    assert done.status == "completed", done.error
    return done, await files_of(storage, done)


async def files_of(storage: Storage, export: Export) -> dict[str, bytes]:
    container = storage.container(EXPORTS_CONTAINER)
    found = {}
    for file in export.files:
        found[file.name] = await (await container.download_blob(export.blob(file.name))).readall()
        assert len(found[file.name]) == file.bytes
    return found


async def blobs_of(storage: Storage, export: Export) -> list[str]:
    """All that lies in its folder, what is not committed too."""
    container = storage.container(EXPORTS_CONTAINER)
    blobs = container.list_blobs(name_starts_with=export.folder, include=["uncommittedblobs"])
    return [blob.name.removeprefix(export.folder) async for blob in blobs]
