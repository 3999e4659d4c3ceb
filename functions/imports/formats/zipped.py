"""Label files in a zip, beside images or alone: those of one format are read as that, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.formats.header import header_of, is_like_table
from functions.imports.lines import Columns, InFile, Loose, Said, UnknownColumns, Unreadable
from functions.imports.spelling import told

NOTHING = "This zip has no label file of this format in it."
WORKBOOK = "This is an Excel workbook. Save the sheet as CSV first."
TABLES = (".csv", ".tsv")
# What Office's documents have, which are zips.
OF_OFFICE = "[Content_Types].xml"


def or_zipped(known: Format) -> Format:
    """Reads files of a format, and zips with some of it."""

    def fits(content: Content) -> bool:
        return any(fits_in_zip(known, file) for file in content.texts) if content.is_zipped else known.fits(content)

    def read(content: Content) -> Iterator[Said]:
        if not content.is_zipped:
            return known.read(content)
        if is_workbook(content):
            raise Unreadable(WORKBOOK)
        return read_each(files_of(content), known.read)

    def files_of(content: Content) -> list[Content]:
        return [file for file in content.texts if fits_in_zip(known, file)]

    of_file = known.columns
    if of_file is None:
        return replace(known, fits=fits, read=read)

    def columns(content: Content) -> Columns | None:
        """Of a zip, those of its first file of the format."""
        files = files_of(content) if content.is_zipped else [content]
        if not files:
            if is_workbook(content):
                raise Unreadable(WORKBOOK)
            refuse_tables(content)
            raise Unreadable(NOTHING)
        return of_file(files[0])

    return replace(known, fits=fits, read=read, columns=columns)


def fits_in_zip(known: Format, file: Content) -> bool:
    """Whether a file of a zip is of this format; what is no text is of none. Raises BadArchive."""
    try:
        return known.fits(file)
    except Unreadable:
        return False


def refuse_tables(content: Content) -> None:
    """Raises UnknownColumns for the first file of a zip that may be a table, and does not name the columns it needs."""
    for file in sorted(content.texts, key=lambda one: not one.name.lower().endswith(TABLES)):
        try:
            if is_like_table(file):
                header_of(file)
        except UnknownColumns as unknown:
            raise UnknownColumns(f"{told(file.name)}: {unknown.reason}", unknown.columns) from None
        except Unreadable:
            continue


def read_each(files: Sequence[Content], read: Callable[[Content], Iterator[Said]]) -> Iterator[Said]:
    """What each of a zip's files says; where there are several, with the file's name at what cannot be used. Raises
    Unreadable.
    """
    if not files:
        raise Unreadable(NOTHING)
    for file in files:
        name = told(file.name)
        try:
            if len(files) == 1:
                yield from read(file)
                continue
            yield InFile(name)
            for said in read(file):
                yield _in_file(name, said) if type(said) is Loose or type(said) is InFile else said
        except Unreadable as unreadable:
            raise Unreadable(f"{name}: {unreadable.reason}") from None


def _in_file(name: str, said: Loose | InFile) -> Loose | InFile:
    if isinstance(said, InFile):
        return InFile(f"{name}: {said.name}")
    return said._replace(reason=f"{name}: {said.reason}")


def is_workbook(content: Content) -> bool:
    return any(entry.name == OF_OFFICE for entry in content.archive.texts)
