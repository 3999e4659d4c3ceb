"""An MLTable folder of Azure Machine Learning, zipped or its files together: a file `MLTable`, which names the files
of labels beside it.

https://learn.microsoft.com/azure/machine-learning/reference-yaml-mltable
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

import yaml

from functions.imports.content import START, Content
from functions.imports.formats.base import Format
from functions.imports.formats.json_lines import AZURE_ML
from functions.imports.formats.table import TABLE
from functions.imports.formats.zipped import fits_in_zip, read_each
from functions.imports.lines import Said, Unreadable
from functions.imports.spelling import told

MLTABLE = "mltable"
JSONS = (".jsonl", ".json", ".ndjson")
LONGEST = START
MOST_PATHS = 1000
# Of folders and patterns: each is tried at each file.
MOST_PATTERNS = 100
MOST_PARTS = 50
ANY_FOLDERS = "**"


def fits(content: Content) -> bool:
    return (content.is_zipped or is_folder(content)) and any(map(_is_mltable, _files(content)))


def is_folder(content: Content) -> bool:
    """Whether several files are those of one folder: an MLTable, and what it names."""
    return any(map(_is_mltable, content.parts))


def read(content: Content) -> Iterator[Said]:
    """What the files say that any MLTable names; an export of this service has one for each side."""
    if content.parts and not is_folder(content):
        return read_each(content.parts, read)
    if not content.parts and not content.is_zipped:
        raise Unreadable("This is not an MLTable folder: the file MLTable and those that it names, zipped or together.")
    files = _files(content)
    named = [file for table in files if _is_mltable(table) for file in _named(files, table)]
    if not named:
        raise Unreadable("This zip has no file MLTable in it.")
    return read_each([*dict.fromkeys(named)], _read_file)


def _files(content: Content) -> Sequence[Content]:
    return content.parts or [*map(content.file, content.archive.texts)]


def _is_mltable(file: Content) -> bool:
    return file.name.rpartition("/")[2].lower() == MLTABLE


def _read_file(file: Content) -> Iterator[Said]:
    is_json = file.name.lower().endswith(JSONS) or fits_in_zip(AZURE_ML, file)
    return AZURE_ML.read(file) if is_json else TABLE.read(file)


def _named(files: Sequence[Content], table: Content) -> Iterator[Content]:
    """The files that it names. Raises Unreadable where one is not there, or names none."""
    folder = table.name.split("/")[:-1]
    known = [(file, file.name.split("/")) for file in files if not _is_mltable(file)]
    others = [(file, parts) for file, parts in known if len(parts) <= MOST_PARTS]
    for kind, path in _paths(table):
        pattern = [*folder, *_parts(path), *([ANY_FOLDERS] if kind == "folder" else [])]
        if len(pattern) > MOST_PARTS:
            raise Unreadable(f"{told(table.name)}: a path in it has more than {MOST_PARTS} parts.")
        found = [file for file, parts in others if _matches(parts, pattern, is_exact=kind == "file")]
        if not found:
            raise Unreadable(f"{told(table.name)} names {told(path)}, which is not there.")
        yield from found


def _paths(table: Content) -> list[tuple[str, str]]:
    """Of each path, whether it is one of a file, a folder or a pattern; and the path."""
    text = table.start
    try:
        # All values are texts, and nothing is merged: what takes more from less is left out.
        said: Any = yaml.BaseLoader(text).get_single_data() if len(text) < LONGEST else None
    except (yaml.YAMLError, RecursionError):
        said = None
    some = said.get("paths") if isinstance(said, dict) else None
    found = [pair for one in some if isinstance(one, dict) for pair in one.items()] if isinstance(some, list) else []
    paths = [(kind, path) for kind, path in found if kind in ("file", "folder", "pattern") and isinstance(path, str)]
    if not paths:
        raise Unreadable(f"{told(table.name)} is no MLTable: it must name its files under `paths`.")
    if len(paths) > MOST_PATHS or sum(kind != "file" for kind, _ in paths) > MOST_PATTERNS:
        raise Unreadable(
            f"{told(table.name)} names more than {MOST_PATHS:,} files, or {MOST_PATTERNS} folders and patterns."
        )
    return paths


def _parts(path: str) -> list[str]:
    """From the folder on; of an address, which is that of the folder where it was, only the last one counts."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return parts[-1:] if "://" in path else parts


def _matches(parts: Sequence[str], pattern: Sequence[str], *, is_exact: bool) -> bool:
    """Whether a path is like a pattern, in which `**` stands for any number of folders."""
    if is_exact:
        return list(parts) == list(pattern)
    at = _at_folders({0}, pattern)
    for part in parts:
        on = {one for one in at if one < len(pattern) and pattern[one] == ANY_FOLDERS}
        on |= {one + 1 for one in at - on if one < len(pattern) and fnmatchcase(part, pattern[one])}
        at = _at_folders(on, pattern)
    return len(pattern) in at


def _at_folders(at: set[int], pattern: Sequence[str]) -> set[int]:
    """Also behind each `**`, which may stand for nothing."""
    found = set(at)
    for one in range(len(pattern)):
        if one in found and pattern[one] == ANY_FOLDERS:
            found.add(one + 1)
    return found


MLTABLES = Format(fits, read)
