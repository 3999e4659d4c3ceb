"""Everything that belongs to one project's images, kept by this process between calls: clients, caches and locks."""

from dataclasses import dataclass

from functions.kept import Kept
from functions.labeling.directory import Directory
from functions.labeling.packs import Packs
from functions.labeling.record_rows import Records
from functions.labeling.rows import PackRows
from functions.labeling.suggestion_rows import Suggestions
from functions.labeling.work_queue import WorkQueue
from functions.projects.model import Project
from functions.storage import Storage
from functions.tables import Table

MOST_BOARDS = 50


@dataclass(frozen=True)
class Board:
    """A project's rows, records, directory, packs, work queue and suggestions."""

    table: Table
    rows: PackRows
    records: Records
    directory: Directory
    packs: Packs
    queue: WorkQueue
    suggestions: Suggestions


_boards: Kept[tuple[Storage, str], Board] = Kept(MOST_BOARDS)


def make_board(table: Table) -> Board:
    rows, records, directory, suggestions = PackRows(table), Records(table), Directory(table), Suggestions(table)
    packs = Packs(rows, records, directory)
    queue = WorkQueue(table, packs, suggestions)
    return Board(table, rows, records, directory, packs, queue, suggestions)


def forget_board(storage: Storage, project_id: str) -> None:
    """To be called when a project's rows were put back: what this process knows of them is of before."""
    _boards.forget((storage, project_id))


def board_of(storage: Storage, project: Project) -> Board:
    """The project's board in this process."""
    return _boards.made((storage, project.id), lambda: make_board(storage.tables.table(project.images_table)))
