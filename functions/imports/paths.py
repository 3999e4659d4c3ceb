"""Class folders: no file says the labels, but the images' own paths do, by one of the folders that they are in.

The paths are read as a file is, which is written for it: so all that is told of imports is told of them, too.
"""

import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from functions.imports.content import Content
from functions.imports.formats import json_lines
from functions.imports.lines import Line, Loose, Said
from functions.imports.spelling import BLANKS, told
from functions.labeling.board import Board
from functions.labeling.columns import read_columns

NAME = "name"


@asynccontextmanager
async def paths_of(board: Board) -> AsyncIterator[Content]:
    """The names of a project's images, a line for each, while the file is open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "images"
        with path.open("wb") as file:
            async for columns in read_columns(board.table):
                file.write("".join(f"{json.dumps({NAME: image[0]})}\n" for image in columns.images).encode())
        yield Content(lambda: path.open("rb"))


def lines_of_paths(content: Content, prefix: str, part: int) -> Iterator[Said]:
    """A line for each image. part: which part of its path from the project's folder (prefix) on is its label: 1 is the
    first; -2 the one before the image's own name.
    """
    place = part - 1 if part > 0 else part
    for row, entry in json_lines.objects_of(content):
        name = entry[NAME]
        *folders, _ = parts = name.removeprefix(prefix).split("/")
        is_there = place < len(folders) if part > 0 else -place <= len(parts)
        label = parts[place].strip(BLANKS) if is_there else ""
        if label:
            yield Line((name,), label, row=row)
        else:
            yield Loose(f"No such folder is in the path of {told(name)}.", row)
