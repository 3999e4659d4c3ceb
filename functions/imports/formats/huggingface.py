"""Hugging Face's metadata.jsonl and metadata.csv, alone or in a zip beside the images, in a folder for each split.

https://huggingface.co/docs/datasets/image_dataset#imagefolder: `file_name` is a path from the metadata's folder on.
"""

import json
from collections.abc import Iterator
from functools import partial

from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.formats.json_lines import AZURE_ML, lines_of, objects_of
from functions.imports.formats.table import TABLE
from functions.imports.formats.zipped import read_each
from functions.imports.lines import Line, Region, Said
from functions.imports.spelling import BLANKS

METADATA = ("metadata.jsonl", "metadata.csv")
FILE_NAME = "file_name"
# Of object detection: a list of a box for each, and one of its label.
OBJECTS, BOXES = "objects", ("bbox", "bboxes")


def fits(content: Content) -> bool:
    if content.is_zipped:
        return any(_is_metadata(entry.name) for entry in content.archive.texts)
    return AZURE_ML.fits(content) and _has_file_name(content)


def read(content: Content) -> Iterator[Said]:
    """A line for each label of a row, as JSON Lines and tables are read elsewhere."""
    if not content.is_zipped:
        return _read(content, "")
    files = [content.file(entry) for entry in content.archive.texts if _is_metadata(entry.name)]
    return read_each(files, lambda file: _read(file, file.name.rpartition("/")[0]))


def _has_file_name(content: Content) -> bool:
    """The first line has it, and not only something in it, as in COCO that is all in one line."""
    try:
        first = json.loads(content.start.strip(BLANKS).partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and FILE_NAME in first


def _is_metadata(path: str) -> bool:
    return path.rpartition("/")[2] in METADATA


def _read(file: Content, folder: str) -> Iterator[Said]:
    is_json = file.name.endswith(".jsonl") or AZURE_ML.fits(file)
    said = _objects(file) if is_json else TABLE.read(file)
    return map(partial(_from_folder, folder), said) if folder else said


def _objects(file: Content) -> Iterator[Said]:
    for row, entry in objects_of(file):
        yield from lines_of(entry, "Line", row, file.chosen)
        objects = entry.get(OBJECTS)
        boxes = [objects.get(key) for key in BOXES] if isinstance(objects, dict) else []
        yield from (Region(row) for some in boxes if isinstance(some, list) for _ in some)


def _from_folder(folder: str, said: Said) -> Said:
    """With paths from the zip's top on, before those from its folder on."""
    if not isinstance(said, Line):
        return said
    return said._replace(places=(*(f"{folder}/{place}" for place in said.places), *said.places))


HUGGING_FACE = Format(fits, read)
