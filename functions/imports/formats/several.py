"""Several files together: all of one format, read one after the other, each with its name at what cannot be used."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.formats.zipped import read_each
from functions.imports.lines import Columns, Said, UnknownColumns, Unreadable
from functions.imports.spelling import told


def or_several(known: Format) -> Format:
    """Reads one file, or each of several."""

    def read(content: Content) -> Iterator[Said]:
        return read_each(content.parts, known.read) if content.parts else known.read(content)

    of_file = known.columns
    if of_file is None:
        return replace(known, read=read)

    def columns(content: Content) -> Columns | None:
        """Those of the first file."""
        return of_file(content.parts[0] if content.parts else content)

    return replace(known, read=read, columns=columns)


def one_format(content: Content, format_of: Callable[[Content], str]) -> str:
    """The format that all files are of. Raises Unreadable, and BadArchive."""
    found: dict[str, str] = {}
    for part in content.parts:
        name = told(part.name)
        try:
            found.setdefault(format_of(part), name)
        except UnknownColumns as unknown:
            raise UnknownColumns(f"{name}: {unknown.reason}", unknown.columns) from None
        except Unreadable as unreadable:
            raise Unreadable(f"{name}: {unreadable.reason}") from None
    if len(found) > 1:
        raise Unreadable(f"These files are of several formats: {_listed(found)}. Import those of each format apart.")
    return next(iter(found))


def _listed(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} is {form}" for form, name in found.items())
