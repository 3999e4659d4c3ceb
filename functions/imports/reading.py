"""Reading the file of an import: what its lines mean in the project, and which of them mean nothing there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from itertools import islice

from functions.cells import row_of
from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import Columns, Said, UnknownColumns
from functions.imports.matching import Matching
from functions.imports.paths import lines_of_paths
from functions.imports.spelling import told
from functions.imports.store import MOST_LABELS, MOST_NAMED, Import, LabelFound, Outcome, TableColumns, rows_blob
from functions.labeling.board import Board
from functions.labeling.columns import read_columns
from functions.projects.model import Project
from functions.storage import Storage

HEADER = row_of("row", "image", "label", "reason")
# So many rows are sent to storage at a time.
ROWS = 10_000
MOST_COLUMNS = 200


class Reading:
    """One file, as an import asks for it. container_url: of the datastore. All raise Unreadable."""

    def __init__(self, content: Content, asked: Import, project: Project, container_url: str) -> None:
        self._content = content
        self._columns: Columns | None = None
        self._asked = asked
        self._prefix = project.prefix
        names = [label.name for label in (*project.merged, *project.labels)]
        labels = {name: label.id for name in names if (label := project.find_label(name))}
        mapped = {name: found.id for name, here in asked.labels.items() if here and (found := project.find_label(here))}
        self.matching = Matching(
            container_url,
            project.prefix,
            labels | mapped,
            one_label=project.task.one_label,
            takes_suggested=asked.use == "suggestions",
            left_out=frozenset(name for name, here in asked.labels.items() if here is None),
            duplicates=asked.duplicates,
        )

    async def take_in(self) -> str:
        """Reads all lines, as the format that is asked for or found."""
        form: str = self._asked.format
        part = self._asked.part
        self._read: Callable[[Content], Iterator[Said]]
        if part is None:
            try:
                form = await asyncio.to_thread(format_of, self._content) if form == "auto" else form
                self._read = FORMATS[form].read
                columns_of = FORMATS[form].columns
                if columns_of:
                    self._columns = await asyncio.to_thread(columns_of, self._content)
            except UnknownColumns as unknown:
                self._columns = unknown.columns
                raise
        else:
            self._read = partial(lines_of_paths, prefix=self._prefix, part=part)
        await asyncio.to_thread(lambda: self.matching.take_in(self._read(self._content)))
        if self._columns and self.matching.is_empty and (refuse_empty := FORMATS[form].refuse_empty):
            refuse_empty(self._columns)
        return form

    async def look(self, board: Board) -> None:
        """Finds the images that the lines mean."""
        looks = self.matching.looks()
        while look := await asyncio.to_thread(next, looks, None):
            async for columns in read_columns(board.table):
                for image in columns.images:
                    look(image[0])

    def note(self, outcome: Outcome) -> None:
        """Notes what there is to say of the lines, when the images are found."""
        found = self.matching
        outcome.lines, outcome.images, outcome.suggested = found.lines, found.images, found.suggested
        outcome.unmatched, outcome.unclear, outcome.loose = found.unmatched, found.unclear, found.loose
        outcome.matched_by, outcome.regions, outcome.left_out = dict(found.matched), found.regions, found.left_out
        self.note_columns(outcome)
        outcome.unknown_labels = dict(found.unknown.most_common(MOST_NAMED))
        outcome.unknown_lines = found.unknown.total()
        outcome.labels = [
            LabelFound(name=told(name), count=count, group=told(found.groups.get(name, "")))
            for name, count in found.labels.most_common(MOST_LABELS)
        ]

    def note_columns(self, outcome: Outcome) -> None:
        """Also of a file that cannot be read: other columns may be meant."""
        if self._columns:
            names, *taken = self._columns
            image, label, confidence = (name and told(name) for name in taken)
            told_names = [told(name) for name in names[:MOST_COLUMNS]]
            outcome.columns = TableColumns(names=told_names, image=image, label=label, confidence=confidence)

    async def keep_rows(self, storage: Storage) -> bool:
        """Writes the rows that could not be used to a file, by reading all once more. False: there are none."""
        if not self.matching.has_unused:
            return False
        pieces = self._pieces()
        first = await asyncio.to_thread(next, pieces, None)
        if first is None:
            return False

        async def sent() -> AsyncIterator[bytes]:
            piece: str | None = HEADER + first
            while piece is not None:
                yield piece.encode()
                piece = await asyncio.to_thread(next, pieces, None)

        await rows_blob(storage, self._asked).upload_blob(sent(), overwrite=True)
        return True

    def _pieces(self) -> Iterator[str]:
        rows = (row_of(str(one.row), *one[1:]) for one in self.matching.unused(self._read(self._content)))
        while piece := "".join(islice(rows, ROWS)):
            yield piece
